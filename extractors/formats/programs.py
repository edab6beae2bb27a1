"""Outside programs (antiword, LibreOffice, Tesseract), run bounded in time, with no shell and a folder of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from extractors.formats.extracted_text import UnreadableError


def installed(name: str) -> str | None:
    """The path of a program, or None."""
    return shutil.which(name)


def run(command: list[str], folder: Path, seconds: int) -> bytes:
    """What the program prints.

    Raises:
        UnreadableError: it failed or took longer than `seconds`.
    """
    environment = {**os.environ, "HOME": str(folder), "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    # The program is one of ours by name and the file's name is one we chose: nothing of the caller reaches the command.
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("program.slow", program=Path(command[0]).name, seconds=seconds) from error
    except OSError as error:
        raise UnreadableError("program.unstarted", program=Path(command[0]).name) from error
    if done.returncode:
        reason = " ".join(done.stderr.decode("utf-8", "replace").split())[:160]
        raise UnreadableError("program.failed", program=Path(command[0]).name, reason=reason)
    return done.stdout
