"""Outside programs (antiword, LibreOffice, Tesseract): they read what nobody vouches for, so they run shut in.

Each is started in a session of its own with an environment of our own making, limits on processor, memory and what it may write, and where
the system lets us, in namespaces of its own: no network, and no process of it outlives it. It is killed whole when it takes too long and
when our own process ends, however that ends.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from extractors.formats.extracted_text import UnreadableError

PROCESSOR = 20  # seconds of processor; a busy machine may take longer by the clock
MEMORY = 600_000_000  # bytes of data; LibreOffice opens a long document with 200 million
WRITTEN = 100_000_000  # bytes of one file or of what is printed
# Everything an outside program is told of where it runs; nothing of ours (addresses, passwords) is among it.
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
_NAMESPACES = ("--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child=KILL")
_STDERR = 4000


def installed(name: str) -> str | None:
    """The path of a program, or None."""
    return shutil.which(name)


@cache
def shut_in() -> bool:
    """Whether the system gives programs a network and processes of their own: some containers refuse it."""
    unshare = installed("unshare")
    if unshare is None:
        return False
    try:
        tried = subprocess.run([unshare, *_NAMESPACES, "--", "/bin/true"], capture_output=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


def run(command: list[str], folder: Path, seconds: int) -> bytes:
    """What the program prints, its home and working folder being `folder`.

    Raises:
        UnreadableError: it failed, took longer than `seconds`, or printed more than `WRITTEN` bytes.
    """
    name = Path(command[0]).name
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        # The program is one of ours by name and the file's name is one we chose: nothing of the caller reaches the command.
        try:
            process = subprocess.Popen(  # noqa: S603
                [*_bounds(seconds), *command], cwd=folder, env={**_ENVIRONMENT, "HOME": str(folder), "TMPDIR": str(folder)},
                stdin=subprocess.DEVNULL, stdout=printed, stderr=said, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise UnreadableError("program.unstarted", program=name) from error
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableError("program.slow", program=name, seconds=seconds) from error
        finally:
            _end(process)
        if code:
            said.seek(0)
            reason = " ".join(said.read(_STDERR).decode("utf-8", "replace").split())[:160]
            raise UnreadableError("program.failed", program=name, reason=reason or f"exit {code}")
        printed.seek(0)
        out = printed.read(WRITTEN)
        if len(out) == WRITTEN:
            raise UnreadableError("program.prints", program=name, limit=WRITTEN)
        return out


def _bounds(seconds: int) -> list[str]:
    """What is put before a command so that it is bounded and dies with us; each step replaces itself by the next."""
    before: list[str] = []
    if setpriv := installed("setpriv"):
        before += [setpriv, "--no-new-privs", "--pdeathsig", "KILL", "--"]
    if prlimit := installed("prlimit"):
        before += [prlimit, f"--cpu={min(seconds, PROCESSOR)}", f"--data={MEMORY}", f"--fsize={WRITTEN}", "--core=0", "--"]
    if shut_in():
        before += [installed("unshare") or "unshare", *_NAMESPACES, "--"]
    return before


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program and all it started: its group, and with its first process everything in its namespace."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
