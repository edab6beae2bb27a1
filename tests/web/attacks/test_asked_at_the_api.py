"""Questions made to break something: too long, too deep, of another type, with line ends, with half characters."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import ADDRESS

EVIL = "http://evil.test/"
ADDRESSES = (
    "/api/v1/procedures/{}",
    "/api/v1/documents/{}",
    "/api/v1/documents/{}/cited-by",
    "/api/v1/documents/{}/timeline",
    "/api/v1/documents/{}/provisions/dieu-1",
    "/api/v1/documents/60-2014-qh13/provisions/{}",
    "/api/v1/units/{}/postings",
    "/api/v1/search?q={}",
    "/api/v1/status?number={}",
    "/api/v1/procedures?after={}",
    "/api/v1/documents?type={}",
    "/api/v1/documents?after={}",
    "/api/v1/documents/60-2014-qh13/cited-by?after={}",
    "/api/v1/legal-bases?after={}",
    "/api/v1/findings?procedure={}",
    "/api/v1/findings?document={}",
    "/api/v1/coverage?unit={}",
    "/tt/{}.jsonld",
    "/vb/{}.jsonld",
    "/atom/vb/{}",
    "/atom/don-vi/{}",
    "/tai-ve/{}",
    "/sitemap/tt-{}.xml",
)
GIVEN = {
    "nul": "%00",
    "half a character": "%ED%A0%80",
    "no utf-8": "%FF%FE",
    "line ends": "%0d%0aSet-Cookie:%20a=b",
    "quotes of sql": "'%20OR%201=1--",
    "wildcards": "%25_%25",
    "a path": "..%2f..%2f..%2fetc%2fpasswd",
    "backslashes": "..%5c..%5cwin.ini",
    "a script": "%3Cscript%3Ealert(1)%3C/script%3E",
    "a template": "%7B%7B7*7%7D%7D",
    "marks of direction": "%E2%80%AE%E2%81%A6",
    "many": "a" * 1_500,
    "digits": "9" * 380,
    "parts": "-".join("9" * 150),
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_whatever_is_asked_is_answered_or_refused(client: TestClient, address: str) -> None:
    for kind, given in GIVEN.items():
        told = client.get(address.format(given))
        assert told.status_code in (200, 300, 400, 404, 414, 422), (kind, told.status_code)
        assert "set-cookie" not in told.headers, kind
        assert "<script>alert" not in told.text or told.headers["content-type"] == "application/json", kind
        assert "Traceback" not in told.text, kind
        assert "sqlalchemy" not in told.text.lower(), kind


@pytest.mark.parametrize(
    ("address", "statuses"),
    [
        ("/api/v1/search?q=" + "a" * 401, (422,)),
        ("/api/v1/search?q=" + "a" * 20_000, (414,)),
        ("/api/v1/procedures/" + "1" * 5_000, (414,)),
        ("/api/v1/search?q=a&page=100&limit=100", (200,)),
        ("/api/v1/search?q=a&page=101", (422,)),
        ("/api/v1/findings?page=1000000000", (422,)),
        ("/api/v1/unjudged?limit=1e9", (422,)),
        ("/api/v1/ended?days=100000", (422,)),
        ("/api/v1/expiring?as_of=9999-12-31&days=366", (200,)),
        ("/api/v1/ended?as_of=0001-01-01&days=366", (200,)),
        ("/api/v1/procedures?as_of=0001-01-01", (200,)),
        ("/api/v1/procedures?as_of[]=2026-01-01&limit[]=1", (200,)),
        ("/api/v1/procedures?limit=1&limit=100000", (422,)),
        ("/api/v1/search?q[$ne]=1", (422,)),
        ("/api/v2/procedures", (404,)),
    ],
)
def test_sizes_and_depths_are_bounded_and_any_day_is_one(client: TestClient, address: str, statuses: tuple[int, ...]) -> None:
    assert client.get(address).status_code in statuses


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    for address in ("/api/v1/procedures", "/api/v1/procedures/1.000894", "/tai-ve", "/atom/moi-het-hieu-luc"):
        told = client.request(method, address, content=b"{}")
        assert told.status_code == 405
        assert "GET" in told.headers["allow"]


def test_a_large_body_is_refused(client: TestClient) -> None:
    assert client.request("GET", "/api/v1/procedures", content=b"x" * 2_000_000).status_code == 413


def test_no_address_of_ours_is_made_of_what_a_request_says(client: TestClient) -> None:
    said = {"Host": "evil.test", "X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "gopher", "Forwarded": "host=evil.test"}
    for address in (
        "/api/v1/procedures?limit=1",
        "/sitemap.xml",
        "/robots.txt",
        "/atom/moi-het-hieu-luc",
        "/vb/60-2014-qh13.jsonld",
        "/ns",
    ):
        told = client.get(address, headers=said)
        assert told.status_code == 200
        assert "evil.test" not in told.text
        assert ADDRESS in told.text


def test_the_next_page_keeps_what_was_asked_and_nothing_else(client: TestClient) -> None:
    told = client.get(f"/api/v1/procedures?limit=1&callback={EVIL}%0d%0a").json()["next"]
    assert told.startswith(f"{ADDRESS}/api/v1/procedures?")
    assert "\n" not in told
    assert client.get(told).status_code == 200


def test_a_form_that_nobody_knows_is_no_form(client: TestClient) -> None:
    for address in ("/tt/1.000894.xml", "/tt/1.000894.jsonld.exe", "/tai-ve/can-cu.xml", "/atom/moi-het-hieu-luc.rss", "/sitemap/tt-1.txt"):
        assert client.get(address).status_code in (404, 422)
