"""The shapes of what is listed, downloaded and fed on: procedures, documents, who cites, and each legal basis with what a clause proves."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from queries.contract import BasisOfProcedure, ClauseLine, FindingLine, Span
from queries.shape import Shape


class ProcedureLine(Shape):
    """A procedure in a list; the days and words are those of the version judged on the day."""

    code: str
    name: str
    field: str | None
    level: str | None
    decision: str | None
    decision_date: date | None
    publisher: str | None
    url: str | None


class DocumentLine(Shape):
    """A document in a list with its status on the day: since when it has been so, by which clause, and what follows it.

    `verdict` as in a procedure's legal basis; `known_from` is text, official, effect or cited: how it came to be known.
    """

    document: str
    number: str
    type: str
    issuer: str | None
    title: str | None
    issued_on: date | None
    effective_on: date | None
    known_from: str
    as_of: date
    status: str
    reason: str
    verdict: str
    says: list[str]
    since: date | None
    until: date | None
    ended_by: list[str]
    clause: ClauseLine | None
    successors: list[str]


class CitationOfDocument(Shape):
    """A procedure that cites a document: in which part, in which role, and which provision of it (null: the whole)."""

    procedure: str
    name: str | None
    publisher: str | None
    part: str
    role: str
    provision: str | None


class LegalFact(BasisOfProcedure):
    """What stands between a procedure and one text it cites on a day: what the clause proves, and no blame.

    No authority has concluded anything of it: it says what a published clause says of a published procedure.
    """

    procedure: str
    procedure_name: str
    publisher: str | None
    decision: str | None
    decision_date: date | None
    observed_on: date
    as_of: date


class TimelineStretch(Shape):
    """A stretch of days with one status: `from` the first of them (null: always before), `to` the first after them (null: until further)."""

    from_: date | None = Field(alias="from")
    to: date | None
    status: str
    reason: str
    basis: str
    ended_by: list[str]
    clause: ClauseLine | None


class DocumentTimeline(Shape):
    """Every stretch of a document, or of a provision of it, one after the other."""

    document: str
    provision: str | None
    stretches: list[TimelineStretch]


class EndingLine(Shape):
    """A document (provision null) or provision that ends, or is suspended, on a day, and the clause that says so."""

    document: str
    title: str | None
    provision: str | None
    on: date
    status: str
    clause: ClauseLine | None
    ended_by: list[str]
    successors: list[str]


class FindingFact(Shape):
    """What is public of a finding: the facts always, `finding` with its severity, responsible body and action where these may be read."""

    procedure: str
    procedure_name: str | None
    document: str | None
    document_title: str | None
    provision: str | None
    quote: str
    status: str | None
    interval: Span | None
    ended_by: list[str]
    clause: ClauseLine | None
    successors: list[str]
    as_of: date
    observed_on: date
    concluded: bool
    finding: FindingLine | None
