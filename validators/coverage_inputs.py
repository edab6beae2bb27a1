"""What the cells of each unit are computed from, as digests: a unit whose digest stands need not be audited again.

Facts of all days are in a digest, those to come too, so that one that is equal stands for every day from the last of these days on. Of
announcements and of the catalogue only what is said of the unit's own procedures is in it: a decision changes the units that show what it
speaks of, and the lists of duties, which are published on their own.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, select

from rasoat.codec import to_json
from rasoat.records.postings import Announcement
from rasoat.store.extracted import load_versions, sightings
from rasoat.store.schema import announcements, answers, listings, looks, pieces, places, postings, procedures, receptions, regulations
from rasoat.store.stored_postings import load_announcements
from rasoat.units import CENTRAL, NATION, UnitKind, kind_of, province_of
from validators.derivation.judged_versions import version_runs
from validators.obligations import Duties, Duty
from validators.obligations.announced import effective
from validators.posting_audit import Country

# Raise it when a change to duties, cells or their rules must be applied to what is already published.
COVERAGE_VERSION = 1
ANNOUNCERS = frozenset({UnitKind.MINISTRY, UnitKind.PROVINCE})
_SIGNED, _CENTRAL = "", "central"  # among the announcers of a procedure: whoever signed, and all ministries
_FACTS = (announcements, postings, looks, receptions, regulations)


def coverage_mark(connection: Connection) -> str:
    """A digest of which pieces coverage was read from and when they were seen: while it stands, nothing here has changed."""
    digest = hashlib.sha256(f"{COVERAGE_VERSION}".encode())
    holding = select(procedures.c.piece).union(select(listings.c.piece), select(pieces.c.piece).where(pieces.c.elsewhere > 0)).subquery()
    days = (
        select(places.c.piece, answers.c.observed_on)
        .join(holding, holding.c.piece == places.c.piece)
        .join(
            answers, (answers.c.source == places.c.source) & (answers.c.request == places.c.request) & (answers.c.sha256 == places.c.sha256)
        )
    )
    for row in connection.execute(days.distinct().order_by(*days.selected_columns)):
        digest.update(repr(tuple(row)).encode())
    for row in connection.execute(
        select(pieces.c.piece, pieces.c.reader).where(pieces.c.piece.in_(select(holding))).order_by(pieces.c.piece)
    ):
        digest.update(repr(tuple(row)).encode())
    for table in _FACTS:
        digest.update(f"{table.name}{connection.scalar(select(func.count()).select_from(table))}".encode())
    return digest.hexdigest()


@dataclass(slots=True)
class OwnFacts:
    """What was seen of one unit on all days: a digest, the procedures it speaks of, the days, and whether anybody looked at it whole."""

    digest: str = ""
    codes: frozenset[str] = frozenset()
    days: set[date] = field(default_factory=set)
    looked: bool = False


@dataclass(slots=True)
class CodeFacts:
    """What is said of one procedure on all days: by each announcer and by the catalogue's versions, with the days that matter."""

    said: dict[str, str] = field(default_factory=dict)
    days: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    versions: tuple[tuple[date, str], ...] = ()


class CoverageInputs:
    """The facts of a store, ready to be asked for the digest and the days of each unit and list of duties."""

    def __init__(self, connection: Connection) -> None:
        self._own = _own_facts(connection)
        self._codes = _announced(connection)
        for code, versions in version_runs(load_versions(connection, sightings(connection))).items():
            self._codes.setdefault(code, CodeFacts()).versions = versions
        self._days_of_all = self._all_days()
        self._told: dict[tuple[str, str], str] = {}
        self._nation = connection.scalar(select(func.max(answers.c.observed_on)).where(answers.c.request.like("list/%")))

    def _all_days(self) -> dict[str, set[date]]:
        """The days of all decisions by announcer; those of the catalogue stand with the ministries', as they count for everybody."""
        found: dict[str, set[date]] = defaultdict(set)
        for facts in self._codes.values():
            found[_CENTRAL].update(day for day, _ in facts.versions)
            for announcer, days in facts.days.items():
                found[announcer] |= days
        return found

    def recorded_until(self) -> date | None:
        """The last day on which anything was recorded, signed or published; days to come of which a decision speaks are no such days."""
        days = [day for own in self._own.values() for day in own.days]
        days += [day for code in self._codes.values() for day, _ in code.versions]
        days += [signed for code in self._codes.values() for signed in code.days[_SIGNED]]
        return max([*days, *([self._nation] if self._nation else [])], default=None)

    def own(self, unit: str) -> OwnFacts:
        """What was seen of a unit; nothing was of most."""
        return self._own.get(unit, _NOTHING)

    def seen_units(self) -> Collection[str]:
        """The units of which anything was seen."""
        return self._own.keys()

    def versions_of(self, code: str) -> tuple[tuple[date, str], ...]:
        """The versions of a procedure that are judged, each with the day it was first seen after another."""
        return self._codes.get(code, _UNSAID).versions

    def of_list(self, held: Mapping[date, Sequence[Duty]]) -> str:
        """The digest of what a list of duties names on all its days, whoever shares it."""
        digest = hashlib.sha256(f"{COVERAGE_VERSION}".encode())
        for day, duties in held.items():
            digest.update(repr([day, *((duty.procedure, duty.channel.value) for duty in duties)]).encode())
        return digest.hexdigest()

    def of_unit(self, unit: str, duties: str, known: Country, from_day: date, codes: Collection[str]) -> str:
        """The digest of a unit's cells, which are of these procedures; they stand since `from_day`, beside the list named."""
        digest = hashlib.sha256(
            f"{COVERAGE_VERSION} {duties} {from_day} {self.own(unit).digest} {known.audit.national_on is None}".encode()
        )
        for code in sorted(codes):
            digest.update(self._said_of(code, announcer_of(unit), known).encode())
        if kind_of(unit) in ANNOUNCERS:
            digest.update(repr([self._nation, *known.looks_at(NATION), *known.national.get(unit, ())]).encode())
        return digest.hexdigest()

    def _said_of(self, code: str, announcer: str, known: Country) -> str:
        """All that is said of a procedure where the decisions of one announcer count, and of all ministries, as one text."""
        told = self._told.get((code, announcer))
        if told is None:
            facts, register = self._codes.get(code, _UNSAID), known.audit.register
            listed, entered = register.catalogue.get(code), known.audit.entered
            others = [(other, other in entered) for other in register.same_named(code, listed.name)] if listed else []
            said = [words for issuer, words in sorted(facts.said.items()) if issuer in (announcer, _CENTRAL)]
            named = [one.name for one in register.announcements(code)]  # whoever announced it, its name is a name that is known
            told = self._told[code, announcer] = repr((code, said, facts.versions, code in entered, others, named))
        return told

    def days_of(self, unit: str, codes: Iterable[str]) -> set[date]:
        """Every day from which on something of these procedures may stand otherwise at a unit, those to come too."""
        found, announcer = set(self.own(unit).days), announcer_of(unit)
        for code in codes:
            facts = self._codes.get(code, _UNSAID)
            found.update(day for day, _ in facts.versions)
            found.update(facts.days.get(announcer, ()), facts.days.get(_CENTRAL, ()))
        if kind_of(unit) in ANNOUNCERS and self._nation:
            found.add(self._nation)
        return found

    def days_of_lists(self, unit: str) -> set[date]:
        """Every day from which on the list of a unit's duties may stand otherwise: it rests on the whole catalogue."""
        return self.own(unit).days | self._days_of_all[_CENTRAL] | self._days_of_all[announcer_of(unit)]

    def days_to_come(self, after: date) -> list[date]:
        """The days after another on which a decision begins to hold."""
        return sorted({day for code in self._codes.values() for days in code.days.values() for day in days if day > after})


_NOTHING, _UNSAID = OwnFacts(), CodeFacts()


def announcer_of(unit: str) -> str:
    """Whose decisions a unit follows, beside those of all ministries."""
    return province_of(unit) or unit


def touched_codes(unit: str, inputs: CoverageInputs, duties: Duties, known: Country) -> frozenset[str]:
    """The procedures of which something may have been seen at a unit: those shown, and where somebody looked or announces, all it owes."""
    own = inputs.own(unit)
    if not own.looked and kind_of(unit) not in ANNOUNCERS:
        return own.codes
    return own.codes | {duty.procedure for duty in duties.of(unit)} | {one.procedure for one in known.national.get(unit, ())}


def _own_facts(connection: Connection) -> dict[str, OwnFacts]:
    found: dict[str, OwnFacts] = defaultdict(OwnFacts)
    digests: dict[str, Any] = defaultdict(hashlib.sha256)
    seen = select(postings.c.unit, postings.c.procedure, *(column for column in postings.c if column.name not in ("unit", "procedure")))
    streaming = connection.execution_options(yield_per=5_000).execute(seen.order_by(*postings.primary_key.columns))
    for unit, rows in groupby(streaming, key=lambda row: row[0]):
        codes, digest, own = set(), digests[unit], found[unit]
        for row in rows:
            codes.add(row[1])
            own.days.add(row.observed_on)
            digest.update(repr(tuple(row)).encode())
        own.codes = frozenset(codes)
    for table in (looks, receptions):
        for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
            digests[row.unit].update(repr(tuple(row)).encode())
            found[row.unit].days.add(row.observed_on)
            found[row.unit].looked |= table is looks
    for unit, own in found.items():
        own.digest = digests[unit].hexdigest()
    return dict(found)


def _announced(connection: Connection) -> dict[str, CodeFacts]:
    """Of each procedure what its announcers say, all ministries as one; `_SIGNED` holds the days on which anybody signed."""
    found: dict[str, CodeFacts] = defaultdict(CodeFacts)
    for one in load_announcements(connection):
        facts, by = found[one.procedure], _CENTRAL if kind_of(one.issuer) in CENTRAL else one.issuer
        facts.said[by] = hashlib.sha256(f"{facts.said.get(by, '')}{to_json(Announcement, one)}".encode()).hexdigest()
        if one.signed_on:
            facts.days[_SIGNED].add(one.signed_on)
        facts.days[by].update(day for day in (one.signed_on, effective(one)) if day)
    return dict(found)
