"""Provision paths beside a document: "điểm a, b khoản 2 Điều 5 và Điều 7" → dieu-5/khoan-2/diem-a, …/diem-b, dieu-7.

An enumeration that ends directly before a document belongs to it, all of it; only paths rooted at an Điều count.
Khoản and điểm wait for the Điều that follows them; where none follows they belong to the Điều before ("Điều 5 khoản 2").
One that follows the document ("Nghị định X tại Điều 5") is its own where nothing else claims it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.citations.grammar.lettered_units import between, joined_letter

_REACH = 700  # characters: the longest enumeration of articles seen in a law is under 500
_NEAR = 160  # characters: most chains are shorter
_WIDEST_RANGE = 20  # "từ Điều 5 đến Điều 60" names its two ends only
_TOKEN = re.compile(
    r"(?P<art>điều)(?=\s*(?:số\s*)?\d|\s+từ\s)|(?P<cl>khoản)(?=\s*\d|\s+từ\s)|(?P<pt>điểm)(?=\s*[a-zđ](?:\.?\d)?(?!\w)|\s*\d|\s+từ\s)"
    r"|(?P<num>\d{1,3}(?:[a-zđ]{1,2}\d?|-[a-zđ](?!\w))?)(?![\w/%]|\.\d)|(?P<let>[a-zđ](?:\.?\d)?)(?!\w)"
    r"|(?P<box>(?:chương|tiểu\s+mục|mục|phần|phụ\s+lục|mẫu(?:\s+số)?|tiết|đoạn|gạch\s+đầu\s+dòng|ý)\s+(?:số\s+)?(?:thứ\s+)?(?:[ivxlc]+[a-z]?|\d[\w.]*|[a-zđ]|nhất|hai|ba|một)(?![\w/]))"
    r"|(?P<range>đến|tới|-)|(?P<and>và|hoặc|hay|,\s*và)(?!\w)|(?P<sep>[,;/])|(?P<of>của\s+các|của|thuộc|tại|trong)(?!\w)|(?P<fill>từ|các|những|số|điều|khoản|điểm|phụ\s+lục|(?:một\s+số\s+)?biện\s+pháp\s+(?:tổ\s+chức\s+)?(?:hướng\s+dẫn\s+)?thi\s+hành)(?!\w)"
    r"|(?P<loose>(?:các\s+|những\s+)?(?:quy\s+định|nội\s+dung)\s+(?:có\s+liên\s+quan|liên\s+quan|khác)[^.;()\n]{0,80}?\s(?:tại|của|trong)(?!\w))"
    r"|(?P<space>(?:[\s*_]|\([ivx\d]{1,4}\))+)|(?P<junk>(?:[^\Wđ]+|đ(?!iều\s*\d))+|.)"
)
_FOLLOWING = re.compile(
    r"[ \u00a0]{0,2}(?:[,(][ \u00a0]{0,2})?(?:(?:được\s+)?(?:quy\s+định\s+)?(?:tại|ở)\s+)?(?=(?:các\s+)?(?:điều|khoản|điểm)\s)"
)
# Whose the enumeration would be instead: a document, or a regulation without a number.
_CLAIMED = re.compile(
    r"\s*(?:(?:của|thuộc|tại|trong|theo)(?!\w)|\W*(?:luật|bộ\s+luật|pháp\s+lệnh|nghị\s+định|thông\s+tư|quy\s+chế|điều\s+lệ|này)(?!\w))"
)
_ARTICLE = re.compile(r"điều\s*(?:số\s*)?\d")
_DOUBLED = re.compile(r"(?<!\w)(?:nghị\s+định|thông\s+tư|nghị\s+quyết|quyết\s+định|luật)\s+(?:của\s+)?$")  # "Nghị định Nghị định số"
_HEADED = re.compile(r"điều\s+(\d{1,3}[a-zđ]{0,2})\.\s+(?!\d)")
_HEADING = re.compile(r"[^.;:()\n]{0,160}?(?<!\w)của\s*$")
_KINDS = frozenset({"art", "cl", "pt"})
_ARTICLES = frozenset({"art", "each"})
_NUMBERED = _ARTICLES | {"cl"}


class _Item(NamedTuple):
    kind: str  # art, each (an article of "các Điều …"), cl, pt or box
    value: str
    unsure: bool = False  # a letter stands apart behind its number


def provisions_before(low: str, floor: int, start: int) -> tuple[str, ...]:
    """The paths that belong to the document at `start`; `floor` is where the mention before it ends."""
    begin = max(floor, start - _REACH)
    if doubled := _DOUBLED.search(low, max(begin, start - 24), start):
        start = doubled.start()
    last: re.Match[str] | None = None
    for last in _ARTICLE.finditer(low, begin, start):  # noqa: B007
        pass
    if last is None:
        return ()
    if not _chain(low, last.start(), start)[0]:
        return _heading(low, begin, start)
    near = max(begin, start - _NEAR)
    items, whole = _chain(low, near, start)
    if not whole and near > begin:
        items, _ = _chain(low, begin, start)
    return tuple(dict.fromkeys(_paths(items)))


def provisions_after(low: str, end: int, stop: int) -> tuple[str, ...]:
    """The paths right after the document that ends at `end` ("Nghị định X, Điều 5 và Điều 6"); `stop` is where the next mention starts."""
    lead = _FOLLOWING.match(low, end, min(stop, end + _NEAR))
    if not lead:
        return ()
    items, close = _run(low, lead.end(), min(stop, lead.end() + _NEAR))
    if not items or (close >= stop and stop < len(low)) or _CLAIMED.match(low, close):
        return ()
    return tuple(dict.fromkeys(_paths(items)))


def _run(low: str, begin: int, stop: int) -> tuple[list[_Item], int]:
    """The enumeration that starts at `begin`, and where the words after it begin."""
    close = begin
    for token in _TOKEN.finditer(low, begin, stop):
        group = token.lastgroup or ""
        if group == "junk" or group in ("of", "loose") or token[0].count("\n") or token[0] == ";":
            break
        close = token.end()
    return _chain(low, begin, close)[0], close


def _heading(low: str, begin: int, start: int) -> tuple[str, ...]:
    """ "Điều 9. Trách nhiệm … của [document]": the heading between is skipped, unless the line is the heading itself."""
    last: re.Match[str] | None = None
    for headed in _HEADED.finditer(low, begin, start):
        last = headed
    if last is None or not _HEADING.match(low[last.end() : start]):
        return ()
    before = low[max(0, last.start() - 3) : last.start()]
    return () if not before.strip() or "\n" in before else (f"dieu-{last[1]}",)


def _chain(low: str, begin: int, start: int) -> tuple[list[_Item], bool]:
    """The chain that ends at `start` (empty where other words stand between it and the document), and whether its
    beginning was seen: other words before it, not just the edge at `begin`."""
    items: list[_Item] = []
    kind = before = ""
    ranging = joined = whole = False
    for token in _TOKEN.finditer(low, begin, start):
        group = token.lastgroup or ""
        if group == "space" and token[0].count("\n") < 2:
            continue
        several = before.endswith("các") and not joined
        if group in ("space", "junk"):
            items, kind, ranging, joined = [], "", False, False
            whole = token.start() > begin
        elif group in _KINDS:
            goes_on = ranging and bool(items) and items[-1].kind == "each"  # "các Điều 5 đến Điều 9"
            kind = "each" if group == "art" and (several or goes_on) else group
            ranging = ranging and bool(items) and items[-1].kind == kind
        elif group == "num" or (group == "let" and kind == "pt"):
            if kind:
                _append(items, kind, token[0], ranging)
                ranging = joined = False
        elif group == "let" and len(token[0]) == 1 and items and kind in _NUMBERED:
            items[-1] = _with_letter(items[-1], token[0], parted=before[0].isdigit())
        elif group == "range":
            ranging = bool(items)
        elif group == "box":
            items.append(_Item("box", ""))
            kind, joined = "", False
        elif group == "and" or token[0] == ";":
            joined = True
        elif group in ("of", "loose"):
            joined = False
        before = token[0]
    return ([] if joined else items), whole


def _append(items: list[_Item], kind: str, value: str, ranging: bool) -> None:
    value = joined_letter(value)
    if ranging and items and items[-1].kind == kind:
        items.extend(_Item(kind, name) for name in between(items[-1].value, value, _WIDEST_RANGE))
    else:
        items.append(_Item(kind, value))


def _with_letter(item: _Item, letter: str, *, parted: bool) -> _Item:
    """ "Điều 4 a" is article 4a; where more letters follow, or behind a clause, nobody can tell: "khoản 2 a" may be a điểm."""
    sure = parted and item.kind in _ARTICLES and item.value.isdigit()
    return item._replace(value=item.value + letter) if sure else item._replace(unsure=True)


def _paths(items: list[_Item]) -> list[str]:
    if _top_down(items):
        return _from_above(items)
    paths: list[str] = []
    clauses: list[str] = []  # waiting "khoan-…" paths
    points: list[str] = []  # waiting "diem-…"
    spread = False  # whether what waits has already gone to an article of "các Điều …", and goes to the next as well
    for item in items:
        if spread and item.kind != "each":
            clauses, points, spread = [], [], False
        if item.kind == "box":
            clauses, points = [], []
        elif item.kind == "pt":
            points.append(f"diem-{item.value}")
        elif item.kind == "cl":
            clause = "" if item.unsure else f"khoan-{item.value}"
            clauses.extend(f"{clause}/{point}" for point in points if clause)
            if not points or not clause:
                clauses.append(clause)
            points = []
        else:
            waiting = clauses + points
            if not item.unsure:
                paths.extend([f"dieu-{item.value}/{part}".rstrip("/") for part in waiting] if waiting else [f"dieu-{item.value}"])
            if item.kind == "each":
                spread = True
            else:
                clauses, points = [], []
    return paths


def _top_down(items: list[_Item]) -> bool:
    """ "Điều 5 khoản 2 điểm a": begins with an article and ends below one."""
    kinds = [item.kind for item in items if item.kind != "box"]
    return bool(kinds) and kinds[0] in _ARTICLES and kinds[-1] not in _ARTICLES


def _from_above(items: list[_Item]) -> list[str]:
    paths: list[str] = []
    article = clause = ""
    for item in items:
        if item.kind in _ARTICLES:
            article, clause = "" if item.unsure else f"dieu-{item.value}", ""
            paths.extend([article] if article else [])
        elif item.unsure:
            clause = ""
        elif item.kind == "cl" and article:
            clause = f"{article}/khoan-{item.value}"
            _refine(paths, article, clause)
        elif item.kind == "pt" and article:
            _refine(paths, clause or article, f"{clause or article}/diem-{item.value}")
    return paths


def _refine(paths: list[str], above: str, below: str) -> None:
    if paths and paths[-1] == above:
        paths.pop()
    paths.append(below)
