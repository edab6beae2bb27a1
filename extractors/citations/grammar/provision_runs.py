"""Runs of provision words ("điểm b khoản 1, khoản 2 Điều 12; Chương IV và Phụ lục III") as paths.

Vietnamese names the inner part first; a separator may stand between inner and outer ("Khoản 4, Điều 1").
Paths are those of the records: "dieu-12/khoan-1/diem-b", "chuong-IV", "chuong-V/muc-2", "phu-luc-III", "mau-so-01".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {
    "tiết": "tiet", "điểm": "diem", "khoản": "khoan", "điều": "dieu", "tiểu mục": "tieu-muc", "mục": "muc", "chương": "chuong", "phần": "phan",
    "phụ lục": "phu-luc", "phụ lục số": "phu-luc", "mẫu số": "mau-so", "mẫu": "mau-so", "mẫu biểu số": "mau-so", "biểu mẫu số": "mau-so", "biểu số": "mau-so",
}  # fmt: skip
# Which unit may hold which. An article is never put under a chapter: its number is its own in the whole document.
_HOLDERS = {
    "tiet": frozenset({"diem"}),
    "diem": frozenset({"khoan", "dieu", "tieu-muc", "muc", "phan", "phu-luc"}),
    "khoan": frozenset({"dieu", "tieu-muc", "muc", "phan", "phu-luc"}),
    "tieu-muc": frozenset({"muc"}),
    "muc": frozenset({"chuong", "phan", "phu-luc"}),
    "chuong": frozenset({"phan"}),
    "phan": frozenset({"phu-luc"}),
    "mau-so": frozenset({"phu-luc"}),
}
_WHOLE_ALONE = frozenset({"dieu", "tieu-muc", "muc", "chuong", "phan", "phu-luc", "mau-so"})
_INNER = frozenset({"tiet", "diem", "khoan"})  # nothing by themselves
_LETTERS = list("abcdđeghiklmnopqrstuvxy")
_TOKEN = re.compile(
    r"(?P<unit>tiết|điểm|khoản|điều|tiểu mục|(?<!danh )mục|chương|phần|phụ lục số|phụ lục|mẫu biểu số|mẫu số|biểu mẫu số|biểu số|mẫu(?=\s\d))(?![\w])"
    r"|(?P<sep>[,;]|\bvà\b|\bhoặc\b|\bcùng\b)|(?P<range>\bđến\b)"
    r"|(?P<glue>\b(?:các|những|toàn bộ|quy định tại|quy định|của|tại|trong|thuộc|từ|số|nội dung|"
    r"ban hành kèm theo|kèm theo|nêu tại|và các|bao gồm|gồm có|gồm|cả)\b|:)"
    r"|(?P<id>\b(?:[ivxlcdm]{1,7}|\d+(?:\.\d+)*[a-zđ]?(?:[-/]\w+)*|[a-zđ]{1,2}(?:\.?\d{1,2})?)\b)|(?P<other>\(|[^\s,;:(]+)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _NamedProvision:
    unit: str
    path: str
    joined: bool  # no separator has followed it yet
    closed: bool = False  # a semicolon has


@dataclass(frozen=True, slots=True)
class Run:
    """A run of provision words: its span, its paths, and whether every part found the article that holds it.

    `hanging` are the parts that did not: "khoan-1/diem-i" of "điểm i khoản 1".
    """

    start: int
    end: int
    paths: tuple[str, ...]
    whole: bool
    hanging: tuple[str, ...] = ()


def leading_run(text: str, start: int, end: int) -> Run | None:
    """The run that begins a stretch of text, or None where it does not begin with provision words."""
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start, end):
        if token.lastgroup == "other" or (token.lastgroup == "id" and not any(t.lastgroup == "unit" for t in tokens)):
            break
        tokens.append(token)
    return _run(tokens)


def trailing_run(text: str, start: int, end: int) -> Run | None:
    """The run that ends a stretch of text ("… tại khoản 1 Điều 5" before a document), or None where there is none."""
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start, end):
        if token.lastgroup == "other" or (token.lastgroup == "id" and not any(t.lastgroup == "unit" for t in tokens)):
            tokens = []
        else:
            tokens.append(token)
    return _run(tokens)


def _run(tokens: list[re.Match[str]]) -> Run | None:
    while tokens and tokens[0].lastgroup in ("sep", "range"):
        tokens = tokens[1:]
    while tokens and tokens[-1].lastgroup in ("sep", "range"):
        tokens = tokens[:-1]
    if not any(token.lastgroup == "unit" for token in tokens):
        return None
    parts = _read(tokens)
    paths = tuple(dict.fromkeys(part.path for part in parts if part.unit in _WHOLE_ALONE))
    hanging = tuple(dict.fromkeys(part.path for part in parts if part.unit not in _WHOLE_ALONE))
    return Run(tokens[0].start(), tokens[-1].end(), paths, not hanging and bool(parts), hanging)


def _read(tokens: list[re.Match[str]]) -> list[_NamedProvision]:
    parts: list[_NamedProvision] = []
    unit, ids, ranged, listed = "", 0, False, False
    for index, token in enumerate(tokens):
        kind = token.lastgroup
        if kind == "unit":
            if unit and not ids:
                _open(parts, unit, "")
            unit, ids = _UNITS[token[0].lower()], 0
        elif kind == "id" and unit:
            names = [_name(unit, token[0])]
            if ranged and parts:
                names = _between(parts[-1].path.rsplit("-", 1)[-1], names[0])
            for name in names:
                _add(parts, unit, name, first=not ids, listed=listed)
                ids += 1
            ranged = listed = False
        elif kind == "range":
            ranged = True
        elif kind == "sep":
            if unit and not ids and unit == "phu-luc":
                _open(parts, unit, "")
                ids = 1
            for part in parts:
                part.joined, part.closed = False, part.closed or token[0] == ";"
            listed = token[0] != ","
        if index == len(tokens) - 1 and unit == "phu-luc" and not ids:
            _open(parts, unit, "")
    return parts


def _open(parts: list[_NamedProvision], unit: str, name: str) -> None:
    if unit == "phu-luc":
        _add(parts, unit, name, first=True)


def _add(parts: list[_NamedProvision], unit: str, name: str, *, first: bool, listed: bool = False) -> None:
    """A new part; the first of its group takes in the parts before it that still need a holder.

    "Mục 3 và Mục 4 Chương IV", "điểm 4.1 tiểu mục 04, mục II, Phần A thuộc Phụ lục 01": the larger unit holds what stands
    before it, over commas too; "Mẫu số 01 và Phụ lục II" (`listed`) names one more thing.
    """
    segment = f"{unit}-{name}" if name else unit
    held = [
        part
        for part in parts
        if first and unit in _HOLDERS.get(part.unit, ()) and (part.joined or part.unit in _INNER or not (listed or part.closed))
    ]
    if not held:
        parts.append(_NamedProvision(unit, segment, True))
    for part in held:
        part.unit, part.path, part.joined = unit, f"{segment}/{part.path}", True


def _name(unit: str, printed: str) -> str:
    if unit in ("chuong", "muc", "phan", "phu-luc", "tieu-muc"):
        return printed.upper().replace("/", "-")
    return printed.lower().replace("/", "-")


def _between(first: str, last: str) -> list[str]:
    """The names after `first` up to `last` of a range: numbers, or letters in the order of điểm."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= 300:
        return [str(number) for number in range(int(first) + 1, int(last) + 1)]
    if first in _LETTERS and last in _LETTERS and _LETTERS.index(first) < _LETTERS.index(last):
        return _LETTERS[_LETTERS.index(first) + 1 : _LETTERS.index(last) + 1]
    return [last]
