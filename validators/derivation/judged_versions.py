"""Which version of a procedure is judged on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, true

from rasoat.records import Citation, SourceRank
from rasoat.store import schema as stored
from rasoat.store.derived import load_mentions, load_resolutions
from rasoat.store.extracted import Version, VersionPlace
from validators.asked_day import NEVER

AnyVersion = TypeVar("AnyVersion", Version, VersionPlace)


def judged_versions(versions: Iterable[Version], as_of: date, known_at: date | None = None) -> dict[str, Version]:
    """By code: the version last observed on or before `as_of`, else the earliest; each dated with that observation.

    Of two observations of one day the national API comes before a captured page, and that before an office's table. A
    bare list row is judged only where nothing else is known: it says nothing of the parts.
    """
    by_code: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        if known := tuple(day for day in version.days if known_at is None or day <= known_at):
            by_code[version.procedure.code].append(replace(version, days=known))
    return {code: _judged(several, as_of) for code, several in sorted(by_code.items())}


def _judged(several: Sequence[Version], as_of: date) -> Version:
    return dated(judged_on(several, as_of)[1], as_of)


def dated(version: Version, as_of: date) -> Version:
    """A version that is judged on a day, with the last observation of it on or before the day, else its first."""
    at = bisect_right(version.days, as_of)
    return replace(version, procedure=replace(version.procedure, observed_on=version.days[max(at - 1, 0)]))


def judged_on(several: Sequence[AnyVersion], as_of: date) -> tuple[date, AnyVersion]:
    """Of the versions of one procedure the one that is judged on a day, and the observation that it is dated with."""
    told = [one for one in several if one.rank is not SourceRank.LIST_ROW] or several
    before = [(one.days[at - 1], one) for one in told if (at := bisect_right(one.days, as_of))]
    if before:
        return max(before, key=lambda found: (found[0], -found[1].rank, found[1].piece))
    return min(((one.days[0], one) for one in told), key=lambda found: (found[0], found[1].rank, found[1].piece))


def judged_from(several: Sequence[AnyVersion]) -> list[tuple[date, AnyVersion]]:
    """Of the versions of one procedure the one that is judged from a day on, for all days: the first from `date.min`."""
    found: list[tuple[date, AnyVersion]] = []
    for day in sorted({date.min, *(day for one in several for day in one.days)}):
        _, chosen = judged_on(several, day)
        if not found or found[-1][1] is not chosen:
            found.append((day, chosen))
    return found


@dataclass(frozen=True, slots=True)
class JudgedStretch:
    """The version judged on every day from `since` to the day before `until`; `days` are the days it was observed on."""

    version: Version
    since: date
    until: date

    def observed_by(self, day: date) -> date:
        """The last day on or before `day` on which the version was observed, else the first."""
        at = bisect_right(self.version.days, day)
        return self.version.days[max(at - 1, 0)]


def judged_stretches(versions: Iterable[Version]) -> dict[str, list[JudgedStretch]]:
    """By code: which version is judged on which days, with all that is known; the same that `judged_versions` says of each day."""
    by_code: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        by_code[version.procedure.code].append(version)
    return {code: list(_stretches(several)) for code, several in sorted(by_code.items())}


def _stretches(several: list[Version]) -> Iterator[JudgedStretch]:
    judged = judged_from(several)
    ends = [*(day for day, _ in judged[1:]), NEVER]
    for (since, version), until in zip(judged, ends, strict=True):
        yield JudgedStretch(version, since, until)


def version_runs(versions: Iterable[Version]) -> dict[str, tuple[tuple[date, str], ...]]:
    """By code the versions that are judged, each with the day it was first seen after another; seen again it is no new one."""
    by_code: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        by_code[version.procedure.code].append(version)
    return {code: tuple(_runs(several)) for code, several in by_code.items()}


def _runs(several: list[Version]) -> Iterator[tuple[date, str]]:
    last = ""
    for day in sorted({day for version in several for day in version.days}):
        _, judged = judged_on(several, day)
        if (name := f"{judged.piece}#{judged.position}") != last:
            last = name
            yield day, name


def citations_by_code(connection: Connection, versions: Mapping[str, Version]) -> dict[str, list[Citation]]:
    """Every resolved citation of the judged versions, in the order of the text."""
    cited = citations_by_place(connection, {(one.piece, one.position): code for code, one in versions.items()})
    return {code: found for code, one in versions.items() if (found := cited.get((one.piece, one.position)))}


def citations_by_place(
    connection: Connection, codes: Mapping[tuple[str, int], str], pieces: Sequence[str] | None = None
) -> dict[tuple[str, int], list[Citation]]:
    """Every resolved citation of some stored versions (of some pieces, where these are told), by (piece, position), in the order of the
    text; `codes` are their procedures."""
    resolutions = load_resolutions(connection, true() if pieces is None else stored.citations.c.piece.in_(pieces))
    told = load_mentions(connection, true() if pieces is None else stored.mentions.c.piece.in_(pieces))
    cited: dict[tuple[str, int], list[Citation]] = defaultdict(list)
    for piece, procedure, position, part, mention in told:
        code, resolution = codes.get((piece, procedure)), resolutions.get((piece, procedure, position))
        if code and resolution:
            cited[piece, procedure].append(Citation(code, part, mention, resolution))
    return cited
