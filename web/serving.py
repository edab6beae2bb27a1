"""The server under the application: uvicorn, one process or several, with bounds on slow clients."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
from typing import Any

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from rasoat.logs import set_up
from rasoat.settings import Settings
from web.app import LISTENS_AT, application
from web.measured import SHARED_FOLDER

IDLE = 15  # seconds that a connection without a request is kept
AT_ONCE = 512  # connections of one process; more are told to come back
LARGEST_HEAD = 16_384  # bytes


class PatientProtocol(H11Protocol):
    """Closes a connection whose request has not been told to the end of its head in time: uvicorn would wait for ever."""

    seconds = 30.0
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The clock runs from the first moment on."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """A whole head stops the clock; the beginning of another one starts it again."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._wait()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is waited for any more."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(self.seconds, self.transport.close)

    def _stop(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def options(settings: Settings) -> dict[str, Any]:
    """How uvicorn is to serve."""
    return {
        "log_level": "error",
        "access_log": False,
        "server_header": False,
        "proxy_headers": bool(settings.web_proxies),
        "forwarded_allow_ips": settings.web_proxies or None,
        "timeout_keep_alive": IDLE,
        "limit_concurrency": AT_ONCE,
        "timeout_graceful_shutdown": int(settings.web_timeout) or 1,
        "h11_max_incomplete_event_size": LARGEST_HEAD,
        "http": type("PatientProtocol", (PatientProtocol,), {"seconds": settings.web_timeout}),
        "ws": "none",
    }


def server_of(app: FastAPI, settings: Settings) -> uvicorn.Server:
    """A server in this process."""
    return uvicorn.Server(uvicorn.Config(app, **options(settings)))


def run(settings: Settings, listening: socket.socket, address: str, workers: int) -> None:
    """Serve on a socket that is bound already, until the process is stopped."""
    set_up(settings.log_level)
    if workers == 1:
        server_of(application(settings, address), settings).run(sockets=[listening])
        return
    from uvicorn.supervisors import Multiprocess

    os.environ[LISTENS_AT] = address
    several = options(settings) | {"http": PatientProtocol}  # a class made here does not cross into another process
    config = uvicorn.Config("web.app:from_environment", factory=True, workers=workers, **several)
    with tempfile.TemporaryDirectory() as shared:  # where each process writes what it counted
        os.environ[SHARED_FOLDER] = shared
        Multiprocess(config, sockets=[listening]).run()
