"""Two stores compared row by row, whatever databases they are: in the order of each table's key, streaming, in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, String, Table, not_, select

from rasoat.store.table_kinds import DECLARED, key_of

_BATCH = 2_000
_NAMED = 5  # differences of a table that are named; the others are counted
_SHOWN = 90  # letters of a value
_ABSENT = "∅"

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row by its key. `line` is the whole row in its one canonical form, the same whichever database holds it."""

    key: Key
    values: Mapping[str, Any]
    line: bytes


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that two stores hold otherwise. `column` is "" where only one of them holds the row; values are shortened."""

    table: str
    key: str
    column: str
    stored: str
    made: str


@dataclass(slots=True)
class TableComparison:
    """What one table holds here (`stored`) and there (`made`); `sha256` is of the rows stored here."""

    table: str
    stored: int = 0
    made: int = 0
    equal: int = 0
    changed: int = 0
    lost: int = 0  # rows that only the other store holds
    added: int = 0  # rows that only this store holds
    sha256: str = ""
    first: list[RowDifference] = field(default_factory=list)

    @property
    def differences(self) -> int:
        return self.changed + self.lost + self.added


def rows_in_order(
    connection: Connection,
    table: Table,
    left_out: Collection[str] = (),
    skip: ColumnElement[bool] | None = None,
    by: tuple[str, ...] = (),
) -> Iterator[StoredRow]:
    """The rows of a table in the order of its key (or of other columns that tell its rows apart), without what only tells how long
    something took, without the columns left out and without the rows to be skipped."""
    declared, names = DECLARED[table.name], by or key_of(table)
    columns = [column for column in table.columns if column.name not in {*left_out, *declared.lifetime}]
    order = [table.c[name] if not isinstance(table.c[name].type, String) else _by_bytes(connection, table, name) for name in names]
    query = select(*columns).order_by(*order)
    for unwanted in (declared.but, skip):
        if unwanted is not None:
            query = query.where(not_(unwanted))
    for row in connection.execution_options(yield_per=_BATCH).execute(query):
        values = {column.name: _plain(value) for column, value in zip(columns, row, strict=True)}
        for column, untold in declared.timings.items():
            if isinstance(values.get(column), dict):
                values[column] = {name: value for name, value in values[column].items() if name not in untold}
        key = tuple(values[name] for name in names if name in values)
        yield StoredRow(key, values, orjson.dumps(list(values.values()), option=orjson.OPT_SORT_KEYS))


def digest_of(connection: Connection, table: Table) -> tuple[int, str]:
    """How many rows a table has, and the sha256 of them all in the order of its key."""
    digest, count = hashlib.sha256(), 0
    for row in rows_in_order(connection, table):
        digest.update(row.line + b"\n")
        count += 1
    return count, digest.hexdigest()


def compare_table(
    ours: Connection, other: Connection, table: Table, left_out: Collection[str] = (), skip: ColumnElement[bool] | None = None
) -> TableComparison:
    """Our rows of a table beside those of another store."""
    found, digest = TableComparison(str(table.name)), hashlib.sha256()
    for here, there in _side_by_side(rows_in_order(ours, table, left_out, skip), rows_in_order(other, table, left_out, skip)):
        if here is not None:
            digest.update(here.line + b"\n")
        found.stored += here is not None
        found.made += there is not None
        if here is None or there is None:
            found.lost += here is None
            found.added += there is None
        elif here.line == there.line:
            found.equal += 1
            continue
        else:
            found.changed += 1
        if len(found.first) < _NAMED:
            found.first.append(_difference(table, here, there))
    found.sha256 = digest.hexdigest()
    return found


def _side_by_side(ours: Iterator[StoredRow], others: Iterator[StoredRow]) -> Iterator[tuple[StoredRow | None, StoredRow | None]]:
    """The rows of both in the order of their keys, those of one key together."""
    here, there = next(ours, None), next(others, None)
    while here is not None or there is not None:
        first_here = here is not None and (there is None or here.key <= there.key)
        first_there = there is not None and (here is None or there.key <= here.key)
        yield here if first_here else None, there if first_there else None
        here = next(ours, None) if first_here else here
        there = next(others, None) if first_there else there


def shown_key(table: Table, key: Key) -> str:
    """A row's key for people: column=value, long digests cut."""
    told = zip((name for name in key_of(table)), key, strict=False)
    return ", ".join(f"{name}={str(value)[:16] if _is_digest(value) else _short(str(value))}" for name, value in told)


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")


def _difference(table: Table, here: StoredRow | None, there: StoredRow | None) -> RowDifference:
    if here is None or there is None:
        only = here or there
        assert only is not None
        line = _short(only.line.decode())
        return RowDifference(table.name, shown_key(table, only.key), "", line if here else _ABSENT, line if there else _ABSENT)
    column = next(name for name, value in here.values.items() if value != there.values[name])
    path, stored, made = _first_difference(column, here.values[column], there.values[column])
    return RowDifference(table.name, shown_key(table, here.key), path, _beside(stored, made), _beside(made, stored))


def _first_difference(path: str, one: Any, other: Any) -> tuple[str, Any, Any]:
    """Inside JSON: the first field that differs."""
    if isinstance(one, dict) and isinstance(other, dict):
        name = next(name for name in sorted({*one, *other}) if one.get(name, _ABSENT) != other.get(name, _ABSENT))
        return _first_difference(f"{path}.{name}", one.get(name, _ABSENT), other.get(name, _ABSENT))
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        at = next(at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
        return _first_difference(f"{path}[{at}]", one[at], other[at])
    return path, one, other


def _beside(value: Any, other: Any) -> str:
    """A value for people; of two long texts the part where they part."""
    text, against = (one if isinstance(one, str) else orjson.dumps(one).decode() for one in (value, other))
    if len(text) <= _SHOWN:
        return text
    parting = next((at for at, pair in enumerate(zip(text, against, strict=False)) if pair[0] != pair[1]), min(len(text), len(against)))
    begin = max(0, min(parting - 30, len(text) - _SHOWN))
    return ("…" if begin else "") + _short(text[begin:])


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _by_bytes(connection: Connection, table: Table, name: str) -> Any:
    """Texts in the order of their bytes, as SQLite and Python have it; PostgreSQL's own order is its language's."""
    column = table.c[name]
    return column.collate("C") if connection.dialect.name == "postgresql" else column


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if isinstance(value, date) else value
