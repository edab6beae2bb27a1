"""What is said of some procedures on a day, worked out once for all units: catalogue, decisions, duties of whoever is asked for.

Thousands of units show the same procedures. What is worked out on one day holds on all days that stand in the same order to every day it
turned on, and it goes on noting what it is compared with: whoever uses it is asked about no more days than these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from validators.asked_day import AskedDay
from validators.coverage.matrix import Matrix
from validators.posting_audit import Country

_LIMIT = 1 << 15  # held at once: the procedures of one province on the days that its units are asked about


@dataclass(frozen=True, slots=True)
class ToldOfCodes:
    """The country that holds nothing but some procedures, and the day it was made for."""

    known: Country
    matrix: Matrix
    day: AskedDay

    def holds_on(self, day: AskedDay) -> bool:
        return self.day.since <= day.plain < self.day.until


T = TypeVar("T")


class HeldCodes:
    """What is said of procedures, as long as there is room for it."""

    def __init__(self) -> None:
        self._held: dict[Hashable, list[ToldOfCodes]] = defaultdict(list)
        self._count = 0

    def ask(self, which: Hashable, day: AskedDay, make: Callable[[AskedDay], ToldOfCodes], use: Callable[[ToldOfCodes], T]) -> T:
        """An answer that follows from what is said of some procedures on a day."""
        while True:
            told = self._on(which, day, make)
            answer = use(told)
            if told.holds_on(day):  # else it turned on a day that nobody had asked about before, between this one and its own
                day.narrow(told.day.since, told.day.until)
                return answer

    def _on(self, which: Hashable, day: AskedDay, make: Callable[[AskedDay], ToldOfCodes]) -> ToldOfCodes:
        for one in self._held[which]:
            if one.holds_on(day):
                return one
        if self._count >= _LIMIT:
            self._held.clear()
            self._count = 0
        made = make(AskedDay(day.plain))
        self._held[which].append(made)
        self._count += 1
        return made
