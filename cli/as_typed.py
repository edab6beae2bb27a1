"""Commands we advise, written so that they work where they are typed: the program as it was started, the folder it is to use."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path


def advised(words: str, home: Path | None = None) -> str:
    """A command line for the words that follow the program's name; `home` is the RASOAT_HOME it is to use, else the one in use."""
    set_now = os.environ.get("RASOAT_HOME")  # perhaps for one command only, so it is said again
    used = home or (Path(set_now).absolute() if set_now else None)
    place = f"RASOAT_HOME={_folder(used)} " if used else ""
    return f"{place}{_program()} {words}"


def _program() -> str:
    """`rasoat` where the shell would find this very program by that name, else the path it was started by."""
    started, found = Path(sys.argv[0]), shutil.which("rasoat")
    if found and started.exists() and os.path.samefile(found, started):
        return "rasoat"
    return shlex.quote(sys.argv[0]) if started.name == "rasoat" else f"{shlex.quote(sys.executable)} -m rasoat.start"


def _folder(home: Path) -> str:
    """The folder as a shell reads it; below the user's own, `~` keeps the line short."""
    quoted = shlex.quote(str(home))
    own = Path.home()
    return f"~/{home.relative_to(own)}" if quoted == str(home) and home.is_relative_to(own) else quoted
