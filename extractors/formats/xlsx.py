"""XLSX → tables, one a sheet. Not openpyxl's read-only mode: merged heads of the portal's exports come out wrong there."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime

from extractors.formats.bounds import open_zip
from extractors.formats.extracted_text import ExtractedText, FileFormat, Table, TextFrom, UnreadableError
from rasoat.vietnamese import nfc

ROW_LIMIT = 200_000
COLUMN_LIMIT = 200
CELL_LIMIT = 4_000_000


def read_xlsx(data: bytes) -> ExtractedText:
    """Every sheet as a table of strings (dates in ISO form, line breaks in a cell kept).

    Raises:
        UnreadableError: broken, protected, or past the limits.
    """
    open_zip(data).close()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import openpyxl  # half a second that only workbooks should cost

            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # openpyxl raises whatever its XML and zip layers do: KeyError, ValueError, BadZipFile, TypeError…
        raise UnreadableError("excel.broken") from error
    tables = []
    cells = 0
    for sheet in book.worksheets:
        rows = []
        if sheet.max_row > ROW_LIMIT or sheet.max_column > COLUMN_LIMIT:
            raise UnreadableError("excel.large", rows=sheet.max_row, columns=sheet.max_column)
        for row in sheet.iter_rows(values_only=True):
            cells += len(row)
            if cells > CELL_LIMIT:
                raise UnreadableError("excel.cells", limit=CELL_LIMIT)
            rows.append(tuple(_text(value) for value in row))
        tables.append(Table(f"sheet {sheet.title}", tuple(rows)))
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for table in tables for row in table.rows if any(row))
    problems = () if text.strip() else ("Bảng tính trống / the workbook is empty",)
    return ExtractedText(FileFormat.XLSX, text, TextFrom.TEXT_LAYER if text.strip() else TextFrom.NONE, tuple(tables), problems)


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
