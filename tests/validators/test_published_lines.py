"""What is published of documents: what the graph answers, whatever the facts, however they came to be what they are."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select

from rasoat.progress import unseen
from rasoat.store.database import open_database
from rasoat.store.derived import document_row
from rasoat.store.publications import publishing, reading
from rasoat.store.published_schema import outlines, published_inputs, timelines
from rasoat.store.published_timelines import PublishedRows
from rasoat.store.schema import documents
from tests.validators.validity.generated_facts import KEYS, PATHS, START, GeneratedFacts, generated_facts
from validators.published_lines import publish_lines
from validators.validity.answers import GraphAnswers, PublishedAnswers

pytestmark = pytest.mark.slow  # takes seconds of the processor

DRAWN = (Phase.explicit, Phase.reuse, Phase.generate)  # a seed that fails tells all by itself: none smaller is simpler


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "rasoat.db"
    open_database(f"sqlite:///{path}").dispose()
    return path


def opened(empty: Path) -> Engine:
    path = Path(tempfile.mkdtemp(dir=empty.parent)) / "rasoat.db"
    return open_database(f"sqlite:///{shutil.copy(empty, path)}")


def publish(store: Engine, facts: GeneratedFacts) -> set[str]:
    with store.begin() as connection:
        connection.execute(delete(documents))
        if facts.papers:
            connection.execute(insert(documents), [document_row(one) for one in facts.papers])
    with publishing(store, lambda: datetime(2026, 6, 10, tzinfo=UTC)) as writer, store.connect() as connection:
        return publish_lines(writer, connection, facts.graph(), unseen)


def rows(store: Engine) -> Iterator[list[tuple[object, ...]]]:
    """Everything that stands, born and died apart."""
    with reading(store) as (connection, standing):
        for table in (timelines, outlines, published_inputs):
            kept = [column for column in table.columns if column.name not in ("born", "died")]
            found = connection.execute(select(*kept).where(standing.sees(table)))
            yield sorted((tuple(row) for row in found), key=repr)


def changed(facts: GeneratedFacts, other: GeneratedFacts, dice: random.Random) -> GeneratedFacts:
    """Some facts gone, some of others come; now and then a document that nobody knows any more."""

    def mixed(ours: list, theirs: list, most: float) -> list:
        return [one for one in ours if dice.random() < most] + [one for one in theirs if dice.random() < 1 - most]

    others = {one.key: one for one in other.papers}
    known = [others[one.key] if dice.random() < 0.1 else one for one in facts.papers]
    papers = [one for one in known if dice.random() < 0.95]
    return GeneratedFacts(
        papers,
        mixed(facts.claims, other.claims, 0.8),
        mixed(facts.clauses, other.clauses, 0.85),
        mixed(facts.editions, other.editions, 0.9),
    )


@settings(max_examples=15, phases=DRAWN)
@given(st.integers(0, 2**32))
def test_after_any_changes_the_rows_are_those_of_a_store_that_published_once(empty: Path, seed: int) -> None:
    dice = random.Random(seed)
    facts, store = generated_facts(dice), opened(empty)
    publish(store, facts)
    for _ in range(3):
        facts = changed(facts, generated_facts(dice), dice)
        publish(store, facts)
    anew = opened(empty)
    publish(anew, facts)
    assert list(rows(store)) == list(rows(anew))
    assert publish(store, facts) == set()
    store.dispose()
    anew.dispose()


@settings(max_examples=10, phases=DRAWN)
@given(st.integers(0, 2**32))
def test_what_is_read_back_is_what_the_graph_answers(empty: Path, seed: int) -> None:
    dice = random.Random(seed)
    facts, store = generated_facts(dice), opened(empty)
    publish(store, facts)
    expected = GraphAnswers(facts.graph())
    with reading(store) as (connection, standing):
        published = PublishedAnswers(PublishedRows(connection, standing))
        for key in KEYS:
            number = key.partition("|")[2]
            assert published.find(number) == expected.find(number) == (key,)
            assert published.headings(key) == expected.headings(key)
            for path in (None, *dice.sample(PATHS[1:], 4)):
                line = published.line(key, path)
                assert line == expected.line(key, path), (key, path)
                days = {date.min, *(START + timedelta(days=dice.randrange(7000)) for _ in range(3))}
                for day in days | {answer.day - timedelta(days=1) for answer in line[1:]} | {answer.day for answer in line}:
                    assert published.answer(key, path, day) == expected.answer(key, path, day), (key, path, day)
    store.dispose()


def test_a_new_ending_computes_again_only_what_it_reaches(empty: Path) -> None:
    facts, store = generated_facts(random.Random(7)), opened(empty)
    facts.clauses, facts.claims, facts.editions = [], [], []
    publish(store, facts)
    more = next(one for seed in range(99) for one in generated_facts(random.Random(seed)).clauses if one.target and one.anchor is None)
    facts.clauses = [more]
    assert len(publish(store, facts)) == 1
    store.dispose()


def test_whichever_database_it_is_asked_of(engine: Engine) -> None:
    facts = generated_facts(random.Random(11))
    publish(engine, facts)
    expected = GraphAnswers(facts.graph())
    with reading(engine) as (connection, standing):
        rows_read = PublishedRows(connection, standing)
        published = PublishedAnswers(rows_read)
        for key in KEYS:
            assert published.find(key.partition("|")[2]) == (key,)
            for path in (None, "dieu-1/khoan-2", "dieu-3", "phu-luc-II", "dieu-77"):
                assert published.answer(key, path, START) == expected.answer(key, path, START)
                assert published.line(key, path) == expected.line(key, path)
        assert (rows_read.procedure("1.000001", START), rows_read.codes()) == (None, [])
        assert published.find("1/\ud800") == published.find("1/\0") == ()
