"""What stands behind the question mark of an address, read in one way for every page: a day, a page's number, a unit's id."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Query
from fastapi.responses import RedirectResponse

from queries.asked import unit_asked
from rasoat.days import day_typed
from rasoat.trouble import Trouble
from rasoat.units import country
from web.asked_page import AskedPage

DEEPEST = 10_000  # pages
PageNumber = Annotated[int, Query(alias="trang", ge=1, le=DEEPEST)]
DayGiven = Annotated[str, Query(alias="ngay", max_length=10)]
OrderGiven = Annotated[str, Query(alias="xep", max_length=20)]
_FIRST, _LAST = date(1945, 9, 2), date(2100, 12, 31)


def asked_day(asked: AskedPage, given: str) -> date:
    """The day that a page is about: today where none is given.

    Raises:
        Trouble: it is no day, or one that nothing can be known of.
    """
    if not given:
        return asked.day
    found = day_typed(given)
    if found is None or not _FIRST <= found <= _LAST:
        raise Trouble("question.typed_day", name="ngay", value=given)
    return found


class OtherAddress(Exception):
    """What is asked for stands at another address: an old or written name of a unit."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def asked_unit(asked: AskedPage, given: str, below: str) -> str:
    """The id of a unit in an address; a name of any time leads to the address of today's unit below `below`.

    Raises:
        OtherAddress: it is a name, and one unit's.
        Trouble: no unit has it; the nearest are named.
    """
    if given in country():
        return given
    raise OtherAddress(asked.to(f"{below}/{unit_asked(given[:200]).id}"))


def moved(error: OtherAddress) -> RedirectResponse:
    """The way to the other address."""
    return RedirectResponse(error.address, 301)
