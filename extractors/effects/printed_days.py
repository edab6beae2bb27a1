"""A stretch of the calendar as law prints it: a day, with its hour or without, a month, a quarter, a year.

The slips that typists and scanners make are read where they leave no doubt ("ngày 0l tháng 7 năm 2 027", "01/01/27"). A
school year, a budget year or a tax period is none: from it on a text is applied, and that is no day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from rasoat.days import months_on

_HOUR = r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h|:)\s*(?:(?P<minute>\d{1,2})\s*(?:phút|p)?)?\s*,?\s*(?:của\s+)?)?"
_YEAR = r"(?:[12]\s?\d{3}|\d{2}\s\d{2})(?!\d)"
_DAY = re.compile(
    rf"{_HOUR}(?:"
    rf"(?:ngày\s*)?(?:m[ồù]ng\s*)?(?P<d>[0-3]\s?[\dl]|\d)\s*t?háng\s*(?P<m>[01]\s?[\dl]|\d)\s*năm\s*(?P<y>{_YEAR})"
    r"|(?:ngày\s*)?(?:m[ồù]ng\s*)?(?P<d2>\d{1,2})\s*[/.-]\s*(?P<m2>\d{1,2})\s*[/.-]\s*(?P<y2>\d{4})(?![\d/])"
    r"|ngày\s*(?P<d3>\d{1,2})[/.-](?P<m3>\d{1,2})[/.-](?P<y3>\d{2})(?![\d/])"
    r")",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"tháng\s*(?P<m>\d{{1,2}})\s*(?:năm\s*|[/-]\s*)(?P<y>{_YEAR})", re.IGNORECASE)
_QUARTER = re.compile(rf"quý\s*(?P<q>I{{1,3}}|IV|[1-4])\s*(?:năm\s*|[/-]\s*)(?P<y>{_YEAR})", re.IGNORECASE)
_WHOLE_YEAR = re.compile(rf"năm\s*(?P<y>{_YEAR})(?!\s*[-–/]\s*\d)", re.IGNORECASE)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_YEARS = range(1945, 2200)
_LAST_CENTURY = 45  # "31/12/95" is 1995; no law is older than 1945


@dataclass(frozen=True, slots=True)
class PrintedDays:
    """`first` is the first day of the stretch, `after` the first day behind it; both None where no calendar has it (31/02)."""

    first: date | None
    after: date | None
    end: int
    is_day: bool = True


def days_at(text: str, at: int, end: int) -> PrintedDays | None:
    """The day, month, quarter or year that is printed at a place, or None where none is."""
    if found := _DAY.match(text, at, end):
        return _of_day(found)
    if found := _MONTH.match(text, at, end):
        return _of_months(found, int(found["m"]), 1)
    if found := _QUARTER.match(text, at, end):
        quarter = _QUARTERS.get(found["q"].upper()) or int(found["q"])
        return _of_months(found, 3 * quarter - 2, 3)
    found = _WHOLE_YEAR.match(text, at, end)
    return _of_months(found, 1, 12) if found else None


def _of_day(found: re.Match[str]) -> PrintedDays:
    numbers = [found[name] or found[f"{name}2"] or found[f"{name}3"] for name in "dmy"]
    day, month, year = (int(re.sub(r"\s", "", number).replace("l", "1")) for number in numbers)
    if found["y3"]:
        year += 1900 if year >= _LAST_CENTURY else 2000
    first = _day(year, month, day)
    hour, minute = int(found["hour"] or 0), int(found["minute"] or 0)
    if first is None or minute or hour not in (0, 24):
        return PrintedDays(None, None, found.end())  # the middle of a day is no first day
    if hour:
        first += timedelta(days=1)
        return PrintedDays(first, first, found.end())
    return PrintedDays(first, first if found["hour"] else first + timedelta(days=1), found.end())


def _of_months(found: re.Match[str], month: int, count: int) -> PrintedDays:
    first = _day(int(re.sub(r"\s", "", found["y"])), month, 1)
    return PrintedDays(first, first and months_on(first, count), found.end(), is_day=False)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
