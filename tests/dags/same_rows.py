"""Every table of a store but the log of runs, without what tells only when and where bytes were written."""

from __future__ import annotations

from sqlalchemy import create_engine

from rasoat.store.row_comparison import rows_in_order
from rasoat.store.table_kinds import DECLARED, TableKind, tables_of


def rows(database: str) -> dict[str, list[str]]:
    """Table → its rows as text, sorted. A second run fetches at another moment into another segment; all else must be the same."""
    engine = create_engine(database)
    with engine.connect() as connection:
        found = {
            table.name: sorted(row.line.decode() for row in rows_in_order(connection, table, DECLARED[table.name].moment))
            for table in tables_of(*(kind for kind in TableKind if kind is not TableKind.LOG))
        }
    engine.dispose()
    return found


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    """The tables that differ, with a few of the rows that only one of them holds."""
    return {
        name: [row[:300] for row in sorted(set(one[name]) ^ set(other[name]))[:4]] or [f"{len(one[name])} ≠ {len(other[name])}"]
        for name in one
        if one[name] != other[name]
    }
