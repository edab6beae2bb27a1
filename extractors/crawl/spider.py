"""One spider for every source: asks what the source says to ask, keeps what is an answer, asks again what is none.

Politeness and honesty live here: robots.txt first, declared host only, back-off with Retry-After, a firewall's page or a cut
body is no answer, and a publisher that fails again and again is left alone.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson
import scrapy
import structlog
from scrapy.exceptions import CloseSpider, DownloadCancelledError
from scrapy.http import Response

from extractors.crawl.job import is_loopback
from extractors.crawl.robots import Rules, rules_of
from extractors.crawl.sink import Sink
from extractors.sources.source import WHOLE, Answer, Request, Source, Window

_log = structlog.get_logger("rasoat.crawl")
_ATTEMPTS = 8
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 60.0  # seconds, doubled from one attempt to the next
_FIRST_HERE, _LONGEST_HERE = 0.05, 2.0  # on this machine
_LONGEST_ASKED = 600.0  # the longest Retry-After that is waited for
_ENOUGH = 20  # requests in a row that failed for good: the source is down
_REDIRECTS = 5
_ZIP_LIMIT, _LIMIT = 512 << 20, 64 << 20  # bytes
_TELL_EVERY = 0.2  # seconds
_FINAL = (400, 401, 403, 404, 405, 410, 451)  # asking again changes nothing; a firewall's 403 included


class SourceSpider(scrapy.Spider):
    """The crawl of one source."""

    name = "source"

    def __init__(
        self,
        source: Source,
        base: str,
        observed_on: date,
        agent: str,
        sink: Sink,
        tell: Callable[[dict[str, object]], None],
        window: Window = WHOLE,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._window = window
        self._source, self._base, self._day, self._agent, self._sink, self._tell = source, base, observed_on, agent, sink, tell
        self._here = is_loopback(base)
        self._rules = Rules()
        self._planned: set[str] = set()
        self._items = False
        self._failing = 0
        self._told = 0.0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """robots.txt, then the source's first questions."""
        self._rules = await self._ask_robots()
        if self._rules.down:
            self._sink.report.down = self._rules.down
            return
        delay = self._rules.delay
        if delay and not self._here:
            for slot in self.crawler.engine.downloader.slots.values():  # one: the host that robots.txt was asked of
                slot.delay = max(slot.delay, delay)
        for one in self._plan(self._source.requests(self._day, self._window)):
            yield one

    async def _ask_robots(self) -> Rules:
        url = urljoin(self._base, "/robots.txt")
        rules = Rules(down="robots.txt: không trả lời / no answer")
        for attempt in range(3):
            try:
                response = await self._download(url)
                for _ in range(_REDIRECTS):
                    moved = self._moved(response)
                    if not moved:
                        break
                    response = await self._download(moved)
                rules = rules_of(response)
                if not rules.down:
                    return rules
            except Exception as error:  # whatever the download raised, there are no rules: nothing may be asked
                rules = Rules(down=f"robots.txt: {_named(error)}")
            await asyncio.sleep(self._pause(attempt))
        return rules

    async def _download(self, url: str) -> Response:
        request = scrapy.Request(url, headers={"User-Agent": self._agent}, meta={"download_timeout": 30.0, "download_maxsize": 4 << 20})
        return await self.crawler.engine.download_async(request)

    def _plan(self, requests: Any) -> list[scrapy.Request]:
        """Requests not planned before; what this crawl already has is followed at once and not asked."""
        waiting, out = list(requests), []
        while waiting:
            one = waiting.pop(0)
            if one.key in self._planned or (one.optional and not self._window.holds(one.key)):
                continue
            self._planned.add(one.key)
            kept = self._sink.kept(one)
            if kept is None and not self._rules.allows(self._url(one)):
                self._sink.fail("robots.txt không cho phép / disallowed by robots.txt")
            elif kept is None:
                out.append(self._asked(one))
            elif self._source.refusal(kept) is None:
                if one.optional or self._window.share == 1:  # a list that every share follows is counted by the first
                    self._sink.count(missing=False, changed=False)
                waiting.extend(self._followed(kept))
            else:  # only an answer that named a gap is kept though it is a refusal
                self._sink.count(missing=True, changed=False)
        return out

    def _url(self, one: Request) -> str:
        """The request's address under the base; a base may be the whole address of the one file a source has."""
        return self._base if self._base.endswith(one.path) else self._base + one.path

    def _asked(self, one: Request, attempt: int = 0) -> scrapy.Request:
        large = one.path.endswith(".zip")
        headers = {"User-Agent": self._agent, **self._source.headers}
        body = b""
        if one.body is not None:
            headers["Content-Type"], body = "application/json", orjson.dumps(one.body)
        meta = {
            "one": one,
            "attempt": attempt,
            "download_timeout": 600.0 if large else 60.0,
            "download_maxsize": _ZIP_LIMIT if large else _LIMIT,
        }
        return scrapy.Request(self._url(one), self.answered, one.method, headers, body, errback=self.broken, meta=meta, dont_filter=True)

    async def answered(self, response: Response) -> AsyncIterator[scrapy.Request]:
        """An answer came: keep it, follow it, ask again or give up."""
        request = response.request
        assert request is not None  # Scrapy sets it on every answer that reaches a spider
        moved = self._moved(response)
        if moved is not None:
            again = self._redirected(request, moved)
            if again:
                yield again
            return
        one: Request = request.meta["one"]
        answer = Answer(one, response.status, _media_type(response), response.body)
        missing = one.optional and self._source.missing(answer)
        refusal = None if missing else self._source.refusal(answer)
        if refusal is None:
            self._keep(answer, response, missing=missing)
            for following in [] if missing else self._plan(self._followed(answer)):
                yield following
            return
        async for again in self._trouble(request, refusal, final=response.status in _FINAL, wait=_retry_after(response)):
            yield again

    async def broken(self, failure: Any) -> AsyncIterator[scrapy.Request]:
        """No answer came, or half of one."""
        final = isinstance(failure.value, DownloadCancelledError)
        async for again in self._trouble(failure.request, _named(failure.value), final=final, wait=0.0):
            yield again

    def _keep(self, answer: Answer, response: Response, *, missing: bool) -> None:
        headers = {name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()}
        try:
            self._sink.keep(answer, response.url, headers, missing=missing)
        except Exception as error:
            self._stop(f"không ghi được / cannot be written: {_named(error)}")
        self._failing = 0
        self._say(answer.request.key)

    def _followed(self, answer: Answer) -> list[Request]:
        if not self._items and not answer.request.optional:
            self._items = any(True for _ in self._source.pieces(answer))
        return list(self._source.follow(answer))

    async def _trouble(self, request: scrapy.Request, reason: str, *, final: bool, wait: float) -> AsyncIterator[scrapy.Request]:
        """Ask again after a pause, or something else instead, or count it as failed."""
        one: Request = request.meta["one"]
        attempt = request.meta["attempt"] + 1
        if not final and attempt < _ATTEMPTS:
            await self._rest(max(wait, self._pause(attempt - 1)))
            yield self._asked(one, attempt)
            return
        other = self._source.instead(one)
        if other is not None:
            for following in self._plan([other]):
                yield following
            return
        self._sink.fail(reason)
        _log.info("no answer", item=one.key, reason=reason)
        self._failing += 1
        if self._failing >= _ENOUGH:
            self._stop(f"{_ENOUGH} câu hỏi liền nhau hỏng / requests failed in a row: {reason}")

    async def _rest(self, seconds: float) -> None:
        """Wait. A real host that is in trouble is asked nothing else meanwhile."""
        if not self._here:
            self.crawler.engine.pause()
        try:
            await asyncio.sleep(seconds)
        finally:
            if not self._here:
                self.crawler.engine.unpause()

    def _pause(self, attempt: int) -> float:
        first, longest = (_FIRST_HERE, _LONGEST_HERE) if self._here else (_FIRST_PAUSE, _LONGEST_PAUSE)
        return float(min(first * 2**attempt, longest))

    def _moved(self, response: Response) -> str | None:
        place = response.headers.get("Location")
        return urljoin(response.url, place.decode("latin-1")) if place and 300 <= response.status < 400 else None

    def _redirected(self, request: scrapy.Request, moved: str) -> scrapy.Request | None:
        """The same question at another address of the same host; any other host is not asked."""
        steps = request.meta.get("moved", 0) + 1
        here, there = urlsplit(self._base), urlsplit(moved)
        if there.hostname != here.hostname or there.port != here.port or there.scheme not in (here.scheme, "https"):
            self._sink.fail("chuyển hướng sang máy chủ khác / redirected to another host")
        elif steps > _REDIRECTS or not self._rules.allows(moved):
            self._sink.fail("chuyển hướng không theo được / a redirect that cannot be followed")
        else:
            return request.replace(url=moved, meta={**request.meta, "moved": steps})
        return None

    def _stop(self, reason: str) -> None:
        self._sink.report.down = reason
        raise CloseSpider(reason)

    def _say(self, what: str) -> None:
        now = time.monotonic()
        if now - self._told >= _TELL_EVERY:
            self._told = now
            self._tell({"what": what, "done": self._sink.report.asked, "total": len(self._planned)})

    def closed(self, reason: str) -> None:
        """At the end: a source that promises items and gave none was not crawled."""
        promised = self._source.promises and not self._window.since  # no document was issued in some windows of dates
        if self._sink.report.down is None and promised and not self._items:
            failed = ", ".join(self._sink.report.failed) or "không có mục nào / no item"
            self._sink.report.down = f"nguồn không cho mục nào / the source gave nothing: {failed}"


def _media_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1").split(";")[0].strip().lower()


def _retry_after(response: Response) -> float:
    """Seconds the publisher asks us to wait; the form with a date is waited for by our own back-off."""
    asked = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    return min(float(asked), _LONGEST_ASKED) if asked.isdigit() else 0.0


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")
