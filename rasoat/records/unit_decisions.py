"""What a unit decided on a finding, and whether it has to look again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OPEN, NEEDS_REVIEW, CONFIRMED, DISMISSED, FIXED = "open", "needs_review", "confirmed", "dismissed", "fixed"
STATES = (OPEN, NEEDS_REVIEW, CONFIRMED, DISMISSED, FIXED)


class DismissReason(StrEnum):
    """Why somebody says that a finding is none."""

    STILL_IN_FORCE = "still_in_force"
    OTHER_DOCUMENT = "other_document"
    HISTORICAL = "historical"
    TRANSITIONAL = "transitional"
    ALREADY_FIXED = "already_fixed"
    NOT_OURS = "not_ours"
    OTHER = "other"


class Reopened(StrEnum):
    """Why a decision has to be looked at again."""

    FACTS = "facts"  # those that it judged are others now
    AGAIN = "again"  # the finding had gone, and is back


@dataclass(frozen=True, slots=True)
class FindingNow:
    """A finding as it is told now. `basis`: the digest of its facts, "" where an older version did not tell; `came`: the publication since
    which it has been told without a gap; `stands`: whether it is told at all; `mended`: it went because its procedure is another now."""

    basis: str = ""
    came: int = 0
    stands: bool = True
    mended: bool = False


@dataclass(frozen=True, slots=True)
class UnitDecision:
    """What a unit decided: `state` one of `STATES`, on which facts ("" where nobody told), when which publication stood (0 likewise), as which
    of all events."""

    unit: str
    state: str
    on: date
    person: str
    reason: str | None
    note: str
    basis: str
    publication: int
    seq: int

    def reopened(self, now: FindingNow) -> Reopened | None:
        """Why it has to be looked at again; None where it holds. Nothing is reopened of a finding that is told no more."""
        if self.state not in (CONFIRMED, DISMISSED, FIXED) or not now.stands:
            return None
        if self.publication and now.came > self.publication:
            return Reopened.AGAIN
        return Reopened.FACTS if self.basis and now.basis and self.basis != now.basis else None
