"""How fast and how large the validity engine is on a home that `benchmarks.country` wrote; prints one JSON line.

    python -m benchmarks.validity HOME

`status_ms_median` and `_p99` are over questions on documents nobody asked about before, `hub_ms` over the one with most effects on it;
`recheck_s` is the run of all rules over the procedures, `recheck_again_s` the same once the lives of the cited documents are known.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from statistics import median, quantiles

from sqlalchemy import func, select

from pipeline.clock import today
from rasoat.settings import Settings
from rasoat.store.extracted import load_versions, sightings
from rasoat.store.schema import effects
from rasoat.workspace import Workspace
from validators.derivation.judged_versions import citations_by_code, judged_versions
from validators.knowledge import load_graph, load_overrides
from validators.rules import World, check_procedure, siblings

_ASKED = 20_000


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("home", type=Path)
    cli.add_argument("--as-of", type=date.fromisoformat, default=today())
    cli.add_argument("--seed", type=int, default=1)
    asked = cli.parse_args()
    work = Workspace(Settings(home=asked.home))
    print(json.dumps(measured(work, asked.as_of, Random(asked.seed))))  # noqa: S311 - which are asked about, no secret


def measured(work: Workspace, as_of: date, dice: Random) -> dict[str, object]:
    """Seconds and milliseconds of what the engine does, and the memory it takes."""
    began = time.perf_counter()
    with work.engine.connect() as connection:
        graph = load_graph(connection, work.settings.life_months)
        built, memory = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        many = select(effects.c.target, func.count()).where(effects.c.target.is_not(None)).group_by(effects.c.target)
        hub, edges = connection.execute(many.order_by(func.count().desc(), effects.c.target).limit(1)).one()
        versions = judged_versions(load_versions(connection, sightings(connection)), as_of)
        cited, overrides = citations_by_code(connection, versions), load_overrides(connection)
    known = sorted(key for key in graph.register.documents if key != hub)
    times = [_ms(lambda key=key: graph.status(key, None, as_of)) for key in dice.sample(known, min(_ASKED, len(known)))]  # type: ignore[misc]
    hubs = [_ms(lambda: graph.status(hub, None, as_of)) for _ in range(2)]
    procedures = {code: version.procedure for code, version in versions.items()}
    world = World(graph, work.settings.horizon_days, overrides=overrides, siblings=siblings(procedures.values(), cited))
    found, runs = 0, []
    for _ in range(2):
        start = time.perf_counter()
        found = sum(len(check_procedure(one, cited.get(code, []), world, as_of)) for code, one in procedures.items())
        runs.append(time.perf_counter() - start)
    return {
        "documents": len(known) + 1, "build_s": round(built, 1), "memory_mb": round(memory), "status_ms_median": round(median(times), 3),
        "status_ms_p99": round(quantiles(times, n=100)[98], 3), "hub_edges": edges, "hub_ms": round(hubs[0], 1),
        "hub_again_ms": round(hubs[1], 3), "procedures": len(procedures), "findings": found, "recheck_s": round(runs[0], 1),
        "recheck_again_s": round(runs[1], 1),
    }  # fmt: skip


def _ms(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
