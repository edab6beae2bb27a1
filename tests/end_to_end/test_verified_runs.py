"""Whole runs against the sample publisher, then everything made again: on SQLite and on PostgreSQL, and after a killed run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.demo.publisher import Publisher
from rasoat.archive import Archive

pytestmark = pytest.mark.slow
DAYS = ("2026-11-22", "2026-11-23")


@pytest.fixture(scope="module")
def publisher() -> Iterator[str]:
    with Publisher() as serving:
        yield serving.url


def started(home: Path, database: str, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "RASOAT_HOME": str(home), "RASOAT_DATABASE_URL": database}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen([sys.executable, "-m", "rasoat.start", *words], env=environment, **pipes)


def rasoat(home: Path, database: str, *words: str) -> str:
    process = started(home, database, *words)
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, out + err
    return out


def run(url: str, day: str) -> list[str]:
    sources = [f"--source=phapdien={url}/phapdien/2026-10/", f"--source=dichvucong={url}", f"--source=vbpl={url}"]
    return ["run", *sources, "--observed-on", day, "--as-of", day]


def verified(home: Path, database: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(rasoat(home, database, "verify", "--json"))
    assert (told["proved"], told["equal"], told["troubles"]) == (True, told["rows"], [])
    return told


def test_two_days_of_runs_are_made_again_and_the_second_cost_little(publisher: str, tmp_path: Path) -> None:
    rasoat(tmp_path, "", *run(publisher, DAYS[0]))
    rasoat(tmp_path, "", *run(publisher, DAYS[1]))
    told = verified(tmp_path, "")
    again = [one.stored.length for one in Archive(tmp_path / "archive").scan() if one.again]
    assert len(again) > 20
    assert sum(again) / len(again) < 600
    findings = next(one for one in told["tables"] if one["table"] == "checks")
    assert findings["equal"] == 2


def test_a_store_on_postgresql_is_made_again_from_its_archive(publisher: str, postgres_database: str, tmp_path: Path) -> None:
    rasoat(tmp_path, postgres_database, *run(publisher, DAYS[0]))
    verified(tmp_path, postgres_database)


@pytest.mark.parametrize("seconds", [2.0, 4.0])
def test_a_run_that_was_killed_and_continued_is_made_again(publisher: str, tmp_path: Path, seconds: float) -> None:
    process = started(tmp_path, "", *run(publisher, DAYS[0]))
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    rasoat(tmp_path, "", *run(publisher, DAYS[0]))
    verified(tmp_path, "")
