"""Cells counted by state, and how a count and a day are said."""

from __future__ import annotations

from collections import Counter
from datetime import date

from rasoat.records.postings import PostingState

Counts = Counter[PostingState]


def concluded(counts: Counts) -> int:
    """How many cells something could be said of: all but unknown and unreachable."""
    return sum(number for state, number in counts.items() if state not in (PostingState.UNKNOWN, PostingState.UNREACHABLE))


def in_order(counts: Counts) -> str:
    """The share in order with what it is a share of, so that no "100%" stands alone: "80/82 (97%)"; rounded down, "–" where nothing is known."""
    of = concluded(counts)
    return f"{counts[PostingState.POSTED]}/{of} ({counts[PostingState.POSTED] * 100 // of}%)" if of else "–"


def share(counts: Counts) -> float | None:
    """The share that is in order, of what is known: posted ÷ (all but unknown and unreachable); None where nothing is known."""
    of = concluded(counts)
    return counts[PostingState.POSTED] / of if of else None


def age(observed_on: date | None, as_of: date) -> str:
    """When it was seen and how long ago: "10/11/2026 (12 ngày trước)"."""
    if observed_on is None:
        return "chưa ai xem"
    days = (as_of - observed_on).days
    return f"{observed_on:%d/%m/%Y} ({days} ngày trước)" if days else f"{observed_on:%d/%m/%Y} (hôm đó)"
