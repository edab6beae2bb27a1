"""Where a publisher shows a procedure: the whole address with its host, or none."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def page_address(source: str, url: str | None) -> str:
    """The publisher's page; an address that leaves the host out is on the publisher's own. Anything but the web is no link."""
    if not url:
        return ""
    address = url if urlsplit(url).scheme else _on_publishers_own(source, url)
    parts = urlsplit(address)
    return address if parts.scheme in ("http", "https") and parts.hostname else ""


def _on_publishers_own(source: str, address: str) -> str:
    from extractors.sources.registry import SOURCES  # and with them what reads their pages: only where an address needs it

    publisher = SOURCES.get(source)
    return urljoin(publisher.base_url, address) if publisher else address
