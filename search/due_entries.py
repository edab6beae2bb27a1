"""Whose entries are to be looked at again, where an index follows from one publication and day to another.

More than needed is told, never less: what comes out the same is not written. A day on which nothing turns costs a few look-ups.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select

from rasoat.records import Verb
from rasoat.store.publications import portions, standing
from rasoat.store.published_schema import cited_by, findings, outlines, procedures_now, published_inputs, timelines
from rasoat.store.schema import answers, effects, indexed, places
from search.entries import EntryKind

_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class IndexedMoment:
    """The publication and the day that an index tells of."""

    number: int
    day: date


@dataclass(slots=True)
class DueEntries:
    """Documents (their articles with them) by key, procedures by code, findings by fingerprint; also those that are gone."""

    documents: set[str] = field(default_factory=set)
    procedures: set[str] = field(default_factory=set)
    findings: set[str] = field(default_factory=set)


def due_since(connection: Connection, engine_name: str, before: IndexedMoment, day: date) -> DueEntries:
    """What may differ between what an index tells and what the publication that stands tells of a day."""
    turning = _Turning(connection, before, IndexedMoment(standing(connection).number, day))
    due = DueEntries(turning.documents(), turning.procedures(), turning.findings())
    if before.number != turning.now.number:
        due.documents |= turning.gone(engine_name, EntryKind.DOCUMENT, "timelines")
        due.procedures |= turning.gone(engine_name, EntryKind.PROCEDURE, "procedures_now")
    due.findings |= turning.findings_on(due.procedures)
    due.procedures |= turning.citing(due.documents)
    return due


class _Turning:
    def __init__(self, connection: Connection, before: IndexedMoment, now: IndexedMoment) -> None:
        self._connection, self.before, self.now = connection, before, now
        self._first, self._last = sorted((before.day, now.day))

    def documents(self) -> set[str]:
        """Whose answers turn between the days, or were published anew; those that are told with them too."""
        turned = self._keys(timelines, "key", self._between(timelines.c.from_day))
        changed = self._owners("timelines")
        for table in (timelines, outlines):
            changed |= self._keys(table, "key", self._came(table))
        return self._consolidating(turned) | turned | self._reached(changed)

    def procedures(self) -> set[str]:
        """Whose judged version is another, or was seen again."""
        found = self._keys(procedures_now, "code", self._between(procedures_now.c.from_day)) | self._owners("procedures_now")
        same = (answers.c.source == places.c.source) & (answers.c.request == places.c.request) & (answers.c.sha256 == places.c.sha256)
        seen = select(places.c.piece).join(answers, same).where(self._between(answers.c.observed_on)).distinct()
        if self._first != self._last and (pieces := set(self._connection.scalars(seen))):
            held = self._connection.execute(select(procedures_now.c.code, procedures_now.c.piece))
            found.update(row.code for row in held if row.piece in pieces)
        return found

    def findings(self) -> set[str]:
        """Those that begin, end or are told otherwise between the days, or that a publication brought or took away."""
        turned = or_(self._between(findings.c.holds_from), self._between(findings.c.holds_to))
        went = self._within(findings.c.died)
        return self._keys(findings, "fingerprint", turned) | self._keys(findings, "fingerprint", or_(self._came(findings), went))

    def findings_on(self, codes: Collection[str]) -> set[str]:
        """The findings that some procedures lend their names."""
        found: set[str] = set()
        for some in portions(sorted(codes), _TOGETHER):
            found |= self._keys(findings, "fingerprint", and_(findings.c.subject.in_(some), findings.c.died.is_(None)))
        return found

    def citing(self, keys: set[str]) -> set[str]:
        """The procedures that cite some documents in the version of the day."""
        found: set[str] = set()
        for some in portions(sorted(keys), _TOGETHER):
            found |= self._keys(cited_by, "procedure", cited_by.c.key.in_(some))
        if keys:  # `cited_by` tells of the newest versions
            newer = self._keys(procedures_now, "code", procedures_now.c.from_day > self.now.day)
            for several in portions(sorted(newer), _TOGETHER):
                older = select(procedures_now.c.code, procedures_now.c.citations).where(procedures_now.c.code.in_(several))
                for row in self._connection.execute(older):
                    if not keys.isdisjoint(one["resolution"].get("key") for one in row.citations):
                        found.add(row.code)
        return found

    def gone(self, engine_name: str, kind: EntryKind, thing: str) -> set[str]:
        """What the index tells of and the publication does not."""
        first = f"{kind}:"
        own = and_(indexed.c.engine == engine_name, indexed.c.id.startswith(first))
        held = {one.removeprefix(first) for one in self._connection.scalars(select(indexed.c.id).where(own))}
        stands = standing(self._connection).sees(published_inputs)
        return held - self._keys(published_inputs, "owner", and_(published_inputs.c.thing == thing, stands))

    def _owners(self, thing: str) -> set[str]:
        return self._keys(published_inputs, "owner", and_(published_inputs.c.thing == thing, self._came(published_inputs)))

    def _reached(self, changed: set[str]) -> set[str]:
        """The documents whose answers may rest on facts of the changed ones, these among them, or that are told with their names."""
        found, waiting, dated = set(changed), list(changed), self._dated() if changed else {}
        while waiting:
            some, waiting = waiting[:_TOGETHER], waiting[_TOGETHER:]
            more = self._keys(effects, "target", and_(effects.c.source.in_(some), effects.c.target.is_not(None)))
            more |= self._consolidating(some).union(*(dated.get(key, ()) for key in some))
            waiting.extend(more - found)
            found |= more
        return found

    def _dated(self) -> dict[str, set[str]]:
        """By document those that clauses act upon from a day which goes with it."""
        found: dict[str, set[str]] = {}
        told = and_(effects.c.anchor.is_not(None), effects.c.target.is_not(None))
        for row in self._connection.execute(select(effects.c.anchor, effects.c.target).where(told).distinct()):
            found.setdefault(row.anchor, set()).add(row.target)
        return found

    def _consolidating(self, keys: Collection[str]) -> set[str]:
        """The texts that consolidate some documents."""
        found: set[str] = set()
        for some in portions(sorted(keys), _TOGETHER):
            found |= self._keys(effects, "source", and_(effects.c.verb == Verb.CONSOLIDATES.value, effects.c.target.in_(some)))
        return found

    def _keys(self, table: Table, name: str, where: ColumnElement[bool]) -> set[str]:
        return set(self._connection.scalars(select(table.c[name]).where(where).distinct()))

    def _between(self, day: ColumnElement[date]) -> ColumnElement[bool]:
        """Days on which something is another than on the day before, between the two days."""
        return and_(day > self._first, day <= self._last)

    def _came(self, table: Table) -> ColumnElement[bool]:
        return self._within(table.c.born)

    def _within(self, number: ColumnElement[int]) -> ColumnElement[bool]:
        return and_(number > self.before.number, number <= self.now.number)
