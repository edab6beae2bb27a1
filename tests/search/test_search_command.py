"""`rasoat search` as a person or a program uses it: pages, filters, orders, counts, suggestions, help, and questions it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from corpus import corpus
from typer.testing import CliRunner, Result

from cli import app
from search.engines.embedded import EmbeddedEngine


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searched")
    engine = EmbeddedEngine(folder)
    engine.build(corpus())
    engine.close()
    return folder


@pytest.fixture(autouse=True)
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HOME", str(home))
    for name in ("RASOAT_SEARCH_ENGINE", "RASOAT_ELASTICSEARCH_URL", "RASOAT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def rasoat(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(app, ["search", *words], input=given)


def found(*words: str) -> dict[str, Any]:
    done = rasoat(*words, "--json")
    assert done.exit_code == 0, done.output
    page: dict[str, Any] = json.loads(done.stdout)
    return page


def keys(page: dict[str, Any]) -> list[str]:
    return [hit["key"] for hit in page["hits"]]


def test_people_read_a_table_with_the_state_of_each(home: Path) -> None:
    done = rasoat("lam giay khai sinh cho con")
    assert done.exit_code == 0
    assert "1.001193" in done.stdout
    assert "kết quả" in done.stdout


def test_pages_go_on_where_the_last_ended() -> None:
    whole = keys(found("thủ tục", "--limit", "100"))
    assert len(whole) > 6
    assert [key for page in range(1, len(whole)) for key in keys(found("thủ tục", "--limit", "2", "--page", str(page)))] == whole


@pytest.mark.parametrize(("order", "backwards"), [("title", False), ("key", False), ("newest", True), ("oldest", False)])
def test_orders(order: str, backwards: bool) -> None:
    page = found("", "--sort", order, "--limit", "30", "--target", "document")
    shown = [{"title": hit["title"].lower(), "key": hit["key"].lower()}.get(order) or hit["issued_on"] or "" for hit in page["hits"]]
    if order in ("newest", "oldest"):
        shown = [day for day in shown if day]
        assert shown == sorted(shown, reverse=backwards)
    assert len(page["hits"]) == page["total"] > 1


def test_filters_narrow_and_counts_tell_how_far() -> None:
    page = found("khai sinh", "--facets")
    kinds = {one["value"]: one["count"] for one in page["facets"]["kind"]}
    assert sum(kinds.values()) == page["total"]
    assert found("khai sinh", "--only", "kind=procedure")["total"] == kinds["procedure"]


def test_suggestions_while_typing() -> None:
    names = json.loads(rasoat("đăng ký kha", "--suggest", "--json").stdout)["suggestions"]
    assert names
    assert any("khai sinh" in name.lower() for name in names)


def test_a_slip_is_searched_as_it_was_meant_and_said() -> None:
    done = rasoat("đăng ký khia sinh")
    assert "Đã tìm theo: đăng ký khai sinh" in done.stdout
    assert "1.001193" in done.stdout


def test_nothing_found_says_what_to_try() -> None:
    done = rasoat("khai sinh", "--only", "province=Không có tỉnh này")
    assert done.exit_code == 0
    assert "Bỏ bộ lọc" in done.stdout


def test_lines_of_questions_are_answered_in_order() -> None:
    done = rasoat("--jsonl", given='{"id": "a", "query": "khai sinh"}\n{"id": "b", "query": "1.001193"}\n')
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in answers] == ["a", "b"]
    assert answers[1]["results"][0] == "1.001193"


def test_a_question_given_is_answered_in_one_line() -> None:
    done = rasoat("khai sinh", "--jsonl")
    answered = json.loads(done.stdout)
    assert answered["results"][0] == "1.001193"
    assert answered["certain"] is True


def test_what_nothing_answers_is_told_so() -> None:
    done = rasoat("trời mưa bão to khai vị ngon", "--jsonl")
    answered = json.loads(done.stdout)
    assert answered["certain"] is False
    assert not answered["results"] or answered["said"][-1] == "Không thấy thủ tục khớp chắc chắn; gần nhất là:"


@pytest.mark.parametrize(
    "words",
    [
        ("x", "--sort", "best"),
        ("x", "--only", "colour=red"),
        ("x", "--only", "kind"),
        ("x", "--page", "5000"),
        (),
        ("x", "--engine", "solr"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(words: tuple[str, ...]) -> None:
    done = rasoat(*words)
    assert done.exit_code in (2, 3)
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.startswith("Lỗi")
