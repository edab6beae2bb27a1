"""The index step: the store's procedures, documents, articles and findings become entries; only what changed is written.

Database count and index count are equal at the end. An index that does not hold what it should is built anew beside the one that
serves, and the report says so; where that fails too, the step fails and the last good index goes on serving.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy import Engine as Database

from rasoat.progress import Progress
from rasoat.run_report import Indexed
from rasoat.settings import Settings
from rasoat.store.derived import derived_from, mark_derived
from rasoat.store.schema import indexed
from search.engines import Engine, IndexDamaged, IndexMismatch, IndexMissing, open_engine
from search.entries import Entry
from search.gathering import gathered, inputs_of
from validators.derivation.derive import derive

_PORTION = 5000  # rows written in one go


def index(database: Database, settings: Settings, as_of: date, name: str | None, progress: Progress, *, rebuild: bool = False) -> Indexed:
    """Bring the index up to the store for one day.

    Raises:
        search.engines.SearchError: the engine cannot be reached or does not hold what it was given.
    """
    derive(database, progress)
    engine_name = name or settings.search_engine
    engine = open_engine(settings, engine_name)
    mark = index_mark(engine_name)
    with database.connect() as connection:
        inputs = inputs_of(connection, settings, as_of)
        current = derived_from(connection, mark) == inputs and not rebuild
    held = _held(database, engine_name) if not rebuild else {}
    count, mended = (0, "") if rebuild else _found(engine)
    if current and count == len(held):
        return Indexed(engine_name, len(held), len(held), as_of=as_of.isoformat())
    plan = _Plan(held if count == len(held) else {})
    with database.connect() as connection:

        def entries() -> Iterator[Entry]:
            return gathered(connection, settings, as_of, progress)

        try:
            _apply(engine, plan, entries())
        except (IndexMismatch, IndexDamaged) as mismatch:
            if not plan.held:
                raise
            plan, mended = _Plan({}), str(mismatch)
            _apply(engine, plan, entries())
    _remember(database, engine_name, plan)
    with database.begin() as connection:
        mark_derived(connection, mark, inputs)
    return Indexed(engine_name, len(plan.digests), engine.count(), plan.changed, len(plan.gone), mended, as_of.isoformat())


def index_mark(engine_name: str) -> str:
    """The name under which the store remembers what an engine's index was made from."""
    return f"index:{engine_name}"


def entry_digests(connection: Connection, settings: Settings, as_of: date, progress: Progress) -> Iterator[tuple[str, str]]:
    """(id, digest) of every entry that an index of the day holds, without any index."""
    for entry in gathered(connection, settings, as_of, progress):
        yield entry.id, _digest(entry)


@dataclass
class _Plan:
    """What the index held, what the store has now, and what must be written for the one to become the other."""

    held: dict[str, str]

    def __post_init__(self) -> None:
        self.digests: dict[str, str] = {}
        self.changed = 0

    def changes(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """The entries that differ from what the index holds."""
        for entry in entries:
            digest = _digest(entry)
            self.digests[entry.id] = digest
            if self.held.get(entry.id) != digest:
                self.changed += 1
                yield entry

    @property
    def gone(self) -> list[str]:
        return [key for key in self.held if key not in self.digests]


def _apply(engine: Engine, plan: _Plan, entries: Iterator[Entry]) -> None:
    if not plan.held:
        engine.build(plan.changes(entries))
        return
    changed = list(plan.changes(entries))
    if changed or plan.gone:
        engine.update(changed, plan.gone, expected=len(plan.digests))
    if (holds := engine.count()) != len(plan.digests):
        raise IndexMismatch("index.counts", held=holds, given=len(plan.digests))


def _digest(entry: Entry) -> str:
    """Of everything but the day it was asked about: the same answer tomorrow is the same entry."""
    return hashlib.sha256(repr(replace(entry, as_of=None)).encode()).hexdigest()


def _found(engine: Engine) -> tuple[int, str]:
    """How many entries the index holds, each of its parts looked at; -1 and why where it is to be built anew."""
    try:
        engine.inspect()
        return engine.count(), ""
    except IndexMissing:
        return -1, ""
    except IndexDamaged as damage:
        return -1, str(damage)


def _held(database: Database, engine_name: str) -> dict[str, str]:
    with database.connect() as connection:
        return {
            row.id: row.digest for row in connection.execute(select(indexed.c.id, indexed.c.digest).where(indexed.c.engine == engine_name))
        }


def _remember(database: Database, engine_name: str, plan: _Plan) -> None:
    """Write down what the index holds, in portions. Killed between two, the counts differ and the next step builds the index anew."""
    stale = [key for key in plan.held if plan.digests.get(key) != plan.held[key]]
    if not plan.held:
        with database.begin() as connection:
            connection.execute(delete(indexed).where(indexed.c.engine == engine_name))
    for at in range(0, len(stale), 500):
        with database.begin() as connection:
            connection.execute(delete(indexed).where(indexed.c.engine == engine_name, indexed.c.id.in_(stale[at : at + 500])))
    fresh = [{"engine": engine_name, "id": key, "digest": digest} for key, digest in plan.digests.items() if plan.held.get(key) != digest]
    for at in range(0, len(fresh), _PORTION):
        with database.begin() as connection:
            connection.execute(insert(indexed), fresh[at : at + _PORTION])
