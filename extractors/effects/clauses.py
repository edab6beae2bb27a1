"""What one clause of an article says, before anything is looked up: the records of the effects engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rasoat.records import Confidence, DateBasis, Mention, Verb

UNNAMED_SURVIVORS = ("?",)
ENDINGS = frozenset({Verb.REPLACES, Verb.REPEALS})  # what takes another text, or a part of it, out of force


@dataclass(frozen=True, slots=True)
class SourceHead:
    """The head of the document an article stands in, so that "Nghị định này" is understood.

    `number` is canonical, `type` as written with a capital. `effective_on` is its entry into force where a publisher
    states it; `title` its title without type and number.
    """

    number: str
    type: str
    issued_on: date | None = None
    effective_on: date | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ClauseEffect:
    """One effect as a clause words it.

    `text[start:end] == quote` holds on the article's raw text. For an item of a list the quote begins where the document is
    named, and `lead` are the words of the list's intro that carry the verb, as printed ("" where the quote holds them).
    `target` None means the source itself. `provisions` are paths in the target (of the source where `target` is None);
    empty means the whole. `exceptions` are target paths that survive, or ("?",) where they are named only by subject
    matter. `on` is the first day of the effect, `until` the first day after it. `amended_through` are the documents that
    the clause names only as having amended the target ("đã được sửa đổi, bổ sung theo …"). `source_provision` is the
    place inside the article: "khoan-2/diem-b", "" for the article itself. With `claimed_by` there is no clause: a publisher's
    note says that this document ended the place it stands in, or the whole document (`claims_whole`).
    """

    verb: Verb
    quote: str
    start: int
    end: int
    target: Mention | None = None
    provisions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    on: date | None = None
    basis: DateBasis = DateBasis.OWN_ENTRY
    anchor: Mention | None = None
    days: int | None = None
    until: date | None = None
    amended_through: tuple[Mention, ...] = ()
    source_provision: str = ""
    confidence: Confidence = Confidence.HIGH
    lead: str = ""
    claimed_by: Mention | None = None
    claims_whole: bool = False
    months: int | None = None
