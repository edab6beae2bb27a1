"""The crawling process: one job a line on standard input, progress and reports as JSON lines on standard output.

The reactor runs once, the jobs one after another; the end of the input ends the process.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Any

import orjson
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.utils.defer import deferred_f_from_coro_f
from scrapy.utils.reactor import install_reactor

from extractors.crawl.job import Job
from extractors.crawl.limits import scrapy_settings
from extractors.crawl.sink import Sink
from extractors.crawl.spider import SourceSpider
from extractors.sources.registry import SOURCES
from extractors.sources.source import Window
from rasoat.logs import bound, set_up
from rasoat.settings import Settings
from rasoat.store.crawls import CrawlOf, begin_crawl, end_crawl
from rasoat.store.database import open_database


def main() -> None:
    """Serve jobs until the parent closes the input."""
    logging.basicConfig(level=logging.CRITICAL)  # what goes wrong is in the report
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet.task import react

    react(deferred_f_from_coro_f(_serve))


async def _serve(_reactor: Any) -> None:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.buffer.readline):
        await _crawl(Job.of_json(line))


async def _crawl(job: Job) -> None:
    """One crawl. What was kept before a kill is found again by the next one: the store knows when the crawl began."""
    settings, source = Settings.model_validate_json(job.settings), SOURCES[job.source]
    set_up(settings.log_level)
    store, this = open_database(settings.database, settings.store_wait), CrawlOf(job.source, job.base, job.observed_on)
    sink = Sink(job.source, job.observed_on, settings, begin_crawl(store, this, datetime.now(UTC)))
    crawler = Crawler(SourceSpider, scrapy_settings(source, job.base, settings))
    asked = {"source": source, "base": job.base, "observed_on": job.observed_on, "agent": settings.agent, "sink": sink, "tell": _tell}
    with bound(run=job.run, source=job.source, window=job.window or "all"):
        await AsyncCrawlerRunner().crawl(crawler, **asked, window=Window.named(job.window or "all"))
    sink.close()
    report = sink.report
    if report.down is None and not job.window:
        end_crawl(store, this)  # a crawl by windows ends when the last of them has
    store.dispose()
    numbers = {"asked": report.asked, "changed": report.changed, "unchanged": report.unchanged, "missing": report.missing}
    _tell({"report": {**numbers, "failed": dict(report.failed), "down": report.down}})


def _tell(line: dict[str, object]) -> None:
    """Say something to the parent; one that is gone ends the crawl."""
    try:
        sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)


if __name__ == "__main__":
    main()
