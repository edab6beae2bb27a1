"""One unit: what it must make public, field by field, and what was seen of it on each channel. One block of the published matrix is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from queries.coverage_counts import UnitCount, published_matrix, unit_count
from queries.posting_matrix import CellFilter
from queries.published_moment import published_rows
from queries.shape import Shape
from rasoat.records.postings import Channel, PostingState
from rasoat.store.published_coverage import told_of
from rasoat.store.published_findings import decided
from rasoat.units import country, origin_of
from rasoat.vietnamese import fold
from rasoat.workspace import Workspace
from validators.coverage.cell_rows import CellRow

PAGE = 50  # procedures of a page


class FormerBodies(Shape):
    """What went into a unit, on which day and by which act ("" where the register names none); `whole` is False where the register of units
    does not hold who they were."""

    since: date
    act: str
    former: list[str]
    whole: bool


class UnitHead(Shape):
    """A unit of the State: its name with that of its province, the body that answers for it, and where it came from."""

    unit: str
    name: str
    body: str
    kind: str
    parent: str | None
    origin: FormerBodies | None


class PostingOfUnit(Shape):
    """What was seen of a procedure on one channel: the state, the day and place it rests on, and what the observer wrote beside it.

    `finding` and `rule` name the finding that explains the state, where there is one; `decided` is what somebody decided on it.
    """

    channel: str
    state: str
    observed_at: date | None
    source: str | None
    note: str
    finding: str | None
    rule: str | None
    decided: str | None


class ProcedureOfUnit(Shape):
    """A procedure that a unit must make public or shows, on each channel that is told of."""

    procedure: str
    name: str
    field: str
    postings: list[PostingOfUnit]


class FieldOfUnit(Shape):
    """A field ("" where nobody said it), and how many procedures of the unit belong to it."""

    field: str
    procedures: int


class UnitPostings(Shape):
    """A page of the procedures of a unit on a day. `total` are those that the filter keeps, `fields` those of the whole unit."""

    as_of: date
    head: UnitHead
    count: UnitCount
    fields: list[FieldOfUnit]
    total: int
    procedures: list[ProcedureOfUnit]


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """Which procedures of a unit are asked for; an empty field asks for all. A state or channel keeps the procedures of which a cell has it
    (both: the same cell)."""

    field: str | None = None
    channel: Channel | None = None
    state: PostingState | None = None

    def __call__(self, cells: list[CellRow], field: str) -> bool:
        if self.field is not None and field != self.field:
            return False
        return any(
            (self.channel is None or one.channel is self.channel) and (self.state is None or one.state is self.state) for one in cells
        )


NO_FILTER = UnitFilter()


def unit_head(unit: str) -> UnitHead:
    """What the register of units says of one. `unit` is an id of it."""
    units = country()
    one = units[unit]
    origin = origin_of(one)
    told = FormerBodies(since=origin.since, act=origin.act, former=list(origin.former), whole=origin.whole) if origin else None
    return UnitHead(unit=unit, name=units.name(unit), body=units.body(unit), kind=one.kind.value, parent=one.parent, origin=told)


def unit_postings(
    work: Workspace, as_of: date, unit: str, wanted: UnitFilter = NO_FILTER, *, limit: int | None = PAGE, offset: int = 0
) -> UnitPostings | None:
    """The procedures of a unit by field, then code; None where its coverage is not published for the day. `unit` is an id of the register.

    Raises:
        Trouble: the store holds something and nothing of it was ever published.
    """
    with published_rows(work) as rows:
        matrix = published_matrix(rows, as_of, unit, alone=True)
        if matrix is None:
            return None
        cells = sorted(matrix.rows(CellFilter()), key=lambda row: row.procedure)
        by_code = {code: list(its) for code, its in groupby(cells, key=lambda row: row.procedure)}
        told = told_of(rows.connection, rows.publication, by_code)
        field_of = {code: told.get(code, ("", ""))[1] for code in by_code}
        ordered = sorted(by_code, key=lambda code: (not field_of[code], fold(field_of[code]), code))
        kept = [code for code in ordered if wanted(by_code[code], field_of[code])]
        counted = Counter(field_of[code] for code in ordered)
        shown = kept[offset:] if limit is None else kept[offset : offset + limit]
        decisions = decided(
            rows.connection, rows.publication, as_of, sorted({row.finding for code in shown for row in by_code[code] if row.finding})
        )
        return UnitPostings(
            as_of=as_of, head=unit_head(unit), count=unit_count(unit, matrix), total=len(kept),
            fields=[FieldOfUnit(field=name, procedures=n) for name, n in counted.items()],
            procedures=[
                ProcedureOfUnit(
                    procedure=code, name=told[code][0] if code in told else matrix.name_of(code), field=field_of[code], postings=[_posting(row, decisions) for row in by_code[code]]
                )
                for code in shown
            ],
        )  # fmt: skip


def _posting(row: CellRow, decisions: Mapping[str, str]) -> PostingOfUnit:
    return PostingOfUnit(
        channel=row.channel.value, state=row.state.value, observed_at=row.observed_on, source=row.source or None, note=row.note,
        finding=row.finding, rule=row.rule or None, decided=decisions.get(row.finding or ""),
    )  # fmt: skip
