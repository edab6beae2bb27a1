"""The log of events recomputed: each hash, each number, what they add up to, and the heads that were written down elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, delete, select

from rasoat.store.said_schema import ACCOUNT, decisions_now, events
from reviews.machine import ReviewEvent, fold
from reviews.record import GENESIS, event_of, hash_of, in_line, in_utc, stand


@dataclass(frozen=True, slots=True)
class LogHead:
    """The last event: how many there are, and the hash that stands for all of them."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(slots=True)
class AuditedLog:
    """What was found: the head, and every place where the log is not what it should be."""

    head: LogHead = field(default_factory=LogHead)
    broken: list[str] = field(default_factory=list)


def head_of_log(connection: Connection) -> LogHead:
    """The head of the log as it is."""
    row = connection.execute(select(events.c.seq, events.c.hash).order_by(events.c.seq.desc()).limit(1)).one_or_none()
    return LogHead(row.seq, row.hash) if row else LogHead()


def audited_log(engine: Engine, heads: Mapping[int, str] | None = None) -> AuditedLog:
    """Recompute the log; `heads`: hashes by number, as they were written down elsewhere."""
    found, before, versions = AuditedLog(), LogHead(), defaultdict[tuple[str, str], int](int)
    waiting, said = dict(heads or {}), defaultdict[tuple[str, str], list[ReviewEvent]](list)
    with engine.connect() as connection:
        for row in connection.execute(select(events).order_by(events.c.seq)):
            own = (row.thing, row.unit)
            versions[own] += 1
            if row.seq != before.seq + 1:
                found.broken.append(f"{before.seq + 1}: ?")
            if row.previous != before.hash or row.hash != hash_of(dict(row._mapping)):
                found.broken.append(f"{row.seq}: {row.thing} {row.unit}")
            if row.version != versions[own]:
                found.broken.append(f"{row.seq}: {row.thing} {row.unit} {row.version}")
            if waiting.pop(row.seq, row.hash) != row.hash:
                found.broken.append(f"{row.seq}: ≠ {(heads or {})[row.seq][:12]}")
            before = LogHead(row.seq, row.hash)
            if not row.thing.startswith(ACCOUNT):  # an account stands in `people` and `roles`
                said[own].append(event_of(row))
        found.broken += [f"{seq}: {hash[:12]} ?" for seq, hash in waiting.items() if seq]
        found.broken += _decisions(connection, said)
    found.head = before
    return found


def _decisions(connection: Connection, said: Mapping[tuple[str, str], list[ReviewEvent]]) -> list[str]:
    """The places where what is kept of a thing is not what its events add up to."""
    kept = {(row.thing, row.unit): row for row in connection.execute(select(decisions_now))}
    wrong = [f"decisions_now {thing} {unit}" for thing, unit in kept.keys() ^ said.keys()]
    for own, told in said.items():
        thread, row = fold(told), kept.get(own)
        if row is not None and (row.version, row.stage, row.state, row.basis, row.seq, row.person, in_utc(row.at)) != (
            thread.version, thread.stage, thread.state, thread.basis, thread.seq, thread.person, thread.at,
        ):  # fmt: skip
            wrong.append(f"decisions_now {own[0]} {own[1]}")
    return sorted(wrong)


def rebuild_decisions(engine: Engine) -> int:
    """Make `decisions_now` again from the events alone; of how many things."""
    with in_line(engine) as connection:
        connection.execute(delete(decisions_now))
        things = select(events.c.thing, events.c.unit).where(~events.c.thing.startswith(ACCOUNT)).distinct()
        owners = connection.execute(things).all()
        for thing, unit in owners:
            stand(connection, thing, unit)
    return len(owners)
