"""When an effect begins and ends, as Vietnamese law words it (Luật 64/2025/QH15 Điều 53, and the older "sau N ngày").

A time phrase is first seen to stand in a place, by the words that open one, and only then read. One that stands there and
cannot be read is a time all the same, on a day that nobody knows: never the clause's own entry into force.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.effects.printed_days import days_at
from rasoat.days import months_on
from rasoat.records import DateBasis

TYPE_WORDS = (
    r"(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Chỉ thị|"
    r"Thông tư liên tịch|Thông tư liên bộ|Thông tư|Lệnh)"
)
SELF = rf"(?:{TYPE_WORDS}|Quy chế|Quy định|Văn bản) này"
COUNT = r"(?P<n>\d{1,3})(?:\s*\([^)]{0,40}\))?|(?P<words>[a-zđà-ỹ ]{2,24}?)\s*\(\s*(?P<n2>\d{1,3})\s*\)"
ENTRY_WORDS = r"(?:được\s+)?(?:bắt\s+đầu\s+)?(?:chính\s+thức\s+)?có\s+(?:[hb]i[ệê]u\s+l[ựư]c|hiệu\b)"

_SINCE = r"(?:(?:bắt\s+đầu|tính|chỉ|áp\s+dụng)\s+)*(?:k[ểếề]\s+từ|từ|vào)\s*:?\s*"
_MOMENT = r"(?:ngày|khi|lúc|thời\s+điểm)\b"
_CALENDAR = r"(?:ngày|tháng|năm|quý|giờ|đầu|cuối|hết|giữa|nửa|sau|trước|m[ồù]ng|\d)"
_PERIOD = r"(?:kỳ|kì|niên|mùa|vụ|học\s+kỳ|khóa|khoá|đợt|nhiệm\s+kỳ|chu\s+kỳ)"
# The words that open a time phrase; `\btheo` and `chậm nhất` open those that never name a first day.
_OPENS = re.compile(
    rf"{_SINCE}(?:{_MOMENT}|{_CALENDAR}|{_PERIOD}|{SELF}|{TYPE_WORDS}\s)"
    rf"|(?:kể\s+từ|bắt\s+đầu\s+từ)\s|(?:ngay\s+)?(?:sau|trước)\s+(?:{_MOMENT}|{_CALENDAR}|{_PERIOD})|sau\s+(?:{COUNT})\s*(?:ngày|tháng|năm|quý|tuần)"
    rf"|(?:cho\s+)?(?:đến|tới)\s+(?:{_MOMENT}|{_CALENDAR}|{_PERIOD})"
    r"|(?:ngay\s+)?khi\s|cùng\s+(?:ngày|lúc|thời\s+điểm|với|khi|hiệu\s+lực)|đồng\s+thời\s+với|(?:vào\s+)?(?:hết|cuối|đầu)\s+(?:ngày|tháng|năm|quý)"
    r"|trong\s+(?:thời\s+(?:hạn|gian)|vòng|giai\s+đoạn|năm|tháng|quý|khoảng)\b|(?:chậm|muộn)\s+nhất\b|theo\s+(?:lộ\s+trình|tiến\s+độ|kế\s+hoạch|thời\s+(?:hạn|điểm)|quy\s+định\s+tại\s+(?:điểm|khoản|điều))\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:đúng\s+)?(?=(?:ngày|tháng|năm|quý|kỳ|kì|niên|học\s+kỳ|m[ồù]ng|\d{1,3})\b)", re.IGNORECASE)
_JOINT = re.compile(r"(?:\s+(?:thi\s+hành|áp\s+dụng|pháp\s+luật|toàn\s+bộ|cụ\s+thể|là)\b)*[\s,.:(]*", re.IGNORECASE)

_LEAD = re.compile(
    rf"(?P<after>(?:{_SINCE})?(?:ngay\s+)?sau\s+(?:hết\s+)?|(?:{_SINCE})?(?:hết|cuối(?=\s+ngày))\s+)|(?P<vague>vào\s+)?(?:{_SINCE})?(?:đầu\s+)?",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"(?:cho\s+)?(?:đến|tới)\s+(?P<before>trước\s+)?(?P<through>(?:hết|cuối)\s+)?(?:vào\s+)?", re.IGNORECASE)
_OWN_TEXT = rf"(?:{SELF}|(?!(?:điểm|khoản|điều|mục|chương)\s)(?:[^\W\d]+\s+){{1,3}}này)"
_OF_OWN = rf"(?:\s+thi\s+hành)?\s*(?:của\s+{_OWN_TEXT}|(?:(?:nêu|ghi|quy\s+định)\s+)?tại\s+[^;.]{{0,40}}?(?:{SELF}|(?:Điều|khoản)\s+này))"
_LEADS_TO_EVENT = rf"(?P<lead>(?:{_SINCE})?(?:ngay\s+|cùng\s+|sau\s+)*(?:{_MOMENT})?)\s*"
_OWN = re.compile(
    rf"{_LEADS_TO_EVENT}(?:{_OWN_TEXT}\s*(?:,\s*)?{ENTRY_WORDS}|(?:có\s+)?hiệu\s+lực{_OF_OWN}|{ENTRY_WORDS}(?:\s+thi\s+hành)?(?=\s*(?:[,.;:/)|]|$)))",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    rf"{_LEADS_TO_EVENT}(?:{_OWN_TEXT}\s+)?(?:được\s+)?(?:ký|kí|ban\s+hành|thông\s+qua)\b"
    rf"(?!\s+(?:hợp\s+đồng|kết|giấy|hiệp|th[ỏo][ảa]|biên|bản\s|(?:văn\s+bản|{TYPE_WORDS})(?!\s+này)))(?:\s*,?\s*(?:và\s+)?ban\s+hành)?(?:\s+{SELF})?",
    re.IGNORECASE,
)
_GAZETTE = re.compile(rf"{_LEADS_TO_EVENT}(?:được\s+)?đăng(?:\s+tải)?\s+(?:trên\s+)?công\s+báo", re.IGNORECASE)
_ANCHOR = rf"(?!{SELF})(?:các\s+)?(?:{TYPE_WORDS}|Hiệp định|Điều ước|Công ước|Nghị định thư)\b[^;.]{{2,260}}?"
_ANCHORED = re.compile(rf"{_LEADS_TO_EVENT},?\s*(?P<anchor>{_ANCHOR})\s+{ENTRY_WORDS}", re.IGNORECASE)
_ENTRY_OF = re.compile(
    rf"{_LEADS_TO_EVENT}có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+của\s+(?P<anchor>(?!{SELF})(?:{TYPE_WORDS})\b[^;.,]{{2,200}})", re.IGNORECASE
)
_SUM = re.compile(
    rf"(?:(?:bắt\s+đầu\s+)?sau\s+)?(?:{COUNT})\s*(?P<unit>ngày|tháng|năm)(?!\s+làm\s+việc)\s*,?\s*(?:tính\s+)?", re.IGNORECASE
)
_TO_THE_END_OF = re.compile(
    rf"(?:cho\s+)?(?:đến|tới)\s+(?:hết\s+)?{_MOMENT},?\s*(?P<anchor>{_ANCHOR})\s+(?:hết|chấm\s+dứt)\s+hiệu\s+lực", re.IGNORECASE
)
# "(từ ngày A) đến/sang/thành ngày B", else "từ ngày B".
_MOVES = re.compile(
    rf",?\s*(?:\bk[ểế]?\s*từ\s|\btừ\s)(?:ngày|thời\s+điểm|năm|tháng)[^;.]{{3,60}}?\s(?:cho\s+đến|đến|sang|thành|tới)\s+(?={_CALENDAR}|{_MOMENT})"
    rf"|,?\s*\b(?:cho\s+đến|đến|sang|thành|tới)\s+(?={_CALENDAR}|{_MOMENT})|,?\s*\b(?:là|kể\s+từ|từ)\s+(?=ngày\s*\d)",
    re.IGNORECASE,
)
_MOVED_LEAD = re.compile(r"(?P<through>(?:hết|cuối(?=\s+ngày))\s+)?(?:trước\s+)?", re.IGNORECASE)
_SPAN = 300  # a phrase that goes on for longer is no time


@dataclass(frozen=True, slots=True)
class When:
    """The day a phrase names and how; `start`:`end` is the phrase, `anchor` the span that names another document.

    `days` and `months` are counted from the day of the basis.
    """

    basis: DateBasis
    start: int
    end: int
    on: date | None = None
    days: int | None = None
    months: int | None = None
    anchor: tuple[int, int] | None = None
    plain: bool = True  # a day of the calendar or of a text; not a month, a year or "sau …", which titles speak of too


UNDATED = When(DateBasis.UNSTATED, 0, 0)  # some event no text dates


def first_when(text: str, start: int = 0, end: int | None = None) -> When | None:
    """The first phrase in a stretch of text that says since when something holds and can be read, or None."""
    stop = len(text) if end is None else end
    return next((when for when in times_in(text, start, stop) if when.basis is not DateBasis.UNSTATED), None)


def times_in(text: str, start: int, end: int) -> Iterator[When]:
    """The time phrases of a stretch in order, those that cannot be read too."""
    at = start
    while opened := _OPENS.search(text, at, end):
        when = time_at(text, opened.start(), end) or replace(UNDATED, start=opened.start(), end=opened.end())
        yield when
        at = max(when.end, opened.end())


def time_behind(text: str, start: int, end: int) -> When | None:
    """The time phrase that stands right behind a verb, "thi hành" and a comma between them at most; None where none does."""
    joint = _JOINT.match(text, start, end)
    at = joint.end() if joint else start
    if (when := time_at(text, at, end)) is not None:
        return when
    bare = _BARE.match(text, at, end)
    if bare is None:
        return None
    when = _read(text, bare.end(), end)
    return when if when and when.plain else replace(UNDATED, start=at, end=bare.end())


def time_at(text: str, at: int, end: int) -> When | None:
    """The time phrase that begins at a place: read, or `UNSTATED` where it cannot be; None where none begins there."""
    opened = _OPENS.match(text, at, end)
    if opened is None:
        return None
    return _read(text, at, end) or replace(UNDATED, start=at, end=opened.end())


def _read(text: str, at: int, end: int) -> When | None:
    stop = min(end, at + _SPAN)
    for read in (_calendar, _own, _signed, _gazette, _sum, _anchored, _through):
        if (when := read(text, at, stop)) is not None:
            return when
    return None


def _calendar(text: str, at: int, end: int) -> When | None:
    lead = _LEAD.match(text, at, end)
    assert lead is not None
    printed = days_at(text, lead.end(), end)
    if printed is None or (lead["vague"] and not printed.is_day):
        return None
    day = printed.after if lead["after"] else printed.first
    plain = printed.is_day and not lead["after"]
    return When(DateBasis.STATED, at, printed.end, on=day, plain=plain) if day else None


def _own(text: str, at: int, end: int) -> When | None:
    found = _OWN.match(text, at, end)
    return _event(found, at, When(DateBasis.OWN_ENTRY, at, found.end())) if found else None


def _signed(text: str, at: int, end: int) -> When | None:
    found = _SIGNED.match(text, at, end)
    return _event(found, at, When(DateBasis.SIGN_DATE, at, found.end())) if found else None


def _gazette(text: str, at: int, end: int) -> When | None:
    found = _GAZETTE.match(text, at, end)
    return When(DateBasis.GAZETTE_PLUS, at, found.end()) if found else None


def _anchored(text: str, at: int, end: int) -> When | None:
    found = _ANCHORED.match(text, at, end) or _ENTRY_OF.match(text, at, end)
    if not found or not found["lead"].strip():
        return None
    return _event(found, at, When(DateBasis.ANCHORED, at, found.end(), anchor=found.span("anchor")))


def _event(found: re.Match[str], at: int, when: When) -> When | None:
    """ "từ ngày", "khi", "cùng thời điểm" an event comes; "sau ngày" is the day behind it."""
    lead = found["lead"].lower().split()
    if not lead:
        return None
    return _counted(when, "ngày", 1) if lead[0] == "sau" and lead[-1] == "ngày" else when


def _sum(text: str, at: int, end: int) -> When | None:
    found = _SUM.match(text, at, end)
    since = _read_event(text, found.end(), end) if found else None
    if not found or since is None:
        return None
    counted = _counted(since, found["unit"].lower(), int(found["n"] or found["n2"]))
    return replace(counted, start=at) if counted else None


def _read_event(text: str, at: int, end: int) -> When | None:
    """What a number of days or months is counted from."""
    for read in (_calendar, _own, _signed, _gazette, _anchored):
        if (when := read(text, at, end)) is not None:
            return when
    return None


_COUNTED_FROM = {DateBasis.OWN_ENTRY: DateBasis.ENTRY_PLUS, DateBasis.SIGN_DATE: DateBasis.SIGN_PLUS}


def _counted(when: When, unit: str, count: int) -> When | None:
    """The phrase, so many days, months or years later."""
    months = {"tháng": count, "năm": 12 * count}.get(unit)
    if when.on:
        return replace(when, on=months_on(when.on, months) if months else when.on + timedelta(days=count))
    if when.basis is DateBasis.GAZETTE_PLUS and months:
        return None
    return replace(when, basis=_COUNTED_FROM.get(when.basis, when.basis), days=None if months else count, months=months)


def _through(text: str, at: int, end: int) -> When | None:
    out = _out_at(text, at, end)
    return When(DateBasis.STATED, at, out[1], on=out[0], plain=False) if out else None


def _out_at(text: str, at: int, end: int) -> tuple[date, int] | None:
    lead = _THROUGH.match(text, at, end)
    printed = days_at(text, lead.end(), end) if lead else None
    if not lead or printed is None:
        return None
    if not printed.is_day and not (lead["through"] or lead["before"]):
        return None  # "đến năm 2030" may be its first day or its last
    day = printed.first if lead["before"] else printed.after
    return (day, printed.end) if day else None


def first_day_out(text: str, start: int = 0, end: int | None = None) -> tuple[date, int] | None:
    """The first day on which a stated term has run out, and where the phrase begins.

    "đến hết ngày 28/02/2027" and "đến ngày 28/02/2027" run through that day; "đến trước ngày 01/3/2027" ends on its eve.
    """
    stop = len(text) if end is None else end
    for found in _THROUGH.finditer(text, start, stop):
        if out := _out_at(text, found.start(), stop):
            return out[0], found.start()
    return None


def moved_to(text: str, start: int, end: int) -> When | None:
    """The new day of what is put off ("lùi … đến ngày 01/01/2027", "… từ ngày A sang ngày B") and where its phrase begins.

    "đến ngày D" is the first day of force here; "đến hết ngày D" the day behind it. None where no new day is named.
    """
    moved = _MOVES.search(text, start, end)
    if moved is None:
        return None
    lead = _MOVED_LEAD.match(text, moved.end(), end)
    assert lead is not None
    printed = days_at(text, lead.end(), end)
    if printed and printed.first and (printed.is_day or lead["through"]):
        return When(DateBasis.STATED, moved.start(), printed.end, on=printed.after if lead["through"] else printed.first)
    event = None if printed else _read_event(text, moved.end(), min(end, moved.end() + _SPAN))
    return replace(event or replace(UNDATED, end=moved.end()), start=moved.start())


def end_of_another(text: str, start: int, end: int) -> When | None:
    """ "… đến khi Nghị quyết số … hết hiệu lực": a term that runs as long as another text."""
    found = _TO_THE_END_OF.search(text, start, end)
    return When(DateBasis.ANCHORED_END, found.start(), found.end(), anchor=found.span("anchor")) if found else None
