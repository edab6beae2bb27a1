"""How long to wait before asking again: our own back-off, and what a publisher asks for (Retry-After, RFC 9110 §10.2.3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.http import Response

from rasoat.words.crawl_words import WAIT_UNTIL

_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 60.0  # seconds, doubled from one attempt to the next
_FIRST_HERE, _LONGEST_HERE = 0.05, 2.0  # on this machine
LONGEST_WAIT = 600.0  # seconds of one Retry-After that are waited for
LONGEST_WAITS = 3600.0  # seconds of all Retry-After of one crawl together
_YEAR = 366 * 86400.0  # what is beyond is written as a year
_VIETNAM = timedelta(hours=7)


def pause(attempt: int, *, here: bool) -> float:
    """Seconds of our own back-off before the attempt after this one (0 is the first)."""
    first, longest = (_FIRST_HERE, _LONGEST_HERE) if here else (_FIRST_PAUSE, _LONGEST_PAUSE)
    return float(min(first * 2 ** min(attempt, 32), longest))


def asked_to_wait(response: Response, now: datetime) -> float:
    """Seconds the publisher asks us to wait, at most a year; 0 where it asks for none or cannot be understood."""
    return max((_seconds(value.decode("latin-1").strip(), now) for value in response.headers.getlist("Retry-After")), default=0.0)


def _seconds(asked: str, now: datetime) -> float:
    if asked.isascii() and asked.replace(".", "", 1).isdecimal():
        return min(float(asked[:20]), _YEAR) if len(asked.partition(".")[0]) <= 20 else _YEAR
    try:
        until = parsedate_to_datetime(asked)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), _YEAR)


def too_long(seconds: float, now: datetime) -> str:
    """That a source asks for more patience than one run has, and until when, by the clock of Vietnam."""
    return WAIT_UNTIL.format(until=(now + timedelta(seconds=seconds) + _VIETNAM).strftime("%d/%m/%Y %H:%M"))
