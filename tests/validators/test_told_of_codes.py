"""What was worked out for one day is used for the days that stand in the same order to all that it turned on, and for no other."""

from __future__ import annotations

from datetime import date
from typing import cast

from validators.asked_day import EVER, NEVER, AskedDay
from validators.coverage.matrix import Matrix
from validators.posting_audit import Country
from validators.told_of_codes import HeldCodes, ToldOfCodes

SIGNED, SEEN = date(2026, 3, 1), date(2026, 6, 1)


def told(day: AskedDay) -> ToldOfCodes:
    return ToldOfCodes(cast("Country", None), cast("Matrix", None), day)


def test_a_day_met_later_parts_those_that_were_thought_alike() -> None:
    held, made = HeldCodes(), list[AskedDay]()

    def make(day: AskedDay) -> ToldOfCodes:
        made.append(day)
        return told(day)

    first = AskedDay(date(2026, 1, 1))
    assert held.ask("code", first, make, lambda one: one.day >= SEEN) is False
    assert (first.since, first.until) == (EVER, SEEN)
    same = AskedDay(date(2026, 4, 1))
    assert held.ask("code", same, make, lambda one: one.day >= SEEN) is False
    assert len(made) == 1
    other = AskedDay(date(2026, 4, 1))  # asked of what was made for January, it would be told what held before the signing
    assert held.ask("code", other, make, lambda one: one.day >= SIGNED) is True
    assert (other.since, other.until) == (SIGNED, NEVER)
    assert len(made) == 2
