"""A page's table as a file: what was crawled is never a formula, days are days, and a table too long for a workbook says so."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest

from pipeline.reports import plain_tables
from pipeline.reports.plain_tables import PlainTable, csv_lines, workbook

ROWS = [["=1+1", date(2026, 11, 22), 3, None, "+84"], ["@x", date(2027, 3, 1), 0.5, "a,b\n=2", "-1"]]


def table(rows: list[list[object]] = ROWS) -> PlainTable:  # type: ignore[assignment]
    return PlainTable("=tên", ["@ghi chú"], ("A", "Ngày", "Số", "Trống", "Chữ"), rows)  # type: ignore[arg-type]


def test_a_csv_file_holds_no_formula() -> None:
    told = "".join(csv_lines(table()))
    assert told.startswith("\ufeffA,")
    rows = list(csv.reader(io.StringIO(told.removeprefix("\ufeff"))))
    assert rows[1] == ["'=1+1", "2026-11-22", "3", "", "'+84"]
    assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_a_workbook_holds_text_numbers_and_days() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(table()))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert rows[0][0] == "=1+1"
    assert sheet.cell(5, 1).data_type == "s"
    assert sheet.cell(1, 1).data_type == "s"
    assert rows[1][1].date() == date(2027, 3, 1)  # type: ignore[union-attr]
    assert rows[1][2] == 0.5


def test_what_does_not_fit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_tables, "MOST", 3)
    rows: list[list[object]] = [[number] for number in range(5)]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(table(rows)))).active
    assert sheet is not None
    told = [row[0].value for row in sheet.iter_rows(min_row=5)]
    assert told[:3] == [0, 1, 2]
    assert "CSV" in str(told[3])
    whole = openpyxl.load_workbook(io.BytesIO(workbook(table(rows[:3])))).active
    assert whole is not None
    assert [row[0].value for row in whole.iter_rows(min_row=5)] == [0, 1, 2]


def test_a_long_table_is_sent_in_portions() -> None:
    rows: list[list[object]] = [["x" * 100, number] for number in range(2000)]
    portions = list(csv_lines(table(rows)))
    assert len(portions) > 3
    assert "".join(portions).count("\n") == 2001
