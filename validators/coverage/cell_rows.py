"""A cell of the matrix as others see it. Who only shows cells needs nothing of what they are worked out with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rasoat.records.postings import Channel, PostingState


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell as it is shown and exported.

    `finding` is the fingerprint of the finding that explains the state, `rule` its rule; `note` what the observer or reader wrote beside it.
    """

    unit: str
    procedure: str
    channel: Channel
    state: PostingState
    observed_on: date | None
    source: str
    finding: str | None
    rule: str = ""
    note: str = ""

    @property
    def wanting(self) -> bool:
        """Somebody has to look at it: not in order, or seen and in doubt. What nobody saw waits for no reader."""
        if self.state is PostingState.UNKNOWN:
            return bool(self.note)
        return self.state is not PostingState.POSTED or self.finding is not None
