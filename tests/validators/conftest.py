"""A small law book for the tests of validity and rules: facts by number and date, written as records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from rasoat.identity import document_key, type_of
from rasoat.records import (
    Citation,
    DateBasis,
    Effect,
    Finding,
    KnownFrom,
    LegalDocument,
    Mention,
    MentionKind,
    Observation,
    Origin,
    Part,
    Procedure,
    Resolution,
    Role,
    SourceRank,
    Tier,
    Verb,
)
from validators.rules import World, check_procedure
from validators.validity import Edition, ValidityGraph

SEEN = date(2026, 3, 1)


class LawBook:
    """Collects documents, observations, effects and editions; `graph()` builds the engine from them."""

    def __init__(self) -> None:
        self.documents: dict[str, LegalDocument] = {}
        self.observations: list[Observation] = []
        self.effects: list[Effect] = []
        self.editions: list[Edition] = []
        self.containers: dict[tuple[str, str], str] = {}
        self.misfiled: list[Effect] = []

    def doc(self, number: str, issued: str | None = None, entry: str | None = None, **more: Any) -> str:
        kind = more.pop("type", None) or type_of(number) or "Luật"
        issuer, known_from = more.pop("issuer", None), more.pop("known_from", KnownFrom.TEXT)
        seen, clauseless = more.pop("seen", SEEN), more.pop("observed", True)
        key = document_key(kind, number, issuer, _day(issued)) or number
        title = more.pop("title", None)
        self.documents[key] = LegalDocument(key, more.pop("id", number), number, kind, issuer, title, _day(issued), _day(entry), known_from)
        if clauseless and known_from is not KnownFrom.CITED:
            self.claim(key, seen, entry=entry, **more)
        return key

    def claim(self, key: str, seen: date = SEEN, entry: str | None = None, status: str | None = None, source: str = "gateway") -> None:
        document = self.documents[key]
        self.observations.append(
            Observation(
                key, document.number, document.type, source, seen, Origin("sha", "line 1"), KnownFrom.OFFICIAL,
                effective_on=_day(entry), claimed_status=status,
            )
        )  # fmt: skip

    def effect(
        self, verb: Verb, source: str, target: str | None = None, on: str | None = None, part: str | None = None, **more: Any
    ) -> Effect:
        names = {key: document.number for key, document in self.documents.items()}
        basis = more.pop("basis", DateBasis.STATED if on else DateBasis.OWN_ENTRY)
        quote = more.pop("quote", f"{names[source]} {verb.value} {part or ''} {names.get(target or source, '')} {on or ''}")
        more["until"] = _day(more.get("until"))
        made = Effect(
            verb, source, more.pop("place", "dieu-90/khoan-2"), quote, 0, len(quote), more.pop("tier", Tier.A), more.pop("seen", SEEN),
            Origin("sha", "line 2"), target, part, _day(on), basis, **more,
        )  # fmt: skip
        self.effects.append(made)
        return made

    def edition(self, on: str, keys: Iterable[str], titles: Iterable[str] = ("t",), shells: Iterable[str] = ()) -> None:
        self.editions.append(Edition(date.fromisoformat(on), dict.fromkeys(keys, ("t",)), frozenset(titles), frozenset(shells)))

    def graph(self) -> ValidityGraph:
        return ValidityGraph(
            self.documents.values(), self.observations, self.effects, self.editions, self.containers, misfiled=self.misfiled
        )


def _day(text: str | date | None) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text


@pytest.fixture
def law() -> LawBook:
    return LawBook()


@pytest.fixture
def new_law() -> type[LawBook]:
    return LawBook


class Desk:
    """One procedure with citations, checked against a law book."""

    def __init__(self, book: LawBook, **world: Any) -> None:
        self.book, self.more, self.texts, self.cited = book, world, {}, []
        self.extra: dict[str, Any] = {}

    def cite(
        self, key: str | None, part: Part = Part.LEGAL_BASIS, role: Role | None = None, before: str = "", after: str = "", **more: Any
    ) -> Desk:
        document = self.book.documents.get(key or "")
        kind = more.pop("kind", MentionKind.NUMBERED)
        number = more.pop("number", document.number if document else None)
        provisions, year = more.pop("provisions", ()), more.pop("year", None)
        quote = more.pop("quote", f"{document.type if document else 'Văn bản'} {number}")
        text = self.texts.get(part, "") + before
        start = len(text)
        self.texts[part] = text + quote + after + "\n"
        role = role or (Role.LEGAL_BASIS if part is Part.LEGAL_BASIS else Role.BODY)
        mention = Mention(
            start, start + len(quote), quote, kind, number=number, provisions=tuple(provisions), role=role, year=year,
            issued_on=_day(more.pop("issued_on", None)), name=more.pop("name", None), divisions=tuple(more.pop("divisions", ())),
        )  # fmt: skip
        self.cited.append(Citation("1.000001", part, mention, Resolution(key=key, **more)))
        return self

    def check(self, day: str, known: str | None = None) -> list[Finding]:
        settings = {"publisher": "UBND tỉnh Lai Châu", **self.extra}
        procedure = Procedure(
            "1.000001",
            settings.pop("name", "Cấp giấy phép"),
            "portal",
            SourceRank.NATIONAL_API,
            date(2026, 6, 1),
            Origin("sha", "$.data"),
            parts=dict(self.texts),
            **settings,
        )
        world = World(self.book.graph(), **self.more)
        return check_procedure(procedure, self.cited, world, date.fromisoformat(day), _day(known))

    def rules(self, day: str) -> list[tuple[str, str, tuple[str, ...]]]:
        return [(one.rule, one.severity.value, one.suppressed) for one in self.check(day)]


@pytest.fixture
def desk(law: LawBook) -> Desk:
    return Desk(law)


@pytest.fixture
def new_desk(law: LawBook) -> Callable[..., Desk]:
    return lambda **world: Desk(law, **world)
