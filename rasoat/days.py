"""Days as people type them."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_VIETNAMESE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def day_typed(text: str) -> date | None:
    """The day that "2026-06-10" or "10/06/2026" (10.06.2026, 10-6-2026) says; None for anything else, and for a day that is none.

    The day always comes before the month, as Vietnamese write it.
    """
    plain = text.strip()
    if found := _ISO.fullmatch(plain):
        year, month, day = map(int, found.groups())
    elif found := _VIETNAMESE.fullmatch(plain):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
