"""How many findings there are of a day, and by what: added up from what is published, without reading any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from queries.contract import JudgedCount
from queries.finding_filter import FindingFilter, as_known
from queries.judged_citations import judged_on
from queries.published_moment import published_rows
from rasoat.records import Severity
from rasoat.store.published_counts import (
    EVERYTHING,
    SCOPED,
    CutCounts,
    FindingCut,
    GroupCount,
    GroupedBy,
    counts_in,
    counts_of_rows,
    groups_in,
    groups_of_rows,
)
from rasoat.store.published_findings import GRAVITY, ListedFinding, within_unit
from rasoat.store.published_timelines import PublishedRows
from rasoat.workspace import Workspace

_SEVERITIES = list(Severity)  # the gravest first


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """The findings that a filter keeps, counted. `visible` are those that no known way to accuse wrongly has suppressed."""

    cuts: CutCounts

    @property
    def all(self) -> int:
        return self.cuts.total()

    @property
    def visible(self) -> int:
        return sum(n for cut, n in self.cuts.items() if not cut.suppressed)

    @property
    def suppressed(self) -> int:
        return self.all - self.visible

    def by_rule(self, *, suppressed: bool = False) -> dict[str, int]:
        """How many of each rule, by rule: those everybody sees, or with them the others."""
        found = Counter[str]()
        for cut, n in self.cuts.items():
            if suppressed or not cut.suppressed:
                found[cut.rule] += n
        return dict(sorted(found.items()))

    @property
    def gravest(self) -> Severity | None:
        """How grave the gravest is that everybody sees."""
        return min((_SEVERITIES[cut.gravity] for cut in self.cuts if not cut.suppressed), key=_SEVERITIES.index, default=None)


@dataclass(frozen=True, slots=True)
class CountedFindings:
    """The counts of a day, and how many citations were judged for them."""

    counts: FindingCounts
    judged: JudgedCount


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """A page of groups, and how many citations were judged for them."""

    groups: list[GroupCount]
    judged: JudgedCount


def counts_on(work: Workspace, as_of: date, wanted: FindingFilter | None = None) -> CountedFindings:
    """How many findings of a day a filter keeps.

    Raises:
        Trouble: nothing is published of the procedure, unit or document asked for.
    """
    with published_rows(work) as rows:
        asked = as_known(rows, wanted or FindingFilter())
        return CountedFindings(counted(rows, as_of, asked), judged_on(rows.connection, rows.publication, as_of, asked))


def groups_on(
    work: Workspace, as_of: date, by: GroupedBy, wanted: FindingFilter | None = None, *, limit: int | None = None, offset: int = 0
) -> GroupsPage:
    """The findings of a day that a filter keeps and everybody sees, put together: the largest groups first, lines in the order of lists.

    Raises:
        Trouble: nothing is published of the procedure, unit or document asked for.
    """
    with published_rows(work) as rows:
        connection, stands = rows.connection, rows.publication
        asked = as_known(rows, wanted or FindingFilter())
        judged = judged_on(connection, stands, as_of, asked)
        if asked == FindingFilter(viewer=asked.viewer) and by in SCOPED:
            return GroupsPage(groups_in(connection, stands, as_of, by, limit, offset), judged)
        if by is GroupedBy.RULE:
            told = _by_rule(counted(rows, as_of, asked))
            return GroupsPage(told[offset:][:limit], judged)
        return GroupsPage(groups_of_rows(connection, stands, as_of, by, asked.where(stands, as_of), limit, offset), judged)


def counted(rows: PublishedRows, as_of: date, asked: FindingFilter) -> FindingCounts:
    """How many findings of a day a filter keeps that names things as findings do."""
    connection, stands = rows.connection, rows.publication
    if asked.subject or asked.document or (asked.unit and "/" in asked.unit):
        return FindingCounts(counts_of_rows(connection, stands, as_of, asked.where(stands, as_of), asked.viewer))
    within = [within_unit(asked.unit, stands, as_of)] if asked.unit else []
    found = counts_in(connection, stands, as_of, asked.unit or EVERYTHING, within, asked.viewer)
    return FindingCounts(CutCounts({cut: n for cut, n in found.items() if _keeps(asked, cut)}))


def counted_in_memory(listed: Iterable[ListedFinding]) -> FindingCounts:
    """Findings that were judged in memory, counted."""
    told = (one.finding for one in listed)
    return FindingCounts(CutCounts(FindingCut(one.rule, GRAVITY[one.severity], bool(one.suppressed), one.state) for one in told))


def _keeps(asked: FindingFilter, cut: FindingCut) -> bool:
    return (
        (not asked.rules or cut.rule in asked.rules)
        and (not asked.severity or cut.gravity <= GRAVITY[asked.severity])
        and (not asked.state or cut.state == asked.state)
    )


def _by_rule(counts: FindingCounts) -> list[GroupCount]:
    gravest: dict[str, int] = {}
    for cut in counts.cuts:
        if not cut.suppressed:
            gravest[cut.rule] = min(cut.gravity, gravest.get(cut.rule, cut.gravity))
    told = sorted(counts.by_rule().items(), key=lambda one: (-one[1], one[0]))
    return [GroupCount((rule,), n, gravest[rule]) for rule, n in told]
