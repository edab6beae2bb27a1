"""The crawling process: one job a line on standard input, progress and reports as JSON lines on standard output.

The reactor runs once, the jobs one after another; the end of the input ends the process, and so does the end of its parent, whose
number and thread ("main" or another) are its arguments.
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

from extractors.crawl.earlier import Past, changes
from extractors.crawl.job import Job
from extractors.crawl.lifeline import bound_memory, end_with
from extractors.crawl.limits import scrapy_settings
from extractors.crawl.sink import Sink
from extractors.crawl.spider import SourceSpider
from extractors.crawl.tally import Tally
from extractors.sources.registry import SOURCES
from extractors.sources.source import Window
from rasoat.archive import Archive
from rasoat.faults import say_fault
from rasoat.logs import bound, set_up
from rasoat.run_report import Received
from rasoat.settings import Settings
from rasoat.store.crawls import CrawlOf, begin_crawl, end_crawl
from rasoat.store.database import open_database


def main() -> None:
    """Serve jobs until the parent closes the input."""
    parent, thread = (*sys.argv[1:3], str(os.getppid()), "")[:2]
    end_with(int(parent), by_its_main_thread=thread == "main")
    bound_memory()
    logging.basicConfig(level=logging.CRITICAL)  # what goes wrong is in the report
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet.task import react

    react(deferred_f_from_coro_f(_serve))


async def _serve(_reactor: Any) -> None:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.buffer.readline):
        await _crawl(Job.of_json(line))


async def _crawl(job: Job) -> None:
    """One crawl and its report. Whatever it raises is why the source is down; the process serves the next job all the same."""
    report = Received()
    try:
        settings = Settings.model_validate_json(job.settings)
        set_up(settings.log_level)
        await _crawled(job, settings, report)
    except Exception as error:
        report.down = report.down or say_fault(error)
    numbers = {"asked": report.asked, "changed": report.changed, "unchanged": report.unchanged, "missing": report.missing}
    _tell({"report": {**numbers, "failed": dict(report.failed), "down": report.down, "doubts": report.doubts}})


async def _crawled(job: Job, settings: Settings, report: Received) -> None:
    """What was kept before a kill is found again by the next crawl: the store knows when the crawl began."""
    source, window = SOURCES[job.source], Window.named(job.window or "all")
    store, this = open_database(settings.database, settings.store_wait), CrawlOf(job.source, job.base, job.observed_on)
    begun = begin_crawl(store, this, datetime.now(UTC))
    sink = Sink(job.source, job.observed_on, settings, begun, report)
    tally = Tally(source.extent)
    crawler = Crawler(SourceSpider, scrapy_settings(source, job.base, settings))
    asked = {"source": source, "base": job.base, "observed_on": job.observed_on, "agent": settings.agent, "sink": sink, "tell": _tell}
    try:
        with bound(run=job.run, source=job.source, window=job.window or "all"):
            await AsyncCrawlerRunner().crawl(crawler, **asked, tally=tally, window=window)
    finally:
        sink.close()
    if window.share == 1:  # every share follows the list, the first speaks of it
        report.doubts += tally.doubts()
        past = Past(store, Archive(settings.archive), source, job.observed_on, begun)
        report.doubts += changes(past, window, tally.lists)
    if sink.anew or (report.down is None and not job.window):
        end_crawl(store, this)  # a crawl by windows ends when the last of them has
    store.dispose()


def _tell(line: dict[str, object]) -> None:
    """Say something to the parent; one that is gone ends the crawl."""
    try:
        sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)


if __name__ == "__main__":
    main()
