"""Every table of a store but the log of runs, without what tells only when and where bytes were written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine, select

from rasoat.store.schema import metadata

# A second run fetches at another moment into another segment; everything else must be the same.
OF_THE_MOMENT = {"answers": {"fetched_at"}, "captures": {"warc", "offset", "length"}}


def rows(database: str) -> dict[str, list[str]]:
    """Table → its rows as text, sorted."""
    engine = create_engine(database)
    with engine.connect() as connection:
        found = {
            table.name: sorted(
                repr([(name, steady(value)) for name, value in sorted(row.items()) if name not in OF_THE_MOMENT.get(table.name, ())])
                for row in connection.execute(select(table)).mappings()
            )
            for table in metadata.sorted_tables
            if table.name != "runs"
        }
    engine.dispose()
    return found


def steady(value: Any) -> Any:
    """A verdict says how many seconds it took; nothing else in the store does."""
    return {name: one for name, one in value.items() if name != "seconds"} if isinstance(value, dict) else value


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    """The tables that differ, with a few of the rows that only one of them holds."""
    return {
        name: [row[:300] for row in sorted(set(one[name]) ^ set(other[name]))[:4]] or [f"{len(one[name])} ≠ {len(other[name])}"]
        for name in one
        if one[name] != other[name]
    }
