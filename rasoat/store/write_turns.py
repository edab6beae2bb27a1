"""Under SQLite one process writes at a time. Whoever wants to write waits for its turn, and is told who holds the store since when.

Empty files beside the database are locked (`flock`, which goes with the process that held it): `….writer` by the one that writes, with
who it is in it, and `….next` by the one whose turn is next (`….publisher` by one that publishes, over all its transactions). A writer that has ended a transaction stands behind whoever waited for it, so
long work that commits in portions lets others in between two of them. SQLite's own lock is what keeps the data whole; a program that knows
nothing of these files waits for that.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rasoat.trouble import SourceTrouble
from rasoat.words.waiting_words import HOLDER, SOMEBODY, WAITING

Tell = Callable[[str], None]
_LOOK = 0.02  # seconds between two looks at a lock that another process holds
_TOLD_AFTER = 1.0  # seconds after which a person wants to know what is waited for
_doing = ""


def announce(command: str) -> None:
    """Say what this process does, for whoever has to wait for it ("rasoat extract")."""
    global _doing  # noqa: PLW0603 - a process does one thing
    _doing = command


def on_standard_error(line: str) -> None:
    """What is told where no door said how."""
    print(line, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Turns:
    """How a process waits: for one holder's transaction at most `patience` seconds; what it waits for is told once, after a second."""

    database: Path
    patience: float
    tell: Tell = on_standard_error

    def take(self, begin: Callable[[], None]) -> WritingTurn:
        """Wait for this process's turn and begin; `begin` takes SQLite's own lock, and raises where another program holds it.

        Raises:
            SourceTrouble: one transaction of another process lasted longer than there is patience for.
            sqlite3.Error: the database cannot be written.
        """
        waiting = _Waiting(self)
        turn = WritingTurn(_lock_file(self.database, "writer"))
        following = _lock_file(self.database, "next")
        try:
            for file in (following, turn.file):
                while file and not _locked(file):
                    waiting.for_(turn.file)
            while not _begun(begin):
                waiting.for_(None)
            turn.say_who()
        except BaseException:
            turn.end()
            raise
        finally:
            if following:
                following.close()
        return turn

    def hold(self, name: str) -> WritingTurn:
        """Wait until no other process holds what is called so, and hold it over many transactions.

        Raises:
            SourceTrouble: another process holds it for longer than there is patience for.
        """
        waiting = _Waiting(self)
        turn = WritingTurn(_lock_file(self.database, name))
        try:
            while turn.file and not _locked(turn.file):
                waiting.for_(turn.file)
            turn.say_who()
        except BaseException:
            turn.end()
            raise
        return turn


class WritingTurn:
    """The turn of one transaction, or of what is held over many, until it has ended."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self.file = file
        if file:
            _OPEN.add(file)

    def say_who(self) -> None:
        """Write down who writes since when."""
        if self.file:
            said = {"pid": os.getpid(), "doing": _doing or Path(sys.argv[0]).stem, "since": time.time(), "host": socket.gethostname()}
            with suppress(OSError):  # a full disk: nobody is told, the lock is held all the same
                os.ftruncate(self.file.fileno(), 0)
                os.pwrite(self.file.fileno(), json.dumps(said).encode(), 0)

    def end(self) -> None:
        """Let the next one in."""
        if self.file and not self.file.closed:
            with suppress(OSError):
                os.ftruncate(self.file.fileno(), 0)
            _OPEN.discard(self.file)
            self.file.close()


class _Waiting:
    """One wait: how long for whom, and whether it was told."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._began = self._changed = time.monotonic()
        self._holder: object = None
        self._told = False

    def for_(self, held: IO[bytes] | None) -> None:
        """Wait a little for whoever holds this file; None: for a program that holds the database itself."""
        now, holder = time.monotonic(), _holder(held)
        if holder != self._holder:
            self._holder, self._changed = holder, now
        if not self._told and now - self._began > _TOLD_AFTER:
            self._turns.tell(WAITING.format(holder=_named(holder)))
            self._told = True
        if now - self._changed > self._turns.patience:
            raise SourceTrouble("store.held", seconds=round(self._turns.patience), holder=_named(holder))
        time.sleep(_LOOK)


_OPEN: set[IO[bytes]] = set()


def _forget() -> None:
    """A forked child holds nothing of its parent's: the lock would live as long as the child."""
    for file in _OPEN:
        file.close()
    _OPEN.clear()


os.register_at_fork(after_in_child=_forget)


def _lock_file(database: Path, name: str) -> IO[bytes] | None:
    """The file, open; None where the folder takes none: SQLite itself then says why nothing can be written."""
    path = database.parent / f"{database.name}.{name}"
    for mode in ("a+b", "rb"):  # one that another user made can be locked, if not written
        with suppress(OSError):
            return path.open(mode, buffering=0)
    return None


def _locked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: SQLite's own has to do
        return True
    return True


def _begun(begin: Callable[[], None]) -> bool:
    """Whether SQLite gave its lock."""
    try:
        begin()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _holder(file: IO[bytes] | None) -> tuple[int, str, float, str] | None:
    """(process, what it does, since when, where), as the holder wrote it; None where nobody did."""
    if file is None:
        return None
    try:
        said = json.loads(os.pread(file.fileno(), 4096, 0))
        return int(said["pid"]), str(said["doing"]), float(said["since"]), str(said["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _named(holder: object) -> str:
    if not isinstance(holder, tuple):
        return SOMEBODY
    pid, doing, since, host = holder
    today = time.strftime("%d/%m/%Y") == time.strftime("%d/%m/%Y", time.localtime(since))
    at = time.strftime("%H:%M:%S" if today else "%H:%M:%S %d/%m/%Y", time.localtime(since))
    where = "" if host == socket.gethostname() else f", {host}"
    return HOLDER.format(doing=doing, pid=pid, at=at, where=where)
