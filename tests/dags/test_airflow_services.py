"""Airflow as it runs in production: PostgreSQL, several processes, several workers, one of them killed; the rows stay the same.

The commands of the Celery test are those of docker/compose.yaml, read from it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import psutil
import pytest
import yaml
from airflow_processes import (
    DAY,
    ROOT,
    Environment,
    Rest,
    chain_runs,
    end_missed_runs,
    environment,
    finished,
    free_port,
    kill,
    running,
    tail,
    wait_for_chain,
    wait_for_run,
)
from same_rows import differences, rows
from sqlalchemy import create_engine, text

from dags.wiring import STORE_POOL
from extractors.sources.registry import SOURCES

pytestmark = pytest.mark.slow
Databases = Callable[[str], str]
DAGS = 7
COMPOSE = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text("utf-8"))["services"]


@pytest.fixture(scope="module")
def databases(postgres_server: str) -> Iterator[Databases]:
    """Makes empty PostgreSQL databases."""
    admin = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def make(name: str) -> str:
        made.append(f"{name}_{os.urandom(4).hex()}")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {made[-1]}"))
        return postgres_server.rsplit("/", 1)[0] + "/" + made[-1]

    yield make
    with admin.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def start_crawls(rest: Rest, conf: dict[str, dict[str, object]]) -> None:
    """Let the whole chain run, and start every crawl over REST."""
    for dag in ("rasoat_check", "rasoat_index", *conf):
        rest.unpause(dag)
    end_missed_runs(rest, set(conf))
    for dag, form in conf.items():
        rest.trigger(dag, form)


@dataclass
class Standalone:
    """`airflow standalone` after its first chain: what the chain left, and the server, which still runs."""

    rest: Rest
    env: Environment
    logs: Path
    rows: dict[str, list[str]]
    runs: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    events: list[dict[str, Any]]


@pytest.fixture(scope="module")
def standalone(databases: Databases, conf: dict[str, dict[str, object]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standalone]:
    """PostgreSQL as its database and two local workers: crawls started over REST, the rest by assets."""
    folder = tmp_path_factory.mktemp("standalone")
    port, store, logs = free_port(), databases("rasoat"), folder / "logs"
    more = {"AIRFLOW__CORE__EXECUTOR": "LocalExecutor", "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO"}
    env = environment(folder, port=port, database=databases("airflow"), store=store, **more)
    finished([sys.executable, "-m", "airflow", "db", "migrate"], env)
    finished([sys.executable, "-m", "dags.setup"], env)
    rest = Rest(port)
    with running({"standalone": [sys.executable, "-m", "airflow", "standalone"]}, env, logs):
        rest.wait(DAGS)
        start_crawls(rest, conf)
        wait_for_chain(rest, set(conf), logs)
        yield Standalone(rest, env, logs, rows(store), chain_runs(rest), rest.tasks(), rest.events())


def test_standalone_runs_the_chain_to_the_index(standalone: Standalone, by_hand: dict[str, list[str]]) -> None:
    assert differences(by_hand, standalone.rows) == {}
    numbers = [event["extra"] for event in standalone.events]
    assert any(extra.get("fetched vbpl") is not None or extra.get("loaded") for extra in numbers), "a run's numbers stand beside its asset"
    assert any(extra.get("findings") for extra in numbers)
    assert any(extra.get("entries") for extra in numbers)
    assert all(extra["run"] and extra["days"] and "seconds" in extra for extra in numbers)


def test_checking_waits_for_the_crawls_under_way(standalone: Standalone) -> None:
    """Some check was called for while a crawl ran; none began its work before the crawls had ended."""
    crawls = [(run["start_date"], run["end_date"]) for run in standalone.runs if run["dag_id"].startswith("rasoat_crawl_")]
    called = [run["queued_at"] for run in standalone.runs if run["dag_id"] == "rasoat_check"]
    assert min(called) < max(ended for _, ended in crawls)
    work = [one for one in standalone.tasks if one["task_id"] in ("check_day", "gate") and one["state"] == "success"]
    assert work
    for one in work:
        assert not [crawl for crawl in crawls if crawl[0] < one["end_date"] and one["start_date"] < crawl[1]]


def test_the_form_is_offered_with_its_kinds_and_words(standalone: Standalone) -> None:
    form = standalone.rest.ask("GET", "/api/v2/dags/rasoat_run/details")["params"]
    assert set(form) == {"source", "as_of", "scope"}
    assert all(field["description"] or field["schema"].get("description") for field in form.values())
    assert form["source"]["schema"]["examples"] == list(SOURCES)
    assert form["as_of"]["schema"]["format"] == "date"
    assert "last" in form["scope"]["schema"]["pattern"]


def test_a_form_that_means_nothing_is_refused(standalone: Standalone) -> None:
    for wrong in ({"scope": "everything"}, {"shares": 1000}):
        with pytest.raises(HTTPError) as refused:
            standalone.rest.trigger("rasoat_crawl_vbpl", wrong)
        assert refused.value.code in (400, 422)


def test_task_logs_name_run_and_source(standalone: Standalone) -> None:
    lines = [
        line for path in Path(standalone.env["AIRFLOW_HOME"]).rglob("task_id=*/**/*.log") for line in path.read_text("utf-8").splitlines()
    ]
    events = [json.loads(line) for line in lines if line.startswith("{")]
    ended = [event for event in events if event.get("event") == "ended" and event.get("command") == "crawl window"]
    assert len({event["run"] for event in ended}) >= 3
    assert {source for event in ended for source in event["report"]["received"]} == {"dichvucong", "phapdien", "vbpl"}
    assert [
        event for event in events if event.get("event") in ("odd", "quarantined") and event["source"] and event["item"] and event["run"]
    ]


def test_backfill_asks_windows_of_issue_dates_by_logical_date(standalone: Standalone, conf: dict[str, dict[str, object]]) -> None:
    """Two nights: each asks the two issue dates up to its own, its day is checked, and the index stays at the later day.

    Both end while an earlier check is busy, so Airflow queues the news of the first only: the second night is checked all the same.
    """
    rest, dag = standalone.rest, "rasoat_crawl_vbpl"
    rest.slots(STORE_POOL, 0)
    wait_for_run(rest, rest.trigger("rasoat_check", {"as_of": DAY}), "days")
    form = json.dumps({**conf[dag], "as_of": None, "scope": "last 2"})
    words = ["--dag-id", dag, "--from-date", "2016-01-29", "--to-date", "2016-01-31", "--dag-run-conf", form]
    finished([sys.executable, "-m", "airflow", "backfill", "create", *words], standalone.env)
    for night in (nights := backfilled(rest)):
        wait_for_run(rest, night["dag_run_id"])
    rest.slots(STORE_POOL, 1)
    wait_for_chain(rest, set(conf), standalone.logs)
    told_by_airflow = [event for event in rest.events() if event["source_run_id"] in {night["dag_run_id"] for night in nights}]
    assert sorted(len(event["created_dagruns"]) for event in told_by_airflow) == [0, 1]
    assert [rest.handed_on(night, "windows") for night in nights] == [["2016-01-29..2016-01-30"], ["2016-01-30..2016-01-31"]]
    told = {day for event in rest.events() if event["uri"].endswith("/checked") for day in event["extra"]["days"]}
    assert {"2016-01-30", "2016-01-31"} <= told
    built = [event["extra"]["days"] for event in rest.events() if event["uri"].endswith("/index")]
    assert {day for days in built for day in days} == {"2026-11-22"}


def backfilled(rest: Rest) -> list[dict[str, Any]]:
    """The runs of a backfill, the earliest day first."""
    return sorted((run for run in rest.runs() if run["run_type"] == "backfill"), key=lambda run: str(run["logical_date"]))


def command(service: str, worker: str = "") -> list[str]:
    """A service's command as docker/compose.yaml gives it; Compose's own `$$` undone, a worker named for this machine."""
    return [word.replace("$$", "$").replace("worker@%h", worker) for word in COMPOSE[service]["command"]]


def celery(folder: Path, databases: Databases, store: str) -> Environment:
    """The environment of the Compose file, with this machine's addresses and the test's patience."""
    named = {
        name: str(value)
        for name, value in COMPOSE["airflow-worker"]["environment"].items()
        if name.startswith("AIRFLOW__") and not name.endswith("_CMD") and "STATSD" not in name and "SIMPLE_AUTH" not in name
    }
    secrets = folder / "secrets"
    secrets.mkdir()
    database = databases("airflow")
    redis, password = free_port(), os.urandom(8).hex()
    for name, value in {
        "airflow_fernet_key": "",
        "airflow_api_secret": os.urandom(32).hex(),
        "airflow_database_url": database,
        "airflow_database_url_async": database.replace("+psycopg:", "+psycopg_async:"),
        "celery_broker_url": f"redis://:{password}@127.0.0.1:{redis}/0",
        "rasoat_database_url": store,
        "redis_password": password,
        "airflow_users": "{}",
    }.items():
        (secrets / name).write_text(value)
        (secrets / name).chmod(0o400)
    commands = {
        name: str(value).replace("/run/secrets", str(secrets))
        for name, value in COMPOSE["airflow-worker"]["environment"].items()
        if name.endswith("_CMD")
    }
    quick = {
        "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "1",
        "AIRFLOW__CELERY__WORKER_CONCURRENCY": "1",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_SEC": "1",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "6",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "2",
        "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "8",
        "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "2",
        "RASOAT_RATE": "40",  # questions a second: a crawl that lasts long enough to be killed
        "RASOAT_SECRETS_DIR": str(secrets),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(secrets / "airflow_users"),
        "TMPDIR": str(folder),  # where the server keeps its own copy
        "REDIS_PORT": str(redis),
        "REDIS_BIND": "127.0.0.1",
        "REDIS_DIR": str(folder),
        "REDIS_PASSWORD_FILE": str(secrets / "redis_password"),
    }
    port = free_port()
    env = {**environment(folder, port=port), **named, **commands, **quick}
    env["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] = f"http://127.0.0.1:{port}/execution/"
    env.pop("RASOAT_DATABASE_URL")  # told by its secret file
    return env


def crawling(worker: psutil.Process) -> bool:
    """Whether a worker has a crawl of ours in hand."""
    for one in worker.children(recursive=True):
        try:
            if "extractors.crawl" in one.cmdline():
                return True
        except psutil.Error:
            continue
    return False


def test_a_celery_worker_killed_half_way_changes_no_row(
    databases: Databases, conf: dict[str, dict[str, object]], by_hand: dict[str, list[str]], tmp_path: Path
) -> None:
    """CeleryExecutor, a real Redis, two workers; the second is killed while it crawls, and the first ends the work."""
    store = databases("rasoat")
    env, logs = celery(tmp_path, databases, store), tmp_path / "logs"
    rest = Rest(int(env["AIRFLOW__API__PORT"]))
    with running({"redis": command("redis")}, env, logs):
        finished(command("airflow-init"), env)
        services = {name: command(f"airflow-{name}") for name in ("apiserver", "scheduler", "dag-processor")}
        with running(services, env, logs), workers(env, logs) as (_, second):
            rest.wait(DAGS)
            start_crawls(rest, conf)
            until = time.monotonic() + 120
            while not crawling(second):
                assert time.monotonic() < until, f"the second worker was given no crawl\n{tail(logs)}"
                time.sleep(0.02)
            kill(second)
            wait_for_chain(rest, set(conf), logs)
            tries = rest.tries()
    assert differences(by_hand, rows(store)) == {}
    assert max(tries.values()) >= 2, "what the dead worker had in hand was tried again"


class workers:  # noqa: N801 - read as a with-statement
    """Two workers as if on two machines: homes and log servers of their own."""

    def __init__(self, env: Environment, logs: Path) -> None:
        self._env, self._logs = env, logs

    def __enter__(self) -> list[psutil.Process]:
        from contextlib import ExitStack

        self._stack = ExitStack()
        started = []
        for name in ("one", "two"):
            own = {
                **self._env,
                "AIRFLOW_HOME": f"{self._env['AIRFLOW_HOME']}-{name}",
                "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
            }
            serving: Any = running({f"worker-{name}": command("airflow-worker", f"{name}@test")}, own, self._logs)
            started.append(self._stack.enter_context(serving)[f"worker-{name}"])
        return started

    def __exit__(self, *error: object) -> None:
        self._stack.close()
