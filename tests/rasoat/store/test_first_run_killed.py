"""A store whose first run was cut off in the middle of its migrations opens as if nothing had happened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import op
from sqlalchemy import select

from rasoat.store.database import open_database
from rasoat.store.schema import captures


class Killed(BaseException):
    """What ends a process between two tables."""


def test_migrations_are_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create, made = op.create_table, []

    def cut_off(*words: object, **more: object) -> object:
        made.append(words[0])
        if len(made) == 9:
            raise Killed
        return create(*words, **more)

    path = tmp_path / "rasoat.db"
    with monkeypatch.context() as patched:
        patched.setattr(op, "create_table", cut_off)
        with pytest.raises(Killed):
            open_database(f"sqlite:///{path}")
    with sqlite3.connect(path) as left:
        assert left.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == []
    engine = open_database(f"sqlite:///{path}")
    with engine.begin() as connection:
        assert connection.execute(select(captures)).all() == []


def test_a_store_just_made_still_writes_in_transactions(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'rasoat.db'}")
    with engine.connect() as connection, connection.begin() as begun:
        connection.exec_driver_sql("INSERT INTO progress VALUES ('derived', 'x')")
        begun.rollback()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM progress").scalar() == 0
