"""The figures of a day and how they moved over twelve months: findings and ended bases by unit, field, rule and state, added up from published
counts."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import and_, case, func, or_, select

from queries.contract import JudgedCount
from queries.ending_soon import ENDED
from queries.finding_counts import counted
from queries.finding_filter import FindingFilter
from queries.judged_citations import judged_on
from queries.published_moment import published_rows
from queries.shape import Shape
from rasoat.store.published_counts import DAYS, EVERYTHING, YEARS, first_of_year
from rasoat.store.published_findings import on_day
from rasoat.store.published_schema import citation_totals, coverage_procedures, finding_counts, findings
from rasoat.store.published_timelines import PublishedRows
from rasoat.units import UnitKind, country
from rasoat.workspace import Workspace

MONTHS = 12


class Figure(Shape):
    """How many of what: a unit's id, a field, a rule, a state."""

    of: str
    n: int


class TrendPoint(Shape):
    """A number on a day, as it is known now of that day."""

    on: date
    n: int


class UnitFigure(Shape):
    """A ministry or province: bases of the procedures it answers for or publishes that have ended, and how many citations of those it
    publishes were judged."""

    unit: str
    name: str
    ended: int
    judged: JudgedCount


class Figures(Shape):
    """The figures of a day, of the country or of one ministry or province (`unit`, else null).

    `ended` counts citations of a document that has ended whole, one a part of a procedure; `trend` is the same on a day of each of the
    months before. `rules` and `states` are of all findings that nothing speaks against, `confirmed` by rule of those that somebody confirmed;
    `ministries`, `provinces` and `fields` are of the
    ended bases, and of the country alone.
    """

    as_of: date
    unit: str | None
    judged: JudgedCount
    ended: int
    trend: list[TrendPoint]
    rules: list[Figure]
    confirmed: list[Figure]
    states: list[Figure]
    ministries: list[UnitFigure]
    provinces: list[UnitFigure]
    fields: list[Figure]


def figures(work: Workspace, as_of: date, unit: str | None = None, rule: str = ENDED) -> Figures:
    """The figures of a day; `unit` is the id of a ministry or province. `rule` is the one that the trend follows.

    Raises:
        Trouble: the store holds something and nothing of it was ever published.
    """
    with published_rows(work) as rows:
        cuts = counted(rows, as_of, FindingFilter(unit=unit)).cuts
        rules, states, confirmed = Counter[str](), Counter[str](), Counter[str]()
        for cut, n in cuts.items():
            if not cut.suppressed:
                rules[cut.rule] += n
                states[cut.state] += n
                confirmed[cut.rule] += n if cut.state == "confirmed" else 0
        ministries, provinces = ([] if unit else _by_unit(rows, as_of, kind) for kind in (UnitKind.MINISTRY, UnitKind.PROVINCE))
        return Figures(
            as_of=as_of, unit=unit, judged=judged_on(rows.connection, rows.publication, as_of, FindingFilter(unit=unit)),
            ended=rules[ENDED], trend=_trend(rows, as_of, unit or EVERYTHING, rule),
            rules=[Figure(of=one, n=n) for one, n in sorted(rules.items())],
            confirmed=[Figure(of=one, n=n) for one, n in sorted(confirmed.items()) if n],
            states=[Figure(of=one, n=n) for one, n in states.most_common()], ministries=ministries, provinces=provinces,
            fields=[] if unit else _by_field(rows, as_of),
        )  # fmt: skip


def month_days(as_of: date, months: int = MONTHS) -> list[date]:
    """The day itself, and the same day (or the last) of each of the months before it, the earliest first."""
    found = []
    for back in range(months, -1, -1):
        year, month = divmod(as_of.year * 12 + as_of.month - 1 - back, 12)
        found.append(date(year, month + 1, min(as_of.day, monthrange(year, month + 1)[1])))
    return found


def _trend(rows: PublishedRows, as_of: date, scope: str, rule: str) -> list[TrendPoint]:
    """What everybody sees of a rule, on the days of the months before."""
    days, table = month_days(as_of), finding_counts.c
    base = first_of_year(days[0])
    here = (table.scope == scope, table.rule == rule, table.suppressed == 0, rows.publication.sees(finding_counts))
    window = or_(and_(table.span == YEARS, table.day < base), and_(table.span == DAYS, table.day.between(base, as_of)))
    sums = [func.sum(case((table.day <= day, table.n), else_=0)) for day in days]
    found = rows.connection.execute(select(*sums).where(*here, window)).one()
    return [TrendPoint(on=day, n=n or 0) for day, n in zip(days, found, strict=True)]


def _by_unit(rows: PublishedRows, as_of: date, kind: UnitKind) -> list[UnitFigure]:
    """Of every ministry, or every province, those with most ended bases first."""
    units = [one.id for one in country().of_kind(kind)]
    ended, judged = _ended_in(rows, as_of, units), _judged_in(rows, as_of, units)
    told = [
        UnitFigure(unit=unit, name=country().name(unit), ended=ended[unit], judged=judged.get(unit, JudgedCount(done=0, all=0)))
        for unit in units
    ]
    return sorted(told, key=lambda one: (-one.ended, one.unit))


def _ended_in(rows: PublishedRows, as_of: date, scopes: Collection[str]) -> Counter[str]:
    table, begun = finding_counts.c, first_of_year(as_of)
    here = (table.scope.in_(sorted(scopes)), table.rule == ENDED, table.suppressed == 0, rows.publication.sees(finding_counts))
    until = or_(and_(table.span == YEARS, table.day < begun), and_(table.span == DAYS, table.day.between(begun, as_of)))
    query = select(table.scope, func.sum(table.n).label("n")).where(*here, until).group_by(table.scope)
    return Counter({row.scope: row.n for row in rows.connection.execute(query)})


def _judged_in(rows: PublishedRows, as_of: date, units: Sequence[str]) -> dict[str, JudgedCount]:
    """Of the procedures that each unit publishes itself or through a body below it."""
    table = citation_totals.c
    query = select(table.unit, func.sum(table.judged).label("done"), func.sum(table.cited).label("whole")).group_by(table.unit)
    held: dict[str, list[int]] = {unit: [0, 0] for unit in units}
    for row in rows.connection.execute(query.where(rows.publication.sees(citation_totals), table.day <= as_of, table.unit != "")):
        if (head := row.unit.partition("/")[0]) in held:
            held[head][0] += row.done
            held[head][1] += row.whole
    return {unit: JudgedCount(done=done, all=whole) for unit, (done, whole) in held.items()}


def _by_field(rows: PublishedRows, as_of: date) -> list[Figure]:
    """The ended bases by the field of the procedure ("" where nobody said it): procedures by an index alone, then their fields."""
    named, stands = coverage_procedures, rows.publication
    query = (
        select(named.c.field, func.count().label("n"))
        .select_from(findings.outerjoin(named, and_(named.c.procedure == findings.c.subject, stands.sees(named))))
        .where(findings.c.rule == ENDED, findings.c.suppressed == 0, on_day(stands, as_of))
        .group_by(named.c.field)
    )
    told = Counter[str]()
    for row in rows.connection.execute(query):
        told[row.field or ""] += row.n
    return [Figure(of=field, n=n) for field, n in sorted(told.items(), key=lambda one: (-one[1], one[0]))]
