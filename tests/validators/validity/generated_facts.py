"""Facts of all kinds for what must hold whatever the facts are: few documents, so that much happens between them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rasoat.records import Confidence, DateBasis, Effect, KnownFrom, LegalDocument, Observation, Origin, Tier, Verb
from validators.validity import Edition, ValidityGraph
from validators.validity.outline import Outlines

START, STEP = date(2010, 1, 1), timedelta(days=97)
NUMBERS = range(6)
KEYS = [f"nghi-dinh|{number}/20{10 + number}/NĐ-CP" for number in NUMBERS]
TYPES = ["Nghị định"] * 7 + ["Văn bản hợp nhất", "Giấy phép"]
NAMED = [
    None, None, None, "dieu-1", "dieu-1/khoan-2", "dieu-1/khoan-2/diem-a", "dieu-2", "dieu-3", "dieu-16a", "chuong-II", "chuong-II/muc-1",
    "phu-luc", "phu-luc-I", "mau-so-01", "?",
]  # fmt: skip
PATHS = [
    None, "dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-2", "dieu-1/khoan-2/diem-a", "dieu-1/khoan-2/diem-b", "dieu-1/khoan-7", "dieu-2",
    "dieu-2/khoan-1", "dieu-3", "dieu-3/khoan-1", "dieu-4", "dieu-9", "dieu-16a", "chuong-I", "chuong-II", "chuong-II/muc-1",
    "chuong-II/muc-2", "phu-luc", "phu-luc-I", "phu-luc-II", "phu-luc-II/muc-3", "mau-so-01", "mau-so-02",
]  # fmt: skip
CONTAINED = {"dieu-2": "chuong-II/muc-1", "dieu-3": "chuong-II/muc-1", "dieu-4": "chuong-II/muc-2", "dieu-1": "chuong-I"}


@dataclass(frozen=True)
class Copy:
    path: str
    heading: str
    tier: Tier = Tier.A
    seen_on: date = START


class Shelf:
    """Every other document is held whole: four articles, the first divided."""

    def articles(self, key: str) -> Iterable[Copy]:
        held = ("Phạm vi", "Đối tượng", "Trách nhiệm", "Hiệu lực thi hành")
        return [Copy(f"dieu-{at}", heading) for at, heading in enumerate(held, 1)] if KEYS.index(key) % 2 == 0 else []

    def all_texts(self, key: str) -> dict[str, Iterable[str]]:
        return {one.path: self.texts(key, one.path) for one in self.articles(key)}

    def texts(self, key: str, path: str) -> Iterable[str]:
        return ["1. Một:\na) một;\nb) hai.\n2. Hai:\na) một;\nb) hai.\n3. Ba."] if path == "dieu-1" else ["Một câu."]


@dataclass
class GeneratedFacts:
    """Six documents and what is told of them."""

    papers: list[LegalDocument]
    claims: list[Observation]
    clauses: list[Effect]
    editions: list[Edition]

    def graph(self) -> ValidityGraph:
        containers = {(key, article): container for key in KEYS for article, container in CONTAINED.items()}
        return ValidityGraph(self.papers, self.claims, self.clauses, self.editions, containers, outlines=Outlines(Shelf()))


def generated_facts(dice: random.Random) -> GeneratedFacts:
    """Clauses between six documents, with nothing too odd to happen."""

    def day() -> date:
        return START + dice.randrange(36) * STEP

    def perhaps(value: date) -> date | None:
        return value if dice.random() < 0.7 else None

    papers = []
    for key in KEYS:
        number = key.partition("|")[2]
        issued = day()
        entry = issued + timedelta(days=dice.choice([0, 30, 45, 400])) if dice.random() < 0.5 else None
        papers.append(LegalDocument(key, number, number, dice.choice(TYPES), None, None, perhaps(issued), entry, KnownFrom.TEXT))
    claims = [
        Observation(
            key, key.partition("|")[2], "Nghị định", "gateway", day(), Origin("c", str(at)), KnownFrom.OFFICIAL, effective_on=perhaps(day()),
            claimed_status=dice.choice(["Còn hiệu lực", "Hết hiệu lực một phần", "Hết hiệu lực toàn bộ", None]),
        )
        for at, key in enumerate(KEYS)
        if dice.random() < 0.4
    ]  # fmt: skip
    clauses = [_clause(dice, at, perhaps(day()), day() if dice.random() < 0.3 else None, day()) for at in range(dice.randrange(18))]
    editions = [Edition(day(), {key: {"dm"} for key in KEYS if dice.random() < 0.3}, {"dm"}) for _ in range(dice.randrange(3))]
    return GeneratedFacts(papers, claims, clauses, editions)


def _clause(dice: random.Random, at: int, on: date | None, until: date | None, observed: date) -> Effect:
    verbs = [one for one in Verb if one not in (Verb.DYNAMIC_REFERENCE, Verb.OVERRIDES)]
    dated = [DateBasis.OWN_ENTRY, DateBasis.ENTRY_PLUS, DateBasis.ANCHORED, DateBasis.ANCHORED_END, DateBasis.SIGN_PLUS, DateBasis.STATED]
    target = dice.choice([None, *KEYS])
    return Effect(
        dice.choice(verbs), dice.choice(KEYS), dice.choice(["dieu-9", "dieu-1/khoan-2"]), f"q{at}", 0, 1,
        dice.choice([Tier.A, Tier.A, Tier.B, Tier.D]), observed, Origin("sha", str(at)), target, dice.choice(NAMED), on=on,
        basis=dice.choice(dated), anchor=dice.choice([None, *KEYS]), days=dice.choice([None, 30]), months=dice.choice([None, None, 6]),
        until=until, exceptions=dice.choice([(), (), (), ("dieu-1",), ("dieu-1/khoan-2", "chuong-II"), ("?",)]),
        confidence=dice.choice([Confidence.HIGH, Confidence.HIGH, Confidence.LOW]),
    )  # fmt: skip
