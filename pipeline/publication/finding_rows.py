"""The findings of a publication: what each procedure, each document and the posting audit find, over all days.

Whom a change may have reached is judged again, once for all days; units and decisions of which something else is said are audited again.
Only the rows that differ are written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, select, true

from rasoat.progress import Progress
from rasoat.records import HeldFinding, Procedure
from rasoat.settings import Settings
from rasoat.store.finding_owners import AUDITED, OF_DOCUMENT, OF_PROCEDURE
from rasoat.store.publications import PublicationWriter, PublishedRow, portions
from rasoat.store.published_findings import finding_row, unit_rows
from rasoat.store.published_schema import citation_counts, finding_units, findings, procedures_now, unjudged
from validators.checked_days import RULES_VERSION
from validators.concerned_units import concerned, publishers
from validators.public_findings import PublicFindings
from validators.store_over_days import StoreOverDays, Untouched

_THING = "findings"
_PUBLIC = "public_findings"
_UNITS = 40  # units and decisions whose rows are compared in one go
_TOGETHER = 400  # owners whose rows are compared in one go
_TOLD = 50  # owners after which progress is told
# Why what was found does not follow any more (`findings.gone_why`).
RULES, DECISIONS, PROCEDURE, PROCEDURE_GONE, DOCUMENT, DOCUMENT_GONE, PUBLIC = (
    "rules", "decisions", "procedure", "procedure_gone", "document", "document_gone", "public",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """What the facts changed since the last publication may have changed: documents by key, and procedures by code."""

    documents: frozenset[str]
    procedures: frozenset[str]


@dataclass(frozen=True, slots=True)
class JudgedAgain:
    """Whose findings were looked at again, and why: "first", "rules" and "announcements" are of all, "facts" of those that changed; then
    no other documents are accused again than `accused`, but in procedures whose own facts or siblings' changed (`whole`)."""

    why: str
    procedures: frozenset[str]
    documents: frozenset[str]
    accused: frozenset[str] | None = None
    whole: frozenset[str] = frozenset()


def publish_findings(
    writer: PublicationWriter, connection: Connection, settings: Settings, stored: StoreOverDays, changed: Changed, progress: Progress
) -> JudgedAgain:
    """Judge over all days what a change may have reached, and write what differs; whom that was."""
    marks, held = _marks(stored, settings), writer.inputs_of(_THING)
    if held == marks:
        again, gone = _reached(writer, stored, changed)
    else:
        again = JudgedAgain(_why(held, marks), frozenset(stored.judged), frozenset(stored.world.graph.register.documents))
        gone = _owners(connection).difference(f"{OF_PROCEDURE}{code}" for code in again.procedures)
        gone = {owner for owner in gone.difference(f"{OF_DOCUMENT}{key}" for key in again.documents) if not owner.startswith(AUDITED)}
    judging = _Judging(stored, again, progress)
    for why, several in groupby(judging.owners, key=lambda one: _why_gone(one, again, changed)):
        for some in portions(several, _TOGETHER):
            before = writer.rows_of(findings, findings.c.owner.in_(some))
            _write(writer, set(some), judging.rows(some, before), why, before)
    for why, owners in groupby(sorted(gone), key=lambda owner: PROCEDURE_GONE if owner.startswith(OF_PROCEDURE) else DOCUMENT_GONE):
        for left in portions(owners, _TOGETHER):
            _write(writer, set(left), [], why)
    _write_conclusions(writer, stored, again, changed, whole=held != marks)
    writer.mark(_THING, marks)
    return again


def publish_public_findings(writer: PublicationWriter, connection: Connection, stored: StoreOverDays, progress: Progress) -> frozenset[str]:
    """What the audit of what is public finds over all days, of the units and decisions whose facts are others; which these were."""
    public = PublicFindings(connection)
    now = {owner: f"{RULES_VERSION} {public.inputs(owner)}" for owner in public.owners()}
    due = sorted(writer.differing(_PUBLIC, now))
    latest = {code: several[-1].version.procedure for code, several in stored.judged.items()}
    for at, some in enumerate(portions(due, _UNITS)):
        progress("công khai", at * _UNITS, len(due))
        rows = [row for owner in some if owner in now for row in _rows(owner, public.found(owner), {}, latest)]
        _write(writer, set(some), rows, PUBLIC)
        writer.mark(_PUBLIC, {owner: now.get(owner) for owner in some})
    return frozenset(due)


def _why_gone(owner: str, again: JudgedAgain, changed: Changed) -> str:
    """Why a finding of an owner that is there still goes, where it goes: what it was judged by, else its procedure's own facts, else those
    of a document."""
    if again.why != "facts":
        return DECISIONS if again.why == "announcements" else RULES
    return PROCEDURE if owner.startswith(OF_PROCEDURE) and owner.removeprefix(OF_PROCEDURE) in changed.procedures else DOCUMENT


def _why(held: Mapping[str, str], marks: Mapping[str, str]) -> str:
    """Why everything is judged again."""
    return "first" if not held else next(name for name in marks if held.get(name) != marks[name])


def _reached(writer: PublicationWriter, stored: StoreOverDays, changed: Changed) -> tuple[JudgedAgain, set[str]]:
    """Whom a change may have reached, and the owners that are there no longer."""
    whole = stored.judged_together(changed.procedures)
    known = stored.world.graph.register.documents
    near = stored.near(changed.documents)
    keys = near | _cited_by_changed(writer)
    gone = {f"{OF_PROCEDURE}{code}" for code in changed.procedures if code not in stored.judged} | {
        f"{OF_DOCUMENT}{key}" for key in keys if key not in known
    }
    accused = None if stored.overriding(changed.documents) else near
    due = stored.touched(changed.documents) | whole
    return JudgedAgain("facts", due, frozenset(key for key in keys if key in known), accused, whole), gone


def _cited_by_changed(writer: PublicationWriter) -> set[str]:
    """The documents that procedures cite, or cited until now, whose citations this publication tells otherwise."""
    table = procedures_now
    return {one["resolution"]["key"] for row in writer.changed_rows(table) for one in row["citations"] if one["resolution"].get("key")}


def _marks(stored: StoreOverDays, settings: Settings) -> dict[str, str]:
    """What every procedure's findings rest on beside its own facts and the documents: how they are judged, and what decisions say."""
    knobs = f"{RULES_VERSION}/{settings.horizon_days}/{settings.life_months}"
    announced = "\n".join(sorted(repr(one) for several in stored.announced.values() for one in several))
    told = {"rules": knobs, "announcements": announced}
    return {owner: hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() for owner, text in told.items()}


def _write(
    writer: PublicationWriter, owners: set[str], rows: list[PublishedRow], why_gone: str, held: list[PublishedRow] | None = None
) -> None:
    writer.replace(findings, findings.c.owner.in_(owners), rows, {"gone_why": why_gone}, held)
    writer.replace(finding_units, finding_units.c.owner.in_(owners), unit_rows(rows))


def _owners(connection: Connection) -> set[str]:
    return set(connection.scalars(select(findings.c.owner).distinct().where(findings.c.died.is_(None))))


def _write_conclusions(writer: PublicationWriter, stored: StoreOverDays, again: JudgedAgain, changed: Changed, *, whole: bool) -> None:
    """What was judged of each procedure's citations, and the cited documents on which nothing could be said."""
    codes = sorted(again.procedures | changed.procedures)
    keys = sorted(stored.citing.keys() if whole else again.documents | changed.documents)
    for some in [codes] if whole else portions(codes, _TOGETHER):
        counts = (
            {"code": code, "unit": unit, "holds_from": since, "holds_to": until, "cited": one.cited, "judged": one.judged}
            for code in some
            if code in stored.judged
            for one in stored.counts(code)
            for unit, since, until in publishers(stored.judged[code], one.since, one.until)
        )
        writer.replace(citation_counts, true() if whole else citation_counts.c.code.in_(some), counts)
    for some in [keys] if whole else portions(keys, _TOGETHER):
        silent = (
            {"key": key, "holds_from": one.since, "holds_to": one.until, "reason": one.reason, "procedures": one.procedures}
            for key in some
            for one in stored.unjudged(key)
        )
        writer.replace(unjudged, true() if whole else unjudged.c.key.in_(some), silent)


class _Judging:
    """Those whose findings are due: the procedures, then the documents; those that have none too."""

    def __init__(self, stored: StoreOverDays, again: JudgedAgain, progress: Progress) -> None:
        procedures = [f"{OF_PROCEDURE}{code}" for code in sorted(again.procedures)]
        self.owners = [*procedures, *(f"{OF_DOCUMENT}{key}" for key in sorted(again.documents))]
        self._stored, self._again, self._progress, self._done = stored, again, progress, 0
        self._latest = {code: several[-1].version.procedure for code, several in stored.judged.items()}

    def rows(self, owners: Iterable[str], held: Iterable[PublishedRow]) -> list[PublishedRow]:
        """The rows of some; `held`: those of the publication so far."""
        before: dict[str, list[PublishedRow]] = defaultdict(list)
        for row in held:
            before[row["owner"]].append(row)
        found: list[PublishedRow] = []
        for owner in owners:
            found += self._of_procedure(owner, before[owner]) if owner.startswith(OF_PROCEDURE) else self._of_document(owner)
            self._done += 1
            if self._done % _TOLD == 0 or self._done == len(self.owners):
                self._progress(owner.partition(":")[2], self._done, len(self.owners))
        return found

    def _of_procedure(self, owner: str, before: Iterable[PublishedRow]) -> Iterator[PublishedRow]:
        code = owner.removeprefix(OF_PROCEDURE)
        versions = {(one.version.piece, one.version.position): one.version.procedure for one in self._stored.judged[code]}
        only = None if code in self._again.whole else self._again.accused
        if only is not None:
            yield from _standing(before, self._stored.untouched(code, only))
        yield from _rows(owner, self._stored.procedure(code, only), versions, self._latest)

    def _of_document(self, owner: str) -> Iterator[PublishedRow]:
        return _rows(owner, self._stored.document(owner.removeprefix(OF_DOCUMENT)), {}, self._latest)


def _standing(before: Iterable[PublishedRow], untouched: Untouched) -> Iterator[PublishedRow]:
    """The rows that say what nothing has changed of."""
    for row in before:
        if untouched.holds(row["rule"], row["object"], row["fingerprint"]):
            yield {name: value for name, value in row.items() if name not in ("born", "died", "gone_why")}


def _rows(
    owner: str, found: Iterable[HeldFinding], versions: Mapping[tuple[str, int], Procedure], latest: Mapping[str, Procedure]
) -> Iterator[PublishedRow]:
    for held in found:
        one = held.finding
        about = versions.get((held.piece, held.position)) or latest.get(one.object or "") or latest.get(one.subject)
        yield finding_row(owner, held, concerned(one, about), about)
