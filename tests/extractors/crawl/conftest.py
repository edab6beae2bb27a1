"""A small publisher on loopback that behaves as badly as a test asks it to, and a crawl of it with the real Scrapy."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extractors.crawl import crawl
from extractors.sources.registry import SOURCES
from rasoat.run_report import Received
from rasoat.settings import Settings

DAY = date(2026, 6, 10)
JSON = "application/json"
LIST = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
WAF = b"<html><head><title>Request Rejected</title></head><body>Support ID: 1</body></html>"


class Publisher:
    """Five listed procedures, the last without a detail. `faults` are taken one by one, by path or by asked id."""

    def __init__(self) -> None:
        self.items = [{"id": f"id-{n}", "code": f"1.00000{n}", "name": f"Thủ tục số {n}"} for n in range(5)]
        self.robots: tuple[int, bytes] = (200, b"User-agent: *\nAllow: /\n")
        self.faults: dict[str, list[str]] = {}
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.address = ""

    def answer(self, path: str, asked: dict[str, object]) -> tuple[int, bytes]:
        if path == LIST:
            last, limit = str(asked["lastId"]), int(str(asked["limit"]))
            rest = [item for item in self.items if item["id"] > last]
            page = rest[:limit]
            cursor = page[-1]["id"] if len(rest) > len(page) else ""
            return 201, _json({"code": "OK", "data": {"items": page, "lastId": cursor, "total": len(self.items)}})
        item = next((item for item in self.items[:-1] if item["id"] == asked.get("id")), None)
        return (201, _json({"code": "OK", "data": item})) if item else (404, _json({"code": "NOT_FOUND", "data": None}))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    publisher: Publisher

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.publisher.agents.add(self.headers["User-Agent"])
        self.publisher.asked[self.path] += 1
        if self.path == "/robots.txt":
            return self._send(*self.publisher.robots, "text/plain")
        return self._send(*self.publisher.answer(self.path, {}), JSON)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = str(asked.get("id") or f"list/{asked.get('limit')}/{asked.get('lastId')}")
        self.publisher.asked[name] += 1
        self.publisher.agents.add(self.headers["User-Agent"])
        waiting = self.publisher.faults.get(name) or []
        status, body = self.publisher.answer(self.path, asked)
        self._faulty(waiting.pop(0), status, body) if waiting else self._send(status, body, JSON)

    def _faulty(self, fault: str, status: int, body: bytes) -> None:
        if fault == "503":
            self._send(503, b"<html>openresty</html>", "text/html")
        elif fault == "429":
            self._send(429, b"", "text/plain", {"Retry-After": "1"})
        elif fault == "waf":
            self._send(200, WAF, "text/html")
        elif fault.startswith("wait "):
            self._send(429, b"", "text/plain", {"Retry-After": fault.removeprefix("wait ")})
        elif fault.startswith("moved "):
            self._send(307, b"", "text/plain", {"Location": fault.removeprefix("moved ")})
        elif fault == "away":
            self._send(302, b"", "text/plain", {"Location": "http://localhost.localdomain:1/x"})
        elif fault == "cut":
            self._head(status, len(body), JSON)
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        elif fault == "drop":
            self.close_connection = True

    def _head(self, status: int, length: int, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(length), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self._head(status, len(body), kind, more)
        self.wfile.write(body)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A publisher that is there for one test."""
    one = Publisher()
    handler = type("Handler", (_Handler,), {"publisher": one})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    one.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield one
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """All state in a folder of the test; a contact, so that the agent's shape can be seen."""
    return Settings(home=tmp_path, contact="https://127.0.0.1/lien-he")


@pytest.fixture
def crawled(publisher: Publisher, settings: Settings) -> Callable[[], Received]:
    """Crawl the publisher once, as the command line does."""
    return lambda: crawl(SOURCES["dichvucong"], publisher.address, settings, DAY, lambda what, done, total: None)
