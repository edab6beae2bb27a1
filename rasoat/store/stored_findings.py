"""Findings by day, what each check read, and what people said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from rasoat.codec import from_json, to_json
from rasoat.records import Finding
from rasoat.store.schema import checks, findings, reviews


def checked_inputs(connection: Connection, as_of: date, known_at: date | None) -> str | None:
    """The digest of what the last check of that day read, or None where it was never checked."""
    return connection.scalar(select(checks.c.inputs).where(checks.c.as_of == as_of, checks.c.known_at == _known(known_at)))


def store_findings(connection: Connection, as_of: date, known_at: date | None, inputs: str, found: Sequence[Finding]) -> None:
    """Put a day's findings in place of those it had."""
    known = _known(known_at)
    connection.execute(delete(findings).where(findings.c.as_of == as_of, findings.c.known_at == known))
    connection.execute(delete(checks).where(checks.c.as_of == as_of, checks.c.known_at == known))
    if found:
        connection.execute(
            insert(findings),
            [
                {
                    "fingerprint": one.fingerprint,
                    "as_of": as_of,
                    "known_at": known,
                    "rule": one.rule,
                    "subject": one.subject,
                    "object": one.object,
                    "data": to_json(Finding, one),
                }
                for one in found
            ],
        )
    connection.execute(insert(checks).values(as_of=as_of, known_at=known, inputs=inputs))


def load_findings(connection: Connection, as_of: date, known_at: date | None) -> list[Finding]:
    """A day's findings in a stable order, each in the state a reviewer gave it."""
    decided = {row.fingerprint: row.state for row in connection.execute(select(reviews.c.fingerprint, reviews.c.state))}
    query = (
        select(findings.c.data)
        .where(findings.c.as_of == as_of, findings.c.known_at == _known(known_at))
        .order_by(findings.c.rule, findings.c.subject, findings.c.object, findings.c.fingerprint)
    )
    loaded = [from_json(Finding, data) for data in connection.scalars(query)]
    return [replace(one, state=decided.get(one.fingerprint, one.state)) for one in loaded]


def _known(known_at: date | None) -> str:
    return known_at.isoformat() if known_at else ""
