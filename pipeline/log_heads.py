"""The head of the log of decisions, written down where whoever owns the database does not write: in the archive, and in the report of each run.

A chain of hashes alone stops nobody who can write all of it anew; a head that was told before does.
"""

from __future__ import annotations

import orjson
from sqlalchemy import select

from extractors.readers import LOG_HEADS
from pipeline.clock import now, today
from rasoat.run_report import RunReport
from rasoat.store.capture_store import CaptureStore, Recorder
from rasoat.store.schema import answers, runs
from rasoat.workspace import Workspace
from reviews.audited_log import AuditedLog, LogHead, audited_log, head_of_log


def report_head(work: Workspace, report: RunReport) -> None:
    """Tell the head in a run's report; into the archive where the run has used it."""
    with work.engine.connect() as connection:
        head = head_of_log(connection)
    if not head.seq:
        return
    report.log_head = f"{head.seq} {head.hash}"
    if report.received:
        keep_head(work, head)


def keep_head(work: Workspace, head: LogHead) -> None:
    """Write a head into the archive, once a day."""
    recorder = Recorder(work.engine, LOG_HEADS, today())
    body = orjson.dumps({"seq": head.seq, "hash": head.hash})
    recorder.keep(work.archive, f"{head.seq}", f"file:///log-heads/{head.seq}", 200, {}, body, now())
    recorder.flush()
    work.archive.close()


def audited(work: Workspace) -> AuditedLog:
    """The log recomputed, and held to every head that was written down."""
    heads: dict[int, str] = {}
    contradicted: list[str] = []
    with work.engine.connect() as connection:
        told = [report["log_head"] for report in connection.scalars(select(runs.c.report)) if report and report.get("log_head")]
        kept = sorted(set(connection.scalars(select(answers.c.sha256).where(answers.c.source == LOG_HEADS))))
    named = [(int(seq), digest) for seq, digest in (one.split() for one in told)]
    for sha256 in kept:
        stored = CaptureStore(work.engine).stored(sha256)
        if stored:
            head = orjson.loads(work.archive.read(stored))
            named.append((head["seq"], head["hash"]))
    for seq, digest in named:
        if heads.setdefault(seq, digest) != digest:
            contradicted.append(f"{seq}: {heads[seq][:12]} ≠ {digest[:12]}")
    found = audited_log(work.engine, heads)
    found.broken += contradicted
    return found
