"""The matrix of what is public: of the units that are asked for, on a day, and what changed since another.

`cells_on` answers from what is published: a few rows for each unit. What is not published (a day before the last change of a unit, what
was known on another day, a comparison of two days) is audited in memory (`queries.audited_matrix`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from sqlalchemy import Connection

from queries.asked import unit_asked
from queries.contract import CoverageCell
from queries.nearest import unknown_procedure
from queries.published_moment import pinned
from rasoat.records.postings import Channel, PostingState
from rasoat.store.publications import StandingPublication
from rasoat.store.published_coverage import (
    CoverageTotals,
    OwedPlace,
    PublishedBlock,
    SeenCell,
    blocks_on,
    cells_of,
    codes_known,
    counts_on,
    duties_on,
    names_of,
    places_of,
    published_since,
    totals_on,
)
from rasoat.units import country, lies_in
from rasoat.workspace import Workspace
from validators.coverage.cell_rows import CellRow

CellCounts = Counter[tuple[Channel, PostingState]]


@dataclass(frozen=True, slots=True)
class CellFilter:
    """Which cells are asked for; an empty field asks for all."""

    procedure: str | None = None
    channel: Channel | None = None
    states: tuple[PostingState, ...] = ()

    def __call__(self, row: CellRow) -> bool:
        return (
            (not self.procedure or row.procedure == self.procedure)
            and (not self.channel or row.channel is self.channel)
            and (not self.states or row.state in self.states)
        )


class MatrixAnswer(Protocol):
    """The cells of a day; `units` are those asked for that have cells, with all that lies below them."""

    @property
    def as_of(self) -> date: ...
    @property
    def units(self) -> Sequence[str]: ...

    def must_know(self, wanted: CellFilter) -> None:
        """Refuse a procedure that neither the catalogue nor a decision nor a posting has: its cells would be none, and none is no answer.

        Raises:
            Trouble: there is no such procedure; the nearest codes are named.
        """

    def rows(self, wanted: CellFilter) -> Iterator[CellRow]:
        """The cells that are asked for, unit by unit."""

    def lines(self, wanted: CellFilter) -> Iterator[CoverageCell]:
        """The cells by their public names."""

    def counts(self, unit: str) -> CellCounts:
        """How many cells of a unit are in each state by channel."""

    def totals(self) -> CoverageTotals:
        """The same of all the units together, and how many units these are."""

    def name_of(self, procedure: str) -> str:
        """The name of a procedure: the catalogue's, else a decision's, else as it was shown; "" where nobody said it."""


@dataclass(frozen=True)
class PublishedMatrix:
    """The matrix of a day as it is published; a `MatrixAnswer`. One moment of the store is read, no more of it than is asked for, and nothing
    is worked out. `heads` are the units asked for, none for all; `whole` their totals, where these are published; `alone`: without what
    lies below them."""

    as_of: date
    connection: Connection
    stands: StandingPublication
    heads: Sequence[str]
    whole: CoverageTotals | None
    alone: bool = False
    _places: dict[str, list[OwedPlace]] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    @cached_property
    def asked(self) -> list[str] | None:
        """The units asked for and those below them; None for all."""
        if self.alone:
            return list(self.heads)
        return [unit.id for unit in country() if any(lies_in(unit.id, head) for head in self.heads)] if self.heads else None

    @cached_property
    def duties(self) -> dict[str, dict[str, int]]:
        """How many duties of each channel are in each list."""
        return duties_on(self.connection, self.stands, self.as_of, {block.duties for block in self._blocks.values()})

    @property
    def lists_told(self) -> bool:
        """Whether the duties of every unit are published for the day."""
        return all(block.duties in self.duties for block in self._blocks.values())

    @cached_property
    def seen(self) -> dict[str, CellCounts]:
        """How many cells of each unit are in which state, of those of which something was seen."""
        return counts_on(self.connection, self.stands, self.as_of, self.asked)

    @cached_property
    def _blocks(self) -> dict[str, PublishedBlock]:
        return {block.unit: block for block in blocks_on(self.connection, self.stands, self.as_of, self.asked)}

    @cached_property
    def blocks(self) -> dict[str, PublishedBlock]:
        """What is published of each unit that has cells."""
        return {unit: block for unit, block in self._blocks.items() if unit in self.seen or self.duties[block.duties]}

    @cached_property
    def units(self) -> list[str]:
        return sorted(self.blocks)

    def must_know(self, wanted: CellFilter) -> None:
        """Refuse a procedure that nobody knows."""
        code = wanted.procedure
        if code is None or names_of(self.connection, self.stands, [code]):
            return
        if not any(row.procedure == code for row in self.rows(CellFilter())):
            raise unknown_procedure(code, codes_known(self.connection, self.stands))

    def rows(self, wanted: CellFilter) -> Iterator[CellRow]:
        """The cells that are asked for, unit by unit."""
        units = cells_of(self.connection, self.stands, self.as_of, sorted(self._blocks))
        return (row for unit, cells in units for row in self._rows(unit, cells) if wanted(row))

    def lines(self, wanted: CellFilter) -> Iterator[CoverageCell]:
        """The cells by their public names."""
        return map(cell_line, self.rows(wanted))

    def counts(self, unit: str) -> CellCounts:
        """How many cells of a unit are in each state by channel: those of which something was seen, and the duties of which nothing was."""
        block = self.blocks[unit]
        found = Counter(self.seen.get(unit, {}))
        for channel, number in self.duties[block.duties].items():
            found[Channel(channel), PostingState.UNKNOWN] += number - block.seen.get(channel, 0)
        return +found

    def totals(self) -> CoverageTotals:
        """The cells of all the units by channel and state, and how many units these are."""
        return self.whole or added_up(self)

    def name_of(self, procedure: str) -> str:
        """The name of a procedure as it is published, else as it was shown."""
        if procedure not in self._names:
            self._names.update({procedure: "", **names_of(self.connection, self.stands, [procedure])})
        return self._names[procedure]

    def _rows(self, unit: str, cells: Iterator[SeenCell]) -> Iterator[CellRow]:
        """The cells of a unit: its duties in their order, then what is shown beyond them."""
        seen = {(cell.procedure, cell.channel): cell for cell in cells}
        for place in self._owed(self._blocks[unit].duties):
            if cell := seen.pop(place, None):
                yield self._row(unit, cell)
            else:
                yield CellRow(unit, *place, PostingState.UNKNOWN, None, "", None)
        for cell in seen.values():
            yield self._row(unit, cell)

    def _owed(self, duties: str) -> list[OwedPlace]:
        if not self.duties.get(duties):  # most lists of a country are empty
            return []
        if duties not in self._places:
            self._places[duties] = places_of(self.connection, self.stands, self.as_of, duties)
        return self._places[duties]

    def _row(self, unit: str, cell: SeenCell) -> CellRow:
        if cell.shown_as:
            self._names.setdefault(cell.procedure, cell.shown_as)
        return CellRow(unit, cell.procedure, cell.channel, cell.state, cell.observed_on, cell.source, cell.finding, cell.rule, cell.note)


@contextmanager
def cells_on(work: Workspace, as_of: date, known_at: date | None, names: Sequence[str] = ()) -> Iterator[MatrixAnswer]:
    """The cells of the named units and those below them, of the whole country where none is named; all of one moment of the store.

    Raises:
        Trouble: no unit has a name; the nearest are told.
    """
    heads = [unit_asked(name).id for name in names]
    if known_at is None:
        with pinned(work) as moment:
            if published := _published(moment.rows.connection, moment.publication, as_of, heads):
                yield published
                return
    from queries.audited_matrix import posting_matrix  # with all that an audit is made with: only who asks for one waits for it

    yield posting_matrix(work, as_of, known_at, names)


def _published(connection: Connection, stands: StandingPublication, as_of: date, heads: Sequence[str]) -> PublishedMatrix | None:
    """What is published of the units for a day; None where that is not all of it."""
    if len(heads) <= 1 and not any("/" in head for head in heads):
        whole = totals_on(connection, stands, as_of, heads[0] if heads else "")
        return PublishedMatrix(as_of, connection, stands, heads, whole) if whole else None
    found = PublishedMatrix(as_of, connection, stands, heads, None)
    since = published_since(connection, stands, found.asked)
    if since is None or since > as_of or not found.lists_told:
        return None
    return found


def added_up(matrix: MatrixAnswer) -> CoverageTotals:
    """The totals of units that are counted one by one."""
    cells = CellCounts()
    for unit in matrix.units:
        cells.update(matrix.counts(unit))
    return CoverageTotals(len(matrix.units), cells)


def cell_line(row: CellRow) -> CoverageCell:
    """A cell by its public names."""
    return CoverageCell(
        unit=row.unit, procedure=row.procedure, channel=row.channel.value, state=row.state.value, observed_at=row.observed_on,
        source=row.source or None, finding=row.finding,
    )  # fmt: skip
