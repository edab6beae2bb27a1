"""What stands before every page: headers that browsers obey, and bounds on what one request may bring and take. Pure ASGI."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable

import structlog
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_TLS = "max-age=31536000"
LARGEST_BODY = 1_000_000  # bytes
LONGEST_QUERY = 8_000  # bytes of an address behind the question mark
LONGEST_PATH = 2_000
LONGEST_DOWNLOAD = 3_600  # seconds


class SafeHeaders:
    """Sets the headers that a page has not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", _TLS)
            await send(message)

        await self._app(scope, receive, sent)


class _TooLarge(Exception):
    """More bytes came than a request may bring."""


class RequestBounds:
    """Refuses an address that is too long and a body that is too large, and gives up what takes too long."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app, self._seconds = app, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if len(scope["query_string"]) > LONGEST_QUERY or len(scope["path"]) > LONGEST_PATH:
            await refusal(scope, 414, "Địa chỉ quá dài / address too long")(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > LARGEST_BODY:
            await refusal(scope, 413, "Nội dung gửi lên quá lớn / body too large")(scope, receive, send)
            return
        await self._within(scope, _counted(receive), send)

    async def _within(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            # A large file over a slow line takes its time, and holds neither a thread nor the store meanwhile.
            async with asyncio.timeout(LONGEST_DOWNLOAD if scope["path"].startswith("/tai-ve/") else self._seconds):
                await self._app(scope, receive, sent)
        except _TooLarge:
            if not begun:
                await refusal(scope, 413, "Nội dung gửi lên quá lớn / body too large")(scope, receive, send)
        except TimeoutError:
            if not begun:
                await refusal(scope, 503, "Quá thời gian chờ / took too long")(scope, receive, send)


def _counted(receive: Receive) -> Receive:
    came = 0

    async def received() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > LARGEST_BODY:
            raise _TooLarge
        return message

    return received


class RateLimits:
    """How often one address may ask in a minute: by the beginning of the path, the first that fits. Files that never change are free."""

    def __init__(self, app: ASGIApp, rates: Iterable[tuple[str, int]]) -> None:
        self._app = app
        self._rates = [(prefix, RateLimitItemPerMinute(rate, namespace=prefix)) for prefix, rate in rates]
        self._window = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._rate_of(scope["path"]) if scope["type"] == "http" else None
        if found is not None:
            asker = scope["client"][0] if scope.get("client") else "unknown"
            if not self._window.hit(found, asker):
                again = max(1, int(self._window.get_window_stats(found, asker).reset_time - time.time()) + 1)
                await refusal(scope, 429, "Hỏi quá nhiều, xin đợi / too many requests", {"Retry-After": str(again)})(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _rate_of(self, path: str) -> RateLimitItemPerMinute | None:
        if path.startswith("/static/") or path == "/healthz":
            return None
        return next((rate for prefix, rate in self._rates if path.startswith(prefix)), None)


class AccessLog:
    """One event a request: which page of ours, how it went, how long it took. No address of a person, no word that anybody typed."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.perf_counter) -> None:
        self._app, self._clock = app, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, size = self._clock(), 0, 0
        scope.setdefault("state", {})

        async def sent(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            told = scope["state"].get("page", "")
            took = round((self._clock() - begun) * 1000)
            structlog.get_logger().info("web.answered", method=scope["method"], page=told, status=status, bytes=size, ms=took)


async def note_page(request: Request) -> None:
    """Tells the log which address of ours was asked for, as it is declared: not what stands in it."""
    request.state.page = request.scope["route"].path


def refusal(scope: Scope, status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    """An answer of one line, for what is refused before any page is made; one JSON object below /api/, as every refusal there."""
    kept = {"Cache-Control": "no-store", **(headers or {})}
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": words, "code": f"http.{status}"}, status, kept)
    return PlainTextResponse(f"{words}\n", status, kept)
