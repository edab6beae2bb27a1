"""The process's process: items one after another on standard input, frames on what was standard output.

It ends when its input ends and, whatever it is busy with, when the process that started it does: the kernel then sends a signal that ends
it even inside a library that holds the interpreter.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import os
import pickle
import select
import signal
import sys
from typing import Any, BinaryIO

import orjson

from extractors.apart.allowance import Growth, bounded, bounded_for_good, unbounded_memory
from extractors.apart.errands import Errand, packed
from extractors.apart.frames import FrameKind, framed
from rasoat.trouble import Trouble

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve until the input ends."""
    _die_with(int(sys.argv[1]), int(sys.argv[2]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupted parent ends us
    bounded_for_good()
    out = os.fdopen(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)  # what libraries print is no answer
    os.dup2(silent, 2)
    _serve(sys.stdin.buffer, out)


def _die_with(life: int, parent: int) -> None:
    """`life` is a pipe that only the parent can write to: its end closes with the parent, which is a signal. `parent`, where not 0, is
    the process whose main thread started us: its death is a signal too, though something else should hold the pipe open."""
    fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC)
    if parent:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if select.select([life], [], [], 0)[0] or (parent and os.getppid() != parent):
        os._exit(1)  # gone before we listened


def _serve(asked: BinaryIO, out: BinaryIO) -> None:
    growth = Growth()
    _say(out, FrameKind.READY, b"null")
    while True:
        try:
            # From the process that started us, never from a file.
            errand, items, allowance = pickle.load(asked)  # noqa: S301
        except EOFError:
            os._exit(0)
        function = errand.function()
        for arguments, size in items:
            memory = bounded(allowance, size)
            _answer(out, errand, function, arguments, memory)
        del items, arguments
        gc.collect()
        if growth.tired():
            os._exit(0)


def _answer(out: BinaryIO, errand: Errand, function: Any, arguments: tuple[Any, ...], memory: int) -> None:
    def tell(what: str, done: int, total: int) -> None:
        _say(out, FrameKind.PROGRESS, orjson.dumps([what, done, total]))

    try:
        answer = function(*arguments, tell) if errand.tells else function(*arguments)
        if errand.pieces:
            for piece in answer:
                _say(out, FrameKind.ITEM, *packed(piece))
            _say(out, FrameKind.DONE, b"null")
        else:
            unbounded_memory()  # the packer crashes where it is refused memory, and what it packs was bounded
            _say(out, FrameKind.ANSWER, *_packed(answer))
    except (MemoryError, SystemError):  # the second: a library in C that was refused memory and went on
        unbounded_memory()
        _say(out, FrameKind.MEMORY, orjson.dumps(memory))
        os._exit(0)
    except Trouble as trouble:
        _say(out, FrameKind.TROUBLE, orjson.dumps([type(trouble).__name__, trouble.code, trouble.fields], default=str))
    except Exception as error:
        _say(out, FrameKind.FAILED, orjson.dumps([type(error).__name__, _words(error)]))


def _packed(answer: object) -> tuple[bytes, bytes]:
    """An answer packed; the packer takes a want of memory for letters that cannot be written."""
    try:
        return packed(answer)
    except TypeError:
        unbounded_memory()
        packed(answer)
        raise MemoryError from None


def _words(error: Exception) -> str:
    return " ".join(str(error).split()).encode("utf-8", "replace").decode()[:300]


def _say(out: BinaryIO, sign: FrameKind, told: bytes, body: bytes = b"") -> None:
    try:
        out.write(framed(sign, told, body))
        if body:
            out.write(body)
        out.flush()
    except BrokenPipeError:
        os._exit(1)


if __name__ == "__main__":
    main()
