"""A small law book for the tests of validity and rules: facts by number and date, written as records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from rasoat.identity import document_key, type_of
from rasoat.records import DateBasis, Effect, KnownFrom, LegalDocument, Observation, Origin, Tier, Verb
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
        self.editions.append(Edition(date.fromisoformat(on), {key: ("t",) for key in keys}, frozenset(titles), frozenset(shells)))

    def graph(self) -> ValidityGraph:
        return ValidityGraph(self.documents.values(), self.observations, self.effects, self.editions, self.containers)


def _day(text: str | date | None) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text


@pytest.fixture
def law() -> LawBook:
    return LawBook()


@pytest.fixture
def new_law() -> type[LawBook]:
    return LawBook
