"""Coverage as it is published: the cells of a unit packed into one row, and the list of duties that it shares with others."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Column, ColumnElement, Connection, Table, bindparam, case, func, select, true

from rasoat.records.postings import Channel, PostingState
from rasoat.store.publications import PublishedRow, StandingPublication
from rasoat.store.published_schema import coverage_blocks, coverage_duties, coverage_procedures, coverage_totals, coverage_units

_ASKED = 200  # owners of one question
_NAMED = 1000  # procedures of one question
# Under these for channel and state totals count units: those that have any cell, and those whose cells and duties are published from the day on.
UNITS_HELD, UNITS_BEGUN = ("", "held"), ("", "begun")
# Asked for every page of a unit: built once, so that only the codes differ.
_TOLD = select(coverage_procedures.c.procedure, coverage_procedures.c.name, coverage_procedures.c.field).where(
    StandingPublication.number_sees(coverage_procedures, bindparam("number")),
    coverage_procedures.c.procedure.in_(bindparam("codes", expanding=True)),
)
OwedPlace = tuple[str, Channel]  # a procedure and the channel on which it must stand


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell of which something was seen: its state, the day and place it rests on, and the finding that explains it. `shown_as` is the
    name that stood beside a code that neither the catalogue nor a decision has."""

    procedure: str
    channel: Channel
    state: PostingState
    observed_on: date | None
    source: str
    finding: str | None = None
    rule: str = ""
    note: str = ""
    shown_as: str = ""


@dataclass(frozen=True, slots=True)
class UnitStretch:
    """The cells of a unit from a day on until its next stretch. `duties` names its list, `of_list` are the cells that it owes."""

    unit: str
    from_day: date
    duties: str
    cells: Sequence[SeenCell]
    of_list: int

    def block_row(self) -> PublishedRow:
        owed = Counter(cell.channel.value for cell in self.cells[: self.of_list])
        packed = _pack([_told(cell) for cell in self.cells])
        return {"unit": self.unit, "from_day": self.from_day, "list": self.duties, "seen": dict(sorted(owed.items())), "packed": packed}

    def count_rows(self) -> Iterator[PublishedRow]:
        counted = Counter((cell.channel.value, cell.state.value) for cell in self.cells)
        for (channel, state), n in sorted(counted.items()):
            yield {"unit": self.unit, "from_day": self.from_day, "channel": channel, "state": state, "n": n}


def duties_row(name: str, from_day: date, owed: Sequence[OwedPlace]) -> PublishedRow:
    """A list of duties as its table holds it, in the order of the list."""
    counted = Counter(channel.value for _, channel in owed)
    packed = _pack([(procedure, channel.value) for procedure, channel in owed])
    return {"list": name, "from_day": from_day, "owed": dict(sorted(counted.items())), "packed": packed}


def _told(cell: SeenCell) -> tuple[object, ...]:
    day = cell.observed_on.toordinal() if cell.observed_on else 0
    return cell.procedure, cell.channel.value, cell.state.value, day, cell.source, cell.finding, cell.rule, cell.note, cell.shown_as


def _pack(rows: Sequence[Sequence[object]]) -> bytes:
    """Column by column, which packs to a third."""
    return zlib.compress(orjson.dumps(list(zip(*rows, strict=True))), 6)


def _unpack(packed: bytes) -> Iterator[tuple[Any, ...]]:
    return zip(*orjson.loads(zlib.decompress(packed)), strict=True)


def _seen_cells(packed: bytes) -> Iterator[SeenCell]:
    """The cells of a block, those of its list of duties first."""
    for procedure, channel, state, day, *others in _unpack(packed):
        yield SeenCell(procedure, Channel(channel), PostingState(state), date.fromordinal(day) if day else None, *others)


@dataclass(frozen=True, slots=True)
class PublishedBlock:
    """What the row of a unit that holds on a day tells before its cells are unpacked: its list of duties, and how many of each channel of
    that list are among the cells."""

    unit: str
    duties: str
    seen: dict[str, int]


def blocks_on(connection: Connection, standing: StandingPublication, as_of: date, units: Collection[str] | None) -> list[PublishedBlock]:
    """Of some units, or of all, the block that holds on a day, by unit."""
    table = coverage_blocks
    rows = _on(connection, standing, table, "unit", as_of, units, (table.c.unit, table.c.list, table.c.seen))
    return [PublishedBlock(row.unit, row.list, row.seen) for row in rows]


def cells_of(
    connection: Connection, standing: StandingPublication, as_of: date, units: Sequence[str]
) -> Iterator[tuple[str, Iterator[SeenCell]]]:
    """The cells of each unit of which something was seen, those of its list of duties first; read some units at a time."""
    table = coverage_blocks
    for row in _on(connection, standing, table, "unit", as_of, units, (table.c.unit, table.c.packed)):
        yield row.unit, _seen_cells(row.packed)


def counts_on(
    connection: Connection, standing: StandingPublication, as_of: date, units: Collection[str] | None
) -> dict[str, Counter[tuple[Channel, PostingState]]]:
    """How many cells of some units, or of all, are in each state by channel, of those of which something was seen."""
    found: dict[str, Counter[tuple[Channel, PostingState]]] = defaultdict(Counter)
    # A unit of which nothing is seen any more has no row of its last stretch: its block tells from when on that is so.
    for row in _on(connection, standing, coverage_units, "unit", as_of, units, begun=coverage_blocks):
        found[row.unit][Channel(row.channel), PostingState(row.state)] = row.n
    return dict(found)


def scopes_of_unit(unit: str) -> tuple[str, str]:
    """The scopes in whose totals a unit counts: the country, and its ministry or province."""
    return "", unit.partition("/")[0]


@dataclass(frozen=True, slots=True)
class CoverageTotals:
    """How many units of a scope have cells, and how many of these are in each state by channel."""

    units: int
    cells: Counter[tuple[Channel, PostingState]]


def totals_on(connection: Connection, standing: StandingPublication, as_of: date, scope: str) -> CoverageTotals | None:
    """The totals of a scope (`scopes_of_unit`) on a day; None where not all of its units are published for that day."""
    return _totals(connection, standing, as_of, coverage_totals.c.scope == scope).get(scope)


def totals_of_all(connection: Connection, standing: StandingPublication, as_of: date) -> dict[str, CoverageTotals]:
    """The same of every scope, the country ("") among them; one that is not wholly published for the day is not there."""
    return _totals(connection, standing, as_of, true())


def _totals(connection: Connection, standing: StandingPublication, as_of: date, which: ColumnElement[bool]) -> dict[str, CoverageTotals]:
    table = coverage_totals.c
    cut = (table.scope, table.channel, table.state)
    by_then = func.sum(case((table.day <= as_of, table.n), else_=0)).label("by_then")
    query = select(*cut, by_then, func.sum(table.n).label("ever")).where(which, standing.sees(coverage_totals)).group_by(*cut)
    found: dict[str, dict[tuple[str, str], tuple[int, int]]] = defaultdict(dict)
    for row in connection.execute(query):
        found[row.scope][row.channel, row.state] = (row.by_then, row.ever)
    told = {}
    for scope, counted in found.items():
        begun, ever = counted.pop(UNITS_BEGUN, (0, 0))
        held, _ = counted.pop(UNITS_HELD, (0, 0))
        if begun and begun == ever:
            cells = Counter({(Channel(channel), PostingState(state)): n for (channel, state), (n, _) in counted.items()})
            told[scope] = CoverageTotals(held, +cells)
    return told


def duties_on(
    connection: Connection, standing: StandingPublication, as_of: date, lists: Collection[str] | None
) -> dict[str, dict[str, int]]:
    """How many duties of each channel stand in some lists, or in all."""
    table = coverage_duties
    rows = _on(connection, standing, table, "list", as_of, lists, (table.c.list, table.c.owed))
    return {row.list: row.owed for row in rows}


def places_of(connection: Connection, standing: StandingPublication, as_of: date, name: str) -> list[OwedPlace]:
    """The procedures and channels of a list of duties, in its order."""
    table = coverage_duties
    rows = _on(connection, standing, table, "list", as_of, [name], (table.c.packed,))
    return [(procedure, Channel(channel)) for row in rows for procedure, channel in _unpack(row.packed)]


def names_of(connection: Connection, standing: StandingPublication, codes: Collection[str]) -> dict[str, str]:
    """What the catalogue or a decision calls some procedures; one that neither has is not among them."""
    return {code: name for code, (name, _) in told_of(connection, standing, codes).items()}


def told_of(connection: Connection, standing: StandingPublication, codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """The same with the field of each procedure ("" where nobody said it)."""
    asked, found = sorted(codes), {}
    for few in (asked[at : at + _NAMED] for at in range(0, len(asked), _NAMED)):
        for row in connection.execute(_TOLD, {"codes": few, "number": standing.number}):
            found[row.procedure] = (row.name, row.field)
    return found


def codes_known(connection: Connection, standing: StandingPublication) -> list[str]:
    """Every procedure that the catalogue or a decision has."""
    table = coverage_procedures
    return list(connection.scalars(select(table.c.procedure).where(standing.sees(table)).order_by(table.c.procedure)))


def published_since(connection: Connection, standing: StandingPublication, units: Collection[str] | None) -> date | None:
    """The day from which on the cells of all of these units are published; None where none of them has any.

    None for all units where coverage was never published.
    """
    first = select(func.min(coverage_blocks.c.from_day)).where(standing.sees(coverage_blocks)).group_by(coverage_blocks.c.unit)
    asked = first if units is None else first.where(coverage_blocks.c.unit.in_(sorted(units)))
    return max(connection.scalars(asked), default=None)


def _on(
    connection: Connection,
    standing: StandingPublication,
    table: Table,
    owner: str,
    as_of: date,
    names: Collection[str] | None,
    columns: Sequence[Column[Any]] = (),
    begun: Table | None = None,
) -> Iterator[Any]:
    """The rows of the last stretch of each owner that begins by a day, by owner; `begun` is the table that tells of stretches."""
    own, asked = table.c[owner], sorted(names) if names is not None else None
    told = table if begun is None else begun
    for few in [None] if asked is None else [asked[at : at + _ASKED] for at in range(0, len(asked), _ASKED)]:
        here, there = (
            [standing.sees(one), one.c.from_day <= as_of, *([] if few is None else [one.c[owner].in_(few)])] for one in (table, told)
        )
        latest = (
            select(told.c[owner].label("owner"), func.max(told.c.from_day).label("day")).where(*there).group_by(told.c[owner]).subquery()
        )
        query = select(*(columns or table.c)).join(latest, (own == latest.c.owner) & (table.c.from_day == latest.c.day)).where(*here)
        yield from connection.execute(query.order_by(own))
