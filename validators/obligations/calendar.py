"""Working days in Vietnam: weekends, public holidays and the Saturdays worked in exchange (Bộ luật Lao động Điều 112).

The days come from the `holidays` library, which follows the yearly announcements; a year it has no announcement for yet
is counted by the fixed holidays alone.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=1)
def _vietnam() -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=range(2010, 2031))


def is_working_day(day: date) -> bool:
    """Whether offices work on a day; a Saturday worked in exchange for a day off counts."""
    return bool(_vietnam().is_working_day(day))


@lru_cache(maxsize=8192)
def after_working_days(start: date, count: int) -> date:
    """The last day of a term of `count` working days that begins the day after `start` (signing on Monday + 5 = next Monday).

    Raises:
        ValueError: `count` is negative.
    """
    if count < 0:
        raise ValueError("a term has no negative length")
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
