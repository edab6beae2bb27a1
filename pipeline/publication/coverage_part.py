"""The part of a publication that tells what is public: coverage of each unit, and the lists of duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from sqlalchemy import Engine, Table, true

from pipeline.publication.coverage_totals import publish_totals
from rasoat.progress import Progress
from rasoat.store.publications import PublicationWriter, PublishedRow, portions
from rasoat.store.published_schema import coverage_blocks, coverage_duties, coverage_procedures, coverage_units
from validators.coverage_inputs import coverage_mark
from validators.coverage_stretches import CoverageStretches, ListStretches, UnitStretches

LISTS, UNITS, ALL = "coverage_duties", "coverage_blocks", "coverage"
_TOGETHER, _CELLS = 300, 20_000  # owners written in one go: so many, or fewer that hold so many cells


def publish_coverage(engine: Engine, new: PublicationWriter, progress: Progress) -> bool:
    """Write what has changed of the coverage of any unit; True where anything it rests on has changed since it was published.

    Nothing is looked at but one digest where nothing was read since that coverage rests on.
    """
    with engine.connect() as connection:
        mark = coverage_mark(connection)
    if new.inputs_of(ALL) == {"": mark}:
        return False
    lists, units = new.inputs_of(LISTS), new.inputs_of(UNITS)
    changed = CoverageStretches(engine, lists, units)
    new.replace(coverage_procedures, true(), changed.procedures())
    _write(new, LISTS, set(lists), changed.lists())
    _write(new, UNITS, set(units), changed.units(progress))
    publish_totals(new, engine)
    new.mark(ALL, {"": mark})
    return True


def _write(new: PublicationWriter, thing: str, before: set[str], found: Iterable[ListStretches | UnitStretches | str]) -> None:
    """Write owners that have changed, some together; those that are there no longer lose their rows."""
    stood: set[str] = set()
    for some in _together(_changed(found, stood)):
        stood.update(map(_owner, some))
        _replace(new, thing, {_owner(one): one for one in some})
    for gone in portions(sorted(before - stood), _TOGETHER):
        _replace(new, thing, dict.fromkeys(gone))


def _changed(found: Iterable[ListStretches | UnitStretches | str], stood: set[str]) -> Iterator[ListStretches | UnitStretches]:
    for one in found:
        if isinstance(one, str):
            stood.add(one)
        else:
            yield one


def _together(found: Iterable[ListStretches | UnitStretches]) -> Iterator[list[ListStretches | UnitStretches]]:
    """Owners to be written in one go: most units hold nothing, and of a unit that holds thousands of cells few fit into memory at once."""
    some: list[ListStretches | UnitStretches] = []
    cells = 0
    for one in found:
        some.append(one)
        cells += sum(len(stretch.cells) for stretch in one.stretches) if isinstance(one, UnitStretches) else 0
        if len(some) >= _TOGETHER or cells >= _CELLS:
            yield some
            some, cells = [], 0
    if some:
        yield some


def _owner(one: ListStretches | UnitStretches) -> str:
    return one.name if isinstance(one, ListStretches) else one.unit


def _replace(new: PublicationWriter, thing: str, owners: dict[str, ListStretches | UnitStretches] | dict[str, None]) -> None:
    told = [one for one in owners.values() if one is not None]
    for table, rows in _rows(thing, told):
        new.replace(table, next(iter(table.primary_key.columns)).in_(list(owners)), rows)
    new.mark(thing, {owner: one.inputs if one else None for owner, one in owners.items()})


def _rows(thing: str, told: list[ListStretches | UnitStretches]) -> list[tuple[Table, list[PublishedRow]]]:
    if thing == LISTS:
        return [(coverage_duties, list(chain.from_iterable(one.rows for one in told if isinstance(one, ListStretches))))]
    stretches = [stretch for one in told if isinstance(one, UnitStretches) for stretch in one.stretches]
    counts = list(chain.from_iterable(stretch.count_rows() for stretch in stretches))
    return [(coverage_blocks, [stretch.block_row() for stretch in stretches]), (coverage_units, counts)]
