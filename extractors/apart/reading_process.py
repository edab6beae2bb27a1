"""A process that reads, seen from the one that asks: started when first asked, started again after it was cut off, ended with us."""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from extractors.apart.allowance import COPIES, MB, USUAL, Allowance
from extractors.apart.errands import Errand, unpacked
from extractors.apart.frames import HEAD, MOST, FrameKind
from extractors.formats.extracted_text import UnreadableError
from rasoat.progress import Progress, unseen
from rasoat.trouble import SourceTrouble, Trouble

_CHUNK = 1 << 20
_REFUSED = (-signal.SIGABRT, -signal.SIGILL, -signal.SIGTRAP)  # how libraries end a process that is refused memory
# All that a process is told of where it runs: no address, no password, no setting of ours.
_PASSED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")

SizedItem = tuple[tuple[Any, ...], int]  # arguments, and how many bytes of files are among them


class _Ended(Exception):
    """The process is gone, or says what no process of ours would."""


class _Silent(_Ended):
    """It gives no sign of getting on."""


class _Full(_Ended):
    """It came to the end of its memory."""


@dataclass(slots=True)
class _Running:
    """A started process, the pipe whose end tells it that we are gone, what it said beyond the last frame, and how many items it did."""

    process: subprocess.Popen[bytes]
    life: int
    heard: bytearray
    served: int = 0


class ReadingProcess:
    """One process that reads items for us. Not for two threads at once."""

    def __init__(self, allowance: Allowance = USUAL) -> None:
        self._allowance = allowance
        self._running: _Running | None = None
        self._stopped = False

    def ask(self, errand: Errand, *arguments: Any, progress: Progress = unseen) -> Any:
        """The answer to one item; of an errand that gives pieces, the list of them.

        Raises:
            UnreadableError: the item was cut off, or failed in a way that nobody foresaw.
            Trouble: as the function behind the errand.
            SourceTrouble: no process can be started.
        """
        (answer,) = self.each(errand, [arguments], progress)
        if isinstance(answer, Trouble):
            raise answer
        return answer

    def each(self, errand: Errand, items: Sequence[tuple[Any, ...]], progress: Progress = unseen) -> Iterator[Any]:
        """The answer to each item in order, or the `Trouble` it met."""
        sized = [(arguments, sum(map(_size, arguments))) for arguments in items]
        at, again = 0, -1
        while at < len(sized):
            if self._stopped:
                raise _Ended
            running = self._ready()
            try:
                self._send(running, (errand, sized[at:], self._allowance))
                while at < len(sized):
                    answer = self._answer(running, errand, progress)
                    at, running.served = at + 1, running.served + 1
                    yield answer
            except _Ended as ended:
                if self._stopped:
                    raise
                fresh, reason = not running.served, self._reason(running, sized[at], ended)
                # What an earlier item left behind is no fault of this one's: it is asked of a fresh process before it is blamed. The seconds
                # of processor are its own: they are counted from its beginning, and nothing works beside it.
                if reason is not None and (fresh or again == at or reason.code == "apart.processor"):
                    at += 1
                    yield reason
                else:
                    again = at if reason is not None else again
            except BaseException:  # interrupted, or nobody wants the rest
                self.close()
                raise

    def stop(self) -> None:
        """Have another thread's `each` end; `close` it afterwards."""
        self._stopped = True
        if self._running is not None:
            with suppress(ProcessLookupError):
                os.kill(self._running.process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the process."""
        if self._running is not None:
            self._end(self._running)
        self._stopped = False

    def _ready(self) -> _Running:
        if self._running is None:
            self._running = _started()
            try:
                if self._frame(self._running)[0] != FrameKind.READY:
                    raise _Ended
            except _Ended as ended:  # a fault of this machine or installation, never of what was to be read
                self.close()
                raise SourceTrouble("apart.unstarted") from ended
        return self._running

    def _end(self, running: _Running) -> int:
        """Kill and reap it: its exit code."""
        self._running = None
        process = running.process
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        os.close(running.life)
        return process.returncode

    def _reason(self, running: _Running, item: SizedItem, ended: _Ended) -> UnreadableError | None:
        """Why the process is gone; None where it only made room for a fresh one."""
        if not isinstance(ended, _Silent):
            with suppress(ProcessLookupError):
                _exited(running.process.pid)
        code = self._end(running)
        memory = self._allowance.memory + COPIES * item[1]
        if isinstance(ended, _Silent):
            return UnreadableError("apart.slow", seconds=self._allowance.silence)
        if code == -signal.SIGXCPU:
            return UnreadableError("apart.processor", seconds=self._allowance.seconds)
        if isinstance(ended, _Full) or code in _REFUSED:
            return UnreadableError("apart.memory", limit=memory // MB)
        if code == 0 and running.served:
            return None
        return UnreadableError("apart.crashed", how=signal.strsignal(-code) or str(code) if code < 0 else str(code))

    def _send(self, running: _Running, message: object) -> None:
        assert running.process.stdin is not None
        try:
            pickle.dump(message, _Sending(running.process.stdin.fileno(), self._allowance.silence), protocol=5)
        except BrokenPipeError as error:
            raise _Ended from error

    def _answer(self, running: _Running, errand: Errand, progress: Progress) -> Any:
        """The next item's answer, or the trouble it met."""
        pieces: list[Any] = []
        while True:
            sign, told, body = self._frame(running)
            try:
                match sign:
                    case FrameKind.PROGRESS:
                        what, done, total = orjson.loads(told)
                        progress(str(what), int(done), int(total))
                    case FrameKind.ITEM if errand.pieces:
                        pieces.append(unpacked(errand, told, body))
                    case FrameKind.DONE if errand.pieces:
                        return pieces
                    case FrameKind.ANSWER if not errand.pieces:
                        return unpacked(errand, told, body)
                    case FrameKind.TROUBLE:
                        return _trouble(*orjson.loads(told))
                    case FrameKind.FAILED:
                        kind, words = orjson.loads(told)
                        return UnreadableError("apart.failed", kind=str(kind), words=str(words))
                    case FrameKind.MEMORY:
                        raise _Full
                    case _:
                        raise _Ended
            except (ValueError, TypeError, KeyError, RecursionError) as error:  # no process of ours says this
                raise _Ended from error

    def _frame(self, running: _Running) -> tuple[bytes, bytes, bytes]:
        head = self._take(running, HEAD.size)
        sign, told, body = HEAD.unpack(head)
        if told + body > MOST:
            raise _Ended
        return sign, self._take(running, told), self._take(running, body)

    def _take(self, running: _Running, count: int) -> bytes:
        assert running.process.stdout is not None
        pipe = running.process.stdout.fileno()
        while len(running.heard) < count:
            if not _wait(pipe, select.POLLIN, self._allowance.silence):
                raise _Silent
            more = os.read(pipe, _CHUNK)
            if not more:
                raise _Ended
            running.heard += more
        taken = bytes(running.heard[:count])
        del running.heard[:count]
        return taken


class _Sending:
    """A pipe as a file to write to, which waits no longer than `silence` seconds for its reader."""

    def __init__(self, pipe: int, silence: int) -> None:
        self._pipe, self._silence = pipe, silence

    def write(self, data: Any) -> int:
        left = memoryview(data).cast("B")
        size = len(left)
        while left:
            if not _wait(self._pipe, select.POLLOUT, self._silence):
                raise _Silent
            left = left[os.write(self._pipe, left[:_CHUNK]) :]
        return size


def _started() -> _Running:
    ends, life = os.pipe()
    parent = os.getpid() if threading.current_thread() is threading.main_thread() else 0
    command = [sys.executable, "-P", "-m", "extractors.apart", str(ends), str(parent)]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, pass_fds=(ends,), env=_environment()
        )
    except OSError as error:
        os.close(life)
        raise SourceTrouble("apart.unstarted") from error
    finally:
        os.close(ends)
    assert process.stdin is not None
    os.set_blocking(process.stdin.fileno(), False)
    return _Running(process, life, bytearray())


def _environment() -> dict[str, str]:
    """What lets a process find Python, our packages and the programs that read old Word files and scans."""
    root, others = str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH")
    told = {name: os.environ[name] for name in _PASSED if name in os.environ}
    return {**told, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": f"{root}{os.pathsep}{others}" if others else root}


def _wait(pipe: int, what: int, seconds: float) -> bool:
    """Whether a pipe became ready within so many seconds."""
    poll = select.poll()
    poll.register(pipe, what)
    return bool(poll.poll(seconds * 1000))


def _exited(pid: int) -> None:
    """Wait a moment for a process that closed its output, so that killing it does not hide how it ended."""
    for _ in range(200):
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return
        time.sleep(0.05)


def _size(value: object) -> int:
    return len(value) if isinstance(value, bytes) else len(getattr(value, "body", b""))


def _trouble(kind: str, code: str, fields: dict[str, Any]) -> Trouble:
    """The refusal that a process met, of the class it had there.

    Raises:
        KeyError, TypeError, ValueError: no refusal of ours.
    """
    known = {one.__name__: one for one in _family(Trouble)}
    return known.get(kind, UnreadableError)(str(code), **fields)


def _family(kind: type[Trouble]) -> Iterator[type[Trouble]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _family(below)
