"""From the store to the matrix: the catalogue as judged on the day, decisions, and what was seen, unit by unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Connection, Engine

from rasoat.progress import Progress
from rasoat.records import Finding, Procedure, SourceRank
from rasoat.records.postings import Announcement, Channel, Level, Look, Posting, PostingState, Reception, Regulation
from rasoat.store.extracted import Version, load_versions, sightings
from rasoat.store.stored_postings import load_announcements, load_looks, load_postings, load_receptions, load_regulations
from rasoat.units import NATION, Units, country, lies_in
from rasoat.vietnamese import fold
from validators.coverage.audit import Audit
from validators.coverage.matrix import Matrix, Seen, build
from validators.derivation.judged_versions import judged_versions
from validators.national_list import national_looks
from validators.obligations import AnnouncementRegister, Duties, Listed
from validators.rules.postings.cell_rules import judged
from validators.rules.postings.decision_rules import check_decisions
from validators.rules.postings.place_rules import check_places

_LEVELS = {"cap bo": Level.MINISTRY, "cap tinh": Level.PROVINCE, "cap xa": Level.COMMUNE}
_GONE = re.compile(r"bai bo|huy bo|het hieu luc|inactive|abolish|delete")


@dataclass(frozen=True, slots=True)
class Country:
    """All that an audit of a day reads beside the postings themselves."""

    audit: Audit
    duties: Duties
    looks: list[Look]
    receptions: list[Reception]
    regulations: list[Regulation]
    national: dict[str, list[Posting]]

    def looks_at(self, unit: str) -> list[Look]:
        return [look for look in self.looks if look.unit == unit]


@dataclass(frozen=True, slots=True)
class PublicFacts:
    """What is stored of publicity but the postings themselves; `national` are looks at the national database, the newest first."""

    versions: list[Version]
    announced: list[Announcement]
    looks: list[Look]
    national: list[Look]
    receptions: list[Reception]
    regulations: list[Regulation]


def gather(engine: Engine, as_of: date, known_at: date | None = None, follow_days: int | None = None) -> Country:
    """Everything but the postings of units, which are read unit by unit."""
    with engine.connect() as connection:
        last = next(national_looks(connection, min(as_of, known_at or as_of)), None)  # the last look is what counts
        facts = public_facts(connection, known_at, [last] if last else [])
    return on_day(facts, as_of, known_at, follow_days)


def public_facts(connection: Connection, known_at: date | None, national: list[Look]) -> PublicFacts:
    """What is stored of publicity, as far as it was known on a day."""
    return PublicFacts(
        list(load_versions(connection, sightings(connection))),
        list(load_announcements(connection, known_at)),
        load_looks(connection, known_at),
        national,
        load_receptions(connection, known_at),
        load_regulations(connection),
    )


def on_day(facts: PublicFacts, as_of: date, known_at: date | None = None, follow_days: int | None = None) -> Country:
    """What an audit of one day reads."""
    units, versions = country(), judged_versions(facts.versions, as_of, known_at)
    whole = next((one for one in facts.national if one.observed_on <= as_of), None)
    looks = [*facts.looks, *([whole] if whole else [])]
    catalogue = {code: listed(version.procedure, units) for code, version in versions.items() if in_catalogue(version.procedure)}
    register = AnnouncementRegister(facts.announced, catalogue, as_of)
    national = national_postings(versions.values(), catalogue, as_of)
    entire = [one.observed_on for one in looks if one.unit == NATION and one.complete and one.observed_on <= as_of]
    entered = frozenset(code for code, version in versions.items() if code in catalogue and _national(version.procedure, as_of))
    audit = Audit(register, units, follow_days, entered, max(entire, default=None))
    return Country(audit, Duties(register, units, facts.receptions), looks, facts.receptions, facts.regulations, national)


def matrix_of(engine: Engine, known: Country, known_at: date | None, progress: Progress, within: Collection[str] = ()) -> Matrix:
    """The matrix over what was gathered; postings stream from the store one unit at a time.

    `within`: ids of units; where there are any, only these and what lies below them are audited.
    """
    if within:
        return _part(engine, known, known_at, progress, within)
    with engine.connect() as connection:
        return build(known.audit, known.duties, _seen(known, load_postings(connection, known_at)), judged, progress, known.looks_at(NATION))


def _part(engine: Engine, known: Country, known_at: date | None, progress: Progress, within: Collection[str]) -> Matrix:
    matrix = Matrix(known.audit, known.duties, judged, known.looks_at(NATION))
    units = [unit.id for unit in known.audit.units if any(lies_in(unit.id, head) for head in within)]
    for done, unit in enumerate(units, 1):
        refresh_unit(engine, matrix, known, unit, known_at)
        progress(unit, done, len(units))
    return matrix


def refresh_unit(engine: Engine, matrix: Matrix, known: Country, unit: str, known_at: date | None = None) -> list[Finding]:
    """Audit one unit again after its postings changed; its findings."""
    with engine.connect() as connection:
        postings = list(load_postings(connection, known_at, unit))
    matrix.refresh(unit, [*known.national.get(unit, ()), *postings], known.looks_at(unit))
    return matrix.findings[unit]


def other_findings(known: Country) -> Iterator[Finding]:
    """The findings that no cell stands for: on decisions, regulations, boards and reception lists."""
    yield from check_decisions(known.audit, known.regulations)
    yield from check_places(known.audit, known.looks, known.receptions)


def findings_in(engine: Engine, known: Country, known_at: date | None, progress: Progress) -> list[Finding]:
    """Every finding over what was gathered, each identity once."""
    matrix = matrix_of(engine, known, known_at, progress)
    found = {one.fingerprint: one for one in (*matrix.all_findings(), *other_findings(known))}
    return list(found.values())


def _seen(known: Country, stored: Iterable[Posting]) -> Iterator[tuple[str, Seen]]:
    """What was seen of each unit once: stored postings, what the national database shows of it, and looks."""
    looks: dict[str, list[Look]] = defaultdict(list)
    for look in known.looks:
        looks[look.unit].append(look)
    national = dict(known.national)
    for unit, postings in groupby(stored, key=lambda one: one.unit):
        yield unit, ([*national.pop(unit, ()), *postings], looks.pop(unit, []))
    for unit in [*national, *(unit for unit in looks if unit not in national)]:
        yield unit, (national.get(unit, []), looks.get(unit, []))


def listed(procedure: Procedure, units: Units) -> Listed:
    """A procedure as the catalogue shows it; its announcer is the unit responsible today for the body that issued its decision."""
    decision = procedure.decision
    return Listed(
        code=procedure.code,
        name=procedure.name,
        field=procedure.fields[0] if procedure.fields else "",
        levels=frozenset(level for text in procedure.levels if (level := _LEVELS.get(fold(text)))),
        announcer=units.id_of((decision.issuer if decision else None) or procedure.publisher),
        decision=decision.number if decision else None,
        signed_on=decision.issued_on if decision else None,
        executing=procedure.executing,
        procedure=procedure,
    )


def national_postings(versions: Iterable[Version], catalogue: dict[str, Listed], as_of: date) -> dict[str, list[Posting]]:
    """What the national database was seen to show, by announcer: a version read from it is a posting on its last day."""
    found: dict[str, list[Posting]] = defaultdict(list)
    for version in versions:
        procedure = version.procedure
        known = catalogue.get(procedure.code)
        if known is None or known.announcer is None or not _national(procedure, as_of):
            continue
        found[known.announcer].append(
            Posting(
                procedure.code, known.announcer, Channel.NATIONAL_DATABASE, procedure.observed_on, PostingState.POSTED, procedure.origin
            )
        )
    return found


def _national(procedure: Procedure, as_of: date) -> bool:
    """Whether a version shows that the national database held the procedure by the day, whoever announced it."""
    return procedure.source_rank is not SourceRank.OFFICE_TABLE and procedure.observed_on <= as_of


def in_catalogue(procedure: Procedure) -> bool:
    """Whether the catalogue still holds a procedure: its own words of its state, or its code, say when it does not."""
    return not (_GONE.search(fold(procedure.state or "")) or "-xo" in fold(procedure.code))
