"""The day that an address asks about."""

from __future__ import annotations

from datetime import date

from rasoat.days import day_typed
from rasoat.trouble import Trouble

_FIRST, _LAST = date(1945, 9, 2), date(2100, 12, 31)  # before the State, and beyond any term


def day_asked(given: str, default: date, name: str = "ngay") -> date:
    """A day as an address or a form gives it, 2026-06-10 or 10/06/2026; the default where none is given.

    Raises:
        Trouble: it is no such day, or one that nothing can be said of.
    """
    if not given.strip():
        return default
    found = day_typed(given)
    if found is None or not _FIRST <= found <= _LAST:
        raise Trouble("question.typed_day", name=name, value=given[:40])
    return found
