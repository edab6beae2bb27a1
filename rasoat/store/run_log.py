"""The log of runs: when, what, and the report each ended with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, insert, select, update

from rasoat.store.schema import runs
from rasoat.trouble import Trouble


def begin_run(engine: Engine, command: str, at: datetime) -> int:
    """Note that a run began; its number."""
    with engine.begin() as connection:
        key = connection.execute(insert(runs).values(command=command, started_at=at)).inserted_primary_key
    return int(key[0]) if key else 0


def end_run(engine: Engine, number: int, at: datetime, report: dict[str, Any]) -> None:
    """Note how a run ended."""
    with engine.begin() as connection:
        connection.execute(update(runs).where(runs.c.id == number).values(ended_at=at, report=report))


def report_of(engine: Engine, number: int) -> dict[str, Any]:
    """What a run reported; empty where it has not ended.

    Raises:
        Trouble: there is no run of this number.
    """
    with engine.connect() as connection:
        row = connection.execute(select(runs.c.report).where(runs.c.id == number)).one_or_none()
    if row is None:
        raise Trouble("run.unknown", number=number)
    return row.report or {}
