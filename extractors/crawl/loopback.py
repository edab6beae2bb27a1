"""A download handler for addresses on this machine: the standard library's client in a few threads.

Scrapy's own handler costs several times as much for each small answer, and a server that writes head and body apart then
waits 40 ms for our delayed acknowledgement; here it is sent at once (TCP_QUICKACK, where the system has it).
"""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError, ResponseDataLossError
from scrapy.http import Request, Response

_QUICKACK = getattr(socket, "TCP_QUICKACK", None)
_CHUNK = 1 << 20
_CUT = 5.0  # seconds that a thread has to notice


class LoopbackHandler(BaseDownloadHandler):
    """Plain HTTP/1.1 with kept connections, one for each thread."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool = ThreadPoolExecutor(crawler.settings.getint("CONCURRENT_REQUESTS"), thread_name_prefix="loopback")
        self._own = threading.local()

    async def download_request(self, request: Request) -> Response:
        """One answer.

        Raises:
            ResponseDataLossError: the body ended before its announced length.
            DownloadCancelledError: larger than allowed.
            DownloadTimeoutError: the answer as a whole took too long, however it trickled.
            DownloadFailedError: no connection, or not HTTP.
        """
        line, seconds = _AskedThrough(), request.meta["download_timeout"]
        asking = asyncio.get_running_loop().run_in_executor(self._pool, self._ask, request, line)
        done, _ = await asyncio.wait([asking], timeout=seconds)
        if not done:
            line.cut()  # what the thread waits for never comes, and it is free for the next question
            await asyncio.wait([asking], timeout=_CUT)
            raise DownloadTimeoutError(f"no whole answer within {seconds:g} seconds")
        return asking.result()

    async def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ask(self, request: Request, line: _AskedThrough) -> Response:
        parts = urlsplit(request.url)
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        try:
            answer = self._sent(request, parts.netloc, target, line)
            body = _body(answer, request.meta["download_maxsize"])
            if answer.will_close:
                self._forget()
            headers: Any = answer.getheaders()
            return Response(request.url, status=answer.status, headers=headers, body=body, request=request)
        except http.client.IncompleteRead as error:
            self._forget()
            raise ResponseDataLossError("the body ended before its announced length") from error
        except (OSError, http.client.HTTPException) as error:
            self._forget()
            raise DownloadFailedError(f"{type(error).__name__}: {error}") from error
        except DownloadCancelledError:
            self._forget()
            raise

    def _sent(self, request: Request, netloc: str, target: str, line: _AskedThrough) -> http.client.HTTPResponse:
        """The head of the answer; a kept connection that the server has closed meanwhile is opened once more."""
        kept = getattr(self._own, "connection", None)
        headers = {name.decode("latin-1"): values[-1].decode("latin-1") for name, values in request.headers.items()}
        for connection in (kept, http.client.HTTPConnection(netloc, timeout=request.meta["download_timeout"])):
            if connection is None:
                continue
            try:
                if connection.sock is None:
                    connection.connect()
                line.is_of(connection.sock)
                connection.request(request.method, target, body=request.body or None, headers=headers)
                if _QUICKACK is not None:
                    connection.sock.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)
                self._own.connection = connection
                return connection.getresponse()
            except (ConnectionError, http.client.RemoteDisconnected):
                if connection is not kept:
                    raise
                self._forget()
        raise ConnectionError("no connection")

    def _forget(self) -> None:
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            connection.close()
            self._own.connection = None


class _AskedThrough:
    """The socket that one question is asked through, to be cut from another thread."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._is_cut = False

    def is_of(self, sock: socket.socket) -> None:
        self._socket = sock
        if self._is_cut:
            self.cut()

    def cut(self) -> None:
        self._is_cut = True
        if self._socket is not None:
            with suppress(OSError):  # closed meanwhile
                self._socket.shutdown(socket.SHUT_RDWR)


def _body(answer: http.client.HTTPResponse, limit: int) -> bytes:
    announced = answer.length
    if announced is not None and announced <= min(limit, _CHUNK):
        return answer.read()
    if announced is not None and announced > limit:
        raise DownloadCancelledError(f"{announced:,} bytes announced, {limit:,} allowed")
    body = bytearray()
    while chunk := answer.read(_CHUNK):
        body += chunk
        if len(body) > limit:
            raise DownloadCancelledError(f"more than {limit:,} bytes")
    if announced is not None and len(body) < announced:
        raise http.client.IncompleteRead(b"", announced - len(body))
    return bytes(body)
