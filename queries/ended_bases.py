"""Facts that a clause proves: procedure × legal basis that has ended × clause × day, without saying whose task it is. Pages of what is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from queries.contract import ClauseLine, JudgedCount
from queries.ending_soon import ENDED
from queries.finding_filter import FindingFilter
from queries.finding_list import about, clause_line
from queries.judged_citations import judged_on
from queries.published_moment import published_rows
from queries.shape import Shape
from rasoat.store.published_findings import FindingPage, ListedFinding, load_listed, on_day, within_unit
from rasoat.store.published_schema import coverage_procedures, findings
from rasoat.store.published_timelines import PublishedRows
from rasoat.workspace import Workspace

PAGE = 50
_AT_ONCE = 500  # lines read together where all are asked for


class EndedBasis(Shape):
    """A document that a procedure cites and that has ended whole: where it is cited and in which words, since when it is out of force, by
    which clause, and what follows it. `observed_on`: the day of the version of the procedure that was read."""

    procedure: str
    name: str | None
    field: str | None
    publisher: str | None
    document: str
    title: str | None
    part: str | None
    quote: str
    ended_on: date | None
    ended_by: list[str]
    clause: ClauseLine | None
    successors: list[str]
    observed_on: date
    as_of: date


class EndedBases(Shape):
    """A page of them; `total` are all that were asked for."""

    as_of: date
    total: int
    judged: JudgedCount
    lines: list[EndedBasis]


def ended_bases(
    work: Workspace, as_of: date, *, unit: str | None = None, field: str | None = None, limit: int = PAGE, offset: int = 0
) -> EndedBases:
    """The ended bases on a day: of the procedures that a unit (with those below it) answers for or publishes, or of a field ("" for those
    whose field nobody said).

    Raises:
        Trouble: the store holds something and nothing of it was ever published.
    """
    with published_rows(work) as rows:
        where = _where(rows, as_of, unit, field)
        listed = load_listed(rows.connection, rows.publication, as_of, where, FindingPage(limit=limit, offset=offset, suppressed=False))
        seen = (on_day(rows.publication, as_of), findings.c.suppressed == 0, *where)
        total = rows.connection.scalar(select(func.count()).select_from(findings).where(*seen)) or 0
        judged = judged_on(rows.connection, rows.publication, as_of, FindingFilter(unit=unit))
        return EndedBases(as_of=as_of, total=total, judged=judged, lines=_lines(rows, as_of, listed))


def all_ended_bases(work: Workspace, as_of: date, *, unit: str | None = None, field: str | None = None) -> Iterator[EndedBasis]:
    """Every one of them, read some at a time; the moment that is read stays the same until the last."""
    with published_rows(work) as rows:
        where, offset = _where(rows, as_of, unit, field), 0
        while True:
            page = FindingPage(limit=_AT_ONCE, offset=offset, suppressed=False)
            listed = load_listed(rows.connection, rows.publication, as_of, where, page)
            yield from _lines(rows, as_of, listed)
            if len(listed) < _AT_ONCE:
                return
            offset += _AT_ONCE


def _where(rows: PublishedRows, as_of: date, unit: str | None, field: str | None) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [findings.c.rule == ENDED]
    if unit:
        asked.append(within_unit(unit, rows.publication, as_of))
    if field is not None:
        named = coverage_procedures.c
        its = select(named.procedure).where(rows.publication.sees(coverage_procedures))
        within = findings.c.subject.in_(its.where(named.field == field))
        asked.append(within if field else or_(within, findings.c.subject.not_in(its)))
    return asked


def _lines(rows: PublishedRows, as_of: date, listed: list[ListedFinding]) -> list[EndedBasis]:
    known = about(rows, as_of, listed)
    found = []
    for one in (each.finding for each in listed):
        procedure, document = known.procedures.get(one.subject), known.documents.get(one.object or "")
        found.append(
            EndedBasis(
                procedure=one.subject, name=procedure.name if procedure else None, field=procedure.field if procedure else None,
                publisher=procedure.publisher if procedure else None, document=one.object or "", title=document.title if document else None,
                part=one.where.part if one.where else None, quote=one.quote, ended_on=one.interval.end if one.interval else None,
                ended_by=list(one.ended_by), clause=clause_line(one), successors=list(one.successors), observed_on=one.observed_on, as_of=as_of,
            )
        )  # fmt: skip
    return found
