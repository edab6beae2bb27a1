"""Every command that stores facts publishes what they changed; asking writes nothing, and what the gate refused is told with each answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import and_, delete, func, select, update
from typer.testing import CliRunner

from cli.demo_command import DEMO_DAY
from cli.main import app
from pipeline.clock import now
from pipeline.publication import publish
from pipeline.steps import check_and_publish, check_day
from queries.answers_known import answers_known
from queries.document_status import document_status, timeline
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.store.publications import Refusal, reading, refuse
from rasoat.store.published_schema import cited_by, metadata, publications, published_tables
from rasoat.store.published_timelines import PublishedRows
from rasoat.store.row_comparison import digest_of
from rasoat.store.schema import clauses, documents, places
from rasoat.workspace import Workspace
from tests.queries import conftest as asked
from validators.knowledge import load_graph
from validators.validity.answers import GraphAnswers, PublishedAnswers

pytestmark = pytest.mark.slow  # takes seconds of the processor

read_home = asked.read_home


@pytest.fixture
def work(read_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    home = tmp_path / "home"
    shutil.copytree(read_home, home)
    monkeypatch.setenv("RASOAT_HOME", str(home))
    opened = Workspace(Settings(home=home))
    yield opened
    opened.engine.dispose()


def test_every_document_is_answered_as_the_facts_in_memory_answer(work: Workspace) -> None:
    with work.engine.connect() as connection:
        graph = load_graph(connection, work.settings.life_months)
        keys = list(connection.scalars(select(documents.c.key)))
    expected = GraphAnswers(graph)
    with reading(work.engine) as (connection, publication):
        published = PublishedAnswers(PublishedRows(connection, publication))
        for key in keys:
            named = {one.target_provision for one in graph.register.effects.on(key, None)}
            for path in [*sorted(path for path in named if path and path != "?"), None, "dieu-1", "dieu-2/khoan-1", "dieu-99"]:
                assert published.line(key, path) == expected.line(key, path), (key, path)
                assert published.answer(key, path, DEMO_DAY) == expected.answer(key, path, DEMO_DAY), (key, path)


def test_nothing_read_nothing_written(work: Workspace) -> None:
    before, report = number(work), RunReport("test")
    publish(work, report)
    assert report.published is not None
    assert (report.published.documents, report.published.came, report.published.went) == (0, 0, 0)
    assert number(work) == before


def test_what_is_drawn_is_what_is_answered(work: Workspace) -> None:
    with answers_known(work) as (_, answers):
        drawn = timeline(answers, {"number": "15/2015/TT-BTP"}, DEMO_DAY, None)
        assert "Hết hiệu lực từ 16/07/2020" in drawn
        for day, status in ((date(2020, 7, 15), "in_force"), (date(2020, 7, 16), "expired")):
            assert document_status(answers, {"number": "15/2015/TT-BTP"}, day).line.status == status


def number(work: Workspace) -> int:
    with reading(work.engine) as (_, publication):
        return publication.number


def test_a_refused_change_is_told_with_each_answer_until_something_is_published(work: Workspace) -> None:
    refuse(work.engine, now, Refusal(DEMO_DAY, ("procedures.many_gone",)))
    for words in (["status", "60/2014/QH13"], ["show", "1.000894"]):
        done = CliRunner().invoke(app, [*words, "--as-of", "22/11/2026", "--json"])
        assert done.exit_code == 0, done.output
        assert "chưa công bố vì cổng chất lượng chặn: procedures.many_gone" in json.loads(done.stdout)["held_back"]
        said = CliRunner().invoke(app, [*words, "--as-of", "22/11/2026"]).stdout
        assert "procedures.many_gone" in said
    publish(work, RunReport("test"))  # nothing differs any more from what stands
    done = CliRunner().invoke(app, ["status", "60/2014/QH13", "--json"])
    assert "held_back" not in json.loads(done.stdout)


def test_lists_tell_what_is_held_back(work: Workspace) -> None:
    refuse(work.engine, now, Refusal(DEMO_DAY, ("procedures.many_gone",)))
    for words in (["findings", "--jsonl"], ["findings", "--unjudged"], ["coverage", "--unit", "lai-chau"], ["doctor"]):
        done = CliRunner().invoke(app, words)
        assert "chưa công bố vì cổng chất lượng chặn: procedures.many_gone" in " ".join((done.stderr + done.stdout).split()), words


def test_what_the_gate_refused_comes_out_by_no_other_door(work: Workspace, tmp_path: Path) -> None:
    """A command without a gate of its own asks the gate again while a refusal stands; an operator's reason is kept with what it published."""
    before = number(work)
    with work.engine.begin() as connection:  # a clause whose quote is not what its text says
        key, table = ("piece", "article", "position"), clauses.c
        told = connection.execute(select(clauses).limit(1)).mappings().one()
        one, data = and_(*(table[name] == told[name] for name in key)), told["data"]
        connection.execute(update(clauses).where(one).values(data={**data, "quote": data["quote"] + "."}))
    refuse(work.engine, now, Refusal(DEMO_DAY, ("clauses.quote",)))
    file = tmp_path / "mot.jsonl"
    line = {"code": "9.000001", "name": "Thủ tục thử", "legal_basis": "Điều 1 Luật Hộ tịch số 60/2014/QH13"}
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    for words in (["import", str(file), "--observed-on", "21/11/2026"], ["extract"], ["check", "--as-of", "22/11/2026"]):
        done = CliRunner().invoke(app, words)
        assert (done.exit_code, number(work)) == (3, before), (words, done.output)
    assert CliRunner().invoke(app, ["show", "9.000001", "--as-of", "22/11/2026"]).exit_code == 2

    assert CliRunner().invoke(app, ["check", "--publish-because", " "]).exit_code == 2
    done = CliRunner().invoke(app, ["check", "--as-of", "22/11/2026", "--publish-because", "đã đối chiếu bản giấy"])
    assert (done.exit_code, number(work)) == (0, before + 1), done.output
    shown = CliRunner().invoke(app, ["show", "9.000001", "--as-of", "22/11/2026", "--json"])
    assert "held_back" not in json.loads(shown.stdout)
    assert "người vận hành công bố vì: đã đối chiếu bản giấy" in " ".join(CliRunner().invoke(app, ["doctor"]).stdout.split())


def test_what_was_checked_stands_without_being_written_again(work: Workspace) -> None:
    """The check and the gate are tasks of their own: the second takes what the first wrote, unless it was refused or more was read."""
    _forget_publications(work)
    checking, standing = RunReport("test"), RunReport("test")
    check_day(work, checking, DEMO_DAY)
    assert checking.published
    assert checking.published.came
    assert number(work) == 0
    held = _published_rows(work)
    check_and_publish(work, standing, DEMO_DAY)
    assert standing.published
    assert (standing.published.number, standing.published.came) == (1, 0)
    after = _published_rows(work)
    assert held["timelines"]
    assert [name for name in held if held[name] != after[name]] == []
    assert number(work) == 1
    assert checking.checked
    assert standing.checked == replace(checking.checked, ran=False)


def test_what_was_refused_or_read_on_is_written_again(work: Workspace, tmp_path: Path) -> None:
    _forget_publications(work)
    check_day(work, RunReport("test"), DEMO_DAY)
    refuse(work.engine, now, Refusal(DEMO_DAY, ("procedures.many_gone",)))
    again = RunReport("test")
    check_day(work, again, DEMO_DAY)
    assert again.published
    assert again.published.came
    with work.engine.begin() as connection:
        connection.execute(delete(publications))
        connection.execute(delete(places).where(places.c.piece == select(func.min(places.c.piece)).scalar_subquery()))
    more = RunReport("test")
    check_and_publish(work, more, DEMO_DAY)
    assert more.published
    assert more.published.came
    held = _published_rows(work)
    _forget_publications(work)
    publish(work, RunReport("test"))
    assert _published_rows(work) == held


def _forget_publications(work: Workspace) -> None:
    with work.engine.begin() as connection:
        for table in (publications, *published_tables()):
            connection.execute(delete(table))


def _published_rows(work: Workspace) -> dict[str, list[str]]:
    """All rows, those of a publication that does not stand among them."""
    with work.engine.connect() as connection:
        return {table.name: sorted(repr(row) for row in connection.execute(select(table))) for table in published_tables()}


def test_a_store_of_which_nothing_was_published_says_so(work: Workspace) -> None:
    with work.engine.begin() as connection:
        connection.execute(delete(publications))
    done = CliRunner().invoke(app, ["status", "60/2014/QH13"])
    assert done.exit_code == 2
    assert "chưa công bố lần nào" in done.stderr


def test_an_import_publishes_what_it_brought(work: Workspace, tmp_path: Path) -> None:
    line = {"code": "9.000001", "name": "Thủ tục thử", "legal_basis": "Điều 1 Luật Hộ tịch số 60/2014/QH13"}
    file = tmp_path / "mot.jsonl"
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    before = number(work)
    done = CliRunner().invoke(app, ["import", str(file), "--observed-on", "21/11/2026", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout[done.stdout.index("{") :])["published"]  # a library that has set up its own log may write before it
    assert (told["number"], told["procedures"]) == (before + 1, 1)
    shown = CliRunner().invoke(app, ["show", "9.000001", "--as-of", "22/11/2026", "--json"])
    assert shown.exit_code == 0, shown.output
    assert [(one["document"], one["provision"], one["status"]) for one in json.loads(shown.stdout)["legal_basis"]] == [
        ("60/2014/QH13", "dieu-1", "in_force")
    ]
    with reading(work.engine) as (connection, publication):
        citing = select(cited_by.c.procedure).where(cited_by.c.key == "luat|60/2014/QH13", cited_by.c.provision == "dieu-1")
        assert "9.000001" in connection.scalars(citing.where(publication.sees(cited_by))).all()


def test_asking_writes_nothing(work: Workspace) -> None:
    def state() -> list[object]:
        with work.engine.connect() as connection:
            return [digest_of(connection, table) for table in metadata.sorted_tables]

    before = state()
    for words in (["status", "60/2014/QH13"], ["show", "1.000894"], ["status", "60/2014/QH13", "--known-at", "22/11/2026"]):
        assert CliRunner().invoke(app, [*words, "--as-of", "22/11/2026"]).exit_code == 0
    assert state() == before
