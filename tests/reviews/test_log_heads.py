"""A log that was written anew from its first event is found out by the heads that were told before."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text
from typer.testing import CliRunner

from cli import app
from rasoat.settings import Settings
from rasoat.store.said_schema import decisions_now, events
from rasoat.store.schema import runs
from rasoat.workspace import Workspace
from reviews.machine import ReviewVerb
from reviews.record import Saying, record_one

AT = datetime(2026, 11, 29, tzinfo=UTC)


def rasoat(*words: str, exits: int = 0) -> str:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == exits, done.output
    return done.output


def say(work: Workspace, thing: str, note: str = "") -> None:
    record_one(work.engine, Saying(f"finding:{thing}", "viet-nam", "an", ReviewVerb.CONFIRM, note=note), AT)


def test_a_log_written_anew_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RASOAT_DATABASE_URL", raising=False)
    work = Workspace(Settings(home=tmp_path / "home"))
    given = tmp_path / "procedures.jsonl"
    given.write_text(json.dumps({"code": "1.000001", "name": "Cấp giấy phép thử"}), encoding="utf-8")
    for one in ("a", "b"):
        say(work, one)
        rasoat("import", str(given))
    assert json.loads(rasoat("audit", "--verify", "--json"))["broken"] == []
    with work.engine.connect() as connection:
        assert [report.get("log_head", " ").split()[0] for report in connection.scalars(select(runs.c.report).order_by(runs.c.id))] == [
            "1",
            "2",
        ]
    with work.engine.begin() as connection:
        for name in ("update", "delete", "replace"):
            connection.execute(text(f"DROP TRIGGER keep_events_{name}"))
        connection.execute(delete(events))
        connection.execute(delete(decisions_now))
    for one in ("a", "b", "c"):
        say(work, one, "khác")
    told = json.loads(rasoat("audit", "--verify", "--json", exits=3))
    assert [one.split(":")[0] for one in told["broken"]] == ["1", "2"]
    with work.engine.begin() as connection:  # and without the reports of the runs, by the archive
        connection.execute(delete(runs))
    assert [one.split(":")[0] for one in json.loads(rasoat("audit", "--verify", "--json", exits=3))["broken"]] == ["1", "2"]
    work.engine.dispose()
