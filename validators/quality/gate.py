"""The gate between check and index: every expectation evaluated for one day, or the verdict that was kept for the same inputs.

Great Expectations takes seconds to import: a store in which nothing changed does not pay for it.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from datetime import date

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, delete, insert, select

from extractors.readers import READER_VERSION
from rasoat.codec import from_json, to_json
from rasoat.progress import Progress
from rasoat.records.unit_decisions import OPEN
from rasoat.settings import Settings
from rasoat.store.checked_marks import checked_inputs
from rasoat.store.piece_changes import inputs_digest
from rasoat.store.said_schema import QUALITY as REVIEW_ITEM
from rasoat.store.schema import verdicts
from rasoat.store.shown_states import states_of
from validators.derivation.derive import DERIVATION_VERSION
from validators.quality.contract_tables import table_checks
from validators.quality.evaluation import evaluate, warned
from validators.quality.expectation import Expectation, GateTier, holds
from validators.quality.handovers import FINDING_QUOTES, handover_checks
from validators.quality.measures import findings_turn, index_counts
from validators.quality.verdict import Broken, GateVerdict, judge

# Raise it when a verdict kept under the same expectations must not be used again.
QUALITY = 1


def expectations(as_of: date) -> list[Expectation]:
    """Everything that is asked of a store for one day, in the order of the suites."""
    return [*table_checks(), *handover_checks(as_of)]


def gate(engine: Engine, settings: Settings, as_of: date, progress: Progress, *, again: bool = False) -> GateVerdict:
    """The verdict on the store for one day; bad data never raises, it blocks.

    The kept verdict is given where nothing it read has changed and it evaluated all that is asked today; that of another day too,
    with what goes with the day asked of this one. `again` asks anew.
    """
    asked = expectations(as_of)
    with engine.connect() as connection:
        inputs = gate_inputs(connection, settings, as_of, asked)
        kept = None if again else kept_verdict(connection, as_of, inputs, len(asked))
    if kept:
        return replace(kept, reused=True)
    carried = None if again else _carried(engine, as_of, inputs, asked)
    verdict = carried or _evaluated(engine, as_of, asked, progress)
    with engine.begin() as connection:
        connection.execute(delete(verdicts).where(verdicts.c.as_of == as_of))
        connection.execute(insert(verdicts).values(as_of=as_of, inputs=inputs, data=to_json(GateVerdict, verdict)))
    return replace(verdict, reused=True) if carried else verdict


def _evaluated(engine: Engine, as_of: date, asked: list[Expectation], progress: Progress) -> GateVerdict:
    begun = time.monotonic()
    outcomes, broken = evaluate(engine, asked, progress)
    return replace(judge(as_of, asked, outcomes, broken), seconds=round(time.monotonic() - begun, 3))


def _carried(engine: Engine, as_of: date, inputs: str, asked: list[Expectation]) -> GateVerdict | None:
    """The verdict on the nearest day that was asked about with the same data: what it asked of the data is answered, and what goes with
    the day is asked of this one. Where something of that would stop publication, it is for the library to tell."""
    with engine.connect() as connection:
        days = connection.scalars(select(verdicts.c.as_of).where(verdicts.c.inputs == inputs))
        day = min(days, key=lambda one: abs((one - as_of).days), default=None)
        kept = kept_verdict(connection, day, inputs, len(asked)) if day else None
        turn = day is None or findings_turn(connection, day, as_of)
    if kept is None:
        return None
    broken = {one.check: one for one in kept.broken}
    for check in (one for one in asked if one.of_day):
        before = broken.pop(check.name, None)
        if check.tier is GateTier.FAIL:
            if before or (not (check.name == FINDING_QUOTES and not turn) and not _holds(engine, check)):
                return None
        elif told := warned(engine, check):
            broken[check.name] = told
    return replace(kept, as_of=as_of, broken=tuple(broken[one.name] for one in asked if one.name in broken), seconds=0.0)


def _holds(engine: Engine, check: Expectation) -> bool:
    with engine.connect() as connection:
        return holds(connection, check)


def kept_verdict(connection: Connection, as_of: date, inputs: str, expected: int) -> GateVerdict | None:
    """The verdict kept for these inputs; None where there is none or where it did not evaluate all that is asked."""
    data = connection.scalar(select(verdicts.c.data).where(verdicts.c.as_of == as_of, verdicts.c.inputs == inputs))
    if data is None:
        return None
    try:
        verdict = from_json(GateVerdict, data)
    except ValidationError:
        return None
    return verdict if verdict.expected == verdict.evaluated == expected else None


def states(engine: Engine, items: tuple[Broken, ...]) -> dict[str, str]:
    """What people decided on review items, by fingerprint; "open" where nobody has."""
    with engine.connect() as connection:
        decided = states_of(connection, {f"{REVIEW_ITEM}{one.fingerprint}" for one in items})
    return {one.fingerprint: decided.get(f"{REVIEW_ITEM}{one.fingerprint}", OPEN) for one in items}


def gate_inputs(connection: Connection, settings: Settings, as_of: date, asked: list[Expectation]) -> str:
    """A digest of what was read, how it was judged, whether the index agrees, and every expectation by name, tier and arguments."""
    digest = hashlib.sha256(inputs_digest(connection).encode())
    agrees = all(told == held for _, told, held in index_counts(connection))
    knobs = (
        QUALITY,
        READER_VERSION,
        DERIVATION_VERSION,
        checked_inputs(connection, as_of),
        settings.horizon_days,
        settings.life_months,
        agrees,
    )
    digest.update(repr(knobs).encode())
    for check in asked:
        digest.update(repr((check.name, check.tier.value, check.kind, sorted(check.arguments.items()), str(check.bad))).encode())
    return digest.hexdigest()
