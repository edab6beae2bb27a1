"""A door before a publisher that stays shut for the first questions: every one is answered 503, robots.txt too."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@contextmanager
def shut_at_first(publisher: str, questions: int) -> Iterator[str]:
    """The address of the door; it opens after so many questions and then passes everything on."""
    behind = urlsplit(publisher).netloc
    left = [questions]
    lock = threading.Lock()

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with lock:
                shut, left[0] = left[0] > 0, left[0] - 1
            if shut:
                self.reply(503, b"", "text/plain")
                return
            connection = http.client.HTTPConnection(behind, timeout=30)
            connection.request(self.command, self.path, body, {"Content-Type": self.headers.get("Content-Type") or ""})
            answer = connection.getresponse()
            self.reply(answer.status, answer.read(), answer.getheader("Content-Type") or "")
            connection.close()

        do_POST = do_GET  # noqa: N815 - the name the standard library looks up

        def reply(self, status: int, body: bytes, media_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
