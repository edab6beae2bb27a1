"""The empty store in which everything is made again: SQLite in a folder of its own, gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select, text

from rasoat.trouble import SourceTrouble
from rasoat.workspace import Workspace

_BATCH = 2_000
_PREFIX = "verify-"
_ROOM = 2  # the scratch store holds what the store holds, and once more what it is made from


@contextmanager
def scratch_workspace(work: Workspace, folder: Path | None) -> Iterator[Workspace]:
    """A workspace with an empty store, over the same archive and with the same settings.

    Raises:
        SourceTrouble: the folder cannot hold it.
    """
    parent = folder or work.settings.home
    _sweep(parent)
    _room_for(work.engine, parent)
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent) as home:
        apart = {"home": Path(home), "database_url": "", "archive_url": work.settings.archive, "metrics_file": None}
        scratch = Workspace(work.settings.model_copy(update=apart), work.bars)
        try:
            yield scratch
        finally:
            scratch.engine.dispose()


def copy_rows(store: Connection, table: Table, scratch: Engine, into: Table) -> None:
    """Copy a table's rows, in portions."""
    with scratch.begin() as connection:
        for rows in store.execution_options(yield_per=_BATCH).execute(select(table)).mappings().partitions():
            connection.execute(insert(into), [in_utc(row) for row in rows])


def in_utc(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row whose moments SQLite keeps as they are meant: it drops the zone without turning the hands."""
    return {name: value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value for name, value in row.items()}


def _sweep(parent: Path) -> None:
    """Remove what a verification left that was killed on this machine."""
    for left in parent.glob(f"{_PREFIX}*-*"):
        number = left.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdigit() and left.is_dir() and not _lives(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _room_for(engine: Engine, parent: Path) -> None:
    if engine.dialect.name == "sqlite":
        held = Path(engine.url.database or "").stat().st_size
    else:
        with engine.connect() as connection:
            held = int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    free = shutil.disk_usage(parent).free
    if free < held * _ROOM:
        raise SourceTrouble("verify.space", folder=str(parent), needed=held * _ROOM // 2**20, free=free // 2**20)
