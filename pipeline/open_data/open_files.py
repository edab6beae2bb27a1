"""The forms of a public table: each takes one row after the other and keeps none of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from pipeline.open_data.open_tables import OpenTable
from pipeline.reports.office_cells import csv_text, sheet_text, write_day
from queries.shape import Shape
from rasoat.odd_characters import json_line

JSONL, CSV, XLSX, PARQUET = "jsonl", "csv", "xlsx", "parquet"
_SHEET_ROWS = 1_000_000  # Excel has room for 1,048,576
_WIDE = 18


class RowSink(Protocol):
    """A file that takes rows."""

    def write(self, row: Shape) -> None: ...


class _JsonlFile:
    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, row: Shape) -> None:
        self._file.write(json_line(row.as_json()) + b"\n")


class _CsvFile:
    def __init__(self, file: Any, table: OpenTable) -> None:
        self._columns = table.columns
        # Every cell stands in quotes, whatever separator a machine expects.
        self._sheet = csv.writer(file, quoting=csv.QUOTE_ALL)
        self._sheet.writerow([title for title, _ in table.columns])

    def write(self, row: Shape) -> None:
        cells = (value(row) for _, value in self._columns)
        self._sheet.writerow(["" if cell is None else csv_text(str(cell)) for cell in cells])


class _XlsxFile:
    def __init__(self, book: Any, table: OpenTable) -> None:
        self._columns, self._line = table.columns, 0
        self._sheet = book.add_worksheet()
        self._dated, bold = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}), book.add_format({"bold": True})
        self._sheet.set_column(0, len(table.columns) - 1, _WIDE)
        self._sheet.freeze_panes(1, 1)
        for at, (title, _) in enumerate(table.columns):
            self._sheet.write_string(0, at, title, bold)

    def write(self, row: Shape) -> None:
        self._line += 1
        if self._line > _SHEET_ROWS:
            raise ValueError("more rows than a sheet has room for")
        for at, (_, value) in enumerate(self._columns):
            cell = value(row)
            if isinstance(cell, date):
                write_day(self._sheet, self._line, at, cell, self._dated)
            elif cell is not None:
                self._sheet.write_string(self._line, at, sheet_text(str(cell)))


def forms_of(table: OpenTable) -> list[str]:
    """The forms that a table is written in here: as columns only where the library for it is installed."""
    from pipeline.open_data.parquet_file import parquet_there

    return [*([XLSX] if table.sheet else []), CSV, JSONL, *([PARQUET] if parquet_there() else [])]


@contextmanager
def open_file(table: OpenTable, form: str, path: Path) -> Iterator[RowSink]:
    """A file of a table in a form; it is whole when the block ends."""
    if form == JSONL:
        with path.open("wb") as file:
            yield _JsonlFile(file)
    elif form == CSV:
        with path.open("w", newline="", encoding="utf-8-sig") as text:  # the mark at the front makes Excel read Vietnamese
            yield _CsvFile(text, table)
    elif form == XLSX:
        import xlsxwriter

        # Row by row, and no text is a formula or a link whatever it begins with.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(path, options) as book:
            yield _XlsxFile(book, table)
    else:
        from pipeline.open_data.parquet_file import parquet_file

        with parquet_file(table, path) as columns:
            yield columns
