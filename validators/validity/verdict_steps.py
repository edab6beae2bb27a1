"""The small steps of a verdict: before a known entry into force, what a clause keeps alive, clauses as evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from rasoat.identity import parse_number
from rasoat.records import BasisKind, Confidence, Effect, Evidence, LegalDocument, Status, StatusBasis, Verdict
from validators.validity import life as lives
from validators.validity.life import Event, LifeState
from validators.validity.paths import UNNAMED, WHOLE
from validators.validity.placement import EntryIntoForce
from validators.validity.signs import Sign

NO_ENTRY_DAYS = 45  # Law 64/2025/QH15 Điều 53: a central text begins 45 days after signing at the earliest, unless it says otherwise


def kept_alive(reading: LifeState, day: date) -> Verdict | None:
    """A clause that says outright what goes on: a survivor of an ending, a revival or prolonged life with its term ahead."""
    lasting = next((event for event in reading.lifted_by if event.until and event.until > day), None)
    event = lasting or reading.spared_by
    if event is None:
        return None
    basis = StatusBasis(BasisKind.KEPT_UNTIL, on=event.until) if lasting else StatusBasis(BasisKind.SPARED)
    reason = "ends_later" if lasting else "survivors"
    return Verdict(Status.IN_FORCE, reason, basis, evidence=(evidence_of_event(event),), confidence=lives.confidence(event, day))


def before_known_entry(document: LegalDocument, entry: EntryIntoForce | None, day: date) -> Verdict | None:
    """Step 3 where no entry into force is known: before the issue, and the first weeks after it."""
    if entry is not None:
        return None
    parts = parse_number(document.number)
    if document.issued_on is None:
        if parts and parts.year and day < date(parts.year, 1, 1):
            return Verdict(Status.NOT_YET, "not_yet", StatusBasis(BasisKind.NUMBER_OF_YEAR, year=parts.year))
        return None
    if day < document.issued_on:
        return Verdict(Status.NOT_YET, "not_yet", StatusBasis(BasisKind.ISSUED_LATER, on=document.issued_on))
    if day <= document.issued_on + timedelta(days=NO_ENTRY_DAYS):
        return Verdict(Status.UNKNOWN, "no_entry_date", StatusBasis(BasisKind.JUST_ISSUED, on=document.issued_on))
    return None


def before_open_entry(entry: EntryIntoForce | None, day: date, signs: Iterable[Sign], ids: Callable[[str], str]) -> Verdict | None:
    """Step 3 where a clause puts the entry into force off to a day nobody can tell: unknown until a publisher shows it in force."""
    if entry is None or not entry.open or entry.effect is None or any(sign.shown and entry.day <= sign.day <= day for sign in signs):
        return None
    basis = StatusBasis(BasisKind.ENTRY_OPEN, documents=(ids(entry.effect.source),))
    evidence = (evidence_of_clause(entry.effect, None),)
    return Verdict(Status.UNKNOWN, "entry_open", basis, evidence=evidence, confidence=Confidence.LOW)


def evidence_of_clause(effect: Effect, day: date | None) -> Evidence:
    return Evidence(
        effect.source,
        effect.source_provision,
        effect.quote,
        effect.tier,
        effect.origin,
        effect.verb,
        day,
        effect.basis,
        lead=effect.lead,
        printed=effect.printed_target,
    )


def evidence_of_event(event: Event) -> Evidence:
    shown = evidence_of_clause(event.effect, None if event.day == date.min else event.day)
    return replace(shown, part=event.path) if event.path not in (WHOLE, UNNAMED) else shown


def entry_evidence(entry: EntryIntoForce) -> tuple[Evidence, ...]:
    return (evidence_of_clause(entry.effect, None if entry.open else entry.day),) if entry.effect else ()
