"""The derived tables, brought up to what was read: documents, placed effects and resolved citations.

Rebuilding twice gives the same rows; nothing is rebuilt while nothing was read since.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from rasoat.progress import Progress
from rasoat.store.derived import (
    EffectRows,
    change_citations,
    change_documents,
    change_effects,
    citation_row,
    document_row,
    inputs_mark,
    mark_derived,
    synchronise,
    when_changed,
)
from rasoat.store.schema import citations, documents, effects
from validators.derivation.derivation import Derivation, DerivedChange

# Raise it when a change to merging, resolving or placing must be applied to what is already stored.
DERIVATION_VERSION = 11
DERIVED_MARK = "derived"


@dataclass(slots=True)
class RowsDerived:
    """How many rows of each table are others than before."""

    documents: int = 0
    effects: int = 0
    citations: int = 0


def derive(engine: Engine, progress: Progress) -> RowsDerived | None:
    """Bring the derived tables up to what was read; None where nothing was read since they were built."""
    found = RowsDerived()
    with engine.begin() as connection:

        def build() -> None:
            write_derivation(connection, Derivation(connection, progress), progress, found)

        return found if when_changed(connection, DERIVED_MARK, build, str(DERIVATION_VERSION)) else None


def derive_kept(engine: Engine, progress: Progress) -> Derivation:
    """The same, with all that it was derived from held to be brought up to what is read later."""
    with engine.begin() as connection:
        made = Derivation(connection, progress, noting=True)

        def build() -> None:
            write_derivation(connection, made, progress, RowsDerived())

        when_changed(connection, DERIVED_MARK, build, str(DERIVATION_VERSION))
        made.effects.clear()
        return made


def write_derivation(connection: Connection, made: Derivation, progress: Progress, found: RowsDerived) -> None:
    """Make the derived tables what a derivation says, and count what differs."""
    progress("ghi", 3, 4)
    found.documents = sum(synchronise(connection, documents, (document_row(made.documents[key]) for key in sorted(made.documents))))
    found.effects = sum(synchronise(connection, effects, made.effects))
    cited = (citation_row(*place, resolution) for place, resolution in made.citations.items())
    found.citations = sum(synchronise(connection, citations, cited))


def write_change(engine: Engine, change: DerivedChange) -> EffectRows:
    """Write what some pieces changed; the rows of effects that went and came, by piece."""
    with engine.begin() as connection:
        change_documents(connection, change.documents)
        written = change_effects(connection, change.effects)
        change_citations(connection, change.citations)
        mark_derived(connection, DERIVED_MARK, derivation_inputs(connection))
        return written


def derivation_inputs(connection: Connection) -> str:
    """What the derived tables are marked with where they are made from what is read now."""
    return inputs_mark(connection, str(DERIVATION_VERSION))
