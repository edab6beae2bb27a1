"""What is printed is what the contract says, and its JSON Schema in the documents is kept true."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner

from cli.demo_command import DEMO_DAY
from cli.main import app
from queries.contract import LINES

SCHEMA = Path(__file__).parents[2] / "docs" / "hop-dong.schema.json"
DAY = ("--as-of", str(DEMO_DAY))
LIST = "<table><tr><th>STT</th><th>Mã TTHC</th><th>Tên thủ tục hành chính</th></tr><tr><td>1</td><td>1.001193</td><td>Đăng ký khai sinh</td></tr></table>"


def schemas() -> dict[str, Any]:
    """The schema of every line, as programs see it."""
    return {command: TypeAdapter(shape).json_schema(mode="serialization", by_alias=True) for command, shape in LINES.items()}


def test_the_schema_in_the_documents_is_that_of_the_code() -> None:
    """RASOAT_UPDATE_SNAPSHOTS=1 writes it anew: read the difference, another program relies on it."""
    text = json.dumps(schemas(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("RASOAT_UPDATE_SNAPSHOTS"):
        SCHEMA.write_text(text, encoding="utf-8")
    assert SCHEMA.read_text("utf-8") == text


def lines_of(*words: str, given: str = "") -> list[dict[str, Any]]:
    done = CliRunner().invoke(app, list(words), input=given)
    assert done.exit_code in (0, 3), done.output  # 3: the gate stops what was not checked yet, and says so in its line
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.mark.parametrize(
    ("command", "words", "given"),
    [
        ("findings", ("findings", *DAY, "--jsonl"), ""),
        ("coverage", ("coverage", *DAY, "--unit", "bo-tu-phap", "--jsonl"), ""),
        ("coverage_changes", ("coverage", *DAY, "--since", "2026-01-01", "--unit", "bo-tu-phap", "--jsonl"), ""),
        (
            "status",
            ("status", *DAY, "--jsonl"),
            '{"id": 1, "number": "15/2015/TT-BTP"}\n{"number": "60/2014/QH13", "provision": "dieu-1"}\n',
        ),
        ("show", ("show", "1.001193", *DAY, "--json"), ""),
        pytest.param("quality", ("quality", *DAY, "--json"), "", marks=pytest.mark.slow),  # loads Great Expectations
    ],
)
def test_every_line_printed_is_one_of_the_contract(asked_home: Path, command: str, words: tuple[str, ...], given: str) -> None:
    printed = lines_of(*words, given=given)
    assert printed
    for line in printed:
        assert LINES[command].model_validate(line, strict=False).as_json() == line


def test_mentions_come_as_the_contract_says(asked_home: Path) -> None:
    [line] = lines_of("cite", "--jsonl", given='{"id": 7, "text": "theo khoản 2 Điều 5 Nghị định số 63/2010/NĐ-CP"}\n')
    assert line["id"] == 7
    assert [LINES["cite"].model_validate(one).as_json() for one in line["mentions"]] == line["mentions"]


def test_search_comes_as_the_contract_says(asked_home: Path) -> None:
    assert CliRunner().invoke(app, ["index", *DAY]).exit_code == 0
    [page] = lines_of("search", "dang ky khai sinh", "--facets", "--json")
    assert page["hits"]
    assert LINES["search"].model_validate(page).as_json() == page


def test_files_come_as_the_contract_says(asked_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "danh-muc.html"
    file.write_text(f"<html><body><h1>DANH MỤC THỦ TỤC HÀNH CHÍNH NIÊM YẾT</h1>{LIST}</body></html>", encoding="utf-8")
    [seen] = lines_of("read", str(file), "--jsonl")
    assert LINES["read"].model_validate(seen).as_json() == seen
    assert [row["code"] for row in seen["rows"]] == ["1.001193"]
