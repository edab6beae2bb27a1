"""Which days were checked, and by the digest of what."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, insert, select

from rasoat.store.schema import checks


def checked_inputs(connection: Connection, as_of: date) -> str | None:
    """The digest of what the last check of that day read, or None where it was never checked."""
    return connection.scalar(select(checks.c.inputs).where(checks.c.as_of == as_of, checks.c.known_at == ""))


def days_checked(connection: Connection) -> list[date]:
    """The days that were checked with everything known, in order."""
    return list(connection.scalars(select(checks.c.as_of).where(checks.c.known_at == "").order_by(checks.c.as_of)))


def mark_checked(connection: Connection, as_of: date, inputs: str) -> None:
    """Remember what a day was checked from."""
    connection.execute(delete(checks).where(checks.c.as_of == as_of, checks.c.known_at == ""))
    connection.execute(insert(checks).values(as_of=as_of, known_at="", inputs=inputs))
