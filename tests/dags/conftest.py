"""One publisher for all tests of the DAGs, and what the command line makes of it: the rows every other way must equal."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from airflow_processes import DAY, PATIENCE, RASOAT, ROOT, Environment, Execute, environment, finished, store
from same_rows import rows

from cli.demo.publisher import Publisher


@pytest.fixture(scope="session")
def publisher() -> Iterator[str]:
    """The demo publisher's address."""
    with Publisher() as serving:
        yield serving.url


@pytest.fixture(scope="session")
def addresses(publisher: str) -> dict[str, str]:
    """Source → where it is asked."""
    return {"dichvucong": publisher, "phapdien": f"{publisher}/phapdien/2026-10", "vbpl": publisher}


@pytest.fixture(scope="session")
def by_hand(addresses: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rows of `rasoat run`."""
    folder = tmp_path_factory.mktemp("by-hand")
    sources = [f"--source={name}={address}" for name, address in addresses.items()]
    env = environment(folder)
    finished([*RASOAT, "run", *sources, "--observed-on", DAY, "--as-of", DAY], env)
    return rows(store(env))


@pytest.fixture(scope="session")
def conf(addresses: dict[str, str]) -> dict[str, dict[str, object]]:
    """Crawl DAG → the form, filled in."""
    return {
        f"rasoat_crawl_{name}": {"address": address, "as_of": DAY, "observed_on": DAY, "shares": 2} for name, address in addresses.items()
    }


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An Airflow of its own on SQLite, with the pools made after they were missed.

    One for each file: a crawl killed in one test counts as running ever after, and checking waits for it.
    """
    env = environment(tmp_path_factory.mktemp("executed"))
    finished([sys.executable, "-m", "airflow", "db", "migrate"], env)
    done = subprocess.run([sys.executable, "-m", "dags.setup", "--check"], env=env, capture_output=True, text=True, timeout=100, cwd=ROOT)
    assert done.returncode == 2
    assert "rasoat_source_vbpl" in done.stderr
    assert "python -m dags.setup" in done.stderr
    finished([sys.executable, "-m", "dags.setup"], env)
    return env


@pytest.fixture(scope="module")
def executor(airflow: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One process that executes DAGs as it is asked; Airflow is imported once."""
    log = tmp_path_factory.mktemp("log") / "executed.log"
    command = [sys.executable, str(Path(__file__).with_name("execute_dags.py"))]
    with (
        log.open("w") as said,
        subprocess.Popen(command, env=airflow, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True, cwd=ROOT) as process,
    ):
        yield process, log
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def execute(airflow: Environment, executor: Any) -> Execute:
    """What became of a DAG that was executed."""
    process, log = executor

    def ask(dag: str, conf: dict[str, Any], home: Path | None = None, **more: Any) -> dict[str, Any]:
        env = {
            "RASOAT_HOME": str(home or airflow["RASOAT_HOME"]),
            "RASOAT_ALERT_WEBHOOK": "",
            "RASOAT_ALERT_EMAIL": "",
            **more.pop("env", {}),
        }
        process.stdin.write(json.dumps({"dag": dag, "conf": conf, "env": env, **more}) + "\n")
        process.stdin.flush()
        overdue = threading.Timer(PATIENCE, process.kill)
        overdue.start()
        try:
            for line in process.stdout:
                if line.startswith("@"):
                    return dict(json.loads(line[1:]))
        finally:
            overdue.cancel()
        raise AssertionError(log.read_text()[-3000:])

    return ask
