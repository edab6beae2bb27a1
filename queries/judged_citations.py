"""How many of the citations were judged, and the documents on which nothing could be concluded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from queries.contract import JudgedCount, UnjudgedLine
from queries.finding_filter import FindingFilter
from queries.published_moment import published_rows
from rasoat import words
from rasoat.store.publications import StandingPublication
from rasoat.store.published_findings import is_or_lies_below
from rasoat.store.published_schema import citation_counts, citation_totals, cited_by, published_documents, unjudged
from rasoat.units import country, lies_in
from rasoat.workspace import Workspace
from validators.concerned_units import publishing_unit

if TYPE_CHECKING:
    from validators.checked_days import DayFound


def judged_on(connection: Connection, stands: StandingPublication, as_of: date, asked: FindingFilter) -> JudgedCount:
    """Of the documents that procedures cite on a day, each once a procedure: on how many there is a conclusion.

    The procedures are those that a unit (or one below it) publishes, or the one asked about; with a document its citations alone count.
    Rules, severity and state narrow a list, and not what was judged for it.
    """
    named = {name for name in (asked.subject, asked.document) if name is not None}
    units = {name for name in named if name in country()}
    others = sorted(named - units)
    if not others:
        return _of_publishers(connection, stands, as_of, asked.unit, units)
    known = select(published_documents.c.id, published_documents.c.key)
    rows = connection.execute(known.where(published_documents.c.id.in_(others), stands.sees(published_documents)))
    keys = {row.id: row.key for row in rows}
    return _of_citations(connection, stands, as_of, asked.unit, units, [one for one in others if one not in keys], keys.values())


def judged_each(work: Workspace, as_of: date) -> dict[str, JudgedCount]:
    """The same of each procedure on its own, by code."""
    with published_rows(work) as rows:
        table = citation_counts.c
        query = select(table.code, table.judged, table.cited).where(_holds(rows.publication, citation_counts, as_of))
        return {row.code: JudgedCount(done=row.judged, all=row.cited) for row in rows.connection.execute(query)}


def judged_in(found: DayFound, asked: FindingFilter, keys: Mapping[str, str]) -> JudgedCount:
    """The same of a day that was judged in memory; `keys` are those of documents by printed id."""
    named = {name for name in (asked.subject, asked.document) if name is not None}
    units, wanted = {name for name in named if name in country()}, {keys[name] for name in named if name in keys}
    codes = named - units - keys.keys()
    done = everything = 0
    for code, cited in found.cited.items():
        publisher = publishing_unit(found.procedures[code]) or ""
        if (asked.unit and not lies_in(publisher, asked.unit)) or units - {publisher} or codes - {code}:
            continue
        told = [reached for key, reached in cited.items() if not wanted or key in wanted]
        done, everything = done + sum(told), everything + len(told)
    return JudgedCount(done=done, all=everything)


def _of_publishers(
    connection: Connection, stands: StandingPublication, as_of: date, head: str | None, units: Collection[str]
) -> JudgedCount:
    """Of the procedures that some units publish, or of all."""
    table = citation_totals.c
    query = select(func.coalesce(func.sum(table.judged), 0), func.coalesce(func.sum(table.cited), 0))
    query = query.where(stands.sees(citation_totals), table.day <= as_of)
    publishers = _publishers(table.unit, head, units) or [table.unit == ""]
    done, everything = connection.execute(query.where(*publishers)).one()
    return JudgedCount(done=done, all=everything)


def _of_citations(
    connection: Connection,
    stands: StandingPublication,
    as_of: date,
    head: str | None,
    units: Collection[str],
    codes: Collection[str],
    keys: Collection[str],
) -> JudgedCount:
    """Of some procedures and of the citations of some documents, as far as these units publish them."""
    table = citation_counts.c
    query = select(func.coalesce(func.sum(table.judged), 0), func.coalesce(func.sum(table.cited), 0))
    where = [_holds(stands, citation_counts, as_of), *_publishers(table.unit, head, units), *(table.code == code for code in codes)]
    if not keys:
        done, everything = connection.execute(query.where(*where)).one()
        return JudgedCount(done=done, all=everything)
    done = everything = 0
    for key in sorted(keys):
        citing = select(cited_by.c.procedure).where(cited_by.c.key == key, _holds(stands, cited_by, as_of))
        number = connection.scalar(select(func.count()).select_from(citation_counts).where(*where, table.code.in_(citing))) or 0
        silent = connection.execute(select(unjudged.c.key).where(unjudged.c.key == key, _holds(stands, unjudged, as_of)).limit(1)).first()
        done, everything = done + (0 if silent else number), everything + number
    return JudgedCount(done=done, all=everything)


def _publishers(column: ColumnElement[str], head: str | None, units: Collection[str]) -> list[ColumnElement[bool]]:
    return [*([is_or_lies_below(column, head)] if head else []), *(column == unit for unit in sorted(units))]


def _holds(stands: StandingPublication, table: Table, as_of: date) -> ColumnElement[bool]:
    return and_(stands.sees(table), table.c.holds_from <= as_of, table.c.holds_to > as_of)


@dataclass(frozen=True)
class UnjudgedList:
    """The cited documents without a conclusion on a day, and how many citations were judged."""

    lines: list[UnjudgedLine]
    judged: JudgedCount


def unjudged_on(work: Workspace, as_of: date) -> UnjudgedList:
    """The cited documents without a conclusion on a day, those that most procedures cite first, each with what would settle it."""
    with published_rows(work) as rows:
        connection, stands = rows.connection, rows.publication
        named = published_documents
        query = (
            select(named.c.id, named.c.type, named.c.title, named.c.issued_on, unjudged.c.reason, unjudged.c.procedures)
            .join(named, named.c.key == unjudged.c.key)
            .where(_holds(stands, unjudged, as_of), stands.sees(named))
            .order_by(unjudged.c.procedures.desc(), named.c.id)
        )
        lines = [
            UnjudgedLine(
                document=row.id, type=row.type, title=row.title, issued_on=row.issued_on, procedures=row.procedures, reason=row.reason,
                why=words.REASON.get(row.reason, row.reason), settles=words.SETTLES.get(row.reason, words.SETTLES[""]), as_of=as_of,
            )
            for row in connection.execute(query)
        ]  # fmt: skip
        return UnjudgedList(lines, judged_on(connection, stands, as_of, FindingFilter()))
