"""The sheets of a filled form as whoever opens it sees them: merged cells spread, and what is hidden, struck out or not computed told.

A cell whose content nobody sees, or of which nobody can say for which rows it stands, has a reason beside its value.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from openpyxl import load_workbook

from extractors.formats.extracted_text import UnreadableError
from extractors.formats.workbook_bounds import check_small
from rasoat.trouble import Trouble

_FORMULA = re.compile(rb"<f[\s/>]")


class FormProblem(Trouble):
    """A file that is not the form, or a cell of it that cannot be read; it names the cell."""


class Unseen(Enum):
    """Why nobody may go by a cell's value."""

    HIDDEN = auto()
    STRUCK = auto()
    MERGED = auto()
    FORMULA = auto()
    ERROR = auto()

    def problem(self, cell: str) -> FormProblem:
        """What is said of the cell."""
        match self:
            case Unseen.HIDDEN:
                return FormProblem("form.hidden", cell=cell)
            case Unseen.STRUCK:
                return FormProblem("form.struck", cell=cell)
            case Unseen.MERGED:
                return FormProblem("form.merged", cell=cell)
            case Unseen.FORMULA:
                return FormProblem("form.formula", cell=cell)
            case Unseen.ERROR:
                return FormProblem("form.error", cell=cell)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row. `cells` holds a value for each column, None where there is none; `unseen` has under a column's number the reason
    why nobody may go by that value. `blank`: the row's own cells are all empty, whatever was merged over it."""

    line: int
    cells: tuple[Any, ...]
    unseen: Mapping[int, Unseen] = field(default_factory=dict)
    blank: bool = False


def opened(data: bytes) -> Any:
    """The workbook with the values that its formulas had when it was saved.

    Raises:
        FormProblem: no workbook, damaged, or unfolding past the limit.
    """
    try:
        check_small(data)
        # Not read_only: its rows follow a dimension that a sheet may state wrongly.
        return load_workbook(io.BytesIO(data), data_only=True)
    except MemoryError:
        raise
    except UnreadableError as error:
        raise FormProblem("form.broken", reason=str(error)) from error
    except Exception as error:  # openpyxl lets many kinds through on a damaged file
        raise FormProblem("form.broken", reason=type(error).__name__) from error


def formulas(data: bytes) -> Callable[[str, int, int], bool]:
    """Whether a formula stands in a cell (sheet, row, column): one that was never computed looks like an empty cell."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not any(name.startswith("xl/worksheets/") and _FORMULA.search(archive.read(name)) for name in archive.namelist()):
            return lambda sheet, line, column: False
    book = load_workbook(io.BytesIO(data))
    return lambda sheet, line, column: book[sheet].cell(line, column + 1).data_type == "f"


def sheet_rows(sheet: Any, width: int, below: int, computed: Callable[[str, int, int], bool]) -> Iterator[SheetRow]:
    """The rows of a sheet, `width` columns of each. Below row `below` cells merged downwards stand for every row they cover."""
    hidden_lines = {line for line, size in sheet.row_dimensions.items() if size.hidden or size.height == 0}
    hidden_columns = {
        at - 1 for size in sheet.column_dimensions.values() if size.hidden for at in range(size.min, min(size.max, width) + 1)
    }
    merged = _Merged(sheet, width, below)
    for line, row in enumerate(sheet.iter_rows(max_col=width), 1):
        cells, unseen = [], {}
        for column, cell in enumerate(row):
            value, reason = merged.over(line, column, cell)
            if reason is None and line > below and (line in hidden_lines or column in hidden_columns):
                reason = Unseen.HIDDEN
            elif reason is None:
                reason = _unread(value, cell, computed)
            cells.append(value)
            if reason:
                unseen[column] = reason
        yield SheetRow(line, tuple(cells), unseen, all(cell.value in (None, "") for cell in row))


def _unread(value: Any, cell: Any, computed: Callable[[str, int, int], bool]) -> Unseen | None:
    if cell.data_type == "e":
        return Unseen.ERROR
    if value is None:
        return Unseen.FORMULA if computed(cell.parent.title, cell.row, cell.column - 1) else None
    return Unseen.STRUCK if cell.font is not None and cell.font.strike and str(value).strip() else None


class _Merged:
    """What merged cells of the rows stand for. Merged downwards in one column: for each row. Merged otherwise: nobody can say."""

    def __init__(self, sheet: Any, width: int, below: int) -> None:
        self._sheet = sheet
        self._ranges = [one for one in sheet.merged_cells.ranges if one.max_row > below and one.min_col <= width]
        # A heading inside the list: one row, merged across from its first cell.
        self._ranges = [one for one in self._ranges if not (one.min_row == one.max_row and one.min_col == 1 and one.max_col >= width // 2)]

    def over(self, line: int, column: int, cell: Any) -> tuple[Any, Unseen | None]:
        for one in self._ranges:
            if one.min_row <= line <= one.max_row and one.min_col <= column + 1 <= one.max_col:
                if one.min_col == one.max_col:
                    return self._sheet.cell(one.min_row, one.min_col).value, None
                return None, Unseen.MERGED
        return cell.value, None
