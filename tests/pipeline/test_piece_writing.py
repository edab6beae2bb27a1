"""What is read is written in portions: one file of many procedures leaves the store free between two of them, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event, select
from typer.testing import CliRunner

from cli import app
from rasoat.store.database import open_database
from rasoat.store.schema import answers, metadata

pytestmark = pytest.mark.slow  # takes seconds of the processor

DAY = "2026-06-10"
MANY = 800


def offices_file(path: Path, first: int = 0, count: int = MANY) -> Path:
    """A file of an office with many procedures, each with a few citations."""
    basis = "Luật Hộ tịch số 60/2014/QH13; Nghị định số 123/2015/NĐ-CP; khoản 1 Điều 5 Nghị định số 87/2020/NĐ-CP"
    lines = [
        {"code": f"1.{at:06d}", "name": f"Cấp giấy phép số {at}", "captured_on": DAY, "legal_basis": basis}
        for at in range(first, first + count)
    ]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def rows(home: Path) -> dict[str, list[str]]:
    store = open_database(f"sqlite:///{home / 'rasoat.db'}")
    with store.connect() as connection:
        found = {
            name: sorted(map(repr, connection.execute(select(metadata.tables[name]))))
            for name in ("pieces", "places", "procedures", "mentions", "refusals")
        }
        assert None not in set(connection.scalars(select(answers.c.reader)))
    store.dispose()
    return found


def imported(home: Path, file: Path) -> None:
    done = CliRunner().invoke(app, ["import", str(file), "--observed-on", DAY], env={"RASOAT_HOME": str(home), "RASOAT_DATABASE_URL": ""})
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    folder = tmp_path_factory.mktemp("office")
    file = offices_file(folder / "thu-tuc.jsonl")
    imported(folder / "home", file)
    return file, rows(folder / "home")


def test_one_file_is_written_in_many_transactions(tmp_path: Path) -> None:
    from sqlalchemy.engine import Engine

    file, commits = offices_file(tmp_path / "thu-tuc.jsonl"), []

    def count(connection: object) -> None:
        commits.append(connection)

    event.listen(Engine, "commit", count)
    try:
        imported(tmp_path / "home", file)
    finally:
        event.remove(Engine, "commit", count)
    assert len(commits) > 10


def test_killed_between_two_portions_and_started_again_it_ends_in_the_same_rows(
    undisturbed: tuple[Path, dict[str, list[str]]], tmp_path: Path
) -> None:
    """The process kills itself in a writing transaction, twice."""
    file, whole = undisturbed
    program = (
        "import os, signal, sys\n"
        "from rasoat.store import write_turns\n"
        "say, left = write_turns.WritingTurn.say_who, [int(sys.argv.pop(1))]\n"
        "def counted(turn):\n"
        "    say(turn)\n"
        "    left[0] -= 1\n"
        "    if left[0] == 0:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_turns.WritingTurn.say_who = counted\n"
        "from cli import app; app()"
    )
    home = tmp_path / "home"
    for turns in ("6", "7"):
        command = [sys.executable, "-c", program, turns, "import", str(file), "--observed-on", DAY]
        done = subprocess.run(command, capture_output=True, text=True, env={"RASOAT_HOME": str(home), "PATH": "/usr/bin:/bin"})
        assert done.returncode == -9, done.stderr
    imported(home, file)
    assert rows(home) == whole


@pytest.mark.slow
def test_two_imports_at_once_both_succeed_and_share_what_they_have_in_common(tmp_path: Path) -> None:
    files = [offices_file(tmp_path / "mot.jsonl", 0, 600), offices_file(tmp_path / "hai.jsonl", 300, 600)]
    for order in ("together", "one by one"):
        home = tmp_path / order
        runs = []
        for file in files:
            command = [sys.executable, "-c", "from cli import app; app()", "import", str(file), "--observed-on", DAY]
            run = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
                                   env={"RASOAT_HOME": str(home), "PATH": "/usr/bin:/bin"})  # fmt: skip
            runs.append(run)
            if order == "one by one":
                assert run.wait() == 0
        said = [run.communicate()[1] for run in runs]
        assert [run.returncode for run in runs] == [0, 0], said
    assert rows(tmp_path / "together") == rows(tmp_path / "one by one")
