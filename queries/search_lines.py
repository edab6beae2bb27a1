"""The shapes of what is found: a page of an answer, its hits and counts."""

from __future__ import annotations

from datetime import date

from queries.shape import Shape


class FacetCount(Shape):
    value: str
    count: int


class MarkedText(Shape):
    """A text and the [start, end) spans in it that matched."""

    text: str
    spans: list[tuple[int, int]]


class SearchHit(Shape):
    """One found procedure, document, article or finding."""

    kind: str
    key: str
    title: str
    publisher: str | None
    province: str | None
    online: str | None
    status: str | None
    status_note: str
    url: str | None
    agencies: list[str]
    levels: list[str]
    fields: list[str]
    as_of: date | None
    observed_on: date | None
    issued_on: date | None
    score: float
    highlights: dict[str, MarkedText]
    why: list[str]


class SearchAnswer(Shape):
    """One page of `rasoat search --json`: how it was read, whether the first hit is certain, all that is said in order, the hits, help."""

    total: int
    certain: bool
    said: list[str]
    understood: list[str]
    corrected: str | None
    did_you_mean: list[str]
    help: list[str]
    hits: list[SearchHit]
    facets: dict[str, list[FacetCount]]
