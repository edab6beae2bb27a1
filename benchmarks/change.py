"""`python -m benchmarks.change HOME`: what one change costs a worker that has published before.

The home is copied, and the copy is opened. A decree that ends one document is made and imported first, so that the worker has loaded what
it keeps; then one that ends a document which about a hundred procedures cite. Told is the processor time from the second decree's text to
findings that stand, step by step, and the rows written by table; the gate's library is imported before.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import event, func, select

from benchmarks.ending_decree import ending_decree
from extractors.imports.import_options import ImportOptions
from pipeline.clock import now, today
from pipeline.import_files import import_files
from pipeline.inbox import Placing, take_in
from pipeline.publication import publish, publish_where
from pipeline.publication.loaded_facts import Keeper
from pipeline.quality_gate import guard
from pipeline.recorded import recorded
from pipeline.steps import read_archive
from rasoat.progress import unseen
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.store.publications import Refusal, standing
from rasoat.store.published_schema import cited_by, timelines
from rasoat.store.schema import documents
from rasoat.workspace import Workspace
from validators.quality import TouchedRows


@dataclass(slots=True)
class Spent:
    """Processor seconds by step, those of reading processes among them; rows that statements wrote, by table."""

    cpu_s: dict[str, float] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        before = _used()
        yield
        self.cpu_s[name] = round(self.cpu_s.get(name, 0.0) + _used() - before, 3)


def main() -> None:
    asked = _asked()
    with tempfile.TemporaryDirectory(dir=asked.into) as folder:
        home = Path(folder) / "home"
        shutil.copytree(asked.home, home)
        os.environ["RASOAT_HOME"] = str(home)
        work = Workspace(Settings(home=home), keeps=True)
        small, large = _cited_by_about(work, 1), _cited_by_about(work, asked.citing)
        import great_expectations  # noqa: F401 - its import is no part of a change

        publish(work, RunReport("run"))
        _change(work, Path(folder), 901, small[0], Spent(), ask_gate=not asked.gate_passed)
        if asked.gate_passed:
            Keeper(work).settled(_standing_number(work), today())
            _change(work, Path(folder), 903, small[0], Spent())  # a warm worker has asked the gate of touched rows before
        spent = Spent()
        counting = _counted(work, spent)
        profile = cProfile.Profile() if asked.profile else None
        began = time.perf_counter()
        if profile:
            profile.enable()
        told = _change(work, Path(folder), 902, large[0], spent)
        if profile:
            profile.disable()
        seconds = round(time.perf_counter() - began, 2)
        counting()
        found = {"ends": large[0], "cited_by": large[1], "cpu_s": round(sum(spent.cpu_s.values()), 2), "wall_s": seconds}
        print(json.dumps({**found, "steps": spent.cpu_s, "rows": spent.rows, "published": told}, ensure_ascii=False))
        if profile:
            pstats.Stats(profile).sort_stats("cumulative").print_stats(asked.profile)


def _asked() -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("home", type=Path, help="a home that has published; it is copied, never opened")
    cli.add_argument("--citing", type=int, default=100, help="how many procedures cite the document that ends")
    cli.add_argument("--into", type=Path, default=None, help="where the copy is made")
    cli.add_argument("--gate-passed", action="store_true", help="take it that the whole gate passed before, which takes minutes")
    cli.add_argument("--profile", type=int, default=0, metavar="LINES", help="show so many of the dearest functions")
    return cli.parse_args()


def _change(work: Workspace, folder: Path, serial: int, ended: str, spent: Spent, *, ask_gate: bool = True) -> dict[str, object]:
    """A decree's text, imported, read, gated and published."""
    day = today()
    text = folder / f"nghi-dinh-{serial}.txt"
    text.write_text(_decree(work, serial, ended, day), encoding="utf-8")
    with recorded(work, "import") as report:
        with spent.step("import"):
            placing = Placing(work.engine, ImportOptions(), unseen)
            import_files(work.engine, work.archive, [text], day, now, unseen, placing)
            take_in(work.engine, work.archive, unseen, placing.opened)
        with spent.step("read"):
            read_archive(work, report)

        def passes(touched: TouchedRows | None) -> bool | Refusal:
            with spent.step("gate"):
                return guard(work, report, day, touched) if ask_gate else True

        before = dict(spent.cpu_s)
        with spent.step("publish"):
            assert publish_where(work, report, day, passes), report.guarded
        spent.cpu_s["publish"] = round(spent.cpu_s["publish"] - spent.cpu_s["gate"] + before.get("gate", 0.0), 3)
    assert report.published
    told = {one.kind: one.count for one in report.published.redone}
    gate = report.guarded.touched if report.guarded else None
    return {"number": report.published.number, "rows": report.published.rows, "redone": told, "gate_of_touched": gate}


def _standing_number(work: Workspace) -> int:
    with work.engine.connect() as connection:
        return standing(connection).number


def _decree(work: Workspace, serial: int, ended: str, day: date) -> str:
    with work.engine.connect() as connection:
        row = connection.execute(select(documents.c.type, documents.c.number).where(documents.c.key == ended)).one()
    _, text = ending_decree(serial, f"{row.type} số {row.number}", day - timedelta(days=20), day - timedelta(days=5))
    return text


def _cited_by_about(work: Workspace, many: int) -> tuple[str, int]:
    """The central document in force that nearest to so many procedures cite."""
    with work.engine.connect() as connection:
        stands = standing(connection)
        ended = select(timelines.c.key).where(stands.sees(timelines), timelines.c.provision == "", timelines.c.status == "expired")
        count = func.count(cited_by.c.procedure.distinct())
        query = select(cited_by.c.key, count).join(documents, documents.c.key == cited_by.c.key)
        query = query.where(stands.sees(cited_by), documents.c.type == "Nghị định", cited_by.c.key.not_in(ended))
        rows = connection.execute(query.group_by(cited_by.c.key).order_by(func.abs(count - many), cited_by.c.key).limit(1)).one()
        return rows[0], rows[1]


def _counted(work: Workspace, spent: Spent) -> Callable[[], None]:
    """Count the rows that statements touch, by table, until what is returned is called."""

    def after(_conn: object, cursor: object, statement: str, parameters: object, _context: object, many: bool) -> None:
        words = statement.split()
        verb = words[0].upper()
        if verb in ("INSERT", "DELETE", "UPDATE"):
            table = words[1] if verb == "UPDATE" else words[2]
            touched = len(parameters) if many and isinstance(parameters, list) else max(getattr(cursor, "rowcount", 0), 0)
            spent.rows[table.strip('"')] = spent.rows.get(table.strip('"'), 0) + touched

    event.listen(work.engine, "after_cursor_execute", after)
    return lambda: event.remove(work.engine, "after_cursor_execute", after)


def _used() -> float:
    """Processor seconds of this process and those it started, the ones that still live among them."""
    own = os.times()
    return own.user + own.system + own.children_user + own.children_system + sum(map(_seconds_of, _children(os.getpid())))


def _children(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            yield child
            yield from _children(child)


def _seconds_of(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
