"""Feeds parsed back: what Atom asks for is there, ids stay, and each entry leads to its page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient

from cli.demo_command import DEMO_DAY
from tests.web.conftest import ADDRESS, app_of

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/atom/moi-het-hieu-luc", "/atom/vb/15-2015-tt-btp", "/atom/don-vi/bo-tu-phap")


def feed_of(client: TestClient, address: str) -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    return etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False))


def text(element: etree._Element, name: str) -> str:
    [found] = element.findall(ATOM + name)
    return found.text or ""


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_atom_asks_for(client: TestClient, address: str) -> None:
    feed = feed_of(client, address)
    assert feed.tag == f"{ATOM}feed"
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links["self"] == ADDRESS + address
    assert feed.findall(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    ids = [text(one, "id") for one in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("urn:uuid:") for one in ids)
    moments = [datetime.fromisoformat(text(one, "updated")) for one in (feed, *entries)]
    assert all(one.tzinfo for one in moments)
    assert moments[0] == max(moments[1:], default=moments[0])
    for one in entries:
        assert text(one, "title")
        assert text(one, "content")
        [link] = one.findall(f"{ATOM}link")
        assert link.get("href", "").startswith(f"{ADDRESS}/vb/")


def test_the_days_of_a_document_are_told_with_their_clause(client: TestClient) -> None:
    entries = feed_of(client, FEEDS[1]).findall(f"{ATOM}entry")
    ended = next(one for one in entries if "hết hiệu lực từ 16/07/2020" in text(one, "title"))
    assert "04/2020/TT-BTP" in text(ended, "content")


def test_ids_outlive_the_address_they_are_served_at(client: TestClient, web_home: Path) -> None:
    with TestClient(app_of(web_home, "https://elsewhere.test"), base_url=ADDRESS) as moved:
        there = {text(one, "id") for one in feed_of(moved, FEEDS[1]).findall(f"{ATOM}entry")}
    assert there == {text(one, "id") for one in feed_of(client, FEEDS[1]).findall(f"{ATOM}entry")}


def test_a_feed_tells_nothing_of_days_to_come(client: TestClient) -> None:
    for address in FEEDS:
        assert all(text(one, "updated")[:10] <= str(DEMO_DAY) for one in feed_of(client, address).findall(f"{ATOM}entry"))


@pytest.mark.parametrize("address", ["/atom/vb/1-1-1", "/atom/don-vi/atlantis", "/atom/khac"])
def test_a_feed_of_nothing_is_refused(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404
