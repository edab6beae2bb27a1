"""Writing the inspector's form of one unit: its duties as rows, every answer a list to choose from, cells that explain themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from extractors.imports import inspection_form as layout
from pipeline.reports.office_cells import sheet_text
from rasoat.records.postings import Channel, Level, PostingState
from rasoat.units import UnitKind, kind_of, province_of
from validators.coverage.cell_rows import CellRow
from validators.coverage.matrix import Matrix
from validators.rules.postings.posting_finding import decision_words

_WIDTHS = (6, 13, 60, 14, 22, 12, 24, 26, 26, 26, 34)
_LEVEL = {UnitKind.COMMUNE: Level.COMMUNE, UnitKind.CENTRE: Level.PROVINCE, UnitKind.DEPARTMENT: Level.PROVINCE}
_SPARE = 60  # empty rows for what is shown without being owed
_LABELS = {
    "unit": "Mã đơn vị (không sửa)",
    "observed_on": "Ngày kiểm tra (dd/mm/yyyy)",
    "complete": "Đã ghi hết những gì niêm yết tại trụ sở? (Có: dòng còn để “Chưa kiểm tra” là không thấy niêm yết)",
    "contact": "Có địa chỉ tiếp nhận phản ánh, kiến nghị?",
    "text": "Nguyên văn nội dung giới thiệu, liên hệ tại nơi niêm yết",
    "evidence": "Tên ảnh, tệp chụp toàn cảnh (cách nhau bằng dấu ;)",
}


def write_form(matrix: Matrix, unit: str, path: Path) -> int:
    """Write the form of a unit to `path`; how many rows it asks for.

    Raises:
        OSError: the file cannot be written.
    """
    rows = list(matrix.rows([unit]))
    # Crawled names may begin with "=": everything is written as text, never as a formula or link.
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(layout.SHEET)
        styles = _styles(book)
        _head(sheet, styles, unit, matrix.audit.units.name(unit))
        asked = [*rows, *_abolished(matrix, unit, {row.procedure for row in rows})]
        sheet.write_number(layout.ASKED[0] - 1, layout.ASKED[1] - 1, len(asked), styles["mark"])
        _rows(sheet, styles, matrix, asked)
        _choices(sheet, layout.ROWS_FROM, layout.ROWS_FROM + len(asked) + _SPARE - 1)
        sheet.freeze_panes(layout.ROWS_FROM, 3)
        sheet.autofilter(layout.ROWS_FROM - 1, 0, layout.ROWS_FROM + len(asked) + _SPARE - 1, len(layout.COLUMNS) - 1)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(layout.ROWS_FROM - 1)
        sheet.set_footer("&LPhiếu kiểm tra niêm yết, công khai thủ tục hành chính&RTrang &P/&N")
    return len(asked)


def _abolished(matrix: Matrix, unit: str, owed: set[str]) -> Iterator[CellRow]:
    """What the unit's province has abolished for its level: the inspector looks whether it is gone."""
    register, level = matrix.audit.register, _LEVEL.get(kind_of(unit))
    for code in sorted(register.codes(province_of(unit) or "")):
        ended = register.abolition(code, province_of(unit))
        named = frozenset().union(*(one.levels for one in register.announcements(code)))
        if ended is not None and code not in owed and (not named or level in named):
            yield CellRow(unit, code, Channel.PREMISES, PostingState.ABOLISHED_STILL_POSTED, None, decision_words(ended), None)


def _styles(book: Any) -> dict[str, Any]:
    box = {"border": 1, "text_wrap": True, "valign": "top", "font_name": "Times New Roman", "font_size": 11}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"}),
        "mark": book.add_format({"font_color": "#FFFFFF", "font_size": 1}),
        "label": book.add_format({**box, "bold": True}),
        "given": book.add_format({**box, "bg_color": "#F2F2F2"}),
        "asked": book.add_format({**box, "bg_color": "#FFF9E5", "num_format": "@"}),  # as text: a typed code is no number and no day
        "day": book.add_format({**box, "bg_color": "#FFF9E5", "num_format": "dd/mm/yyyy", "align": "left"}),
        "header": book.add_format({**box, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "align": "center"}),
    }


def _head(sheet: Any, styles: dict[str, Any], unit: str, name: str) -> None:
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, layout.MARK, styles["mark"])
    sheet.write_string(1, 1, sheet_text(f"PHIẾU KIỂM TRA NIÊM YẾT, CÔNG KHAI THỦ TỤC HÀNH CHÍNH – {name}"), styles["title"])
    for field, line in layout.HEAD.items():
        sheet.merge_range(line - 1, 0, line - 1, 1, _LABELS[field], styles["label"])
        style = {"unit": "given", "observed_on": "day"}.get(field, "asked")
        sheet.write_string(line - 1, 2, unit if field == "unit" else "", styles[style])
    for field in ("complete", "contact"):
        sheet.data_validation(layout.HEAD[field] - 1, 2, layout.HEAD[field] - 1, 2, _list([layout.YES, layout.NO, layout.NOT_LOOKED]))
    sheet.data_validation(
        layout.HEAD["observed_on"] - 1, 2, layout.HEAD["observed_on"] - 1, 2,
        {"validate": "any", "input_title": "Ngày kiểm tra", "input_message": "Ví dụ 22/11/2026"},
    )  # fmt: skip
    for at, title in enumerate(layout.COLUMNS):
        sheet.write_string(layout.ROWS_FROM - 1, at, title, styles["header"])


def _rows(sheet: Any, styles: dict[str, Any], matrix: Matrix, rows: Iterable[CellRow]) -> None:
    line = layout.ROWS_FROM
    for number, row in enumerate(rows, 1):
        gone = row.state is PostingState.ABOLISHED_STILL_POSTED and row.observed_on is None
        hint = f" (bị bãi bỏ theo {row.source}: ghi “{layout.STATE_WORDS[PostingState.POSTED]}” nếu còn niêm yết)" if gone else ""
        given = {
            layout.CODE: row.procedure,
            layout.NAME: matrix.name_of(row.procedure) + hint,
            layout.CHANNEL: layout.CHANNEL_WORDS[row.channel],
        }
        sheet.write_number(line, layout.NUMBER, number, styles["given"])
        for at in range(1, len(layout.COLUMNS)):
            text = layout.STATE_WORDS[PostingState.UNKNOWN] if at == layout.STATE else given.get(at, "")
            sheet.write_string(line, at, sheet_text(text), styles["given" if at in given else "asked"])
        line += 1
    for _ in range(_SPARE):
        for at in range(len(layout.COLUMNS)):
            sheet.write_blank(line, at, None, styles["asked"])
        line += 1


def _choices(sheet: Any, first: int, last: int) -> None:
    sheet.data_validation(first, layout.STATE, last, layout.STATE, _list(layout.STATE_WORDS.values()))
    sheet.data_validation(first, layout.CHANNEL, last, layout.CHANNEL, _list(layout.CHANNEL_WORDS.values()))
    sheet.data_validation(first, layout.MEDIUM, last, layout.MEDIUM, _list(layout.MEDIUM_WORDS.values()))
    names = "; ".join(layout.PART_WORDS.values())
    sheet.data_validation(
        first, layout.ABSENT, last, layout.ABSENT,
        {"validate": "any", "input_title": "Thiếu bộ phận nào", "input_message": f"Cách nhau bằng dấu ;\n{names}"[:255]},
    )  # fmt: skip


def _list(words: Iterable[str]) -> dict[str, Any]:
    """A list to choose from; Excel separates by commas, so no word of ours holds one."""
    return {"validate": "list", "source": list(words), "error_title": "Chọn trong danh sách"}
