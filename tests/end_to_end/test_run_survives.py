"""A run on PostgreSQL equals one on SQLite; a run killed at any moment and started again ends in the same rows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from benchmarks.kill_chain import Running
from cli.demo.publisher import Publisher
from rasoat.store.schema import metadata

pytestmark = pytest.mark.slow
DERIVED = (
    "pieces",
    "procedures",
    "observations",
    "articles",
    "clauses",
    "mentions",
    "refusals",
    "documents",
    "effects",
    "citations",
    "findings",
)
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def publisher() -> Iterator[str]:
    with Publisher() as serving:
        yield serving.url


def command(url: str) -> list[str]:
    sources = [f"--source=phapdien={url}/phapdien/2026-10/", f"--source=dichvucong={url}", f"--source=vbpl={url}"]
    return ["run", *sources, "--observed-on", DAY, "--as-of", DAY]


def run(url: str, home: Path, database: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RASOAT_HOME": str(home), "RASOAT_DATABASE_URL": database}
    program = [sys.executable, "-c", "from cli import app; app()", *command(url)]
    return subprocess.run(program, env=environment, capture_output=True, text=True, timeout=300)


def rows(database: str) -> dict[str, list[str]]:
    """Everything read and derived, without the addresses of one publisher's port."""
    engine = create_engine(database)
    with engine.connect() as connection:
        found = {
            name: sorted(repr(tuple(sorted(row.items(), key=str))) for row in connection.execute(select(metadata.tables[name])).mappings())
            for name in DERIVED
        }
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def undisturbed(publisher: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    home = tmp_path_factory.mktemp("undisturbed")
    done = run(publisher, home)
    assert done.returncode == 0, done.stdout + done.stderr
    return rows(f"sqlite:///{home / 'rasoat.db'}")


def test_postgresql_holds_the_same_rows(publisher: str, undisturbed, postgres_database: str, tmp_path: Path) -> None:
    done = run(publisher, tmp_path, postgres_database)
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows(postgres_database) == undisturbed


@pytest.mark.parametrize(("seconds", "alone"), [(1.2, False), (2.0, True), (2.8, False), (3.6, True), (6.0, True)])
def test_a_killed_run_leaves_no_process_and_ends_in_the_same_rows(
    publisher: str, undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, alone: bool
) -> None:
    """The parent alone is what the kernel kills when memory ends; its whole group is what a terminal or a service manager kills."""
    monkeypatch.delenv("RASOAT_DATABASE_URL", raising=False)
    home = tmp_path / "home"
    killed = Running(home, command(publisher))
    if not killed.ended_within(seconds):
        killed.kill(alone=alone)
        assert killed.left() == []
    done = run(publisher, home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows(f"sqlite:///{home / 'rasoat.db'}") == undisturbed


def test_a_source_that_is_down_is_said_in_one_line_and_the_last_good_data_stays(publisher: str, undisturbed, tmp_path: Path) -> None:
    assert run(publisher, tmp_path).returncode == 0
    done = run("http://127.0.0.1:9", tmp_path)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "Không dùng được nguồn" in done.stderr
    assert rows(f"sqlite:///{tmp_path / 'rasoat.db'}") == undisturbed


def test_a_publisher_that_fails_one_answer_in_five_gives_the_same_rows(undisturbed, tmp_path: Path) -> None:
    with Publisher(faults=0.2, stall=0.2) as failing:
        done = run(failing.url, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows(f"sqlite:///{tmp_path / 'rasoat.db'}") == undisturbed
