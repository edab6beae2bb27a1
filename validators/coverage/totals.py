"""Counting the matrix: by level, field, channel and unit; and what changed between two days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rasoat.records.postings import Channel
from rasoat.units import kind_of, province_of
from validators.coverage.cell_rows import CellRow
from validators.coverage.counted import Counts
from validators.coverage.matrix import STATES, Matrix


@dataclass(frozen=True, slots=True)
class Totals:
    """Cells by state along each way of cutting the matrix; the cells of one way add up to `all`."""

    all: Counts
    by_channel: dict[Channel, Counts]
    by_level: dict[str, Counts]
    by_field: dict[str, Counts]
    by_province: dict[str, Counts]
    by_unit: dict[str, Counts]


def totals(matrix: Matrix, units: Iterable[str] | None = None) -> Totals:
    """The totals of the given units (None: of all), in one pass over the arrays."""
    whole: Counts = Counter()
    by_channel: dict[Channel, Counts] = defaultdict(Counter)
    by_level: dict[str, Counts] = defaultdict(Counter)
    by_province: dict[str, Counts] = defaultdict(Counter)
    by_unit: dict[str, Counts] = {}
    codes: Counter[tuple[int, int]] = Counter()
    for unit in matrix.blocks if units is None else units:
        block = matrix.blocks[unit]
        own: Counts = Counter()
        for (channel, state), number in matrix.counts(unit).items():
            own[state] += number
            by_channel[channel][state] += number
        codes.update(zip(block.procedures, block.states, strict=True))
        by_unit[unit] = own
        by_level[kind_of(unit).value].update(own)
        by_province[province_of(unit) or unit].update(own)
        whole.update(own)
    return Totals(whole, dict(by_channel), dict(by_level), _fields(matrix, codes), dict(by_province), by_unit)


def _fields(matrix: Matrix, codes: Counter[tuple[int, int]]) -> dict[str, Counts]:
    found: dict[str, Counts] = defaultdict(Counter)
    for (code, state), number in codes.items():
        found[matrix.field_of(matrix.code_at(code))][STATES[state]] += number
    return dict(found)


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that stands otherwise on the later day; None where it was no cell on that day."""

    before: CellRow | None
    after: CellRow | None


def changes(earlier: Matrix, later: Matrix) -> Iterator[Change]:
    """What changed of each cell between two days: the history of the matrix."""
    for unit in sorted(earlier.blocks.keys() | later.blocks.keys()):
        before = {(row.procedure, row.channel): row for row in earlier.rows([unit])}
        after = {(row.procedure, row.channel): row for row in later.rows([unit])}
        for key in sorted(before.keys() | after.keys()):
            was, now = before.get(key), after.get(key)
            if (was.state if was else None) != (now.state if now else None):
                yield Change(was, now)
