"""Two commands that write to one SQLite store: the second waits for its turn, is told whom for, and nobody is named who is gone."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from rasoat.store.database import open_database
from rasoat.trouble import SourceTrouble

# Holds the write lock, says so, and lets go when a line comes in.
_HOLDER = """
import sys
from sqlalchemy import text
from rasoat.store.database import open_database
from rasoat.store.write_turns import announce
announce("rasoat extract")
store = open_database(sys.argv[1])
with store.begin() as connection:
    connection.execute(text("INSERT INTO progress VALUES ('held', 'x')"))
    print("held", flush=True)
    sys.stdin.readline()
"""
# Writes many short transactions one right after the other, until a line comes in; says how many.
_PORTIONS = """
import sys, threading, time
from sqlalchemy import text
from rasoat.store.database import open_database
store = open_database(sys.argv[1])
done = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), done.set()), daemon=True).start()
print("held", flush=True)
while not done.is_set():
    with store.begin() as connection:
        connection.execute(text("INSERT OR REPLACE INTO progress VALUES ('portion', 'x')"))
        time.sleep(0.05)
"""


def started(program: str, *given: str) -> subprocess.Popen[str]:
    held = subprocess.Popen([sys.executable, "-c", program, *given], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert held.stdout is not None
    assert held.stdout.readline() == "held\n"
    return held


def let_go(held: subprocess.Popen[str]) -> None:
    assert held.stdin is not None
    held.stdin.write("\n")
    held.stdin.flush()


@contextmanager
def holding(url: str, program: str = _HOLDER) -> Iterator[subprocess.Popen[str]]:
    held = started(program, url)
    try:
        yield held
    finally:
        held.kill()
        held.communicate()


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'rasoat.db'}"
    open_database(address).dispose()
    return address


def write(store: Engine, name: str) -> None:
    with store.begin() as connection:
        connection.execute(text("INSERT INTO progress VALUES (:name, 'x')"), {"name": name})


def names(store: Engine) -> set[str]:
    with store.connect() as connection:
        return set(connection.scalars(text("SELECT name FROM progress")))


def test_the_second_waits_is_told_once_whom_for_and_succeeds(url: str) -> None:
    told: list[str] = []
    with holding(url) as held:

        def tell(line: str) -> None:
            told.append(line)
            let_go(held)

        store = open_database(url, tell=tell)
        write(store, "second")
        assert names(store) == {"held", "second"}
        store.dispose()
    (line,) = told
    since = re.fullmatch(
        rf"Đang chờ kho dữ liệu / waiting for the store: `rasoat extract` \(tiến trình {held.pid}\) giữ từ (\d\d:\d\d:\d\d) / .*", line
    )
    assert since, line


def test_a_limit_ends_the_wait_and_names_the_holder(url: str) -> None:
    with holding(url) as held:
        store = open_database(url, wait=0.3, tell=[].append)
        with pytest.raises(SourceTrouble, match=rf"`rasoat extract` \(tiến trình {held.pid}\) giữ từ") as refused:
            write(store, "second")
        assert refused.value.code == "store.held"
        assert names(store) == set(), "reading needs no turn"
        let_go(held)
        held.wait()
        write(store, "second")  # the connection can be used again
        store.dispose()


def test_one_that_was_killed_is_not_waited_for_and_not_named(url: str) -> None:
    told: list[str] = []
    with holding(url) as held:
        held.send_signal(signal.SIGKILL)
        held.wait()
        store = open_database(url, tell=told.append)
        write(store, "second")
        assert names(store) == {"second"}
        store.dispose()
    assert told == []


def test_one_that_is_killed_while_it_is_waited_for_lets_the_next_in(url: str) -> None:
    with holding(url) as held:
        store = open_database(url, tell=lambda line: held.kill())
        write(store, "second")
        assert names(store) == {"second"}
        store.dispose()


def test_work_in_portions_lets_others_in_between_two_of_them(url: str) -> None:
    with holding(url, _PORTIONS) as held:
        store = open_database(url, wait=30, tell=[].append)
        for number in range(5):
            write(store, f"between-{number}")
        assert held.poll() is None
        let_go(held)
        assert held.wait() == 0
        assert len(names(store)) == 6
        store.dispose()


def test_another_program_that_holds_the_database_is_waited_for_too(url: str, tmp_path: Path) -> None:
    told: list[str] = []
    shell = sqlite3.connect(tmp_path / "rasoat.db", isolation_level=None)
    shell.execute("BEGIN IMMEDIATE")

    def tell(line: str) -> None:
        told.append(line)
        shell.execute("COMMIT")

    store = open_database(url, tell=tell)
    write(store, "second")
    assert told == ["Đang chờ kho dữ liệu / waiting for the store: chương trình khác đang giữ / held by another program"]
    shell.execute("BEGIN IMMEDIATE")
    impatient = open_database(url, wait=0.1, tell=[].append)
    with pytest.raises(SourceTrouble, match="chương trình khác"):
        write(impatient, "third")
    shell.close()
    store.dispose()
    impatient.dispose()


def test_a_turn_ends_with_its_transaction_however_that_ends(url: str, tmp_path: Path) -> None:
    store = open_database(url, wait=1, tell=[].append)
    other = open_database(url, wait=1, tell=[].append)
    with store.connect() as connection:
        writing = connection.begin()
        connection.execute(text("INSERT INTO progress VALUES ('lost', 'x')"))
        writing.rollback()
    write(other, "after a rollback")
    with pytest.raises(OperationalError), store.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))
    write(other, "after a refusal")
    with store.connect() as connection:
        connection.execute(text("INSERT INTO progress VALUES ('not kept', 'x')"))
    write(other, "after one that was not committed")
    with store.begin() as connection:
        with connection.begin_nested():
            connection.execute(text("INSERT INTO progress VALUES ('nested', 'x')"))
        assert json.loads((tmp_path / "rasoat.db.writer").read_bytes())["pid"] == os.getpid(), "a savepoint is not the end"
    assert (tmp_path / "rasoat.db.writer").read_bytes() == b""
    assert names(other) == {"after a rollback", "after a refusal", "after one that was not committed", "nested"}
    store.dispose()
    other.dispose()


def test_a_forked_child_does_not_keep_its_parents_turn(url: str) -> None:
    store = open_database(url, wait=5, tell=[].append)
    with store.begin() as connection:
        connection.execute(text("INSERT INTO progress VALUES ('parent', 'x')"))
        child = os.fork()
        if child == 0:
            time.sleep(60)
            os._exit(0)
    try:
        other = open_database(url, wait=1, tell=[].append)
        write(other, "other")
        other.dispose()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        store.dispose()


def test_a_long_reading_does_not_stop_a_writer(url: str) -> None:
    reader, writer = open_database(url), open_database(url, wait=1, tell=[].append)
    for number in range(50):
        write(writer, f"row-{number}")
    with reader.connect() as connection:
        rows = connection.execution_options(stream_results=True).execute(text("SELECT name FROM progress"))
        next(rows)
        write(writer, "while reading")
        with writer.connect() as other:
            other.execute(text("PRAGMA wal_checkpoint(PASSIVE)"))
        assert len(list(rows)) == 49, "a reading sees what was there when it began"
    assert "while reading" in names(reader)
    reader.dispose()
    writer.dispose()


def test_one_connection_reads_and_then_writes_though_another_wrote_meanwhile(url: str) -> None:
    one, other = open_database(url, wait=1), open_database(url, wait=1)
    with one.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM progress")) == 0
        write(other, "meanwhile")
        connection.execute(text("INSERT INTO progress VALUES ('then', 'x')"))
    assert names(other) == {"meanwhile", "then"}
    one.dispose()
    other.dispose()


def test_a_store_that_cannot_be_written_is_read(url: str, tmp_path: Path, bound_by_rights: Callable[[], None]) -> None:
    store = open_database(url)
    write(store, "kept")
    store.dispose()
    for path in (*tmp_path.iterdir(), tmp_path):
        path.chmod(0o555 if path.is_dir() else 0o444)
    program = (
        "import sys; from sqlalchemy import text; from rasoat.store.database import open_database\n"
        "with open_database(sys.argv[1]).connect() as connection: print(*connection.scalars(text('SELECT name FROM progress')))"
    )
    done = subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, preexec_fn=bound_by_rights)
    assert done.stdout == "kept\n", done.stderr
    tmp_path.chmod(0o755)
    assert {path.name for path in tmp_path.iterdir()} == {"rasoat.db", "rasoat.db.next", "rasoat.db.writer"}
