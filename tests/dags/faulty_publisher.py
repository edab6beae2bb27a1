"""A door before a publisher: shut for the first questions (503, robots.txt too), or stuck in the middle of a crawl."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PATIENCE = 120.0  # seconds


class Door:
    """Passes questions on, but for the first `shut` ones; answers none from number `stuck_at` on until it is freed."""

    def __init__(self, publisher: str, *, shut: int = 0, stuck_at: int | None = None) -> None:
        self.url, self.asked = "", 0
        self._behind = urlsplit(publisher).netloc
        self._shut, self._stuck_at, self._lock = shut, stuck_at, threading.Lock()
        self._stuck, self._freed = threading.Event(), threading.Event()

    def wait_until_stuck(self) -> None:
        """Until somebody waits for an answer in vain."""
        assert self._stuck.wait(PATIENCE), f"only {self.asked} questions came"

    def free(self) -> None:
        """Answer again."""
        self._freed.set()

    def is_shut(self) -> bool:
        """Count a question; whether it is turned away. Holds it back while the door is stuck."""
        with self._lock:
            self.asked += 1
            number = self.asked
        if self._stuck_at is not None and number >= self._stuck_at and not self._freed.is_set():
            self._stuck.set()
            self._freed.wait(PATIENCE)
        return number <= self._shut

    def passed_on(self, method: str, path: str, body: bytes, media_type: str) -> tuple[int, bytes, str]:
        """The publisher's own answer."""
        connection = http.client.HTTPConnection(self._behind, timeout=30)
        connection.request(method, path, body, {"Content-Type": media_type})
        answer = connection.getresponse()
        told = answer.status, answer.read(), answer.getheader("Content-Type") or ""
        connection.close()
        return told


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Who was killed does not hear its answer."""


@contextmanager
def opened(door: Door) -> Iterator[Door]:
    """The door on a port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if door.is_shut():
                self.reply(503, b"", "text/plain")
            else:
                self.reply(*door.passed_on(self.command, self.path, body, self.headers.get("Content-Type") or ""))

        do_POST = do_GET  # noqa: N815 - the name the standard library looks up

        def reply(self, status: int, body: bytes, media_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = _Quiet(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    door.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield door
    finally:
        door.free()
        server.shutdown()
        server.server_close()
