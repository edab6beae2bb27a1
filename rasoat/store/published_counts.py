"""How many findings a publication tells of a day: by rule, gravity and state, for all, for a unit, or for each document, procedure or body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, case, func, or_, select, union_all

from rasoat.store.finding_owners import AUDITED, OF_PROCEDURE
from rasoat.store.publications import StandingPublication
from rasoat.store.published_findings import on_day
from rasoat.store.published_schema import finding_counts, findings
from rasoat.store.schema import reviews

EVERYTHING = ""  # the scope of all findings
DAYS, YEARS = "d", "y"


class GroupedBy(StrEnum):
    """What findings are put together by; a line is one document (or procedure) in all parts of one procedure (or unit), by one rule."""

    LINE = "line"
    RULE = "rule"
    DOCUMENT = "document"
    PROCEDURE = "procedure"
    BODY = "body"


SCOPED = {GroupedBy.DOCUMENT: "vb:", GroupedBy.PROCEDURE: "tt:", GroupedBy.BODY: "cq:"}  # how the scopes of these begin; a unit's is its id


@dataclass(frozen=True, slots=True)
class FindingCut:
    """Findings that lists tell apart when they count. `gravity` 0 is the gravest; `suppressed` are those not everybody sees."""

    rule: str
    gravity: int
    suppressed: bool
    state: str


CutCounts = Counter[FindingCut]


def scopes_of(row: Any) -> Iterator[str]:
    """Each scope in which a finding counts, once: everything; the ministries, central bodies and provinces that it concerns, whichever
    unit below them; its procedure, the document that it is found to cite, and the body responsible."""
    yield EVERYTHING
    yield from {unit.partition("/")[0] for unit in row.units}
    of_procedure, audited = row.owner.startswith(OF_PROCEDURE), row.owner.startswith(AUDITED)
    if document := row.object if of_procedure else None:
        yield f"{SCOPED[GroupedBy.DOCUMENT]}{document}"
    if row.responsible_unit:
        yield f"{SCOPED[GroupedBy.BODY]}{row.responsible_unit}"
    if procedure := row.subject if of_procedure else row.object if audited else None:
        yield f"{SCOPED[GroupedBy.PROCEDURE]}{procedure}"


def has_years(scope: str) -> bool:
    """Whether a scope counts whole years too: the findings of a document or a procedure change on few days."""
    return not scope.startswith((SCOPED[GroupedBy.DOCUMENT], SCOPED[GroupedBy.PROCEDURE]))


def first_of_year(day: date) -> date:
    """The day under which a day's year is counted; `date.max` is after all years too."""
    return day if day == date.max else day.replace(month=1, day=1)


def _until(as_of: date, here: ColumnElement[bool], *, years: bool) -> Subquery:
    """The rows of some scopes that add up to a day: the years before it and its own year's days, or days alone. `here`: the scopes, and
    the publication that is asked."""
    table, begun = finding_counts.c, first_of_year(as_of)
    rows = select(finding_counts).where(here)
    if not years:
        return rows.where(table.span == DAYS, table.day <= as_of).subquery()
    before, since = rows.where(table.span == YEARS, table.day < begun), rows.where(table.span == DAYS, table.day.between(begun, as_of))
    return union_all(before, since).subquery()


def counts_in(
    connection: Connection, stands: StandingPublication, as_of: date, scope: str, within: Sequence[ColumnElement[bool]]
) -> CutCounts:
    """The findings of a scope, from its counts; `within` says the same of the findings themselves, for those somebody decided on."""
    here = and_(finding_counts.c.scope == scope, stands.sees(finding_counts))
    table = _until(as_of, here, years=has_years(scope)).c
    cut = (table.rule, table.gravity, table.suppressed, table.state)
    query = select(*cut, func.sum(table.n).label("n"))
    found = CutCounts({_cut(row, row.state): row.n for row in connection.execute(query.group_by(*cut))})
    of_rows = (findings.c.rule, findings.c.gravity, _HIDDEN, findings.c.state)
    known = findings.c.fingerprint.in_(select(reviews.c.fingerprint))  # few of many: looked up one by one
    decided = select(*of_rows, reviews.c.state.label("said"), func.count().label("n"))
    decided = decided.join(reviews, reviews.c.fingerprint == findings.c.fingerprint).where(known, on_day(stands, as_of), *within)
    for row in connection.execute(decided.group_by(*of_rows, reviews.c.state)):
        found[_cut(row, row.state)] -= row.n
        found[_cut(row, row.said)] += row.n
    return +found


def rules_about_to_stand(connection: Connection, as_of: date) -> Iterator[tuple[str, bool, int]]:
    """By rule and whether not everybody sees them, the findings of a day as the last publication wrote them, whether it stands already or
    waits for the gate."""
    here = and_(finding_counts.c.scope == EVERYTHING, finding_counts.c.died.is_(None))
    table = _until(as_of, here, years=has_years(EVERYTHING)).c
    total = func.sum(table.n)
    query = select(table.rule, table.suppressed, total).group_by(table.rule, table.suppressed).having(total > 0)
    for rule, suppressed, number in connection.execute(query):
        yield rule, bool(suppressed), number


def counts_of_rows(connection: Connection, stands: StandingPublication, as_of: date, where: Sequence[ColumnElement[bool]]) -> CutCounts:
    """The findings that a filter keeps, counted one by one."""
    cut = (findings.c.rule, findings.c.gravity, _HIDDEN, _STATE)
    query = select(*cut, func.count().label("n")).select_from(findings.outerjoin(reviews, reviews.c.fingerprint == findings.c.fingerprint))
    rows = connection.execute(query.where(on_day(stands, as_of), *where).group_by(*cut))
    return CutCounts({_cut(row, row.state): row.n for row in rows})


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Findings put together: by what, how many, and how grave the gravest is."""

    key: tuple[str | None, ...]
    n: int
    gravity: int


def groups_in(
    connection: Connection, stands: StandingPublication, as_of: date, by: GroupedBy, limit: int | None, offset: int
) -> list[GroupCount]:
    """The documents, procedures or bodies with most of the findings that everybody sees, from their counts."""
    begins, scope = SCOPED[by], finding_counts.c.scope
    named = and_(scope > begins, scope < f"{begins[:-1]};")  # ";" comes after ":"
    table = _until(as_of, and_(named, finding_counts.c.suppressed == 0, stands.sees(finding_counts)), years=has_years(begins)).c
    grave = select(table.scope, table.gravity, func.sum(table.n).label("n")).group_by(table.scope, table.gravity)
    told = grave.having(func.sum(table.n) > 0).subquery()
    total = func.sum(told.c.n)
    query = select(told.c.scope, total.label("n"), func.min(told.c.gravity).label("gravity")).group_by(told.c.scope)
    rows = connection.execute(query.order_by(total.desc(), told.c.scope).limit(limit).offset(offset))
    return [GroupCount((row.scope.removeprefix(begins),), row.n, row.gravity) for row in rows]


def groups_of_rows(
    connection: Connection,
    stands: StandingPublication,
    as_of: date,
    by: GroupedBy,
    where: Sequence[ColumnElement[bool]],
    limit: int | None,
    offset: int,
) -> list[GroupCount]:
    """The groups of the findings that a filter keeps and everybody sees, counted one by one: lines in the order of lists, others the
    largest first."""
    key = _GROUPED[by]
    query: Select[Any] = select(*key, func.count().label("n"), func.min(findings.c.gravity).label("gravity"))
    query = query.where(on_day(stands, as_of), findings.c.suppressed == 0, *where).group_by(*key)
    if by is not GroupedBy.LINE:
        query = query.where(key[0].is_not(None)).order_by(func.count().desc())
    return [
        GroupCount(tuple(row[: len(key)]), row.n, row.gravity)
        for row in connection.execute(query.order_by(*key).limit(limit).offset(offset))
    ]


_HIDDEN = case((findings.c.suppressed > 0, 1), else_=0).label("suppressed")
_STATE = func.coalesce(reviews.c.state, findings.c.state).label("state")
_OF_PROCEDURE = findings.c.owner.startswith(OF_PROCEDURE)
_AUDITED = or_(*(findings.c.owner.startswith(one) for one in AUDITED))
_GROUPED: dict[GroupedBy, tuple[ColumnElement[Any], ...]] = {
    GroupedBy.LINE: (findings.c.rule, findings.c.subject, findings.c.object),
    GroupedBy.RULE: (findings.c.rule,),
    GroupedBy.DOCUMENT: (case((_OF_PROCEDURE, findings.c.object)).label("document"),),
    GroupedBy.PROCEDURE: (case((_OF_PROCEDURE, findings.c.subject), (_AUDITED, findings.c.object)).label("procedure"),),
    GroupedBy.BODY: (findings.c.responsible_unit,),
}


def _cut(row: Any, state: str) -> FindingCut:
    return FindingCut(row.rule, row.gravity, bool(row.suppressed), state)
