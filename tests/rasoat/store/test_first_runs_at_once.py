"""Several first runs at once in an empty store wait for each other: one makes the tables, all can use them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

AT_ONCE = 6
# Everything is imported before all set off together, once for each address that comes in; each then writes, as a first run does.
_FIRST_RUNS = """
import sys, traceback
import alembic.command, alembic.runtime.migration, alembic.script
from sqlalchemy import text
from rasoat.store.database import open_database
print("ready", flush=True)
for url in sys.stdin:
    try:
        store = open_database(url.strip())
        with store.begin() as connection:
            connection.execute(text("INSERT INTO progress VALUES (:name, 'x')"), {"name": sys.argv[1]})
        store.dispose()
        print("done", flush=True)
    except Exception as error:
        print(repr(error), flush=True)
"""


class Runs:
    """Processes that open a store at the same moment."""

    def __init__(self) -> None:
        self._runs = [
            subprocess.Popen([sys.executable, "-c", _FIRST_RUNS, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for number in range(AT_ONCE)
        ]
        assert self.answers() == ["ready"] * AT_ONCE

    def answers(self) -> list[str]:
        return [run.stdout.readline().strip() for run in self._runs if run.stdout]

    def open(self, url: str) -> list[str]:
        for run in self._runs:
            assert run.stdin is not None
            run.stdin.write(f"{url}\n")
            run.stdin.flush()
        return self.answers()

    def end(self) -> None:
        for run in self._runs:
            run.kill()
            run.communicate()


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    together = Runs()
    yield together
    together.end()


def assert_all_wrote(url: str) -> None:
    store = create_engine(url)
    with store.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM progress")) == AT_ONCE
    store.dispose()


@pytest.mark.parametrize("number", range(8))
def test_in_an_empty_home(runs: Runs, tmp_path: Path, number: int) -> None:
    url = f"sqlite:///{tmp_path / 'home' / 'rasoat.db'}"
    assert runs.open(url) == ["done"] * AT_ONCE
    assert_all_wrote(url)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3))
def test_in_an_empty_database_of_a_server(runs: Runs, postgres_database: str, number: int) -> None:
    assert runs.open(postgres_database) == ["done"] * AT_ONCE
    assert_all_wrote(postgres_database)
