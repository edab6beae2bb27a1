"""Decisions, postings, looks, reception lists and regulations in the store. The same record written again changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select

from rasoat.codec import from_json, to_json
from rasoat.records import Origin
from rasoat.records.postings import Act, Announcement, Channel, Look, Posting, PostingState, Reception, Regulation
from rasoat.store.schema import announcements, looks, postings, receptions, regulations

KeptRecord = TypeVar("KeptRecord", Announcement, Posting, Look, Reception, Regulation)
_BATCH = 5_000
_PLAIN_POSTING = frozenset({"procedure", "unit", "channel", "observed_on", "state", "origin"})


def write_announcements(connection: Connection, records: Iterable[Announcement], observed_on: date) -> int:
    """Write what decisions say, in place of what an earlier reading of the same decision said of that procedure; what nobody could read
    in one of its files never stands in place of what was read in another."""
    known = (one for one in records if one.act is not Act.UNREAD or not _announced(connection, one))
    return _write(connection, announcements, (_announcement_row(one, observed_on) for one in known))


def _announced(connection: Connection, one: Announcement) -> bool:
    same = (
        (announcements.c.issuer == one.issuer) & (announcements.c.decision == one.decision) & (announcements.c.procedure == one.procedure)
    )
    return connection.execute(select(announcements.c.procedure).where(same)).first() is not None


def write_postings(connection: Connection, records: Iterable[Posting]) -> int:
    return _write(connection, postings, (_posting_row(one) for one in records))


def write_looks(connection: Connection, records: Iterable[Look]) -> int:
    return _write(connection, looks, (_row(looks, Look, one, capture=one.origin.capture) for one in records))


def write_receptions(connection: Connection, records: Iterable[Reception]) -> int:
    return _write(connection, receptions, (_row(receptions, Reception, one, capture=one.origin.capture) for one in records))


def write_regulations(connection: Connection, records: Iterable[Regulation]) -> int:
    return _write(connection, regulations, (_row(regulations, Regulation, one) for one in records))


def forget_capture(connection: Connection, capture: str, unit: str | None = None) -> None:
    """Remove what an earlier reading of these bytes wrote; with `unit`, only what they showed of that unit."""
    for table in (postings, looks, receptions):
        gone = delete(table).where(table.c.capture == capture)
        connection.execute(gone.where(table.c.unit == unit) if unit else gone)
    for table in (announcements, regulations):
        connection.execute(delete(table).where(table.c.data["origin"]["capture"].as_string() == capture))


def load_announcements(connection: Connection, known_at: date | None = None) -> Iterator[Announcement]:
    """Every announcement, by decision; only those recorded by `known_at`."""
    query = select(announcements.c.data).order_by(announcements.c.issuer, announcements.c.decision, announcements.c.procedure)
    if known_at:
        query = query.where(announcements.c.observed_on <= known_at)
    for data in connection.scalars(query):
        yield from_json(Announcement, data)


def load_postings(connection: Connection, known_at: date | None = None, unit: str | None = None) -> Iterator[Posting]:
    """Every posting, unit by unit, each unit's in the order of the days."""
    query = select(postings).order_by(postings.c.unit, postings.c.observed_on)
    if known_at:
        query = query.where(postings.c.observed_on <= known_at)
    if unit:
        query = query.where(postings.c.unit == unit)
    for row in connection.execution_options(yield_per=_BATCH).execute(query):
        yield _posting(row)


def load_looks(connection: Connection, known_at: date | None = None) -> list[Look]:
    return _records(connection, looks, Look, known_at)


def load_receptions(connection: Connection, known_at: date | None = None) -> list[Reception]:
    return _records(connection, receptions, Reception, known_at)


def load_regulations(connection: Connection) -> list[Regulation]:
    return [from_json(Regulation, data) for data in connection.scalars(select(regulations.c.data).order_by(regulations.c.document))]


def _records(connection: Connection, table: Table, kind: type[KeptRecord], known_at: date | None) -> list[KeptRecord]:
    query = select(table.c.data).order_by(table.c.unit, table.c.observed_on)
    if known_at:
        query = query.where(table.c.observed_on <= known_at)
    return [from_json(kind, data) for data in connection.scalars(query)]


def _announcement_row(one: Announcement, observed_on: date) -> dict[str, Any]:
    return _row(announcements, Announcement, one, observed_on=observed_on)


def _posting_row(one: Posting) -> dict[str, Any]:
    data = {name: value for name, value in to_json(Posting, one).items() if name not in _PLAIN_POSTING}
    row = {name: getattr(one, name) for name in ("unit", "procedure", "observed_on")}
    place = {"capture": one.origin.capture, "place": one.origin.place[:300]}
    return {**row, **place, "channel": one.channel.value, "state": one.state.value, "data": data or None}


def _posting(row: Any) -> Posting:
    # Interned: a million rows repeat a few thousand codes, units and files.
    unit, procedure, capture = sys.intern(row.unit), sys.intern(row.procedure), sys.intern(row.capture)
    origin = Origin(capture, row.place)
    if not row.data:
        return Posting(procedure, unit, Channel(row.channel), row.observed_on, PostingState(row.state), origin)
    plain = {"procedure": procedure, "unit": unit, "channel": row.channel, "observed_on": row.observed_on, "state": row.state}
    return from_json(Posting, {**row.data, **plain, "origin": origin})


def _row(table: Table, kind: type[KeptRecord], one: KeptRecord, **own: object) -> dict[str, Any]:
    """A record's row: its key columns by name, an enum as its value, the whole record as `data`."""
    row: dict[str, Any] = {"data": to_json(kind, one), **own}
    for column in table.c:
        if column.name not in row:
            value = getattr(one, column.name)
            row[column.name] = getattr(value, "value", value)
    return row


def _write(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> int:
    """Put rows in place of those with their keys; how many there were."""
    keys, written, batch = [column.name for column in table.primary_key.columns], 0, dict[tuple[Any, ...], dict[str, Any]]()
    for row in rows:
        batch[tuple(row[name] for name in keys)] = row
        if len(batch) >= _BATCH:
            written += _replace(connection, table, batch)
            batch = {}
    return written + _replace(connection, table, batch)


def _replace(connection: Connection, table: Table, batch: dict[tuple[Any, ...], dict[str, Any]]) -> int:
    if not batch:
        return 0
    keys = [column.name for column in table.primary_key.columns]
    matching = and_(*(table.c[name] == bindparam(f"key_{name}") for name in keys))
    connection.execute(delete(table).where(matching), [{f"key_{name}": row[name] for name in keys} for row in batch.values()])
    connection.execute(insert(table), list(batch.values()))
    return len(batch)
