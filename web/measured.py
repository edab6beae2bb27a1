"""How many requests of which kind of page, and how long they took: for Prometheus. No address of a person, no word that anybody typed.

One process counts in memory. Where several serve, each writes down what it counted in a folder that all of them read
(`PROMETHEUS_MULTIPROC_DIR`, which `web.serving` sets before any of them begins), so that whichever answers tells of all.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds


class RequestNumbers:
    """The numbers of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        told = "How long requests took, by the page as its address is declared and how they went"
        self._seconds = Histogram("rasoat_web_request_seconds", told, ["page", "status"], buckets=_BUCKETS, registry=self._registry)

    def count(self, page: str, status: int, seconds: float) -> None:
        """One request more."""
        self._seconds.labels(page or "none", f"{status // 100}xx").observe(seconds)

    def render(self) -> bytes:
        """All that was counted, in Prometheus' own words."""
        registry = self._registry
        if SHARED_FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


class Measured:
    """Counts each request under the page that answered it."""

    def __init__(self, app: ASGIApp, numbers: RequestNumbers, clock: Callable[[], float] = time.perf_counter) -> None:
        self._app, self._numbers, self._clock = app, numbers, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = self._clock(), 500
        scope.setdefault("state", {})

        async def sent(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            self._numbers.count(scope["state"].get("page", ""), status, self._clock() - begun)
