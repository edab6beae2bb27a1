"""One day by itself: every procedure in its judged version against everything known, or known by a day, and what a check tells."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, func, select

from rasoat import words
from rasoat.progress import Progress
from rasoat.records import Citation, Finding, Procedure
from rasoat.run_report import Checked
from rasoat.settings import Settings
from rasoat.store.extracted import Version, load_versions, sightings
from rasoat.store.piece_changes import inputs_digest
from rasoat.store.published_counts import rules_about_to_stand
from rasoat.store.schema import citations, documents, effects, procedures
from validators.conclusions import CitedDocuments, cited_documents, concludes
from validators.derivation.derive import DERIVATION_VERSION
from validators.derivation.judged_versions import citations_by_code, judged_versions
from validators.knowledge import load_graph, load_overrides
from validators.posting_audit import findings_in, gather
from validators.rules import World, check_documents, check_procedure, siblings

# Raise it when a change to a rule must be applied to days already checked.
RULES_VERSION = 20


@dataclass(frozen=True, slots=True)
class DayFound:
    """What was found of one day, in the order of lists, the versions judged, and on how many of the documents they cite (each once a
    procedure) there was a conclusion."""

    findings: list[Finding]
    procedures: Mapping[str, Procedure]
    cited: Mapping[str, Mapping[str, bool]]  # by code of a procedure: each document it cites, and whether there is a conclusion on it


def found_known(engine: Engine, settings: Settings, as_of: date, known_at: date | None, progress: Progress) -> DayFound:
    """What one day's check finds with what was known on `known_at`; computed in memory, nothing is stored."""
    with engine.connect() as connection:
        public = gather(engine, as_of, known_at)
        versions = judged_versions(load_versions(connection, sightings(connection)), as_of, known_at)
        cited = citations_by_code(connection, versions)
        world = World(
            load_graph(connection, settings.life_months),
            settings.horizon_days,
            abolished=public.audit.register.abolished(),
            overrides=load_overrides(connection),
            siblings=siblings((version.procedure for version in versions.values()), cited),
        )
    found = _found(versions, cited, world, as_of, known_at, progress)
    found += [words.told_on(one, as_of) for one in findings_in(engine, public, known_at, progress)]
    reached = {key: concludes(world.status(key, None, as_of, known_at)) for key in _cited_by(cited)}
    concluded = {code: _concluded(cited_documents(several), reached) for code, several in cited.items()}
    in_order = sorted(found, key=lambda one: (one.rule, one.subject, one.object or "", one.fingerprint))
    return DayFound(in_order, {code: one.procedure for code, one in versions.items()}, concluded)


def _concluded(said: CitedDocuments, reached: Mapping[str, bool]) -> dict[str, bool]:
    """By key whether there is a conclusion; numbers that point at no document stand beside them, those that are settled first."""
    loose = {f"#{at}": at < said.settled for at in range(said.loose)}
    return {**{key: reached[key] for key in said.keys}, **loose}


def check_inputs(connection: Connection, settings: Settings) -> str:
    """A digest of all that a check reads, and of how it judges: the same for every day."""
    knobs = f"{DERIVATION_VERSION}/{RULES_VERSION}/{settings.horizon_days}/{settings.life_months}"
    return hashlib.sha256((inputs_digest(connection) + knobs).encode()).hexdigest()


def _found(
    versions: Mapping[str, Version],
    cited: Mapping[str, Sequence[Citation]],
    world: World,
    as_of: date,
    known_at: date | None,
    progress: Progress,
) -> list[Finding]:
    """The findings on citations. An abolished procedure is told once, by POST-04 where it is still shown (FP10)."""
    found: dict[str, Finding] = {}
    for done, (code, version) in enumerate(versions.items()):
        if done % 50 == 0:
            progress(code, done, len(versions))
        for one in check_procedure(version.procedure, cited.get(code, []), world, as_of, known_at):
            found[one.fingerprint] = one
    for one in check_documents(world, as_of, known_at, _cited_by(cited)):
        found[one.fingerprint] = words.told_on(one, as_of)
    progress("", len(versions), len(versions))
    return list(found.values())


def _cited_by(cited: Mapping[str, Sequence[Citation]]) -> Counter[str]:
    """How many of the judged procedures cite each document, by its key."""
    return Counter(key for citations in cited.values() for key in {one.resolution.key for one in citations} if key)


def checked(connection: Connection, as_of: date, *, ran: bool) -> Checked:
    """What is told of a day after a check: what is derived, and the findings that stand or are about to."""
    known: Counter[str] = Counter(
        dict(connection.execute(select(documents.c.known_from, func.count()).group_by(documents.c.known_from)).all())
    )
    answers = connection.execute(select(citations.c.non_answer, func.count()).group_by(citations.c.non_answer))
    unplaced = connection.execute(select(effects.c.non_answer, func.count()).group_by(effects.c.non_answer))
    reasons: dict[str | None, int] = {reason: number for reason, number in unplaced}  # noqa: C416 (typed)
    counts = list(rules_about_to_stand(connection, as_of))
    return Checked(
        as_of=as_of.isoformat(),
        ran=ran,
        documents=sum(known.values()) - known["cited"],
        cited_only=known["cited"],
        effects=reasons.pop(None, 0),
        unplaced=Counter({str(reason): number for reason, number in reasons.items()}),
        resolved=Counter({reason or "resolved": number for reason, number in answers}),
        procedures=connection.scalar(select(func.count(procedures.c.code.distinct()))) or 0,
        findings=Counter({rule: number for rule, suppressed, number in counts if not suppressed}),
        suppressed=Counter({rule: number for rule, suppressed, number in counts if suppressed}),
    )
