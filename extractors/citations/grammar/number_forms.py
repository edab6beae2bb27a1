"""Numbers of documents in a text: "63/2010/NĐ-CP", "66.18/2026/NQ-CP", "89/CP", "816/QĐ-UBND", "05/VBHN-BTC", "27-CT/TW".

A number with a year and a document's symbol stands alone. One without a year is a document's only where its symbol
says so and its agency is known, or where a type word stands before it (`mentions`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.citations.grammar.reading_copy import ReadingCopy
from extractors.citations.grammar.symbols import DOCUMENT_SYMBOLS, read_symbol
from rasoat.identity import canonical_number

_HEAD = re.compile(
    r"(?P<serial>\d{1,13}(?:\.\d{1,3})?(?:bis|BIS|[A-Za-zĐđ])?)\s{0,2}(?P<sep>[/-])\s{0,2}"
    r"(?:(?P<year>(?:19|20) ?\d\d)(?:\s{0,2}[/_-]+\s{0,2}|\s{0,2}(?=N[ĐDQ]|Q[ĐDH]|TT|UBTVQH|VBHN|CT)))?(?=[A-ZĐa-z])"
)
_DATE_BEFORE = re.compile(r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|năm\s+(?:19|20)\d\d)$")
_UNIT_IN_BRACKETS = re.compile(r"\([A-ZĐ]{1,3}\d{1,3}(?:-[A-ZĐ]{1,2}\d{1,3})?\)")
_WRONG_YEAR = re.compile(r"(?<![\d/])\d{1,4}\s?/\s?$")
_DOTTED = re.compile(r"(?<=[A-ZĐ])\.(?=[A-ZĐ])")
_SPLIT_SERIAL = re.compile(r"số\s+(\d{1,2})\s$")


class Number(NamedTuple):
    """A number's place in the reading copy; `strong` numbers need no type word, `end` may reach over a unit in brackets."""

    start: int
    end: int
    canonical: str
    strong: bool
    year: int | None
    head: str


def find_numbers(view: ReadingCopy) -> list[Number]:
    """All that can be a document's number, in order, none overlapping."""
    found: list[Number] = []
    position = 0
    text = view.text
    while head := _HEAD.search(text, position):
        number = _read(view, head, position)
        position = number.end if number else head.start("serial") + _digits(head["serial"])
        if number:
            found.append(number)
    return found


def _digits(serial: str) -> int:
    return len(serial.rstrip("ĐđABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) or 1


def _read(view: ReadingCopy, head: re.Match[str], floor: int) -> Number | None:
    text = view.text
    year = int(head["year"].replace(" ", "")) if head["year"] else None
    symbol = read_symbol(text, head.end(), year)
    if symbol is None:
        return None
    if head["sep"] == "-" and text[head.end()].islower():
        return None  # an address on the web
    start = _serial_start(text, head, floor, symbol.head)
    if start is None:
        return None
    if year is None and text[max(0, start - 2) : start].rstrip().endswith("/"):
        wrong_year = _WRONG_YEAR.search(text, max(floor, start - 8), start)
        if not wrong_year or not symbol.known:
            return None
        start = wrong_year.start()
    written = _DOTTED.sub("-", text[start : symbol.end])
    canonical = canonical_number(written)
    if head["sep"] == "-" and year:
        canonical = canonical_number(written.replace("-", "/", 1))
    if split := _SPLIT_SERIAL.search(text, max(0, start - 8), start):
        start, canonical = split.start(1), split[1] + canonical
    documentary = symbol.head in DOCUMENT_SYMBOLS or symbol.head == "QH"
    strong = documentary and (year is not None or (symbol.known and symbol.head != "L"))
    return Number(start, symbol.end, canonical, strong, year, symbol.head)


def _serial_start(text: str, head: re.Match[str], floor: int, symbol: str) -> int | None:
    """Where the serial begins: a date's year, or a cell's last digits, may be glued before it ("01/01/2017120/2016/NĐ-CP")."""
    start, serial = head.start("serial"), head["serial"]
    if "." in serial and symbol != "NQ":
        start = start + serial.index(".") + 1
        serial = serial.split(".", 1)[1]
    digits = re.match(r"\d+", serial)
    length = len(digits[0]) if digits else 0
    if head["year"] and length > 4 and re.match(r"(?:19|20)\d\d", serial):
        return start + 4
    if length > 4 and _DATE_BEFORE.search(text, max(floor, start - 10), start + 4):
        return start + 4
    return start if length <= 5 else None


def unit_end(view: ReadingCopy, end: int) -> int:
    """Past a unit in brackets right after the number ("45/2009/TT-BCA(C11)"), else `end`."""
    bracket = _UNIT_IN_BRACKETS.match(view.text, end)
    return bracket.end() if bracket else end
