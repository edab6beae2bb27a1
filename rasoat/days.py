"""Days as people type them, and the calendar counted on from one."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from rasoat.trouble import Trouble

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


def day_field(asked: Mapping[str, Any], name: str, called: str | None = None) -> date | None:
    """A day among the fields of a question, `called` so where it is refused; None where it is left out.

    Raises:
        Trouble: it is no day.
    """
    value = asked.get(name)
    if value is None or isinstance(value, date):
        return value
    if found := day_typed(str(value)):
        return found
    raise Trouble("question.day", name=called or name, value=str(value))


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of its month where there is none (Bộ luật Dân sự Điều 147, 148)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
