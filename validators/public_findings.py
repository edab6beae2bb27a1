"""The findings of the posting audit over all days, owner by owner: each unit, and each procedure that decisions speak of.

A cell rests on what is said of its own procedure and of those of the same name, and on what was seen of its own unit. So each is asked of a
country that holds nothing else: a day it is asked about meets the few days of these facts, not all days of the nation, and a unit of which
nothing has changed is not asked at all.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from rasoat.records import Finding, HeldFinding
from rasoat.records.postings import Announcement, Look, Posting, Reception
from rasoat.store.extracted import Version
from rasoat.store.finding_owners import OF_DECISIONS, OF_UNIT
from rasoat.store.stored_postings import load_postings
from rasoat.units import NATION, country, kind_of
from validators.asked_day import AskedDay
from validators.coverage.matrix import Matrix
from validators.coverage_inputs import ANNOUNCERS, COVERAGE_VERSION, CoverageInputs, announcer_of
from validators.held_findings import over_days
from validators.national_list import national_looks
from validators.obligations.announced import same_name
from validators.posting_audit import PublicFacts, in_catalogue, listed, on_day, public_facts
from validators.rules.postings.cell_rules import check_cell, judged
from validators.rules.postings.decision_rules import check_decisions
from validators.rules.postings.place_rules import check_places
from validators.told_of_codes import HeldCodes, ToldOfCodes

Stated = TypeVar("Stated", Announcement, Look, Posting, Reception, Version)


class PublicFindings:
    """What is stored of publicity, by unit and by procedure."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._inputs = connection, CoverageInputs(connection)
        facts = public_facts(connection, None, list(national_looks(connection)))
        self._national, self._regulations = facts.national, facts.regulations
        self._versions = _grouped(facts.versions, lambda one: one.procedure.code)
        self._announced = _grouped(facts.announced, lambda one: one.procedure)
        self._looks = _grouped(facts.looks, lambda one: one.unit)
        self._receptions = _grouped(facts.receptions, lambda one: one.unit)
        self._owed: dict[str, set[str]] = defaultdict(set)  # by announcer: what it announced, or the catalogue says it did
        self._named: dict[str, set[str]] = defaultdict(set)
        for code, versions in self._versions.items():
            for version in versions:
                if in_catalogue(version.procedure):
                    self._named[same_name(version.procedure.name)].add(code)
                    self._owed[listed(version.procedure, country()).announcer or ""].add(code)
        for one in facts.announced:
            self._owed[one.issuer].add(one.procedure)
        self._first = _first_decisions(facts.announced)
        self._held = HeldCodes()
        self._namesakes: dict[str, set[str]] = {}
        self._said: dict[tuple[str, bool], str] = {}

    def owners(self) -> list[str]:
        """Everybody that can have findings; where nothing but the catalogue is known there is nobody."""
        announced = {one.issuer for several in self._announced.values() for one in several}
        seen = {*self._inputs.seen_units(), *self._looks, *self._receptions, *announced, *([NATION] if self._national else [])}
        if not seen and not self._regulations:
            return []
        national = {unit for unit in self._owed if unit}
        regulated = {code for regulation in self._regulations for code in regulation.procedures}
        decided = self._announced.keys() | regulated
        return sorted({*(f"{OF_UNIT}{unit}" for unit in seen | national), *(f"{OF_DECISIONS}{code}" for code in decided)})

    def inputs(self, owner: str) -> str:
        """A digest of all that an owner's findings rest on."""
        digest = hashlib.blake2b(f"{COVERAGE_VERSION} {owner}".encode(), digest_size=16)
        if owner.startswith(OF_DECISIONS):
            code = owner.removeprefix(OF_DECISIONS)
            regulations = [one for one in self._regulations if code in one.procedures]
            told: tuple[object, ...] = (self._said_of(code, dated=False), regulations, [one.signed_on for one in self._first.values()])
            digest.update(repr(told).encode("utf-8", "surrogatepass"))
            return digest.hexdigest()
        unit = owner.removeprefix(OF_UNIT)
        announces = kind_of(unit) in ANNOUNCERS or unit == NATION
        codes = self._codes(unit)
        digest.update(self._inputs.own(unit).digest.encode())
        for code in sorted(codes):
            digest.update(self._said_of(code, dated=announces).encode())
        if announces or any(not self._always_listed(code) for code in self._inputs.own(unit).codes):
            digest.update(repr([look.observed_on for look in self._national]).encode())
        return digest.hexdigest()

    def _said_of(self, code: str, *, dated: bool) -> str:
        """All that is said of a procedure and of those of its names; `dated`: the days on which the catalogue was seen to hold it too."""
        if (code, dated) in self._said:
            return self._said[code, dated]
        told = []
        for one in sorted(self._with_namesakes(code, ())):
            versions = [(version.piece, version.position, version.days if dated else ()) for version in self._versions.get(one, ())]
            told.append((one, self._inputs.versions_of(one), versions, self._announced.get(one, ())))
        said = self._said[code, dated] = hashlib.blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return said

    def _always_listed(self, code: str) -> bool:
        versions = self._versions.get(code, ())
        return bool(versions) and all(in_catalogue(one.procedure) for one in versions)

    def found(self, owner: str) -> list[HeldFinding]:
        """An owner's findings over all days."""
        if owner.startswith(OF_DECISIONS):
            return over_days(partial(self._decided, owner.removeprefix(OF_DECISIONS)))
        unit = owner.removeprefix(OF_UNIT)
        posted = _grouped(load_postings(self._connection, None, unit), lambda one: one.procedure)
        found = over_days(partial(self._places, unit))
        for code in sorted(self._codes(unit)):
            if (first := self._first_seen(unit, code, posted.get(code, ()))) is not None:  # on days before, no cell says anything
                found += over_days(partial(self._cells, unit, code, posted.get(code, ())), first)
        return found

    def _first_seen(self, unit: str, code: str, posted: Sequence[Posting]) -> date | None:
        """The first day on which anything was seen of a procedure at a unit; None where nobody looked."""
        looks = (*self._looks.get(unit, ()), *self._looks.get(NATION, ()), *self._national)
        listed = self._versions.get(code, ()) if kind_of(unit) in ANNOUNCERS or unit == NATION else ()
        return min((*(one.observed_on for one in (*posted, *looks)), *(one.days[0] for one in listed)), default=None)

    def _codes(self, unit: str) -> set[str]:
        """The procedures of which a unit shows anything, or can owe anything for sure while somebody looks."""
        own = self._inputs.own(unit)
        if not own.looked and kind_of(unit) not in ANNOUNCERS:
            return set(own.codes)
        by = {announcer_of(unit), *([ministry] if unit in country() and (ministry := country()[unit].ministry) else [])}
        received = {code for one in self._receptions.get(unit, ()) for code in one.listed or ()}
        return set(own.codes).union(received, *(self._owed.get(announcer, ()) for announcer in by))

    def _cells(self, unit: str, code: str, posted: Sequence[Posting], day: AskedDay) -> list[Finding]:
        """What one procedure's cells at a unit find on a day."""
        codes = frozenset(self._with_namesakes(code, {one.shown_name for one in posted if one.shown_name}))
        receptions = self._receptions.get(unit, ())
        which = codes, unit if receptions else ""
        return self._held.ask(which, day, partial(self._told, codes, receptions), partial(self._found, unit, code, posted, day))

    def _found(self, unit: str, code: str, posted: Sequence[Posting], day: AskedDay, told: ToldOfCodes) -> list[Finding]:
        shown = [*(one for one in told.known.national.get(unit, ()) if one.procedure == code), *posted]
        looks = self._looks.get(unit, ()) if unit != NATION else ()  # what was seen of the whole nation is held for every unit
        audit = replace(told.known.audit, asked_on=day)
        cells = told.matrix.cells_on(unit, shown, looks, day)
        return [one for cell in cells if cell.procedure == code for one in check_cell(cell, audit)]

    def _told(self, codes: Collection[str], receptions: Sequence[Reception], day: AskedDay) -> ToldOfCodes:
        known = on_day(self._facts(codes, self._looks.get(NATION, ()), receptions), day)
        return ToldOfCodes(known, Matrix(known.audit, known.duties, judged, known.looks_at(NATION)), day)

    def _places(self, unit: str, day: AskedDay) -> Iterator[Finding]:
        """What a unit shows of itself on a day."""
        looks = [*self._looks.get(unit, ()), *(self._looks.get(NATION, ()) if unit != NATION else ())]
        known = on_day(self._facts((), looks, self._receptions.get(unit, ())), day)
        yield from check_places(known.audit, [look for look in known.looks if look.unit == unit], known.receptions)

    def _decided(self, code: str, day: AskedDay) -> Iterator[Finding]:
        """What decisions and regulations owe of one procedure on a day; beside them the first decision of each issuer, since a province
        that has decided nothing follows nothing."""
        others = [one for one in self._first.values() if one.procedure != code]
        audit = on_day(self._facts((code,), (), (), others), day).audit
        regulations = [one for one in self._regulations if code in one.procedures]
        yield from (one for one in check_decisions(audit, regulations) if one.object == code)

    def _facts(
        self, codes: Iterable[str], looks: Sequence[Look], receptions: Sequence[Reception], others: Sequence[Announcement] = ()
    ) -> PublicFacts:
        wanted = sorted(codes)
        versions = [version for code in wanted for version in self._versions.get(code, ())]
        announced = [one for code in wanted for one in self._announced.get(code, ())]
        return PublicFacts(versions, [*announced, *others], list(looks), self._national, list(receptions), self._regulations)

    def _with_namesakes(self, code: str, shown: Collection[str]) -> set[str]:
        """A procedure with those of the catalogue that bear a name of it, or one that it is shown under."""
        if code not in self._namesakes:
            self._namesakes[code] = self._bearing(code)
        return self._namesakes[code].union(*(self._named.get(same_name(name), ()) for name in shown))

    def _bearing(self, code: str) -> set[str]:
        names = {version.procedure.name for version in self._versions.get(code, ())}
        names |= {one.name for one in self._announced.get(code, ()) if one.name}
        return {code}.union(*(self._named.get(same_name(name), ()) for name in names if name))


def _grouped(records: Iterable[Stated], key: Callable[[Stated], str]) -> dict[str, list[Stated]]:
    found: dict[str, list[Stated]] = defaultdict(list)
    for one in records:
        found[key(one)].append(one)
    return dict(found)


def _first_decisions(announced: Iterable[Announcement]) -> dict[str, Announcement]:
    """By issuer the decision signed first, one without a day before all."""
    first: dict[str, Announcement] = {}
    for one in announced:
        held = first.get(one.issuer)
        if not one.internal and (held is None or (held.signed_on and (one.signed_on is None or one.signed_on < held.signed_on))):
            first[one.issuer] = one
    return first
