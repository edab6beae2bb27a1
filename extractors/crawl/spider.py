"""One spider for every source: asks what the source says to ask, keeps what is an answer, asks again what is none.

Politeness and honesty live here: robots.txt first, declared host only, back-off with Retry-After, a firewall's page or a cut
body is no answer, and a publisher that fails again and again is left alone. Scrapy drops what a callback raises without a word:
every callback here is fenced, and each question ends as kept, missing or failed with its reason.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urljoin

import orjson
import scrapy
import structlog
from scrapy.exceptions import CloseSpider, DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Response

from extractors.crawl.job import is_loopback
from extractors.crawl.patience import LONGEST_WAIT, LONGEST_WAITS, asked_to_wait, pause, too_long
from extractors.crawl.redirects import moved_to, same_host
from extractors.crawl.robots import Rules, ask_robots
from extractors.crawl.sheltered import Sheltered, named
from extractors.crawl.sink import Sink
from extractors.crawl.tally import Tally
from extractors.sources.source import WHOLE, Answer, Refused, Request, Source, Stuck, Window
from rasoat.faults import say_fault
from rasoat.words import crawl_words as words

_log = structlog.get_logger("rasoat.crawl")
_ATTEMPTS = 8
_ATTEMPTS_SLOW = 3  # each may have cost its whole time
_ATTEMPTS_FEW = 2  # of an answer to another question, as a cache may err once; of a page after all that a list states has come
_ENOUGH = 20  # requests in a row that failed for good: the source is down
_REDIRECTS = 5
_TELL_EVERY = 0.2  # seconds
_FINAL = (400, 401, 403, 404, 405, 410, 451)  # asking again changes nothing; a firewall's 403 included
_SMALL, _LARGE = 60.0, 600.0  # seconds that an answer may take as a whole, an edition's file longer


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
        tally: Tally,
        tell: Callable[[dict[str, object]], None],
        window: Window = WHOLE,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._source, self._calls, self._window = source, Sheltered(source), window
        self._base, self._day, self._agent, self._sink, self._tally, self._tell = base, observed_on, agent, sink, tally, tell
        self._here = is_loopback(base)
        self._rules = Rules()
        self._planned: set[str] = set()
        self._open: set[str] = set()  # asked, and neither kept nor failed yet
        self._items, self._failing, self._resting = False, 0, 0
        self._answered_details = 0
        self._waited, self._waits_until = 0.0, 0.0  # seconds of all that the publisher asked us to wait, and until when by our clock
        self._told = 0.0
        self._over = asyncio.Event()

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """robots.txt, then the source's first questions."""
        try:
            robots = urljoin(self._base, "/robots.txt")
            self._rules = await ask_robots(self._base, robots, self._download, self._rest, lambda attempt: pause(attempt, here=self._here))
            if self._rules.down:
                self._down(self._rules.down)
                return
            if not self._here:
                for slot in self.crawler.engine.downloader.slots.values():  # one: the host that robots.txt was asked of
                    slot.delay = max(slot.delay, self._rules.delay)
            for one in self._plan(self._sorted(self._calls.requests(self._day, self._window))):
                yield one
        except CloseSpider as closing:
            self._down(closing.reason)
        except Exception as error:
            self._down(say_fault(error))

    async def _download(self, url: str) -> Response:
        request = scrapy.Request(url, headers={"User-Agent": self._agent}, meta={"download_timeout": 30.0, "download_maxsize": 4 << 20})
        return await self.crawler.engine.download_async(request)

    def _plan(self, requests: Iterable[Request]) -> list[scrapy.Request]:
        """Requests not planned before; what this crawl already has is followed at once and not asked."""
        waiting, out = list(requests), []
        while waiting:
            one = waiting.pop(0)
            if one.key in self._planned or (one.optional and not self._window.holds(one.key)):
                continue
            self._planned.add(one.key)
            kept = self._kept(one)
            self._answered_details += kept is not None and one.optional
            if kept is None and not self._rules.allows(self._url(one)):
                self._fail(one, words.ROBOTS_FORBID)
            elif kept is None:
                self._open.add(one.key)
                out.append(self._asked(one))
            elif self._calls.refusal(kept) is None:
                if one.optional or self._window.share == 1:  # a list that every share follows is counted by the first
                    self._sink.count(missing=False, changed=False)
                waiting.extend(self._followed(kept))
            else:  # only an answer that named a gap is kept though it is a refusal
                self._sink.count(missing=True, changed=False)
        return out

    def _kept(self, one: Request) -> Answer | None:
        try:
            return self._sink.kept(one)
        except Exception as error:
            self._stop(words.NOT_WRITTEN.format(what=named(error)))
            raise

    def _url(self, one: Request) -> str:
        """The request's address under the base; a base may be the whole address of the one file a source has."""
        return self._base if self._base.endswith(one.path) else self._base + one.path

    def _asked(self, one: Request, attempt: int = 0) -> scrapy.Request:
        headers = {"User-Agent": self._agent, **self._source.headers}
        body = b""
        if one.body is not None:
            headers["Content-Type"], body = "application/json", orjson.dumps(one.body)
        meta = {
            "one": one,
            "attempt": attempt,
            "download_timeout": _LARGE if one.path.endswith(".zip") else _SMALL,
            "download_maxsize": self._source.extent.size,
        }
        return scrapy.Request(self._url(one), self.answered, one.method, headers, body, errback=self.broken, meta=meta, dont_filter=True)

    async def answered(self, response: Response) -> AsyncIterator[scrapy.Request]:
        """An answer came: keep it, follow it, ask again or give up."""
        request = response.request
        assert request is not None  # Scrapy sets it on every answer that reaches a spider
        try:
            async for again in self._answered(request, response):
                yield again
        except CloseSpider:
            raise
        except Exception as error:
            self._fail(request.meta["one"], say_fault(error))

    async def _answered(self, request: scrapy.Request, response: Response) -> AsyncIterator[scrapy.Request]:
        moved = moved_to(response)
        if moved is not None:
            for again in self._redirected(request, moved):
                yield again
            return
        one: Request = request.meta["one"]
        answer = Answer(one, response.status, _media_type(response), response.body)
        missing = one.optional and self._calls.missing(answer)
        refusal = None if missing else self._calls.refusal(answer)
        other = None if missing or refusal else self._calls.another(answer)
        if refusal is None and other is None:
            self._keep(answer, response, missing=missing)
            for following in [] if missing else self._plan(self._followed(answer)):
                yield following
            return
        final = response.status in _FINAL or (other is not None and request.meta["attempt"] + 1 >= _ATTEMPTS_FEW)
        async for again in self._trouble(request, refusal or str(other), final, asked_to_wait(response, datetime.now(UTC))):
            yield again

    async def broken(self, failure: Any) -> AsyncIterator[scrapy.Request]:
        """No answer came, or half of one."""
        try:
            request, error = failure.request, failure.value
            slow = isinstance(error, DownloadTimeoutError) and request.meta["attempt"] + 1 >= _ATTEMPTS_SLOW
            async for again in self._trouble(request, named(error), slow or isinstance(error, DownloadCancelledError)):
                yield again
        except CloseSpider:
            raise
        except Exception as error:
            self._fail(failure.request.meta["one"], say_fault(error))

    def _keep(self, answer: Answer, response: Response, *, missing: bool) -> None:
        headers = {name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()}
        try:
            self._sink.keep(answer, response.url, headers, missing=missing)
        except Exception as error:
            self._stop(words.NOT_WRITTEN.format(what=named(error)))
        self._open.discard(answer.request.key)
        self._answered_details += answer.request.optional
        self._failing = 0
        self._say(answer.request.key)

    def _followed(self, answer: Answer) -> list[Request]:
        """What an answer leads to. Where its list cannot be followed the crawl says so, and what the page names is asked all the same."""
        if not self._items and not answer.request.optional:
            self._items = self._calls.holds_items(answer)
        page = self._calls.listing(answer)
        stuck = page.reason if isinstance(page, Stuck) else self._tally.add(page) if page else None
        steps = self._calls.follow(answer)
        pages = [step for step in steps if isinstance(step, Request) and not step.optional]
        if not stuck and any(step.key in self._planned for step in pages):
            stuck = words.LIST_CIRCLE
        if stuck:
            self._broken_list(answer.request, stuck)
        return [step for step in self._sorted(steps, answer.request) if step.optional or not stuck]

    def _sorted(self, steps: Iterable[Request | Refused | Stuck], asked: Request | None = None) -> list[Request]:
        """The requests among the steps of a source; what is none is counted or told."""
        out: list[Request] = []
        for step in steps:
            if isinstance(step, Request):
                out.append(step)
            elif isinstance(step, Stuck) and not (asked and asked.optional):
                self._broken_list(asked, step.reason)
            elif self._window.share == 1 or (asked and asked.optional):  # every share follows the list
                self._sink.fail(step.reason)
        return out

    def _broken_list(self, asked: Request | None, reason: str) -> None:
        """A list cannot be followed to its end: another crawl of the day asks it anew."""
        self._sink.anew = True
        self._down(words.LIST_CUT.format(name=asked.key if asked else self._source.name, reason=reason))

    async def _trouble(self, request: scrapy.Request, reason: str, final: bool, wait: float = 0.0) -> AsyncIterator[scrapy.Request]:
        """Ask again after a pause, or something else instead, or count it as failed."""
        one: Request = request.meta["one"]
        attempt = request.meta["attempt"] + 1
        if wait > LONGEST_WAIT or self._waits(wait) > LONGEST_WAITS:
            self._fail(one, reason)
            self._stop(too_long(wait, datetime.now(UTC)))
        spare = not one.optional and self._tally.whole
        if not final and attempt < (_ATTEMPTS_FEW if spare else _ATTEMPTS):
            await self._rest(max(wait, pause(attempt - 1, here=self._here)), all_wait=not self._here)
            if not self._over.is_set():
                yield self._asked(one, attempt)
            return
        other = None if spare else self._calls.instead(one)
        if other is not None and other.key not in self._planned:
            self._open.discard(one.key)
            for following in self._plan([other]):
                yield following
            return
        self._fail(one, reason)
        self._failing += 1
        if self._failing >= _ENOUGH:
            self._stop(words.IN_A_ROW.format(count=_ENOUGH, reason=reason))

    def _waits(self, seconds: float) -> float:
        """Seconds that the publisher asked us to wait so far; what is waited for at once counts once."""
        now = time.monotonic()
        self._waited += max(0.0, now + seconds - max(now, self._waits_until))
        self._waits_until = max(self._waits_until, now + seconds)
        return self._waited

    def _fail(self, one: Request, reason: str) -> None:
        """Count a question that has no answer. A page of a list that has none hides all that comes after it."""
        self._open.discard(one.key)
        self._sink.fail(reason)
        _log.info("no answer", item=one.key, reason=reason)
        if not one.optional and self._items and not self._tally.whole:
            self._down(words.LIST_CUT.format(name=one.key, reason=reason))

    async def _rest(self, seconds: float, all_wait: bool = False) -> None:
        """Wait, no longer than the crawl lasts. A host in trouble, or one that asks for patience, is asked nothing else meanwhile."""
        if all_wait:
            self._resting += 1
            self.crawler.engine.pause()
        try:
            await asyncio.wait_for(self._over.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            if all_wait:
                self._resting -= 1
                if not self._resting:
                    self.crawler.engine.unpause()

    def _redirected(self, request: scrapy.Request, moved: str) -> list[scrapy.Request]:
        """The same question at another address of the same host; any other host is not asked."""
        steps = request.meta.get("moved", 0) + 1
        if not same_host(self._base, moved):
            self._fail(request.meta["one"], words.OTHER_HOST)
        elif steps > _REDIRECTS or not self._rules.allows(moved):
            self._fail(request.meta["one"], words.NO_WAY)
        else:
            return [request.replace(url=moved, meta={**request.meta, "moved": steps})]
        return []

    def _down(self, reason: str) -> None:
        """Why the crawl cannot be whole; the first reason stands."""
        self._sink.report.down = self._sink.report.down or reason

    def _stop(self, reason: str) -> None:
        self._down(reason)
        self._over.set()
        raise CloseSpider(reason)

    def _say(self, what: str) -> None:
        now = time.monotonic()
        if now - self._told >= _TELL_EVERY:
            self._told = now
            self._tell({"what": what, "done": self._sink.report.asked, "total": len(self._planned)})

    def closed(self, reason: str) -> None:
        """At the end: a source that promises items and gave none was not crawled, and every question was answered or counted."""
        promised = self._source.promises and not self._window.since  # no document was issued in some windows of dates
        if promised and not self._items:
            self._down(words.NO_ITEM.format(reason=", ".join(self._sink.report.failed) or words.NO_REASON))
        failed = self._sink.report.failed
        if self._source.promises.get("detail") and self._window == WHOLE and failed and not self._answered_details:
            self._down(words.NO_DETAIL.format(reason=", ".join(failed)))
        if self._open:
            self._down(words.UNANSWERED.format(count=len(self._open)))


def _media_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1").split(";")[0].strip().lower()
