"""How much of what must be public is public: of the country, of each ministry and province, and of the units below one. Counts alone are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from queries.posting_matrix import CellCounts, PublishedMatrix
from queries.published_moment import published_rows
from queries.shape import Shape
from rasoat.records.postings import Channel, PostingState
from rasoat.store.published_coverage import CoverageTotals, published_since, totals_of_all
from rasoat.store.published_timelines import PublishedRows
from rasoat.units import CENTRAL, UnitKind, country, kind_of
from rasoat.workspace import Workspace
from validators.coverage.counted import concluded


class ChannelCount(Shape):
    """Cells of one channel ("" all together) by state. `posted` of `concluded` are in order; `unknown` ones nobody can say anything of yet,
    and they stand in no share."""

    channel: str
    posted: int
    concluded: int
    unknown: int
    unreachable: int
    states: dict[str, int]

    @property
    def all(self) -> int:
        """Every cell that there is."""
        return self.concluded + self.unknown + self.unreachable

    @property
    def share(self) -> float | None:
        """What is in order, of what something can be said of; None where nothing can."""
        return self.posted / self.concluded if self.concluded else None


class UnitCount(Shape):
    """The cells of a unit (of a ministry, province or the country ("") with all below it), together and by channel; `units` have any."""

    unit: str
    name: str
    kind: str
    units: int
    whole: ChannelCount
    channels: list[ChannelCount]

    def of(self, channel: str) -> ChannelCount | None:
        """The count of one channel; None where the unit owes and shows nothing on it."""
        return next((one for one in self.channels if one.channel == channel), None)


class CoverageOverview(Shape):
    """The country, the provinces and the ministries on a day."""

    as_of: date
    country: UnitCount
    provinces: list[UnitCount]
    ministries: list[UnitCount]


class CoverageBelow(Shape):
    """A province or ministry on a day, with the units that lie below it."""

    as_of: date
    head: UnitCount
    below: list[UnitCount]


def coverage_overview(work: Workspace, as_of: date) -> CoverageOverview | None:
    """The whole country; None where coverage is not published for the day. All 34 provinces and every ministry are told, those that nothing
    is known of with counts of nothing.

    Raises:
        Trouble: the store holds something and nothing of it was ever published.
    """
    with published_rows(work) as rows:
        told = totals_of_all(rows.connection, rows.publication, as_of)
        if "" not in told:
            return None
        provinces, ministries = (
            sorted((_counted(one.id, told.get(one.id, _NOTHING)) for one in country().of_kind(kind)), key=lambda one: one.unit)
            for kind in (UnitKind.PROVINCE, UnitKind.MINISTRY)
        )
        return CoverageOverview(as_of=as_of, country=_counted("", told[""]), provinces=provinces, ministries=ministries)


def coverage_below(work: Workspace, as_of: date, head: str) -> CoverageBelow | None:
    """A province or ministry with each unit below it that has cells, by id; None where that is not published for the day.

    Raises:
        Trouble: the store holds something and nothing of it was ever published.
    """
    with published_rows(work) as rows:
        matrix = published_matrix(rows, as_of, head, alone=False)
        if matrix is None:
            return None
        each = {unit: matrix.counts(unit) for unit in matrix.units}
        cells = CellCounts()
        for counts in each.values():
            cells.update(counts)
        below = [_counted(unit, CoverageTotals(1, counts)) for unit, counts in each.items()]
        return CoverageBelow(as_of=as_of, head=_counted(head, CoverageTotals(len(each), cells)), below=below)


def published_matrix(rows: PublishedRows, as_of: date, head: str, *, alone: bool) -> PublishedMatrix | None:
    """What is published of a unit, or of it and all below it, for a day; None where that is not all of it."""
    matrix = PublishedMatrix(as_of, rows.connection, rows.publication, [head], None, alone)
    since = published_since(rows.connection, rows.publication, matrix.asked)
    return matrix if since is not None and since <= as_of and matrix.lists_told else None


def unit_count(unit: str, matrix: PublishedMatrix) -> UnitCount:
    """The cells of one unit alone."""
    return _counted(unit, CoverageTotals(1, matrix.counts(unit) if unit in matrix.blocks else CellCounts()))


_NOTHING = CoverageTotals(0, CellCounts())


def _counted(unit: str, totals: CoverageTotals) -> UnitCount:
    by_channel = {channel: Counter({state: n for (one, state), n in totals.cells.items() if one is channel}) for channel in Channel}
    whole = Counter[PostingState]()
    for counts in by_channel.values():
        whole.update(counts)
    name = country().name(unit) if unit else ""
    kind = kind_of(unit) if unit else UnitKind.NATION
    channels = [_channel(channel.value, counts) for channel, counts in by_channel.items() if counts]
    return UnitCount(unit=unit, name=name, kind=kind.value, units=totals.units, whole=_channel("", whole), channels=channels)


def _channel(channel: str, counts: Counter[PostingState]) -> ChannelCount:
    return ChannelCount(
        channel=channel, posted=counts[PostingState.POSTED], concluded=concluded(counts), unknown=counts[PostingState.UNKNOWN],
        unreachable=counts[PostingState.UNREACHABLE], states={state.value: counts[state] for state in PostingState if counts[state]},
    )  # fmt: skip


def in_province(units: Iterable[UnitCount], kind: UnitKind) -> list[UnitCount]:
    """Those of a kind."""
    return [one for one in units if one.kind == kind.value]


def is_head(unit: str) -> bool:
    """Whether units lie below: a province's or a ministry's id."""
    return "/" not in unit and unit in country() and (kind_of(unit) in CENTRAL or kind_of(unit) is UnitKind.PROVINCE)
