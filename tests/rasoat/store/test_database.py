from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from rasoat.store.database import alembic_config, open_database
from rasoat.store.schema import metadata


def test_migrations_from_empty_make_exactly_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_the_files_of_the_migrations_are_named_by_their_versions_in_order(engine: Engine) -> None:
    """A store is told to be the newest by these names: Alembic is loaded only to migrate one."""
    scripts = ScriptDirectory.from_config(alembic_config("sqlite://"))
    told = [script.revision for script in scripts.walk_revisions()]
    assert told == sorted(told, reverse=True)
    assert [Path(script.path).name[:4] for script in scripts.walk_revisions()] == told
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == scripts.get_current_head() == told[0]


def test_opening_twice_changes_nothing(database_url: str) -> None:
    first = open_database(database_url)
    with first.connect() as connection:
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    first.dispose()
    second = open_database(database_url)
    with second.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == version
    second.dispose()


def test_the_embedded_store_survives_a_crash_of_its_writer(tmp_path) -> None:
    store = open_database(f"sqlite:///{tmp_path / 'rasoat.db'}")
    with store.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
