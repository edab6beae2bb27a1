"""The site map: an index and its parts, of everything that has a page, and robots.txt that leads there."""

from __future__ import annotations

import pytest
from lxml import etree
from starlette.testclient import TestClient

from tests.web.conftest import ADDRESS
from web.data_out import site_map

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client: TestClient, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return [one.text or "" for one in etree.fromstring(answer.content).iter(f"{SPACE}loc")]


@pytest.mark.parametrize("part", [50_000, 3])
def test_every_procedure_and_document_is_told_once(client: TestClient, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    monkeypatch.setattr(site_map, "PART", part)
    parts = [locations(client, one.removeprefix(ADDRESS)) for one in locations(client, "/sitemap.xml")]
    assert all(len(one) <= part for one in parts[1:])
    told = [one for some in parts for one in some]
    assert len(set(told)) == len(told)
    assert {f"{ADDRESS}/", f"{ADDRESS}/tt/1.000894", f"{ADDRESS}/vb/15-2015-tt-btp"} <= set(told)


@pytest.mark.parametrize("address", ["/sitemap/tt-2.xml", "/sitemap/vb-999.xml", "/sitemap/khac-1.xml"])
def test_a_part_that_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_robots_are_led_to_the_map(client: TestClient) -> None:
    told = client.get("/robots.txt").text.splitlines()
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in told
    assert "Disallow: /api/" in told
