"""The demo publisher on loopback: the portal, the gateway and the codified law on one port, with faults on request.

    with Publisher() as publisher:
        crawl(publisher.url)

It listens on 127.0.0.1 and nowhere else. Faults are those of real publishers: 503, 429 with Retry-After, a
firewall's HTML page with status 200, a body cut off half-way, a stall. A request that failed succeeds when repeated.
"""

from __future__ import annotations

import json
import random
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from cli.demo import codified, gateway, national
from cli.demo.demo_content import EDITIONS, LATEST_EDITION, load

_ROBOTS = b"User-agent: *\nAllow: /\nDisallow: /assets/\nDisallow: /ho-so-cong-dan/\n"
_FIREWALL = b"<html><head><title>Request Rejected</title></head><body>The requested URL was rejected.</body></html>"
_JSON = "application/json; charset=utf-8"
_PORTAL = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
_DETAIL = "/api/v1/configuring/formality/get-formality-by-citizen"
_PROVINCES = "/api/v1/configuring/province-vn/list-by-citizen"
_GATEWAY = "/api/qtdc/public/doc/"
_CODIFIED = "/phapdien/"
_ZIP = "BoPhapDienDienTu.zip"

Reply = tuple[int, bytes, str]  # HTTP status, body, media type
_NOT_FOUND: Reply = (404, b"<html><body>404</body></html>", "text/html")


class _Faults:
    """Which answers fail, and how: seeded, so a run repeats, and never twice in a row for one request."""

    kinds = ("503", "429", "firewall", "cut", "stall")

    def __init__(self, rate: float, seed: int) -> None:
        self.rate = rate
        self.chance = random.Random(seed)  # noqa: S311 - choosing faults is no secret
        self.failed: set[str] = set()
        self.lock = threading.Lock()

    def draw(self, request: str) -> str:
        with self.lock:
            if request in self.failed:
                self.failed.discard(request)
                return ""
            if self.chance.random() >= self.rate:
                return ""
            self.failed.add(request)
            return self.chance.choice(self.kinds)


def answer_post(path: str, asked: dict[str, Any] | None) -> Reply:
    """The reply to a POST; `asked` None is a body that is no JSON object."""
    if asked is None:
        return _json(400, national.refused("BAD_REQUEST", "body is not a JSON object"))
    if path in (_PORTAL, _PORTAL.replace("all-public-", "all-")):
        return _json(*national.list_page(asked))
    if path == _DETAIL:
        return _json(*national.detail(asked))
    if path == _PROVINCES:
        return _json(201, national.provinces())
    if path == _GATEWAY + "all":
        return _json(*gateway.page(asked))
    return _json(404, national.refused("NOT_FOUND", path))


def answer_get(path: str) -> Reply:
    """The reply to a GET."""
    if path == "/robots.txt":
        return 200, _ROBOTS, "text/plain"
    if path.startswith(_CODIFIED):
        return _codified(path.removeprefix(_CODIFIED).split("/"))
    if path.startswith(_GATEWAY + "provision/tree/"):
        return _json(200, gateway.tree(gateway.documents().get(path.rsplit("/", 1)[1])))
    if path.startswith(_GATEWAY):
        document = gateway.documents().get(path.removeprefix(_GATEWAY))
        if document:
            return _json(200, gateway.detail(document))
        return _json(400, gateway.refused(400, "invalid.document.entity.not.found"))
    return _NOT_FOUND


def _codified(parts: list[str]) -> Reply:
    """The zip of the latest or a named edition, or one title's page of an edition."""
    edition, rest = (parts[0], parts[1:]) if parts[0] in EDITIONS else (LATEST_EDITION, parts)
    if rest == [_ZIP]:
        return 200, codified.codified_zip(edition), "application/zip"
    for title in load().titles:
        if rest == ["demuc", f"{title.id}.html"]:
            return 200, codified.title_page(title, edition), "text/html; charset=utf-8"
    return _NOT_FOUND


def _json(status: int, body: dict[str, Any]) -> Reply:
    return status, json.dumps(body, ensure_ascii=False).encode(), _JSON


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, faults: _Faults, stall: float, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.faults = faults
        self.stall = stall

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up on a cut or stalled answer is expected here, and no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        """The demo's own requests are not worth a log."""

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self._send(answer_get(path), f"GET {path}", sound=path == "/robots.txt")

    do_HEAD = do_GET  # noqa: N815 - the name the standard library looks up

    def do_POST(self) -> None:
        path = unquote(urlsplit(self.path).path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            asked = json.loads(raw or b"{}")
        except ValueError:
            asked = None
        self._send(answer_post(path, asked if isinstance(asked, dict) else None), f"POST {path} {raw!r}")

    def _send(self, reply: Reply, request: str, sound: bool = False) -> None:
        status, body, media_type = reply
        fault = "" if sound else self.server.faults.draw(request)
        if fault == "503":
            return self._write(503, b"<html>openresty</html>", "text/html")
        if fault == "429":
            return self._write(429, b"", "text/plain", retry_after="1")
        if fault == "firewall":
            return self._write(200, _FIREWALL, "text/html")
        if fault == "stall":
            time.sleep(self.server.stall)
        if fault == "cut":
            self.close_connection = True
            return self._write(status, body, media_type, sent=len(body) // 2)
        return self._write(status, body, media_type)

    def _write(self, status: int, body: bytes, media_type: str, sent: int | None = None, retry_after: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:sent])


class Publisher:
    """The demo publisher as a context manager; `url` is "http://127.0.0.1:PORT" while it is entered.

    `faults` is the share of answers that fail (0 to 1), `seed` makes a run repeat, `stall` is a stalled answer's delay in seconds,
    `port` 0 any free one.
    """

    def __init__(self, faults: float = 0.0, seed: int = 7, stall: float = 2.0, port: int = 0) -> None:
        if not 0.0 <= faults <= 1.0:
            raise ValueError(f"tỷ lệ lỗi phải từ 0 đến 1 / the share of faults must lie between 0 and 1: {faults}")
        self._server = _Server(_Faults(faults, seed), stall, port)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
