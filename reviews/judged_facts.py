"""The facts of a finding that a person has before him when he decides: as they are published now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from rasoat.records.unit_decisions import FindingNow
from rasoat.store.publications import portions, standing
from rasoat.store.published_findings import on_day
from rasoat.store.published_schema import findings
from rasoat.store.shown_states import came_back

_MENDED = ("procedure", "procedure_gone")  # why a finding went, where its procedure is another now
_KEPT = ("quote", "status", "interval", "ended_by", "clause", "role", "decision_number", "suggestion", "message")


@dataclass(frozen=True, slots=True)
class JudgedFacts:
    """A finding as it is told now, and by which publication; `seen` is what is kept of it with an event."""

    now: FindingNow
    matter: str = ""
    publication: int = 0
    seen: Mapping[str, Any] = field(default_factory=dict)


def facts_now(connection: Connection, fingerprints: Collection[str], as_of: date) -> dict[str, JudgedFacts]:
    """Some findings as they are told of a day, else of the nearest day of which they are told. What is told no more has its last matter."""
    stands = standing(connection)
    found: dict[str, JudgedFacts] = {}
    for portion in portions(sorted(fingerprints), 500):
        told = findings.c.fingerprint.in_(portion)
        other = select(findings).where(told, stands.sees(findings)).order_by(findings.c.holds_from.desc())
        rows = {row.fingerprint: row for row in connection.execute(other)}
        rows |= {row.fingerprint: row for row in connection.execute(select(findings).where(told, on_day(stands, as_of)))}
        came = came_back(connection, list(rows), stands.number)
        for one, row in rows.items():
            seen = {"rule": row.rule, "subject": row.subject, "object": row.object} | {
                name: row.data[name] for name in _KEPT if name in row.data
            }
            found[one] = JudgedFacts(FindingNow(row.basis, came.get(one, 0)), row.matter, stands.number, seen)
        gone = select(findings).where(findings.c.fingerprint.in_(set(portion) - rows.keys()), findings.c.died.is_not(None))
        for row in connection.execute(gone.order_by(findings.c.died)):
            mended = row.gone_why in _MENDED
            found[row.fingerprint] = JudgedFacts(FindingNow(row.basis, stands=False, mended=mended), row.matter, stands.number)
    return found
