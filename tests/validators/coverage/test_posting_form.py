"""The inspector's form: written, filled in, and read back; damaged and foreign files are refused by name."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from extractors.imports import inspection_form as layout
from extractors.imports.filled_form import is_form, read_filled
from extractors.imports.form_sheet import FormProblem
from pipeline.reports.form_file import write_form
from rasoat.records import Part
from rasoat.records.postings import Channel, Medium, PostingState
from tests.validators.coverage.audited import audited

COMMUNE, TODAY = "lai-chau/xa-than-uyen", date(2026, 11, 22)


@pytest.fixture
def blank(store: Engine, tmp_path: Path) -> Path:
    path = tmp_path / "phieu.xlsx"
    assert write_form(audited(store, TODAY), COMMUNE, path) == 3
    return path


def filled(path: Path, fill: Callable[[Any], None], day: object = datetime(2026, 11, 20)) -> bytes:  # noqa: DTZ001 (a cell has no zone)
    book = load_workbook(path)
    sheet = book[layout.SHEET]
    sheet.cell(layout.HEAD["observed_on"], 3).value = day
    fill(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def answer(sheet: Any, row: int, **cells: str) -> None:
    for name, value in cells.items():
        sheet.cell(layout.ROWS_FROM + row, getattr(layout, name) + 1).value = value


def test_a_blank_form_is_no_observation(blank: Path) -> None:
    assert is_form(blank.read_bytes())
    assert read_filled(filled(blank, lambda sheet: None)).postings == []


def test_a_filled_form_comes_back(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.cell(layout.HEAD["complete"], 3).value = layout.YES
        sheet.cell(layout.HEAD["contact"], 3).value = layout.NO
        answer(sheet, 1, STATE="Không có")
        answer(
            sheet, 2, STATE="thiếu nội dung", MEDIUM="Kiosk", ABSENT="Phí, lệ phí; Mẫu đơn", EVIDENCE="anh1.jpg; anh2.jpg", NOTE="mờ chữ"
        )
        answer(sheet, 6, CODE="1.000777", CHANNEL="Trụ sở", STATE="Có niêm yết", DECISION="12/QĐ-UBND", FORMS="Mẫu 01")

    read = read_filled(filled(blank, fill))
    assert not read.problems
    missing, short, extra = read.postings
    assert (missing.procedure, missing.unit, missing.state, missing.observed_on) == (
        "1.000001",
        COMMUNE,
        PostingState.MISSING,
        date(2026, 11, 20),
    )
    assert (short.state, short.medium, short.evidence, short.note) == (
        PostingState.INCOMPLETE,
        Medium.KIOSK,
        ("anh1.jpg", "anh2.jpg"),
        "mờ chữ",
    )
    assert short.parts is not None
    assert Part.FEES not in short.parts
    assert Part.FORMS not in short.parts
    assert (extra.procedure, extra.decision, extra.channel) == ("1.000777", "12/QĐ-UBND", Channel.PREMISES)
    assert extra.forms[0].alive is False
    assert extra.origin.place == f"{layout.SHEET}!A{layout.ROWS_FROM + 6}"
    (look,) = read.looks
    assert (look.complete, look.contact, look.unit) == (True, False, COMMUNE)


@pytest.mark.parametrize("day", ["20/11/2026", "2026-11-20", "20.11.2026"])
def test_days_as_people_type_them(blank: Path, day: str) -> None:
    read = read_filled(filled(blank, lambda sheet: answer(sheet, 1, STATE="Không có"), day)).postings
    assert [one.observed_on for one in read] == [date(2026, 11, 20)]


@pytest.mark.parametrize("day", ["", "31/02/2026", "hôm qua", None])
def test_a_form_without_a_day_is_refused(blank: Path, day: str | None) -> None:
    with pytest.raises(FormProblem, match="C4"):
        read_filled(filled(blank, lambda sheet: None, day))


def test_a_row_that_cannot_be_read_is_named_and_the_others_are_kept(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        answer(sheet, 1, STATE="có lẽ")
        answer(sheet, 2, STATE="Có niêm yết")
        answer(sheet, 3, STATE="Thiếu nội dung", ABSENT="cái gì đó")

    read = read_filled(filled(blank, fill))
    assert {one.procedure: one.state for one in read.postings}["1.000002"] is PostingState.POSTED
    assert {one.state for one in read.postings if one.procedure != "1.000002"} == {PostingState.UNKNOWN}
    assert [f"E{layout.ROWS_FROM + 1}" in read.problems[0], f"H{layout.ROWS_FROM + 3}" in read.problems[1]] == [True, True]


def test_every_mistake_of_an_inspector_has_its_cell(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.cell(layout.HEAD["complete"], 3).value = "co"  # typed without marks
        sheet.cell(layout.HEAD["contact"], 3).value = "rồi"
        answer(sheet, 4, CODE="1.0045", STATE="Có niêm yết")
        answer(sheet, 5, NAME="Chỉ ghi tên", STATE="Có niêm yết")
        answer(sheet, 6, CODE="T-BLI-144505-TT", STATE="khong co")

    read = read_filled(filled(blank, fill))
    assert [(one.procedure, one.state) for one in read.postings] == [("T-BLI-144505-TT", PostingState.MISSING)]
    lines = [f"Ô B{layout.ROWS_FROM + 4}: “1.0045”", f"Ô B{layout.ROWS_FROM + 5}: dòng", f"Ô C{layout.HEAD['contact']}: “rồi”"]
    assert [problem.startswith(line) for problem, line in zip(read.problems, lines, strict=True)] == [True] * 3
    assert [(look.complete, look.contact) for look in read.looks] == [(False, None)]  # two rows could be anything


def test_a_misspelt_answer_makes_its_procedure_unknown_and_not_missing(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.cell(layout.HEAD["complete"], 3).value = "co"  # typed without marks
        answer(sheet, 1, STATE="Có niêm yêt nhé")

    read = read_filled(filled(blank, fill))
    assert [(one.procedure, one.state) for one in read.postings] == [("1.000001", PostingState.UNKNOWN)]
    assert [(look.complete, look.unread) for look in read.looks] == [(False, tuple(read.problems))]


def test_a_code_that_a_spreadsheet_made_a_day_is_refused(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.cell(layout.ROWS_FROM + 6, layout.CODE + 1).value = datetime(1900, 1, 1, 0, 6, 28)  # noqa: DTZ001 (a cell has no zone)
        answer(sheet, 6, STATE="Có niêm yết")

    read = read_filled(filled(blank, fill))
    assert (read.postings, len(read.problems)) == ([], 1)
    assert load_workbook(blank)[layout.SHEET].cell(layout.ROWS_FROM + 6, layout.CODE + 1).number_format == "@"


def test_names_are_text_and_answers_are_lists(blank: Path) -> None:
    sheet = load_workbook(blank)[layout.SHEET]
    name = sheet.cell(layout.ROWS_FROM + 1, layout.NAME + 1)
    assert (name.value, name.data_type) == ("=Cấp <giấy> A", "s")
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert any("Không có" in (rule.formula1 or "") for rule in lists)


def test_another_workbook_is_not_the_form() -> None:
    out = io.BytesIO()
    Workbook().save(out)
    assert not is_form(out.getvalue())
    with pytest.raises(FormProblem):
        read_filled(out.getvalue())


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_by_name(data: bytes) -> None:
    assert not is_form(data)
    with pytest.raises(FormProblem):
        read_filled(data)
