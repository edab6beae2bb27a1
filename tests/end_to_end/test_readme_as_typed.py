"""The commands of the README, run as typed by a bare user in an empty home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.bare_user import HOUSE, checkout, opened, typed

pytestmark = pytest.mark.slow
_TO_FILL = re.compile(r"[A-ZĐÁÀẢÃẠÂĂÊÔƠƯ_]{4,}|…")  # a placeholder that the reader replaces
_ASKS_REAL_HOSTS = ("rasoat run",)
_SERVES = "rasoat serve"  # until it is stopped


def daily_commands() -> Iterator[str]:
    """The README's table of commands, without those in which the reader puts a name of his own."""
    section = (HOUSE / "README.md").read_text("utf-8").split("## Dùng hằng ngày")[1].split("\n## ")[0]
    for line in section.splitlines():
        if line.startswith("| ") and line.count("|") == 3:
            for command in re.findall(r"`(rasoat [^`]+)`", line.split("|")[2]):
                if not command.startswith(_ASKS_REAL_HOSTS) and not _TO_FILL.search(re.sub(r"\S*\d\S*", "", command)):
                    yield command


def test_the_readme(tmp_path: Path) -> None:
    house, home = checkout(tmp_path / "rasoat"), tmp_path / "home"
    home.mkdir()
    # What `make demo` does once everything is installed.
    shown = typed(".venv/bin/rasoat demo", home, house, house)
    assert shown.returncode == 0, shown.stderr
    readme = (HOUSE / "README.md").read_text("utf-8")
    printed = [line.strip() for line in readme.splitlines() if line.startswith("  RASOAT_HOME=")]
    assert len(printed) >= 3
    for line in printed:
        assert line in shown.stdout
        if line.endswith(_SERVES):
            assert "<main" in opened(line, home, house, house)
            continue
        done = typed(line, home, house, house)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    # The numbers that the README shows are those that are printed.
    for line in re.findall(r"^(?:Văn bản|Viện dẫn|Phát hiện|Gạt bỏ|Chất lượng|Chỉ mục) .*$", readme, re.M):
        assert " ".join(line.split()) in " ".join(shown.stdout.split())
    daily = list(daily_commands())
    assert len(daily) >= 9
    where = {"RASOAT_HOME": str(home / ".local/share/rasoat-demo")}
    for line in daily:
        if line.endswith(_SERVES):
            assert "<main" in opened(line, home, house, tmp_path, house / ".venv" / "bin", **where)
            continue
        done = typed(line, home, house, tmp_path, house / ".venv" / "bin", **where)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
