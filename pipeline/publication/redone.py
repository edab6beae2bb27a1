"""What a publication did again and why, for the report of a run."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.publication.finding_rows import Changed, JudgedAgain
from pipeline.publication.loaded_facts import LoadedFacts
from rasoat.run_report import Redone
from rasoat.store.publications import PublicationWriter
from rasoat.store.published_schema import coverage_blocks, coverage_duties

_NAMED = 5


def redone(facts: LoadedFacts, changed: Changed, again: JudgedAgain, writer: PublicationWriter) -> list[Redone]:
    """Step by step, in the order of a run."""
    told: list[Redone] = []
    done = facts.done
    if done:
        read = _named(done.read)
        told.append(Redone("read", len(done.read), "read", read))
        told.append(Redone("effects", len(done.placed), "looked_up", read))
        told.append(Redone("citations", len(done.resolved), "looked_up", read))
    because = _named(done.read) if done else ()
    told.append(Redone("documents", len(changed.documents), "reached" if done else "differs", because))
    told.append(Redone("procedures", len(changed.procedures), "resolved" if done else "differs"))
    told.append(Redone("judged", len(again.procedures), again.why, _named(changed.documents)))
    told.append(Redone("reviewed", len(again.documents), again.why, _named(changed.documents)))
    for kind, table in (("lists", coverage_duties), ("units", coverage_blocks)):
        written = writer.written.get(table.name)
        told.append(Redone(kind, written.came + written.went if written else 0, "coverage" if written else "untouched"))
    return told


def _named(keys: Collection[str]) -> tuple[str, ...]:
    """A few documents, by their numbers."""
    return tuple(key.partition("|")[2] or key for key in sorted(keys)[:_NAMED])
