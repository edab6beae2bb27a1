"""A bare user: an empty home, nothing of ours in the environment, and `rasoat` as an installation writes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from rasoat.start import ROOMS

HOUSE = Path(__file__).parents[2]
_SCRIPT = "#!{python}\nimport sys\nfrom rasoat.start import main\nsys.exit(main())\n"
PATIENCE = 600  # seconds; shared machines stall


def program(folder: Path) -> Path:
    """The script that an installation puts into its folder of programs."""
    folder.mkdir(parents=True)
    script = folder / "rasoat"
    script.write_text(_SCRIPT.format(python=sys.executable), "utf-8")
    script.chmod(0o755)
    return script


def typed(line: str, home: Path, rooms: Path, cwd: Path, programs: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """What a bash of this user does with a line; `rooms` is where rasoat's packages lie, `programs` stands first on the PATH."""
    path = os.pathsep.join([*([str(programs)] if programs else []), "/usr/local/bin", "/usr/bin", "/bin"])
    told = {"HOME": str(home), "PATH": path, "PYTHONPATH": str(rooms), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **more}
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=told, cwd=cwd, timeout=PATIENCE)


def opened(line: str, *whose: Path, **more: str) -> str:
    """The first page that a command serves, where it says so; `--port 0` beside what was advised: other tests serve too."""
    wait = "for _ in $(seq 600); do grep -q http told && break; sleep 0.1; done"
    asked = f"""{line} --port 0 >told 2>&1 & {wait}; address=$(grep -o 'http://[^ ]*' told); {sys.executable} -c "
import urllib.request
print(urllib.request.urlopen('$address', timeout=60).read().decode())"; kill %1; rm told"""
    return typed(asked, *whose, **more).stdout


def checkout(folder: Path) -> Path:
    """A folder as `make` leaves it: the rooms, and a `.venv` with the libraries of this environment and rasoat's own program."""
    folder.mkdir()
    for room in ("rasoat", *ROOMS):
        (folder / room).symlink_to(HOUSE / room)
    programs = program(folder / ".venv" / "bin").parent
    for name in ("python", "airflow"):
        (programs / name).symlink_to(Path(sys.executable).parent / name)
    for name in ("lib", "pyvenv.cfg"):
        (programs.parent / name).symlink_to(Path(sys.prefix) / name)
    return folder
