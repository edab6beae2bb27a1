"""The findings of a publication: what each procedure, each document and the posting audit find, over all days.

The procedures that a change may have reached are judged again, once for all days; documents and the audit cost little and are judged each time.
Only the rows that differ are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, true

from rasoat.progress import Progress
from rasoat.records import HeldFinding, Procedure
from rasoat.settings import Settings
from rasoat.store.publications import PublicationWriter, PublishedRow, portions
from rasoat.store.published_findings import finding_row, unit_rows
from rasoat.store.published_schema import citation_counts, finding_units, findings, published_inputs, unjudged
from validators.checked_days import RULES_VERSION
from validators.concerned_units import concerned, publishers
from validators.posting_audit import findings_over_days
from validators.store_over_days import StoreOverDays
from validators.validity import ValidityGraph

_THING = "findings"
_AUDIT = "postings"
_TOGETHER = 400  # owners whose rows are compared in one go
GONE = {"gone_why": "facts"}  # other facts, other rules or another version: what was found does not follow any more


@dataclass(frozen=True, slots=True)
class Changed:
    """What the facts changed since the last publication may have changed: documents by key, and procedures by code."""

    documents: frozenset[str]
    procedures: frozenset[str]


def publish_findings(
    writer: PublicationWriter, connection: Connection, settings: Settings, graph: ValidityGraph, changed: Changed, progress: Progress
) -> int:
    """Judge over all days what a change may have reached, and write what differs; how many procedures were judged again."""
    left = _owners(connection)
    stored = StoreOverDays(connection, settings, graph)
    marks = _marks(stored, settings)
    own = published_inputs.c.thing == _THING
    same = {row["owner"]: row["inputs"] for row in writer.rows_of(published_inputs, own)} == marks
    due = stored.touched(changed.documents, changed.procedures) if same else frozenset(stored.judged)
    left -= {f"tt:{code}" for code in stored.judged}
    for portion in portions(_everything(connection, stored, sorted(due), progress), _TOGETHER):
        left.difference_update(owner for owner, _ in portion)
        _write(writer, {owner for owner, _ in portion}, [row for _, rows in portion for row in rows])
    for gone in portions(sorted(left), _TOGETHER):
        _write(writer, set(gone), [])
    _write_conclusions(writer, stored)
    writer.replace(published_inputs, own, [{"thing": _THING, "owner": owner, "inputs": inputs} for owner, inputs in marks.items()])
    return len(due)


def _marks(stored: StoreOverDays, settings: Settings) -> dict[str, str]:
    """What every procedure's findings rest on beside its own facts and the documents: how they are judged, and what decisions say."""
    knobs = f"{RULES_VERSION}/{settings.horizon_days}/{settings.life_months}"
    announced = "\n".join(sorted(repr(one) for several in stored.announced.values() for one in several))
    told = {"rules": knobs, "announcements": announced}
    return {owner: hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() for owner, text in told.items()}


def _write(writer: PublicationWriter, owners: set[str], rows: list[PublishedRow]) -> None:
    writer.replace(findings, findings.c.owner.in_(owners), rows, GONE)
    writer.replace(finding_units, finding_units.c.owner.in_(owners), unit_rows(rows))


def _owners(connection: Connection) -> set[str]:
    return set(connection.scalars(select(findings.c.owner).distinct().where(findings.c.died.is_(None))))


def _write_conclusions(writer: PublicationWriter, stored: StoreOverDays) -> None:
    """What was judged of each procedure's citations, and the cited documents on which nothing could be said."""
    counts = (
        {"code": code, "unit": unit, "holds_from": since, "holds_to": until, "cited": one.cited, "judged": one.judged}
        for code, stretches in stored.judged.items()
        for one in stored.counts(code)
        for unit, since, until in publishers(stretches, one.since, one.until)
    )
    writer.replace(citation_counts, true(), counts)
    silent = (
        {"key": key, "holds_from": one.since, "holds_to": one.until, "reason": one.reason, "procedures": one.procedures}
        for key in sorted(stored.citing)
        for one in stored.unjudged(key)
    )
    writer.replace(unjudged, true(), silent)


def _everything(
    connection: Connection, stored: StoreOverDays, due: Sequence[str], progress: Progress
) -> Iterator[tuple[str, list[PublishedRow]]]:
    """The rows of each owner: of the procedures that are due, then documents, then the audit of what is public; those that have none too."""
    keys = sorted(stored.world.graph.register.documents)
    whole, done = len(due) + len(keys), 0
    latest = {code: several[-1].version.procedure for code, several in stored.judged.items()}
    for code in due:
        several = stored.judged[code]
        versions = {(one.version.piece, one.version.position): one.version.procedure for one in several}
        yield f"tt:{code}", list(_rows(f"tt:{code}", stored.procedure(code), versions, latest))
        done += 1
        if done % 50 == 0:
            progress(code, done, whole)
    for key in keys:
        yield f"vb:{key}", list(_rows(f"vb:{key}", stored.document(key), {}, latest))
        done += 1
        if done % 200 == 0:
            progress(key, done, whole)
    yield _AUDIT, list(_rows(_AUDIT, findings_over_days(connection), {}, latest))
    progress("", whole, whole)


def _rows(
    owner: str, found: Iterable[HeldFinding], versions: Mapping[tuple[str, int], Procedure], latest: Mapping[str, Procedure]
) -> Iterator[PublishedRow]:
    for held in found:
        one = held.finding
        about = versions.get((held.piece, held.position)) or latest.get(one.object or "") or latest.get(one.subject)
        yield finding_row(owner, held, concerned(one, about), about)
