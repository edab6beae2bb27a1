"""What Airflow costs: `rasoat run` on the demo publisher against the same work through the DAGs, each from an empty store.

    python benchmarks/airflow_overhead.py            # command line and dag.test()
    python benchmarks/airflow_overhead.py --standalone   # and `airflow standalone` (SQLite, LocalExecutor, two tasks at once)

Prints seconds, tasks and seconds a task; the rows of all ways are compared, a difference ends it with 1.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# The tests' own way of running Airflow's programs: one place knows their environment.
sys.path.insert(0, str(ROOT))

from cli.demo.publisher import Publisher  # noqa: E402
from tests.dags.airflow_processes import (  # noqa: E402
    RASOAT,
    Environment,
    Rest,
    end_missed_runs,
    environment,
    finished,
    free_port,
    running,
    wait_for_chain,
)
from tests.dags.same_rows import differences, rows  # noqa: E402

DAY = "2026-11-22"
CHAIN = ("rasoat_check", "rasoat_index")
Told = tuple[float, int, dict[str, list[str]]]  # seconds, tasks, rows


def by_hand(folder: Path, addresses: dict[str, str]) -> Told:
    """One process from an empty store to the index."""
    env = environment(folder)
    sources = [f"--source={name}={address}" for name, address in addresses.items()]
    begun = time.monotonic()
    finished([*RASOAT, "run", *sources, "--observed-on", DAY, "--as-of", DAY], env)
    return time.monotonic() - begun, 1, rows(store(folder))


def executed(folder: Path, conf: dict[str, dict[str, object]]) -> Told:
    """Every DAG by `dag.test()` in one process, its start and Airflow's import included."""
    env = prepared(folder)
    asked: list[dict[str, Any]] = [{"dag": dag, "conf": form, "env": {}} for dag, form in conf.items()]
    asked += [{"dag": dag, "conf": {"as_of": DAY}, "env": {}} for dag in CHAIN]
    begun = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(ROOT / "tests" / "dags" / "execute_dags.py")],
        env=env,
        input="".join(json.dumps(one) + "\n" for one in asked),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    seconds = time.monotonic() - begun
    told = [json.loads(line[1:]) for line in done.stdout.splitlines() if line.startswith("@")]
    return seconds, sum(len(one["tasks"]) for one in told), rows(store(folder))


def scheduled(folder: Path, conf: dict[str, dict[str, object]]) -> Told:
    """From the first REST call to the last task, with the scheduler and two workers already up."""
    port = free_port()
    env = {**prepared(folder), **environment(folder, port=port, AIRFLOW__CORE__EXECUTOR="LocalExecutor")}
    logs, rest = folder / "logs", Rest(port)
    with running({"standalone": [sys.executable, "-m", "airflow", "standalone"]}, env, logs):
        rest.wait(7)
        for dag in (*CHAIN, *conf):
            rest.unpause(dag)
        end_missed_runs(rest, set(conf))
        begun = time.monotonic()
        for dag, form in conf.items():
            rest.trigger(dag, form)
        wait_for_chain(rest, set(conf), logs)
        seconds, tasks = time.monotonic() - begun, len(rest.tries())
    return seconds, tasks, rows(store(folder))


def prepared(folder: Path) -> Environment:
    """An Airflow on SQLite with its pools."""
    env = environment(folder)
    finished([sys.executable, "-m", "airflow", "db", "migrate"], env)
    finished([sys.executable, "-m", "dags.setup"], env)
    return env


def store(folder: Path) -> str:
    return f"sqlite:///{folder / 'rasoat' / 'rasoat.db'}"


def main() -> int:
    """Measure, print, compare."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--standalone", action="store_true", help="the scheduler and two workers too: minutes")
    asked = cli.parse_args()
    with tempfile.TemporaryDirectory() as scratch, Publisher() as publisher:
        addresses = {"dichvucong": publisher.url, "phapdien": f"{publisher.url}/phapdien/2026-10", "vbpl": publisher.url}
        conf: dict[str, dict[str, object]] = {
            f"rasoat_crawl_{name}": {"address": address, "as_of": DAY, "observed_on": DAY} for name, address in addresses.items()
        }
        told = {
            "rasoat run": by_hand(Path(scratch, "hand"), addresses),
            "dag.test(), one process": executed(Path(scratch, "test"), conf),
        }
        if asked.standalone:
            told["airflow standalone, two tasks at once"] = scheduled(Path(scratch, "standalone"), conf)
    first = next(iter(told.values()))
    for name, (seconds, tasks, _) in told.items():
        each = f", {(seconds - first[0]) / tasks:.2f} s more a task" if tasks > 1 else ""
        print(f"{name:40} {seconds:7.1f} s  {tasks:3} tasks{each}")
    different = {name: differences(first[2], held) for name, (_, _, held) in told.items() if differences(first[2], held)}
    print("rows: the same" if not different else f"rows differ: {different}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
