"""Findings as they are published, and the questions that lists ask of them: each day is a look-up, and nothing is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from rasoat import words
from rasoat.codec import from_json, to_json
from rasoat.records import Finding, HeldFinding, Procedure, Severity
from rasoat.records.unit_decisions import FindingNow, UnitDecision
from rasoat.store.finding_owners import OF_ONE_DAY
from rasoat.store.publications import PublishedRow, StandingPublication, portions, standing
from rasoat.store.published_schema import finding_units, findings, publications
from rasoat.store.schema import answers, places
from rasoat.store.shown_states import as_it_stands, came_back, decisions_on, prevailing, shown_state, somebody_decided

_HEXADECIMAL = re.compile("[0-9a-f]*")
GRAVITY = {severity: at for at, severity in enumerate(Severity)}  # the gravest first
_LISTED = (findings.c.rule, findings.c.subject, findings.c.object, findings.c.fingerprint)


class FindingOrder(StrEnum):
    """In which order lists stand."""

    RULE = "rule"
    GRAVITY = "gravity"  # the gravest first, then as by rule
    SUBJECT = "subject"
    OBJECT = "object"


_ORDERS: dict[FindingOrder, tuple[ColumnElement[Any], ...]] = {
    FindingOrder.RULE: _LISTED,
    FindingOrder.GRAVITY: (findings.c.gravity, *_LISTED),
    FindingOrder.SUBJECT: (findings.c.subject, *_LISTED),
    FindingOrder.OBJECT: (findings.c.object, *_LISTED),
}


@dataclass(frozen=True, slots=True)
class FindingPage:
    """Which of the findings that a filter keeps are read: all in the order of lists where nothing else is said."""

    order: FindingOrder = FindingOrder.RULE
    limit: int | None = None
    offset: int = 0
    suppressed: bool = True  # those too that not everybody sees

    def of(self, found: Iterable[ListedFinding]) -> list[ListedFinding]:
        """The same page of findings that were judged in memory."""
        chosen = sorted((one for one in found if self.suppressed or not one.finding.suppressed), key=lambda one: _place(one, self.order))
        return chosen[self.offset :][: self.limit]


WHOLE_LIST = FindingPage()


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom a finding concerns, by unit ids: `responsible` answers for it; `units` holds that one too."""

    responsible: str | None
    units: tuple[str, ...]


def finding_row(owner: str, held: HeldFinding, concerned: Concerned, procedure: Procedure | None) -> PublishedRow:
    """A finding and its days as the table holds them."""
    one = held.finding
    data = to_json(Finding, one)
    del data["as_of"]
    return {
        "fingerprint": one.fingerprint,
        "holds_from": held.since,
        "holds_to": held.until,
        "owner": owner,
        "rule": one.rule,
        "gravity": GRAVITY[one.severity],
        "confidence": one.confidence.value,
        "suppressed": len(one.suppressed),
        "subject": one.subject,
        "object": one.object,
        "matter": one.matter,
        "basis": basis_of(one),
        "state": one.state,
        "field": procedure.fields[0] if procedure and procedure.fields else None,
        "units": list(concerned.units),
        "responsible_unit": concerned.responsible,
        "piece": held.piece,
        "position": held.position,
        "data": data,
    }


def unit_rows(rows: Iterable[PublishedRow]) -> list[PublishedRow]:
    """The units of some rows."""
    shared = ("fingerprint", "holds_from", "holds_to", "owner")
    return [{"unit": unit, **{name: row[name] for name in shared}} for row in rows for unit in row["units"]]


def basis_of(one: Finding) -> str:
    """A digest of the facts that a decision on the finding judges: neither days of observation nor offsets, words or confidence."""
    clause, interval = one.clause, one.interval
    facts = (
        one.rule,
        one.status.value if one.status else None,
        interval.end.isoformat() if interval and interval.end else None,
        sorted(one.ended_by),
        (clause.document, clause.provision, " ".join(clause.quote.split())) if clause else None,
        " ".join(one.quote.split()),
        one.decision_number,
        one.role.value if one.role else None,
        sorted(one.suppressed),
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding of a day as lists show it. `since` and `until` are the days asked about on which it holds as it is told here, `first_seen`
    and `last_seen` the days of the publications that first and last told it, `gone_on` that of the first which did not, None while it stands."""

    finding: Finding
    since: date
    until: date
    matter: str
    basis: str
    units: tuple[str, ...]
    responsible_unit: str | None
    field: str | None
    first_seen: date | None = None
    last_seen: date | None = None
    gone_on: date | None = None
    gone_why: str | None = None
    decisions: tuple[UnitDecision, ...] = ()  # what units decided on it, as it counts today, the latest first


def _place(listed: ListedFinding, order: FindingOrder) -> tuple[Any, ...]:
    one = listed.finding
    own = {FindingOrder.GRAVITY: GRAVITY[one.severity], FindingOrder.SUBJECT: one.subject, FindingOrder.OBJECT: one.object or ""}
    return own.get(order, ""), one.rule, one.subject, one.object or "", one.fingerprint


def on_day(stands: StandingPublication, as_of: date) -> ColumnElement[bool]:
    """The rows that a publication tells of a day."""
    return and_(stands.sees(findings), findings.c.holds_from <= as_of, findings.c.holds_to > as_of)


def told_now(as_of: date) -> ColumnElement[bool]:
    """The rows that the publication which stands tells of a day, as part of a larger statement."""
    number = select(func.coalesce(func.max(publications.c.number), 0)).scalar_subquery()
    lives = and_(findings.c.born <= number, or_(findings.c.died.is_(None), findings.c.died > number))
    return and_(lives, findings.c.holds_from <= as_of, findings.c.holds_to > as_of)


def about_to_stand(as_of: date) -> ColumnElement[bool]:
    """The rows that tell of a day as the last publication wrote them, whether it stands already or waits for the gate."""
    return and_(findings.c.died.is_(None), findings.c.holds_from <= as_of, findings.c.holds_to > as_of)


def is_or_lies_below(column: ColumnElement[str], unit: str) -> ColumnElement[bool]:
    """A unit, or one below it."""
    # A text between "unit/" and "unit0" begins with "unit/": "0" comes after "/", and an index can tell that without looking at each.
    return or_(column == unit, and_(column > f"{unit}/", column < f"{unit}0"))


def within_unit(unit: str, stands: StandingPublication, as_of: date) -> ColumnElement[bool]:
    """The findings that concern a unit or one below it on a day."""
    holds = and_(finding_units.c.holds_from <= as_of, finding_units.c.holds_to > as_of, stands.sees(finding_units))
    return findings.c.fingerprint.in_(select(finding_units.c.fingerprint).where(is_or_lies_below(finding_units.c.unit, unit), holds))


def in_state(state: str, viewer: str | None = None) -> ColumnElement[bool]:
    """The findings that are shown in a state to a unit: as somebody decided, else as they began."""
    return shown_state(viewer) == state


def load_listed(
    connection: Connection,
    stands: StandingPublication,
    as_of: date,
    where: Sequence[ColumnElement[bool]] = (),
    page: FindingPage = WHOLE_LIST,
    viewer: str | None = None,
) -> list[ListedFinding]:
    """What a publication tells of a day, each finding in the state that somebody gave it, as a unit sees it."""
    asked = [on_day(stands, as_of), *where, *([] if page.suppressed else [findings.c.suppressed == 0])]
    query = select(findings).where(*asked).order_by(*_ORDERS[page.order])
    if page.limit is not None or page.offset:
        # First which ones, by an index alone, then all that these say: what is not shown is not read.
        few = select(findings.c.fingerprint).where(*asked).order_by(*_ORDERS[page.order]).limit(page.limit).offset(page.offset)
        shown = findings.c.fingerprint.in_(connection.scalars(few).all())
        query = select(findings).where(on_day(stands, as_of), shown).order_by(*_ORDERS[page.order])
    return listed(connection, connection.execute(query).all(), as_of, viewer)


def beginning_so(
    connection: Connection, stands: StandingPublication, as_of: date, letters: str, viewer: str | None = None
) -> tuple[int, ListedFinding | None]:
    """How many findings of a day have a fingerprint that begins so; the finding itself where it is one."""
    if not _HEXADECIMAL.fullmatch(letters):
        return 0, None
    like = and_(findings.c.fingerprint >= letters, findings.c.fingerprint < f"{letters}g")  # a range, which the index of the key can tell
    rows = connection.execute(select(findings).where(on_day(stands, as_of), like).limit(2)).all()
    if len(rows) == 1:
        return 1, listed(connection, rows, as_of, viewer)[0]
    number = select(func.count()).select_from(findings).where(on_day(stands, as_of), like)
    return (connection.scalar(number) or 0) if rows else 0, None


def listed(connection: Connection, rows: Sequence[Any], as_of: date, viewer: str | None = None) -> list[ListedFinding]:
    """Rows of the table as lists show them to a unit on a day, in the order given."""
    fingerprints = [row.fingerprint for row in rows]
    said, seen = _decided(connection, {row.fingerprint: row.basis for row in rows}), _seen(connection, fingerprints)
    observed = last_observed(connection, {row.piece for row in rows if row.piece}, as_of)
    found = []
    for row in rows:
        one = words.told_on(from_json(Finding, {**row.data, "as_of": as_of}), as_of)
        observed_on = observed.get(row.piece, as_of if one.observed_on == date.min else one.observed_on)
        decisions = said.get(row.fingerprint, ())
        shown = prevailing(decisions, row.responsible_unit, viewer)
        one = replace(one, observed_on=observed_on, state=shown.state if shown else one.state)
        since, until, matter, basis = row.holds_from, row.holds_to, row.matter, row.basis
        of_units, (first, last, gone, why) = (tuple(row.units), row.responsible_unit, row.field), seen[row.fingerprint]
        found.append(ListedFinding(one, since, until, matter, basis, *of_units, first, last, gone, why, decisions))
    return found


def decided(connection: Connection, stands: StandingPublication, as_of: date, fingerprints: Sequence[str]) -> dict[str, str]:
    """The state in which each of some findings of a day is shown, of those that somebody decided on for everybody to see."""
    found: dict[str, str] = {}
    shown = shown_state(None).label("shown")
    for portion in portions(fingerprints, 500):
        query = select(findings.c.fingerprint, shown).where(findings.c.fingerprint.in_(portion), on_day(stands, as_of), somebody_decided())
        found.update({row.fingerprint: row.shown for row in connection.execute(query.where(shown != findings.c.state))})
    return found


def _decided(connection: Connection, bases: Mapping[str, str]) -> dict[str, tuple[UnitDecision, ...]]:
    """By fingerprint, what units decided on findings of these facts, as it counts today; what nobody decided on is not there."""
    said = decisions_on(connection, bases.keys())
    came = came_back(connection, sorted(said), standing(connection).number) if said else {}
    return {one: as_it_stands(told, FindingNow(bases[one], came.get(one, 0))) for one, told in said.items()}


def load_findings(connection: Connection, as_of: date) -> list[Finding]:
    """The findings of a day as the publication which stands tells them, in the order of lists."""
    return [one.finding for one in load_listed(connection, standing(connection), as_of)]


def published_on(connection: Connection, day: date) -> StandingPublication | None:
    """The publication that stood at the end of a day and tells of it, None where there was none yet. What a store of before held of single
    days tells of these only."""
    for row in connection.execute(select(publications).where(publications.c.number > 0).order_by(publications.c.number.desc())):
        if row.at.date() <= day:
            told = StandingPublication(row.number, row.at)
            single = select(findings.c.holds_from).where(told.sees(findings), findings.c.owner.startswith(OF_ONE_DAY)).distinct()
            days = set(connection.scalars(single))
            return told if not days or day in days else None
    return None


def with_decisions(connection: Connection, found: Sequence[ListedFinding], viewer: str | None = None) -> list[ListedFinding]:
    """Findings that were judged in memory, as a unit sees them after what units decided."""
    said = _decided(connection, {one.finding.fingerprint: one.basis for one in found})
    told = []
    for one in found:
        decisions = said.get(one.finding.fingerprint, ())
        shown = prevailing(decisions, one.responsible_unit, viewer)
        told.append(replace(one, finding=replace(one.finding, state=shown.state), decisions=decisions) if shown else one)
    return told


def _seen(connection: Connection, fingerprints: Sequence[str]) -> dict[str, tuple[date | None, date | None, date | None, str | None]]:
    """By fingerprint: the days of the publications that first and last told it, and that of the first which did not, with why."""
    at = {row.number: row.at.date() for row in connection.execute(select(publications.c.number, publications.c.at))}
    now = max(at, default=0)
    found: dict[str, tuple[date | None, date | None, date | None, str | None]] = {}
    lasting = func.max(case((findings.c.died.is_(None), now + 1), else_=findings.c.died))
    for portion in portions(fingerprints, 500):
        query = select(findings.c.fingerprint, func.min(findings.c.born).label("born"), lasting.label("died"))
        query = query.where(findings.c.fingerprint.in_(portion), findings.c.born.between(1, now)).group_by(findings.c.fingerprint)
        rows = connection.execute(query).all()
        why = _why_gone(connection, {row.fingerprint: row.died for row in rows if row.died <= now})
        for row in rows:
            gone = row.died <= now
            last = max((number for number in at if number < row.died), default=now)
            found[row.fingerprint] = (at.get(row.born), at.get(last), at.get(row.died) if gone else None, why.get(row.fingerprint))
    return found


def _why_gone(connection: Connection, died: Mapping[str, int]) -> dict[str, str]:
    """Why findings went, by the row that went last; `died`: in which publication that was."""
    rows = select(findings.c.fingerprint, findings.c.died, findings.c.gone_why).where(
        findings.c.fingerprint.in_(list(died)), findings.c.died.in_(set(died.values()))
    )
    last = connection.execute(rows.order_by(findings.c.holds_from)) if died else ()
    return {row.fingerprint: row.gone_why for row in last if row.gone_why and died[row.fingerprint] == row.died}


def last_observed(connection: Connection, pieces: Collection[str], day: date) -> dict[str, date]:
    """By piece: the last day on or before `day` on which it was seen, else the first."""
    of_it = and_(answers.c.source == places.c.source, answers.c.request == places.c.request, answers.c.sha256 == places.c.sha256)
    by_then = func.max(case((answers.c.observed_on <= day, answers.c.observed_on)))
    found: dict[str, date] = {}
    for portion in portions(sorted(pieces), 500):
        query = select(places.c.piece, by_then.label("last"), func.min(answers.c.observed_on).label("first"))
        query = query.join(answers, of_it).where(places.c.piece.in_(portion)).group_by(places.c.piece)
        found.update({row.piece: row.last or row.first for row in connection.execute(query)})
    return found
