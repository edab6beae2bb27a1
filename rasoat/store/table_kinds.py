"""What each table is: received, read, derived, said by people, or a log. A table that is not declared here fails a test.

Received, read and derived tables can be made again from the archive, so two stores of one archive hold the same rows of them. What
people and operators did, and what runs did when, stands nowhere else: it can only be compared with what it was before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import ColumnElement, Table

from rasoat.store.schema import metadata, progress


class TableKind(StrEnum):
    RECEIVED = "received"
    READ = "read"
    DERIVED = "derived"
    ACTS = "acts"
    LOG = "log"


MADE = (TableKind.RECEIVED, TableKind.READ, TableKind.DERIVED)  # what the archive alone tells


@dataclass(frozen=True, slots=True)
class DeclaredTable:
    """A table's kind. `moment`: columns that tell only when and where bytes were written; `timings`: fields of JSON columns that tell
    how long something took; `but`: rows that are no part of it, but notes of runs; `taken_back`: a row may go, since whoever did it may take it back."""

    kind: TableKind
    moment: frozenset[str] = frozenset()
    timings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    but: ColumnElement[bool] | None = None
    taken_back: bool = False


DECLARED: dict[str, DeclaredTable] = {
    "captures": DeclaredTable(TableKind.RECEIVED, moment=frozenset({"warc", "offset", "length"})),
    "answers": DeclaredTable(TableKind.RECEIVED, moment=frozenset({"fetched_at"})),
    "pieces": DeclaredTable(TableKind.READ),
    "places": DeclaredTable(TableKind.READ),
    "procedures": DeclaredTable(TableKind.READ),
    "observations": DeclaredTable(TableKind.READ),
    "articles": DeclaredTable(TableKind.READ),
    "clauses": DeclaredTable(TableKind.READ),
    "mentions": DeclaredTable(TableKind.READ),
    "listings": DeclaredTable(TableKind.READ),
    "refusals": DeclaredTable(TableKind.READ),
    "announcements": DeclaredTable(TableKind.READ),
    "postings": DeclaredTable(TableKind.READ),
    "looks": DeclaredTable(TableKind.READ),
    "receptions": DeclaredTable(TableKind.READ),
    "regulations": DeclaredTable(TableKind.READ),
    "documents": DeclaredTable(TableKind.DERIVED),
    "citations": DeclaredTable(TableKind.DERIVED),
    "effects": DeclaredTable(TableKind.DERIVED),
    "findings": DeclaredTable(TableKind.DERIVED),
    "checks": DeclaredTable(TableKind.DERIVED),
    "verdicts": DeclaredTable(TableKind.DERIVED, timings={"data": frozenset({"seconds"})}),
    "progress": DeclaredTable(TableKind.DERIVED, but=progress.c.name.startswith("crawl:")),
    "indexed": DeclaredTable(TableKind.DERIVED),
    "reviews": DeclaredTable(TableKind.ACTS),
    "set_aside": DeclaredTable(TableKind.ACTS, taken_back=True),
    "runs": DeclaredTable(TableKind.LOG),
}


def tables_of(*kinds: TableKind) -> list[Table]:
    """The tables of these kinds, those that others point at first."""
    return [table for table in metadata.sorted_tables if DECLARED[table.name].kind in kinds]


def key_of(table: Table) -> tuple[str, ...]:
    """The columns that tell one row of a table from every other: its primary key, or its unique index where it has none."""
    if table.primary_key.columns:
        return tuple(column.name for column in table.primary_key.columns)
    return next(tuple(column.name for column in index.columns) for index in table.indexes if index.unique)
