"""robots.txt in any encoding, redirects into private places, and how long a publisher asks us to wait."""

from __future__ import annotations

import asyncio
import codecs
import gzip
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import Response

from extractors.crawl.patience import asked_to_wait, pause, too_long
from extractors.crawl.redirects import is_public, moved_to, same_host
from extractors.crawl.robots import ask_robots, rules_of
from rasoat.run_report import Received

HOST = "https://example.invalid"
FORBIDS = "User-agent: *\nDisallow: /\n"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def robots(body: bytes, status: int = 200, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(f"{HOST}/robots.txt", status=status, body=body, headers=named)


@pytest.mark.parametrize(
    "body",
    [
        FORBIDS.encode(),
        FORBIDS.encode("utf-8-sig"),
        codecs.BOM_UTF8 * 2 + FORBIDS.encode(),
        FORBIDS.encode("utf-16"),
        codecs.BOM_UTF16_BE + FORBIDS.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + FORBIDS.encode("utf-32-le"),
        FORBIDS.encode("utf-16-le"),  # without a mark
        FORBIDS.encode("utf-16-be"),
        FORBIDS.replace("\n", "\r").encode(),
        FORBIDS.replace("\n", "\r\n").encode(),
        b"\xa0" + FORBIDS.encode(),
        ("# c\xf3 gi\n" + FORBIDS).encode("latin-1"),
        ("\u200b" + FORBIDS).encode(),
        ("\n\n \ufeff" + FORBIDS).encode(),
        b"\0" + FORBIDS.encode(),
        "User-agent:\u00a0*\nDisallow:\u00a0/\n".encode(),
        b"USER-AGENT: RaSoat\nDISALLOW: /\n",
    ],
)
def test_rules_are_obeyed_however_they_are_written(body: bytes) -> None:
    assert not rules_of(robots(body)).allows(f"{HOST}/api")


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(FORBIDS.encode(), mtime=0), "gzip"),
        (gzip.compress(FORBIDS.encode("utf-8-sig"), mtime=0), "x-gzip"),
        (zlib.compress(FORBIDS.encode()), "deflate"),
        (FORBIDS.encode(), "gzip"),  # a header that lies
        (b"\x0b\x02\x80", "br"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
    ],
)
def test_packed_rules_are_unpacked_or_forbid_everything(packed: bytes, encoding: str) -> None:
    assert not rules_of(robots(packed, Content_Encoding=encoding)).allows(f"{HOST}/api")


def test_a_bomb_of_rules_is_bounded() -> None:
    bomb = gzip.compress(b"Disallow: /x\n" * 10_000_000)
    assert rules_of(robots(bomb, Content_Encoding="gzip")).allows(f"{HOST}/api")


@pytest.mark.parametrize("body", [b"", b"<!doctype html><html><body>app</body></html>", b"User-agent: other\nDisallow: /\n"])
def test_what_forbids_nothing_allows(body: bytes) -> None:
    assert rules_of(robots(body)).allows(f"{HOST}/api")


@pytest.mark.parametrize(
    "there",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://localhost/", "http://localhost./",
        "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/", "http://100.64.0.1/", "http://0.0.0.0/",
        "http://[fe80::1]/", "http://[fec0::1]/", "http://[fc00::1]/", "http://[::]/", "http://224.0.0.1/", "http://255.255.255.255/", "http://240.0.0.1/",
        "file:///etc/passwd", "data:text/plain,User-agent", "ftp://192.0.2.1/robots.txt", "gopher://192.0.2.1/", "javascript:0", "//", "http://",
        "http://[", "http://x:99999/", "http://name.invalid/", "http://" + "a" * 300 + "/", "s3://bucket/robots.txt",
    ],
)  # fmt: skip
def test_no_redirect_leads_into_a_private_place_or_another_scheme(there: str) -> None:
    assert not asyncio.run(is_public(there))


@pytest.mark.parametrize("there", ["http://8.8.8.8/robots.txt", "https://1.1.1.1:8443/", "http://[2606:4700::1111]/"])
def test_a_public_address_is_one(there: str) -> None:
    assert asyncio.run(is_public(there))


@pytest.mark.parametrize(
    ("answers", "public"),
    [(["93.184.216.34"], True), (["93.184.216.34", "10.0.0.7"], False), (["127.0.0.1"], False), (["fe80::1%eth0"], False), ([], False)],
)
def test_a_name_is_private_where_any_of_its_addresses_is(answers: list[str], public: bool) -> None:
    async def asked() -> bool:
        async def resolver(host: str, port: int, **kwargs: Any) -> list[Any]:
            return [(2, 1, 6, "", (address, port)) for address in answers]

        asyncio.get_running_loop().getaddrinfo = resolver  # type: ignore[method-assign]
        return await is_public("https://portal.example/robots.txt")

    assert asyncio.run(asked()) is public


@pytest.mark.parametrize(
    ("base", "there", "same"),
    [
        ("http://127.0.0.1:80", "http://127.0.0.1/x", True),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/x", True),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8081/x", False),
        ("http://127.0.0.1:8080", "http://localhost:8080/x", False),
        ("http://portal.example", "https://portal.example/x", True),
        ("https://portal.example", "http://portal.example/x", False),
        ("https://portal.example", "https://portal.example:443/x", True),
        ("https://portal.example", "https://portal.example:444/x", False),
        ("https://portal.example", "https://portal.example@127.0.0.1/x", False),
        ("https://portal.example", "https://www.portal.example/x", False),
        ("https://portal.example", "file://portal.example/x", False),
    ],
)
def test_which_addresses_are_of_the_host_that_is_crawled(base: str, there: str, same: bool) -> None:
    assert same_host(base, there) is same


@pytest.mark.parametrize(
    ("place", "there"),
    [("/b", f"{HOST}/b"), ("//x.example/b", "https://x.example/b"), ("b#c", f"{HOST}/b"), ("file:///etc", "file:///etc")],
)
def test_where_a_redirect_leads(place: str, there: str) -> None:
    assert moved_to(robots(b"", 302, Location=place)) == there
    assert moved_to(robots(b"", 200, Location=place)) is None


def asked_through(answers: dict[str, Response], base: str = HOST) -> tuple[Any, list[str], list[float]]:
    """The rules, the addresses that were asked, and the pauses."""
    asked, rested = list[str](), list[float]()

    async def download(url: str) -> Response:
        asked.append(url)
        return answers[url]

    async def rest(seconds: float) -> None:
        rested.append(seconds)

    rules = asyncio.run(ask_robots(base, f"{base}/robots.txt", download, rest, lambda attempt: 1.0))
    return rules, asked, rested


def test_a_redirect_of_the_host_itself_is_followed_and_a_private_one_is_not() -> None:
    first, second = f"{HOST}/robots.txt", f"{HOST}/rules"
    rules, asked, _ = asked_through({first: robots(b"", 301, Location="/rules"), second: robots(FORBIDS.encode())})
    assert asked == [first, second]
    assert not rules.down
    assert not rules.allows(f"{HOST}/api")
    for place in ("http://169.254.169.254/", "file:///etc/passwd", "data:,x", "http://localhost/"):
        rules, asked, _ = asked_through({first: robots(b"", 302, Location=place)})
        assert rules.down
        assert set(asked) == {first}


def test_redirects_without_end_forbid_everything() -> None:
    first = f"{HOST}/robots.txt"
    rules, asked, _ = asked_through({first: robots(b"", 302, Location="/robots.txt")})
    assert rules.down
    assert len(asked) <= 18


def test_a_host_that_asks_for_patience_before_its_rules_is_waited_for_or_left() -> None:
    first = f"{HOST}/robots.txt"
    rules, asked, rested = asked_through({first: robots(b"", 503, Retry_After="120")})
    assert rules.down
    assert (len(asked), rested) == (3, [120.0, 120.0])
    rules, asked, rested = asked_through({first: robots(b"", 429, Retry_After="86400")})
    assert "đợi đến" in rules.down
    assert (len(asked), rested) == (1, [])


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0), (" 7 ", 7.0), ("1.5", 1.5), ("0", 0.0), ("99999999999999999999999", 366 * 86400.0), ("", 0.0), ("-5", 0.0), ("soon", 0.0),
        ("1e9", 0.0), ("inf", 0.0), ("nan", 0.0), ("٣", 0.0),
        (format_datetime(NOW + timedelta(hours=2), usegmt=True), 7200.0),
        ("Sun, 29 Nov 2026 12:01:00 GMT", 60.0),
        ("Sunday, 29-Nov-26 12:01:00 GMT", 60.0),
        ("Sun Nov 29 12:01:00 2026", 60.0),
        ("Sun, 29 Nov 2026 19:01:00 +0700", 60.0),
        ("Sun, 29 Nov 2020 12:01:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 366 * 86400.0),
        ("Sun, 99 Nov 2026 12:01:00 GMT", 0.0),
    ],
)  # fmt: skip
def test_how_long_a_publisher_asks_us_to_wait(said: str, seconds: float) -> None:
    assert asked_to_wait(robots(b"", 429, Retry_After=said), NOW) == seconds


def test_of_several_wishes_the_longest_is_heard() -> None:
    several = Response(HOST, status=429, headers={"Retry-After": ["5", "60"]})
    assert asked_to_wait(several, NOW) == 60.0
    assert asked_to_wait(robots(b"", 503), NOW) == 0.0


def test_the_day_is_told_by_the_clock_of_vietnam() -> None:
    assert "29/11/2026 20:00" in too_long(3600.0, NOW)
    assert [pause(attempt, here=False) for attempt in (0, 1, 5, 100)] == [2.0, 4.0, 60.0, 60.0]


@pytest.mark.parametrize("asks", ["3600", "99999999999999999999", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_source_that_asks_for_more_patience_than_a_run_has_is_left_alone(
    asks: str, crawled: Callable[[], Received], publisher: SimpleNamespace
) -> None:
    publisher.faults = {"list/200/": [f"wait {asks}"]}
    report = crawled()
    assert report.down
    assert "đợi đến" in report.down
    assert sum(publisher.asked.values()) == 2  # robots.txt and one question


def test_a_short_wish_is_granted(crawled: Callable[[], Received], publisher: SimpleNamespace) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    publisher.faults = {"id-1": [f"wait {soon}"]}
    report = crawled()
    assert (report.down, report.changed, sum(report.failed.values())) == (None, 5, 0)


def test_a_redirect_of_the_same_host_is_followed_on_loopback(crawled: Callable[[], Received], publisher: SimpleNamespace) -> None:
    publisher.faults = {"id-1": ["moved /api/v1/configuring/formality/get-formality-by-citizen?again"]}
    assert crawled().changed == 5
    publisher.faults = {"id-2": ["moved http://[broken"], "id-3": ["moved file:///etc/passwd"]}
    report = crawled()
    assert sum(report.failed.values()) == 2
    assert report.down is None
