"""Reading apart: what cuts a process off costs one item, which says why; the neighbours are read, and nothing outlives us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from extractors.apart import Errand, ReadingProcess, ReadingProcesses
from extractors.apart.allowance import Allowance
from extractors.formats.extracted_text import UnreadableError
from extractors.imports.office_files import POSTED_FILE
from extractors.postings.records import FileReading
from rasoat.trouble import SourceTrouble, Trouble
from tests.extractors.formats.hostile_files import PDFS, WORKBOOKS

pytestmark = pytest.mark.slow  # takes seconds of the processor

ROOT = Path(__file__).resolve().parents[3]
PLAIN = ("a.txt", "STT|Mã thủ tục|Tên thủ tục\n".encode(), None, False)
BOMB = ("bomb.pdf", PDFS["itself"](), None, False)
LONG = ("long.xlsx", WORKBOOKS["long-string-again"](), None, False)
NARROW = Allowance(memory=60_000_000, seconds=2, silence=120)


BEFORE: set[int] = set()


@pytest.fixture(autouse=True)
def before() -> None:
    BEFORE.clear()
    BEFORE.update(one.pid for one in psutil.Process().children())


@pytest.fixture
def process() -> Iterator[ReadingProcess]:
    started = ReadingProcess(NARROW)
    yield started
    started.close()


def running() -> set[int]:
    """What was started by these tests; a process that other tests keep is none of it."""
    return {one.pid for one in psutil.Process().children() if one.pid not in BEFORE and one.status() != psutil.STATUS_ZOMBIE}


def test_an_answer_is_a_record_of_the_type_that_was_asked_for(process: ReadingProcess) -> None:
    reading = process.ask(POSTED_FILE, *PLAIN)
    assert isinstance(reading, FileReading)
    assert reading.file == "a.txt"


def test_an_item_that_is_cut_off_says_why_and_its_neighbours_are_read(process: ReadingProcess) -> None:
    answers = list(process.each(POSTED_FILE, [PLAIN, BOMB, PLAIN, LONG, PLAIN]))
    assert [type(answer).__name__ for answer in answers] == [
        "FileReading",
        "UnreadableError",
        "FileReading",
        "UnreadableError",
        "FileReading",
    ]
    assert "MB bộ nhớ để đọc, đã dừng" in str(answers[1])
    assert str(answers[3]) == str(Trouble("apart.processor", seconds=2)) or "MB bộ nhớ" in str(answers[3])


def test_one_process_reads_many_files(process: ReadingProcess) -> None:
    process.ask(POSTED_FILE, *PLAIN)
    first = running()
    for _ in range(3):
        process.ask(POSTED_FILE, "a.xlsx", WORKBOOKS["merged-all"](), None, False)
    assert running() == first


@pytest.mark.slow
def test_a_process_that_gives_no_sign_is_ended() -> None:
    process = ReadingProcess(Allowance(silence=20))
    try:
        process.ask(POSTED_FILE, *PLAIN)
        (pid,) = running()
        os.kill(pid, signal.SIGSTOP)
        # What stands still may have been left so by the item before: a fresh one is asked first.
        assert isinstance(process.ask(POSTED_FILE, *PLAIN), FileReading)
        assert not psutil.pid_exists(pid)
    finally:
        process.close()
    assert running() == set()


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGKILL])
def test_what_an_earlier_item_left_behind_is_no_fault_of_the_next(process: ReadingProcess, how: signal.Signals) -> None:
    process.ask(POSTED_FILE, *PLAIN)
    (pid,) = running()
    os.kill(pid, how)
    assert isinstance(process.ask(POSTED_FILE, *PLAIN), FileReading)


def test_a_crash_names_its_signal(process: ReadingProcess) -> None:
    with pytest.raises(UnreadableError, match="Segmentation fault"):
        process.ask(Errand("faulthandler:_sigsegv", "builtins:str"))


def test_what_is_not_of_the_type_is_no_answer(process: ReadingProcess) -> None:
    with pytest.raises(UnreadableError, match="sập"):
        process.ask(Errand("os:getcwd", "builtins:int"))
    with pytest.raises(UnreadableError, match="TypeError"):
        process.ask(Errand("os:getcwd", "builtins:str"), 1)


def test_an_installation_that_cannot_start_one_blames_no_file(process: ReadingProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(SourceTrouble, match="Không khởi động được"):
        process.ask(POSTED_FILE, *PLAIN)


def test_many_items_are_answered_in_their_order_side_by_side() -> None:
    processes = ReadingProcesses(2, NARROW)
    items = [(f"{number}.txt", b"a", None, False) if number != 20 else BOMB for number in range(60)]
    answers = list(processes.each(POSTED_FILE, items))
    processes.close()
    assert [answer.file for answer in answers if isinstance(answer, FileReading)] == [
        f"{number}.txt" for number in range(60) if number != 20
    ]
    assert isinstance(answers[20], UnreadableError)
    assert running() == set()


def test_whoever_wants_no_more_leaves_nothing_running() -> None:
    processes = ReadingProcesses(2, NARROW)
    answers = processes.each(POSTED_FILE, [(f"{number}.txt", b"a", None, False) for number in range(400)])
    assert next(answers).file == "0.txt"
    answers.close()
    assert running() == set()


def test_a_process_is_told_nothing_of_ours(process: ReadingProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_DATABASE_URL", "postgresql://x:secret@db/x")
    process.ask(POSTED_FILE, *PLAIN)
    (pid,) = running()
    told = psutil.Process(pid).environ()
    assert not [name for name in told if name.startswith(("RASOAT", "AIRFLOW", "AWS"))]
    assert "secret" not in "".join(told.values())


# A text that keeps the regular expressions' engine, which lets no other thread run, busy for half a minute.
BUSY = """
import sys, threading
sys.path.insert(0, {root!r})
from extractors.apart import Errand, ReadingProcess
from extractors.apart.allowance import Allowance
errand = Errand("re:fullmatch", "builtins:str")
process = ReadingProcess(Allowance(seconds=60))
def ask():
    process.ask(errand, "(a|a)*b", "a" * 28)
print("asked", flush=True)
if {thread}:
    threading.Thread(target=ask).start()
else:
    ask()
"""


@pytest.mark.parametrize("thread", [False, True], ids=["of-the-main-thread", "of-a-thread"])
def test_a_busy_process_dies_with_a_parent_that_is_killed_alone(thread: bool) -> None:
    parent = subprocess.Popen([sys.executable, "-c", BUSY.format(root=str(ROOT), thread=thread)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    parent.stdout.readline()
    below: list[psutil.Process] = []
    for _ in range(200):
        below = psutil.Process(parent.pid).children()
        if below and below[0].cpu_times().user > 0.5:
            break
        time.sleep(0.1)
    assert below
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert psutil.wait_procs(below, timeout=10)[1] == []
