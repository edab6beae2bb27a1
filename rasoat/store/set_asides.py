"""Bytes that an operator set aside: as if unread, until they are taken back. Who did it, when and why is kept."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select, update

from rasoat.store.extracted import drop_unseen
from rasoat.store.schema import answers, captures, set_aside
from rasoat.store.stored_postings import forget_capture
from rasoat.trouble import Trouble

_BYTES = re.compile(r"[0-9a-f]{6,64}")


@dataclass(frozen=True, slots=True)
class SetAside:
    """What was set aside: the bytes, by whom, when and why, and what was answered with them."""

    sha256: str
    at: datetime
    by: str
    because: str
    answers: tuple[str, ...]  # "dichvucong/detail/a1"


def bytes_named(engine: Engine, which: str) -> str:
    """The sha256 that `which` names: the beginning of one, or SOURCE/REQUEST of an answer, of several the newest.

    Raises:
        Trouble: it names nothing, several, or has neither form.
    """
    source, _, request = which.partition("/")
    with engine.connect() as connection:
        if _BYTES.fullmatch(which.lower()):
            query = select(captures.c.sha256).where(captures.c.sha256.startswith(which.lower())).limit(2)
            found: list[str] = list(connection.scalars(query))
        elif source and request:
            newest = select(answers.c.sha256).where(answers.c.source == source, answers.c.request == request)
            found = list(connection.scalars(newest.order_by(answers.c.observed_on.desc(), answers.c.fetched_at.desc()).limit(1)))
        else:
            raise Trouble("answer.which", which=which)
    if len(found) != 1:
        raise Trouble("answer.several" if found else "answer.unknown", which=which)
    return found[0]


def put_aside(engine: Engine, sha256: str, at: datetime, by: str, because: str, in_order: Collection[str] = ()) -> bool:
    """Set bytes aside: what was read of them leaves the store; False where they were aside already.

    Of sources named by `in_order`, where a later file may have taken the rows of an earlier one over, all is to be read again.
    """
    with engine.begin() as connection:
        if connection.scalar(select(set_aside.c.sha256).where(set_aside.c.sha256 == sha256)):
            return False
        connection.execute(insert(set_aside).values(sha256=sha256, at=at, by=by[:200], because=because))
        connection.execute(update(answers).where(answers.c.sha256 == sha256).values(reader=None))
        forget_capture(connection, sha256)
        drop_unseen(connection)
        _read_again(connection, sha256, in_order)
    return True


def take_back(engine: Engine, sha256: str, in_order: Collection[str] = ()) -> bool:
    """Have bytes read again; False where they were not aside."""
    with engine.begin() as connection:
        if not connection.execute(delete(set_aside).where(set_aside.c.sha256 == sha256)).rowcount:
            return False
        connection.execute(update(answers).where(answers.c.sha256 == sha256).values(reader=None))
        _read_again(connection, sha256, in_order)
    return True


def _read_again(connection: Connection, sha256: str, in_order: Collection[str]) -> None:
    sources = set(connection.scalars(select(answers.c.source).where(answers.c.sha256 == sha256)))
    for source in sources & set(in_order):
        connection.execute(update(answers).where(answers.c.source == source).values(reader=None))


def all_aside(engine: Engine) -> list[SetAside]:
    """Everything that is set aside, what was set aside first in front."""
    told = select(set_aside, answers.c.source, answers.c.request).join(answers, answers.c.sha256 == set_aside.c.sha256)
    found: dict[str, SetAside] = {}
    with engine.connect() as connection:
        for row in connection.execute(told.order_by(set_aside.c.at, set_aside.c.sha256, answers.c.source, answers.c.request)):
            before = found.get(row.sha256, SetAside(row.sha256, row.at, row.by, row.because, ()))
            named = dict.fromkeys([*before.answers, f"{row.source}/{row.request}"])
            found[row.sha256] = SetAside(row.sha256, row.at, row.by, row.because, tuple(named))
    return list(found.values())
