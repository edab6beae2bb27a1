"""On which days each finding holds, with all that is known: one row a finding and a stretch of days on which nothing in it changes.

Everything a rule says of a procedure or a document turns on how the day asked about stands to days of the facts, so each strand
of each version is asked once a stretch (`asked_day`), not once a day. What goes with the day alone (how many days are left, the
day itself) is told when somebody asks (`words.told_on`), and so is the day a version was last observed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise

from rasoat.records import Citation, Finding, HeldFinding
from rasoat.records.postings import Announcement
from rasoat.units import Units
from validators.asked_day import EVER, NEVER, AskedDay, through
from validators.conclusions import Spell, covered
from validators.derivation.judged_versions import JudgedStretch
from validators.held_findings import merged
from validators.obligations import AnnouncementRegister
from validators.posting_audit import in_catalogue, listed
from validators.rules import World
from validators.rules.citations.reviews import review_document
from validators.rules.run_rules import Strand, VersionReading, with_count


def of_procedure(
    stretches: Sequence[JudgedStretch],
    cited: Mapping[tuple[str, int], Sequence[Citation]],
    world: World,
    announcements: Sequence[Announcement],
    units: Units,
    only: Collection[str] | None = None,
) -> list[HeldFinding]:
    """The findings on one procedure (CITE-*, AUTH-01) over all days. While it is abolished it has none (FP10). `only`: no other documents
    are accused than these."""
    found: list[HeldFinding] = []
    for stretch in stretches:
        version = stretch.version
        citations = cited.get((version.piece, version.position), ())
        for since, until in _standing(stretch, announcements, units):
            for seen_since, seen_until, day in _observed(stretch, since, until, citations, world):
                reading = VersionReading(replace(version.procedure, observed_on=day), citations, world)
                found += _of_reading(reading, seen_since, seen_until, (version.piece, version.position), version.days[0], only)
    return merged(found)


def _of_reading(
    reading: VersionReading, since: date, until: date, place: tuple[str, int], first_seen: date, only: Collection[str] | None
) -> Iterator[HeldFinding]:
    """What each strand finds; where two find the same, the later one counts, as in the check of one day."""
    by_fingerprint: dict[str, list[HeldFinding]] = {}
    for strand in reading.strands(only):
        own: dict[str, list[HeldFinding]] = defaultdict(list)
        for start, end, several in through(partial(_asked, reading, strand), since, until):
            for one in {one.fingerprint: one for one in several}.values():
                told = replace(one, as_of=EVER, observed_on=first_seen)
                own[one.fingerprint].append(HeldFinding(told, start, end, *place))
        for fingerprint, rows in own.items():
            before = by_fingerprint.get(fingerprint)
            by_fingerprint[fingerprint] = rows if before is None else [*_without(before, rows), *rows]
    for rows in by_fingerprint.values():
        yield from rows


def _asked(reading: VersionReading, strand: Strand, day: AskedDay) -> list[Finding]:
    return list(strand(reading.question(day)))


def _observed(
    stretch: JudgedStretch, since: date, until: date, citations: Sequence[Citation], world: World
) -> Iterator[tuple[date, date, date]]:
    """The days cut where the version was observed again, with the day it was last observed on: only where its decision has no date and a
    document that it cites has not begun do the rules look at that (CITE-05), so that seeing a version once more is no new row."""
    decision = stretch.version.procedure.decision
    keys = {one.resolution.key for one in citations} - {None}
    if (decision and decision.issued_on) or not any(world.waits(key or "", since, until) for key in keys):
        yield since, until, stretch.version.days[0]
        return
    cuts = [since, *(day for day in stretch.version.days[1:] if since < day < until), until]
    for start, end in pairwise(cuts):
        yield start, end, stretch.observed_by(start)


def _standing(stretch: JudgedStretch, announcements: Sequence[Announcement], units: Units) -> Iterator[Spell]:
    """The days of a stretch on which no decision has abolished the procedure."""
    if not announcements:
        yield stretch.since, stretch.until
        return
    procedure = stretch.version.procedure
    catalogue = {procedure.code: listed(procedure, units)} if in_catalogue(procedure) else {}

    def abolished(day: AskedDay) -> bool:
        return bool(AnnouncementRegister(announcements, catalogue, day).abolished())

    for since, until, gone in through(abolished, stretch.since, stretch.until):
        if not gone:
            yield since, until


def of_document(key: str, world: World, citing: Sequence[Spell]) -> list[HeldFinding]:
    """REVIEW and CONS-01 items of one document over all days; `citing` are the days on which each procedure cites it."""
    found: list[HeldFinding] = []
    for since, until, several in through(lambda day: list(review_document(key, world, day, None)), EVER, NEVER):
        for start, end, count in covered(citing, since, until) if several else ():
            found += [HeldFinding(replace(with_count(one, count), as_of=EVER), start, end) for one in several]
    return merged(found)


def citing_spells(
    judged: Mapping[str, Sequence[JudgedStretch]], cited: Mapping[tuple[str, int], Sequence[Citation]]
) -> dict[str, list[Spell]]:
    """By document key: the days on which each procedure cites it, in the version judged then."""
    spells: dict[str, list[Spell]] = defaultdict(list)
    for stretches in judged.values():
        for one in stretches:
            citations = cited.get((one.version.piece, one.version.position), ())
            for key in {citation.resolution.key for citation in citations} - {None}:
                spells[key or ""].append((one.since, one.until))
    return spells


def _without(rows: Iterable[HeldFinding], taken: Sequence[HeldFinding]) -> Iterator[HeldFinding]:
    """The rows but for the days that other rows take."""
    left = list(rows)
    for other in taken:
        left = [
            replace(row, since=since, until=until)
            for row in left
            for since, until in ((row.since, min(row.until, other.since)), (max(row.since, other.until), row.until))
            if since < until
        ]
    yield from left
