"""Dates of issue beside a citation: attached ("… ngày 08 tháng 6 năm 2010"), or after the title that stands between."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_DAY = (
    r"(?P<d>\d{1,2})\s*+(?:tháng\s*+(?P<m>\d{1,2})\s*+,?\s*+năm\s*+(?P<y>(?:19|20)\d\d)"
    r"|(?P<s>[/.-])\s*+(?P<m2>\d{1,2})\s*+(?P=s)\s*+(?P<y2>(?:19|20)\d\d))"
)
# "… được Hội đồng Nhà nước ban hành ngày …", "… đã được Quốc hội khóa X, kỳ họp thứ 9 thông qua ngày …": how laws without a number are named.
_ADOPTED = r"(?:đã\s++)?được\s++(?:ủy\s++ban\s++thường\s++vụ\s++quốc\s++hội|quốc\s++hội|hội\s++đồng\s++nhà\s++nước|chủ\s++tịch\s++nước)\b[^;.()\n]{0,120}?\s(?:ban\s++hành|thông\s++qua)\s++"
_ATTACHED = re.compile(rf"\s*+,?\s*+\(?(?:{_ADOPTED}|(?:được\s++)?ban\s++hành\s++|ký\s++)?ngày\s*+:?\s*+{_DAY}")
_LATER = re.compile(rf"(?P<pre>(?:ban\s+hành|ký)\s+)?ngày\s+{_DAY}(?P<post>\s*(?:của\s|do\s|,?\s*có\s+hiệu\s+lực|[);.]|$|\n))?")
_NOT_ISSUE = re.compile(r"(?:từ|kể\s+từ|hiệu\s+lực|trước|sau|đến|hết|vào|thi\s+hành|áp\s+dụng)\s*(?:ngày\s*)?$")


_PROMULGATED = re.compile(rf"[^()\n]*?ban\s+hành\s+ngày\s+{_DAY}\s*\)")


class Dated(NamedTuple):
    """A date and where its words end in the reading copy."""

    day: date | None
    end: int


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]), int(found["d"]))
    except ValueError:
        return None


def attached(low: str, at: int) -> Dated | None:
    """The date that follows at once, or None."""
    found = _ATTACHED.match(low, at)
    return Dated(_day(found), found.end()) if found else None


def detached(low: str, at: int, stop: int) -> Dated | None:
    """The date of issue after the title in [at, stop), never a date of effect."""
    for found in _LATER.finditer(low, at, stop):
        if (found["pre"] or found["post"]) and not _NOT_ISSUE.search(low, max(at, found.start() - 25), found.start()):
            return Dated(_day(found), found.end("y") if found["y"] else found.end("y2"))
    return None


def promulgated(low: str, at: int, stop: int) -> Dated | None:
    """The date of a note in brackets that ends with it: "(… Pháp lệnh 02/2012/UBTVQH13 Chi phí …; … ban hành ngày 28/03/2012)"."""
    found = _PROMULGATED.match(low, at, stop)
    return Dated(_day(found), found.end("y") if found["y"] else found.end("y2")) if found else None
