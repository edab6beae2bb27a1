"""Mentions of legal documents in texts, and what they point at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rasoat.records.procedures import Part
from rasoat.records.proof import Confidence


class MentionKind(StrEnum):
    NUMBERED = "numbered"
    NAMED = "named"
    SELF = "self"


class Role(StrEnum):
    """What a citation does where it stands."""

    LEGAL_BASIS = "legal_basis"
    BODY = "body"
    DOSSIER = "dossier"
    FORM = "form"
    FEE = "fee"
    IN_TITLE = "in_title"
    HISTORICAL = "historical"
    TRANSITIONAL = "transitional"
    AMENDED_BY = "amended_by"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference to one legal document in a text; `text[start:end] == quote` on any Unicode input.

    `number` is canonical ("63/2010/NĐ-CP"), `type` as written with a capital, `issued_on` only the date of issue,
    `provisions` paths like "dieu-5/khoan-2/diem-a" in the order of the text, all rooted at an article.
    """

    start: int
    end: int
    quote: str
    kind: MentionKind
    type: str | None = None
    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    provisions: tuple[str, ...] = ()
    role: Role = Role.BODY
    name: str | None = None  # a named law's name without type and year; a cited title where one follows
    year: int | None = None  # the year of a named law
    divisions: tuple[str, ...] = ()  # chapters, sections, annexes and forms named beside it: "phu-luc-II/mau-so-01"


class NonAnswer(StrEnum):
    """Why a mention points at no single document."""

    UNKNOWN_DOCUMENT = "unknown_document"
    AMBIGUOUS = "ambiguous"
    NOT_NORMATIVE = "not_normative"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention points at: exactly one document key, or a named non-answer with its candidates.

    `suggestion` is the key of a near match that a person must confirm (CITE-03); `mismatch` names attributes in the
    quote that disagree with the document ("issued_on", "issuer", "type", "title": CITE-04).
    """

    key: str | None = None
    non_answer: NonAnswer | None = None
    candidates: tuple[str, ...] = ()
    suggestion: str | None = None
    mismatch: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention in a part of a procedure, and what it points at."""

    code: str
    part: Part
    mention: Mention
    resolution: Resolution
