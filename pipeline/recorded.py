"""A run in the log of runs: what it did, how long each step took, and what could not be used."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from pipeline.clock import now
from rasoat.logs import bound, set_up
from rasoat.run_report import RunReport
from rasoat.trouble import SourceTrouble
from rasoat.workspace import Workspace

_log = structlog.get_logger("rasoat.run")


@contextmanager
def recorded(work: Workspace, command: str) -> Iterator[RunReport]:
    """A run in the log of runs, in the metrics and in the structured log.

    Raises:
        SourceTrouble: a source could not be used at all; what the others gave is kept and reported.
    """
    from pipeline.log_heads import report_head
    from rasoat.store.run_log import begin_run, end_run

    set_up(work.settings.log_level)
    report = RunReport(command, begin_run(work.engine, command, now()))
    with bound(run=report.run, command=command):
        _log.info("begun")
        try:
            yield report
            report_head(work, report)
        except Exception as error:
            _log.info("failed", reason=str(error))
            raise
        finally:
            end_run(work.engine, report.run, now(), report.as_json())
            if work.settings.metrics_file:
                from pipeline.metrics import write_textfile

                write_textfile(work.engine, work.settings.metrics_file)
        _log.info("ended", report=report.as_json())
        if report.failed_sources:
            raise SourceTrouble("source.unusable", names=", ".join(report.failed_sources))


@contextmanager
def timed(report: RunReport, step: str) -> Iterator[None]:
    """Count the seconds of a step."""
    begun = time.monotonic()
    try:
        yield
    finally:
        report.seconds[step] = round(report.seconds.get(step, 0.0) + time.monotonic() - begun, 3)
