"""Whether the first result is what was asked for, and how many of the others come near where it may not be."""

from __future__ import annotations

from search.traits import Traits

CERTAIN = 0.48  # how well question and name must cover each other (`Ranker.answers`)
_NEAR = 0.7  # of the first one's score


def before_the_fall(rows: list[tuple[float, Traits]]) -> list[tuple[float, Traits]]:
    """The rows, best first, before their scores fall off."""
    return [row for row in rows if row[0] >= _NEAR * rows[0][0]]
