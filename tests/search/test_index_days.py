"""An index follows publications and days: wherever it comes from, it holds what one built there from nothing holds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import remove
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cli.demo_command import DEMO_DAY
from extractors.imports.import_options import ImportOptions
from pipeline.index_step import entry_digests, index
from pipeline.steps import import_given, publish_day
from rasoat.progress import unseen
from rasoat.run_report import Indexed, RunReport
from rasoat.settings import Settings
from rasoat.store.publications import reading
from rasoat.store.published_schema import timelines
from rasoat.store.schema import indexed
from rasoat.workspace import Workspace
from search.engines import Engine, open_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.fetch_clauses import Everything
from search.gathering import DayEntries
from search.index_contract import Fetch
from search.stored_rows import row_of, traits_of
from tests.queries import conftest as asked

pytestmark = pytest.mark.slow  # takes seconds of the processor

read_home = asked.read_home
DAYS = st.dates(date(2015, 1, 1), date(2031, 1, 1))


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.slow)])
def work(request: pytest.FixtureRequest, read_home: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The home of the sample publisher, and an index of one of the engines."""
    home = tmp_path / "home"
    shutil.copytree(read_home, home)
    settled = Settings(home=home, search_engine=request.param)
    if request.param == "elasticsearch":
        settled = settled.model_copy(update={"elasticsearch_url": request.getfixturevalue("elasticsearch_url")})
    opened = Workspace(settled)
    yield opened
    opened.engine.dispose()
    engine = open_engine(settled)
    if isinstance(engine, ElasticsearchEngine):
        remove(engine)
    engine.close()


def indexed_on(work: Workspace, day: date, **how: bool) -> Indexed:
    """The index brought to a day: it tells of that day, and holds every entry of the day as it is, and no other."""
    told = index(work.engine, work.settings, day, None, unseen, **how)
    engine = open_engine(work.settings)
    with reading(work.engine) as (connection, _):
        due = {one.id: row_of(one) for one in DayEntries(connection, engine.open().as_of or day).everything(unseen)}
        digests = dict(entry_digests(connection, engine.open().as_of or day, unseen))
        remembered = {row.id: row.digest for row in connection.execute(select(indexed))}
    rows = {traits_of(stored).id: stored for _, stored in engine.open().fetch(Fetch(Everything(), 0, 10_000)).rows}
    texts = texts_of(engine, list(rows))
    assert {key: (stored, texts.get(key, "")) for key, stored in rows.items()} == {
        key: (row["stored"], row["text"]) for key, row in due.items()
    }
    assert remembered == digests
    assert told.as_of == (engine.open().as_of or day).isoformat()
    engine.close()
    return told


def texts_of(engine: Engine, ids: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at in range(0, len(ids), 500):
        found.update(engine.open().texts(ids[at : at + 500]))
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(DAYS, min_size=1, max_size=3))
def test_an_index_brought_from_day_to_day_is_the_one_built_on_the_last(work: Workspace, days: list[date]) -> None:
    for day in days:
        indexed_on(work, day)


def test_the_days_on_which_something_turns_and_those_between(work: Workspace) -> None:
    with reading(work.engine) as (connection, publication):
        turns = set(connection.scalars(select(timelines.c.from_day).where(publication.sees(timelines)))) - {date.min}
    last = max(turns)
    assert indexed_on(work, last - timedelta(days=1), rebuild=True).changed > 0
    assert indexed_on(work, last).changed > 0
    again = indexed_on(work, last + timedelta(days=4000))
    assert (indexed_on(work, last + timedelta(days=4001)).changed, again.mended) == (0, "")


def test_a_publication_and_a_day_at_once(work: Workspace, tmp_path: Path) -> None:
    indexed_on(work, DEMO_DAY)
    line = {"code": "1.000894", "name": "Thủ tục kết hôn khác", "legal_basis": "Điều 1 Luật Hộ tịch số 60/2014/QH13"}
    file = tmp_path / "mot.jsonl"
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    later = DEMO_DAY + timedelta(days=9)
    import_given(work, RunReport("test"), [file], later, ImportOptions())
    told = indexed_on(work, later)
    assert 0 < told.changed < 40
    assert not told.mended
    assert indexed_on(work, later).changed == 0


def test_a_run_about_a_past_day_takes_no_index_back(work: Workspace) -> None:
    publish_day(work, RunReport("test"), DEMO_DAY)
    report = RunReport("test")
    publish_day(work, report, DEMO_DAY - timedelta(days=900))
    assert report.indexed
    assert report.indexed.as_of == DEMO_DAY.isoformat()
    assert indexed_on(work, DEMO_DAY - timedelta(days=900)).changed > 0, "asked for by itself it does"


def test_an_index_that_tells_of_another_day_than_is_remembered_is_compared_as_a_whole(work: Workspace) -> None:
    indexed_on(work, DEMO_DAY)
    engine = open_engine(work.settings)
    engine.update([], as_of=DEMO_DAY - timedelta(days=900))
    engine.close()
    indexed_on(work, DEMO_DAY + timedelta(days=1))
