"""What is asked of every source alike: golden records, purity, totals, a whole declaration. One added to the registry owes them too."""

from __future__ import annotations

import copy
import json
from collections import Counter
from pathlib import Path

import pytest

from extractors.imports.recognition import _PARSERS as IMPORT_KINDS
from extractors.readers import IMPORTED, Reader, reader_for
from extractors.sources.dichvucong import DichVuCong
from extractors.sources.registry import SOURCES
from extractors.sources.source import Parsed, Piece, Refused
from pipeline.piece_reading import read_piece
from tests.extractors.sources.golden_answers import HERE, answer_files, answer_of, cut, golden_of, outcome, owed, read

NAMES = [*SOURCES, IMPORTED]
ANSWERS = [pytest.param(name, file, id=f"{name}/{file.name.split('.')[0]}") for name in NAMES for file in answer_files(HERE / name)]


def pieces_of(name: str) -> list[tuple[Reader, Piece]]:
    reader = reader_for(name)
    return [(reader, piece) for file in answer_files(HERE / name) for piece in cut(reader, answer_of(file), SOURCES.get(name))]


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_owes_nothing(name: str) -> None:
    assert SOURCES[name].name == name
    assert list(owed(SOURCES[name])) == []


def test_every_folder_is_a_source_s() -> None:
    assert {path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(NAMES)


@pytest.mark.parametrize(("name", "file"), ANSWERS)
def test_an_answer_gives_its_golden_records(name: str, file: Path) -> None:
    told = golden_of(reader_for(name), answer_of(file), SOURCES.get(name))
    golden = file.with_name(file.name.replace(".answer.", ".golden."))
    if not golden.exists():
        golden.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        pytest.fail(f"{golden.name} was not there and is written now: read it, and commit it where it is right")
    assert told == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_no_golden_record_is_left_of_an_answer_that_went(name: str) -> None:
    golden = {path.name.replace(".golden.", ".answer.") for path in (HERE / name).glob("*.golden.json")}
    assert golden == {file.name for file in answer_files(HERE / name)}


@pytest.mark.parametrize("name", NAMES)
def test_reading_is_pure(name: str) -> None:
    """Equal pieces give equal records, in any order and again; neither the answer nor the piece is changed."""
    pieces = pieces_of(name)
    before = copy.deepcopy([piece for _, piece in pieces])
    first = [read(reader, piece) for reader, piece in pieces]
    backwards = [read(reader, piece) for reader, piece in reversed(pieces)]
    assert first == backwards[::-1]
    assert [piece for _, piece in pieces] == before == [piece for _, piece in pieces_of(name)]


@pytest.mark.parametrize(("name", "file"), ANSWERS)
def test_asking_on_leaves_the_answer_as_it_was(name: str, file: Path) -> None:
    answer = answer_of(file)
    before = copy.deepcopy(answer)
    assert golden_of(reader_for(name), answer, SOURCES.get(name)) == golden_of(reader_for(name), answer, SOURCES.get(name))
    assert answer == before


@pytest.mark.parametrize("name", NAMES)
def test_every_piece_ends_somewhere_and_the_sums_add_up(name: str) -> None:
    pieces = pieces_of(name)
    ended = Counter(outcome(read(reader, piece)) for reader, piece in pieces)
    assert ended["silent"] == 0
    assert ended["loaded"] + ended["quarantined"] + ended["declared_empty"] == len(pieces)
    assert ended["loaded"]
    assert ended["quarantined"], "no sample that is set aside"
    for reader, piece in pieces:
        parsed, rows = read(reader, piece), read_piece("sha256", piece)
        written = (len(rows.procedures), len(rows.observations), len(rows.articles))
        assert written == (len(parsed.procedures), len(parsed.observations), len(parsed.articles))
        told = {"quarantined": len(parsed.refused), "odd": len(parsed.odd), "declared_empty": len(parsed.declared_empty)}
        assert Counter(kind for kind, _, _ in rows.refusals) == Counter(told)


def test_every_kind_an_import_knows_has_a_sample() -> None:
    assert {piece.kind for _, piece in pieces_of(IMPORTED)} == set(IMPORT_KINDS)


class Careless(DichVuCong):
    """A publisher added without what it owes."""

    name = "careless"
    base_url = "http://dichvucong.gov.vn/api"
    rate = 5.0
    cadence = "now and then"
    licence = ""
    promises = {}  # noqa: RUF012 - a source's declaration
    headers = {"User-Agent": "Mozilla/5.0"}  # noqa: RUF012 - a source's declaration

    def windows(self, observed_on):  # type: ignore[no-untyped-def]
        return super().windows(observed_on)[:1] * 2


@pytest.mark.parametrize(
    "said",
    ["licence", "base_url", "rate 5.0", "cadence", "promises", "who we are", "windows without a name", "no share holds", "module", "test_careless",
     "no sample answer", "no sample of what is no answer"],
)  # fmt: skip
def test_a_source_added_without_it_is_told_what_it_owes(said: str) -> None:
    assert [one for one in owed(Careless()) if said in one]


@pytest.mark.parametrize("parsed", [Parsed(), Parsed(refused=[Refused("$", " ")]), Parsed(odd=[Refused("$", "lạ")])])
def test_a_piece_that_ends_nowhere_is_seen(parsed: Parsed) -> None:
    assert outcome(parsed) == "silent"
