"""The crawl step: ask a source everything it publishes, write the answers to the archive, and nothing else.

Scrapy's reactor runs once in a process, so crawls run in a process of their own (`extractors.crawl.child`).
"""

from __future__ import annotations

from datetime import date

from extractors.crawl.child import run
from extractors.crawl.job import Job, is_loopback
from extractors.sources.source import Source, Window
from rasoat.addresses import has_secrets, host_of, shown
from rasoat.progress import Progress
from rasoat.run_report import Received
from rasoat.settings import Settings
from rasoat.trouble import Trouble


def crawl(
    source: Source,
    address: str | None,
    settings: Settings,
    observed_on: date,
    progress: Progress,
    window: Window | None = None,
    run_number: int = 0,
) -> Received:
    """Crawl one source, or one window of it, at its own or another address.

    A crawl killed at any moment and started again with the same day goes on where it stopped. What could not be asked at
    all is in the report's `down`; what is already stored stays.

    Raises:
        Trouble: the address is none or holds an account or a query, a real host is to be asked and no contact is set, or the source has no such windows.
    """
    base = base_of(source, address)
    if window and window.since and not source.windows(observed_on)[0].since:
        raise Trouble("source.undated", name=source.name)
    if not base.startswith(("http://", "https://")) or not host_of(base):
        raise Trouble("source.address", name=source.name, address=shown(base))
    if has_secrets(base):  # addresses are kept with every answer, for all to read
        raise Trouble("source.secret", name=source.name, address=shown(base))
    if not is_loopback(base) and not settings.contact and not settings.user_agent:
        raise Trouble("source.no_contact")
    return run(Job(source.name, base, observed_on, settings.model_dump_json(), window.name if window else "", run_number), progress)


def base_of(source: Source, address: str | None) -> str:
    """The address a crawl of the source asks, without a slash at its end."""
    return (address or source.base_url).rstrip("/")
