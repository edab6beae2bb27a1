"""A run's numbers as Prometheus metrics, read from the log of runs: the newest ended run of each command speaks.

Given either as a file for the node exporter's textfile collector, or by an endpoint that reads the log at every scrape.
Nothing is counted in memory, so any machine that reaches the store tells the same numbers.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine, func, select

from rasoat.store.schema import runs

# name → (what it says, labels)
_FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "run_started_timestamp_seconds": ("When the newest ended run began", ("command",)),
    "run_ended_timestamp_seconds": ("When it ended", ("command",)),
    "run_step_seconds": ("How long each of its steps took", ("command", "step")),
    "runs_unfinished": ("Runs that have begun and not ended: running, or killed", ("command",)),
    "fetched_answers": ("Questions of the last crawl by what came of them", ("source", "outcome")),
    "source_down": ("1 where the source could not be used, or not to its end", ("source",)),
    "source_doubts": ("Ways in which what came and what the source says of itself do not agree", ("source",)),
    "loaded_records": ("Records loaded by the last reading", ("kind",)),
    "quarantined_items": ("Items refused by the last reading", ()),
    "declared_empty_items": ("Items that rightly hold nothing", ()),
    "findings": ("Open findings of the last check", ("rule",)),
    "suppressed_findings": ("Findings set aside for a reason", ("rule",)),
    "checked_procedures": ("Procedures in the last check", ()),
    "citations": ("Citations of the last check by answer", ("answer",)),
    "gate_blocks": ("1 where the quality gate stopped publication", ()),
    "gate_expectations": ("Expectations of the last gate by what came of them", ("outcome",)),
    "index_entries": ("Entries of the index, and of the database that it must equal", ("engine", "where")),
}
PARTS = ("crawl window", "extract share")  # the run that ends the step adds these up
_LOOK_BACK = 500  # runs; what none of them tells is not known any more
Sample = tuple[str, tuple[str, ...], float]


class RunNumbers(Collector):
    """Collects from the log of runs at every scrape."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterable[Metric]:
        """Every family, with the samples that the log gives."""
        families = {name: GaugeMetricFamily(f"rasoat_{name}", says, labels=labels) for name, (says, labels) in _FAMILIES.items()}
        newest: dict[tuple[str, tuple[str, ...]], float] = {}
        for name, labels, value in self._samples():
            newest[name, labels] = value
        for (name, labels), value in newest.items():
            families[name].add_metric(labels, value)
        return families.values()

    def _samples(self) -> Iterator[Sample]:
        """Older runs first, so that what a newer one says of the same thing stands."""
        newest = select(runs).where(runs.c.ended_at.is_not(None)).order_by(runs.c.id.desc()).limit(_LOOK_BACK)
        begun = select(runs.c.command, func.count()).where(runs.c.ended_at.is_(None)).group_by(runs.c.command)
        with self._engine.connect() as connection:
            rows = connection.execute(newest).all()
            unfinished = connection.execute(begun).all()
        for row in reversed(rows):
            yield "run_started_timestamp_seconds", (row.command,), row.started_at.timestamp()
            yield "run_ended_timestamp_seconds", (row.command,), row.ended_at.timestamp()
            yield from _of_report(row.command, row.report or {})
        for command, number in unfinished:
            yield "runs_unfinished", (command,), number


def _of_report(command: str, report: dict[str, Any]) -> Iterator[Sample]:
    if command in PARTS:
        return
    for step, seconds in report.get("seconds", {}).items():
        yield "run_step_seconds", (command, step), seconds
    for source, got in report.get("received", {}).items():
        for outcome, field in (("new", "changed"), ("unchanged", "unchanged"), ("missing", "missing")):
            yield "fetched_answers", (source, outcome), got.get(field, 0)
        yield "fetched_answers", (source, "failed"), sum(got.get("failed", {}).values())
        yield "source_down", (source,), float(bool(got.get("down")))
        yield "source_doubts", (source,), len(got.get("doubts", ()))
    if read := report.get("read"):
        for kind, number in read.get("loaded", {}).items():
            yield "loaded_records", (kind,), number
        yield "quarantined_items", (), sum(read.get("quarantined", {}).values()) + len(read.get("doubts", ()))
        yield "declared_empty_items", (), read.get("declared_empty", 0)
    if checked := report.get("checked"):
        yield "checked_procedures", (), checked.get("procedures", 0)
        for name, field in (("findings", "findings"), ("suppressed_findings", "suppressed"), ("citations", "resolved")):
            for label, number in checked.get(field, {}).items():
                yield name, (label,), number
    if guarded := report.get("guarded"):
        yield "gate_blocks", (), float(guarded.get("blocks", False))
        yield "gate_expectations", ("evaluated",), guarded.get("evaluated", 0)
        for outcome in ("failed", "warned"):
            yield "gate_expectations", (outcome,), len(guarded.get(outcome, {}))
    if indexed := report.get("indexed"):
        for where in ("index", "database"):
            yield "index_entries", (indexed.get("engine", ""), where), indexed.get(where, 0)


def render(engine: Engine) -> bytes:
    """All metrics in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(RunNumbers(engine))
    return generate_latest(registry)


def write_textfile(engine: Engine, path: Path) -> None:
    """Write the metrics where a textfile collector reads them; a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(render(engine))
    os.replace(fresh, path)


def serve(engine: Engine, host: str, port: int) -> int:
    """Answer scrapes in a thread of its own; the port that was taken (0 asks for a free one)."""
    from prometheus_client import start_http_server

    registry = CollectorRegistry()
    registry.register(RunNumbers(engine))
    server, _ = start_http_server(port, host, registry)
    return int(server.server_port)
