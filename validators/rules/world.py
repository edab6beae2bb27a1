"""What a rule sees: the graph, the day, and one document as one part of one procedure cites it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from extractors.effects.overridden import OverriddenProcedure
from rasoat import words
from rasoat.identity import parse_number
from rasoat.records import Article, Citation, LegalDocument, Origin, Part, Procedure, Role, Status, Verdict
from validators.asked_day import AnswersByDay, AskedDay, through
from validators.rules.siblings import Siblings
from validators.validity import ValidityGraph

# Strongest first; every role has its place.
_STRENGTH = (
    Role.LEGAL_BASIS, Role.DOSSIER, Role.FORM, Role.FEE, Role.BODY, Role.AMENDED_BY, Role.TRANSITIONAL, Role.HISTORICAL, Role.IN_TITLE,
    Role.SELF,
)  # fmt: skip


_BREAK = re.compile(r"[;\n]|\.(?=\s+[A-ZĐÀ-Ỹ])|\.\s*$")  # an end of a sentence, of a line, or of an entry


@dataclass(frozen=True, slots=True)
class Override:
    """What an article of an overriding text says of a procedure."""

    article: Article
    said: OverriddenProcedure


@dataclass(frozen=True, slots=True)
class World:
    """All a run of the rules may look at besides the procedure itself.

    `horizon_days` is how far CITE-07 looks ahead; `confirmed` maps a printed number to the document key that a person
    confirmed it means (CITE-03's suggestion); `abolished` are codes of procedures that a decision has abolished; `overrides` what overriding texts say of procedures,
    by code and by folded name. `siblings` are the procedures of one decision with one list of bases: of a document they are told
    the same, and `strange` keeps what was found of each of them alone. `verdicts` keeps each status for the days it holds on, `waiting`
    the days before each document begins.
    """

    graph: ValidityGraph
    horizon_days: int = 120
    confirmed: Mapping[str, str] = field(default_factory=dict)
    abolished: frozenset[str] = frozenset()
    overrides: Mapping[str, Sequence[Override]] = field(default_factory=dict)
    siblings: Siblings = field(default_factory=Siblings)
    strange: dict[tuple[str, Origin, str], bool] = field(default_factory=dict)
    verdicts: AnswersByDay[Verdict] = field(default_factory=AnswersByDay)
    waiting: dict[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)

    def document(self, key: str) -> LegalDocument | None:
        return self.graph.document(key)

    def status(self, key: str, provision: str | None, day: date, known_at: date | None) -> Verdict:
        """The status of a document, or of a provision of it, on a day."""
        if not isinstance(day, AskedDay):
            return self.graph.status(key, provision, day, known_at)
        return self.verdicts.answer((key, provision, known_at), day, lambda asked: self.graph.status(key, provision, asked, known_at))

    def waits(self, key: str, since: date, until: date) -> bool:
        """Whether a document has not begun yet on any day from `since` to the day before `until`."""
        if key not in self.waiting:
            told = through(lambda day: self.status(key, None, day, None).status is Status.NOT_YET)
            self.waiting[key] = tuple((first, end) for first, end, not_yet in told if not_yet)
        return any(first < until and since < end for first, end in self.waiting[key])

    def forget(self, keys: Collection[str]) -> None:
        """What is known of some documents has changed, and of all that rest on them."""
        self.strange.clear()
        for key in keys:
            self.waiting.pop(key, None)
        self.verdicts.forget(lambda question: isinstance(question, tuple) and question[0] in keys)

    def printed(self, key: str) -> str:
        """The id that programs read."""
        document = self.document(key)
        return document.id if document else key

    def called(self, key: str) -> str:
        """The number that people read; of two that share it also what tells them apart."""
        document = self.document(key)
        return words.called(document) if document else key

    def signed_after(self, key: str, day: date) -> bool:
        """Whether a text was signed only after a day: on that day nobody could know what it says. The year of its number tells
        where its day of issue is not known."""
        document = self.document(key)
        if document is None or document.issued_on:
            return bool(document and document.issued_on and document.issued_on > day)
        parts = parse_number(document.number)
        return bool(parts and parts.year and date(parts.year, 1, 1) > day)


@dataclass(frozen=True, slots=True)
class Question:
    """One procedure judged on one day, with all that it cites; `cited` holds the keys of the
    documents that each part cites by number, or by name and year."""

    procedure: Procedure
    world: World
    as_of: date
    known_at: date | None
    cited: Mapping[Part, frozenset[str]]

    def status(self, key: str, provision: str | None = None, day: date | None = None) -> Verdict:
        """The status on the question's day, or on a day of the facts: that too is kept, where the question is asked of many days."""
        asked = self.as_of if day is None else AskedDay(day) if isinstance(self.as_of, AskedDay) else day
        return self.world.status(key, provision, asked, self.known_at)

    def text(self, part: Part) -> str:
        return self.procedure.parts.get(part, "")

    @property
    def announced_later(self) -> bool:
        """Whether the version judged was announced only after the day: on that day it bound nobody."""
        decision = self.procedure.decision
        return bool(decision and decision.issued_on and decision.issued_on > self.as_of)

    def excused(self, suppressed: Sequence[str], act: str | None = None) -> tuple[str, ...]:
        """What suppresses a finding, with FP1 and FP19, which hold for every CITE rule; `act` is the text behind it, by its key."""
        before = ("FP1",) if self.announced_later and "FP1" not in suppressed else ()
        after = ("FP19",) if act and self.world.signed_after(act, self.as_of) and "FP19" not in suppressed else ()
        return (*before, *suppressed, *after)


@dataclass(frozen=True, slots=True)
class Case:
    """One document in one part of one procedure: all its mentions there and its status on the day."""

    question: Question
    part: Part
    key: str
    citations: Sequence[Citation]
    verdict: Verdict

    @property
    def document(self) -> LegalDocument | None:
        return self.question.world.document(self.key)

    def strongest(self, among: Sequence[Citation] | None = None) -> Citation:
        """The mention whose role weighs most; the first of those in the text."""
        return min(among or self.citations, key=lambda one: (_STRENGTH.index(one.mention.role), one.mention.start))

    def before(self, citation: Citation, length: int = 80) -> str:
        """The text of the part just before a mention."""
        start = citation.mention.start
        return self.question.text(self.part)[max(0, start - length) : start]

    def after(self, citation: Citation, length: int = 80) -> str:
        """The text of the part just after a mention."""
        end = citation.mention.end
        return self.question.text(self.part)[end : end + length]

    def sentence(self, citation: Citation, length: int = 260) -> tuple[str, str]:
        """The words before and after a mention in its own sentence or entry of a list, each at most `length` letters."""
        before = _BREAK.split(self.before(citation, length))[-1]
        return before, _BREAK.split(self.after(citation, length))[0]
