"""How many findings a publication tells of a day: by rule, gravity and state, for all, for a unit, or for each document, procedure or body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from rasoat.store.publications import StandingPublication
from rasoat.store.published_findings import on_day
from rasoat.store.published_schema import finding_counts, findings
from rasoat.store.schema import reviews

EVERYTHING = ""  # the scope of all findings
_AUDIT = "postings"


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
    unit below them; its document, its procedure and the body responsible."""
    yield EVERYTHING
    yield from {unit.partition("/")[0] for unit in row.units}
    of_document, of_procedure, audited = row.owner.startswith("vb:"), row.owner.startswith("tt:"), row.owner == _AUDIT
    if document := row.subject if of_document else row.object if of_procedure else None:
        yield f"{SCOPED[GroupedBy.DOCUMENT]}{document}"
    if procedure := row.subject if of_procedure else row.object if audited else None:
        yield f"{SCOPED[GroupedBy.PROCEDURE]}{procedure}"
    if row.responsible_unit:
        yield f"{SCOPED[GroupedBy.BODY]}{row.responsible_unit}"


def counts_in(
    connection: Connection, stands: StandingPublication, as_of: date, scope: str, within: Sequence[ColumnElement[bool]]
) -> CutCounts:
    """The findings of a scope, from its counts; `within` says the same of the findings themselves, for those somebody decided on."""
    table = finding_counts.c
    cut = (table.rule, table.gravity, table.suppressed, table.state)
    query = select(*cut, func.sum(table.n).label("n")).where(table.scope == scope, table.day <= as_of, stands.sees(finding_counts))
    found = CutCounts({_cut(row, row.state): row.n for row in connection.execute(query.group_by(*cut))})
    of_rows = (findings.c.rule, findings.c.gravity, _HIDDEN, findings.c.state)
    decided = select(*of_rows, reviews.c.state.label("said"), func.count().label("n"))
    decided = decided.join(reviews, reviews.c.fingerprint == findings.c.fingerprint).where(on_day(stands, as_of), *within)
    for row in connection.execute(decided.group_by(*of_rows, reviews.c.state)):
        found[_cut(row, row.state)] -= row.n
        found[_cut(row, row.said)] += row.n
    return +found


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
    table, begins = finding_counts.c, SCOPED[by]
    of_kind = and_(table.scope > begins, table.scope < f"{begins[:-1]};")  # ";" comes after ":"
    here = and_(of_kind, table.suppressed == 0, table.day <= as_of, stands.sees(finding_counts))
    grave = select(table.scope, table.gravity, func.sum(table.n).label("n")).where(here).group_by(table.scope, table.gravity)
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
_OF_DOCUMENT, _OF_PROCEDURE = (findings.c.owner.startswith(kind) for kind in ("vb:", "tt:"))
_GROUPED: dict[GroupedBy, tuple[ColumnElement[Any], ...]] = {
    GroupedBy.LINE: (findings.c.rule, findings.c.subject, findings.c.object),
    GroupedBy.RULE: (findings.c.rule,),
    GroupedBy.DOCUMENT: (case((_OF_DOCUMENT, findings.c.subject), (_OF_PROCEDURE, findings.c.object)).label("document"),),
    GroupedBy.PROCEDURE: (case((_OF_PROCEDURE, findings.c.subject), (findings.c.owner == _AUDIT, findings.c.object)).label("procedure"),),
    GroupedBy.BODY: (findings.c.responsible_unit,),
}


def _cut(row: Any, state: str) -> FindingCut:
    return FindingCut(row.rule, row.gravity, bool(row.suppressed), state)
