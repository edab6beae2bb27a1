"""Outside programs read hostile files: they know nothing of us, reach nothing, and nothing of them is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from extractors.formats.extracted_text import FileFormat, UnreadableError
from extractors.formats.programs import installed, run, shut_in
from extractors.postings.old_word import as_docx
from tests.conftest import missing
from tests.extractors.formats.sample_files import converted, need, word

ROOT = Path(__file__).resolve().parents[3]


def script(folder: Path, text: str) -> str:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def left(sign: str) -> list[psutil.Process]:
    """The processes whose command line holds a sign, once those just killed are gone."""
    found: list[psutil.Process] = []
    for _ in range(50):
        found = [one for one in psutil.process_iter(["cmdline", "status"]) if sign in " ".join(one.info["cmdline"] or ())]
        if not found:
            break
        time.sleep(0.1)
    return found


# A program with children of every kind: in its group, in a session of its own, and one whose parent is gone already.
FORKS = "sleep 987.{n} & setsid sleep 987.{n} & (setsid sh -c 'sleep 987.{n} & sleep 987.{n}' &) ; sleep 987.{n}"


def test_a_program_that_takes_too_long_is_killed_with_all_it_started(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="quá 1 giây"):
        run([script(tmp_path, FORKS.format(n=1))], tmp_path, 1)
    if shut_in():
        assert left("sleep 987.1") == []


def test_what_a_program_leaves_running_ends_with_it(tmp_path: Path) -> None:
    assert run([script(tmp_path, "setsid sleep 987.2 >/dev/null 2>&1 & echo done")], tmp_path, 20) == b"done\n"
    if shut_in():
        assert left("sleep 987.2") == []


def test_a_program_dies_with_a_process_of_ours_that_is_killed(tmp_path: Path) -> None:
    path = script(tmp_path, FORKS.format(n=3))
    code = f"from pathlib import Path; from extractors.formats.programs import run; run([{path!r}], Path({str(tmp_path)!r}), 60)"
    ours = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    try:
        for _ in range(100):
            if sum("sleep 987.3" in " ".join(one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"])) >= 4:
                break
            time.sleep(0.1)
    finally:
        os.kill(ours.pid, signal.SIGKILL)
        ours.wait()
    assert left("sleep 987.3") == [] or not shut_in()


def test_a_program_is_told_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_DATABASE_URL", "postgresql://x:secret@db/x")
    told = run([script(tmp_path, "env")], tmp_path, 20).decode()
    assert {line.split("=")[0] for line in told.split()} <= {
        "PATH",
        "HOME",
        "LANG",
        "TMPDIR",
        "OMP_THREAD_LIMIT",
        "PWD",
        "OLDPWD",
        "SHLVL",
        "_",
    }
    assert f"HOME={tmp_path}" in told


def test_a_program_has_no_network(tmp_path: Path) -> None:
    if not shut_in():
        missing("the right to namespaces of one's own", "allow user namespaces, or run as root")
    assert run([script(tmp_path, "grep -c : /proc/self/net/dev")], tmp_path, 20).strip() == b"1"  # its own loopback, not even up


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("head -c 2000000000 /dev/zero", "program"),
        ("exec python3 -c 'x = bytearray(1500000000)'", "MemoryError"),
        ("echo broken >&2; exit 3", "broken"),
        ("kill -9 $$; exit 9", "exit"),
    ],
)
def test_what_a_program_takes_is_bounded(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as caught:
        run([script(tmp_path, text)], tmp_path, 30)
    assert "\n" not in str(caught.value)


def test_a_program_that_cannot_be_started_is_named(tmp_path: Path) -> None:
    (tmp_path / "none").write_bytes(b"\x00")
    with pytest.raises(UnreadableError, match="none"):
        run([str(tmp_path / "none")], tmp_path, 20)


@pytest.mark.slow  # LibreOffice
def test_libreoffice_works_shut_in_and_is_killed_whole(tmp_path: Path) -> None:
    need("soffice")
    old = converted(word("QUYẾT ĐỊNH", "Điều 1. Công bố danh mục"), ".docx", "doc", tmp_path)
    assert (as_docx(old, FileFormat.DOC) or b"").startswith(b"PK")
    folder = tmp_path / "slow"
    folder.mkdir()
    with pytest.raises(UnreadableError, match="quá 1 giây"):  # a server waits for ever
        run(
            [
                installed("soffice") or "",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--norestore",
                "--accept=pipe,name=x;urp;",
            ],
            folder,
            1,
        )
    assert left(f"file://{folder}/profile") == []
