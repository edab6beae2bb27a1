"""One odd item, and what nobody foresaw: counted by its reason, its neighbours asked all the same, never a silent end."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from extractors.crawl import child, crawl
from extractors.sources.registry import SOURCES
from rasoat.run_report import Received
from rasoat.settings import Settings
from rasoat.store.database import open_database
from tests.extractors.crawl.conftest import DAY, LIST

pytestmark = pytest.mark.slow  # takes seconds of the processor

Crawl = Callable[[], Received]


def lists(publisher: SimpleNamespace, *pages: dict[str, Any]) -> None:
    """Let the publisher give these pages, the n-th behind the cursor "n", and a detail for whatever id is asked."""

    def answer(path: str, asked: dict[str, Any]) -> tuple[int, bytes]:
        data = pages[int(asked["lastId"] or 0)] if path == LIST else {"id": asked["id"], "code": "1.000001", "name": "Thủ tục"}
        return 201, json.dumps({"code": "OK", "data": data}).encode()

    publisher.answer = answer


def rows(first: int, many: int) -> list[Any]:
    return [{"id": f"id-{n}", "code": "1.000001", "name": "Thủ tục"} for n in range(first, first + many)]


@pytest.mark.parametrize("odd", [{"code": "1.000009", "name": "x"}, "x", None, 7, {"id": 7}, {"id": {"a": 1}}, {"id": [], "code": {}}])
def test_an_odd_row_costs_itself_alone(odd: Any, crawled: Crawl, publisher: SimpleNamespace) -> None:
    lists(publisher, {"items": [*rows(0, 3), odd, *rows(3, 9)], "lastId": "", "total": 13})
    report = crawled()
    assert sum(publisher.asked[f"id-{n}"] for n in range(12)) == 12
    assert (report.asked, report.changed, sum(report.failed.values()), report.down) == (14, 13, 1, None)
    assert report.doubts
    assert "12" in report.doubts[0]


@pytest.mark.parametrize("cursor", [{"a": 1}, ["x"], "c" * 900])
def test_a_cursor_that_cannot_be_read_breaks_the_list_off_and_says_so(cursor: Any, crawled: Crawl, publisher: SimpleNamespace) -> None:
    lists(publisher, {"items": rows(0, 12), "lastId": cursor, "total": 30})
    report = crawled()
    assert report.down
    assert sum(publisher.asked[f"id-{n}"] for n in range(12)) == 12
    assert "12" in report.doubts[0]
    assert "30" in report.doubts[0]


@pytest.mark.parametrize("second", [{"lastId": "1"}, {"lastId": "0"}], ids=["stands still", "turns back"])
def test_a_cursor_that_leads_nowhere_ends_the_list_and_says_so(second: dict[str, str], crawled: Crawl, publisher: SimpleNamespace) -> None:
    first = {"items": rows(0, 6), "lastId": "1", "total": 30}
    lists(publisher, first, {"items": rows(6, 6), "total": 30, **second})
    report = crawled()
    assert report.down
    assert report.asked == report.changed + report.unchanged <= 15
    assert sum(publisher.asked[f"id-{n}"] for n in range(12)) == 12
    lists(publisher, {**first, "total": 12}, {"items": rows(6, 6), "lastId": "", "total": 12})
    again = crawled()  # the same day: the list is asked anew, not taken from what was kept of the broken one
    assert (again.down, again.doubts) == (None, [])


def test_pages_that_always_say_the_same_are_a_circle_though_the_cursor_moves(crawled: Crawl, publisher: SimpleNamespace) -> None:
    pages = [{"items": rows(0, 6), "lastId": str(n + 1), "total": 30} for n in range(50)]
    lists(publisher, *pages)
    report = crawled()
    assert report.down
    assert sum(count for name, count in publisher.asked.items() if name.startswith("list/")) <= 5


def test_a_list_that_states_more_than_can_be_is_not_followed(crawled: Crawl, publisher: SimpleNamespace) -> None:
    lists(publisher, {"items": rows(0, 6), "lastId": "1", "total": 10**12})
    report = crawled()
    assert report.down
    assert publisher.asked["list/200/1"] == 0
    assert publisher.asked["id-5"] == 1


@pytest.mark.parametrize(("many", "total", "said"), [(12, 10_000, "12 trong 10.000"), (12, 10, "12 mục"), (5, None, "không nêu tổng số")])
def test_a_total_that_does_not_agree_is_told(many: int, total: int | None, said: str, crawled: Crawl, publisher: SimpleNamespace) -> None:
    lists(publisher, {"items": rows(0, many), "lastId": "", "total": total})
    report = crawled()
    assert report.down is None
    (doubt,) = report.doubts
    assert said in doubt


def test_a_row_told_twice_is_counted_once(crawled: Crawl, publisher: SimpleNamespace) -> None:
    lists(publisher, {"items": [*rows(0, 12), *rows(0, 1)], "lastId": "", "total": 13})
    report = crawled()
    assert publisher.asked["id-0"] == 1
    assert "12 trong 13" in report.doubts[0]
    assert "1 dòng lặp lại" in report.doubts[0]


def test_details_of_another_procedure_are_not_kept(crawled: Crawl, settings: Settings, publisher: SimpleNamespace) -> None:
    lists(publisher, {"items": rows(0, 6), "lastId": "", "total": 6})
    told = publisher.answer
    publisher.answer = lambda path, asked: told(path, {**asked, "id": "id-2"} if asked.get("id") == "id-4" else asked)
    report = crawled()
    assert (report.changed, sum(report.failed.values()), report.down) == (6, 1, None)
    assert publisher.asked["id-4"] == 2
    with open_database(settings.database).connect() as connection:
        assert connection.scalar(text("select count(*) from answers where request = 'detail/id-4'")) == 0


def test_a_source_whose_every_detail_is_another_s_is_down_however_short_its_list(crawled: Crawl, publisher: SimpleNamespace) -> None:
    lists(publisher, {"items": rows(0, 6), "lastId": "", "total": 6})
    told = publisher.answer
    publisher.answer = lambda path, asked: told(path, {**asked, "id": "id-9"} if "id" in asked else asked)
    report = crawled()
    assert (report.changed, sum(report.failed.values())) == (1, 6)
    assert report.down


def test_a_detail_that_cannot_be_followed_costs_itself_alone(settings: Settings, publisher: SimpleNamespace) -> None:
    """The gateway's details lead to trees; one whose text is no object leads nowhere."""
    documents = {n: {"id": n, "docNum": f"{n}/2020/NĐ-CP", "documentContent": {"content": "x"}} for n in ("1", "2", "3")}
    documents["2"]["documentContent"] = "text"

    def answer(path: str, asked: dict[str, Any]) -> tuple[int, bytes]:
        held = list(documents.values()) if str(asked.get("issueDateFrom", "")).startswith("2020") else []
        data = {"items": held, "total": len(held)} if path.endswith("/all") else documents[path.rsplit("/", 1)[1]]
        return 200, json.dumps({"success": True, "data": data}).encode()

    publisher.answer = answer
    report = crawl(SOURCES["vbpl"], publisher.address, settings, DAY, lambda what, done, total: None)
    assert (report.down, report.changed, sum(report.failed.values())) == (None, 8, 1)


def test_half_of_a_list_gone_is_told_on_the_same_day_too(crawled: Crawl, publisher: SimpleNamespace) -> None:
    lists(publisher, {"items": rows(0, 40), "lastId": "", "total": 40})
    assert crawled().doubts == []
    lists(publisher, {"items": rows(0, 20), "lastId": "", "total": 20})
    (doubt,) = crawled().doubts
    assert "20 mục" in doubt
    assert "40" in doubt
    assert crawled().doubts == []  # against the last one


def test_a_page_of_the_list_that_never_comes_is_no_whole_crawl(crawled: Crawl, publisher: SimpleNamespace) -> None:
    lists(publisher, {"items": rows(0, 6), "lastId": "1", "total": 12})
    told = publisher.answer
    publisher.answer = lambda path, asked: (404, b"{}") if asked.get("lastId") == "1" else told(path, asked)
    report = crawled()
    assert report.down
    assert publisher.asked["id-5"] == 1
    assert "6 trong 12" in report.doubts[0]


def test_a_last_page_beyond_all_that_is_stated_may_fail(crawled: Crawl, publisher: SimpleNamespace) -> None:
    lists(publisher, {"items": rows(0, 6), "lastId": "1", "total": 6})
    told = publisher.answer
    publisher.answer = lambda path, asked: (500, b"{}") if asked.get("lastId") == "1" else told(path, asked)
    report = crawled()
    assert (report.down, report.doubts, sum(report.failed.values())) == (None, [], 1)
    assert publisher.asked["list/200/1"] == 2


def test_an_answer_that_cannot_be_written_stops_the_crawl_and_is_told(
    crawled: Crawl, settings: Settings, publisher: SimpleNamespace
) -> None:
    crawled()
    with open_database(settings.database).begin() as connection:
        connection.execute(text("create trigger full before insert on answers begin select raise(abort, 'disk full'); end"))
    publisher.items = [{**item, "name": "đổi tên"} for item in publisher.items]
    report = crawl(SOURCES["dichvucong"], publisher.address, settings, DAY.replace(day=11), lambda what, done, total: None)
    assert report.down


def test_a_store_that_cannot_be_opened_is_told_in_its_own_words(settings: Settings, publisher: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    report = crawl(SOURCES["dichvucong"], publisher.address, Settings(home=tmp_path / "file"), DAY, lambda what, done, total: None)
    assert report.down
    after = crawl(SOURCES["dichvucong"], publisher.address, settings, DAY, lambda what, done, total: None)  # the child serves on
    assert after.down is None


def test_a_crawling_process_that_is_killed_is_told(crawled: Crawl, publisher: SimpleNamespace) -> None:
    crawled()
    (process,) = [one for one in child._kept.values() if one.poll() is None]
    told = publisher.answer

    def answer(path: str, asked: dict[str, Any]) -> tuple[int, bytes]:
        if asked.get("id") == "id-3":
            os.kill(process.pid, signal.SIGKILL)
        return told(path, asked)  # type: ignore[no-any-return]

    publisher.answer = answer
    report = crawled()
    assert report.down
    assert str(-signal.SIGKILL.value) in report.down
    publisher.answer = told
    assert crawled().down is None
