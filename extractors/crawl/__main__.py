"""The crawling process: reads its job from standard input, writes progress and the report as JSON lines to standard output."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

import orjson
from scrapy.crawler import AsyncCrawlerProcess

from extractors.crawl.job import Job, Journal
from extractors.crawl.limits import scrapy_settings
from extractors.crawl.sink import Sink
from extractors.crawl.spider import SourceSpider
from extractors.sources.registry import SOURCES
from rasoat.settings import Settings


def main() -> None:
    """Crawl once. A parent that is gone ends the crawl: what was kept is found again by the next one."""
    job = Job.of_json(sys.stdin.buffer.read())
    settings = Settings.model_validate_json(job.settings)
    source = SOURCES[job.source]
    journal = Journal(settings.home, job)
    sink = Sink(job.source, job.observed_on, settings, journal.begin(datetime.now(UTC)))
    process = AsyncCrawlerProcess(scrapy_settings(source, job.base, settings))
    process.crawl(SourceSpider, source=source, base=job.base, observed_on=job.observed_on, agent=settings.agent, sink=sink, tell=_tell)
    process.start()
    sink.close()
    if sink.report.down is None:
        journal.end()
    report = sink.report
    numbers = {"asked": report.asked, "changed": report.changed, "unchanged": report.unchanged, "missing": report.missing}
    _tell({"report": {**numbers, "failed": dict(report.failed), "down": report.down}})


def _tell(line: dict[str, object]) -> None:
    try:
        sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)


if __name__ == "__main__":
    main()
