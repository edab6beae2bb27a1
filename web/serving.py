"""The server under the application: uvicorn, one process or several, with bounds on slow clients."""

from __future__ import annotations

import os
import socket
import tempfile

import uvicorn

from rasoat.logs import set_up
from rasoat.settings import Settings
from web.app import LISTENS_AT, application
from web.measured import SHARED_FOLDER

IDLE = 15  # seconds that a connection without a request is kept
AT_ONCE = 512  # connections of one process; more are told to come back


def run(settings: Settings, listening: socket.socket, address: str, workers: int) -> None:
    """Serve on a socket that is bound already, until the process is stopped."""
    set_up(settings.log_level)
    options = {
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "proxy_headers": bool(settings.web_proxies),
        "forwarded_allow_ips": settings.web_proxies or None,
        "timeout_keep_alive": IDLE,
        "limit_concurrency": AT_ONCE,
        "timeout_graceful_shutdown": int(settings.web_timeout),
        "h11_max_incomplete_event_size": 16_384,
        "http": "h11",
        "ws": "none",
    }
    if workers == 1:
        uvicorn.Server(uvicorn.Config(application(settings, address), **options)).run(sockets=[listening])  # type: ignore[arg-type]
        return
    from uvicorn.supervisors import Multiprocess

    os.environ[LISTENS_AT] = address
    config = uvicorn.Config("web.app:from_environment", factory=True, workers=workers, **options)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as shared:  # where each process writes what it counted
        os.environ[SHARED_FOLDER] = shared
        Multiprocess(config, sockets=[listening]).run()
