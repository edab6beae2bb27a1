"""What a host's robots.txt allows us (RFC 9309): 4xx allows all, a server error, no answer or unreadable bytes forbid all."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from protego import Protego
from scrapy.http import Response

from extractors.crawl.patience import LONGEST_WAIT, asked_to_wait, too_long
from extractors.crawl.redirects import is_public, moved_to, same_host
from extractors.crawl.sheltered import named
from rasoat.words.crawl_words import NO_WAY, PRIVATE_HOST, ROBOTS_SILENT, ROBOTS_UNREADABLE

AGENT = "rasoat"  # the name that robots.txt addresses us by
_LARGEST = 512 * 1024
_REDIRECTS = 5
_ATTEMPTS = 3
_MARKS = (  # of two marks that begin alike the longer stands first
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\0"), None) | {0xA0: " "}


@dataclass(frozen=True)
class Rules:
    """The rules for us. `down` is why nothing may be asked at all; `wait` the seconds a host asks us to leave it alone."""

    parsed: Protego | None = None
    down: str | None = None
    wait: float = 0.0
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


async def ask_robots(
    base: str,
    url: str,
    download: Callable[[str], Awaitable[Response]],
    rest: Callable[[float], Awaitable[None]],
    pause: Callable[[int], float],
) -> Rules:
    """The rules at an address, asked up to three times; whatever happens, there are rules, and where they are not known nothing
    may be asked."""
    rules = Rules(down=ROBOTS_SILENT)
    for attempt in range(_ATTEMPTS):
        try:
            rules = await _asked(base, url, download)
        except Exception as error:
            rules = Rules(down=f"robots.txt: {named(error)}")
        if not rules.down:
            return rules
        if rules.wait > LONGEST_WAIT:
            return Rules(down=f"robots.txt: {too_long(rules.wait, datetime.now(UTC))}")
        if attempt < _ATTEMPTS - 1:
            await rest(max(rules.wait, pause(attempt)))
    return rules


async def _asked(base: str, url: str, download: Callable[[str], Awaitable[Response]]) -> Rules:
    """One attempt, through redirects: of the host itself, or to another public one."""
    response = await download(url)
    for _ in range(_REDIRECTS):
        there = moved_to(response)
        if there is None:
            return rules_of(response)
        if not same_host(base, there) and not await is_public(there):
            return Rules(down=f"robots.txt: {PRIVATE_HOST}")
        response = await download(there)
    return rules_of(response) if moved_to(response) is None else Rules(down=f"robots.txt: {NO_WAY}")


def rules_of(response: Response) -> Rules:
    """The rules in an answer to /robots.txt."""
    if 200 <= response.status < 300:
        text = _text(response)
        return Rules(down=ROBOTS_UNREADABLE) if text is None else Rules(Protego.parse(text))
    if response.status == 429 or not 400 <= response.status < 500:
        return Rules(down=f"robots.txt: {response.status}", wait=asked_to_wait(response, datetime.now(UTC)))
    return Rules()


def _text(response: Response) -> str | None:
    """The rules as text, None where they are packed in a way we do not unpack. What cannot be seen is left out."""
    body = _unpacked(response.body, (response.headers.get("Content-Encoding") or b"").decode("latin-1").strip().lower())
    if body is None:
        return None
    encoding = next((name for mark, name in _MARKS if body.startswith(mark)), _guessed(body))
    return body[:_LARGEST].decode(encoding, errors="replace").translate(_UNSEEN).lstrip("\ufffd")


def _unpacked(body: bytes, packed: str) -> bytes | None:
    if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        return None
    if packed in ("", "identity"):
        return body
    try:
        return zlib.decompressobj(47 if "gzip" in packed else 15).decompress(body, _LARGEST)
    except zlib.error:
        return body  # a header that lies: the rules lie open


def _guessed(body: bytes) -> str:
    """The encoding without a mark: every other byte of Latin letters in UTF-16 is zero."""
    head = body[:400]
    if len(head) > 3 and head.count(0) * 3 > len(head):
        return "utf-16-be" if head[0] == 0 else "utf-16-le"
    return "utf-8"
