"""The cells of each unit as they stand from a day on: computed where what they rest on has changed, and for the days to come at once.

The first stretch of a unit begins on the last day that matters to it and on which anything was recorded, signed or published; each day
to come on which a decision begins to hold begins another. Days before the first are worked out when somebody asks
(`validators.posting_audit`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Engine

from rasoat.progress import Progress
from rasoat.store.publications import PublishedRow
from rasoat.store.published_coverage import SeenCell, UnitStretch, duties_row
from rasoat.units import NATION, Unit, UnitKind, kind_of, province_of
from validators.coverage.matrix import Matrix
from validators.coverage_inputs import CoverageInputs, touched_codes
from validators.posting_audit import Country, gather, refresh_unit
from validators.rules.postings.cell_rules import judged

_SHARING = frozenset({UnitKind.COMMUNE, UnitKind.CENTRE})


@dataclass(frozen=True, slots=True)
class ListStretches:
    """A list of duties on all its days, with the digest of what it was made from."""

    name: str
    inputs: str
    rows: Sequence[PublishedRow]


@dataclass(frozen=True, slots=True)
class UnitStretches:
    """The cells of a unit on all its days, with the digest of what they were made from."""

    unit: str
    inputs: str
    stretches: Sequence[UnitStretch]


@dataclass(slots=True)
class _Audited:
    """The country as it stands on a day, and the matrix that its units are audited in."""

    known: Country
    matrix: Matrix
    with_receptions: frozenset[str] = field(default_factory=frozenset)


class CoverageStretches:
    """Every unit and list of duties, and those that stand otherwise than they were published."""

    def __init__(self, engine: Engine, lists: Mapping[str, str], units: Mapping[str, str]) -> None:
        """`lists` and `units`: the digests of what is published of each."""
        self._engine, self._lists_published, self._units_published = engine, lists, units
        with engine.connect() as connection:
            self._inputs = CoverageInputs(connection)
        self._until = self._inputs.recorded_until()
        self._audited: dict[date, _Audited] = {}

    def procedures(self) -> Iterator[PublishedRow]:
        """What each procedure of the catalogue or of a decision is called."""
        if self._until is not None:
            now = self._on(self._until)
            register = now.known.audit.register
            for code in sorted({*register.catalogue, *(one.procedure for one in register.all())}):
                yield {"procedure": code, "name": now.matrix.name_of(code), "field": now.matrix.field_of(code)}

    def lists(self) -> Iterator[ListStretches | str]:
        """The lists of duties that have changed; of one that stands, its name."""
        told: set[str] = set()
        for unit in self._units():
            name = self._list_of(unit.id)
            if name not in told:
                told.add(name)
                yield self._list(name, unit.id)

    def units(self, progress: Progress) -> Iterator[UnitStretches | str]:
        """The units that have changed; of one that stands, its id."""
        units = self._units()
        for done, unit in enumerate(units, 1):
            yield self._unit(unit.id)
            progress(unit.id, done, len(units))

    def _units(self) -> list[Unit]:
        if self._until is None:
            return []
        return [unit for unit in self._on(self._until).known.audit.units if unit.kind is not UnitKind.NATION]

    def _on(self, day: date) -> _Audited:
        if day not in self._audited:
            known = gather(self._engine, day)
            matrix = Matrix(known.audit, known.duties, judged, known.looks_at(NATION))
            self._audited[day] = _Audited(known, matrix, frozenset(one.unit for one in known.receptions if one.listed))
        return self._audited[day]

    def _list_of(self, unit: str) -> str:
        """The name of a unit's list of duties: communes of a province share one, but for those that publish what else they receive."""
        assert self._until is not None
        if kind_of(unit) in _SHARING and unit not in self._on(self._until).with_receptions:
            return f"{province_of(unit)}/{kind_of(unit).value}"
        return unit

    def _days(self, days: set[date]) -> list[date]:
        """The day on which the stretch begins that holds when everything was recorded, and the days to come."""
        assert self._until is not None
        begun = [day for day in days if day <= self._until]
        return [max(begun, default=self._until), *sorted(day for day in days if day > self._until)]

    def _list(self, name: str, unit: str) -> ListStretches | str:
        first, *coming = self._days(self._inputs.days_of_lists(unit))
        assert self._until is not None
        held = {first: self._on(self._until).known.duties.of(unit)} | {day: self._on(day).known.duties.of(unit) for day in coming}
        inputs = self._inputs.of_list(held)
        if self._lists_published.get(name) == inputs:
            return name
        rows = [duties_row(name, day, [(duty.procedure, duty.channel) for duty in duties]) for day, duties in held.items()]
        return ListStretches(name, inputs, [row for at, row in enumerate(rows) if not at or _differ(row, rows[at - 1])])

    def _unit(self, unit: str) -> UnitStretches | str:
        assert self._until is not None
        now = self._on(self._until)
        codes = touched_codes(unit, self._inputs, now.known.duties, now.known)
        first, *coming = self._days(self._inputs.days_of(unit, codes) or self._inputs.days_of_lists(unit))
        inputs = self._inputs.of_unit(unit, self._list_of(unit), now.known, first, codes)
        if self._units_published.get(unit) == inputs:
            return unit
        if not codes and unit not in self._inputs.seen_units():  # most of the country: there is nothing to audit, on whatever day
            return UnitStretches(unit, inputs, [UnitStretch(unit, first, self._list_of(unit), [], 0)])
        stretches = [self._stretch(unit, first, now), *(self._stretch(unit, day, self._on(day)) for day in coming)]
        kept = [one for at, one in enumerate(stretches) if not at or one.cells != stretches[at - 1].cells]
        return UnitStretches(unit, inputs, kept)

    def _stretch(self, unit: str, day: date, audited: _Audited) -> UnitStretch:
        refresh_unit(self._engine, audited.matrix, audited.known, unit)
        owed = len(audited.known.duties.of(unit))
        cells = list(_seen(audited.matrix, unit, owed))
        audited.matrix.let_go(unit)  # the findings are published on their own
        # Duties stand in the order of their list, which may change without them.
        of_list = sorted((cell for at, cell in cells if at < owed), key=lambda cell: (cell.procedure, cell.channel))
        return UnitStretch(unit, day, self._list_of(unit), [*of_list, *(cell for at, cell in cells if at >= owed)], len(of_list))


def _differ(one: PublishedRow, other: PublishedRow) -> bool:
    return bool(one["packed"] != other["packed"])


def _seen(matrix: Matrix, unit: str, owed: int) -> Iterator[tuple[int, SeenCell]]:
    """The cells of which anything was seen with their places in the block: duties first, then what is shown beyond them."""
    block = matrix.blocks.get(unit)
    for at in range(len(block.states)) if block else ():
        assert block is not None
        if block.days[at] or at >= owed:
            row = matrix.row(unit, at)
            shown_as = "" if matrix.known(row.procedure) else matrix.name_of(row.procedure)
            yield (
                at,
                SeenCell(row.procedure, row.channel, row.state, row.observed_on, row.source, row.finding, row.rule, row.note, shown_as),
            )
