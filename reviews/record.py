"""The one writer of what people say: an event, and where its thing stands after it, in one transaction.

Writers stand in line: each event has the number after the last, and the hash of the one before. What somebody says comes with the version he
had before him; where another was before him nothing is written, and he is told who said what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Row, insert, select, text, update

from rasoat.odd_characters import fit_for_xml
from rasoat.records.unit_decisions import FindingNow
from rasoat.store.publications import portions
from rasoat.store.said_schema import decisions_now, events
from rasoat.store.shown_states import head_of_unit
from rasoat.trouble import Trouble
from rasoat.words.review_words import said
from reviews.machine import ReviewEvent, ReviewThread, ReviewVerb, beside, fold, refused

GENESIS = "0" * 64  # what the first event calls the hash before it
_WRITING = 0x7261736F6176  # the advisory lock of whoever writes events on PostgreSQL
_NAME, _LONGEST = 200, {"note": 20_000}  # letters of a text, by its column
_TOGETHER = 100  # sayings of one transaction: whoever waits to write gets a turn between two of them


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person says of a thing for a unit. `version`: of how many events he knew, None where he did not look. `now`: a finding as it is told
    now, with its `matter`; `judged`: the digest of the facts that he had before him, where it may be another than now (a list filled in
    later); `seen`: these facts, as they are kept with the event."""

    thing: str
    unit: str
    person: str
    verb: StrEnum  # of what is done with a thing; the machine adds up those of `ReviewVerb`
    version: int | None = None
    signed_in: bool = False
    to: str | None = None
    reason: str | None = None
    note: str = ""
    due: date | None = None
    second: bool = False
    now: FindingNow = field(default_factory=FindingNow)
    judged: str | None = None
    publication: int = 0
    matter: str = ""
    seen: Mapping[str, Any] = field(default_factory=dict)
    batch: str | None = None

    @property
    def event(self) -> ReviewEvent:
        """The event that this would be."""
        return ReviewEvent(
            self.person,
            ReviewVerb(self.verb),
            to=self.to,
            reason=self.reason,
            note=self.note,
            due=self.due,
            second=self.second,
            basis=self.basis,
        )

    @property
    def basis(self) -> str:
        """The digest of the facts that were judged."""
        return self.now.basis if self.judged is None else self.judged

    def repeats(self, row: Row[Any]) -> bool:
        """Whether an event says the same by the same person: an answer that got lost, asked for again."""
        own = (self.person, self.verb, self.to, self.reason, self.note, self.due, self.basis)
        return own == (row.person, row.verb, row.to, row.reason, row.note, row.due, row.basis)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a saying: where the thing stands now; `again` where the same had been written before; or why it was refused."""

    saying: Saying
    thread: ReviewThread
    again: bool = False
    refusal: Trouble | None = None


def record(engine: Engine, sayings: Sequence[Saying], at: datetime) -> list[Recorded]:
    """Write what somebody says of some things; each is written or refused by itself, in order, and what is written stays."""
    told: list[Recorded] = []
    for some in portions(sayings, _TOGETHER):
        with in_line(engine) as connection:
            told += [_said(connection, one, at) for one in some]
    return told


def record_one(engine: Engine, saying: Saying, at: datetime) -> Recorded:
    """The same of one thing.

    Raises:
        Trouble: it may not be said now, or somebody else was before.
    """
    (told,) = record(engine, [saying], at)
    if told.refusal:
        raise told.refusal
    return told


@contextmanager
def in_line(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other writer of events is beside, from before it reads until it ends."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITING})
            yield connection
        else:
            with connection.begin_nested():  # a writing statement: it takes the turn of writers before anything is read
                yield connection


def storable(column: str, text: str) -> str:
    """A text without what no database takes.

    Raises:
        Trouble: it is longer than its column.
    """
    kept = fit_for_xml(text)
    if len(kept) > (longest := _LONGEST.get(column, _NAME)):
        raise Trouble("record.long", column=column, longest=longest)
    return kept


def _said(connection: Connection, saying: Saying, at: datetime) -> Recorded:
    try:
        to = None if saying.to is None else storable("to", saying.to)
        saying = replace(saying, person=storable("person", saying.person), to=to, note=storable("note", saying.note))
    except Trouble as unfit:
        return Recorded(saying, ReviewThread(), refusal=unfit)
    rows = rows_of(connection, saying.thing, saying.unit)
    thread = beside(fold(map(event_of, rows)), saying.now)
    last = rows[-1] if rows else None
    if last is not None and saying.repeats(last) and saying.version in (None, last.version - 1, last.version) and not thread.reopened:
        return Recorded(saying, thread, again=True)
    if saying.version is not None and saying.version != thread.version:
        return Recorded(saying, thread, refusal=_conflict(saying, last) if last else Trouble("review.unseen", thing=saying.thing))
    if refusal := refused(thread, saying.event):
        return Recorded(saying, thread, refusal=refusal)
    append(connection, saying, at)
    return Recorded(saying, beside(stand(connection, saying.thing, saying.unit), saying.now))


def _conflict(saying: Saying, last: Row[Any]) -> Trouble:
    return Trouble(
        "review.conflict", thing=saying.thing, person=last.person, at=in_utc(last.at).isoformat("T", "seconds"), said=words_of(last)
    )


def words_of(row: Row[Any]) -> str:
    """An event in words, for whoever came second."""
    return ", ".join(part for part in (said(row.verb, row.reason), row.note) if part)


def append(connection: Connection, saying: Saying, at: datetime) -> int:
    """Write an event behind the last one; its number. Only within `in_line`."""
    last = connection.execute(select(events.c.seq, events.c.hash).order_by(events.c.seq.desc()).limit(1)).one_or_none()
    of_thing = select(events.c.version).where(events.c.thing == saying.thing, events.c.unit == saying.unit)
    before = connection.scalar(of_thing.order_by(events.c.version.desc()).limit(1)) or 0
    seq = (last.seq if last else 0) + 1
    row = {
        "seq": seq, "at": at.astimezone(UTC), "person": saying.person, "signed_in": saying.signed_in, "unit": saying.unit,
        "thing": saying.thing, "version": before + 1, "verb": str(saying.verb), "to": saying.to, "reason": saying.reason, "note": saying.note,
        "due": saying.due, "second": saying.second, "basis": saying.basis, "matter": saying.matter, "publication": saying.publication,
        "seen": dict(saying.seen), "batch": saying.batch, "previous": last.hash if last else GENESIS,
    }  # fmt: skip
    connection.execute(insert(events).values(**row, hash=hash_of(row)))
    return seq


def hash_of(row: Mapping[str, Any]) -> str:
    """The hash of an event: of all its columns but the hash itself, that of the event before among them."""
    told = {str(column.name): row[column.name] for column in events.columns if column.name != "hash"}
    told["at"] = in_utc(told["at"]).isoformat("T", "microseconds")
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def in_utc(at: datetime) -> datetime:
    """A moment as the store gives it back: SQLite keeps no zone, and was given UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def rows_of(connection: Connection, thing: str, unit: str) -> Sequence[Row[Any]]:
    """The events on a thing for a unit, in their order."""
    own = select(events).where(events.c.thing == thing, events.c.unit == unit)
    return connection.execute(own.order_by(events.c.version)).all()


def event_of(row: Row[Any]) -> ReviewEvent:
    """An event as the machine reads it."""
    return ReviewEvent(
        row.person,
        ReviewVerb(row.verb),
        in_utc(row.at),
        row.to,
        row.reason,
        row.note,
        row.due,
        row.second,
        row.basis,
        row.publication,
        row.seq,
    )


def stand(connection: Connection, thing: str, unit: str) -> ReviewThread:
    """Add the events on a thing for a unit up again and keep what they come to."""
    thread = fold(map(event_of, rows_of(connection, thing, unit)))
    row = {
        "head": head_of_unit(unit), "version": thread.version, "stage": thread.stage.value, "state": thread.state, "assignee": thread.assignee,
        "asked": thread.asked, "due": thread.due, "reason": thread.reason, "note": thread.note, "person": thread.person, "at": thread.at,
        "basis": thread.basis, "publication": thread.publication, "seq": thread.seq,
    }  # fmt: skip
    own = (decisions_now.c.thing == thing, decisions_now.c.unit == unit)
    if connection.execute(update(decisions_now).where(*own).values(row)).rowcount == 0:
        connection.execute(insert(decisions_now).values(thing=thing, unit=unit, **row))
    return thread
