"""What a person decides on findings, one or many at once: the facts of each are looked up, said with the decision, and recorded."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, select

from rasoat.records import Confidence, Finding, Role
from rasoat.records.unit_decisions import FindingNow
from rasoat.store.said_schema import FINDING, events
from rasoat.trouble import Trouble
from rasoat.vietnamese import fold
from rasoat.words.review_words import DISMISS_REASON, dismissals
from reviews.judged_facts import JudgedFacts, facts_now
from reviews.machine import DECIDING, ReviewEvent, ReviewVerb
from reviews.record import Recorded, Saying, event_of, record

ALONE = 20  # findings that one person may decide at once without a second
_APART = (Role.TRANSITIONAL, Role.HISTORICAL)
_UNTOLD = JudgedFacts(FindingNow(stands=False))


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person says of findings for a unit; the fields are those of `Saying`."""

    unit: str
    person: str
    verb: ReviewVerb
    to: str | None = None
    reason: str | None = None
    note: str = ""
    due: date | None = None
    signed_in: bool = False


@dataclass(frozen=True, slots=True)
class OneFinding:
    """A finding that is decided on: of how many events whoever decides knew, and which facts, where that is told."""

    fingerprint: str
    version: int | None = None
    judged: str | None = None


def decide(engine: Engine, said: Decided, on: Sequence[OneFinding], as_of: date, at: datetime, batch: str | None = None) -> list[Recorded]:
    """Record what a person says of some findings. Several have one batch id; more than `ALONE` decided at once wait for a second person.

    `batch`: the id of a list of which each row is decided by itself.
    """
    batch = batch or (uuid.uuid4().hex if len(on) > 1 else None)
    second = said.verb in DECIDING and len(on) > ALONE
    with engine.connect() as connection:
        facts = facts_now(connection, {one.fingerprint for one in on}, as_of)
    return record(engine, [_saying(said, one, facts.get(one.fingerprint, _UNTOLD), batch, second) for one in on], at)


def reason_named(given: str) -> str:
    """A reason to dismiss by its code or its Vietnamese word.

    Raises:
        Trouble: there is no such reason.
    """
    typed = fold(given).strip()
    known = {fold(word): code.value for code, word in DISMISS_REASON.items()} | {code.value: code.value for code in DISMISS_REASON}
    if reason := known.get(typed) or known.get(typed.replace("-", "_")):
        return reason
    raise Trouble("review.no_reason", known=dismissals())


def _saying(said: Decided, one: OneFinding, facts: JudgedFacts, batch: str | None, second: bool) -> Saying:
    return Saying(
        f"{FINDING}{one.fingerprint}", said.unit, said.person, said.verb, one.version, said.signed_in, said.to, said.reason, said.note, said.due,
        second, facts.now, one.judged, facts.publication, facts.matter, facts.seen, batch,
    )  # fmt: skip


def apart(found: Iterable[Finding]) -> dict[str, str]:
    """The findings that are not decided together with others, by fingerprint with a code of the reason: each wants a look of its own."""
    told: dict[str, str] = {}
    for one in found:
        if one.suppressed:
            told[one.fingerprint] = "suppressed"
        elif one.role in _APART:
            told[one.fingerprint] = str(one.role)
        elif one.confidence is Confidence.LOW:
            told[one.fingerprint] = "low"
    return told


def in_batch(connection: Connection, batch: str, unit: str) -> list[str]:
    """The fingerprints that were decided on together for a unit."""
    things = select(events.c.thing).where(events.c.batch == batch, events.c.unit == unit).order_by(events.c.seq)
    return [thing.removeprefix(FINDING) for thing in connection.scalars(things)]


@dataclass(frozen=True, slots=True)
class SaidOf:
    """An event on a finding, or on another of the same matter, by whom for which unit."""

    fingerprint: str
    unit: str
    version: int
    rule: str
    signed_in: bool
    event: ReviewEvent


def history_of(connection: Connection, fingerprint: str, matter: str) -> list[SaidOf]:
    """Everything that was said of a finding and of those of the same matter: what became of CITE-07 is told beside the CITE-01 it became."""
    own = events.c.thing == f"{FINDING}{fingerprint}"
    rows = connection.execute(select(events).where(own | (events.c.matter == matter) if matter else own).order_by(events.c.seq))
    return [
        SaidOf(row.thing.removeprefix(FINDING), row.unit, row.version, row.seen.get("rule", ""), row.signed_in, event_of(row))
        for row in rows
    ]
