"""How Scrapy is set: politely for a real host, without needless machinery for an address on this machine.

Robots, retries, redirects and refusals are the spider's own (one place, RFC 9309, back-off), so Scrapy's are off.
"""

from __future__ import annotations

from typing import Any

from extractors.crawl.job import is_loopback
from extractors.sources.source import Source
from rasoat.settings import Settings

_HERE = 16  # requests at once on this machine


def scrapy_settings(source: Source, base: str, settings: Settings) -> dict[str, Any]:
    """Scrapy's settings for one crawl."""
    here = is_loopback(base)
    rate = settings.rate if settings.rate is not None else None if here else source.rate
    at_once = _HERE if here and not rate else 1
    chosen: dict[str, Any] = {
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "TELNETCONSOLE_ENABLED": False,
        "EXTENSIONS_BASE": {},
        "SPIDER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES_BASE": {} if here else {"scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750},
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue",
        "CONCURRENT_ITEMS": 1,  # the default starts a hundred workers for each answer
        "CONCURRENT_REQUESTS": at_once,
        "CONCURRENT_REQUESTS_PER_DOMAIN": at_once,
        "DOWNLOAD_DELAY": 1.0 / rate if rate else 0.0,
        "DOWNLOAD_DELAY_JITTER": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
    }
    if here and base.startswith("http://"):
        chosen["DOWNLOAD_HANDLERS"] = {"http": "extractors.crawl.loopback.LoopbackHandler"}
    return chosen
