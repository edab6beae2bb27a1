"""What each table is: received, read, derived, said by people, or a log. A table that is not declared here fails a test.

Received, read and derived tables can be made again from the archive, so two stores of one archive hold the same rows of them. What
people and operators did, and what runs did when, stands nowhere else: it can only be compared with what it was before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import ColumnElement, Table, func, or_, select

from rasoat.store.published_schema import publications, published_tables
from rasoat.store.said_schema import metadata
from rasoat.store.schema import progress


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
    how long something took; `lifetime`: columns that tell which publications a row stands in, no part of what is compared; `but`: rows
    that are no part of it, but notes of runs; `taken_back`: a row may go, since whoever did it may take it back."""

    kind: TableKind
    moment: frozenset[str] = frozenset()
    timings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lifetime: frozenset[str] = frozenset()
    but: ColumnElement[bool] | None = None
    taken_back: bool = False


def _published(table: Table) -> DeclaredTable:
    """A published table: of what it holds only the rows that stand are derived. Which publication brought a row tells only when."""
    stands = select(func.coalesce(func.max(publications.c.number), 0)).scalar_subquery()
    unseen = or_(table.c.died <= stands, table.c.born > stands)
    return DeclaredTable(TableKind.DERIVED, lifetime=frozenset({"born", "died"}), but=func.coalesce(unseen, False))


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
    "checks": DeclaredTable(TableKind.DERIVED),
    "verdicts": DeclaredTable(TableKind.DERIVED, timings={"data": frozenset({"seconds"})}),
    "progress": DeclaredTable(
        TableKind.DERIVED, but=or_(progress.c.name.startswith("crawl:"), progress.c.name.startswith("index-number:"))
    ),
    "indexed": DeclaredTable(TableKind.DERIVED),
    **{table.name: _published(table) for table in published_tables()},
    "events": DeclaredTable(TableKind.ACTS),
    "decisions_now": DeclaredTable(TableKind.ACTS, taken_back=True),  # of `events` alone, not of the archive
    "people": DeclaredTable(TableKind.ACTS),
    "roles": DeclaredTable(TableKind.ACTS),
    "submissions": DeclaredTable(TableKind.ACTS),
    "confirmations": DeclaredTable(TableKind.ACTS, taken_back=True),
    "sessions": DeclaredTable(TableKind.ACTS, taken_back=True),
    "set_aside": DeclaredTable(TableKind.ACTS, taken_back=True),
    "runs": DeclaredTable(TableKind.LOG),
    "piece_changes": DeclaredTable(TableKind.LOG),
    "publications": DeclaredTable(TableKind.LOG),  # a store made again has published once
}


def tables_of(*kinds: TableKind) -> list[Table]:
    """The tables of these kinds, those that others point at first."""
    return [table for table in metadata.sorted_tables if DECLARED[table.name].kind in kinds]


def key_of(table: Table) -> tuple[str, ...]:
    """The columns that tell one row of a table from every other: its primary key, or its unique index where it has none."""
    if table.primary_key.columns:
        lifetime = DECLARED[table.name].lifetime
        return tuple(column.name for column in table.primary_key.columns if column.name not in lifetime)
    return next(tuple(column.name for column in index.columns) for index in table.indexes if index.unique)
