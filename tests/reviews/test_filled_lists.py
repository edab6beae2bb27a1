"""A list goes out as a workbook, is filled in, sorted and cut by people, and comes back as events: each row once, conflicts told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from typer.testing import CliRunner

from cli import app
from extractors.imports.review_list import CONCLUSION, FINGERPRINT, MARK, PERSON, REASON, WORDS, ReviewMark, read_review_list

DAY = "2026-11-22"


def rasoat(*words: str, exits: int = 0) -> str:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == exits, done.output
    return done.output


def states() -> dict[str, str]:
    told = rasoat("findings", "--as-of", DAY, "--jsonl").splitlines()
    return {line["fingerprint"]: line["state"] for line in map(json.loads, (one for one in told if one.startswith("{")))}


def taken_in(path: Path) -> dict[str, Any]:
    told = rasoat("import", str(path), "--observed-on", DAY, "--json")
    return dict(json.loads(told[told.index("{") :])["reviewed"])


def fill(path: Path, decide: Callable[[int], dict[str, str]]) -> list[str]:
    """Fill rows in, the last first, as somebody would who has sorted them; the fingerprints filled."""
    book = load_workbook(path)
    sheet = book.active
    at = {cell.value: cell.column for cell in sheet[1]}
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    marks = []
    for line, row in enumerate(reversed(rows)):
        for column, value in enumerate(row, 1):
            sheet.cell(line + 2, column, value)
        for name, value in decide(line).items():
            sheet.cell(line + 2, at[name], value)
        if decide(line):
            marks.append(str(row[at[FINGERPRINT] - 1]))
    book.save(path)
    return marks


@pytest.mark.slow
@pytest.mark.usefixtures("asked_home")
def test_a_list_comes_back_as_events(tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.xlsx"
    rasoat("findings", "--as-of", DAY, "--export", str(path))
    sheet = load_workbook(path).active
    titles = [cell.value for cell in sheet[1]]
    assert {CONCLUSION, REASON, WORDS, PERSON, MARK} <= set(titles)
    assert sheet.column_dimensions[sheet.cell(1, titles.index(MARK) + 1).column_letter].hidden
    assert {one.formula1 for one in sheet.data_validations.dataValidation if "xác nhận" in one.formula1} == {
        '"xác nhận,bác,báo đã sửa,ghi chú"'
    }
    said = [
        {CONCLUSION: "xác nhận", PERSON: "Nguyễn An"},
        {CONCLUSION: "Bác", REASON: "nhắc tới như lịch sử", PERSON: "Nguyễn An", WORDS: "=1+1"},
        {CONCLUSION: "bác", PERSON: "Nguyễn An"},
        {CONCLUSION: "đồng ý", PERSON: "Nguyễn An"},
        {CONCLUSION: "xác nhận"},
        {CONCLUSION: "xác nhận", PERSON: "Nguyễn An", MARK: "x"},
        {},
    ]
    other = tmp_path / "khac.xlsx"
    other.write_bytes(path.read_bytes())
    marks = fill(path, lambda line: said[line] if line < len(said) else {})
    told = taken_in(path)
    assert (told["rows"], told["recorded"], told.get("again", 0)) == (6, 2, 0)
    assert len(told["refused"]) == 4
    assert ["danh-sach.xlsx:4: Bác một phát hiện phải có lý do" in told["refused"][0], "đồng ý" in told["refused"][1]] == [True, True]
    now = states()
    assert [now[one] for one in marks[:2]] == ["confirmed", "dismissed"]
    assert {one for one, state in now.items() if state not in ("open", "needs_review")} == set(marks[:2])
    # taken in again it says nothing new; another who filled in the same list is told who was before
    assert (taken_in(path)["again"], len(states())) == (2, len(now))
    fill(other, lambda line: {CONCLUSION: "xác nhận", PERSON: "Trần Bình"} if line < 2 else {})
    refused = taken_in(other)["refused"]
    assert len(refused) == 2
    assert all("Nguyễn An đã ghi trước" in one for one in refused)
    assert json.loads(rasoat("audit", "--verify", "--json"))["broken"] == []


@given(st.binary(max_size=200))
def test_what_is_no_list_is_none(data: bytes) -> None:
    assert not read_review_list(data).is_one
    assert not read_review_list(b"PK\x03\x04" + data).is_one


def test_a_mark_is_what_it_was_written_as() -> None:
    assert str(ReviewMark("lai-chau/so-tu-phap", 3, "a" * 64)) == f"lai-chau/so-tu-phap 3 {'a' * 64}"
