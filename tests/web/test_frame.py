"""What every page shares: headers, languages, files that never change, the day of the data, and answers that a browser holds already."""

from __future__ import annotations

import hashlib

import pytest
from starlette.testclient import TestClient

from web.guards import HEADERS
from web.static_files import static_address, static_files

pytestmark = pytest.mark.slow  # the demo's home
HTMX = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"  # htmx 4.0.1, dist/htmx.min.js of its package


def test_the_script_is_the_one_that_was_vendored() -> None:
    assert hashlib.sha256(static_files()["htmx.min.js"].content).hexdigest() == HTMX


def test_a_static_file_is_kept_for_ever_under_the_name_of_its_content(client: TestClient) -> None:
    for name, file in static_files().items():
        found = client.get(static_address(name))
        assert found.content == file.content
        assert "immutable" in found.headers["cache-control"]
        assert client.get(f"/static/{name}").status_code == 404


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for address in ("/healthz", "/khong-co", "/en/khong-co", static_address("frame.css")):
        headers = client.get(address).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS


def test_the_watcher_is_told_that_all_answers(client: TestClient) -> None:
    told = client.get("/healthz").json()
    assert (told["database"], told["index"], told["held_back"]) == ("ok", "ok", False)
    assert set(told["sources"]) == {"phapdien", "dichvucong", "vbpl"}
    assert "version" not in str(told)


def test_what_is_not_there_is_a_page_in_the_frame(client: TestClient) -> None:
    found = client.get("/khong-co")
    assert found.status_code == 404
    assert "Không có trang này" in found.text
    assert 'href="/en/khong-co"' in found.text
    assert "There is no such page" in client.get("/en/khong-co").text
