"""The shape of `status --jsonl`, and the picture of a life."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from cli.main import app
from queries.document_status import document_status, timeline
from rasoat.records import Verb
from rasoat.trouble import Trouble
from tests.odd_texts import KINDS
from validators.validity import GraphAnswers, ValidityGraph, timeline_svg


def answer(graph: ValidityGraph, question: dict[str, Any]) -> dict[str, Any]:
    return document_status(partial(GraphAnswers, graph), question).line.as_json()


@pytest.fixture
def graph(law):
    old, new = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2023/NĐ-CP", "2023-05-10", "2023-07-01")
    law.effect(Verb.REPLACES, new, old, quote="Nghị định này thay thế <Nghị định số 10/2016/NĐ-CP> & phụ lục.")
    law.doc("56/2010/QH12", "2010-11-15", "2011-07-01", type="Luật", id="56/2010/QH12@luat")
    law.doc("56/2010/QH12", "2010-11-24", "2011-07-01", type="Nghị quyết", id="56/2010/QH12@nghi-quyet")
    return law.graph()


def test_shape(graph):
    said = answer(graph, {"id": "a", "number": "10/2016/nđ-cp", "as_of": "2024-01-01"})
    assert said["id"] == "a"
    assert (said["status"], said["reason"], said["ended_by"], said["successors"]) == (
        "expired",
        "ended",
        ["20/2023/NĐ-CP"],
        ["20/2023/NĐ-CP"],
    )
    assert said["intervals"] == [{"from": "2016-07-01", "to": "2023-07-01", "basis": "stated by gateway on 2026-03-01"}]
    assert {"document", "provision", "quote", "tier"} <= said["evidence"][0].keys()


def test_namesakes(graph):
    assert answer(graph, {"number": "56/2010/QH12", "as_of": "2012-01-01"})["candidates"] == [
        "56/2010/QH12@luat",
        "56/2010/QH12@nghi-quyet",
    ]
    assert answer(graph, {"number": "56/2010/QH12@nghi-quyet", "as_of": "2012-01-01"})["status"] == "in_force"
    assert answer(graph, {"number": "56/2010/QH12", "type": "Luật", "as_of": "2012-01-01"})["status"] == "in_force"
    assert answer(graph, {"number": "56/2010/QH12", "type": "Bộ luật", "as_of": "2012-01-01"})["status"] == "in_force"
    assert answer(graph, {"number": "10/2016/NĐ-CP", "type": "Thông tư", "as_of": "2017-01-01"})["status"] == "unknown_document"
    assert answer(graph, {"number": "1/2010/QH12", "as_of": "2012-01-01"})["status"] == "unknown_document"


@pytest.mark.parametrize(
    "question",
    [{}, {"number": " ", "as_of": "2024-01-01"}, {"number": "1/2020/NĐ-CP"}, {"number": "1/2020/NĐ-CP", "as_of": "2024-13-01"}, {"number": 5, "as_of": "2024-01-01"},
     {"number": "1/2020/NĐ-CP", "as_of": "2024-01-01", "provision": "Điều 5"}],
)  # fmt: skip
def test_questions_that_cannot_be_read(graph, question):
    with pytest.raises(Trouble):
        answer(graph, question)


def test_timeline_is_well_formed_and_labelled(graph):
    svg = timeline_svg(GraphAnswers(graph), graph.find("10/2016/NĐ-CP")[0], date(2020, 1, 1))
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == "Hiệu lực của Nghị định 10/2016/NĐ-CP theo thời gian"
    assert "Còn hiệu lực từ 01/07/2016 đến hết 30/06/2023" in root.find(f"{space}desc").text
    words = "".join(root.itertext())
    assert "Hết hiệu lực" in words
    assert "<Nghị định số" in words
    assert "ngày xét 01/01/2020" in words
    assert "Chưa có hiệu lực đến hết 30/06/2016" in words  # the picture's edges are no dates of the law
    assert "Hết hiệu lực từ 01/07/2023." in words


def test_the_timeline_of_a_provision_is_its_own(law):
    old, new = law.doc("123/2015/NĐ-CP", "2015-11-15", "2016-01-01"), law.doc("87/2020/NĐ-CP", "2020-07-28", "2020-09-15")
    law.effect(Verb.REPEALS, new, old, part="dieu-12/khoan-1")
    graph = law.graph()
    key = graph.find("123/2015/NĐ-CP")[0]
    for part, ended in (("dieu-12/khoan-1", True), ("dieu-12/khoan-2", False)):
        words = "".join(ElementTree.fromstring(timeline_svg(GraphAnswers(graph), key, date(2021, 1, 1), part)).itertext())
        assert "Điều 12 Nghị định 123/2015/NĐ-CP" in words
        assert ("Hết hiệu lực từ 15/09/2020" in words) is ended


@pytest.mark.parametrize("day", [date(1950, 1, 1), date(2020, 1, 1), date(2200, 1, 1)])
def test_the_label_of_the_day_stays_inside_the_picture(graph, day):
    root = ElementTree.fromstring(timeline_svg(GraphAnswers(graph), graph.find("10/2016/NĐ-CP")[0], day))
    label = next(one for one in root.iter("{http://www.w3.org/2000/svg}text") if (one.text or "").startswith("ngày xét"))
    at, half = float(label.get("x")), 80
    left, right = {"start": (at, at + 2 * half), "middle": (at - half, at + half), "end": (at - 2 * half, at)}[label.get("text-anchor")]
    assert 0 <= left < right <= 760
    years = [int(one.text) for one in root.iter("{http://www.w3.org/2000/svg}text") if (one.text or "").isdigit()]
    assert 1 <= len(years) <= 11


def test_a_doubtful_end_says_why(law):
    old, new = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-26", observed=False)
    law.effect(Verb.ENTERS_INTO_FORCE, new, new, on="2026-01-26")
    law.effect(Verb.REPLACES, new, old)
    law.claim(new, entry="2026-04-16")
    law.edition("2026-02-23", [old])
    said = answer(law.graph(), {"number": "15/2018/NĐ-CP", "as_of": "2026-03-01"})
    assert (said["status"], said["confidence"]) == ("expired", "low")
    assert {one["kind"] for one in said["doubts"]} == {"shown_after_end", "entry_disputed"}
    assert answer(law.graph(), {"number": "15/2018/NĐ-CP", "as_of": "2020-01-01"})["doubts"] == []


def test_a_clause_tells_the_provision_it_acts_on(law):
    held = law.doc("123/2015/NĐ-CP", "2015-11-15", "2016-01-01", status="Còn hiệu lực")
    law.effect(Verb.REPEALS, law.doc("87/2020/NĐ-CP", "2020-07-28", "2020-09-15"), held, part="dieu-12/khoan-1")
    said = answer(law.graph(), {"number": "123/2015/NĐ-CP", "as_of": "2026-06-10"})
    assert [one["part"] for one in said["evidence"]] == ["dieu-12/khoan-1"]


def test_a_picture_that_cannot_be_written_is_one_line(asked_home: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["status", "60/2014/QH13", "--as-of", "22/11/2026", "--svg", str(tmp_path / "khong-co" / "a.svg")])
    assert done.exit_code == 2
    assert "khong-co" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_picture_opens_whatever_stands_in_it(law):
    text = "".join(KINDS)
    held = law.doc("123/2015/NĐ-CP", "2015-11-15", "2016-01-01", id=f"123/2015/NĐ-CP{text}", type=f"Nghị định{text}")
    law.effect(Verb.REPEALS, law.doc("87/2020/NĐ-CP", "2020-07-28", "2020-09-15", id=text), held, quote=text)
    drawn = timeline(partial(GraphAnswers, law.graph()), {"number": "123/2015/NĐ-CP"}, date(2026, 6, 10), None)
    assert "script" not in {part.tag.rpartition("}")[2] for part in ElementTree.fromstring(drawn.encode()).iter()}
