"""What is published, walked in order: the next few procedures, documents and citing procedures after a name that was read before.

A list goes on after the last name it gave (and not after so many rows): its hundredth page costs what its first does, and a page address
keeps its meaning while rows come and go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, tuple_

from rasoat.store.publications import portions
from rasoat.store.published_findings import is_or_lies_below
from rasoat.store.published_schema import cited_by, procedures_now, published_documents, timelines
from rasoat.store.published_timelines import PublishedRows, storable

_HANDED = 1_000  # rows that a cursor fetches at a time
CitingPlace = tuple[str, str, str]  # procedure, provision, part


def procedures_after(rows: PublishedRows, day: date, after: str, limit: int) -> list[Row[Any]]:
    """The next procedures by code, each in the version judged on a day: code, piece, position, head and citations."""
    if not storable(after):
        return []
    other = procedures_now.alias()
    latest = (
        select(func.max(other.c.from_day))
        .where(other.c.code == procedures_now.c.code, other.c.from_day <= day, rows.publication.sees(other))
        .scalar_subquery()
    )
    table = procedures_now.c
    query = select(table.code, table.piece, table.position, table.head, table.citations).where(
        table.code > after, table.from_day == latest, rows.publication.sees(procedures_now)
    )
    return list(rows.connection.execute(query.order_by(table.code).limit(limit)))


def documents_after(rows: PublishedRows, after: str, limit: int, type_: str | None = None) -> list[str]:
    """The keys of the next documents by printed id."""
    if not storable(after + (type_ or "")):
        return []
    table = published_documents.c
    query = select(table.key).where(table.id > after, rows.publication.sees(published_documents))
    query = query.where(table.type == type_) if type_ else query
    return list(rows.connection.scalars(query.order_by(table.id).limit(limit)))


def whole_answers(rows: PublishedRows, keys: Collection[str], day: date) -> dict[str, Any]:
    """What the timelines of some documents say of the whole text on a day, by key."""
    other = timelines.alias()
    latest = (
        select(func.max(other.c.from_day))
        .where(other.c.key == timelines.c.key, other.c.provision == "", other.c.from_day <= day, rows.publication.sees(other))
        .scalar_subquery()
    )
    query = select(timelines.c.key, timelines.c.data).where(
        timelines.c.key.in_(sorted(keys)), timelines.c.provision == "", timelines.c.from_day == latest, rows.publication.sees(timelines)
    )
    return {row.key: row.data for row in rows.connection.execute(query)}


def citing_after(rows: PublishedRows, key: str, day: date, after: CitingPlace | None, limit: int) -> list[Row[Any]]:
    """The next procedures that cite a document on a day, by code: procedure, provision ("" the whole), part and role."""
    table = cited_by.c
    order = (table.procedure, table.provision, table.part)
    query = select(*order, table.role).where(_cites(rows, key, day))
    if after:
        query = query.where(tuple_(*order) > tuple_(*after))
    return list(rows.connection.execute(query.order_by(*order).limit(limit)))


def citing_number(rows: PublishedRows, key: str, day: date) -> int:
    """How many procedures cite a document on a day."""
    query = select(func.count(func.distinct(cited_by.c.procedure))).where(_cites(rows, key, day))
    return rows.connection.scalar(query) or 0


def number_of_codes(rows: PublishedRows) -> int:
    """How many procedures there are."""
    query = select(func.count(func.distinct(procedures_now.c.code))).where(rows.publication.sees(procedures_now))
    return rows.connection.scalar(query) or 0


def codes_between(rows: PublishedRows, offset: int, limit: int) -> Iterator[str]:
    """Codes of procedures in order, as the database hands them out."""
    query = select(procedures_now.c.code).where(rows.publication.sees(procedures_now)).distinct().order_by(procedures_now.c.code)
    yield from rows.connection.scalars(query.limit(limit).offset(offset).execution_options(yield_per=_HANDED))


def number_of_ids(rows: PublishedRows) -> int:
    """How many documents there are."""
    return (
        rows.connection.scalar(select(func.count()).select_from(published_documents).where(rows.publication.sees(published_documents))) or 0
    )


def ids_between(rows: PublishedRows, offset: int, limit: int) -> Iterator[str]:
    """Printed ids of documents in order, as the database hands them out."""
    query = select(published_documents.c.id).where(rows.publication.sees(published_documents)).order_by(published_documents.c.id)
    yield from rows.connection.scalars(query.limit(limit).offset(offset).execution_options(yield_per=_HANDED))


def cited_by_unit(rows: PublishedRows, keys: Sequence[str], day: date, unit: str) -> list[tuple[str, str]]:
    """Of some documents the (key, provision) that procedures cite on a day which a unit, or one below it, publishes."""
    here, stands = procedures_now.c, rows.publication
    publishes = (
        select(here.code).where(here.code == cited_by.c.procedure, is_or_lies_below(here.publisher_unit, unit), stands.sees(procedures_now))
    ).exists()
    holds = and_(cited_by.c.holds_from <= day, cited_by.c.holds_to > day, stands.sees(cited_by))
    found: set[tuple[str, str]] = set()
    for some in portions(keys):
        query = select(cited_by.c.key, cited_by.c.provision).distinct().where(cited_by.c.key.in_(some), holds, publishes)
        found.update((row.key, row.provision) for row in rows.connection.execute(query))
    return sorted(found)


def newly_ended(rows: PublishedRows, since: date, until: date, limit: int) -> list[Row[Any]]:
    """Documents (provision "") and provisions whose answer becomes expired or suspended on a day after `since`, and not after `until`,
    the latest first: key, provision, from_day and data."""
    table = timelines.c
    query = select(table.key, table.provision, table.from_day, table.data).where(
        table.from_day > since,
        table.from_day <= until,
        or_(table.status == "expired", table.status == "suspended"),
        rows.publication.sees(timelines),
    )
    return list(rows.connection.execute(query.order_by(table.from_day.desc(), table.key, table.provision).limit(limit)))


def _cites(rows: PublishedRows, key: str, day: date) -> ColumnElement[bool]:
    return and_(cited_by.c.key == key, cited_by.c.holds_from <= day, cited_by.c.holds_to > day, rows.publication.sees(cited_by))
