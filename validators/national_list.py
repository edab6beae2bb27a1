"""The days on which the national database's own list was seen whole: as many different procedures as it says it holds.

All is told from the store: which pages were received on a day, what each says of the list, and whether each of their rows was
read. A list that states no total, that breaks off, that repeats one procedure where another is missing, that holds a row nobody
could read, or that suddenly lacks more than its source declares possible, is no look: what is absent from it accuses nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice, takewhile
from typing import Any

from sqlalchemy import Connection, and_, exists, select

from extractors.sources.dichvucong import SOURCE
from extractors.sources.source import LISTING
from rasoat.records import Origin
from rasoat.records.postings import Channel, Look
from rasoat.store.schema import answers, listings, pieces, places, refusals
from rasoat.units import NATION

_SAYS = "danh sách thủ tục của Cổng"


@dataclass(frozen=True, slots=True)
class _DaysList:
    """The list of one day: the capture of its first page, and how many different procedures it named."""

    capture: str
    size: int


def national_looks(connection: Connection, until: date | None = None) -> Iterator[Look]:
    """The whole looks of the days up to `until`, the newest first. Each costs a few queries when it is asked for, not before."""

    @cache
    def seen(day: date) -> _DaysList | None:
        return _whole_list(connection, day)

    days = _days(connection, until)
    for at, day in enumerate(days):
        found = seen(day)
        if found and not _shrunk(found.size, _before(day, days[at + 1 :], seen)):
            yield Look(NATION, Channel.NATIONAL_DATABASE, day, Origin(found.capture, _SAYS), complete=True)


def _days(connection: Connection, until: date | None) -> list[date]:
    query = select(answers.c.observed_on).distinct().where(answers.c.source == SOURCE.name, answers.c.request.like("list/%"))
    query = query.where(answers.c.observed_on <= until) if until else query
    return list(connection.scalars(query.order_by(answers.c.observed_on.desc())))


def _before(day: date, earlier: list[date], seen: Callable[[date], _DaysList | None]) -> list[int]:
    """How long the list was on the days within which a change settles, or where it was not seen on them the last time before."""
    settling = day - timedelta(days=SOURCE.extent.settles)
    recent = [found.size for one in takewhile(lambda one: one >= settling, earlier) if (found := seen(one))]
    older = (found.size for one in earlier if (found := seen(one)))
    return recent or list(islice(older, 1))


def _shrunk(now: int, before: list[int]) -> bool:
    extent = SOURCE.extent
    return any(not extent.may_shrink(now, size, extent.few) for size in before)


def _whole_list(connection: Connection, day: date) -> _DaysList | None:
    """The list of a day, or None where it was not seen whole. What several crawls of a day saw is one list, if all say the same of it."""
    pages = _pages(connection, day)
    first = min((page.sha256 for page in pages if page.request.endswith("/") and page.request.count("/") == 2), default=None)
    if first is None or any(page.doubtful or page.ids is None for page in pages):
        return None
    ids = {named for page in pages for named in page.ids}
    return _DaysList(first, len(ids)) if ids and {page.total for page in pages} == {len(ids)} else None


def _pages(connection: Connection, day: date) -> Sequence[Any]:
    """Each page of the list that was received on a day, what it says, and whether a row of it could not be read."""
    here = and_(places.c.source == answers.c.source, places.c.request == answers.c.request, places.c.sha256 == answers.c.sha256)
    says = and_(here, places.c.piece.in_(select(pieces.c.piece).where(pieces.c.source == SOURCE.name, pieces.c.kind == LISTING)))
    other = places.alias()
    unread = select(1).where(
        other.c.source == answers.c.source,
        other.c.request == answers.c.request,
        other.c.sha256 == answers.c.sha256,
        refusals.c.piece == other.c.piece,
        refusals.c.outcome == "quarantined",
    )
    query = (
        select(
            answers.c.request, answers.c.sha256, exists(unread).label("doubtful"), listings.c.total, listings.c.next_page, listings.c.ids
        )
        .select_from(answers.outerjoin(places, says).outerjoin(listings, listings.c.piece == places.c.piece))
        .where(answers.c.source == SOURCE.name, answers.c.observed_on == day, answers.c.request.like("list/%"))
    )
    return connection.execute(query).all()
