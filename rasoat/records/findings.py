"""A finding: what is wrong, where it stands, and the proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rasoat.records.citations import Role
from rasoat.records.documents import Status
from rasoat.records.proof import Confidence, Origin, Severity, Tier


@dataclass(frozen=True, slots=True)
class Where:
    """Where a quote stands: the part of the procedure and offsets into that part's text."""

    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The words that end or suspend a document, with the document and article they stand in, each on one line as people read it.

    `lead` are the words above a list that carry the verb for the item quoted, "" where the quote holds them.
    """

    document: str
    provision: str
    quote: str
    tier: Tier
    lead: str = ""


@dataclass(frozen=True, slots=True)
class StatedInterval:
    """A stretch of force as a finding states it and the store keeps it: `basis` is the sentence of `status --jsonl`."""

    start: date | None
    end: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An accusation with its proof, or a REVIEW item beside it. CITE-01 without clause, quote and interval cannot exist."""

    rule: str
    severity: Severity
    confidence: Confidence
    subject: str
    object: str | None
    provision: str | None
    as_of: date
    observed_on: date
    quote: str
    where: Where | None
    status: Status | None
    interval: StatedInterval | None
    ended_by: tuple[str, ...]
    clause: Clause | None
    successors: tuple[str, ...]
    responsible: str
    action: str
    role: Role | None
    fingerprint: str
    suppressed: tuple[str, ...] = ()
    state: str = "open"
    suggestion: str | None = None
    message: str = ""
    decision_number: str | None = None
    decision_date: date | None = None
    proofs: tuple[Origin, ...] = ()
    matter: str = ""  # the fingerprint without the rule: one thread through CITE-07 and the CITE-01 it becomes

    def __post_init__(self) -> None:
        if self.rule == "CITE-01" and not (self.clause and self.clause.quote and self.quote and self.interval and self.interval.end):
            raise ValueError(f"CITE-01 on {self.subject} needs a quote, a quoted ending clause and an interval with an end")
        if self.suppressed and self.severity is not Severity.INFO:
            raise ValueError("a suppressed finding is information only")


@dataclass(frozen=True, slots=True)
class HeldFinding:
    """A finding and the days asked about on which it holds: from `since` to the day before `until`. Nothing in it changes on these days
    but what goes with the day alone (`words.told_on`).

    `piece` and `position` are the version of the procedure that it was found in, whose last day of observation is the finding's;
    "" where the finding carries its own day, or (`date.min`) is observed on the day asked about.
    """

    finding: Finding
    since: date
    until: date
    piece: str = ""
    position: int = 0

    def holds(self, day: date) -> bool:
        return self.since <= day < self.until
