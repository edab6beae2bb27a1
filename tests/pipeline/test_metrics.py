"""The runs' numbers as Prometheus reads them: over HTTP at every scrape, and as a file."""

from __future__ import annotations

import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine

from pipeline.metrics import render, serve, write_textfile
from rasoat.run_report import Checked, Guarded, Indexed, Read, Received, RunReport
from rasoat.store.database import open_database
from rasoat.store.run_log import begin_run, end_run

BEGUN, ENDED = datetime(2026, 11, 22, 1, 0, tzinfo=UTC), datetime(2026, 11, 22, 1, 5, tzinfo=UTC)
Numbers = dict[tuple[str, tuple[str, ...]], float]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'rasoat.db'}")
    yield engine
    engine.dispose()


def kept(store: Engine, report: RunReport) -> None:
    """A run in the log of runs."""
    end_run(store, begin_run(store, report.command, BEGUN), ENDED, report.as_json())


def whole_run(findings: int) -> RunReport:
    return RunReport(
        "run",
        seconds={"crawl": 12.5, "index": 0.25},
        received={"vbpl": Received(10, 6, 2, 1, Counter({"503": 1}), doubts=["9 of 10"]), "phapdien": Received(down="does not answer")},
        read=Read(loaded=Counter(procedures=7), quarantined=Counter({"no number": 2}), declared_empty=3),
        checked=Checked(
            procedures=7, findings=Counter({"CITE-01": findings}), suppressed=Counter({"CITE-01": 4}), resolved=Counter(found=9)
        ),
        guarded=Guarded(expected=290, evaluated=290, failed={"documents.rows": 1}, blocks=True),
        indexed=Indexed("embedded", database=20, index=19),
    )


def numbers(told: bytes) -> Numbers:
    """(metric, values in the order of the labels' names) → value, as Prometheus' own reader understands the answer."""
    families = text_string_to_metric_families(told.decode())
    return {(one.name, tuple(one.labels[name] for name in sorted(one.labels))): one.value for family in families for one in family.samples}


def test_every_number_of_a_run_is_a_metric(store: Engine) -> None:
    kept(store, whole_run(findings=14))
    begin_run(store, "check", BEGUN)  # killed, or still at work
    told = numbers(render(store))
    expected: Numbers = {
        ("rasoat_run_started_timestamp_seconds", ("run",)): BEGUN.timestamp(),
        ("rasoat_run_ended_timestamp_seconds", ("run",)): ENDED.timestamp(),
        ("rasoat_run_step_seconds", ("run", "crawl")): 12.5,
        ("rasoat_run_step_seconds", ("run", "index")): 0.25,
        ("rasoat_runs_unfinished", ("check",)): 1,
        ("rasoat_fetched_answers", ("new", "vbpl")): 6,
        ("rasoat_fetched_answers", ("unchanged", "vbpl")): 2,
        ("rasoat_fetched_answers", ("missing", "vbpl")): 1,
        ("rasoat_fetched_answers", ("failed", "vbpl")): 1,
        ("rasoat_source_down", ("vbpl",)): 0,
        ("rasoat_source_down", ("phapdien",)): 1,
        ("rasoat_source_doubts", ("vbpl",)): 1,
        ("rasoat_source_doubts", ("phapdien",)): 0,
        ("rasoat_loaded_records", ("procedures",)): 7,
        ("rasoat_quarantined_items", ()): 2,
        ("rasoat_declared_empty_items", ()): 3,
        ("rasoat_findings", ("CITE-01",)): 14,
        ("rasoat_suppressed_findings", ("CITE-01",)): 4,
        ("rasoat_checked_procedures", ()): 7,
        ("rasoat_citations", ("found",)): 9,
        ("rasoat_gate_blocks", ()): 1,
        ("rasoat_gate_expectations", ("evaluated",)): 290,
        ("rasoat_gate_expectations", ("failed",)): 1,
        ("rasoat_index_entries", ("embedded", "index")): 19,
        ("rasoat_index_entries", ("embedded", "database")): 20,
    }
    assert {name: told.get(name) for name in expected} == expected


def test_the_newest_run_speaks_and_parts_are_not_counted_beside_their_whole(store: Engine) -> None:
    kept(store, whole_run(findings=14))
    kept(store, whole_run(findings=15))
    kept(store, RunReport("crawl window", received={"vbpl": Received(1, 1)}))
    told = numbers(render(store))
    assert told["rasoat_findings", ("CITE-01",)] == 15
    assert told["rasoat_fetched_answers", ("new", "vbpl")] == 6


def test_the_endpoint_reads_the_log_at_every_scrape(store: Engine) -> None:
    port = serve(store, "127.0.0.1", 0)

    def scraped() -> Numbers:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
            assert answer.headers["Content-Type"].startswith("text/plain")
            return numbers(answer.read())

    assert not [name for name, _ in scraped() if name == "rasoat_findings"]
    kept(store, whole_run(findings=3))
    assert scraped()["rasoat_findings", ("CITE-01",)] == 3


def test_the_file_holds_what_the_endpoint_tells(store: Engine, tmp_path: Path) -> None:
    kept(store, whole_run(findings=3))
    path = tmp_path / "collector" / "rasoat.prom"
    write_textfile(store, path)
    assert numbers(path.read_bytes()) == numbers(render(store))
    assert [one.name for one in path.parent.iterdir()] == ["rasoat.prom"], "no half-written file is left"
