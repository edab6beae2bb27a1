"""Whoever tells the status of a document or provision on a day: from the facts in memory, or from what is published. One shape for both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from rasoat.codec import from_json, to_json
from rasoat.identity import canonical_number
from rasoat.records import BasisKind, LegalDocument, Status, StatusBasis, Verdict
from rasoat.store.published_timelines import PublishedRows
from validators.validity.cuts import AnswerFrom, Timeline, put_together, status_line
from validators.validity.doubts import AnswerDoubt, doubts
from validators.validity.graph import ValidityGraph
from validators.validity.outline import Outline
from validators.validity.paths import WHOLE
from validators.validity.provision_answers import as_text_has_it, heirs, text_matters, worst_of
from validators.validity.validity_facts import ValidityFacts


class StatusAnswers(Protocol):
    """What can be asked about documents; a key is one that `find` gave, or an answer named. `held_back`: that something changed after
    what is published and the gate refused it, which every answer tells."""

    @property
    def held_back(self) -> str | None: ...

    def find(self, number: str, type_: str | None = None, issuer: str | None = None) -> tuple[str, ...]:
        """Keys of the documents a printed number or id may mean."""
        ...

    def document(self, key: str) -> LegalDocument | None: ...

    def look_up(self, keys: Iterable[str]) -> None:
        """Have documents ready that are asked for one by one after it."""
        ...

    def look_ahead(self, asked: Collection[tuple[str, str | None]], day: date) -> None:
        """Have answers ready on documents and provisions that are asked one by one after it."""
        ...

    def answer(self, key: str, provision: str | None, day: date) -> AnswerFrom:
        """The verdict on a document (provision None) or provision, and what speaks against it."""
        ...

    def line(self, key: str, provision: str | None) -> Timeline:
        """The answers of all days."""
        ...

    def headings(self, key: str) -> Mapping[str, str]:
        """What the articles of a document are called, by path, as far as its text is held."""
        ...


class GraphAnswers:
    """From the facts in memory, as known on a day."""

    def __init__(self, graph: ValidityGraph, known_at: date | None = None, held_back: str | None = None) -> None:
        self._graph, self._known_at, self._held_back = graph, known_at, held_back

    @property
    def held_back(self) -> str | None:
        return self._held_back

    def find(self, number: str, type_: str | None = None, issuer: str | None = None) -> tuple[str, ...]:
        return tuple(key for key in self._graph.find(number, type_, issuer) if self._graph.register.known(key, self._known_at))

    def document(self, key: str) -> LegalDocument | None:
        return self._graph.document(key)

    def look_up(self, keys: Iterable[str]) -> None:
        """All are in memory."""

    def look_ahead(self, asked: Collection[tuple[str, str | None]], day: date) -> None:
        """All facts are in memory."""

    def answer(self, key: str, provision: str | None, day: date) -> AnswerFrom:
        verdict = self._graph.status(key, provision, day, self._known_at)
        return AnswerFrom(day, verdict, tuple(doubts(self._graph, key, provision, verdict, day, self._known_at)))

    def line(self, key: str, provision: str | None) -> Timeline:
        return status_line(self._graph, key, provision or WHOLE, self._known_at)

    def headings(self, key: str) -> Mapping[str, str]:
        return self._graph.headings(key, self._known_at)


class PublishedAnswers:
    """From the published timelines: a few rows a question, the same answers."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows
        self._documents: dict[str, LegalDocument | None] = {}
        self._provisions: dict[str, dict[str, Any]] = {}
        self._ahead: dict[tuple[str, date], tuple[frozenset[str], dict[str, Any]]] = {}  # the paths looked up, and those that have a row

    @property
    def held_back(self) -> str | None:
        return self._rows.publication.held_back

    def find(self, number: str, type_: str | None = None, issuer: str | None = None) -> tuple[str, ...]:
        namesakes = ValidityFacts()
        for document in self._rows.documents(canonical_number(number.partition("@")[0])):
            namesakes.add_document(document)
        return namesakes.find(number, type_, issuer)

    def document(self, key: str) -> LegalDocument | None:
        self.look_up([key])
        return self._documents[key]

    def look_up(self, keys: Iterable[str]) -> None:
        """One question for all that are not known yet."""
        if unknown := {key for key in keys if key not in self._documents}:
            self._documents.update({**dict.fromkeys(unknown), **self._rows.documents_by_key(unknown)})

    def answer(self, key: str, provision: str | None, day: date) -> AnswerFrom:
        data = self._data(key, heirs(provision or WHOLE), day)
        if data is None:
            return AnswerFrom(day, Verdict(Status.UNKNOWN_DOCUMENT, "unknown_document", StatusBasis(BasisKind.NO_RECORD)))
        return self._of_provision(key, provision, answer_of(day, data)) if provision else answer_of(day, data)

    def look_ahead(self, asked: Collection[tuple[str, str | None]], day: date) -> None:
        """Two questions for all of them, and one for the documents they are."""
        paths = frozenset(heir for _, provision in asked for heir in heirs(provision or WHOLE))
        found = self._rows.answers_on({key for key, _ in asked}, paths, day)
        self._ahead.update({(key, day): (paths, told) for key, told in found.items()})
        self._provisions.update(self._rows.outlines({key for key, provision in asked if provision} - self._provisions.keys()))
        self.look_up(key for key, _ in asked)

    def _data(self, key: str, paths: Sequence[str], day: date) -> Any | None:
        looked_up, told = self._ahead.get((key, day), (frozenset[str](), {}))
        if not looked_up.issuperset(paths):
            return self._rows.answer(key, paths, day)
        return next((told[path] for path in paths if path in told), None)

    def _of_provision(self, key: str, provision: str, found: AnswerFrom) -> AnswerFrom:
        about = self._about(key)
        if "bases" in about:
            verdicts = [self.answer(base, provision, found.day).verdict for base in about["bases"]]
            return AnswerFrom(found.day, worst_of(verdicts, found.verdict.basis.documents, found.verdict.candidates))
        return with_text(found, provision, about)

    def _about(self, key: str) -> dict[str, Any]:
        if key not in self._provisions:
            self._provisions[key] = self._rows.outline(key)
        return self._provisions[key]

    def line(self, key: str, provision: str | None) -> Timeline:
        found = [answer_of(day, data) for day, data in self._rows.line(key, heirs(provision or WHOLE))]
        if not provision:
            return found
        about = self._about(key)
        if "bases" in about:
            days = sorted({date.min, *(answer.day for base in about["bases"] for answer in self.line(base, provision))})
            return put_together(self.answer(key, provision, day) for day in days)
        return put_together(with_text(answer, provision, about) for answer in found)

    def headings(self, key: str) -> Mapping[str, str]:
        outline = _outline(self._about(key))
        return {path: heading for path, heading in outline.headings.items() if heading} if outline else {}


def answer_data(answer: AnswerFrom) -> dict[str, Any]:
    """An answer as its row holds it, without its day."""
    told: dict[str, Any] = {"verdict": to_json(Verdict, answer.verdict)}
    return {**told, "doubts": [to_json(AnswerDoubt, doubt) for doubt in answer.doubts]} if answer.doubts else told


def answer_of(day: date, data: Mapping[str, Any]) -> AnswerFrom:
    """An answer from its row."""
    return AnswerFrom(day, from_json(Verdict, data["verdict"]), tuple(from_json(AnswerDoubt, doubt) for doubt in data.get("doubts", ())))


def about_provisions(graph: ValidityGraph, key: str) -> dict[str, Any]:
    """What a question about a provision has to know of a document, as its row holds it; empty where there is nothing to know."""
    outline, parts = graph.outline(key), graph.consolidated(key)
    told: dict[str, Any] = {"outline": to_json(Outline, outline)} if outline else {}
    if parts is not None:
        return {**told, "bases": [base for base in parts.bases if graph.stands_alone(base)]}
    amended = graph.amended_by(key) if outline and (outline.there or outline.divided) else {}
    return {**told, "amended": amended} if amended else told


def with_text(answer: AnswerFrom, path: str, about: Mapping[str, Any]) -> AnswerFrom:
    """An answer on a provision once the text is looked at; what a document without any text held is told with no more than medium
    confidence."""
    if not text_matters(answer.verdict):
        return answer
    outline = _outline(about)
    missing = outline.missing(path) if outline else None
    verdict = as_text_has_it(answer.verdict, path, missing, outline is not None and outline.holds(path), about.get("amended", {}))
    return AnswerFrom(answer.day, verdict, () if missing else answer.doubts)


def _outline(about: Mapping[str, Any]) -> Outline | None:
    return from_json(Outline, about["outline"]) if "outline" in about else None
