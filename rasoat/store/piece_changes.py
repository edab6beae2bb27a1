"""Which pieces changed since somebody looked, and a digest of everything read that costs what has changed since it was last asked for.

The database itself notes each piece that came, went or was seen again (triggers on `pieces`, `places`, `answers`), whoever writes. Only the
newest notes are kept: whoever looked before these reads everything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, delete, func, select

from rasoat.store.schema import answers, piece_changes, pieces, places

_KEPT = 5_000  # notes
_ASKED = 500  # pieces asked for in one statement
_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Looked:
    """The notes that stood when somebody looked. Of two that write at once the later one may take the smaller number: so all of those kept
    are remembered, not the last one alone."""

    numbers: frozenset[int]

    @property
    def last(self) -> int:
        return max(self.numbers, default=0)


def look(connection: Connection) -> Looked:
    """What is noted so far; to be asked before what is noted is read."""
    return Looked(frozenset(connection.scalars(select(piece_changes.c.number))))


def changed_since(connection: Connection, looked: Looked) -> tuple[set[str], Looked] | None:
    """The pieces noted since somebody looked, and what is noted now; None where notes in between are kept no longer."""
    rows = [(row.number, row.piece) for row in connection.execute(select(piece_changes.c.number, piece_changes.c.piece))]
    now = Looked(frozenset(number for number, _ in rows))
    if looked.last and looked.last not in now.numbers:
        return None
    if not looked.numbers and rows and min(now.numbers) > 1:
        return None
    return {piece for number, piece in rows if number not in looked.numbers}, now


def forget_old(engine: Engine) -> None:
    """Keep the newest notes only; others get their turn to write between two portions."""
    with engine.connect() as connection:
        first, last = connection.execute(select(func.min(piece_changes.c.number), func.max(piece_changes.c.number))).one()
    if last is None or last - first < 2 * _KEPT:
        return
    for until in range(first + _KEPT, last - _KEPT + 1, _KEPT):
        with engine.begin() as connection:
            connection.execute(delete(piece_changes).where(piece_changes.c.number < until))


@dataclass(slots=True)
class _KnownInputs:
    """What one process knows of a store: of each piece a number that tells its reader and all its sightings, and the sum of these."""

    looked: Looked
    told: dict[str, int] = field(default_factory=dict)
    total: int = 0


_HELD: WeakKeyDictionary[Engine, _KnownInputs] = WeakKeyDictionary()


def inputs_digest(connection: Connection) -> str:
    """A digest of everything read so far: which pieces, read by which reader, seen where and on which days.

    Two stores with the same digest derive the same rows, so what was derived from it need not be derived again. It is a sum over the pieces,
    so that where some have changed since this process asked last, these alone are looked at. Not for a transaction that changes pieces.
    """
    held = _HELD.get(connection.engine)
    news = changed_since(connection, held.looked) if held else None
    if held is None or news is None:
        held = _HELD[connection.engine] = _KnownInputs(look(connection))
        held.told = _told(connection, None)
        held.total = sum(held.told.values()) % _MODULUS
    else:
        changed, held.looked = news
        now = _told(connection, changed) if changed else {}
        for piece in changed:
            held.total = (held.total - held.told.pop(piece, 0) + now.get(piece, 0)) % _MODULUS
            if piece in now:
                held.told[piece] = now[piece]
    return f"{held.total:064x}"


def _told(connection: Connection, only: Collection[str] | None) -> dict[str, int]:
    """By piece a number that tells its reader and its sightings; of all pieces or of some."""
    found: dict[str, int] = {}
    for row in (*_readers(connection, only), *_sightings(connection, only)):
        digest = hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=32).digest()
        found[row[0]] = (found.get(row[0], 0) + int.from_bytes(digest, "big")) % _MODULUS
    return found


def _readers(connection: Connection, only: Collection[str] | None) -> Iterator[tuple[Any, ...]]:
    query = select(pieces.c.piece, pieces.c.reader)
    for some in _parts(only):
        for row in connection.execute(query if some is None else query.where(pieces.c.piece.in_(some))):
            yield tuple(row)


def _sightings(connection: Connection, only: Collection[str] | None) -> Iterator[tuple[Any, ...]]:
    same = (answers.c.source == places.c.source) & (answers.c.request == places.c.request) & (answers.c.sha256 == places.c.sha256)
    columns = (places.c.piece, places.c.source, places.c.request, places.c.sha256, places.c.place, answers.c.observed_on)
    query = select(*columns).join(answers, same)
    for some in _parts(only):
        for row in connection.execute(query if some is None else query.where(places.c.piece.in_(some))):
            yield tuple(row)


def _parts(only: Collection[str] | None) -> Iterator[list[str] | None]:
    if only is None:
        yield None
        return
    wanted = sorted(only)
    for at in range(0, len(wanted), _ASKED):
        yield wanted[at : at + _ASKED]
