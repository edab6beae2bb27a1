"""Blocks → rows of procedures: the header found, headings remembered, rows that run over a page joined again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.postings.blocks import Block, TableBlock, TextBlock, unbroken
from extractors.postings.code_catalogue import Catalogue
from extractors.postings.codes import INSIDE, OLD_NUMBER, ReadCode, decide, digits_of, looks_like_code, printed_code
from extractors.postings.columns import Column, Columns, by_content, by_header
from extractors.postings.headings import Headings
from extractors.postings.lines import listed_blocks
from extractors.postings.records import Announced, PostedRow
from extractors.postings.unplaced import shown_codes
from rasoat.vietnamese import squeeze

_NUMBER = re.compile(r"^\W*\d{1,4}\W*$")
_ROMAN = re.compile(r"^\W*(?:[IVXLC]{1,6}|[A-ZĐ])\W*$")
_COLUMN_NUMBER = re.compile(r"^\W*\d{1,2}(?:\s*=.*)?\W*$")
# "Cộng" is a total, "công nhận", "cộng đồng" and "tổng hợp" are words of a name; a scan or an old font may have lost every mark.
_TOTAL = re.compile(r"(?i)^[\s.:]*(?:tổng(?: số| cộng)?|cộng|tong(?: so| cong)|cong(?= *:))(?= *(?:[:.(=]|\d|$|thủ tục|thu tuc|tthc))")
_CODE_LABEL = re.compile(r"(?i)(?<![\s(\[\-–:])[\s(\[\-–:]*+(?:mã\s++(?:số\s++)?(?:TTHC|thủ tục(?: hành chính)?|hồ sơ)?\s*+:?)?\s*+$")
_LEAST_NAME = 6
_LEAST_DIGITS = 4
_BANNER_ROWS = 12  # a workbook's banner and title stand above its header
_ANNOUNCED = (Column.TIME_LIMIT, Column.PLACE, Column.FEE, Column.LEGAL_BASIS, Column.EARLIER_DECISION)


@dataclass(frozen=True, slots=True)
class FoundRows:
    """The rows of a file, and what was doubtful in reading them. `placed`: the figures of all codes that stand in a row; `unplaced`: a
    line for each row that is none of a procedure for sure; `orders`: page and printed number of each row, as far as they have them."""

    rows: tuple[PostedRow, ...]
    problems: tuple[str, ...]
    placed: frozenset[str] = frozenset()
    unplaced: tuple[str, ...] = ()
    orders: tuple[tuple[int | None, int | None], ...] = ()


def procedure_rows(blocks: Sequence[Block], catalogue: Catalogue | None, announced: bool = False) -> FoundRows:
    """The rows of all tables of procedures; where no table holds any, of lines that begin with a code. `announced`: also keep what a publication decision's columns and headings say."""
    reader = _RowReader(catalogue, announced)
    for block in blocks:
        if isinstance(block, TextBlock):
            for line in block.lines:
                reader.headings.read(line)
        else:
            reader.table(block)
    if not reader.rows:
        for block in listed_blocks(blocks):
            reader.table(block)
    return FoundRows(tuple(reader.rows), tuple(reader.problems), frozenset(reader.placed), tuple(reader.unplaced), tuple(reader.orders))


def opening_lines(blocks: Iterable[Block]) -> list[str]:
    """What stands before the first table of procedures, each cell of a head's layout table on its own: it says what a paper is."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, TextBlock):
            lines.extend(block.lines)
            continue
        header = next((number for number, row in enumerate(block.rows) if by_header(row) is not None), None)
        if header is None and by_content(block.rows) is not None:
            header = 0
        lines.extend(cell for row in block.rows[:header] for cell in dict.fromkeys(row) if cell)
        if header is not None:
            break
    return lines


class _RowReader:
    """Reads the blocks of one file in order; what a header or heading says holds for the rows after it."""

    def __init__(self, catalogue: Catalogue | None, announced: bool) -> None:
        self.headings = Headings()
        self.rows: list[PostedRow] = []
        self.problems: list[str] = []
        self.placed: set[str] = set()
        self.unplaced: list[str] = []
        self.orders: list[tuple[int | None, int | None]] = []
        self._catalogue = catalogue
        self._announced = announced
        self._columns: Columns | None = None
        self._width = 0
        self._last: tuple[str, ...] = ()

    def table(self, block: TableBlock) -> None:
        width = max(map(len, block.rows), default=0)
        first = next((number for number, row in enumerate(block.rows[:_BANNER_ROWS]) if by_header(row) is not None), None)
        columns: Columns | None = None
        after_header = False
        fresh = True  # no row of this table was read yet: its first lines may end the row above the page's turn
        for number, row in enumerate(block.rows):
            if (header := by_header(row)) is not None:
                # Of a header of two rows the fuller one tells the columns.
                columns = columns if after_header and columns and len(columns.at) > len(header.at) else header
                self.headings.header(row)
                after_header = True
                continue
            after_header = False
            above = first is not None and number < first
            columns = columns or self._without_header(block.rows[number : first if above else None], width)
            if columns is None and not above:
                return
            if columns is None:
                self.headings.read(" ".join(dict.fromkeys(row)))  # a banner above the header
            elif not self._heading(row, columns) and not (fresh and self._carried_on(block, row, columns, width)):
                fresh = not self._row(block, number, row, columns) and fresh
        if columns is not None:
            self._columns, self._width = columns, width

    def _without_header(self, rows: Sequence[Sequence[str]], width: int) -> Columns | None:
        """A page that goes on without a header has the columns of the one before, where its rows fit them."""
        before = self._columns
        if before is not None and width == self._width and any(_fits(row, before) for row in rows):
            return before
        if before is not None and width == self._width and len(rows) == 1 and self.rows:
            return before
        return by_content(rows)

    def _heading(self, row: Sequence[str], columns: Columns) -> bool:
        """Rows that are no procedure: a heading across the table, the columns' numbers, a total."""
        filled = [cell for cell in row if cell]
        different = list(dict.fromkeys(filled))
        if not filled:
            return True
        if all(_COLUMN_NUMBER.match(cell) for cell in filled) and len(filled) > 2 and len(different) > 1:
            return True
        if any(looks_like_code(cell) or INSIDE.search(cell) or OLD_NUMBER.search(cell) for cell in filled):
            return False
        if _TOTAL.match(different[0]):
            return True
        spanning = len(different) == 1 and (len(filled) > 1 or len(row) == 1)
        order, name = columns.text(row, Column.ORDER), columns.text(row, Column.NAME)
        across = len(row) > 3 and row.count(name) >= len(row) - 1  # beside a number that a scan may have garbled
        lettered = bool(name) and len(different) <= 2 and (bool(_ROMAN.match(order)) or across)
        alone = len(filled) == 1 and bool(re.match(r"(?i)\W*(?:[IVX]+\W+)?(?:lĩnh vực|cấp|danh mục|thủ tục hành chính cấp)\b", filled[0]))
        if spanning and not _NUMBER.match(different[0]):
            self.headings.read(different[0], spanning=True)
        elif lettered:
            self.headings.read(f"I. {name}", spanning=True)
        elif alone:
            self.headings.read(filled[0], spanning=True)
        return spanning or lettered or alone

    def _carried_on(self, block: TableBlock, row: Sequence[str], columns: Columns, width: int) -> bool:
        """The end of a row that a page's turn cut: no number and no code, only more of the last row's words."""
        turned = self.rows and block.page is not None and self.rows[-1].page == block.page - 1
        if not turned or width != self._width or columns.text(row, Column.ORDER) or columns.text(row, Column.CODE):
            return False
        more = columns.text(row, Column.NAME)
        last = self.rows[-1]
        told = last.announced
        if told is not None:
            told = Announced(
                told.part,
                told.level,
                told.field,
                *(unbroken(f"{getattr(told, column.value)}\n{columns.text(row, column)}") for column in _ANNOUNCED),
            )
        self.rows[-1] = replace(last, name=unbroken(f"{last.name}\n{more}"), announced=told)
        self._place(row, columns)
        return True

    def _row(self, block: TableBlock, number: int, row: tuple[str, ...], columns: Columns) -> bool:
        order, name = columns.text(row, Column.ORDER), columns.text(row, Column.NAME)
        place = columns.first(Column.CODE)
        cell = row[place] if place is not None and place < len(row) else ""
        readings = block.readings.get((number, place)) if place is not None else None
        inside = None if looks_like_code(cell) else INSIDE.search(name)
        if inside and not readings:
            cell, name = inside[0], _without_code(name, inside)
        if order and row == self._last:
            return False
        if not _is_row(order, cell, name, bool(readings)):
            self._leave_out(block.page, cell, name)
            return False
        self._last = row
        code = decide(readings, name, self._catalogue) if readings else printed_code(cell, name, self._catalogue)
        if readings and len(digits_of(code.printed)) < _LEAST_DIGITS and not _NUMBER.match(order):
            return False  # a header that OCR garbled, a line of ornament
        self._add(block.page, code, name, self._told(row, columns))
        self._place(row, columns)
        self.orders.append((block.page, int(re.sub(r"\D", "", order)) if _NUMBER.match(order) else None))
        return True

    def _place(self, row: Sequence[str], columns: Columns) -> None:
        """A code that stands alone in a column beside the name is told of the row; two in one cell may be two rows run together."""
        names = columns.at.get(Column.NAME, ())
        for place, cell in enumerate(row):
            shown = shown_codes(cell)
            if len(shown) == 1 and place not in names:
                self.placed.update(shown)

    def _leave_out(self, page: int | None, cell: str, name: str) -> None:
        """A row beside the others whose cell of codes holds figures that are no code: it may be one that nobody can read."""
        if name and cell != name and any(sign.isdigit() for sign in cell):
            place = f"trang {page}, " if page else ""
            self.unplaced.append(f"{place}“{cell[:30]}”, “{name[:60]}”: dòng không rõ là thủ tục nào / a row that could not be placed")

    def _add(self, page: int | None, code: ReadCode, name: str, told: Announced | None) -> None:
        listed = None if self._catalogue is None else code.code in self._catalogue
        self.placed.add(digits_of(code.printed))
        self.placed.update(digits_of(one) for one in (code.code, code.meant) if one)
        self.rows.append(PostedRow(page, code.code, code.printed, name, code.confidence, listed, code.meant, told))
        if code.doubt:
            place = f"trang {page}, " if page else ""
            self.problems.append(f"{place}“{name[:60]}”: {code.doubt}")

    def _told(self, row: Sequence[str], columns: Columns) -> Announced | None:
        if not self._announced:
            return None
        texts = {column.value: columns.text(row, column) for column in _ANNOUNCED}
        field = columns.text(row, Column.FIELD) or self.headings.field
        return Announced(self.headings.part, self.headings.level, field, **texts)


def _fits(row: Sequence[str], columns: Columns) -> bool:
    order, code, name = (columns.text(row, column) for column in (Column.ORDER, Column.CODE, Column.NAME))
    coded = looks_like_code(code) or (Column.CODE not in columns.at and bool(_NUMBER.match(order)))
    return coded and len(name) >= _LEAST_NAME


def _is_row(order: str, code: str, name: str, scanned: bool) -> bool:
    """A procedure's row has a code; without one it needs a number and a name."""
    if scanned or looks_like_code(code) or INSIDE.search(code) or OLD_NUMBER.search(code):
        return bool(name) or bool(code)
    return bool(_NUMBER.match(order)) and len(name) >= _LEAST_NAME


def _without_code(name: str, found: re.Match[str]) -> str:
    """The name without the code that stands in its cell, nor the words and brackets around it."""
    before = _CODE_LABEL.sub("", name[: found.start()])
    return squeeze(f"{before} {name[found.end() :].lstrip(' )]-–:.,;')}")
