"""Cells of a form that nobody can read for sure: what they may say is unknown, and the look says why it is not complete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Font
from sqlalchemy import Engine

from extractors.imports import inspection_form as layout
from extractors.imports.filled_form import FilledForm, read_filled
from pipeline.reports.form_file import write_form
from rasoat.records.postings import PostingState
from tests.validators.coverage.audited import audited
from tests.validators.coverage.test_posting_form import COMMUNE, TODAY, answer, filled

FIRST = layout.ROWS_FROM + 1
SHOWN, UNKNOWN = PostingState.POSTED, PostingState.UNKNOWN
Fill = Callable[[Any], None]


@pytest.fixture
def blank(store: Engine, tmp_path: Path) -> Path:
    path = tmp_path / "phieu.xlsx"
    write_form(audited(store, TODAY), COMMUNE, path)
    return path


def told(path: Path, fill: Fill) -> FilledForm:
    """The form said to be complete, its three rows answered and then changed."""

    def all_answered(sheet: Any) -> None:
        sheet.cell(layout.HEAD["complete"], 3).value = layout.YES
        for row in (1, 2, 3):
            answer(sheet, row, STATE="Có niêm yết")
        fill(sheet)

    return read_filled(filled(path, all_answered))


def states(read: FilledForm) -> list[PostingState]:
    return [one.state for one in sorted(read.postings, key=lambda one: int(one.origin.place.rpartition("A")[2]))]


def test_a_form_whose_every_row_is_answered_is_complete(blank: Path) -> None:
    read = told(blank, lambda sheet: None)
    assert (states(read), [look.complete for look in read.looks], read.problems) == ([SHOWN] * 3, [True], [])


def test_one_answer_merged_over_rows_stands_for_each_of_them(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.merge_cells(f"E{FIRST}:E{FIRST + 2}")

    read = told(blank, fill)
    assert (states(read), [look.complete for look in read.looks], read.problems) == ([SHOWN] * 3, [True], [])
    assert len({one.procedure for one in read.postings}) == 3


def merged_across(sheet: Any) -> None:
    sheet.merge_cells(f"D{FIRST}:F{FIRST + 1}")


def emptied(sheet: Any) -> None:
    answer(sheet, 1, STATE="")
    answer(sheet, 2, STATE="")


def hidden_rows(sheet: Any) -> None:
    sheet.row_dimensions[FIRST].hidden = True
    sheet.row_dimensions[FIRST + 1].hidden = True


def struck(sheet: Any) -> None:
    sheet.cell(FIRST, layout.STATE + 1).font = Font(strike=True)
    sheet.cell(FIRST + 1, layout.CODE + 1).font = Font(strike=True)


def never_computed(sheet: Any) -> None:
    answer(sheet, 1, STATE='=IF(A1="","Có niêm yết","")')
    sheet.cell(FIRST + 1, layout.CHANNEL + 1).value = "=D99"


def failed(sheet: Any) -> None:
    answer(sheet, 1, STATE="#N/A")
    answer(sheet, 2, DECISION="#REF!")


def other_words(sheet: Any) -> None:
    answer(sheet, 1, STATE="Có, nhưng mờ")
    answer(sheet, 2, STATE="x", CHANNEL="Trụ sở cũ")


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        (merged_across, "ô gộp không rõ là của những dòng nào"), (emptied, "để trống kết quả kiểm tra"), (hidden_rows, "dòng hoặc cột bị ẩn"),
        (struck, "chữ bị gạch ngang"), (never_computed, "công thức chưa có giá trị"), (failed, "công thức lỗi"),
        (other_words, "không có trong danh sách"),
    ],
)  # fmt: skip
def test_what_nobody_can_read_is_unknown_and_the_look_says_why(blank: Path, fill: Fill, said: str) -> None:
    read = told(blank, fill)
    states_of = states(read)
    (look,) = [one for one in read.looks if one.channel == "premises"]
    assert (states_of.count(UNKNOWN), states_of.count(SHOWN)) == (2, 1)
    assert (look.complete, len(look.unread)) == (False, 2)
    assert all(said in line for line in look.unread)
    assert list(look.unread) == read.problems


def test_a_hidden_column_of_answers_is_no_answer(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.column_dimensions["E"].hidden = True

    read = told(blank, fill)
    assert (states(read), [look.complete for look in read.looks]) == ([UNKNOWN] * 3, [False])


@pytest.mark.parametrize(("row", "number"), [(2, "2"), (3, "3")])
def test_a_row_that_was_deleted_is_not_absent(blank: Path, row: int, number: str) -> None:
    read = told(blank, lambda sheet: sheet.delete_rows(layout.ROWS_FROM + row))
    assert ([look.complete for look in read.looks], len(read.postings)) == ([False], 2)
    assert read.problems == [f"Trang “Phiếu”: thiếu dòng số {number} của phiếu; thủ tục của các dòng ấy chưa kết luận được."]


def test_a_heading_set_among_the_rows_is_no_row(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.cell(layout.ROWS_FROM + 5, 1).value = "LĨNH VỰC ĐẤT ĐAI"
        sheet.merge_cells(f"A{layout.ROWS_FROM + 5}:K{layout.ROWS_FROM + 5}")
        sheet.cell(layout.ROWS_FROM + 8, layout.NOTE + 1).value = "Người kiểm tra ký"

    read = told(blank, fill)
    assert ([look.complete for look in read.looks], read.problems) == ([True], [])


def test_a_copied_sheet_is_the_form_of_another_unit(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        other = sheet.parent.copy_worksheet(sheet)
        other.cell(layout.HEAD["unit"], 3).value = "lai-chau/xa-muong-kim"
        answer(other, 1, STATE="Không có")

    read = told(blank, fill)
    assert {one.unit for one in read.looks} == {COMMUNE, "lai-chau/xa-muong-kim"}
    assert [one.unit for one in read.postings if one.state is PostingState.MISSING] == ["lai-chau/xa-muong-kim"]
    assert {one.origin.place for one in read.postings if one.unit != COMMUNE} == {f"Phiếu Copy!A{FIRST + at}" for at in range(3)}


def test_a_sheet_that_is_no_form_and_names_procedures_is_named(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.parent.create_sheet("Ghi thêm")["B2"] = "1.000777 có niêm yết"
        sheet.parent.create_sheet("Ảnh")["A1"] = "xem thư mục ảnh"

    read = told(blank, fill)
    assert read.problems == ["Trang “Ghi thêm” có mã thủ tục nhưng không phải phiếu, không đọc; ghi vào phiếu."]
    assert [(look.complete, list(look.unread)) for look in read.looks] == [(False, read.problems)]


def test_a_hidden_copy_of_the_form_is_not_read_and_named(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet).sheet_state = "hidden"

    read = told(blank, fill)
    assert (len(read.looks), len(read.postings)) == (1, 3)
    assert [("bị ẩn" in line, "Phiếu Copy" in line) for line in read.problems] == [(True, True)]


@pytest.mark.parametrize("typed", ["1.000777.000.00.00.H12", "1,000777", " 1.000.777 ", "1.000777.H12"])
def test_a_code_in_another_spelling_is_that_code(blank: Path, typed: str) -> None:
    read = told(blank, lambda sheet: answer(sheet, 6, CODE=typed, STATE="Có niêm yết"))
    assert (read.problems, [one.procedure for one in read.postings][-1]) == ([], "1.000777")


@pytest.mark.parametrize(
    ("typed", "may_be"), [("1.000777; 1.000778", {"1.000777", "1.000778"}), ("#REF!", set()), ("thủ tục đất đai", set())]
)
def test_a_code_that_is_none_or_two_leaves_open_what_is_absent(blank: Path, typed: str, may_be: set[str]) -> None:
    read = told(blank, lambda sheet: answer(sheet, 6, CODE=typed, STATE="Có niêm yết"))
    assert ({one.procedure for one in read.postings if one.state is UNKNOWN}, [look.complete for look in read.looks]) == (may_be, [False])
    assert f"Ô B{layout.ROWS_FROM + 6}" in read.problems[0]


def test_an_older_form_without_its_count_is_still_read(blank: Path) -> None:
    whole = told(blank, lambda sheet: setattr(sheet.cell(*layout.ASKED), "value", None))
    assert ([look.complete for look in whole.looks], whole.problems) == ([True], [])


def test_an_answer_of_the_head_that_is_struck_out_is_none(blank: Path) -> None:
    read = told(blank, lambda sheet: setattr(sheet.cell(layout.HEAD["complete"], 3), "font", Font(strike=True)))
    assert ([look.complete for look in read.looks], read.problems) == (
        [False],
        [f"Ô C{layout.HEAD['complete']}: chữ bị gạch ngang; xoá hẳn hoặc bỏ gạch."],
    )


def test_a_code_dragged_over_another_row_accuses_neither_procedure(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.cell(FIRST, layout.CODE + 1).value = sheet.cell(FIRST + 2, layout.CODE + 1).value

    read = told(blank, fill)
    assert states(read) == [UNKNOWN, SHOWN, UNKNOWN]
    assert [look.complete for look in read.looks] == [False]
    assert [f"({FIRST}, {FIRST + 2}) mà tên hoặc kết quả khác nhau" in problem for problem in read.problems] == [True, True]


def test_one_procedure_with_two_results_is_unknown(blank: Path) -> None:
    def fill(sheet: Any) -> None:
        for column in (layout.CODE, layout.NAME):
            sheet.cell(FIRST, column + 1).value = sheet.cell(FIRST + 1, column + 1).value
        answer(sheet, 1, STATE="Không có")

    read = told(blank, fill)
    assert states(read) == [UNKNOWN, UNKNOWN, SHOWN]
    assert [look.complete for look in read.looks] == [False]
