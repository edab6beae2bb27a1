"""How a store grows over nights on each of which a little changes, and what a night costs; prints a JSON line a night and one at the end.

    python -m benchmarks.nights HOME --nights 30 --changed 0.01

Works on a copy beside HOME, which is removed at the end (`--keep` leaves it there). Each night a share of the procedures comes with another
step, and so many new decrees that each end one of the documents known; what came is read, checked for that night, guarded, published
and indexed as a run does it. `archive_mb` is the part of the growth that was received; `index_as_built_anew` compares the index with one made from nothing.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.ending_decree import ending_decree
from extractors.imports.import_options import ImportOptions
from pipeline.clock import today
from pipeline.index_step import entry_digests
from pipeline.recorded import recorded
from pipeline.steps import build_index, import_given, publish_day
from rasoat.progress import unseen
from rasoat.records import Part
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.store.checked_marks import days_checked
from rasoat.store.schema import documents, indexed, metadata, procedures
from rasoat.workspace import Workspace

_MB = 2**20


def main() -> None:
    asked = _asked()
    folder = Path(tempfile.mkdtemp(prefix="nights-", dir=asked.home.absolute().parent))
    try:
        _nights(Workspace(Settings(home=Path(shutil.copytree(asked.home, folder / "home")))), asked)
    finally:
        if not asked.keep:
            shutil.rmtree(folder)


def _asked() -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("home", type=Path, help="a home that was published")
    cli.add_argument("--nights", type=int, default=30)
    cli.add_argument("--changed", type=float, default=0.01, help="the share that changes each night")
    cli.add_argument("--as-of", type=date.fromisoformat, default=today(), help="the day before the first night")
    cli.add_argument("--keep", action="store_true", help="leave the copy there")
    return cli.parse_args()


def _nights(work: Workspace, asked: argparse.Namespace) -> None:
    _indexed(work, RunReport("nights"), asked.as_of)
    with work.engine.connect() as connection:
        codes = list(connection.scalars(select(procedures.c.code).distinct().order_by(procedures.c.code)))
        query = select(documents.c.type, documents.c.number, documents.c.issued_on).where(documents.c.known_from == "text")
        ended = [f"{row.type} số {row.number}" for row in connection.execute(query.order_by(documents.c.key))]
    before, cpu = _held(work), []
    for night in range(asked.nights):
        day, used = asked.as_of + timedelta(days=night + 1), _cpu()
        files = [
            _written(work, "procedures", _other_steps(work, _share(codes, asked.changed, night), night)),
            _written(work, "decrees", _decrees(_share(ended, asked.changed, night), night, day)),
        ]
        with recorded(work, "run") as report:
            import_given(work, report, files, day, ImportOptions())
            _indexed(work, report, day)
        work.archive.flush()
        cpu.append(round(_cpu() - used, 2))
        told = {"night": night + 1, "cpu_s": cpu[-1], "seconds": report.seconds}
        told["indexed"] = report.indexed.changed if report.indexed else 0
        told["refused_by"] = sorted(report.guarded.failed) if report.guarded else []
        print(json.dumps(told), flush=True)
    after = _held(work)
    print(json.dumps({"cpu_s": cpu, "before": before, "after": after, "index_as_built_anew": _as_built_anew(work)}))


def _indexed(work: Workspace, report: RunReport, day: date) -> None:
    """The steps after the crawl; a made-up country need not please the gate."""
    publish_day(work, report, day)
    if report.guarded and report.guarded.blocks:
        build_index(work, report, day, None)


def _share(whole: list[str], share: float, night: int) -> list[str]:
    """Another part of it each night."""
    many = max(1, round(len(whole) * share))
    return [whole[(night * many + at) % len(whole)] for at in range(many)]


def _other_steps(work: Workspace, codes: list[str], night: int) -> Iterator[dict[str, str]]:
    """The procedures as they were told last, with another step."""
    query = select(procedures.c.code, procedures.c.name, procedures.c.data).where(procedures.c.code.in_(codes))
    with work.engine.connect() as connection:
        rows = {row.code: row for row in connection.execute(query.order_by(procedures.c.rank.desc()))}
    for row in rows.values():
        parts = {name: text for name, text in row.data.get("parts", {}).items() if name not in (Part.NAME, Part.AUDIENCE)}
        yield {"code": row.code, "name": row.name, **parts, Part.STEPS: f"{parts.get(Part.STEPS, '')}\nBước của đêm {night}."}


def _decrees(ended: list[str], night: int, day: date) -> Iterator[dict[str, str]]:
    for at, one in enumerate(ended):
        number, text = ending_decree(9000 + night * 100 + at, one, day, day)
        yield {"number": number, "text": text}


def _written(work: Workspace, name: str, lines: Iterator[dict[str, str]]) -> Path:
    path = work.settings.home / f"{name}.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def _held(work: Workspace) -> dict[str, object]:
    """What lies on the disk once the log of writes is in the store, and the rows of every table that has any."""
    with work.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables}
    home = work.settings.home
    sizes = {"store": [*home.glob("rasoat.db*")], "archive": [*(home / "archive").rglob("*")], "search": [*(home / "search").rglob("*")]}
    told = {f"{name}_mb": round(sum(path.stat().st_size for path in paths if path.is_file()) / _MB, 1) for name, paths in sizes.items()}
    return {**told, "rows": {name: number for name, number in rows.items() if number}}


def _as_built_anew(work: Workspace) -> bool:
    with work.engine.connect() as connection:
        held = {row.id: row.digest for row in connection.execute(select(indexed.c.id, indexed.c.digest))}
        return held == dict(entry_digests(connection, days_checked(connection)[-1], unseen))


def _cpu() -> float:
    """Seconds of processor time of this process and of those that it started and that are over."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
