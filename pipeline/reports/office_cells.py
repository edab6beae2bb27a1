"""One text or day as a cell of a file for Excel: a workbook's, or a CSV file's. No text is ever a formula, none stops a file."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from rasoat.odd_characters import fit_for_xml

_MOST = 32_767  # UTF-16 units, Excel's own limit; xlsxwriter leaves a longer text out without a word
_FIRST_DAY = date(1900, 1, 1)  # Excel knows none before
# What Excel and its kin begin a formula with, in full width too. They look past blanks and quotes, and where the list separator of a
# machine is none of ours (";" in Vietnam) they begin a cell in the middle of a text.
_FORMULA = re.compile(r"(^|[;|\t\n])((?:[^\S\t\n]|[\"'\u200b\ufeff])*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")

_BLANK = re.compile(r"(^|[;|\t\n])(?=[\t\n])")  # nor does a cell begin with what some of them skip before they look


def sheet_text(text: str) -> str:
    """The text of a workbook's cell; one too long for Excel is cut, and says by how much."""
    whole = fit_for_xml(text)
    if len(whole) <= _MOST // 2 or _units(whole) <= _MOST:
        return whole
    room = _MOST - 60
    kept = whole.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return f"{kept} … [cắt bớt, còn {len(whole) - len(kept):,} ký tự; xem tệp JSONL]"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def write_day(sheet: Any, line: int, at: int, day: date, dated: Any) -> None:
    """A day as a date that sorts and filters; one before Excel's first day as text."""
    if day >= _FIRST_DAY:
        sheet.write_datetime(line, at, day, dated)
    else:
        sheet.write_string(line, at, f"{day:%d/%m}/{day.year}", dated)


def csv_text(text: str) -> str:
    """The text of a CSV file's cell, an apostrophe before whatever would begin a formula, wherever a reader may begin a cell."""
    whole = fit_for_xml(text)
    return _BLANK.sub(r"\1'", _FORMULA.sub(r"\1'\2", whole))
