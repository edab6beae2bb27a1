"""Opening the store: SQLite (WAL) by default, PostgreSQL by setting, always at the newest migration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

_MIGRATIONS = Path(__file__).parent / "migrations"


def alembic_config(url: str) -> Config:
    """The Alembic configuration of this store; nothing is read from a file."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def open_database(url: str) -> Engine:
    """The store at `url`, created or migrated where it is behind.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the server cannot be reached or the address is wrong.
    """
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    sqlite = address.get_backend_name() == "sqlite"
    if sqlite and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        address,
        json_serializer=lambda value: orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode(),
        json_deserializer=orjson.loads,
        connect_args={"timeout": 60} if sqlite else {},
    )
    if sqlite:
        event.listen(engine, "connect", _set_pragmas)
    _migrate(engine, address.render_as_string(hide_password=False))
    return engine


def _migrate(engine: Engine, url: str) -> None:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = alembic_config(url)
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current != head:
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                _whole_or_nothing(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        engine.dispose()  # connections opened from here on begin their transactions by themselves again


def _whole_or_nothing(connection: Connection) -> None:
    """One transaction around all migrations: left to itself Python's SQLite commits each CREATE TABLE, and a run killed between two
    leaves a store that no run can open. It holds the write lock from the start, so that two first runs wait for each other."""
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.isolation_level = None
    driver.execute("BEGIN IMMEDIATE")


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=60000", "cache_size=-65536"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
