"""What a source is: data first (where, how often, how polite, what it promises, how large it may be), then pure functions.

`requests` and `follow` say what to ask, `refusal` whether an answer is one, `another` whether it answers what was asked, `listing`
what the publisher says of its own list, `pieces` cuts an archived answer into the smallest pieces that change alone, `parse`
turns one piece into records. `instead` and `missing` are for what a publisher cannot give. Fetching only writes bytes to the
archive; `pieces` and `parse` only read them, so every bug can be replayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from zlib import crc32

from rasoat.records import Article, Listing, Observation, Origin, Procedure
from rasoat.trouble import Trouble

Json = dict[str, Any]  # an object as a publisher sent it: its keys are its own, its values are looked at where they are read


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask of a publisher. `key` names it in the archive, stable from run to run and free of the base address."""

    key: str
    path: str
    method: str = "GET"
    body: dict[str, object] | None = None
    optional: bool = False  # a missing answer is kept as a named gap, not a failure of the source
    expects: str = ""  # what the list calls the item (its code, its number); the answer must call it so too


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a source that is crawled, killed and continued by itself.

    Either what was issued from `since` to `until`, both days included, or one share of `shares` of the items that lists name.
    Without either it is the whole source.
    """

    since: date | None = None
    until: date | None = None
    share: int = 1
    shares: int = 1

    @property
    def name(self) -> str:
        """ "2020-01-01..2022-12-31", "2/4" or "all"."""
        if self.since and self.until:
            return f"{self.since}..{self.until}"
        return f"{self.share}/{self.shares}" if self.shares > 1 else "all"

    @classmethod
    def named(cls, name: str) -> Window:
        """The window of a name.

        Raises:
            Trouble: the name is of none of the three forms.
        """
        try:
            if ".." in name:
                since, until = map(date.fromisoformat, name.split(".."))
                if since <= until:
                    return cls(since, until)
            elif "/" in name:
                share, shares = map(int, name.split("/"))
                if 1 <= share <= shares:
                    return cls(share=share, shares=shares)
            elif name == "all":
                return cls()
        except ValueError:
            pass
        raise Trouble("source.window", name=name)

    def holds(self, key: str) -> bool:
        """Whether the item asked by `key` is in this share."""
        return self.shares == 1 or crc32(key.encode()) % self.shares == self.share - 1


WHOLE = Window()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, exactly: status, headers' media type, and the bytes."""

    request: Request
    status: int
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an archived answer that changes alone: one title of the codified law, one row of a list, one detail.

    `body` is all that reading it needs, so equal bodies give equal records: its bytes, with a first line naming what it
    belongs to where they do not say. `place` is where it stands ("demuc/UUID.html", "$.data.items[3]", "line 17").
    """

    source: str
    kind: str
    place: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that was not loaded, and why, in words an operator can act on."""

    place: str
    reason: str


LISTING = "listing"  # the kind of a piece that is no item but says what a page says of its list
UNREADABLE = "unreadable"  # the kind of a piece that could not be cut out: all it holds is why


def unreadable(source: str, place: str, reason: str) -> Piece:
    """What stands for a piece (or a whole answer) that could not be cut out, so that it is counted and named as every other one."""
    return Piece(source, UNREADABLE, place, f"{place}\n{reason}".encode("utf-8", "replace"))


def why_unreadable(piece: Piece) -> str:
    """The reason that a piece of kind `UNREADABLE` holds."""
    return piece.body.decode()[len(piece.place) + 1 :]


@dataclass(frozen=True, slots=True)
class Stuck:
    """A list that goes on where it cannot be followed, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How large a source can be and how fast it may change.

    What is beyond `items`, `pages` or `size` is asked no further and the source is down: a list without end is none. A change
    beyond `shrink` or `grow` is told as a doubt and what came is kept, because nothing that was read before is lost by it; but
    the list is not taken for the whole until it has been so large for `settles` days.
    """

    items: int  # the most that one list, or all lists of a crawl together, may name
    pages: int  # the most pages of lists in one crawl
    size: int  # the largest answer, in bytes
    shrink: float  # the share of its items (or bytes) that a list may lose from one day to the next
    grow: float  # the share it may gain
    few: int  # items that the shortest list may lose or gain
    settles: int  # days

    def may_shrink(self, now: int, before: int, few: int = 0) -> bool:
        """Whether so much may have gone at once."""
        return now >= before * (1 - self.shrink) - few

    def may_grow(self, now: int, before: int, few: int = 0) -> bool:
        """Whether so much may have come at once."""
        return now <= before * (1 + self.grow) + few


@dataclass(slots=True)
class Parsed:
    """All that one piece says. What could not be read is in `refused`; an item that rightly holds nothing in `declared_empty`."""

    procedures: list[Procedure] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    odd: list[Refused] = field(default_factory=list)  # loaded all the same; an operator should see it
    declared_empty: list[str] = field(default_factory=list)


class Source(Protocol):
    """A publisher. One module of this folder each, with a module-level `SOURCE`."""

    name: str  # "dichvucong"
    title: str  # the publisher's name for people
    base_url: str  # the real host; a setting or `--source NAME=ADDRESS` replaces it
    rate: float  # requests a second for its host
    cadence: str  # how often it is worth asking: "daily", "monthly"
    licence: str
    headers: dict[str, str]  # what the publisher's interface asks for beside the body: Accept, Referer; never a browser's name
    promises: dict[str, int]  # least number of items per kind; fewer is an error, zero is never an answer
    extent: Extent

    def windows(self, observed_on: date) -> list[Window]:
        """The parts that can be crawled one by one; together they are the whole source."""
        ...

    def requests(self, observed_on: date, window: Window = WHOLE) -> Iterator[Request]:
        """What to ask first, of the whole source or one window. The day is given because some lists are asked by dates."""
        ...

    def follow(self, answer: Answer) -> Iterator[Request | Refused | Stuck]:
        """What an answer leads to: the next page, the details of what it lists, the rows that cannot be asked after, and where
        the list cannot be followed."""
        ...

    def listing(self, answer: Answer) -> Listing | None:
        """What a page of a list, or an edition, says of itself; None for any other answer."""
        ...

    def instead(self, request: Request) -> Request | None:
        """What to ask where a request failed for good (a smaller page), or None."""
        ...

    def missing(self, answer: Answer) -> bool:
        """Whether the publisher itself says, in its own envelope, that it has no such thing."""
        ...

    def refusal(self, answer: Answer) -> str | None:
        """Why this is no answer (a firewall's page, a broken envelope), or None."""
        ...

    def another(self, answer: Answer) -> str | None:
        """Why this answers another question than the one asked (another item's detail), or None."""
        ...

    def pieces(self, answer: Answer) -> Iterable[Piece]: ...

    def parse(self, piece: Piece, origin: Origin, observed_on: date) -> Parsed: ...
