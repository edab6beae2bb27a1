"""What a publication did again and why, for the report of a run."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.publication.finding_rows import Changed, JudgedAgain
from pipeline.publication.loaded_facts import LoadedFacts
from rasoat.run_report import Redone
from rasoat.store.publications import PublicationWriter
from rasoat.store.published_schema import coverage_blocks, coverage_duties

_NAMED = 5


def redone(facts: LoadedFacts, changed: Changed, again: JudgedAgain, audited: Collection[str], writer: PublicationWriter) -> list[Redone]:
    """Step by step, in the order of a run."""
    told: list[Redone] = []
    done, derived, because = facts.done, facts.derived, tuple[str, ...]()
    if done:
        because = _named(done.read)
        told.append(Redone("read", len(done.read), "read", because))
        told.append(Redone("placed", len(done.placed), "looked_up", because))
        told.append(Redone("resolved", len(done.resolved), "looked_up", because))
    elif derived:
        told += [
            Redone(f"{name}_derived", count, "whole")
            for name, count in (("documents", derived.documents), ("effects", derived.effects), ("citations", derived.citations))
        ]
    told.append(Redone("documents", len(changed.documents), "reached" if done else "differs", because))
    told.append(Redone("procedures", len(changed.procedures), "differs"))
    cited = _named(changed.documents) if again.why == "facts" else ()
    told.append(Redone("judged", len(again.procedures), again.why, cited))
    told.append(Redone("reviewed", len(again.documents), again.why, cited))
    for kind, table in (("lists", coverage_duties), ("units", coverage_blocks)):
        written = writer.written.get(table.name)
        told.append(Redone(kind, written.came + written.went if written else 0, "differs" if written else "untouched"))
    told.append(Redone("audited", len(audited), "differs" if audited else "untouched"))
    return told


def _named(keys: Collection[str]) -> tuple[str, ...]:
    """A few documents, by their numbers."""
    return tuple(key.partition("|")[2] or key for key in sorted(keys)[:_NAMED])
