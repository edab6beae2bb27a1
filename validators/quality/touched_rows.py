"""The expectations asked of the rows that one change wrote alone, where all others passed before it.

The definitions are those that the whole gate hands to Great Expectations; here the rows that would break each are looked for among those
touched. Where any is found, or too many rows are touched, the whole gate is asked: it alone says what is broken and shows it. What only
a whole table can break (how many rows it has, its columns, a source that was not asked) is left to the whole gate of the next day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import ColumnElement, Connection, Engine, select

from rasoat.store import published_schema as published
from rasoat.store import schema as s
from validators.quality import measures
from validators.quality.expectation import Expectation, Pair
from validators.quality.gate import expectations

_MOST = 2_000  # pieces or documents
_COUNTED = "ExpectTableRowCountToBeBetween"


@dataclass(frozen=True, slots=True)
class TouchedRows:
    """What a change touched: pieces read, or whose effects or citations are others; documents by key; and the publication it writes."""

    read: frozenset[str]
    placed: frozenset[str]
    cited: frozenset[str]
    documents: frozenset[str]
    publication: int

    @property
    def few(self) -> bool:
        """Whether asking of these alone is worth it."""
        return max(len(self.read | self.placed | self.cited), len(self.documents)) <= _MOST


@dataclass(frozen=True, slots=True)
class TouchedVerdict:
    """How many expectations were asked of the rows touched, of how many there are, and those that one of these rows breaks."""

    expected: int
    evaluated: int
    broken: tuple[str, ...]


def gate_touched(engine: Engine, as_of: date, touched: TouchedRows) -> TouchedVerdict:
    """Every expectation that a row which a change wrote could break."""
    asked, among = expectations(as_of), _filters(touched)
    numbers = _computed(as_of, touched)
    evaluated, broken = 0, []
    with engine.connect() as connection:
        for check in asked:
            breaks = _breaks(connection, check, among, numbers)
            evaluated += breaks is not None
            if breaks:
                broken.append(check.name)
    return TouchedVerdict(len(asked), evaluated, tuple(broken))


def _breaks(
    connection: Connection,
    check: Expectation,
    among: Mapping[str, ColumnElement[bool]],
    numbers: Mapping[str, Callable[[Connection], Iterable[Pair]]],
) -> bool | None:
    """Whether one of the rows touched breaks an expectation; None where none of them could."""
    if measure := numbers.get(check.name):
        return any(value != expected for _, value, expected in measure(connection))
    where = among.get(check.table)
    if where is None or check.bad is None or check.kind == _COUNTED:
        return None
    return connection.execute(check.bad.where(where).limit(1)).first() is not None


def _filters(touched: TouchedRows) -> dict[str, ColumnElement[bool]]:
    """By table: which of its rows a change touched."""
    read = sorted(touched.read)
    answered = select(s.places.c.sha256).where(s.places.c.piece.in_(read))
    found: dict[str, ColumnElement[bool]] = {table.name: table.c.piece.in_(read) for table in (*s.kept_by_piece(), s.pieces, s.places)}
    found |= {table.name: table.c.sha256.in_(answered) for table in (s.answers, s.captures)}
    found[s.documents.name] = s.documents.c.key.in_(sorted(touched.documents))
    found[s.effects.name] = s.effects.c.piece.in_(sorted(touched.placed))
    found[s.citations.name] = s.citations.c.piece.in_(sorted(touched.cited))
    for table in published.published_tables():
        found[table.name] = table.c.born == touched.publication  # what has gone breaks nothing
    return found


def _computed(as_of: date, touched: TouchedRows) -> dict[str, Callable[[Connection], Iterator[Pair]]]:
    """What no database can compute, of the rows touched."""
    documents = s.documents.c.key.in_(sorted(touched.documents))
    return {
        "documents.number.canonical": partial(measures.document_numbers, where=documents),
        "documents.key.number": partial(measures.key_numbers, where=documents),
        "observations.number.canonical": partial(measures.observation_numbers, where=s.observations.c.piece.in_(sorted(touched.read))),
        "checks.day": partial(measures.checked_day, as_of),
        "findings.quote": partial(measures.finding_quotes, as_of, only=published.findings.c.born == touched.publication),
    }
