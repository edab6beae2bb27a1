"""The index step on a real store: nights of changes, and an index that somebody else spoilt mends itself."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app
from search.answering import answer
from search.engines import Query
from search.engines.embedded import EmbeddedEngine

pytestmark = pytest.mark.slow  # takes seconds of the processor

FIRST = date(2026, 10, 1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))
    for name in ("RASOAT_SEARCH_ENGINE", "RASOAT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


def night(folder: Path, number: int, changed: int = 3) -> dict[str, Any]:
    """Thirty procedures on the first night, then a new name for the first few: imported, indexed; the step's report."""
    day = (FIRST + timedelta(days=number)).isoformat()
    lines = [
        {
            "code": f"1.{at:06d}",
            "name": f"Cấp giấy phép số {at} đêm {number}",
            "captured_on": day,
            "legal_basis": "x",
        }
        for at in range(changed if number else 30)
    ]
    file = folder / "procedures.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    for words in (["import", str(file), "--observed-on", day], ["index", "--as-of", day, "--json"]):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
    indexed: dict[str, Any] = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))["indexed"]
    return {"mended": "", **indexed}


def test_nights_of_changes_cost_what_changed(home: Path, tmp_path: Path) -> None:
    assert night(tmp_path, 0)["changed"] == 30
    for number in (1, 2, 3, 4):
        told = night(tmp_path, number)
        assert (told["index"], told["changed"], told["mended"]) == (30, 3, "")


def test_an_index_that_holds_something_else_is_built_anew_and_says_so(home: Path, tmp_path: Path) -> None:
    night(tmp_path, 0)
    engine = EmbeddedEngine(home)
    one = answer(engine, Query("1.000000", size=1)).hits[0].entry
    engine.update([dataclasses.replace(one, id="procedure:9.999998", key="9.999998")], [one.id])
    engine.close()
    told = night(tmp_path, 1)
    assert (told["index"], told["changed"]) == (30, 30)
    assert "Sau cập nhật chỉ mục có 31 mục" in told["mended"]
    engine = EmbeddedEngine(home)
    assert {hit.entry.key for hit in answer(engine, Query("", size=100)).hits} == {f"1.{at:06d}" for at in range(30)}
    engine.close()
    assert night(tmp_path, 2)["mended"] == ""


@pytest.mark.parametrize("name", ["index/meta.json", "texts.db", "words.json.gz", "day", "../current"])
def test_a_damaged_index_is_named_to_who_asks_and_mended_by_the_next_step(home: Path, tmp_path: Path, name: str) -> None:
    night(tmp_path, 0)
    version = home / "search" / (home / "search" / "current").read_text("utf-8")
    (version / name).write_bytes(b"\0" * 5000)
    asked = CliRunner().invoke(app, ["search", "giấy phép"])
    assert asked.exit_code == 3
    assert asked.stderr.startswith("Lỗi: Chỉ mục hỏng / the index is damaged: ")
    assert asked.stderr.strip().endswith("index --rebuild`.")
    told = night(tmp_path, 1)
    assert (told["index"], told["changed"]) == (30, 30)
    assert "Chỉ mục hỏng" in told["mended"]
    assert CliRunner().invoke(app, ["search", "giấy phép"]).exit_code == 0
    assert night(tmp_path, 2)["mended"] == ""


def test_a_file_in_place_of_the_folder_is_put_aside_by_a_rebuild_alone(home: Path, tmp_path: Path) -> None:
    night(tmp_path, 0)
    (home / "search").rename(home / "old")
    (home / "search").write_text("somebody's", "utf-8")
    for words in (["index"], ["search", "giấy phép"]):
        refused = CliRunner().invoke(app, words)
        assert refused.exit_code == 3
        assert "không phải thư mục" in refused.stderr
        assert "index --rebuild`" in refused.stderr
    assert CliRunner().invoke(app, ["index", "--rebuild"]).exit_code == 0
    assert CliRunner().invoke(app, ["search", "giấy phép"]).exit_code == 0
