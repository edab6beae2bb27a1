"""What is advised can be typed where the person is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.as_typed import advised


@pytest.fixture
def program(tmp_path: Path) -> Path:
    made = tmp_path / "bin" / "rasoat"
    made.parent.mkdir()
    made.write_text("#!/bin/sh\n", "utf-8")
    made.chmod(0o755)
    return made


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RASOAT_HOME", raising=False)


def test_the_home_in_use_is_said_again(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("RASOAT_HOME", "/srv/rasoat")
    monkeypatch.setattr(sys, "argv", [str(program)])
    assert advised("doctor") == "RASOAT_HOME=/srv/rasoat rasoat doctor"


def test_the_bare_name_where_the_shell_would_find_this_program(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(sys, "argv", [str(program), "demo"])
    assert advised("doctor") == "rasoat doctor"


def test_the_path_it_was_started_by_where_the_shell_finds_another_or_none(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "my venv" / "rasoat"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\n", "utf-8")
    monkeypatch.setattr(sys, "argv", [str(other), "demo"])
    for path in (str(program.parent), "/nowhere"):
        monkeypatch.setenv("PATH", path)
        assert advised("doctor") == f"'{other}' doctor"


def test_a_module_is_started_again_as_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "argv", ["/house/rasoat/start.py", "demo"])
    assert advised("doctor") == f"{sys.executable} -m rasoat.start doctor"


@pytest.mark.parametrize(("folder", "written"), [("data/rasoat-demo", "~/data/rasoat-demo"), ("dữ liệu/x", "'{home}/dữ liệu/x'")])
def test_the_home_is_written_for_the_shell(
    folder: str, written: str, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(sys, "argv", [str(program)])
    assert advised("doctor", tmp_path / folder) == f"RASOAT_HOME={written.format(home=tmp_path)} rasoat doctor"
