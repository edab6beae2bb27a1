"""A table that a page shows, as a file to take along: CSV as it is sent, or a workbook. What was crawled is text in it, never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import xlsxwriter

from pipeline.reports.office_cells import csv_text, sheet_text, write_day

TableCell = str | int | float | date | None
_BOM = "\ufeff"  # by which Excel knows that a CSV file is UTF-8
_AT_ONCE = 32_000  # letters sent together
MOST = 50_000  # rows of a workbook, which is made in memory; a longer table is for CSV, and says so
_ROOM = (8, 60)  # letters of a column, at least and at most


@dataclass(frozen=True, slots=True)
class PlainTable:
    """Rows below headings. `notes` say what the numbers mean: above a workbook's table; a CSV file begins with its headings."""

    title: str
    notes: Sequence[str]
    headings: Sequence[str]
    rows: Iterable[Sequence[TableCell]]


def csv_lines(table: PlainTable) -> Iterator[str]:
    """The table as CSV, some lines at a time as its rows come; days as ISO writes them."""
    held = io.StringIO(_BOM)
    held.seek(0, io.SEEK_END)
    writer = csv.writer(held)
    writer.writerow([csv_text(one) for one in table.headings])
    for row in table.rows:
        writer.writerow([_written(cell) for cell in row])
        if held.tell() > _AT_ONCE:
            yield _taken(held)
    yield _taken(held)


def workbook(table: PlainTable) -> bytes:
    """The table as an XLSX file."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Bảng")
        bold, head = book.add_format({"bold": True, "font_size": 13}), book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        text, dated = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        sheet.write_string(0, 0, sheet_text(table.title), bold)
        for at, note in enumerate(table.notes, 1):
            sheet.write_string(at, 0, sheet_text(note))
        first = len(table.notes) + 2
        for at, heading in enumerate(table.headings):
            sheet.write_string(first, at, sheet_text(heading), head)
            sheet.set_column(at, at, min(max(len(heading) + 2, _ROOM[0]), _ROOM[1]))
        line, rows = first, iter(table.rows)
        for line, row in enumerate(islice(rows, MOST), first + 1):
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, at, sheet_text(cell), text)
                elif isinstance(cell, date):
                    write_day(sheet, line, at, cell, dated)
                elif cell is not None:
                    sheet.write_number(line, at, cell, text)
        if next(rows, None) is not None:
            sheet.write_string(line + 1, 0, "… còn nữa: lấy tệp CSV để có đủ.", bold)
        sheet.freeze_panes(first + 1, 1)
        sheet.autofilter(first, 0, max(line, first + 1), len(table.headings) - 1)
    return made.getvalue()


def _written(cell: TableCell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else csv_text(cell) if isinstance(cell, str) else str(cell)


def _taken(held: io.StringIO) -> str:
    told = held.getvalue()
    held.seek(0)
    held.truncate()
    return told
