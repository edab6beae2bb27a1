"""Numbers of articles and clauses with the letters of those inserted later: "4a", "16-b", "từ 4a đến 4c"."""

from __future__ import annotations

import re

_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of điểm, and of inserted articles
_NUMBER = re.compile(r"(\d+)([a-zđ]?)")
_SPAN = re.compile(r"(\d+[a-zđ]?)[-–](\d+[a-zđ]?)")
_HYPHENED = re.compile(r"(\d+)[-–]([a-zđ])")
_WIDEST = 300  # units that one range may name: no law has a chapter with more articles


def joined_letter(name: str) -> str:
    """ "16-b" → "16b"; every other name as it is."""
    parted = _HYPHENED.fullmatch(name)
    return parted[1] + parted[2] if parted else name


def spanned(name: str) -> list[str]:
    """ "5-7" → 5, 6, 7; every other name by itself."""
    ends = _SPAN.fullmatch(name)
    return [ends[1], *between(ends[1], ends[2])] if ends else [name]


def between(first: str, last: str, widest: int = _WIDEST) -> list[str]:
    """The names after `first` up to `last`; only `last` where the two are the ends of no range.

    From 4a to 4c: 4b and 4c. From 4a to 6: 5 and 6; what else was inserted between them the words do not tell.
    """
    if first in _LETTERS and last in _LETTERS and first and last:
        return list(_LETTERS[_LETTERS.index(first) + 1 : _LETTERS.index(last) + 1]) or [last]
    begin, end = _NUMBER.fullmatch(first), _NUMBER.fullmatch(last)
    if not begin or not end:
        return [last]
    low, high = int(begin[1]), int(end[1])
    if low == high and end[2]:
        letters = _LETTERS[_LETTERS.find(begin[2]) + 1 if begin[2] else 0 : _LETTERS.find(end[2]) + 1]
        return [f"{low}{letter}" for letter in letters] or [last]
    if not 0 < high - low <= widest:
        return [last]
    letters = _LETTERS[: _LETTERS.find(end[2]) + 1] if end[2] else ""
    return [*(str(number) for number in range(low + 1, high + 1)), *(f"{high}{letter}" for letter in letters)]
