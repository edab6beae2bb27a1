"""Airflow as it runs in production: PostgreSQL, several processes, several workers, one of them killed; the rows stay the same.

The commands of the Celery test are those of docker/compose.yaml, read from it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml
from airflow_processes import (
    ROOT,
    Environment,
    Rest,
    end_missed_runs,
    environment,
    finished,
    free_port,
    kill,
    running,
    tail,
    wait_for_chain,
)
from same_rows import differences, rows
from sqlalchemy import create_engine, text

pytestmark = pytest.mark.slow
Databases = Callable[[str], str]
DAGS = 7
COMPOSE = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text("utf-8"))["services"]


@pytest.fixture
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


def test_standalone_runs_the_chain_to_the_index(
    databases: Databases, conf: dict[str, dict[str, object]], by_hand: dict[str, list[str]], tmp_path: Path
) -> None:
    """`airflow standalone` with PostgreSQL and two local workers: crawls started over REST, the rest by assets."""
    port, store = free_port(), databases("rasoat")
    env = environment(tmp_path, port=port, database=databases("airflow"), store=store, AIRFLOW__CORE__EXECUTOR="LocalExecutor")
    finished([sys.executable, "-m", "airflow", "db", "migrate"], env)
    finished([sys.executable, "-m", "dags.setup"], env)
    logs, rest = tmp_path / "logs", Rest(port)
    with running({"standalone": [sys.executable, "-m", "airflow", "standalone"]}, env, logs):
        rest.wait(DAGS)
        start_crawls(rest, conf)
        wait_for_chain(rest, set(conf), logs)
        numbers = [event["extra"] for event in rest.ask("GET", "/api/v2/assets/events?limit=100")["asset_events"]]
    assert differences(by_hand, rows(store)) == {}
    assert any(extra.get("findings") for extra in numbers), "a run's numbers stand beside its asset"
    assert any(extra.get("entries") for extra in numbers)


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
    }.items():
        (secrets / name).write_text(value)
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
