"""Where one procedure was seen posted at the units that somebody names: on which channel, in which state, on which day."""

from __future__ import annotations

from datetime import date

from queries.contract import CoverageCell
from queries.posting_matrix import CellFilter, cell_line, cells_on
from queries.published_moment import PinnedWorkspace
from queries.shape import Shape
from rasoat.units import country

MOST = 60


class PostedPlace(Shape):
    """A unit by its name, and its cells for the procedure."""

    unit: str
    name: str
    cells: list[CoverageCell]


class PostedPlaces(Shape):
    """The units that have cells for the procedure, at most `MOST` of them; `asked` is the unit as its own name says it."""

    asked: str
    places: list[PostedPlace]
    more: bool


def posted_places(moment: PinnedWorkspace, code: str, unit: str, as_of: date) -> PostedPlaces:
    """The cells of a procedure at a unit and those below it.

    Raises:
        Trouble: no unit has this name; the nearest are named.
    """
    found: dict[str, list[CoverageCell]] = {}
    with cells_on(moment, as_of, None, [unit]) as matrix:
        for row in matrix.rows(CellFilter(procedure=code)):
            if row.unit not in found and len(found) > MOST:
                break
            found.setdefault(row.unit, []).append(cell_line(row))
    names = country()
    places = [PostedPlace(unit=one, name=names.name(one), cells=cells) for one, cells in found.items()]
    return PostedPlaces(asked=names.name(names.find(unit).id), places=places[:MOST], more=len(places) > MOST)
