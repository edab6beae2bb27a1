"""XLSX → tables, one a sheet. The sheets are read row by row with openpyxl's own parser and no object a cell, which takes a fifth of the
memory; openpyxl's read-only mode is not used, merged heads of the portal's exports come out wrong there."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from extractors.formats.extracted_text import ExtractedText, FileFormat, Table, TextFrom, UnreadableError
from extractors.formats.workbook_bounds import open_workbook
from rasoat.trouble import Trouble
from rasoat.vietnamese import nfc

ROW_LIMIT = 200_000
COLUMN_LIMIT = 200
PLACES_LIMIT = 4_000_000  # cells and the empty places between them
TEXT_LIMIT = 20_000_000  # characters of the whole workbook as one text


def read_xlsx(data: bytes) -> ExtractedText:
    """Every sheet as a table of strings (dates in ISO form, line breaks in a cell kept), and the whole as text.

    Raises:
        UnreadableError: broken, protected, or past the limits.
    """
    tables, lines, length = [], [], 0
    for table in sheets(data):
        tables.append(table)
        for row in table.rows:
            if any(row):
                lines.append("\t".join(" ".join(cell.split()) for cell in row))
                length += len(lines[-1])
                if length > TEXT_LIMIT:
                    raise UnreadableError("excel.text")
    text = "\n".join(lines)
    problems = () if text.strip() else ("Bảng tính trống / the workbook is empty",)
    return ExtractedText(FileFormat.XLSX, text, TextFrom.TEXT_LAYER if text.strip() else TextFrom.NONE, tuple(tables), problems)


def sheets(data: bytes) -> Iterator[Table]:
    """The sheets one after another, each let go before the next is read.

    Raises:
        UnreadableError: as `read_xlsx`.
    """
    places = 0
    with opened_book(data) as book:
        for sheet in book.worksheets:
            found, last, width = _found(sheet)
            places += last * width
            if places > PLACES_LIMIT:
                raise UnreadableError("excel.cells", limit=PLACES_LIMIT)
            rows = (found.pop(row, {}) for row in range(1, last + 1))
            yield Table(f"sheet {sheet.title}", tuple(tuple(_text(row.get(column)) for column in range(1, width + 1)) for row in rows))


@contextmanager
def opened_book(data: bytes) -> Iterator[Any]:
    """The workbook, whose sheets are not read yet.

    Raises:
        UnreadableError: broken, protected, or past the limits, when it is opened or while it is read.
    """
    open_workbook(data).close()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from extractors.formats.sheet_cells import opened  # half a second that only workbooks should cost

            yield opened(data)
    except (Trouble, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever its XML and zip layers do: KeyError, ValueError, BadZipFile, TypeError…
        raise UnreadableError("excel.broken") from error


def _found(sheet: Any) -> tuple[dict[int, dict[int, object]], int, int]:
    """What stands in a sheet by row and column, its last row and its width; a merged range holds its value in its first cell alone."""
    from extractors.formats.sheet_cells import SheetCells

    book = sheet.parent
    found: dict[int, dict[int, object]] = {}
    last = width = 0
    with sheet._get_source() as source:
        parser = SheetCells(
            source, sheet._shared_strings, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for _, cells in parser.parse():
            parser.row_dimensions.clear()  # heights and folds of rows
            for row, column, value in cells:
                if row > last:
                    last = row
                if column > width:
                    width = column
                if value is not None:
                    found.setdefault(row, {})[column] = value
            if last > ROW_LIMIT or width > COLUMN_LIMIT:
                raise UnreadableError("excel.large", rows=last, columns=width)
        for merged in parser.merged_cells.mergeCell if parser.merged_cells else ():
            _blank(found, *merged.bounds)
    return found, last, width


def _blank(found: dict[int, dict[int, object]], left: int, top: int, right: int, bottom: int) -> None:
    """Take out what lies under a merged range: cells that Excel keeps and does not show."""
    rows = range(top, bottom + 1) if bottom - top < len(found) else [row for row in found if top <= row <= bottom]
    for row in rows:
        texts = found.get(row, {})
        for column in [column for column in texts if left <= column <= right and (row, column) != (top, left)]:
            del texts[column]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return nfc(str(value)).replace("\r\n", "\n").replace("_x000D_", "")
