"""When an effect begins and ends, as Vietnamese law words it (Luật 64/2025/QH15 Điều 53, and the older "sau N ngày")."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from rasoat.records import DateBasis

TYPE_WORDS = (
    r"(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Chỉ thị|"
    r"Thông tư liên tịch|Thông tư liên bộ|Thông tư|Lệnh)"
)
SELF = rf"(?:{TYPE_WORDS}|Quy chế|Quy định|Văn bản) này"
_DAY = r"(?:ngày\s*)?(?P<d>\d{1,2})\s*(?:tháng|[/.-])\s*(?P<m>\d{1,2})\s*(?:năm|[/.-])\s*(?P<y>\d{4})"
_SINCE = r"(?:bắt đầu\s+|tính\s+)?(?:kể\s+từ|từ|vào)"
_COUNT = r"(?P<n>\d{1,3})(?:\s*\([^)]*\))?|(?P<words>[a-zđà-ỹ ]{2,24}?)\s*\(\s*(?P<n2>\d{1,3})\s*\)"
_ENTRY_WORDS = r"(?:bắt\s+đầu\s+)?(?:chính\s+thức\s+)?có\s+hiệu\s+lực"

_STATED = re.compile(rf"{_SINCE}\s+{_DAY}", re.IGNORECASE)
_OWN = re.compile(rf"(?:{_SINCE}|khi|cùng)\s*(?:ngày|thời điểm)?\s*{SELF}\s+{_ENTRY_WORDS}", re.IGNORECASE)
_SIGNED = re.compile(rf"{_SINCE}\s+ngày\s+(?:được\s+)?(?:ký|ban hành|thông qua)", re.IGNORECASE)
_AFTER_SIGNING = re.compile(
    rf"sau\s+(?:{_COUNT})\s*ngày(?:\s+làm việc)?\s*,?\s*(?:kể\s+)?(?:từ\s+)?ngày\s+(?:được\s+)?(?:ký|ban hành|thông qua)", re.IGNORECASE
)
_AFTER_GAZETTE = re.compile(
    rf"(?:sau\s+(?:{_COUNT})\s*ngày\s*,?\s*)?(?:kể\s+)?(?:từ\s+)?ngày\s+(?:được\s+)?(?:đăng|đăng tải)\s+(?:trên\s+)?công báo", re.IGNORECASE
)
_ANCHORED = re.compile(
    rf"(?:{_SINCE})\s*(?:ngày|thời điểm)\s+(?P<anchor>(?!{SELF})(?:các\s+)?(?:{TYPE_WORDS}|Hiệp định|Điều ước|Công ước|Nghị định thư)\b[^;.]{{2,260}}?)\s+{_ENTRY_WORDS}",
    re.IGNORECASE,
)
_THROUGH = re.compile(rf"(?:cho\s+)?đến\s+(?:hết\s+)?{_DAY}", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:cho\s+)?đến\s+trước\s+{_DAY}", re.IGNORECASE)
_THROUGH_YEAR = re.compile(r"(?:cho\s+)?đến\s+hết\s+(?:tháng\s+(?P<m>\d{1,2})\s*(?:năm|/)\s*|năm\s+)(?P<y>\d{4})", re.IGNORECASE)


# "trong thời hạn 03 năm kể từ ngày có hiệu lực", "sau 24 tháng kể từ ngày ban hành"
_LASTS = re.compile(
    rf"(?:trong\s+(?:vòng\s+)?(?:thời\s+(?:hạn|gian)\s+)?(?:là\s+)?|thời\s+hạn\s+(?:là\s+)?|sau\s+)(?:{_COUNT})\s*(?P<unit>năm|tháng)\b"
    rf"(?:\s*,?\s*(?:kể\s+)?từ\s+(?:ngày|khi)\s+(?:(?P<signed>ký|ban\s+hành|được\s+(?:ký|ban\s+hành|thông\s+qua)|thông\s+qua)|(?P<entry>(?:{SELF}\s+)?{_ENTRY_WORDS})|(?P<day>{_DAY})|(?P<other>\S)))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Length:
    """A term given as a length: so many months from signing, from entry into force, or from a day."""

    months: int
    start: int
    since: date | None = None
    from_signing: bool = False

    def first_day_out(self, begun: date | None) -> date | None:
        """The first day after the term, counted from `begun` where the words give no day themselves."""
        since = self.since or begun
        if since is None:
            return None
        year, month = divmod(since.year * 12 + since.month - 1 + self.months, 12)
        return date(year, month + 1, min(since.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class When:
    """The day a phrase names and how; `start`:`end` is the phrase, `anchor` the span that names another document."""

    basis: DateBasis
    start: int
    end: int
    on: date | None = None
    days: int | None = None
    anchor: tuple[int, int] | None = None


UNDATED = When(DateBasis.UNSTATED, 0, 0)  # some event no text dates


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _days(found: re.Match[str]) -> int | None:
    digits = found["n"] or found["n2"]
    return int(digits) if digits else None


def first_when(text: str, start: int = 0, end: int | None = None) -> When | None:
    """The first phrase in a stretch of text that says since when something holds, or None where no phrase does."""
    stop = len(text) if end is None else end
    found = [when for read in (_read_stated, _read_own, _read_signed, _read_anchored) if (when := read(text, start, stop))]
    return min(found, key=lambda when: (when.start, -when.end), default=None)


def _read_stated(text: str, start: int, end: int) -> When | None:
    for found in _STATED.finditer(text, start, end):
        if day := _date(found):
            return When(DateBasis.STATED, found.start(), found.end(), on=day)
    return None


def _read_own(text: str, start: int, end: int) -> When | None:
    found = _OWN.search(text, start, end)
    return When(DateBasis.OWN_ENTRY, found.start(), found.end()) if found else None


def _read_signed(text: str, start: int, end: int) -> When | None:
    if found := _AFTER_SIGNING.search(text, start, end):
        return When(DateBasis.SIGN_PLUS, found.start(), found.end(), days=_days(found))
    if found := _AFTER_GAZETTE.search(text, start, end):
        return When(DateBasis.GAZETTE_PLUS, found.start(), found.end(), days=_days(found))
    found = _SIGNED.search(text, start, end)
    return When(DateBasis.SIGN_DATE, found.start(), found.end()) if found else None


def _read_anchored(text: str, start: int, end: int) -> When | None:
    found = _ANCHORED.search(text, start, end)
    return When(DateBasis.ANCHORED, found.start(), found.end(), anchor=found.span("anchor")) if found else None


def first_day_out(text: str, start: int = 0, end: int | None = None) -> tuple[date, int] | None:
    """The first day on which a stated term has run out, and where the phrase begins.

    "đến hết ngày 28/02/2027" and "đến ngày 28/02/2027" run through that day; "đến trước ngày 01/3/2027" ends on its eve.
    """
    stop = len(text) if end is None else end
    if (found := _BEFORE.search(text, start, stop)) and (day := _date(found)):
        return day, found.start()
    if (found := _THROUGH.search(text, start, stop)) and (day := _date(found)):
        return day + timedelta(days=1), found.start()
    if found := _THROUGH_YEAR.search(text, start, stop):
        year, month = int(found["y"]), int(found["m"] or 12)
        if 1 <= month <= 12:
            return date(year, month, calendar.monthrange(year, month)[1]) + timedelta(days=1), found.start()
    return None


def length_in(text: str, start: int, end: int) -> Length | None:
    """The first term in a stretch that is given as a number of years or months from a known kind of day."""
    found = _LASTS.search(text, start, end)
    count = _days(found) if found else None
    if not found or not count or found["other"]:
        return None
    months = count * (12 if found["unit"].lower() == "năm" else 1)
    return Length(months, found.start(), _date(found) if found["day"] else None, bool(found["signed"]))
