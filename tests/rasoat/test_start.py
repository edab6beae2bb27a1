"""The door opens at once, and says in one line when somebody else's package stands where a room of ours should."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rasoat import __version__
from rasoat.start import ROOMS

HOUSE = Path(__file__).parents[2]
HEAVY = {
    "sqlalchemy",
    "pydantic",
    "structlog",
    "numpy",
    "openpyxl",
    "orjson",
    "warcio",
    "fsspec",
    "lxml",
    "spacy",
    "tantivy",
    "scrapy",
    "alembic",
}
WATCHED = """
import sys
from rasoat.start import main
try:
    main()
finally:
    print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def start(*words: str, code: str = "from rasoat.start import main; main()", path: str = str(HOUSE)) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path, "COLUMNS": "120"}, cwd="/")


def loaded(*words: str) -> tuple[str, set[str]]:
    done = start(*words, code=WATCHED)
    assert done.returncode == 0, done.stderr
    return done.stdout, set(done.stderr.rpartition("LOADED ")[2].split())


def test_the_version_needs_no_command_line() -> None:
    said, modules = loaded("--version")
    assert said == f"rasoat {__version__}\n"
    assert not modules & (HEAVY | {"typer", "rich", *ROOMS})


def test_help_loads_nothing_heavy() -> None:
    said, modules = loaded("--help")
    assert "rasoat" in said
    assert "cli" in modules  # the look would see what is there
    assert not modules & HEAVY


@pytest.mark.parametrize("written", ["search/__init__.py", "search.py"])
def test_a_foreign_package_is_named_before_a_room_is_imported(tmp_path: Path, written: str) -> None:
    foreign = tmp_path / written
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("raise ImportError('not yours')", encoding="utf-8")
    done = start("doctor", path=f"{tmp_path}{os.pathsep}{HOUSE}")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert f"search ({tmp_path / written.removesuffix('/__init__.py')})" in done.stderr


def test_a_missing_room_is_named(tmp_path: Path) -> None:
    (tmp_path / "rasoat").symlink_to(HOUSE / "rasoat")
    code = "from rasoat.start import foreign_rooms; print(foreign_rooms())"
    alone = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(tmp_path)}, cwd="/")
    assert "queries (không có / missing)" in alone.stdout
