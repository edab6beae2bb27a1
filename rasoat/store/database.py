"""Opening the store: SQLite (WAL) by default, PostgreSQL by setting, always at the newest migration."""

from __future__ import annotations

import atexit
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError

from rasoat.addresses import shown
from rasoat.store.write_turns import Tell, Turns, WritingTurn, on_standard_error
from rasoat.system_words import sqlite_refusal
from rasoat.trouble import SourceTrouble

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT = 900.0  # seconds
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "SAVEPOINT")
_MIGRATING = 0x7261736F6174  # the advisory lock of whoever migrates a PostgreSQL store
_JSON: dict[str, Any] = {
    "json_serializer": lambda value: orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode(),
    "json_deserializer": orjson.loads,
}
_BUSY = 60_000  # milliseconds that SQLite itself waits where no turn is waited for


class StoreIsNewer(Exception):
    """The store is of a version that this program does not know."""


def alembic_config(url: str) -> Config:
    """The Alembic configuration of this store; nothing is read from a file. Alembic is loaded only where there is something to migrate:
    it takes a third of the time of a short question."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def open_database(url: str, wait: float = _WAIT, tell: Tell = on_standard_error) -> Engine:
    """The store at `url`, created or migrated where it is behind. A SQLite store that cannot be written is opened for reading alone.

    Whoever writes to a SQLite store waits for its turn; `wait`: how many seconds for one transaction of another process; `tell` is
    told whom it waits for.

    Raises:
        SourceTrouble: the store is behind and cannot be written, or another process migrates it for too long.
        StoreIsNewer: the store is of a newer version.
        sqlalchemy.exc.SQLAlchemyError: the server cannot be reached or the address is wrong.
        OSError: the folder cannot be made.
    """
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    options = _JSON
    path = _file_of(address)
    if path is None:
        engine = create_engine(address, **options)
        _migrate(engine, address)
        return engine
    if readable_only(path):
        return _open_for_reading(address, path, options)
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, **options, connect_args={"timeout": _BUSY / 1000, "factory": _StoreConnection})
    turns = Turns(path, wait, tell)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "before_cursor_execute", partial(_in_turn, turns))
    try:
        _migrate(engine, address, turns)
    except OperationalError as error:
        if isinstance(error.orig, sqlite3.Error) and sqlite_refusal(error.orig) and path.is_file() and path.stat().st_size:
            with suppress(SourceTrouble):  # of another version it tells nothing: what could not be written is the trouble then
                return _open_for_reading(address, path, options)  # a full disk takes no more, and still tells what it holds
        raise
    atexit.register(engine.dispose)  # the last one to close a store writes its log back and leaves one file
    return engine


def open_read_only(url: str) -> Engine:
    """The store at `url` for a process that never writes: neither made nor migrated, and what would write is refused by the database.

    Raises:
        SourceTrouble: there is no store, it is none of ours, or of an older version.
        StoreIsNewer: it is of a newer version.
        sqlalchemy.exc.SQLAlchemyError: the server cannot be reached or the address is wrong.
    """
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    path = _file_of(address)
    if path is None:
        engine = create_engine(address, **_JSON, connect_args={"options": "-c default_transaction_read_only=on"})
    elif not path.is_file() or not path.stat().st_size:
        raise SourceTrouble("store.none", address=str(path))
    elif readable_only(path):
        engine = create_engine(address, **_JSON, creator=partial(_reading, path))
    else:  # another process may write meanwhile
        engine = create_engine(address, **_JSON, creator=partial(_beside_writers, path))
    found = _current(engine)
    if found is None:
        raise SourceTrouble("store.foreign", address=shown(url))
    if found != _versions()[-1]:
        raise SourceTrouble("store.old", address=shown(url))
    return engine


def _beside_writers(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY / 1000, check_same_thread=False)
    connection.execute("PRAGMA query_only=ON")
    return connection


def _open_for_reading(address: URL, path: Path, options: dict[str, Any]) -> Engine:
    engine = create_engine(address, **options, creator=partial(_reading, path))
    event.listen(engine, "connect", _set_cache)
    _must_be_newest(engine, address)
    return engine


@contextmanager
def alone(engine: Engine, name: str, tell: Tell = on_standard_error) -> Iterator[None]:
    """While no other process does what is called so; a second one waits, and `tell` is told whom for.

    Raises:
        SourceTrouble: another process does it for longer than there is patience for.
    """
    if engine.dialect.name == "postgresql":
        lock = {"name": f"rasoat {name}"}
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SELECT pg_advisory_lock(hashtextextended(:name, 0))"), lock)
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))"), lock)
        return
    path = _file_of(engine.url)
    turn = Turns(path, _WAIT, tell).hold(name) if path else None
    try:
        yield
    finally:
        if turn:
            turn.end()


def readable_only(path: Path) -> bool:
    """Whether a SQLite store is there and its file or folder cannot be written."""
    return path.is_file() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


class _StoreConnection(sqlite3.Connection):
    """A connection that gives its turn back when its transaction has ended."""

    turn: WritingTurn | None = None

    def commit(self) -> None:
        super().commit()
        self._end_turn()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._end_turn()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        if self.turn:
            self.turn.end()
            self.turn = None

    def begin_immediately(self) -> None:
        """Take the lock of writers; a short wait of SQLite's own, for longer ones are ours."""
        self.execute("PRAGMA busy_timeout=200")
        try:
            self.execute("BEGIN IMMEDIATE")
        finally:
            self.execute(f"PRAGMA busy_timeout={_BUSY}")


def _in_turn(turns: Turns, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    """The first writing statement of a transaction waits for its turn. It takes SQLite's lock at once: one that reads first and then
    wants to write fails where another has written meanwhile."""
    if statement.lstrip()[:9].upper().startswith(_WRITES):
        _take_turn(turns, connection)


def _take_turn(turns: Turns, connection: Connection) -> None:
    driver = connection.connection.dbapi_connection
    assert isinstance(driver, _StoreConnection)
    if not driver.in_transaction:
        driver.turn = turns.take(driver.begin_immediately)


def _migrate(engine: Engine, address: URL, turns: Turns | None = None) -> None:
    """Two first runs at once wait for each other; what is to be done is looked up again once it is one's turn."""
    if _current(engine) == _versions()[-1]:
        return
    from alembic import command

    config = alembic_config(address.render_as_string(hide_password=False))
    with engine.begin() as connection:
        if turns:
            _whole_or_nothing(turns, connection)
        elif engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()  # connections opened from here on begin their transactions by themselves again


def _must_be_newest(engine: Engine, address: URL) -> None:
    if _current(engine) != _versions()[-1]:
        raise SourceTrouble("store.old_unwritable", address=address.render_as_string())


def _current(engine: Engine) -> str | None:
    """The version that a store is of; None where it has none yet.

    Raises:
        StoreIsNewer: nobody here knows it.
    """
    with engine.connect() as connection:
        found = inspect(connection).has_table("alembic_version")
        version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version")) if found else None
    if version and version not in _versions():
        raise StoreIsNewer(version)
    return version


@cache
def _versions() -> tuple[str, ...]:
    """The versions of all migrations in their order: their files are named by them."""
    return tuple(sorted(path.name[:4] for path in (_MIGRATIONS / "versions").glob("[0-9][0-9][0-9][0-9]_*.py")))


def _file_of(address: URL) -> Path | None:
    """The file of a SQLite store."""
    named = address.database if address.get_backend_name() == "sqlite" else None
    return Path(named) if named and named != ":memory:" and not named.startswith("file:") else None


def _reading(path: Path) -> sqlite3.Connection:
    """A connection that neither makes nor changes a file. Where a writer left its log, that is read, too; else nothing can change."""
    log = path.with_name(f"{path.name}-wal")
    how = "readonly_shm=1" if log.exists() and log.stat().st_size else "immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&{how}", uri=True, timeout=_BUSY / 1000, check_same_thread=False)


def _whole_or_nothing(turns: Turns, connection: Connection) -> None:
    """One transaction around all migrations: left to itself Python's SQLite commits each CREATE TABLE, and a run killed between two
    leaves a store that no run can open."""
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.isolation_level = None
    _take_turn(turns, connection)


def _set_pragmas(connection: Any, record: object) -> None:
    cursor = connection.cursor()
    _keep_a_log(cursor)
    # Once a long read has ended, the log of writes shrinks again to this many bytes.
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={_BUSY}", "journal_size_limit=67108864"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    _set_cache(connection, record)


def _keep_a_log(cursor: Any) -> None:
    """Writes go into a log beside the file. Of two that say so first at one moment SQLite refuses one at once, without its usual wait."""
    until = time.monotonic() + _BUSY / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _set_cache(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.close()
