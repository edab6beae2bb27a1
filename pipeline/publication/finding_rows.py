"""The findings of a publication: what each procedure, each document and the posting audit find, over all days.

Whom a change may have reached is judged again, once for all days; units and decisions of which something else is said are audited again.
Only the rows that differ are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
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
from validators.rules.run_rules import ACCUSING
from validators.store_over_days import StoreOverDays

_THING = "findings"
_PUBLIC = "public_findings"
_UNITS = 40  # units and decisions whose rows are compared in one go
_TOGETHER = 400  # owners whose rows are compared in one go
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
    no other documents are accused again than `accused`, but in procedures whose own facts changed (`whole`)."""

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
    for why, several in groupby(_everything(writer, stored, again, progress), key=lambda one: _why_gone(one[0], again, changed)):
        for portion in portions(several, _TOGETHER):
            _write(writer, {owner for owner, _ in portion}, [row for _, rows in portion for row in rows], why)
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
    due = stored.touched(changed.documents, changed.procedures)
    known = stored.world.graph.register.documents
    near = stored.near(changed.documents)
    keys = near | _cited_by_changed(writer)
    gone = {f"{OF_PROCEDURE}{code}" for code in changed.procedures if code not in stored.judged} | {
        f"{OF_DOCUMENT}{key}" for key in keys if key not in known
    }
    accused = None if stored.overriding(changed.documents) else near
    return JudgedAgain("facts", due, frozenset(key for key in keys if key in known), accused, changed.procedures), gone


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


def _write(writer: PublicationWriter, owners: set[str], rows: list[PublishedRow], why_gone: str) -> None:
    writer.replace(findings, findings.c.owner.in_(owners), rows, {"gone_why": why_gone})
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


def _everything(
    writer: PublicationWriter, stored: StoreOverDays, again: JudgedAgain, progress: Progress
) -> Iterator[tuple[str, list[PublishedRow]]]:
    """The rows of each owner: of the procedures that are due, then of documents; those that have none too."""
    whole, done = len(again.procedures) + len(again.documents), 0
    latest = {code: several[-1].version.procedure for code, several in stored.judged.items()}
    for code in sorted(again.procedures):
        several = stored.judged[code]
        versions = {(one.version.piece, one.version.position): one.version.procedure for one in several}
        owner, only = f"{OF_PROCEDURE}{code}", None if code in again.whole else again.accused
        kept = [] if only is None else _kept(writer, owner, stored.cited_ids(code, but=only))
        yield owner, [*kept, *_rows(owner, stored.procedure(code, only), versions, latest)]
        done += 1
        if done % 50 == 0:
            progress(code, done, whole)
    for key in sorted(again.documents):
        yield f"{OF_DOCUMENT}{key}", list(_rows(f"{OF_DOCUMENT}{key}", stored.document(key), {}, latest))
        done += 1
        if done % 200 == 0:
            progress(key, done, whole)
    progress("", whole, whole)


def _kept(writer: PublicationWriter, owner: str, ids: Collection[str]) -> list[PublishedRow]:
    """The rows of an owner that accuse documents of which nothing has changed."""
    told = writer.rows_of(findings, findings.c.owner == owner)
    lifetime = ("born", "died", "gone_why")
    accusing = (row for row in told if row["rule"] in ACCUSING and row["object"] in ids)
    return [{name: value for name, value in row.items() if name not in lifetime} for row in accusing]


def _rows(
    owner: str, found: Iterable[HeldFinding], versions: Mapping[tuple[str, int], Procedure], latest: Mapping[str, Procedure]
) -> Iterator[PublishedRow]:
    for held in found:
        one = held.finding
        about = versions.get((held.piece, held.position)) or latest.get(one.object or "") or latest.get(one.subject)
        yield finding_row(owner, held, concerned(one, about), about)
