"""The check step: every procedure in its judged version against everything known, for one day."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, Engine, func, select

from rasoat.progress import Progress
from rasoat.records import Citation, Finding
from rasoat.run_report import Checked
from rasoat.settings import Settings
from rasoat.store.derived import inputs_digest
from rasoat.store.extracted import load_versions, sightings
from rasoat.store.schema import citations, documents, effects, procedures
from rasoat.store.stored_findings import checked_inputs, load_findings, store_findings
from validators.derivation.derive import DERIVATION_VERSION, derive
from validators.derivation.judged_versions import citations_by_code, judged_versions
from validators.knowledge import load_graph, load_overrides
from validators.posting_audit import findings_in, gather
from validators.rules import World, check_documents, check_procedure, siblings

# Raise it when a change to a rule must be applied to days already checked.
RULES_VERSION = 18


def check(engine: Engine, settings: Settings, as_of: date, known_at: date | None, progress: Progress) -> Checked:
    """Check one day; nothing is done where nothing it reads has changed since it was last checked."""
    derive(engine, progress)
    with engine.begin() as connection:
        inputs = check_inputs(connection, settings)
        ran = checked_inputs(connection, as_of, known_at) != inputs
        if ran:
            public = gather(engine, as_of, known_at)
            found = _find(connection, settings, as_of, known_at, public.audit.register.abolished(), progress)
            found += findings_in(engine, public, known_at, progress)
            store_findings(connection, as_of, known_at, inputs, found)
    with engine.connect() as connection:
        return _report(connection, as_of, known_at, ran)


def findings_of(engine: Engine, settings: Settings, as_of: date, known_at: date | None, progress: Progress) -> list[Finding]:
    """The findings of a day, which is checked first where that is due."""
    check(engine, settings, as_of, known_at, progress)
    with engine.connect() as connection:
        return load_findings(connection, as_of, known_at)


def check_inputs(connection: Connection, settings: Settings) -> str:
    """A digest of all that a check reads, and of how it judges: the same for every day."""
    knobs = f"{DERIVATION_VERSION}/{RULES_VERSION}/{settings.horizon_days}/{settings.life_months}"
    return hashlib.sha256((inputs_digest(connection) + knobs).encode()).hexdigest()


def _find(
    connection: Connection, settings: Settings, as_of: date, known_at: date | None, abolished: frozenset[str], progress: Progress
) -> list[Finding]:
    """The findings on citations. An abolished procedure is told once, by POST-04 where it is still shown (FP10)."""
    versions = judged_versions(load_versions(connection, sightings(connection)), as_of, known_at)
    cited = citations_by_code(connection, versions)
    world = World(
        load_graph(connection, settings.life_months),
        settings.horizon_days,
        overrides=load_overrides(connection),
        siblings=siblings((version.procedure for version in versions.values()), cited),
    )
    found: dict[str, Finding] = {}
    for done, (code, version) in enumerate(versions.items()):
        if done % 50 == 0:
            progress(code, done, len(versions))
        if code in abolished:
            continue
        for one in check_procedure(version.procedure, cited.get(code, []), world, as_of, known_at):
            found[one.fingerprint] = one
    for one in check_documents(world, as_of, known_at, _cited_by(cited)):
        found[one.fingerprint] = one
    progress("", len(versions), len(versions))
    return list(found.values())


def _cited_by(cited: Mapping[str, Sequence[Citation]]) -> Counter[str]:
    """How many of the judged procedures cite each document, by its key."""
    return Counter(key for citations in cited.values() for key in {one.resolution.key for one in citations} if key)


def _report(connection: Connection, as_of: date, known_at: date | None, ran: bool) -> Checked:
    found = load_findings(connection, as_of, known_at)
    known = Counter(connection.scalars(select(documents.c.known_from)))
    answers = connection.execute(select(citations.c.non_answer, func.count()).group_by(citations.c.non_answer))
    unplaced = connection.execute(select(effects.c.non_answer, func.count()).group_by(effects.c.non_answer))
    reasons: dict[str | None, int] = {reason: number for reason, number in unplaced}  # noqa: C416 (typed)
    return Checked(
        as_of=as_of.isoformat(),
        ran=ran,
        documents=sum(known.values()) - known["cited"],
        cited_only=known["cited"],
        effects=reasons.pop(None, 0),
        unplaced=Counter({str(reason): number for reason, number in reasons.items()}),
        resolved=Counter({reason or "resolved": number for reason, number in answers}),
        procedures=connection.scalar(select(func.count(procedures.c.code.distinct()))) or 0,
        findings=Counter(one.rule for one in found if not one.suppressed),
        suppressed=Counter(one.rule for one in found if one.suppressed),
    )
