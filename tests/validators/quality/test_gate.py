"""The gate in a run: what it keeps, what it stops, and the page it leaves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, update
from typer.testing import CliRunner

from cli import app
from cli.demo.publisher import Publisher
from rasoat.settings import Settings
from rasoat.store import schema as s
from rasoat.store.checked_marks import checked_inputs, mark_checked
from rasoat.store.database import open_database
from rasoat.store.published_schema import findings
from reviews.machine import ReviewVerb
from reviews.record import Saying, record_one
from tests.validators.quality.spoiling import DEMO_DAY, SPOILED
from validators.quality import GateVerdict, gate

pytestmark = pytest.mark.slow

DAY = DEMO_DAY.isoformat()


@pytest.fixture
def home(demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo's folder, and the settings that name it."""
    folder = tmp_path / "home"
    # The store is checkpointed: what SQLite keeps beside it may vanish while an old connection is collected.
    shutil.copytree(demo_home, folder, ignore=shutil.ignore_patterns("rasoat.db-*"))
    for name in ("RASOAT_DATABASE_URL", "RASOAT_ARCHIVE_URL", "RASOAT_SEARCH_ENGINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RASOAT_HOME", str(folder))
    return folder


def _store(home: Path):
    return create_engine(f"sqlite:///{home / 'rasoat.db'}")


def _spoil(home: Path, name: str) -> None:
    with _store(home).begin() as connection:
        SPOILED[name](connection)
        connection.execute(s.verdicts.delete())  # as a reader of a newer version would: what was judged before is judged anew


def _run(*words: str):
    return CliRunner().invoke(app, list(words))


def test_the_demo_tells_the_gate_and_links_its_page(demo_home: Path) -> None:
    with _store(demo_home).connect() as connection:
        report = connection.scalar(select(s.runs.c.report).order_by(s.runs.c.id.desc()).limit(1))
    guarded = report["guarded"]
    assert guarded["expected"] == guarded["evaluated"] > 250
    assert not guarded.get("blocks", False)
    assert Path(guarded["page"]).read_text("utf-8").startswith("<!DOCTYPE html>")


def test_unchanged_data_is_not_judged_again_and_the_library_is_not_imported(home: Path) -> None:
    code = "import sys; from cli import app\ntry: app()\nfinally: print('GX', 'great_expectations' in sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, "quality", "--as-of", DAY, "--json"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["reused"] is True
    assert "GX False" in done.stderr


def test_another_day_of_the_same_data_is_asked_only_what_goes_with_the_day(home: Path) -> None:
    store = _store(home)

    def judged(days: int) -> GateVerdict:
        day = DEMO_DAY + timedelta(days=days)
        assert _run("check", "--as-of", day.isoformat()).exit_code == 0
        return gate(store, Settings(), day, lambda *_: None)

    assert judged(1).reused
    stale = judged(200)  # the sources were asked too long ago by then
    assert (stale.reused, {one.check for one in stale.warned} >= {"answers.fresh.vbpl"}) == (True, True)
    anew = gate(store, Settings(), stale.as_of, lambda *_: None, again=True)
    assert replace(anew, seconds=0.0) == replace(stale, seconds=0.0, reused=False)


def test_a_finding_that_is_broken_on_a_day_is_judged_on_that_day(home: Path) -> None:
    store, day = _store(home), DEMO_DAY + timedelta(days=1)
    with store.begin() as connection:
        one = connection.execute(select(findings).where(findings.c.rule == "CITE-01", findings.c.holds_to > day).limit(1)).one()
        unproved = {**one._mapping, "holds_from": day, "fingerprint": "0" * 24, "data": {**one.data, "quote": ""}}
        connection.execute(findings.insert().values(**unproved))
        mark_checked(connection, day, checked_inputs(connection, DEMO_DAY) or "")
    verdict = gate(store, Settings(), day, lambda *_: None)
    assert (verdict.reused, verdict.blocks, "findings.proof" in {one.check for one in verdict.failed}) == (False, True, True)


def test_a_changed_store_is_judged_anew(home: Path) -> None:
    store = _store(home)
    before = gate(store, Settings(), DEMO_DAY, lambda *_: None)
    with store.begin() as connection:
        connection.execute(update(s.answers).where(s.answers.c.source == "phapdien").values(observed_on=DEMO_DAY))
    after = gate(store, Settings(), DEMO_DAY, lambda *_: None)
    assert (before.reused, after.reused) == (True, False)


def test_a_kept_verdict_that_lost_an_expectation_is_not_believed(home: Path) -> None:
    store = _store(home)
    with store.begin() as connection:
        data = connection.scalar(select(s.verdicts.c.data))
        connection.execute(update(s.verdicts).values(data={**data, "evaluated": data["evaluated"] - 1}))
    assert not gate(store, Settings(), DEMO_DAY, lambda *_: None).reused


def test_a_failed_gate_stops_publication_and_the_last_good_index_stays(home: Path) -> None:
    def held() -> tuple[int, dict[str, bytes]]:
        with _store(home).connect() as connection:
            entries = connection.scalar(select(func.count()).select_from(s.indexed))
        return entries, {path.name: path.read_bytes() for path in sorted((home / "search").rglob("*")) if path.is_file()}

    before = held()
    _spoil(home, "mentions.quote")
    with Publisher() as publisher:
        stopped = _run("run", "--source", f"vbpl={publisher.url}", "--as-of", DAY, "--observed-on", DAY)
    assert stopped.exit_code == 3, stopped.output
    assert "chặn công bố: mentions.quote" in stopped.output
    assert "Traceback" not in stopped.output
    assert held() == before
    assert _run("search", "khai sinh").exit_code == 0


def test_a_warning_lets_publication_go_on_and_is_listed_with_its_decision(home: Path) -> None:
    _spoil(home, "answers.fresh.phapdien")
    shown = _run("quality", "--as-of", DAY, "--json", "--docs", str(home / "docs"))
    assert shown.exit_code == 0, shown.output
    told = json.loads(shown.stdout)
    item = next(one for one in told["broken"] if one["check"] == "answers.fresh.phapdien")
    assert (item["tier"], item["state"], item["total"]) == ("warn", "open", 1)
    said = Saying(f"quality:{item['fingerprint']}", "viet-nam", "cán bộ", ReviewVerb.DISMISS, reason="other", note="đang chờ bản mới")
    record_one(open_database(f"sqlite:///{home / 'rasoat.db'}"), said, datetime(2026, 11, 22, tzinfo=UTC))
    again = json.loads(_run("quality", "--as-of", DAY, "--json").stdout)
    assert next(one for one in again["broken"] if one["check"] == item["check"])["state"] == "dismissed"
    assert Path(told["page"]).parent == home / "docs"


def test_a_blocked_store_is_told_in_words_and_exit_3(home: Path) -> None:
    _spoil(home, "citations.target")
    shown = _run("quality", "--as-of", DAY)
    assert shown.exit_code == 3
    assert "citations.target" in shown.output
    assert "Traceback" not in shown.output
    page = (home / "quality" / f"{DAY}.html").read_text("utf-8")
    assert "CHẶN công bố" in page
