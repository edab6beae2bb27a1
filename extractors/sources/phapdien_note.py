"""The note under an article of the codified law: which document the article comes from, since when, changed by which others.

Grammar (the publisher's, untidy): `(Điều N <type> số <number>[ <title> ngày <date> của <issuer>], có hiệu lực thi hành kể từ
ngày <date>[, có hiệu lực thi hành đến ngày <date>][, có nội dung được sửa đổi … bởi Điều N <type> số <number> …[; …]]
[, bị ngưng hiệu lực bởi|theo Điều N <type> số <number>, có hiệu lực thi hành kể từ ngày <date>])`.
Title, date of issue and issuer stand in the full form only, nearly always at the first article of a document in a title.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rasoat.identity import canonical_number, document_key, type_of
from rasoat.vietnamese import squeeze

_TYPES = "Nghị quyết liên tịch|Thông tư liên tịch|Thông tư liên bộ|Bộ luật|Luật|Pháp lệnh|Nghị định|Quyết định|Nghị quyết|Thông tư|Chỉ thị|Sắc lệnh|Lệnh"
_NUMBER = r"\d[\d.]*[A-Za-zĐđ]{0,3}(?: ?/ ?[\w&.]+)+(?: ?[-–/] ?[A-ZĐ][\w&.]*)*|\d+ ?[-–] ?[A-ZĐ][\w&./-]*"
_DOCUMENT = rf"(?P<type>{_TYPES})(?: số)?(?: liên tịch)?(?: (?:{_TYPES}|Số)(?: số)?)?:? ?['\"]?(?P<number>{_NUMBER})"
_OWN = re.compile(rf"[( ]*(?:Điều (?P<article>\d+[a-zđ]?)?\.? ?)?(?:của )?{_DOCUMENT}")
_LATER = re.compile(rf"[^,]{{0,120}}?\b{_DOCUMENT}")
_CHANGER = re.compile(
    rf"(?:bởi|theo quy định tại|;|(?<=\d{4}),) (?:điểm|khoản|điều|mục|phần|chương|phụ lục)\b[^;]{{0,80}}? (?:của )?{_DOCUMENT}", re.I
)
_ARTICLE = re.compile(r"điều (\d+[a-zđ]?)", re.I)
_DATE = r"(?:ngày )?(\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})"
_ENTRY = re.compile(rf"có hiệu lực(?: thi hành)?(?: kể)? từ {_DATE}")
_END = re.compile(rf"hiệu lực(?: thi hành)? đến (?:hết )?{_DATE}")
_FULL = re.compile(rf"(?P<title>.*?),? ?{_DATE} của (?P<issuer>(?:(?!\bcủa ).)+)$")
_CHANGED = re.compile(r"(?:,|(?<![ ,])) *+(?:có nội dung|được sửa đổi|được bổ sung|bị bãi bỏ)")
_SUSPENDED = re.compile(
    rf"(?:bị|được) (?:tạm )?(?:ngưng|ngừng) hiệu lực(?: thi hành)? (?:bởi|theo)(?: quy định tại)? (?:Điều \d+[a-zđ]? (?:của )?)?{_DOCUMENT}[^;]*"
)
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"ItemID=(\w*)[^'\"#]*(?:#([^'\"]*))?")
_LEVELS = {"Phan": "phan", "Chuong": "chuong", "Muc": "muc"}
_ORDINALS = {
    "nhất": "I", "một": "I", "hai": "II", "ba": "III", "tư": "IV", "bốn": "IV", "năm": "V", "sáu": "VI", "bảy": "VII", "tám": "VIII",
    "chín": "IX", "mười": "X",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says of the article's source document. `article` is "7" or "25a", None where the note names none."""

    key: str
    number: str
    type: str
    article: str | None
    container: str
    publisher_id: str | None
    effective_on: date | None
    until: date | None
    title: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    changed_by: tuple[str, ...] = ()
    suspended: tuple[str, str] | None = None  # the publisher's words, and the key of the document that suspended the article


def plain(markup: str) -> str:
    """Inline markup as one line of text; inline tags join with nothing between."""
    return squeeze(html.unescape(_TAG.sub("", markup)))


def read_note(markup: str) -> Note | None:
    """The note's source document, or None where it names none by number."""
    text = plain(markup)
    entry = _ENTRY.search(text)
    changed = _CHANGED.search(text, entry.end() if entry else 0)
    own, after = (text[: changed.start()], text[changed.start() :]) if changed else (text, "")
    found = _OWN.match(own) or _LATER.match(own)
    if not found:
        return None
    number = canonical_number(found["number"])
    kind = type_of(number, found["type"])
    key = document_key(kind, number)
    if kind is None or key is None:
        return None
    end = _END.search(own)
    title, issued_on, issuer = _full_form(own[found.end() :])
    link = _LINK.search(markup)
    return Note(
        key=key,
        number=number,
        type=kind,
        article=(found.groupdict().get("article") or "").lower() or None,
        container=_container(link[2] or "") if link else "",
        publisher_id=link[1] or None if link else None,
        effective_on=_day(entry.groups()) if entry else None,
        until=_day(end.groups()) if end else None,
        title=title,
        issued_on=issued_on,
        issuer=issuer,
        changed_by=_changers(after, key),
        suspended=_suspended(text, key),
    )


def _full_form(rest: str) -> tuple[str | None, date | None, str | None]:
    """(title, date of issue, issuer) from what stands between the number and the date of effect."""
    named = re.split(r",? *\(?có hiệu lực", rest, maxsplit=1)[0].strip(" ,)")
    full = _FULL.match(named)
    if not full:
        return None, None, None
    return full["title"].strip(" ,") or None, _day(full.groups()[1:4]), full["issuer"].strip() or None


def _changers(text: str, own: str) -> tuple[str, ...]:
    """ "KEY#dieu-75" for each changing article, "KEY" where the note names no article."""
    changers = []
    for found in _CHANGER.finditer(text):
        number = canonical_number(found["number"])
        key = document_key(type_of(number, found["type"]), number)
        article = _ARTICLE.search(found[0])
        if key and key != own:
            changers.append(f"{key}#dieu-{article[1].lower()}" if article else key)
    return tuple(dict.fromkeys(changers))


def _suspended(text: str, own: str) -> tuple[str, str] | None:
    if not (found := _SUSPENDED.search(text)):
        return None
    number = canonical_number(found["number"])
    key = document_key(type_of(number, found["type"]), number)
    return (found[0].strip(" ,.()"), key) if key and key != own else None


def _day(parts: tuple[str, ...]) -> date | None:
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None


def _container(anchor: str) -> str:
    """The link's anchor as a path: "Chuong_II_Muc_3_Dieu_9" → "chuong-II/muc-3", "Phan_hai_Chuong_I_…" → "phan-II/chuong-I"."""
    words = html.unescape(anchor).split("_")
    levels = []
    for level, value in pairwise(words):
        name = _LEVELS.get(level)
        if name and value:
            number = _ORDINALS.get(value.lower(), value.replace("l", "I"))  # a small L stands for I in some anchors
            levels.append((name, number if name == "muc" else number.upper()))
    return "/".join(f"{name}-{number}" for name, number in dict(levels).items())
