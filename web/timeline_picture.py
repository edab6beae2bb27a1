"""Where the stretches of a timeline and the marks under it stand in a picture of fixed width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from queries.document_card import StretchLine

WIDTH = 720
_MARKS = 10
_EDGE = 14  # a year nearer to the edge than this would stand half outside


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """A stretch as a bar: where it begins and how wide it is."""

    at: float
    width: float
    status: str


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """Bars, years with their places, and the place of the day asked about."""

    width: int
    bars: list[TimelineBar]
    years: list[tuple[int, float]]
    now: float
    now_anchor: str


def timeline_picture(stretches: Sequence[StretchLine], as_of: date) -> TimelinePicture:
    """The picture of stretches that follow each other, the day asked about among them."""
    begin, end = stretches[0].start, stretches[-1].end
    span = max((end - begin).days, 1)

    def x(day: date) -> float:
        return round((day - begin).days * WIDTH / span, 1)

    bars = [TimelineBar(x(one.start), max(round(x(one.end) - x(one.start), 1), 1), one.status) for one in stretches]
    step = max(1, -(-(end.year - begin.year) // _MARKS))
    years = [
        (year, x(date(year, 1, 1)))
        for year in range(begin.year + 1, end.year + 1)
        if year % step == 0 and _EDGE <= x(date(year, 1, 1)) <= WIDTH - _EDGE
    ]
    now = x(as_of)
    return TimelinePicture(WIDTH, bars, years, now, "start" if now < 90 else "end" if now > WIDTH - 90 else "middle")
