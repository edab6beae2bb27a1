"""The stable JSON shape of a finding, as other programs read it from `rasoat findings --jsonl`."""

from __future__ import annotations

from typing import Any

from rasoat.records import Finding


def finding_json(finding: Finding) -> dict[str, Any]:
    """The finding's fields by their public names; dates as ISO text, absent values as null."""
    where, interval, clause = finding.where, finding.interval, finding.clause
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "subject": finding.subject,
        "object": finding.object,
        "provision": finding.provision,
        "as_of": finding.as_of.isoformat(),
        "observed_on": finding.observed_on.isoformat(),
        "decision_number": finding.decision_number,
        "decision_date": _iso(finding.decision_date),
        "quote": finding.quote,
        "where": {"part": where.part, "start": where.start, "end": where.end} if where else None,
        "status": finding.status.value if finding.status else None,
        "interval": {"from": _iso(interval.start), "to": _iso(interval.end)} if interval else None,
        "ended_by": list(finding.ended_by),
        "clause": {"document": clause.document, "provision": clause.provision, "quote": clause.quote, "tier": clause.tier.value}
        if clause
        else None,
        "successors": list(finding.successors),
        "suggestion": finding.suggestion,
        "responsible": finding.responsible,
        "action": finding.action,
        "message": finding.message,
        "role": finding.role.value if finding.role else None,
        "suppressed": list(finding.suppressed),
        "state": finding.state,
        "fingerprint": finding.fingerprint,
    }


def _iso(day: object) -> str | None:
    return str(day) if day else None
