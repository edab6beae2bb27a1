"""What the documents do to each other: which ends which and how, what is amended, corrected, suspended, and what has a term."""

from __future__ import annotations

import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from random import Random

from .papers import Library, Paper

COMING = date(2027, 3, 1)  # a day on which much of what is in force today ends
_ENDED, _TERMED, _SPARED, _LATER, _OVERHAUL = 0.5, 0.01, 0.03, 0.06, 0.08
_HUB = 0.01  # of the partial changes go to one decree
_MOST = 6  # provisions that one clause names


class Act(StrEnum):
    """What a clause does to its target; each is worded in one way (`wording`)."""

    REPLACES = "replaces"  # this document replaces the target
    REPEALS = "repeals"
    CEASES = "ceases"  # the target ceases to have force since a day
    STRIKES = "strikes"  # provisions are repealed
    AMENDS = "amends"
    CORRECTS = "corrects"
    SUSPENDS = "suspends"


@dataclass(frozen=True, slots=True)
class Change:
    """One clause: the target, and the provisions it names (none: the whole). `on` where it states a day of its own, `spared` an
    article that survives."""

    act: Act
    target: Paper
    provisions: tuple[str, ...] = ()
    on: date | None = None
    spared: str | None = None

    @property
    def effects(self) -> int:
        return len(self.provisions) or 1


@dataclass(slots=True)
class Fates:
    """By the place of a document: the changes it makes, its own term, and the day it ended; `overhauls` the document whose amendment it
    is as a whole, as its title says. `effects` counts all that follows from the clauses and titles."""

    changes: dict[int, list[Change]] = field(default_factory=lambda: defaultdict(list))
    terms: dict[int, date] = field(default_factory=dict)
    ended: dict[int, date] = field(default_factory=dict)
    overhauls: dict[int, Paper] = field(default_factory=dict)
    effects: int = 0

    def add(self, paper: Paper, change: Change) -> None:
        self.changes[paper.at].append(change)
        self.effects += change.effects


def fates(library: Library, effects: int, dice: Random) -> Fates:
    """So many effects in all: the entry of each document, whole endings, terms, titles, and for the rest changes of provisions."""
    told = Fates(effects=len(library.papers))  # each states its own entry
    for line in library.lineages:
        for at, paper in enumerate(line):
            _whole(told, line, at, paper, dice)
    _partial(told, library, effects, dice)
    return told


def _whole(told: Fates, line: list[Paper], at: int, paper: Paper, dice: Random) -> None:
    if paper.issued_on.year >= 2024 and dice.random() < _TERMED:
        told.terms[paper.at] = COMING
        told.effects += 1
    successor = at + 1 + int(dice.expovariate(4 / len(line)))
    if dice.random() < _ENDED and successor < len(line) and line[successor].issued_on > paper.issued_on:
        by = line[successor]
        act = dice.choices((Act.REPLACES, Act.REPEALS, Act.CEASES), (6, 3, 1))[0]
        on = COMING if by.issued_on.year == 2026 and dice.random() < _LATER * 4 else None
        if act is Act.CEASES and on is None:
            on = by.effective_on
        if act is Act.REPLACES:
            on = None
        spared = f"dieu-{dice.randrange(len(paper.items)) + 1}" if dice.random() < _SPARED else None
        told.add(by, Change(act, paper, on=on, spared=spared))
        told.ended[paper.at] = on or by.effective_on
    elif dice.random() < _OVERHAUL and successor < len(line) and line[successor].issued_on > paper.issued_on:
        told.effects += line[successor].at not in told.overhauls  # of two only the first is what its title names
        told.overhauls.setdefault(line[successor].at, paper)


def _partial(told: Fates, library: Library, effects: int, dice: Random) -> None:
    """Changes of provisions: a few documents make many, and most make none; what is dead by then is left alone."""
    places = {paper.at: (line, at) for line in library.lineages for at, paper in enumerate(line)}
    papers = library.papers
    decrees = next((line for line in library.lineages if line[0].type == "Nghị định"), [])
    weights = [dice.paretovariate(1.2) for _ in papers]
    while told.effects < effects:
        for source in dice.choices(papers, weights, k=min(10_000, effects - told.effects)):
            if told.effects >= effects:
                break
            line, at = places[source.at]
            target = decrees[0] if line is decrees and dice.random() < _HUB * len(papers) / len(decrees) else _alive(told, line, at, dice)
            if target is None or target.issued_on >= source.issued_on:
                continue
            many = min(1 + int(dice.expovariate(0.6)), _MOST, effects - told.effects)
            named = tuple(dict.fromkeys(target.provision(dice) for _ in range(many)))
            act = dice.choices((Act.AMENDS, Act.STRIKES, Act.CORRECTS, Act.SUSPENDS), (60, 30, 9, 1))[0]
            told.add(source, Change(act, target, tuple(sorted(named, key=_order))))


def _alive(told: Fates, line: list[Paper], at: int, dice: Random) -> Paper | None:
    """An earlier document of the same lineage that still stands; the nearer ones more often."""
    day = line[at].issued_on
    for _ in range(3):
        target = line[max(at - 1 - int(dice.expovariate(6 / len(line))), 0)]
        if told.ended.get(target.at, date.max) > day and target.issued_on < day:
            return target
    return None


def _order(path: str) -> tuple[int, int]:
    article, _, part = path.partition("/")
    return int(article.removeprefix("dieu-")), int(part.removeprefix("khoan-") or 0)


def alive_on(told: Fates, line: list[Paper], day: date) -> list[Paper]:
    """The documents of a lineage that were issued by a day and had not ended then."""
    issued = bisect.bisect_right([paper.issued_on for paper in line], day)
    return [paper for paper in line[:issued] if told.ended.get(paper.at, date.max) > day]
