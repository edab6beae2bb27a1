"""A source as the crawler calls it: what its functions raise is no crash of the crawl but a reason that is counted.

Scrapy drops what a callback raises without a word, so nothing may be raised there: an answer that a source trips over is a
refusal with the place in our code, a row it trips over leaves the other rows as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from extractors.sources.source import LISTING, UNREADABLE, Answer, Refused, Request, Source, Stuck, Window
from rasoat.faults import say_fault
from rasoat.records import Listing
from rasoat.words.crawl_words import ROW_WITHOUT_ID

SourceSaid = TypeVar("SourceSaid")
_LONGEST_KEY = 480  # characters that the archive's record of questions has room for
_SAID = 300  # characters of what an error says


class Sheltered:
    """The functions of a source that a crawl calls, none of which raises."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def requests(self, day: date, window: Window) -> list[Request | Refused | Stuck]:
        """The first questions."""
        return list(_until_raised(self._source.requests(day, window)))

    def follow(self, answer: Answer) -> list[Request | Refused | Stuck]:
        """What an answer leads to, and the reason where it leads no further than this."""
        return list(_until_raised(self._source.follow(answer)))

    def refusal(self, answer: Answer) -> str | None:
        """Why this is no answer, or None."""
        return _sheltered(lambda: self._source.refusal(answer), say_fault)

    def another(self, answer: Answer) -> str | None:
        """Why this answers another question, or None."""
        return _sheltered(lambda: self._source.another(answer), say_fault)

    def missing(self, answer: Answer) -> bool:
        """Whether the publisher says that it has no such thing; an answer the source trips over says nothing."""
        return _sheltered(lambda: self._source.missing(answer), lambda _: False)

    def instead(self, request: Request) -> Request | None:
        """What to ask where a request failed for good."""
        return _sheltered(lambda: self._source.instead(request), lambda _: None)

    def listing(self, answer: Answer) -> Listing | Stuck | None:
        """What a page of a list says of itself."""
        return _sheltered(lambda: self._source.listing(answer), lambda error: Stuck(say_fault(error)))

    def holds_items(self, answer: Answer) -> bool:
        """Whether any item can be cut from an answer."""
        return _sheltered(lambda: any(one.kind not in (LISTING, UNREADABLE) for one in self._source.pieces(answer)), lambda _: False)


def _sheltered(ask: Callable[[], SourceSaid], otherwise: Callable[[Exception], SourceSaid]) -> SourceSaid:
    """What a source says, or what is made of its tripping over: whatever it raises, for its code reads what anybody may have written."""
    try:
        return ask()
    except Exception as error:
        return otherwise(error)


def _until_raised(steps: Iterable[Request | Refused | Stuck]) -> Iterator[Request | Refused | Stuck]:
    try:
        for step in steps:
            too_long = isinstance(step, Request) and (len(step.key) > _LONGEST_KEY or "\0" in step.key)
            yield Refused("", ROW_WITHOUT_ID) if too_long else step
    except Exception as error:
        yield Stuck(say_fault(error))


def named(error: BaseException) -> str:
    """An error by its kind and what it says, on one line of a length that people read."""
    said = " ".join(str(error).split())[:_SAID]
    return f"{type(error).__name__}: {said}".rstrip(": ")
