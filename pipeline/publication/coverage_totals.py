"""The totals of coverage in a publication: what the units that have changed add to those of the one before, or take from them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Connection, Engine, Table, or_, select

from rasoat.records.postings import PostingState
from rasoat.store.publications import PublicationWriter, StandingPublication, portions
from rasoat.store.published_coverage import UNITS_BEGUN, UNITS_HELD, scopes_of_unit
from rasoat.store.published_growth import CountGrowth
from rasoat.store.published_schema import coverage_blocks, coverage_duties, coverage_totals, coverage_units

_TOGETHER = 400  # units whose rows are read in one go
_StateCounts = Counter[tuple[str, str]]  # by channel and state
_OwedOverDays = Mapping[str, Sequence[tuple[date, Mapping[str, int]]]]  # by list: from which day how many of each channel


@dataclass(slots=True)
class _UnitRows:
    """What stands of a unit, by the day from which on it does."""

    blocks: list[tuple[date, str, Mapping[str, int]]] = field(default_factory=list)
    counts: dict[date, _StateCounts] = field(default_factory=lambda: defaultdict(Counter))


def publish_totals(writer: PublicationWriter, engine: Engine) -> None:
    """Count again the units whose cells or duties this publication has changed; every unit where nothing was counted yet."""
    grown = CountGrowth(coverage_totals)
    with engine.connect() as connection:
        counted = writer.holds(coverage_totals)
        units = _changed(connection, writer.number) if counted else set(connection.scalars(select(coverage_blocks.c.unit).distinct()))
        for sign, number in ((-1, writer.number - 1), (1, writer.number)) if counted else ((1, writer.number),):
            owed = _owed(connection, number)
            for some in portions(sorted(units), _TOGETHER):
                for unit, rows in _rows(connection, number, some).items():
                    for since, until, counts in _stretches(rows, owed):
                        for scope in scopes_of_unit(unit):
                            for cut, n in counts.items():
                                grown.add((scope, *cut), since, until, sign * n)
    grown.write(writer)


def _changed(connection: Connection, number: int) -> set[str]:
    lists = set(connection.scalars(select(coverage_duties.c.list).where(_touched(coverage_duties, number))))
    found = set(connection.scalars(select(coverage_blocks.c.unit).where(_touched(coverage_blocks, number))))
    found |= set(connection.scalars(select(coverage_units.c.unit).where(_touched(coverage_units, number))))
    for some in portions(sorted(lists), _TOGETHER):
        found |= set(connection.scalars(select(coverage_blocks.c.unit).where(coverage_blocks.c.list.in_(some))))
    return found


def _touched(table: Table, number: int) -> ColumnElement[bool]:
    return or_(table.c.born == number, table.c.died == number)


def _owed(connection: Connection, number: int) -> _OwedOverDays:
    table, found = coverage_duties.c, defaultdict[str, list[tuple[date, Mapping[str, int]]]](list)
    query = (
        select(table.list, table.from_day, table.owed)
        .where(StandingPublication.number_sees(coverage_duties, number))
        .order_by(table.list, table.from_day)
    )
    for row in connection.execute(query):
        found[row.list].append((row.from_day, row.owed))
    return found


def _rows(connection: Connection, number: int, units: Sequence[str]) -> dict[str, _UnitRows]:
    found: dict[str, _UnitRows] = defaultdict(_UnitRows)
    blocks, counts = coverage_blocks.c, coverage_units.c
    query = select(blocks.unit, blocks.from_day, blocks.list, blocks.seen).where(
        blocks.unit.in_(units), StandingPublication.number_sees(coverage_blocks, number)
    )
    for row in connection.execute(query.order_by(blocks.unit, blocks.from_day)):
        found[row.unit].blocks.append((row.from_day, row.list, row.seen))
    for row in connection.execute(
        select(coverage_units).where(counts.unit.in_(units), StandingPublication.number_sees(coverage_units, number))
    ):
        found[row.unit].counts[row.from_day][row.channel, row.state] = row.n
    return found


def _stretches(rows: _UnitRows, owed: _OwedOverDays) -> Iterator[tuple[date, date, _StateCounts]]:
    """How many cells of a unit are in which state, from which day to the day before which other."""
    for at, (since, name, seen) in enumerate(rows.blocks):
        until = rows.blocks[at + 1][0] if at + 1 < len(rows.blocks) else date.max
        lists = owed.get(name, ())
        days = [since, *(day for day, _ in lists if since < day < until)]
        for first, last in zip(days, [*days[1:], until], strict=True):
            counts = Counter(rows.counts.get(since, {}))
            held = bisect_right(lists, first, key=lambda one: one[0])
            for channel, n in lists[held - 1][1].items() if held else ():
                counts[channel, PostingState.UNKNOWN.value] += n - seen.get(channel, 0)
            if counts := +counts:
                counts[UNITS_HELD] = 1
            if held:
                counts[UNITS_BEGUN] = 1
            yield first, last, counts
