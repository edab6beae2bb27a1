"""The matrix as files: XLSX coloured and filterable, a picture in HTML, JSON lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.reports.matrix_picture import picture
from pipeline.reports.office_cells import sheet_text, write_day
from queries.posting_matrix import cell_line
from rasoat import words
from rasoat.odd_characters import fit_for_xml, json_line
from rasoat.records.postings import PostingState
from rasoat.trouble import Trouble
from rasoat.vietnamese import fold
from validators.coverage.cell_rows import CellRow
from validators.coverage.counted import share
from validators.coverage.matrix import Matrix
from validators.coverage.totals import totals

FILLS = {
    PostingState.POSTED: "#D9EAD3",
    PostingState.MISSING: "#F4C7C3",
    PostingState.OUTDATED: "#FCE8B2",
    PostingState.INCOMPLETE: "#FFF2CC",
    PostingState.ABOLISHED_STILL_POSTED: "#E1BEE7",
    PostingState.UNREACHABLE: "#CFE2F3",
    PostingState.UNKNOWN: "#EEEEEE",
}
_SHEET_ROWS = 1_000_000  # a sheet holds 1,048,576; the rest goes to the next
_HEADINGS = (("Đơn vị", 28), ("Mã đơn vị", 16), ("Mã thủ tục", 10), ("Tên thủ tục", 50), ("Kênh", 16), ("Tình trạng", 16), ("Ngày quan sát", 11), ("Số ngày trước", 8), ("Nguồn", 30), ("Ghi chú", 30), ("Quy tắc", 10), ("Dấu vân tay phát hiện", 20))  # fmt: skip


def export(matrix: Matrix, units: Sequence[str], wanted: Callable[[CellRow], bool], path: Path) -> int:
    """Write the wanted cells of the units; how many were written.

    Raises:
        Trouble: the ending is none of .xlsx, .html, .jsonl.
    """
    rows = (
        [row for row in matrix.rows(units) if wanted(row)]
        if path.suffix.lower() == ".html"
        else (row for row in matrix.rows(units) if wanted(row))
    )
    match path.suffix.lower():
        case ".xlsx":
            return _xlsx(matrix, units, rows, path)
        case ".html":
            held = list(rows)
            path.write_text(fit_for_xml(picture(matrix, held)), encoding="utf-8")
            return len(held)
        case ".jsonl":
            return _jsonl(rows, path)
        case _:
            raise Trouble("export.form", name=path.name, known=".xlsx, .html hoặc .jsonl")


def _jsonl(rows: Iterator[CellRow] | list[CellRow], path: Path) -> int:
    written = 0
    with path.open("wb") as file:
        for row in rows:
            file.write(json_line(cell_line(row).as_json()) + b"\n")
            written += 1
    return written


def _xlsx(matrix: Matrix, units: Sequence[str], rows: Iterator[CellRow] | list[CellRow], path: Path) -> int:
    # constant_memory: rows go to disk as they come, so a country's cells need no memory.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        header = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"})
        fills = {
            state: book.add_format({"bg_color": colour, "valign": "top", "border": 1, "text_wrap": True}) for state, colour in FILLS.items()
        }
        dates = {
            state: book.add_format({"bg_color": colour, "num_format": "dd/mm/yyyy", "valign": "top", "border": 1})
            for state, colour in FILLS.items()
        }
        _totals_sheet(book, header, matrix, units)
        sheet, line, written = None, 0, 0
        for row in rows:
            if sheet is None or line > _SHEET_ROWS:
                _closed(sheet, line)
                sheet, line = _cells_sheet(book, header, written), 1
            _cell(sheet, line, row, matrix, fills[row.state], dates[row.state])
            line, written = line + 1, written + 1
        if sheet is None:
            _cells_sheet(book, header, 0).write_string(1, 0, "Không có ô nào trong phạm vi đã chọn.")
        _closed(sheet, line)
    return written


def _cells_sheet(book: Any, header: Any, written: int) -> Any:
    sheet = book.add_worksheet("Chi tiết" if not written else f"Chi tiết {written // _SHEET_ROWS + 1}")
    for at, (title, width) in enumerate(_HEADINGS):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, header)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _printing(sheet)
    return sheet


def _closed(sheet: Any, line: int) -> None:
    if sheet is not None:
        sheet.autofilter(0, 0, max(line - 1, 1), len(_HEADINGS) - 1)


def _cell(sheet: Any, line: int, row: CellRow, matrix: Matrix, fill: Any, dated: Any) -> None:
    state = words.POSTING_STATE[row.state]
    texts = (
        matrix.audit.units.name(row.unit),
        row.unit,
        row.procedure,
        matrix.name_of(row.procedure),
        words.CHANNEL[row.channel],
        state[:1].upper() + state[1:],
    )
    for at, text in enumerate(texts):
        sheet.write_string(line, at, sheet_text(text), fill)
    if row.observed_on:
        write_day(sheet, line, 6, row.observed_on, dated)
        sheet.write_number(line, 7, (matrix.as_of - row.observed_on).days, fill)
    else:
        sheet.write_blank(line, 6, None, fill)
        sheet.write_blank(line, 7, None, fill)
    for at, text in enumerate((row.source, row.note, row.rule, row.finding or ""), 8):
        sheet.write_string(line, at, sheet_text(text), fill)


def _totals_sheet(book: Any, header: Any, matrix: Matrix, units: Sequence[str]) -> None:
    """The cells of the given units by channel, level, province or ministry, unit, and field."""
    counted, name_of = totals(matrix, units), matrix.audit.units.name
    sheet = book.add_worksheet("Tổng hợp")
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(PostingState) + 1, 12)
    title = f"Công khai thủ tục hành chính đến ngày {matrix.as_of:%d/%m/%Y}: {len(units)} đơn vị"
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
    sheet.write_string(1, 0, "Tỷ lệ đạt = đã công khai ÷ số đã quan sát, kết luận được (không tính chưa rõ, không truy cập được).")
    box, percent = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "0%"})
    line = 3
    for title, block in (
        ("Kênh", {words.CHANNEL[channel]: counts for channel, counts in counted.by_channel.items()}),
        ("Cấp đơn vị", {words.UNIT_LEVEL[level]: counts for level, counts in counted.by_level.items()}),
        ("Tỉnh, bộ", {name_of(unit): counts for unit, counts in counted.by_province.items()}),
        ("Đơn vị", {name_of(unit): counts for unit, counts in counted.by_unit.items()}),
        ("Lĩnh vực", counted.by_field),
    ):
        for at, heading in enumerate((title, *(words.POSTING_STATE[state].capitalize() for state in PostingState), "Tỷ lệ đạt")):
            sheet.write_string(line, at, heading, header)
        for name, counts in sorted(block.items(), key=lambda item: fold(item[0])):
            line += 1
            sheet.write_string(line, 0, sheet_text(name), box)
            for at, state in enumerate(PostingState, 1):
                sheet.write_number(line, at, counts[state], box)
            ratio = share(counts)
            if ratio is None:
                sheet.write_string(line, len(PostingState) + 1, "–", box)
            else:
                sheet.write_number(line, len(PostingState) + 1, ratio, percent)
        line += 2
    _printing(sheet)


def _printing(sheet: Any) -> None:
    """A4 landscape, all columns on one page's width, pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&RTrang &P/&N")
