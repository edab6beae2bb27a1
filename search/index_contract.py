"""The one interface of both engines, and the words that go through it: an engine fetches, the asker ranks (`search.answering`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from rasoat.trouble import SourceTrouble
from search.entries import Entry, EntryKind
from search.fetch_clauses import FetchClause
from search.vocabulary import Vocabulary

OPEN = (EntryKind.PROCEDURE, EntryKind.DOCUMENT, EntryKind.ARTICLE)  # what anybody may find; findings accuse somebody and are for reviewers
FACETS = ("kind", "field", "level", "province", "publisher", "online", "status", "audience", "type")
DEEPEST = 10_000  # the last place a page may reach


class SearchError(SourceTrouble):
    """The engine could not do what was asked."""


class IndexMissing(SearchError):
    """Nothing was indexed yet."""


class IndexMismatch(SearchError):
    """The index does not hold what it was given; the index that served before still serves."""


class IndexDamaged(SearchError):
    """What the index holds is not what was written: files gone, cut or changed. Built anew it is as good as before."""


class IndexUnusable(SearchError):
    """The system does not let us read or write where the index lies: no folder, no right, no room."""


class IndexBusy(SearchError):
    """Somebody else is writing."""


class IndexReadOnly(SearchError):
    """The service takes no writes now, mostly because its disk is full; the index still answers."""


class EngineDown(SearchError):
    """The search service does not answer, or not in time."""


class BadQuery(SearchError):
    """A question or an address that no engine is asked: an unknown facet, sort or page, a secret that cannot be read."""

    exit_code = 2


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. `filters`: facet name → accepted values. `page` counts from 1, `size` is 1 to 100.

    Findings are asked for by their kind, and only with `signed_in`: a program that says nothing shows none, and one
    that asks for them on behalf of nobody is refused before an engine sees the question.
    """

    text: str = ""
    kinds: tuple[EntryKind, ...] = OPEN
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 10
    facets: bool = True
    signed_in: bool = False
    literal: bool = False  # the words as typed

    def __post_init__(self) -> None:
        unknown = set(self.filters) - set(FACETS)
        if unknown:
            raise BadQuery("search.facet", names=", ".join(sorted(unknown)))
        if not self.kinds or (EntryKind.FINDING in self.kinds and not self.signed_in):
            raise BadQuery("search.findings")
        if self.page < 1 or not 1 <= self.size <= 100 or self.page * self.size > DEEPEST:
            raise BadQuery("search.page", page=self.page, size=self.size, deepest=DEEPEST)


@dataclass(frozen=True, slots=True)
class Hit:
    """One found entry. `highlights` maps "title" and "body" to the text with [start, end) spans of what matched; `why` says in Vietnamese
    which number, law, body or words of the question it answers."""

    entry: Entry
    score: float
    highlights: Mapping[str, Highlight]
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Highlight:
    """A piece of text and the spans in it that matched; `text[start:end]` is a matched word."""

    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer. `corrected` is what was searched where that differs from what was typed.

    `understood` says how the question was read, `help` what to try where little or nothing was found; Vietnamese. `as_of` is the day
    that every hit's status is told of. `certain` says whether the first hit is sure to be what was asked for; where it is not, only hits
    that come near are there. `said` is all that the answer tells the person, in order.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    corrected: str | None = None
    did_you_mean: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    as_of: date | None = None
    certain: bool = True
    said: tuple[str, ...] = ()


FacetCounts = Mapping[str, tuple[tuple[str, int], ...]]
ScoredRows = Sequence[tuple[float, str]]  # (the engine's score, the stored entry), best first


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request to an engine. `facets` names the keyword fields to count over all matches."""

    clause: FetchClause
    offset: int
    limit: int
    sort: Sort = Sort.RELEVANCE
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the engine gave: rows, the number of all matches, counts a facet (they may still be counted while rows are put in order)."""

    rows: ScoredRows
    total: int
    facets: Callable[[], FacetCounts]


class OpenIndex(Protocol):
    """The index that serves, looked up once for a question. Every method may raise `SearchError`.

    `vocabulary` are its words, `as_of` is the day that its entries tell of, as whoever built or updated it said.
    """

    @property
    def vocabulary(self) -> Vocabulary: ...

    @property
    def as_of(self) -> date | None: ...

    def fetch(self, request: Fetch) -> Candidates: ...

    def texts(self, ids: Sequence[str]) -> Mapping[str, str]:
        """The bodies of entries by id; one that has none may be left out."""


class Engine(Protocol):
    """An index of entries that is filled and fetched from; it ranks nothing. Every method may raise `SearchError`."""

    def build(self, entries: Iterable[Entry], *, as_of: date | None = None) -> int:
        """Index all `entries` of a day beside the index that serves, compare the counts, swap; returns the count."""

    def update(
        self, changed: Iterable[Entry], removed: Iterable[str] = (), *, expected: int | None = None, as_of: date | None = None
    ) -> int:
        """Put `changed` in and take the ids `removed` out at once; `expected` is the count the database has afterwards. From then on the
        index tells of `as_of`; None leaves the day as it is."""

    def open(self) -> OpenIndex:
        """What a question is asked of, from its first word to its last."""

    def count(self) -> int: ...

    def inspect(self) -> None:
        """Look at everything the index holds, at the price of reading it.

        Raises:
            IndexDamaged: something is missing or not as it was written.
        """

    def close(self) -> None: ...
