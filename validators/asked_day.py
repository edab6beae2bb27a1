"""A day asked about that notes what it was compared with: for which other days the answer would be the same.

The rules and the validity graph do nothing with the day asked about but compare it with days of the facts. Two days that stand
in the same order to every day that was met get the same answer, so one answer holds on a whole stretch of days, and nobody has
to list by hand on which days each rule may change its mind. Any other use of the day (arithmetic, its year, its words) would make
an answer of that one day only: it is an error here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from datetime import date, timedelta
from typing import Generic, NoReturn, TypeVar

EVER, NEVER = date.min, date.max  # the first day there is, and the day after all that are asked about
_DAY = timedelta(days=1)

T = TypeVar("T")


class AskedDay(date):  # noqa: PLW1641 (an answer kept under such a day would be one of that day only)
    """A day that can be compared with other days, and with nothing else. What holds on it holds from `since` to the day before `until`."""

    __slots__ = ("plain", "since", "until")

    plain: date
    since: date
    until: date

    def __new__(cls, day: date) -> AskedDay:
        asked = super().__new__(cls, day.year, day.month, day.day)
        asked.plain, asked.since, asked.until = day, EVER, NEVER
        return asked

    def narrow(self, since: date, until: date) -> None:
        """An answer was used that holds on these days only."""
        if since > self.since:
            self.since = since
        if until < self.until:
            self.until = until

    def _met(self, other: date) -> None:
        """An answer turns on that very day."""
        if self.plain < other:
            if other < self.until:
                self.until = other
        elif other > self.since:
            self.since = other

    def _passed(self, other: date) -> None:
        """An answer turns on the day after."""
        if other < NEVER:
            self._met(other + _DAY)

    def __lt__(self, other: date, /) -> bool:
        self._met(other)
        return self.plain < other

    def __ge__(self, other: date, /) -> bool:
        self._met(other)
        return self.plain >= other

    def __le__(self, other: date, /) -> bool:
        self._passed(other)
        return self.plain <= other

    def __gt__(self, other: date, /) -> bool:
        self._passed(other)
        return self.plain > other

    def __eq__(self, other: object, /) -> bool:
        if not isinstance(other, date):
            return False
        self._met(other)
        self._passed(other)
        return self.plain == other

    def __ne__(self, other: object, /) -> bool:
        return not self == other

    def _only_compared(self, *_: object) -> NoReturn:
        raise TypeError("the day asked about may be compared with other days, and nothing else")

    __add__ = __radd__ = __sub__ = __rsub__ = __hash__ = __str__ = __format__ = _only_compared
    isoformat = toordinal = strftime = timetuple = weekday = isocalendar = replace = _only_compared  # type: ignore[assignment]
    year = month = day = property(_only_compared)


def through(ask: Callable[[AskedDay], T], since: date = EVER, until: date = NEVER) -> Iterator[tuple[date, date, T]]:
    """The answers from `since` to the day before `until`, each with the first day it holds on and the first it does not."""
    day = since
    while day < until:
        asked = AskedDay(day)
        answer = ask(asked)
        end = min(asked.until, until)
        yield day, end, answer
        day = end


class AnswersByDay(Generic[T]):
    """Answers to questions, each kept for the days it holds on, so that one day's work serves the others."""

    def __init__(self, limit: int = 1 << 18) -> None:
        self._limit, self._count = limit, 0
        self._held: dict[Hashable, tuple[list[date], list[tuple[date, T]]]] = {}

    def answer(self, question: Hashable, day: AskedDay, ask: Callable[[AskedDay], T]) -> T:
        """The answer on a day; the day is narrowed to those it holds on."""
        starts, answers = self._held.setdefault(question, ([], []))
        at = bisect_right(starts, day.plain) - 1
        if at >= 0 and day.plain < answers[at][0]:
            until, answer = answers[at]
            day.narrow(starts[at], until)
            return answer
        inner = AskedDay(day.plain)
        answer = ask(inner)
        day.narrow(inner.since, inner.until)
        # What the answer turned on may have been more than it had to: a stretch known already keeps its days.
        since = max(inner.since, answers[at][0]) if at >= 0 else inner.since
        until = min(inner.until, starts[at + 1]) if at + 1 < len(starts) else inner.until
        starts.insert(at + 1, since)
        answers.insert(at + 1, (until, answer))
        self._count += 1
        if self._count > self._limit:
            self._held.clear()
            self._count = 0
        return answer

    def forget(self, of: Callable[[Hashable], bool]) -> None:
        """Answers to some questions hold no longer."""
        for question in [question for question in self._held if of(question)]:
            del self._held[question]
