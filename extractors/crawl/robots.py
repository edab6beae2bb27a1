"""What a host's robots.txt allows us (RFC 9309): 4xx allows all, a server error or no answer forbids all."""

from __future__ import annotations

from dataclasses import dataclass, field

from protego import Protego
from scrapy.http import Response

AGENT = "rasoat"  # the name that robots.txt addresses us by
_LARGEST = 512 * 1024


@dataclass(frozen=True)
class Rules:
    """The rules for us. `down` is why nothing may be asked at all."""

    parsed: Protego | None = None
    down: str | None = None
    _told: dict[str, bool] = field(default_factory=dict)  # thousands of questions go to a few addresses

    def allows(self, url: str) -> bool:
        """Whether an address may be asked."""
        if self.down is not None or self.parsed is None:
            return self.down is None
        if url not in self._told:
            self._told[url] = self.parsed.can_fetch(url, AGENT)
        return self._told[url]

    @property
    def delay(self) -> float:
        """Seconds between two requests that the host asks for."""
        return float((self.parsed.crawl_delay(AGENT) if self.parsed else None) or 0.0)


def rules_of(response: Response) -> Rules:
    """The rules in an answer to /robots.txt."""
    if 200 <= response.status < 300:
        return Rules(Protego.parse(response.body[:_LARGEST].decode("utf-8", errors="replace")))
    if response.status == 429 or not 400 <= response.status < 500:
        return Rules(down=f"robots.txt: {response.status}")
    return Rules()
