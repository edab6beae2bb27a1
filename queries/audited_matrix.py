"""The matrix audited in memory: of any day, with what was known on another, and two days compared. The slow way, for what is not published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from queries.asked import unit_asked
from queries.contract import CoverageCell, CoverageChange
from queries.nearest import unknown_procedure
from queries.posting_matrix import CellCounts, CellFilter, added_up, cell_line
from rasoat.records import Finding
from rasoat.store.published_coverage import CoverageTotals
from rasoat.units import lies_in
from rasoat.workspace import Workspace
from validators.coverage.cell_rows import CellRow
from validators.coverage.matrix import Matrix
from validators.coverage.totals import Change, changes
from validators.posting_audit import Country, gather, matrix_of, other_findings


@dataclass(frozen=True, slots=True)
class PostingMatrix:
    """The matrix of a day, audited in memory; a `MatrixAnswer`."""

    country: Country
    matrix: Matrix
    units: list[str]

    @property
    def as_of(self) -> date:
        return self.matrix.as_of

    def counts(self, unit: str) -> CellCounts:
        """How many cells of a unit are in each state by channel."""
        return self.matrix.counts(unit)

    def totals(self) -> CoverageTotals:
        """The cells of all the units by channel and state, and how many units these are."""
        return added_up(self)

    def name_of(self, procedure: str) -> str:
        """The name of a procedure as it is published, else as it was shown."""
        return self.matrix.name_of(procedure)

    def must_know(self, wanted: CellFilter) -> None:
        """Refuse a procedure that nobody knows."""
        code = wanted.procedure
        if code is not None and not self.matrix.known(code) and not any(row.procedure == code for row in self.matrix.rows(self.units)):
            raise unknown_procedure(code, self.matrix.audit.register.catalogue)

    def rows(self, wanted: CellFilter) -> Iterator[CellRow]:
        """The cells that are asked for, unit by unit."""
        return (row for row in self.matrix.rows(self.units) if wanted(row))

    def lines(self, wanted: CellFilter) -> Iterator[CoverageCell]:
        """The cells by their public names."""
        return map(cell_line, self.rows(wanted))

    def other_findings(self) -> list[Finding]:
        """What was found of these units beside their cells: decisions, boards, reception lists."""
        held = set(self.units)
        return [one for one in other_findings(self.country) if one.subject in held]

    def changes_since(self, earlier: PostingMatrix) -> Iterator[Change]:
        """The cells of these units that stand otherwise than on the earlier day."""
        held = set(self.units)
        for change in changes(earlier.matrix, self.matrix):
            row = change.after or change.before
            if row is not None and row.unit in held:
                yield change


def posting_matrix(work: Workspace, as_of: date, known_at: date | None, names: Sequence[str] = ()) -> PostingMatrix:
    """The matrix of the named units and those below them, of the whole country where none is named.

    Raises:
        Trouble: no unit has a name; the nearest are told.
    """
    heads = [unit_asked(name).id for name in names]
    with work.bars("Đối chiếu") as progress:
        gathered = gather(work.engine, as_of, known_at)
        matrix = matrix_of(work.engine, gathered, known_at, progress, heads)
    units = sorted(unit for unit in matrix.blocks if not heads or any(lies_in(unit, head) for head in heads))
    return PostingMatrix(gathered, matrix, units)


def change_line(change: Change) -> CoverageChange:
    """A changed cell by its public names."""
    row = change.after or change.before
    assert row is not None
    before, after = change.before and change.before.state, change.after and change.after.state
    line = cell_line(row).as_json()
    return CoverageChange.model_validate({**line, "before": before and before.value, "state": after and after.value})
