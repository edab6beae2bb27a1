"""Fifteen scans without --scans are one thing to do, and are said once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from typer.testing import CliRunner, Result

from cli import app


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    for number in range(15):
        page = Image.new("L", (620, 877), 255)
        ImageDraw.Draw(page).rectangle((40, 100 + number, 500, 500), outline=0)
        page.save(folder / f"ban-quet-{number:02}.pdf")
    return folder


def imported(*words: str) -> Result:
    return CliRunner().invoke(app, ["import", *words, "--observed-on", "2026-06-10"])


def test_lists_for_a_place(scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))
    done = imported(str(scans), "--unit", "lai-chau", "--channel", "portal")
    assert done.exit_code == 2
    assert done.output.count("--scans") == 1
    assert "15 tệp là bản quét" in done.output
    assert "scans/ban-quet-00.pdf, scans/ban-quet-01.pdf, scans/ban-quet-02.pdf …" in done.output
    assert "ban-quet-03" not in done.output


def test_documents(scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))
    done = imported(str(scans))
    # A library that has set up its own log in this process writes lines of its own; a log line begins with its moment.
    said = " ".join(" ".join(line for line in done.output.splitlines() if not line.startswith("20")).split())
    assert done.exit_code == 0
    assert said.count("nạp lại với --scans") == 1
    assert "15 × bản quét" in said
    assert "scans/ban-quet-00.pdf, scans/ban-quet-01.pdf, scans/ban-quet-02.pdf …" in said
    assert "ban-quet-03" not in said
