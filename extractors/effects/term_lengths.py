"""Terms given as a length: "trong thời hạn 03 năm kể từ ngày có hiệu lực", "sau 24 tháng kể từ ngày ban hành"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.effects.effect_dates import COUNT, ENTRY_WORDS, SELF
from extractors.effects.printed_days import days_at
from rasoat.days import months_on

_LASTS = re.compile(
    rf"(?:trong\s+(?:vòng\s+)?(?:thời\s+(?:hạn|gian)\s+)?(?:là\s+)?|thời\s+hạn\s+(?:là\s+)?|sau\s+)(?:{COUNT})\s*(?P<unit>năm|tháng)\b"
    rf"(?:\s*,?\s*(?:kể\s+)?từ\s+(?:(?=ngày\s*\d)(?P<day>)|(?:ngày|khi)\s+(?:(?P<signed>ký|ban\s+hành|được\s+(?:ký|ban\s+hành|thông\s+qua)|thông\s+qua)|"
    rf"(?P<entry>(?:{SELF}\s+)?{ENTRY_WORDS})|(?P<other>\S))))?",
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
        return since and months_on(since, self.months)


def length_in(text: str, start: int, end: int) -> Length | None:
    """The first term in a stretch that is given as a number of years or months from a known kind of day."""
    found = _LASTS.search(text, start, end)
    if not found or found["other"]:
        return None
    months = int(found["n"] or found["n2"]) * (12 if found["unit"].lower() == "năm" else 1)
    if found["day"] is None:
        return Length(months, found.start(), None, bool(found["signed"]))
    printed = days_at(text, found.end(), end)
    return Length(months, found.start(), printed.first) if months and printed and printed.first else None
