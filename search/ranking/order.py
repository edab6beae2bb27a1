"""The order of the best candidates: one pure function for both engines, so that they answer alike.

An engine fetches some hundred candidates by BM25; here each is compared with every reading of the question: how much of
the question its name and surroundings cover (rare words count more), how much of its name the question covers, whether
word pairs stay together, whether marks agree, and whether place, body, level and field are the ones asked for.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from rasoat.vietnamese import fold
from search.ages import ages_of
from search.analysis import folded, folded_words
from search.entries import DEAD, WITHDRAWN, EntryKind
from search.ranking.asked_numbers import code_merit, number_merit
from search.ranking.named import NamedLaws
from search.traits import Traits
from search.understanding.query_readings import QueryReading
from search.understanding.understand import Understanding
from search.vocabulary import Vocabulary

_OTHER_MARKS = 0.7  # what a word is worth that stands there with other marks than typed
_ONLY_CITED = 0.02  # what a document gives way to its equals that is known from citations alone
_TYPE_ASKED = 0.4  # what it is worth to be of the type a question begins with ("thông tư về đăng ký xe")
_ARTICLE = 0.6  # what an article asked for is worth before its document
_TAIL = 0.4  # the weight of a name's conditions against its head
_OF_AGE, _OF_ANOTHER_AGE = 0.1, 0.4  # a name for people of the age that was said, and one for others alone
CANDIDATES = 120  # how many of an engine's best are put in order; later pages keep the engine's order


@dataclass(frozen=True, slots=True)
class _AskedWord:
    """A word of a reading. `typed` says how each of its occurrences was typed, "" being any way."""

    plain: str
    between: str  # with a blank before and after
    weight: float
    unmarked: float  # its weight whatever its marks
    typed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A reading made ready: its words, the sum of their weights, its neighbouring words."""

    factor: float
    plain: tuple[str, ...]
    joined: str
    words: frozenset[str]
    each: tuple[_AskedWord, ...]
    total: float
    pairs: tuple[tuple[str, str, str, float], ...]  # two neighbours, " first second ", their weight
    next_to: float  # the sum of these weights


class Ranker:
    """Scores entries for one question."""

    def __init__(self, asked: Understanding, vocabulary: Vocabulary) -> None:
        self._asked = asked
        self._vocabulary = vocabulary
        self._readings = [_ready(reading, vocabulary) for reading in asked.readings]
        self._province = fold(asked.province or "")
        self._field = " ".join(folded_words(asked.field or ""))
        self._agencies = tuple(asked.agencies)
        self._laws = NamedLaws(asked) if asked.laws else None

    def ordered(self, rows: Sequence[tuple[float, Traits]]) -> list[tuple[float, Traits]]:
        """What an engine found with its own scores, the best answer first, with ours."""
        best = max((value for value, _ in rows), default=0.0) or 1.0
        scored = [(self.score(traits, value / best), traits) for value, traits in rows]
        return sorted(scored, key=lambda row: (-round(row[0], 4), row[1].id))

    def score(self, traits: Traits, found: float) -> float:
        """How well an entry answers, about 0 to 2; `found` is the engine's own score as a share of its best (0 to 1)."""
        asked = self._asked
        if self._laws and (certain := self._laws.certainly(traits)):
            return certain
        # Of documents that share a number an engine prefers the one with fewer words.
        total = 0.92 * self._covers(traits) + (0.08 * found if self._readings else 0.0) + self._facts(traits)
        if asked.codes or asked.numbers:
            total += number_merit(asked, traits)
            total += _ARTICLE if asked.article and traits.kind is EntryKind.ARTICLE and f" {asked.article} " in traits.numbers else 0.0
        if self._laws:
            total += self._laws.adds(traits)
        if asked.named_codes:
            total += code_merit(asked.named_codes, traits)
        if traits.kind is EntryKind.PROCEDURE:
            total += traits.everyday
        elif traits.kind is EntryKind.DOCUMENT and asked.readings:
            total += 0.03 if traits.type in ("Luật", "Bộ luật") else 0.0
            total += 0.15 if asked.year and _of_year(asked.year, traits) else 0.0
            total -= 0.0 if traits.issued_in else _ONLY_CITED
            total += _TYPE_ASKED if asked.document_type and asked.document_type == folded(traits.type) else 0.0
        elif traits.kind in (EntryKind.ARTICLE, EntryKind.FINDING):
            total -= 0.1
        if traits.status in DEAD or traits.status == WITHDRAWN:
            total *= 0.75
        return total

    def answers(self, traits: Traits) -> float:
        """How much of what was asked for an entry is, by the words or by the number, 1 being all; what has no words to miss is all."""
        if self._laws and self._laws.certainly(traits):
            return 1.0
        if self._asked.named_codes and code_merit(self._asked.named_codes, traits):
            return 1.0
        if self._asked.codes or self._asked.numbers:
            named = number_merit(self._asked, traits)
            return max(named, self._covers(traits)) if self._readings else named
        return self._covers(traits) if self._readings else 1.0

    def _covers(self, traits: Traits) -> float:
        """How well the best reading and the name cover each other."""
        if not self._readings:
            return 0.0
        tells = self._vocabulary.tells(traits.name[: traits.head]) + _TAIL * self._vocabulary.tells(traits.name[traits.head :])
        return max(_reads(reading, traits, tells) for reading in self._readings)

    def _facts(self, traits: Traits) -> float:
        """Place, body, level, field and online level: what was asked for and is so."""
        asked, total = self._asked, 0.0
        if asked.province:
            if traits.province:
                # A body asked for with its place does what the whole country's procedures say, too.
                own = 0.3 if self._agencies else 0.6
                total += own if traits.province == asked.province else -0.3
            elif self._province in traits.executing:
                total += 0.2
        if self._agencies:
            total += (0.3 if asked.former else 0.5) * max(_body(name, traits.bodies) for name in self._agencies)
        if asked.level and traits.levels:
            total += 0.25 if asked.level in traits.levels else -0.1
        elif asked.level and f"({asked.level.lower()})" in traits.stored["title"].lower():
            total += 0.25
        if asked.field:
            weight = 0.6 if asked.field_said or asked.agencies or asked.province else 0.25
            total += weight if self._field in traits.fields else 0.0
        if asked.age and (ages := ages_of(traits.joined)):
            total += _OF_AGE if any(asked.age.meets(one) for one in ages) else -_OF_ANOTHER_AGE
        if asked.online and traits.online:
            total += 0.2 if asked.online == traits.online else 0.0
        return total


def _ready(reading: QueryReading, vocabulary: Vocabulary) -> _Asked:
    weights: dict[str, float] = {}
    typed: dict[str, tuple[str, ...]] = {}
    total = 0.0
    for word in reading.words:
        typed[word.plain] = (*typed.get(word.plain, ()), word.exact)
        weight = (vocabulary.weight_written(word.plain, word.exact) if word.exact else vocabulary.weight(word.plain)) * word.share
        weights[word.plain] = max(weight, weights.get(word.plain, 0.0))
        total += weight
    plain = reading.plain
    neighbours = tuple((a, b, f" {a} {b} ", weights[a] + weights[b]) for a, b in itertools.pairwise(plain))
    each = tuple(_AskedWord(word, f" {word} ", weights[word], vocabulary.weight(word), ways) for word, ways in typed.items())
    return _Asked(
        reading.factor, plain, f" {' '.join(plain)} ", frozenset(plain), each, total, neighbours, sum(weight for *_, weight in neighbours)
    )


def _reads(asked: _Asked, traits: Traits, tells: float) -> float:
    """How well one reading and a name, whose words tell `tells` in all, cover each other, 0 to about 1.2."""
    around, names = traits.around, traits.words
    if not asked.total or (asked.words.isdisjoint(names) and not any(word.between in around for word in asked.each)):
        return 0.0
    covered = known = 0.0
    marks = right = 0
    name, head = traits.name, traits.head
    for word in asked.each:
        plain, typed = word.plain, word.typed
        if plain not in names:
            covered += 0.7 * word.weight * len(typed) if word.between in around else 0.0
            continue
        for exact in typed:
            if not exact:
                covered += word.weight
                continue
            marks += 1
            agrees = f" {exact} " in traits.exact
            right += agrees
            covered += word.weight if agrees else _OTHER_MARKS * word.weight
        any_way, place = "" in typed, -1
        for _ in range(name.count(plain)):
            place = name.index(plain, place + 1)
            share = word.unmarked if place < head else _TAIL * word.unmarked
            known += share if any_way or traits.written[place] in typed else _OTHER_MARKS * share
    recall = min(covered / asked.total, 1.0)
    together = _together(asked, traits, recall)
    precision = known / tells if tells else 0.0
    total = 0.5 * recall + 0.25 * together + 0.25 * precision
    if asked.plain == traits.name:
        total += 0.25
    elif len(asked.plain) > 1 and asked.joined in traits.joined:
        total += 0.08 + (0.05 if traits.name[: len(asked.plain)] == asked.plain else 0.0)
    if marks:
        total += 0.06 * (right / marks - 1)
    return total * asked.factor


def _together(asked: _Asked, traits: Traits, alone: float) -> float:
    """The share of the question's neighbouring words that stand together in the name or its surroundings."""
    if not asked.next_to:
        return alone
    kept, joined, around, names = 0.0, traits.joined, traits.around, traits.words
    for first, second, pair, weight in asked.pairs:
        if first in names and second in names:
            kept += weight if pair in joined else 0.7 * weight if pair in around else 0.4 * weight
        elif pair in around:
            kept += 0.7 * weight
    return kept / asked.next_to


def _of_year(year: int, traits: Traits) -> bool:
    """Whether a document is of a year, by its date; one that is only cited, by its number."""
    return traits.issued_in == year if traits.issued_in else f"/{year}/" in traits.numbers


def _body(wanted: str, bodies: tuple[str, ...]) -> float:
    """How well a body asked for is one of the entry's: 1 the same, 0.9 its beginning ("cục … - bộ …"), 0.6 within."""
    best = 0.0
    for body in bodies:
        if body == wanted:
            return 1.0
        if body.startswith(f"{wanted} "):
            best = max(best, 0.9)
        elif f" {wanted} " in f" {body} ":
            best = max(best, 0.6)
    return best
