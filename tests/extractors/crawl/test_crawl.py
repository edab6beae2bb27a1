"""The real Scrapy against a publisher on loopback: what is kept, what is asked again, what is left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractors.crawl import crawl
from extractors.crawl.job import Job, is_loopback
from extractors.sources.registry import SOURCES
from rasoat.archive import Archive
from rasoat.run_report import Received
from rasoat.settings import Settings
from rasoat.store.capture_store import CaptureStore
from rasoat.store.database import open_database
from rasoat.trouble import Trouble

Crawl = Callable[[], Received]


def kept(settings: Settings) -> dict[str, bytes]:
    """Request → bytes of everything the store can point at."""
    store, archive = CaptureStore(open_database(settings.database)), Archive(settings.archive)
    return {row.request: archive.read(row.stored) for row in store.uncut(reader=-1)}


def adds_up(report: Received) -> bool:
    """Whether every question is accounted for."""
    return report.asked == report.changed + report.unchanged + report.missing + sum(report.failed.values())


def test_everything_listed_is_asked_and_kept_exactly(crawled: Crawl, settings: Settings, publisher: SimpleNamespace) -> None:
    report = crawled()
    assert (report.asked, report.changed, report.missing, report.down) == (6, 5, 1, None)
    assert adds_up(report)
    answers = kept(settings)
    assert set(answers) == {"list/200/", *(f"detail/id-{n}" for n in range(5))}
    assert answers["detail/id-2"] == publisher.answer("/", {"id": "id-2"})[1]
    assert publisher.agents == {settings.agent}
    assert publisher.asked["/robots.txt"] == 1


def test_a_second_crawl_asks_again_and_only_what_changed_is_new(crawled: Crawl, publisher: SimpleNamespace) -> None:
    crawled()
    publisher.items[1]["name"] = "Thủ tục đổi tên"
    report = crawled()
    assert (report.changed, report.unchanged, report.missing) == (2, 3, 1)  # the list and one detail


@pytest.mark.parametrize("fault", ["503", "429", "waf", "cut", "drop"])
def test_what_is_no_answer_is_asked_again(fault: str, crawled: Crawl, settings: Settings, publisher: SimpleNamespace) -> None:
    publisher.faults = {"id-1": [fault], "list/200/": [fault]}
    report = crawled()
    assert (report.changed, report.missing, dict(report.failed), report.down) == (5, 1, {}, None)
    assert publisher.asked["id-1"] == 2
    assert kept(settings)["detail/id-1"] == publisher.answer("/", {"id": "id-1"})[1]


@pytest.mark.slow
def test_a_page_that_cannot_be_had_is_asked_in_smaller_steps(crawled: Crawl, publisher: SimpleNamespace) -> None:
    publisher.faults = {"list/200/": ["waf"] * 50}
    report = crawled()
    assert (report.changed, report.missing, report.down) == (5, 1, None)
    assert publisher.asked["list/100/"] == 1


def test_a_redirect_to_another_host_is_refused(crawled: Crawl, publisher: SimpleNamespace) -> None:
    publisher.faults = {"id-3": ["away"]}
    report = crawled()
    assert sum(report.failed.values()) == 1
    assert adds_up(report)


def test_robots_may_forbid_a_path(crawled: Crawl, publisher: SimpleNamespace) -> None:
    publisher.robots = (200, b"User-agent: rasoat\nDisallow: /api/v1/configuring/\n")
    report = crawled()
    assert publisher.asked["id-0"] == 0
    assert (report.changed, sum(report.failed.values())) == (1, 5)


@pytest.mark.parametrize("status", [500, 503])
def test_a_broken_robots_forbids_everything(status: int, crawled: Crawl, publisher: SimpleNamespace) -> None:
    publisher.robots = (status, b"")
    report = crawled()
    assert report.down
    assert set(publisher.asked) == {"/robots.txt"}


def test_no_robots_allows_everything(crawled: Crawl, publisher: SimpleNamespace) -> None:
    publisher.robots = (404, b"")
    assert crawled().changed == 5


def test_a_source_that_lists_nothing_is_down(crawled: Crawl, publisher: SimpleNamespace) -> None:
    publisher.items = []
    assert crawled().down


def test_a_host_that_does_not_answer_is_down(settings: Settings) -> None:
    report = crawl(SOURCES["dichvucong"], "http://127.0.0.1:9", settings, date(2026, 6, 10), lambda what, done, total: None)
    assert report.down


def test_a_real_host_needs_a_contact(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="RASOAT_CONTACT"):
        crawl(SOURCES["vbpl"], "https://example.invalid", Settings(home=tmp_path), date(2026, 6, 10), lambda what, done, total: None)


@pytest.mark.slow
def test_a_killed_crawl_goes_on_where_it_stopped(crawled: Crawl, settings: Settings, publisher: SimpleNamespace) -> None:
    publisher.items = [{"id": f"id-{n:04}", "code": f"1.{n:06}", "name": f"Thủ tục {n}"} for n in range(1500)]
    job = Job("dichvucong", publisher.address, date(2026, 6, 10), settings.model_dump_json())
    with subprocess.Popen([sys.executable, "-m", "extractors.crawl"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        assert child.stdin
        child.stdin.write(job.as_json() + b"\n")
        child.stdin.close()
        while sum(publisher.asked.values()) < 700:
            time.sleep(0.01)
        os.kill(child.pid, signal.SIGKILL)
    before = sum(publisher.asked.values())
    done = set(kept(settings))
    report = crawled()
    assert report.down is None
    assert adds_up(report)
    assert report.asked == 1508
    assert len(done) >= 200
    assert sum(publisher.asked.values()) - before <= 1508 - len(done) + 2
    assert len(kept(settings)) == 1508


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:80", True),
        ("http://[::1]/", True),
        ("http://localhost", True),
        ("https://10.0.0.1", False),
        ("https://127.0.0.1.example.invalid", False),
    ],
)
def test_what_is_on_this_machine(address: str, here: bool) -> None:
    assert is_loopback(address) is here
