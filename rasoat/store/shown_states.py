"""The one state that a finding is shown in, of all that units decided: in memory, and as part of larger statements.

The nation's decision prevails; else that of a unit of the same province or ministry as the body responsible, the later one where they differ;
else that of whoever looks. A decision on other facts, or from before the finding had gone and come back, shows as "needs_review".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, exists, func, literal, or_, select

from rasoat.records.unit_decisions import CONFIRMED, DISMISSED, FIXED, NEEDS_REVIEW, OPEN, FindingNow, UnitDecision
from rasoat.store.publications import portions
from rasoat.store.published_schema import findings, publications
from rasoat.store.said_schema import FINDING, decisions_now
from rasoat.units import NATION

_DECIDED = (CONFIRMED, DISMISSED, FIXED)
_FIRST, _SECOND, _LAST = range(3)  # whose decision is shown before others'


def head_of_unit(unit: str) -> str:
    """The ministry, central body or province that a unit is or lies in."""
    return unit.partition("/")[0]


def prevailing(decisions: Iterable[UnitDecision], responsible: str | None, viewer: str | None) -> UnitDecision | None:
    """The decision that is shown; None where none of them is."""
    told = [(rank, -one.seq, one) for one in decisions if (rank := _rank(one, responsible, viewer)) is not None]
    return min(told, key=lambda one: one[:2])[2] if told else None


def _rank(one: UnitDecision, responsible: str | None, viewer: str | None) -> int | None:
    if one.state == OPEN:
        return None
    if one.unit == NATION:
        return _FIRST
    if responsible and head_of_unit(one.unit) == head_of_unit(responsible):
        return _SECOND
    return _LAST if one.unit == viewer else None


def as_it_stands(decisions: Iterable[UnitDecision], now: FindingNow) -> tuple[UnitDecision, ...]:
    """Decisions on a finding as they count today: one that was reopened needs review."""
    return tuple(replace(one, state=NEEDS_REVIEW) if one.reopened(now) else one for one in decisions)


def decisions_on(connection: Connection, fingerprints: Collection[str]) -> dict[str, list[UnitDecision]]:
    """By fingerprint, what units decided on some findings, the latest first; where nothing is decided yet, nothing."""
    found: dict[str, list[UnitDecision]] = defaultdict(list)
    for portion in portions(sorted(fingerprints), 500):
        things = [f"{FINDING}{one}" for one in portion]
        query = select(decisions_now).where(decisions_now.c.thing.in_(things), decisions_now.c.state.in_(_DECIDED))
        for row in connection.execute(query.order_by(decisions_now.c.seq.desc())):
            found[row.thing.removeprefix(FINDING)].append(
                UnitDecision(row.unit, row.state, row.at.date(), row.person, row.reason, row.note, row.basis, row.publication, row.seq)
            )
    return found


def versions_for(connection: Connection, fingerprints: Collection[str], unit: str) -> dict[str, int]:
    """How many events there are on some findings for a unit; those without any are not there."""
    found: dict[str, int] = {}
    for portion in portions(sorted(fingerprints), 500):
        things = [f"{FINDING}{one}" for one in portion]
        query = select(decisions_now.c.thing, decisions_now.c.version).where(
            decisions_now.c.unit == unit, decisions_now.c.thing.in_(things)
        )
        found |= {row.thing.removeprefix(FINDING): row.version for row in connection.execute(query)}
    return found


def states_of(connection: Connection, things: Collection[str]) -> dict[str, str]:
    """What the nation decided on some things that are no findings; what it did not decide on is not there."""
    found: dict[str, str] = {}
    for portion in portions(sorted(things), 500):
        query = select(decisions_now.c.thing, decisions_now.c.state).where(
            decisions_now.c.unit == NATION, decisions_now.c.thing.in_(portion)
        )
        found |= {row.thing: row.state for row in connection.execute(query)}
    return found


def came_back(connection: Connection, fingerprints: Sequence[str], number: int) -> dict[str, int]:
    """The publication, up to that of a number, since which each of some findings has been told without a gap."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for portion in portions(fingerprints, 500):
        query = select(findings.c.fingerprint, findings.c.born, findings.c.died)
        rows = connection.execute(query.where(findings.c.fingerprint.in_(portion), findings.c.born <= number).order_by(findings.c.born))
        for row in rows:
            spans[row.fingerprint].append((row.born, number + 1 if row.died is None else row.died))
    return {fingerprint: _unbroken(stretches) for fingerprint, stretches in spans.items()}


def _unbroken(stretches: Iterable[tuple[int, int]]) -> int:
    """Since when there has been no gap, of stretches in the order of their beginnings."""
    came = until = 0
    for born, died in stretches:
        if born > until:
            came = born
        until = max(until, died)
    return came


def shown_state(viewer: str | None) -> ColumnElement[str]:
    """The state that a row of the table of findings is shown in, as part of a statement over it."""
    given = decisions_now.alias()
    near = or_(
        findings.c.responsible_unit == given.c.head,
        # As `is_or_lies_below`: "0" comes after "/".
        and_(findings.c.responsible_unit > given.c.head.concat("/"), findings.c.responsible_unit < given.c.head.concat("0")),
    )
    other = and_(given.c.basis != "", findings.c.basis != "", given.c.basis != findings.c.basis)
    state = case((or_(other, and_(given.c.publication > 0, _back_since(given))), NEEDS_REVIEW), else_=given.c.state)
    thing = literal(FINDING).concat(findings.c.fingerprint)
    said = select(state).where(given.c.thing == thing, given.c.state.in_(_DECIDED)).order_by(given.c.seq.desc()).limit(1)
    whose = [given.c.unit == NATION, near, *([given.c.unit == viewer] if viewer else [])]
    return func.coalesce(*(said.where(one).correlate(findings).scalar_subquery() for one in whose), findings.c.state)


def _back_since(given: FromClause) -> ColumnElement[bool]:
    """Whether a finding has gone and come back since the publication of a decision."""
    row, before = findings.alias(), findings.alias()
    number = select(func.coalesce(func.max(publications.c.number), 0)).scalar_subquery()
    lasted = or_(before.c.died.is_(None), before.c.died >= row.c.born)
    told_before = select(before.c.born).where(before.c.fingerprint == row.c.fingerprint, before.c.born < row.c.born, lasted).correlate(row)
    came = and_(row.c.fingerprint == findings.c.fingerprint, row.c.born > given.c.publication, row.c.born <= number)
    return exists(select(row.c.born).where(came, ~exists(told_before)).correlate(findings, given))


def somebody_decided() -> ColumnElement[bool]:
    """The findings that anybody decided on: few of many."""
    things = select(func.substr(decisions_now.c.thing, len(FINDING) + 1))
    return findings.c.fingerprint.in_(things.where(decisions_now.c.thing.startswith(FINDING), decisions_now.c.state.in_(_DECIDED)))
