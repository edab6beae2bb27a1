"""A finding as it is told on one of the days it holds on: the only words of it that go with the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rasoat.records import Finding

DAYS_LEFT = "(còn … ngày)"  # stands in the message where the days until the end of the stretch of force are counted


def told_on(one: Finding, day: date) -> Finding:
    """The finding with the day it is asked about."""
    message, end = one.message, one.interval.end if one.interval else None
    if end is not None and DAYS_LEFT in message:
        message = message.replace(DAYS_LEFT, f"(còn {(end - day).days} ngày)", 1)
    return replace(one, as_of=day, message=message)


def of_any_day(message: str) -> str:
    """A finding's message without what goes with the day."""
    return message.replace(f" {DAYS_LEFT}", "")
