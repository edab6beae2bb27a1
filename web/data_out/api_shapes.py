"""The shapes of the API that no query has: pages of lists, choices, refusals. Everything else is the contract of `queries/`."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from queries.contract import JudgedCount, StatusAnswer, UnjudgedLine
from queries.coverage_counts import UnitCount
from queries.ending_soon import EndingSoon
from queries.listed_lines import CitationOfDocument, DocumentLine, EndingLine, FindingFact, LegalFact, ProcedureLine
from queries.search_lines import SearchAnswer
from queries.shape import Shape


class ApiRefusal(Shape):
    """What is answered where there is no answer: `code` never changes its meaning, `error` is a sentence for a person."""

    error: str
    code: str


class PagedAnswer(Shape):
    """What pages of a list share. `next` is the address of the page after this one, null on the last; `held_back` says that later changes
    are not published, and why."""

    as_of: date
    held_back: str | None = None
    next: str | None = Field(default=None, description="address of the next page, null on the last")


class SearchPage(SearchAnswer):
    """A page of what was found."""

    next: str | None


class ProcedurePage(PagedAnswer):
    """Procedures by code."""

    items: list[ProcedureLine]


class DocumentPage(PagedAnswer):
    """Documents by printed id, with their status on the day."""

    items: list[DocumentLine]


class DocumentAnswer(Shape):
    """A document on a day: its line of a list and the whole verdict. A document that nothing can be concluded of is answered too: then
    `answer.status` is `unknown` and `answer.reason` says why."""

    document: DocumentLine
    answer: StatusAnswer
    cited_by: int = Field(description="how many procedures cite it on the day")


class DocumentChoice(Shape):
    """One of several documents that a number may mean."""

    document: str
    title: str | None
    issuer: str | None
    issued_on: date | None
    address: str


class DocumentChoices(Shape):
    """Several documents bear this number: none is guessed."""

    code: str = "document.same_number"
    error: str
    choices: list[DocumentChoice]


class CitedByPage(PagedAnswer):
    """Procedures that cite a document, by code; `procedures` is how many there are in all."""

    document: str
    procedures: int
    items: list[CitationOfDocument]


class FactPages(PagedAnswer):
    """Legal bases of a few procedures after each other. A page holds whole procedures, so it may hold no line, and still have a next."""

    items: list[LegalFact]


class FindingFactPage(PagedAnswer):
    """What is public of the findings of a day, and of how many citations a conclusion was reached at all."""

    judged: JudgedCount
    items: list[FindingFact]


class UnjudgedPage(PagedAnswer):
    """Cited documents without a conclusion, those that most procedures cite first."""

    judged: JudgedCount
    total: int
    items: list[UnjudgedLine]


class EndedPage(PagedAnswer):
    """What ended in the days before, the latest first."""

    days: int
    items: list[EndingLine]


class EndingPage(PagedAnswer):
    """What will end in the days after, the soonest first."""

    until: date
    total: int
    items: list[EndingSoon]


class UnitLine(Shape):
    """A unit of the State."""

    unit: str
    name: str
    kind: str
    parent: str | None


class UnitPage(PagedAnswer):
    """Units by id."""

    items: list[UnitLine]


class CoverageAnswer(Shape):
    """How much of what must be public is public: a head and what lies below it. `unknown` cells stand in no share."""

    as_of: date
    head: UnitCount
    below: list[UnitCount]


class SourceAge(Shape):
    """A source and the day of its last answer."""

    source: str
    observed_on: date


class ServiceAnswer(Shape):
    """What stands behind every answer: the publication, the age of its sources, which findings may be read, and where to begin."""

    publication: int
    published_at: datetime | None
    as_of: date
    held_back: str | None
    sources: list[SourceAge]
    public_findings: str
    begin_at: list[str]
