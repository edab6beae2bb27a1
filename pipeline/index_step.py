"""The index step: what is published becomes entries; only what changed is written.

An index tells of one publication and one day. Another is reached by making again the entries that a later publication brought or took
away, and those that tell something else on the other day; everything is made again where entries are made in another way, or what the index
tells of is not known. Database count and index count are equal at the end. An index that does not hold what it should is built anew beside
the one that serves, and the report says so; where that fails too, the step fails and the last good index goes on serving.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select
from sqlalchemy import Engine as Database

from extractors.readers import READER_VERSION
from rasoat.progress import Progress
from rasoat.run_report import Indexed
from rasoat.settings import Settings
from rasoat.store.derived import derived_from, mark_derived
from rasoat.store.publications import StandingPublication, never_published, portions, published_from, reading
from rasoat.store.schema import indexed
from rasoat.trouble import SourceTrouble, Trouble
from search.due_entries import DueEntries, IndexedMoment, due_since
from search.engines import Engine, IndexDamaged, IndexMismatch, IndexMissing, open_engine
from search.entries import Entry, EntryKind
from search.gathering import ENTRIES_VERSION, DayEntries

INDEX_NUMBER = "index-number:"  # a note beside an index's mark: the number of the publication it tells of
_PORTION = 5000  # rows written in one go
_LOOKED_UP = 200  # things whose entries are looked up together


@dataclass(frozen=True, slots=True)
class _IndexState:
    """What the store remembers of an index."""

    mark: str
    moment: IndexedMoment


def index(
    database: Database, settings: Settings, as_of: date, name: str | None, progress: Progress, *, rebuild: bool = False, back: bool = True
) -> Indexed:
    """Bring the index up to what is published, for one day; without `back` an index of a later day goes on telling of that day.

    Raises:
        search.engines.SearchError: the engine cannot be reached or does not hold what it was given.
        Trouble: nothing was published yet; or the gate holds a change back, and what serves goes on serving.
    """
    engine_name = name or settings.search_engine
    engine = open_engine(settings, engine_name)
    with reading(database) as (connection, publication):
        before, told = _state(connection, engine_name), _count(connection, engine_name)
        if never_published(connection, publication) and (before is None or rebuild):
            raise Trouble("publication.none")
        if publication.held_back:  # texts stand in the store as the refused change has them
            raise SourceTrouble("index.held_back", told=publication.held_back)
        day = as_of if before is None or back else max(as_of, before.moment.day)
        now = _IndexState(index_inputs(connection, publication, day), IndexedMoment(publication.number, day))
        if before and published_from(connection, publication) is None and not rebuild:
            now = before  # a store of before, nothing of which was published yet: what serves goes on serving
        count, mended = (-1, "") if rebuild else _found(engine)
        sound = before is not None and count == told
        if sound and before == now:
            return Indexed(engine_name, told, told, as_of=now.moment.day.isoformat())
        plan = _plan(connection, engine_name, engine, before, now) if before and sound else _Plan(None, {}, told)
        entries = DayEntries(connection, now.moment.day)
        try:
            _apply(engine, plan, entries, progress)
        except (IndexMismatch, IndexDamaged) as mismatch:
            if not plan.held:
                raise
            plan, mended = _Plan(None, {}, told), str(mismatch)
            _apply(engine, plan, entries, progress)
    _remember(database, engine_name, plan)
    with database.begin() as connection:
        mark_derived(connection, index_mark(engine_name), now.mark)
        mark_derived(connection, f"{INDEX_NUMBER}{engine_name}", str(now.moment.number))
    return Indexed(engine_name, plan.expected, engine.count(), plan.changed, len(plan.gone), mended, now.moment.day.isoformat())


def index_mark(engine_name: str) -> str:
    """The name under which the store remembers what an engine's index was made from."""
    return f"index:{engine_name}"


def index_inputs(connection: Connection, publication: StandingPublication, as_of: date) -> str:
    """What tells the index of a day from every other: the day, how entries are made, what was published."""
    published = hashlib.sha256((published_from(connection, publication) or "").encode()).hexdigest()
    return f"{as_of.isoformat()}/{_made()}/{published[:40]}"


def _made() -> str:
    """How entries are made of what is read and published: with another one every entry may be another."""
    return hashlib.sha256(f"{ENTRIES_VERSION}/{READER_VERSION}".encode()).hexdigest()[:12]


def entry_digests(connection: Connection, as_of: date, progress: Progress) -> Iterator[tuple[str, str]]:
    """(id, digest) of every entry that an index of the day holds, without any index."""
    for entry in DayEntries(connection, as_of).everything(progress):
        yield entry.id, _digest(entry)


def _state(connection: Connection, engine_name: str) -> _IndexState | None:
    """What is remembered of an index; None where there is none, or where it was made in another way."""
    mark = derived_from(connection, index_mark(engine_name)) or ""
    number = derived_from(connection, f"{INDEX_NUMBER}{engine_name}")
    day, _, rest = mark.partition("/")
    if number is None or not rest.startswith(f"{_made()}/"):
        return None
    return _IndexState(mark, IndexedMoment(int(number), date.fromisoformat(day)))


@dataclass
class _Plan:
    """What must be written for the index to tell what is published. `due`: whose entries are looked at, None for all; `held`: the
    digests of these as the index holds them, of none where it is to be built anew; `told`: how many entries it holds."""

    due: DueEntries | None
    held: dict[str, str]
    told: int
    digests: dict[str, str] = field(default_factory=dict)
    changed: int = 0

    def changes(self, entries: DayEntries, progress: Progress) -> Iterator[Entry]:
        """The entries that differ from what the index holds."""
        due = self.due
        for entry in entries.everything(progress) if due is None else entries.some(due.documents, due.procedures, due.findings):
            digest = _digest(entry)
            self.digests[entry.id] = digest
            if self.held.get(entry.id) != digest:
                self.changed += 1
                yield entry

    @property
    def gone(self) -> list[str]:
        return [key for key in self.held if key not in self.digests]

    @property
    def expected(self) -> int:
        """How many entries the index holds afterwards."""
        return len(self.digests) if self.due is None else self.told - len(self.held) + len(self.digests)


def _plan(connection: Connection, engine_name: str, engine: Engine, before: _IndexState, now: _IndexState) -> _Plan:
    """How a sound index becomes another: by what is due where the index tells of the day that is remembered, and where that is not most
    of it; else by comparing everything."""
    own, told = indexed.c.engine == engine_name, _count(connection, engine_name)
    if engine.open().as_of == before.moment.day and before.moment.number <= now.moment.number:
        due = due_since(connection, engine_name, before.moment, now.moment.day)
        if 2 * (len(due.documents) + len(due.procedures) + len(due.findings)) < told:
            held = dict(one for where in _entries_of(connection, due) for one in _digests(connection, and_(own, where)))
            return _Plan(due, held, told)
    return _Plan(None, dict(_digests(connection, own)), told)


def _digests(connection: Connection, where: ColumnElement[bool]) -> list[tuple[str, str]]:
    return [(row.id, row.digest) for row in connection.execute(select(indexed.c.id, indexed.c.digest).where(where))]


def _entries_of(connection: Connection, due: DueEntries) -> Iterator[ColumnElement[bool]]:
    """The entries of what is due, as the table of what is indexed names them."""
    by_bytes = indexed.c.id.collate("C") if connection.dialect.name == "postgresql" else indexed.c.id  # not in a language's order
    single = [(EntryKind.DOCUMENT, due.documents), (EntryKind.PROCEDURE, due.procedures), (EntryKind.FINDING, due.findings)]
    for kind, keys in single:
        for some in portions(sorted(keys), _LOOKED_UP):
            yield indexed.c.id.in_([f"{kind}:{key}" for key in some])
    for some in portions(sorted(due.documents), _LOOKED_UP):
        first = [f"{EntryKind.ARTICLE}:{key}#" for key in some]
        yield or_(*(and_(by_bytes >= one, by_bytes < f"{one[:-1]}$") for one in first))  # "$" comes after "#"


def _apply(engine: Engine, plan: _Plan, entries: DayEntries, progress: Progress) -> None:
    if not plan.held and plan.due is None:
        engine.build(plan.changes(entries, progress), as_of=entries.as_of)
        return
    changed = list(plan.changes(entries, progress))
    engine.update(changed, plan.gone, expected=plan.expected, as_of=entries.as_of)
    if (holds := engine.count()) != plan.expected:
        raise IndexMismatch("index.counts", held=holds, given=plan.expected)


def _digest(entry: Entry) -> str:
    return hashlib.sha256(repr(entry).encode()).hexdigest()


def _found(engine: Engine) -> tuple[int, str]:
    """How many entries the index holds, each of its parts looked at; -1 and why where it is to be built anew."""
    try:
        engine.inspect()
        return engine.count(), ""
    except IndexMissing:
        return -1, ""
    except IndexDamaged as damage:
        return -1, str(damage)


def _count(connection: Connection, engine_name: str) -> int:
    return connection.scalar(select(func.count()).select_from(indexed).where(indexed.c.engine == engine_name)) or 0


def _remember(database: Database, engine_name: str, plan: _Plan) -> None:
    """Write down what the index holds, in portions. Killed between two, the counts differ and the next step builds the index anew."""
    stale = [key for key in plan.held if plan.digests.get(key) != plan.held[key]]
    if not plan.held and plan.due is None:
        with database.begin() as connection:
            connection.execute(delete(indexed).where(indexed.c.engine == engine_name))
    for some in portions(stale, 500):
        with database.begin() as connection:
            connection.execute(delete(indexed).where(indexed.c.engine == engine_name, indexed.c.id.in_(some)))
    fresh = [{"engine": engine_name, "id": key, "digest": digest} for key, digest in plan.digests.items() if plan.held.get(key) != digest]
    for rows in portions(fresh, _PORTION):
        with database.begin() as connection:
            connection.execute(insert(indexed), rows)
