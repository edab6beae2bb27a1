"""The generated country: its rows are what the readers make of its bytes, and every command answers on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks.country.home import CountryHome, Size
from pipeline.piece_reading import cut_answer, read_piece
from rasoat.progress import unseen
from rasoat.settings import Settings
from rasoat.store.capture_store import CaptureStore
from rasoat.store.extracted import piece_id, write_pieces
from rasoat.store.schema import documents, effects, kept_by_piece, postings
from rasoat.workspace import Workspace
from validators.derivation.derive import derive

pytestmark = pytest.mark.slow  # takes seconds of the processor

DAY = ("--as-of", "2026-11-22")
SIZE = Size(documents=400, effects=2_500, procedures=60, postings=4_000)


@pytest.fixture(scope="module", name="home")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("country")
    _written(home, seed=3)
    return home


def _written(home: Path, seed: int) -> Workspace:
    work = Workspace(Settings(home=home))
    made = CountryHome(work, SIZE, seed)
    for step in (made.documents, made.procedures, made.postings):
        step(unseen)
    work.archive.close()
    derive(work.engine, unseen)
    return work


def _rasoat(home: Path, *words: str) -> str:
    asked = subprocess.run(
        [sys.executable, "-c", "from rasoat.start import main; main()", *words],
        env={**os.environ, "RASOAT_HOME": str(home)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    return asked.stdout


def _rows(work: Workspace, piece: str) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    with work.engine.connect() as connection:
        for table in kept_by_piece():
            order = [column for column in table.c if column.name != "data"]
            found = connection.execute(select(table).where(table.c.piece == piece).order_by(*order[:3]))
            yield table.name, [tuple(row) for row in found]


def test_the_rows_are_what_the_readers_make_of_the_archive(home: Path, tmp_path: Path) -> None:
    work, again = Workspace(Settings(home=home)), Workspace(Settings(home=tmp_path))
    read = 0
    for answer in CaptureStore(work.engine).everything():
        if answer.source == "import:postings":
            continue
        for piece in cut_answer(answer, work.archive.read(answer.stored)):
            identity = piece_id(piece.source, piece.kind, piece.body)
            with again.engine.begin() as connection:
                write_pieces(connection, [read_piece(identity, piece)], 1)
            assert dict(_rows(work, identity)) == dict(_rows(again, identity)), answer.request
            read += 1
    assert read > SIZE.documents + SIZE.procedures


def test_everything_is_made_again_from_the_archive(home: Path) -> None:
    assert json.loads(_rasoat(home, "verify", "--json"))


def test_the_same_seed_gives_the_same_facts_and_another_seed_others(home: Path, tmp_path: Path) -> None:
    def facts(work: Workspace) -> list[list[tuple[object, ...]]]:
        with work.engine.connect() as connection:
            return [
                [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
                for table in (documents, effects, postings)
            ]

    here = facts(Workspace(Settings(home=home)))
    assert here == facts(_written(tmp_path / "same", seed=3))
    assert here != facts(_written(tmp_path / "other", seed=4))


def test_it_is_as_large_as_it_was_asked_to_be(home: Path) -> None:
    with Workspace(Settings(home=home)).engine.connect() as connection:
        known = connection.execute(select(documents.c.key, documents.c.known_from)).all()
        held = connection.execute(select(effects.c.non_answer)).all()
        posted = connection.execute(select(postings.c.unit)).all()
    assert (sum(row.known_from == "text" for row in known), len(posted)) == (SIZE.documents, SIZE.postings)
    assert len(held) == pytest.approx(SIZE.effects, rel=0.01)
    assert {row.non_answer for row in held} == {None}


def test_every_command_answers_on_it(home: Path) -> None:
    assert '"ok": false' not in _rasoat(home, "doctor", "--json").partition("antiword")[0]
    _rasoat(home, "check", *DAY)
    with Workspace(Settings(home=home)).engine.connect() as connection:
        number = connection.scalar(select(documents.c.id).order_by(documents.c.key).limit(1))
    assert number in _rasoat(home, "status", str(number), *DAY)
    assert "1.000001" in _rasoat(home, "show", "1.000001", *DAY)
    found = [json.loads(line) for line in _rasoat(home, "findings", "--jsonl", *DAY).splitlines()]
    assert {one["rule"][:4] for one in found} >= {"CITE", "POST"}
    unit = next(one["subject"] for one in found if one["rule"].startswith("POST") and "/xa-" in one["subject"])
    assert _rasoat(home, "coverage", "--unit", unit, "--jsonl", *DAY)


@pytest.mark.parametrize("name", ["queries", "coverage", "validity"])
def test_what_is_measured_on_it_is_measured(home: Path, name: str) -> None:
    bounds = ("--asked", "2", "--seconds", "1") if name == "queries" else ()
    _rasoat(home, "check", *DAY)
    measured = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", str(home), *DAY, *bounds], capture_output=True, text=True, check=False
    )
    assert measured.returncode == 0, measured.stderr
    told = json.loads(measured.stdout)
    if name == "queries":
        assert {one["asked"] > 0 for one in told["questions"].values()} == {True}
        assert {one["kind"] for one in told["questions"].values()} == {"rows", "counts"}
