"""`python -m benchmarks.country --seed 1 HOME`: writes a home of everything, and prints one JSON line of what it took."""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select

from cli.frame import progress_bar
from pipeline.clock import today
from pipeline.recorded import recorded
from pipeline.steps import build_index, check_and_publish
from rasoat.progress import Progress
from rasoat.settings import Settings
from rasoat.store.schema import metadata
from rasoat.workspace import Workspace
from validators.derivation.derive import derive

from .home import CountryHome, Size

Given = TypeVar("Given")
_COUNTED = (
    "pieces",
    "articles",
    "clauses",
    "documents",
    "effects",
    "procedures",
    "citations",
    "announcements",
    "postings",
    "looks",
    "findings",
)


def main() -> None:
    asked = _asked()
    home: Path = asked.home
    if home.exists() and any(home.iterdir()):
        raise SystemExit(f"{home}: không trống / not empty")
    home.mkdir(parents=True, exist_ok=True)
    os.environ["RASOAT_HOME"] = str(home)
    work = Workspace(Settings(home=home), progress_bar)
    told: dict[str, object] = {"seed": asked.seed, "scale": asked.scale, "seconds": {}, "cpu_s": {}, "peak_gib": {}}
    made = _timed(told, "plan", lambda: CountryHome(work, Size().times(asked.scale), asked.seed))
    for name, step in (("documents", made.documents), ("procedures", made.procedures), ("postings", made.postings)):
        _timed(told, name, lambda step=step, name=name: _shown(work, name, step))  # type: ignore[misc]
    work.archive.close()
    _timed(told, "derive", lambda: _shown(work, "derive", lambda progress: derive(work.engine, progress)))
    if not asked.facts:
        with recorded(work, "check") as report:
            _timed(told, "publish", lambda: check_and_publish(work, report, asked.as_of))
            if asked.index:
                _timed(told, "index", lambda: build_index(work, report, asked.as_of, None))
    print(json.dumps({**told, **_sizes(work)}, ensure_ascii=False))


def _asked() -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("home", type=Path, help="an empty folder, or one that is not there")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--scale", type=float, default=1.0, help="0.02 for tests; the units stay the country's")
    cli.add_argument("--as-of", type=date.fromisoformat, default=today(), help="the day that is checked")
    cli.add_argument("--facts", action="store_true", help="what was read and what is derived of it alone: no findings, nothing published")
    cli.add_argument("--index", action="store_true", help="the embedded search index too")
    return cli.parse_args()


def _shown(work: Workspace, title: str, step: Callable[[Progress], object]) -> object:
    with work.bars(title) as progress:
        return step(progress)


def _timed(told: dict[str, object], name: str, step: Callable[[], Given]) -> Given:
    began, used = time.perf_counter(), time.process_time()
    given = step()
    told["cpu_s"][name] = round(time.process_time() - used, 1)  # type: ignore[index]
    told["seconds"][name] = round(time.perf_counter() - began, 1)  # type: ignore[index]
    told["peak_gib"][name] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)  # type: ignore[index]
    return given


def _sizes(work: Workspace) -> dict[str, object]:
    with work.engine.connect() as connection:
        rows = {name: connection.scalar(select(func.count()).select_from(metadata.tables[name])) for name in _COUNTED}
    held = sum(path.stat().st_size for path in work.settings.home.rglob("*") if path.is_file())
    return {"rows": rows, "gib": round(held / 2**30, 3)}


if __name__ == "__main__":
    main()
