"""Publications: readers see the rows of one publication, whole, while the next one is written beside them.

A publication writes its rows under the number after the one that stands, in portions, so that whoever waits to write gets a turn between
two of them. Nobody reads these rows until one last small transaction makes the number the one that stands. One that was killed leaves rows
that nobody reads; the next one takes them back before it begins. Two processes never publish at once: the second waits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Delete,
    Engine,
    FromClause,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from rasoat.store.database import alone
from rasoat.store.published_schema import publications, published_inputs, published_tables
from rasoat.store.schema import pieces
from rasoat.store.write_turns import Tell, on_standard_error
from rasoat.words.publication_words import HELD_BACK
from rasoat.words.written import day

PORTION = 300  # rows of one transaction: a fraction of the fifth of a second that others may have to wait
_LOOKED_UP = 20_000  # keys held in memory
_PUBLISHING = "publisher"
_NAMED = 5  # expectations that a refusal names
EVERYTHING_READ = and_(published_inputs.c.thing == "publication", published_inputs.c.owner == "")  # whose mark is that of everything
T = TypeVar("T")
PublishedRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StandingPublication:
    """The publication that readers see: its number (0 before the first), what was refused after it, and why it stands though the gate
    would have refused it."""

    number: int
    at: datetime | None = None
    refused_at: datetime | None = None
    refused: Mapping[str, Any] | None = None
    because: str | None = None

    @property
    def held_back(self) -> str | None:
        """That something changed after it that nobody sees, since when and why; None where there is no such thing."""
        if self.refused_at is None:
            return None
        failed = (self.refused or {}).get("failed", [])
        return HELD_BACK.format(on=day(self.refused_at.date()), failed=", ".join(failed[:_NAMED]))

    def sees(self, table: FromClause) -> ColumnElement[bool]:
        """The rows of a published table that stand in this publication."""
        return self.number_sees(table, self.number)

    @staticmethod
    def number_sees(table: FromClause, number: int | BindParameter[Any]) -> ColumnElement[bool]:
        """The same for a number that is told later."""
        return and_(table.c.born <= number, or_(table.c.died.is_(None), table.c.died > number))


def standing(connection: Connection) -> StandingPublication:
    """The publication that stands now."""
    row = connection.execute(select(publications).order_by(publications.c.number.desc()).limit(1)).one_or_none()
    return StandingPublication(row.number, row.at, row.refused_at, row.refused, row.because) if row else StandingPublication(0)


def never_published(connection: Connection, publication: StandingPublication) -> bool:
    """Whether the store holds something and nothing of it was ever published, as in a store of before publications."""
    return published_from(connection, publication) is None and connection.scalar(select(pieces.c.piece).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The gate of a day stopped what was about to stand: these expectations failed."""

    as_of: date
    failed: tuple[str, ...]


def published_from(connection: Connection, publication: StandingPublication) -> str | None:
    """The mark of what a publication was computed from; None where nothing was published yet of what is stored."""
    seen = publication.sees(published_inputs)
    inputs: str | None = connection.scalar(select(published_inputs.c.inputs).where(EVERYTHING_READ, seen))
    return inputs


@contextmanager
def reading(engine: Engine) -> Iterator[tuple[Connection, StandingPublication]]:
    """A connection that sees one moment of the store, and the publication that stood then."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")  # Python's driver begins for writing only
        else:
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection, standing(connection)


@dataclass(slots=True)
class Written:
    """Rows that a publication brought and took away."""

    came: int = 0
    went: int = 0

    def __bool__(self) -> bool:
        return bool(self.came or self.went)


class PublicationWriter:
    """Writes the rows of one publication that does not stand yet."""

    def __init__(self, engine: Engine, number: int) -> None:
        self._engine = engine
        self.number = number
        self.written: dict[str, Written] = {}
        self.because: str | None = None  # an operator's reason, where the gate would have refused it

    def rows_of(self, table: Table, where: ColumnElement[bool]) -> list[PublishedRow]:
        """The rows of a table as this publication has them so far."""
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(table).where(where, table.c.died.is_(None))).mappings()]

    def holds(self, table: Table) -> bool:
        """Whether this publication has any row of a table so far."""
        with self._engine.connect() as connection:
            return connection.execute(select(table.c.born).where(table.c.died.is_(None)).limit(1)).first() is not None

    def inputs_of(self, thing: str, owners: Collection[str] | None = None) -> dict[str, str]:
        """By owner, what a published thing of some owners, or of all, was computed from."""
        own = published_inputs.c.thing == thing
        asked = [own] if owners is None else [and_(own, published_inputs.c.owner.in_(some)) for some in portions(sorted(owners))]
        return {row["owner"]: row["inputs"] for where in asked for row in self.rows_of(published_inputs, where)}

    def differing(self, thing: str, now: Mapping[str, str], owners: Collection[str] | None = None) -> set[str]:
        """The owners of a published thing (some, or all) that came, went, or are computed from something else now."""
        before = self.inputs_of(thing, owners)
        return {owner for owner in now.keys() | before.keys() if now.get(owner) != before.get(owner)}

    def mark(self, thing: str, inputs: Mapping[str, str | None]) -> None:
        """Remember by owner what a published thing was computed from; of those that are there no longer (None) nothing."""
        rows = [{"thing": thing, "owner": owner, "inputs": digest} for owner, digest in inputs.items() if digest is not None]
        self.replace(published_inputs, and_(published_inputs.c.thing == thing, published_inputs.c.owner.in_(list(inputs))), rows)

    def changed_rows(self, table: Table) -> list[PublishedRow]:
        """The rows that this publication brought so far or takes away."""
        with self._engine.connect() as connection:
            query = select(table).where(or_(table.c.born == self.number, table.c.died == self.number))
            return [dict(row) for row in connection.execute(query).mappings()]

    def replace(
        self,
        table: Table,
        where: ColumnElement[bool],
        rows: Iterable[PublishedRow],
        leaving: PublishedRow | None = None,
        held: Iterable[PublishedRow] | None = None,
    ) -> Written:
        """Make exactly `rows` the rows of `table` of which `where` is true (those of some owners); only what differs is written. `rows` come
        without `born` and `died`, with JSON columns as JSON gives them back. `leaving`: what a table that keeps its history writes down of
        each row that goes. `held`: the rows of which `where` is true, where somebody has asked for them already."""
        names = [column.name for column in table.columns if column.name not in ("born", "died", *(leaving or ()))]
        key = [name for name in names if table.c[name].primary_key]
        there = {tuple(row[name] for name in key): row for row in (self.rows_of(table, where) if held is None else held)}
        came: list[PublishedRow] = []
        for row in rows:
            before = there.get(identity := tuple(row[name] for name in key))
            if before is not None and all(before[name] == row[name] for name in names):
                del there[identity]
            else:
                came.append({**row, "born": self.number})
        self._take_away(table, list(there.values()), leaving or {})
        for portion in portions(came):
            with self._engine.begin() as connection:
                connection.execute(insert(table), portion)
        told = self.written.setdefault(table.name, Written())
        told.came, told.went = told.came + len(came), told.went + len(there)
        return Written(len(came), len(there))

    def _take_away(self, table: Table, rows: list[PublishedRow], leaving: PublishedRow) -> None:
        """Rows of before die in this publication; its own, if they are said otherwise a second time, have never been."""
        own, older = [row for row in rows if row["born"] == self.number], [row for row in rows if row["born"] < self.number]
        dying: tuple[tuple[Delete | Update, list[PublishedRow]], ...] = (
            (delete(table), own),
            (update(table).values(died=self.number, **leaving), older),
        )
        for statement, which in dying:
            for portion in portions(which):
                _run_on(self._engine, table, statement, portion)


def _run_on(engine: Engine, table: Table, statement: Delete | Update, rows: Iterable[Mapping[str, Any]]) -> None:
    """Run a statement on each of some rows by its key: told of all keys at once, SQLite passes the whole table."""
    columns = list(table.primary_key.columns)
    one = statement.where(*(column == bindparam(f"_{column.name}") for column in columns))
    with engine.begin() as connection:
        connection.execute(one, [{f"_{column.name}": row[column.name] for column in columns} for row in rows])


@contextmanager
def publishing(
    engine: Engine, at: Callable[[], datetime], tell: Tell = on_standard_error, inputs: Callable[[Connection], str] | None = None
) -> Iterator[PublicationWriter]:
    """One publication: it stands from the end of the block on, if the block wrote anything and raised nothing. `inputs` tells the mark of
    what it is to be computed from: where a publication of the same mark lies there whole, checked and not asked of anybody yet, that one is it.

    Raises:
        SourceTrouble: another process publishes, and one of its transactions lasts longer than there is patience for.
    """
    with alone(engine, _PUBLISHING, tell):
        with engine.connect() as connection:
            number = standing(connection).number
            whole = inputs is not None and _written_whole(connection, inputs)
        if not whole:
            _undo(engine, number)
        new = PublicationWriter(engine, number + 1)
        yield new
        if whole or any(new.written.values()):
            with engine.begin() as connection:
                connection.execute(insert(publications).values(number=new.number, at=at(), because=new.because))
            number = new.number
        else:
            _forget_refusal(engine, number)
        _sweep(engine, number)


def refuse(engine: Engine, at: Callable[[], datetime], why: Refusal) -> None:
    """Tell beside the publication that stands that what changed after it was refused; the next publication is told of without it."""
    with engine.begin() as connection:
        number = standing(connection).number
        said = {"refused_at": at(), "refused": {"as_of": why.as_of.isoformat(), "failed": sorted(why.failed)}}
        if connection.execute(update(publications).where(publications.c.number == number).values(said)).rowcount == 0:
            connection.execute(insert(publications).values(number=number, at=at(), **said))


def _forget_refusal(engine: Engine, number: int) -> None:
    """What was refused has been taken back: nothing is held back any more."""
    refused = and_(publications.c.number == number, publications.c.refused_at.is_not(None))
    with engine.connect() as connection:
        held = connection.scalar(select(func.count()).select_from(publications).where(refused))
    if held:
        with engine.begin() as connection:
            connection.execute(update(publications).where(refused).values(refused_at=None, refused=None))


def _written_whole(connection: Connection, inputs: Callable[[Connection], str]) -> bool:
    """Whether the publication after the one that stands lies there to its last row, of the same inputs, and was refused by nobody."""
    stands = standing(connection)
    last = select(published_inputs.c.inputs).where(EVERYTHING_READ, published_inputs.c.born > stands.number)
    mark = connection.scalar(last) if stands.refused_at is None else None
    return mark is not None and mark == inputs(connection)


def _undo(engine: Engine, number: int) -> None:
    """Take back what a publication wrote that was killed before it stood."""
    for table in published_tables():
        alive_again = dict.fromkeys(("died", *table.info.get("leaving", ())))
        _in_portions(engine, table, delete(table), table.c.born > number)
        _in_portions(engine, table, update(table).values(alive_again), table.c.died > number)


def _sweep(engine: Engine, number: int) -> None:
    """Remove the rows that no reader can see any more, of tables that keep no history: whoever reads sees one moment of the store."""
    for table in published_tables():
        if not table.info.get("history"):
            _in_portions(engine, table, delete(table), table.c.died <= number)


def _in_portions(engine: Engine, table: Table, statement: Delete | Update, which: ColumnElement[bool]) -> None:
    """Run a statement on some rows, in transactions of a portion each. Many are looked up in one go: to find some may mean to pass all."""
    key = list(table.primary_key.columns)
    while True:
        with engine.connect() as connection:
            found = [dict(row) for row in connection.execute(select(*key).where(which).limit(_LOOKED_UP)).mappings()]
        for some in portions(found):
            _run_on(engine, table, statement, some)
        if len(found) < _LOOKED_UP:
            return


def portions(rows: Iterable[T], size: int = PORTION) -> Iterator[Sequence[T]]:
    """Rows in portions, each for a transaction of its own."""
    waiting = iter(rows)
    while portion := list(islice(waiting, size)):
        yield portion
