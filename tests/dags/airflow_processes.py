"""Airflow's own programs as the tests run them: their environment, their commands, the REST interface."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

import psutil

ROOT = Path(__file__).resolve().parents[2]
DAGS = ROOT / "dags"
RASOAT = [sys.executable, "-c", "from cli import app; app()"]
PATIENCE = 480.0  # seconds; shared machines stall
BUSY = 60.0  # seconds

DAY = "2026-11-22"

Environment = dict[str, str]
Execute = Callable[..., dict[str, Any]]  # a DAG, its form, the home folder: what became of it


def environment(folder: Path, *, port: int = 0, database: str = "", store: str = "", **more: str) -> Environment:
    """The environment of an Airflow of its own in `folder`; `database` is Airflow's, `store` is ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "RASOAT_"))}
    told = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "AIRFLOW_HOME": str(folder / "airflow"),
        "RASOAT_HOME": str(folder / "rasoat"),
        "RASOAT_DATABASE_URL": store,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "1",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        # Two tasks at once, wherever they run.
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
    }
    if database:
        told["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = database
        told["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC"] = database.replace("+psycopg:", "+psycopg_async:")
    if port:
        told["AIRFLOW__API__HOST"] = "127.0.0.1"
        told["AIRFLOW__API__PORT"] = str(port)
        told["AIRFLOW__API__WORKERS"] = "1"
        told["AIRFLOW__API__BASE_URL"] = f"http://127.0.0.1:{port}"
        told["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] = f"http://127.0.0.1:{port}/execution/"
    return {**kept, **told, **more}


def store(env: Environment) -> str:
    """The SQLite store of an environment."""
    return f"sqlite:///{env['RASOAT_HOME']}/rasoat.db"


def finished(command: Sequence[str], env: Environment) -> str:
    """Run a program to its end; what it said on standard output."""
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE, cwd=ROOT)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def running(commands: dict[str, Sequence[str]], env: Environment, logs: Path) -> Iterator[dict[str, psutil.Process]]:
    """Programs that serve until the test ends; then they and all that they started are killed."""
    logs.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        started: dict[str, psutil.Process] = {}
        for name, command in commands.items():
            log = stack.enter_context((logs / f"{name}.log").open("wb"))
            started[name] = psutil.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT, cwd=ROOT, start_new_session=True)
            stack.callback(kill, started[name])
        yield started


def kill(process: psutil.Process) -> None:
    """SIGKILL a program and all that it started, at once, as a machine that loses power does."""
    try:
        family = [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return
    for one in family:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=10)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Rest:
    """Airflow's REST interface, as an operator's script uses it."""

    def __init__(self, port: int) -> None:
        self._base, self._token = f"http://127.0.0.1:{port}", ""

    def wait(self, dags: int) -> None:
        """Until the server answers and has read all DAG files."""
        until = time.monotonic() + PATIENCE
        why: object = "it does not list the DAGs"
        while time.monotonic() < until:
            try:
                self._token = self._token or self._ask("GET", "/auth/token")["access_token"]
                if self.ask("GET", "/api/v2/dags?limit=100")["total_entries"] >= dags:
                    return
            except OSError as error:
                why = error
            time.sleep(0.5)
        raise AssertionError(f"Airflow does not answer: {why}")

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One question; the answer's JSON. A reading that finds the server's database busy (SQLite) is asked again."""
        until = time.monotonic() + BUSY
        while True:
            try:
                return self._ask(method, path, body)
            except HTTPError as error:
                if method != "GET" or error.code < 500 or time.monotonic() > until:
                    raise
            time.sleep(0.5)

    def unpause(self, dag: str) -> None:
        """Let a DAG run."""
        self.ask("PATCH", f"/api/v2/dags/{dag}?update_mask=is_paused", {"is_paused": False})

    def trigger(self, dag: str, conf: dict[str, Any]) -> str:
        """Start a run; its id."""
        return str(self.ask("POST", f"/api/v2/dags/{dag}/dagRuns", {"logical_date": None, "conf": conf})["dag_run_id"])

    def runs(self) -> list[dict[str, Any]]:
        """Every run of every DAG."""
        return list(self.ask("GET", "/api/v2/dags/~/dagRuns?limit=100")["dag_runs"])

    def tries(self) -> dict[tuple[str, str, int], int]:
        """(dag, task, map index) → how often it was tried."""
        return {(one["dag_id"], one["task_id"], one["map_index"]): one["try_number"] for one in self.tasks()}

    def tasks(self) -> list[dict[str, Any]]:
        """Every task of every run."""
        return list(self.ask("GET", "/api/v2/dags/~/dagRuns/~/taskInstances?limit=500")["task_instances"])

    def handed_on(self, run: dict[str, Any], task: str) -> Any:
        """What a task of a run handed on."""
        path = f"/api/v2/dags/{run['dag_id']}/dagRuns/{quote(run['dag_run_id'])}/taskInstances/{task}/xcomEntries/return_value"
        return self.ask("GET", path)["value"]

    def queued(self, dag: str) -> bool:
        """Whether news waits for a run of the DAG to be made."""
        try:
            return bool(self.ask("GET", f"/api/v2/dags/{dag}/assets/queuedEvents")["total_entries"])
        except HTTPError as error:
            if error.code != HTTPStatus.NOT_FOUND:
                raise
            return False

    def slots(self, pool: str, number: int) -> None:
        """How many tasks a pool lets run at once."""
        self.ask("PATCH", f"/api/v2/pools/{pool}", {"name": pool, "slots": number, "description": "", "include_deferred": False})

    def events(self) -> list[dict[str, Any]]:
        """All news of the assets."""
        return list(self.ask("GET", "/api/v2/assets/events?limit=100")["asset_events"])

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self._token}"} if self._token else {})}
        request = urllib.request.Request(self._base + path, json.dumps(body).encode() if body else None, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(json.loads(answer.read()))


def end_missed_runs(rest: Rest, dags: set[str]) -> None:
    """A DAG that is let run begins with the night it missed, at the source's real address: that run is ended at once."""
    until, missed = time.monotonic() + 60, set(dags)
    while missed:
        assert time.monotonic() < until, f"no scheduled run of {missed}"
        for run in rest.runs():
            if run["run_type"] == "scheduled" and run["dag_id"] in missed:
                with suppress(OSError):  # the scheduler may have the run in its own hands just now
                    rest.ask("PATCH", f"/api/v2/dags/{run['dag_id']}/dagRuns/{run['dag_run_id']}", {"state": "failed"})
                    missed.discard(run["dag_id"])
        time.sleep(0.2)


CHAIN = {"rasoat://store/read/": ("rasoat_check", "days"), "rasoat://store/checked": ("rasoat_index", "build")}


def wait_for_chain(rest: Rest, crawls: set[str], logs: Path) -> None:
    """Until the crawls have ended well, all news of the chain was heard, and nothing is left to run.

    Runs are looked at before and after the news: nothing that ran can have told any in between.
    """
    everybody = crawls | {dag for dag, _ in CHAIN.values()}
    until = time.monotonic() + PATIENCE
    while True:
        before, news, after = chain_runs(rest), unheard(rest), chain_runs(rest)
        failed = [run for run in after if run["state"] == "failed"]
        assert not failed, f"{failed}\n{tail(logs)}"
        seen = {run["dag_id"] for run in after}
        assert seen <= everybody
        if not news and seen == everybody and all(run["state"] == "success" for run in (*before, *after)):
            return
        assert time.monotonic() < until, f"not ended: {[(run['dag_id'], run['state']) for run in after]}, {news}\n{tail(logs)}"
        time.sleep(0.5)


def wait_for_run(rest: Rest, run_id: str, task: str = "") -> None:
    """Until a run has ended well, or only a task of it."""
    until = time.monotonic() + PATIENCE
    state = ""
    while state != "success":
        assert state != "failed", f"{run_id} {task}"
        assert time.monotonic() < until, f"{run_id} {task}: {state}"
        things = [one for one in rest.tasks() if one["task_id"] == task] if task else rest.runs()
        state = next((str(one["state"]) for one in things if one["dag_run_id"] == run_id), "")
        time.sleep(0.3)


def chain_runs(rest: Rest) -> list[dict[str, Any]]:
    """The runs that the test started, and those that these started."""
    return [run for run in rest.runs() if run["run_type"] != "scheduled" and run["dag_id"] != "rasoat_report"]


def unheard(rest: Rest) -> list[str]:
    """The assets with news that is queued for its DAG, or that its DAG has neither been told nor asked for since."""
    queued = [dag for dag, _ in CHAIN.values() if rest.queued(dag)]
    listening = rest.tasks()

    def heard(event: dict[str, Any], dag: str, task: str) -> bool:
        told = {run["dag_id"] for run in event["created_dagruns"]}
        asked = (one["start_date"] for one in listening if (one["dag_id"], one["task_id"]) == (dag, task))
        return dag in told or any(start and start > event["timestamp"] for start in asked)

    listened = [(event, dag, task) for event in rest.events() for start, (dag, task) in CHAIN.items() if event["uri"].startswith(start)]
    return queued + [event["uri"] for event, dag, task in listened if not heard(event, dag, task)]


def tail(logs: Path) -> str:
    """The ends of the programs' logs, for a failing test."""
    return "\n".join(f"== {path.name}\n{path.read_text(errors='replace')[-3000:]}" for path in sorted(logs.glob("*.log")))
