"""How fast and how large the posting audit is on a home that `benchmarks.country` wrote; prints one JSON line.

    python -m benchmarks.coverage HOME

`matrix_s` holds everything from the store to the matrix and its findings, in memory and beside what is published; `recheck_s` the audit
of one unit again (median of 20), `publish_s` a first publication of coverage in a copy of the store, `publish_again_s` one with nothing
changed; `peak_gib` the whole process.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import median

from sqlalchemy import delete

from pipeline.clock import now, today
from pipeline.publication.coverage_part import publish_coverage
from rasoat.progress import unseen
from rasoat.settings import Settings
from rasoat.store.extracted import count
from rasoat.store.publications import publishing
from rasoat.store.published_schema import published_tables
from rasoat.store.schema import postings
from rasoat.workspace import Workspace
from validators.posting_audit import gather, matrix_of, other_findings, refresh_unit


def audited(work: Workspace, as_of: date) -> dict[str, object]:
    """The audit of the country in memory, and of some units again."""
    began = time.perf_counter()
    known = gather(work.engine, as_of)
    matrix = matrix_of(work.engine, known, None, unseen)
    findings = sum(1 for _ in matrix.all_findings()) + sum(1 for _ in other_findings(known))
    built, again = time.perf_counter(), []
    for unit in sorted(matrix.blocks)[:: max(1, len(matrix.blocks) // 20)][:20]:
        start = time.perf_counter()
        refresh_unit(work.engine, matrix, known, unit)
        again.append(time.perf_counter() - start)
    return {
        "units": len(known.audit.units), "postings": count(work.engine, postings), "cells": len(matrix), "findings": findings,
        "matrix_s": round(built - began, 1), "recheck_s": round(median(again), 3), "recheck_worst_s": round(max(again), 3),
    }  # fmt: skip


def published(work: Workspace) -> dict[str, object]:
    """Coverage published from nothing, and again, in a copy: what is measured changes no home."""
    told: dict[str, object] = {}
    with tempfile.TemporaryDirectory(dir=work.settings.home) as folder:
        copy = Workspace(Settings(home=Path(folder)))
        _copied(work.settings.home / "rasoat.db", Path(folder) / "rasoat.db")
        with copy.engine.begin() as connection:
            for table in published_tables():
                connection.execute(delete(table))
        for name in ("publish_s", "publish_again_s"):
            start = time.perf_counter()
            with publishing(copy.engine, now) as new:
                publish_coverage(copy.engine, new, unseen)
            told[name] = round(time.perf_counter() - start, 2)
        copy.engine.dispose()
    return told


def _copied(store: Path, copy: Path) -> None:
    if not store.is_file():
        raise SystemExit(f"{store}: không có / not there")
    if shutil.disk_usage(copy.parent).free < 2 * store.stat().st_size:
        raise SystemExit("không đủ chỗ cho một bản sao của kho / no room for a copy of the store")
    with closing(sqlite3.connect(store)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("home", type=Path)
    cli.add_argument("--as-of", type=date.fromisoformat, default=today())
    asked = cli.parse_args()
    work = Workspace(Settings(home=asked.home))
    found = {**audited(work, asked.as_of), **published(work)}
    print(json.dumps({**found, "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)}))


if __name__ == "__main__":
    main()
