"""What somebody sends who means no good: paths, headers, sizes, depths, slowness. Each is refused in one line or page."""

from __future__ import annotations

import hashlib
import os
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from queries.original_answers import LARGEST
from tests.web.conftest import ADDRESS, app_of, served
from web.guards import LARGEST_BODY, LONGEST_QUERY

pytestmark = pytest.mark.slow
SHA = "0" * 64


@pytest.mark.parametrize(
    "address",
    [
        "/goc/../../../../etc/passwd",
        "/goc/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/goc//etc/passwd",
        f"/goc/{SHA}/../../rasoat.db",
        f"/goc/{SHA}",
        f"/goc/{SHA.upper()}A",
        f"/goc/{SHA}%00",
        "/goc/rasoat.db",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/frame.css",
        "/vb/123-2015-nd-cp/../../../etc/passwd",
        "/vb/123-2015-nd-cp/dieu-1%00",
        "/vb/%00",
        "/tt/%00",
        "/tt/%ed%a0%80",
    ],
)
def test_no_address_is_a_path(client: TestClient, address: str) -> None:
    found = client.get(address)
    assert found.status_code in (400, 404, 422), address
    assert "root:" not in found.text


def test_bytes_that_no_procedure_or_document_was_read_from_are_not_given_out(client: TestClient, web_home: Path) -> None:
    known = hashlib.sha256((web_home / "rasoat.db").read_bytes()).hexdigest()
    assert client.get(f"/goc/{known}").status_code == 404


def test_an_archived_page_is_text_and_nothing_of_it_runs(client: TestClient) -> None:
    page = client.get("/vb/123-2015-nd-cp/goc").text
    sha256 = page.partition('href="/goc/')[2][:64]
    found = client.get(f"/goc/{sha256}")
    assert found.status_code == 200
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in found.headers["content-security-policy"]
    kept = client.get(f"/goc/{sha256}", params={"tai": "1"})
    assert hashlib.sha256(kept.content).hexdigest() == sha256
    assert kept.headers["content-type"] == "application/octet-stream"
    assert kept.headers["content-disposition"].startswith("attachment;")
    assert len(kept.content) <= LARGEST


@pytest.mark.parametrize("typed", ["1.001193\r\nSet-Cookie: a=b", "42/2022/NĐ-CP\r\n\r\n<script>"])
def test_no_header_comes_out_of_what_was_typed(client: TestClient, typed: str) -> None:
    for address in ("/tim", "/en/tim"):
        found = client.get(address, params={"q": typed})
        assert "set-cookie" not in found.headers
        assert "\n" not in found.headers.get("location", "")
    assert "set-cookie" not in client.get("/tt/1.001193%0d%0aSet-Cookie:%20a=b").headers


def test_the_host_that_a_request_names_is_believed_nowhere(client: TestClient) -> None:
    page = client.get("/tt/1.001193/phieu", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}).text
    assert "evil.example" not in page
    assert f"{ADDRESS}/tt/1.001193" in page


def test_who_asks_is_not_believed_to_be_somebody_else(web_home: Path) -> None:
    with TestClient(app_of(web_home, web_rate=3)) as opened:
        codes = [opened.get("/", headers={"X-Forwarded-For": f"10.0.0.{one}"}).status_code for one in range(5)]
        last = opened.get("/")
    assert codes == [200, 200, 200, 429, 429]
    assert int(last.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"q": "x" * 401}, 400),
        ({"q": "a", "trang": "1001"}, 422),
        ({"q": "a", "trang": "-1"}, 422),
        ({"q": "a", "trang": "1e9"}, 422),
        ({"q": "x" * LONGEST_QUERY}, 414),
        ({"q": "a", "nguyen-van": "maybe"}, 422),
    ],
)
def test_a_question_has_a_size_and_a_depth(client: TestClient, query: dict[str, str], status: int) -> None:
    assert client.get("/tim", params=query).status_code == status


@pytest.mark.parametrize(
    "typed", ["(" * 300, '"' * 399, "NOT " * 90, "*:*", "a~2^9", "\\" * 200, "%_" * 100, "\u202e\u0000\ufffd", "1.0" * 100]
)
def test_no_question_is_a_command_of_the_engine(client: TestClient, typed: str) -> None:
    assert client.get("/tim", params={"q": typed}).status_code in (200, 303)
    assert client.get("/goi-y", params={"q": typed}).status_code == 200


def test_a_body_has_a_size_declared_or_not(client: TestClient) -> None:
    assert client.post("/tim", content=b"x" * (LARGEST_BODY + 1)).status_code == 413
    assert client.post("/tim", content=b"x", headers={"Content-Length": "many"}).status_code in (400, 413)
    assert client.post("/tim", content=b"x").status_code == 405


def test_nothing_can_be_changed_by_asking(client: TestClient, web_home: Path) -> None:
    before = hashlib.sha256((web_home / "rasoat.db").read_bytes()).hexdigest()
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/tt/1.001193").status_code == 405
    assert hashlib.sha256((web_home / "rasoat.db").read_bytes()).hexdigest() == before


def test_whoever_is_slow_is_not_waited_for(web_home: Path) -> None:
    """A head that never ends, a body that never comes: the connection is closed, and others are answered meanwhile."""
    with served(web_home, web_timeout=1) as address:
        place = urlsplit(address)
        begun = time.monotonic()
        slow = [socket.create_connection((str(place.hostname), place.port or 80), timeout=20) for _ in range(3)]
        slow[0].sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        slow[1].sendall(b"POST /tim HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab")
        ends = [one.recv(65536) for one in slow]
        took = time.monotonic() - begun
        for one in slow:
            one.close()
    assert ends[0] == ends[2] == b""
    assert ends[1].split()[1:2] in ([b"405"], [b"503"], [])
    assert took < 15


def test_a_log_line_holds_no_person_and_no_word_typed(web_home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    typed = f"cau hoi rieng {os.getpid()}"
    with TestClient(app_of(web_home)) as opened:
        opened.get("/tim", params={"q": typed}, headers={"User-Agent": "somebody"})
        opened.get("/tt/ten-nguoi-nao-do")
    told = "".join(capfd.readouterr())
    assert "web.answered" in told
    assert typed not in told
    assert "somebody" not in told
    assert "ten-nguoi-nao-do" not in told
