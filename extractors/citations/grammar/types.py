"""The type word before a number: "Nghị định số", "Quyết định của Thủ tướng Chính phủ số", "TTLT"; and what is no document."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.citations.grammar.issuers import issuer_at

_TYPES = (
    r"nghị\s*quyết\s+liên\s+tịch|thông\s*tư\s+liên\s+(?:tịch|bộ|ngành)|văn\s+bản\s+hợp\s+nhất|ngh[ịi]\s*quy[ếêe]t|ngh[ịi]\s*[đd][ịi]nh|quy[ếêe]t\s*[đd][ịi]nh|th[ôo]ng\s*t[ưu]|thông\s+tri"
    r"|chỉ\s*thị|hiến\s+pháp|bộ\s*luật|luật|pháp\s*lệnh|sắc\s+lệnh|sắc\s+luật|(?<!pháp\s)lệnh"
)
SELF_TYPES = (
    r"nghị\s+quyết\s+liên\s+tịch|thông\s+tư\s+liên\s+(?:tịch|bộ)|nghị\s+quyết|nghị\s+định|quyết\s+định|thông\s+tư|chỉ\s+thị|hiến\s+pháp|bộ\s+luật|luật|pháp\s+lệnh"
    r"|sắc\s+lệnh|văn\s+bản\s+hợp\s+nhất"
)
_SHORT = {
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
    "VBHN": "Văn bản hợp nhất",
}
_BEFORE = re.compile(rf"(?<!\w)(?P<type>{_TYPES})(?P<count>\s*(?:s[ốôóổo]\s*(?:hiệu\s*)?[:.]?|:)?\s*)$")
_GLUED = re.compile(rf"(?P<type>{_TYPES})(?P<count>\s*(?:số\s*(?:hiệu\s*)?[:.]?|:)?\s*)$")
_ISSUED = re.compile(rf"(?<!\w)(?P<type>{_TYPES})\s+(?:(?:của|do)\s+)?(?P<who>[^;.()\d\n]{{3,150}}?)\s+(?:số|:)\s*:?\s*$")
_SHORT_BEFORE = re.compile(r"(?<!\w)(?P<type>TTLT|NĐ|QĐ|TT|NQ|CT|VBHN)(?:\s+số)?\s*:?\s*$")
_NO_DOCUMENT = re.compile(
    r"(?:công\s+văn|thông\s+báo|tờ\s+trình|kế\s+hoạch|báo\s+cáo|giấy\s+phép|giấy\s+chứng\s+nhận|công\s+điện|hợp\s+đồng|biên\s+bản|phiếu|đơn|tờ\s+khai|hồ\s+sơ|hướng\s+dẫn"
    r"|m[ẫâ]u(?:\s+biểu|\s+đơn|\s+in)?|bi[ểê]u(?:\s+mẫu)?|phụ\s+lục|qcvn|tcvn|ký\s+hiệu|danh\s+mục|bảng)\s*(?:số|sô|s[ốổ])?\s*:?\s*$"
)
# The Party's kinds of acts that the State does not number: type words only before a number of the Party's.
_PARTY_BEFORE = re.compile(r"(?<!\w)(?P<type>kết\s+luận|quy\s+định|quy\s+chế|hướng\s+dẫn|thông\s+báo)(?:\s+số)?\s*:?\s*$")
_NAMED_LAWS = ("luật", "bộ luật", "pháp lệnh")
_FIELD_LABEL = re.compile(r"(?<!một\s)(?<!các\s)số\s*quyết\s+định\s*(?:công\s+bố)?\s*:?\s*$")


class TypeWord(NamedTuple):
    """Where the type word starts in the reading copy, and the type with a capital."""

    start: int
    type: str
    issuer: str | None = None  # named between the type and "số"


def capital(written: str) -> str:
    """As the records print a type: first letter upper case, the rest as written, all capitals lowered."""
    words = " ".join(written.split())
    if words.isupper() or words.lower() in _SQUASHED:
        words = _SQUASHED.get(words.lower(), words.lower())
    return words[:1].upper() + words[1:]


_SQUASHED = {
    "nghịđịnh": "nghị định",
    "quyếtđịnh": "quyết định",
    "thôngtư": "thông tư",
    "nghịquyết": "nghị quyết",
    "chỉthị": "chỉ thị",
    "bộluật": "bộ luật",
    "pháplệnh": "pháp lệnh",
}


def type_before(text: str, low: str, floor: int, at: int, short: bool = True) -> TypeWord | None:
    """The type word that leads to the number at `at`; `short` ones ("NĐ 63/2010/NĐ-CP") only before a whole number."""
    near = max(floor, at - 44)
    found = _BEFORE.search(low, near, at) or _capital_glued(text, low, near, at)
    if found:
        return TypeWord(found.start("type"), capital(text[found.start("type") : found.end("type")]))
    if low[max(floor, at - 6) : at].rstrip(" :\n\u00a0").endswith("số"):
        wide = max(floor, at - 190)
        for far in _ISSUED.finditer(low, wide, at):
            end = issuer_at(text, low, far.start("who"), joint=True)
            if end is not None and end >= far.end("who"):
                issuer: str | None = " ".join(text[far.start("who") : end].split())
                type_ = capital(text[far.start("type") : far.end("type")])
                # "Luật Lâm nghiệp số …": between a law and its number stands its name, even where a ministry was called so.
                return TypeWord(far.start("type"), type_, None if type_.lower() in _NAMED_LAWS else issuer)
    brief = _SHORT_BEFORE.search(text, max(floor, at - 14), at) if short else None
    return TypeWord(brief.start("type"), _SHORT[brief["type"]]) if brief else None


def party_type_before(text: str, low: str, floor: int, at: int) -> TypeWord | None:
    """The Party's type word before a number of its own ("Kết luận số 178-KL/TW")."""
    found = _PARTY_BEFORE.search(low, max(floor, at - 24), at)
    return TypeWord(found.start("type"), capital(text[found.start("type") : found.end("type")])) if found else None


def _capital_glued(text: str, low: str, near: int, at: int) -> re.Match[str] | None:
    """A type word glued to the end of the cell before it: only its capital shows where it starts."""
    found = _GLUED.search(low, near, at)
    return found if found and text[found.start()].isupper() else None


def is_field_label(low: str, floor: int, at: int) -> bool:
    """The value after "Số quyết định" is the announcing decision's own number, not a citation."""
    return bool(_FIELD_LABEL.search(low, max(floor, at - 40), at))


def is_no_document(low: str, floor: int, at: int) -> bool:
    """A number of a letter, form, annex or standard."""
    return bool(_NO_DOCUMENT.search(low, max(floor, at - 36), at))
