"""What addresses of units and figures have in common: a day, a page's number, an order, a unit's id."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from fastapi.responses import RedirectResponse

from queries.asked import unit_asked
from rasoat.units import country
from web.asked_page import AskedPage

DEEPEST = 10_000  # pages
ListPage = Annotated[int, Query(alias="trang", ge=1, le=DEEPEST)]
DayGiven = Annotated[str, Query(alias="ngay", max_length=10)]
OrderGiven = Annotated[str, Query(alias="xep", max_length=20)]
UnitGiven = Annotated[str, Query(alias="co-quan", max_length=200)]
FieldGiven = Annotated[str | None, Query(alias="linh-vuc", max_length=300)]
ChannelGiven = Annotated[Literal["", "premises", "portal", "national_database"], Query(alias="kenh")]
TableFile = Literal["csv", "xlsx"]


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
