"""The demo's store, crawled and checked once for these tests; each test spoils a copy of its own."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert, select, text
from typer.testing import CliRunner

from cli import app
from rasoat.store.database import open_database
from rasoat.store.schema import metadata, piece_changes


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `rasoat demo` left, with its store closed."""
    home = tmp_path_factory.mktemp("quality-demo")
    ran = CliRunner().invoke(app, ["demo", "--home", str(home)])
    assert ran.exit_code == 0, ran.output
    engine = create_engine(f"sqlite:///{home / 'rasoat.db'}")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    return home


@pytest.fixture(scope="session")
def postgres_demo(demo_home: Path, postgres_server: str) -> Iterator[Callable[[], str]]:
    """The same store on PostgreSQL: a function that gives the address of a fresh copy."""
    base, template = postgres_server.rsplit("/", 1)[0], f"q{uuid.uuid4().hex}"
    admin = create_engine(postgres_server, isolation_level="AUTOCOMMIT")

    def make(name: str, source: str = "template1") -> str:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {source}"))
        return f"{base}/{name}"

    here, there = open_database(f"sqlite:///{demo_home / 'rasoat.db'}"), open_database(make(template))
    with here.connect() as source, there.begin() as target:
        for table in (one for one in metadata.sorted_tables if one is not piece_changes):  # which the server notes by itself
            if rows := [dict(row) for row in source.execute(select(table)).mappings()]:
                target.execute(insert(table), rows[::-1])  # another order of storing must show nowhere
    here.dispose()
    there.dispose()
    yield lambda: make(f"q{uuid.uuid4().hex}", template)
    admin.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, demo_home: Path, tmp_path: Path) -> Iterator[Engine]:
    """A copy of the demo's store to spoil, on each database. No foreign key is enforced on SQLite."""
    if request.param == "sqlite":
        shutil.copy(demo_home / "rasoat.db", tmp_path / "rasoat.db")
        opened = create_engine(f"sqlite:///{tmp_path / 'rasoat.db'}")
    else:
        opened = create_engine(request.getfixturevalue("postgres_demo")())
    yield opened
    opened.dispose()


@pytest.fixture
def sqlite_store(demo_home: Path, tmp_path: Path) -> Iterator[Engine]:
    """A copy of the demo's store to spoil, on SQLite alone."""
    shutil.copy(demo_home / "rasoat.db", tmp_path / "rasoat.db")
    opened = create_engine(f"sqlite:///{tmp_path / 'rasoat.db'}")
    yield opened
    opened.dispose()
