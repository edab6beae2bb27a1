"""`make` says what it is about to do, and what it lacks, before it does anything."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

HOUSE = Path(__file__).parents[1]


def made(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(HOUSE / name, folder)
    return subprocess.run(["make", "demo", *words], capture_output=True, text=True, cwd=folder)


def test_an_old_or_missing_python_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    done = made(tmp_path, "PYTHON=false")
    assert done.returncode != 0
    assert "Cần Python 3.11" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_it_tells_where_how_much_and_how_long_before_it_installs(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\n[ "$1" = -c ]\n', "utf-8")  # a Python that is new enough and can make no environment
    python.chmod(0o755)
    done = made(tmp_path, f"PYTHON={python}")
    assert "Cài vào .venv" in done.stdout
    assert "GB" in done.stdout
    assert "phút" in done.stdout
    assert "apt-get install python3-venv" in done.stderr
