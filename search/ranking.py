"""The order of the best candidates: one pure function for both engines, so that they answer alike.

An engine fetches some hundred candidates by BM25; here each is compared with every reading of the question: how much of
the question its name and surroundings cover (rare words count more), how much of its name the question covers, whether
word pairs stay together, whether marks agree, and whether place, body, level and field are the ones asked for.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from rasoat.vietnamese import fold
from search.analysis import body_words, entry_of, exact_words, folded_words, name_words, number_tokens, pairs, without_opening
from search.entries import DEAD, WITHDRAWN, Entry, Kind
from search.query import Understanding
from search.readings import Reading
from search.vocabulary import Vocabulary

CANDIDATES = 400  # how many of an engine's best are put in order; later pages keep the engine's order


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an entry is compared, cut into words once."""

    entry: Entry
    name: tuple[str, ...]
    written: tuple[str, ...]  # the name's words with their marks, "" for all where the two don't align
    head: int  # how many words of the name stand before its conditions
    words: frozenset[str]
    pairs: frozenset[str]
    exact: frozenset[str]
    context: frozenset[str]
    context_pairs: frozenset[str]
    bodies: tuple[tuple[str, ...], ...]
    fields: frozenset[str]
    numbers: frozenset[str]
    cites: frozenset[str]
    mentions: frozenset[str]


@lru_cache(maxsize=20_000)
def traits_of(stored: str) -> Traits:
    """The traits of a stored entry."""
    entry = entry_of(stored)
    name = name_words(entry.title)
    fields = [folded_words(field) for field in entry.fields]
    bodies = tuple(dict.fromkeys(body_words(body) for body in (entry.publisher, *entry.agencies) if body))
    around = [*fields, *map(list, bodies), list(body_words(entry.province)), *[folded_words(level) for level in entry.levels]]
    return Traits(
        entry=entry,
        name=name,
        written=_written(entry.title, len(name)),
        head=_head(entry.title, len(name)),
        words=frozenset(name),
        pairs=frozenset(pairs(list(name))),
        exact=frozenset(exact_words(entry.title)),
        context=frozenset(word for words in around for word in words),
        context_pairs=frozenset(pair for words in around for pair in pairs(words)),
        bodies=bodies,
        fields=frozenset(" ".join(field) for field in fields),
        numbers=frozenset(token for number in entry.numbers for token in number_tokens(number)),
        cites=frozenset(token for number in entry.cites for token in number_tokens(number)),
        mentions=frozenset(token for number in entry.mentions for token in number_tokens(number)),
    )


# After these a name tells the case, the place or the authority; what comes before says what it is about.
_CONDITIONS = re.compile(
    r"\(|;|:|/| (?:doi voi|thuoc tham quyen|thuc hien tai|theo quy dinh|trong truong hop|bang dich vu cong|truong hop|tren dia ban|tai) "
)
_OTHER_MARKS = 0.7  # what a word is worth that stands there with other marks than typed
_TAIL = 0.4  # the weight of a name's conditions against its head


def _head(title: str, words: int) -> int:
    """How many words stand before a name's conditions; at least three, or all."""
    opened = without_opening(title)
    found = _CONDITIONS.search(opened, 12)
    return max(len(folded_words(opened[: found.start()])), 3) if found else words


def _written(title: str, words: int) -> tuple[str, ...]:
    """The last `words` words of a name with their marks."""
    exact = exact_words(title)
    return tuple(exact[len(exact) - words :]) if words <= len(exact) else ("",) * words


@dataclass(frozen=True, slots=True)
class _Asked:
    """A reading made ready: each word's weight, their sum, the neighbouring words with the sum of their weights."""

    reading: Reading
    plain: tuple[str, ...]
    weights: dict[str, float]
    marks: dict[str, set[str]]  # for each word the ways it was typed; "" is any
    total: float
    pairs: tuple[tuple[str, str, str, float], ...]


class Ranker:
    """Scores entries for one question."""

    def __init__(self, asked: Understanding, vocabulary: Vocabulary) -> None:
        self._asked = asked
        self._vocabulary = vocabulary
        self._readings = [_ready(reading, vocabulary) for reading in asked.readings]

    def score(self, traits: Traits, found: float) -> float:
        """How well an entry answers, about 0 to 2; `found` is the engine's own score as a share of its best (0 to 1)."""
        asked, entry = self._asked, traits.entry
        weight = self._vocabulary.weight
        name = [(word, weight(word) * (1.0 if place < traits.head else _TAIL)) for place, word in enumerate(traits.name)]
        name_total = sum(one for _, one in name)
        total = max((_reads(reading, traits, name, name_total) for reading in self._readings), default=0.0)
        total = 0.92 * total + 0.08 * found + _facts(asked, traits) + _numbers(asked, traits)
        if entry.kind is Kind.PROCEDURE:
            total += _everyday(entry)
        elif entry.kind is Kind.DOCUMENT and asked.readings:
            total += 0.03 if entry.type in ("Luật", "Bộ luật") else 0.0
            total += 0.15 if asked.year and entry.issued_on and entry.issued_on.year == asked.year else 0.0
        elif entry.kind in (Kind.ARTICLE, Kind.FINDING):
            total -= 0.1
        if entry.status in DEAD or entry.status == WITHDRAWN:
            total *= 0.75
        return total


def _ready(reading: Reading, vocabulary: Vocabulary) -> _Asked:
    weights: dict[str, float] = {}
    marks: dict[str, set[str]] = {}
    total = 0.0
    for word in reading.words:
        marks.setdefault(word.plain, set()).add(word.exact)
        weight = (vocabulary.weight_written(word.plain, word.exact) if word.exact else vocabulary.weight(word.plain)) * word.share
        weights[word.plain] = max(weight, weights.get(word.plain, 0.0))
        total += weight
    plain = reading.plain
    neighbours = tuple((a, b, f"{a}_{b}", weights[a] + weights[b]) for a, b in itertools.pairwise(plain))
    return _Asked(reading, plain, weights, marks, total, neighbours)


def _reads(asked: _Asked, traits: Traits, name: list[tuple[str, float]], name_total: float) -> float:
    """How well one reading and a name cover each other, 0 to about 1.2."""
    if not asked.total:
        return 0.0
    covered = 0.0
    marks = right = 0
    for word in asked.reading.words:
        if word.plain in traits.words:
            kept = 1.0
            if word.exact:
                marks += 1
                right += word.exact in traits.exact
                kept = 1.0 if word.exact in traits.exact else _OTHER_MARKS
            covered += kept * asked.weights[word.plain]
        elif word.plain in traits.context:
            covered += 0.7 * asked.weights[word.plain]
    if not covered:
        return 0.0
    recall = min(covered / asked.total, 1.0)
    together = _together(asked, traits, recall)
    known = 0.0
    for (plain, weight), written in zip(name, traits.written, strict=True):
        if plain in asked.marks:
            typed = asked.marks[plain]
            known += weight if "" in typed or written in typed else _OTHER_MARKS * weight
    precision = known / name_total if name_total else 0.0
    total = 0.5 * recall + 0.25 * together + 0.25 * precision
    if asked.plain == traits.name:
        total += 0.25
    elif len(asked.plain) > 1 and f" {' '.join(asked.plain)} " in f" {' '.join(traits.name)} ":
        total += 0.08 + (0.05 if traits.name[: len(asked.plain)] == asked.plain else 0.0)
    if marks:
        total += 0.06 * (right / marks - 1)
    return total * asked.reading.factor


def _together(asked: _Asked, traits: Traits, alone: float) -> float:
    """The share of the question's neighbouring words that stand together in the name or its surroundings."""
    total = kept = 0.0
    for first, second, pair, weight in asked.pairs:
        total += weight
        if pair in traits.pairs:
            kept += weight
        elif pair in traits.context_pairs:
            kept += 0.7 * weight
        elif first in traits.words and second in traits.words:
            kept += 0.4 * weight
    return kept / total if total else alone


def _facts(asked: Understanding, traits: Traits) -> float:
    """Place, body, level, field and online level: what was asked for and is so."""
    entry, total = traits.entry, 0.0
    if asked.province:
        if entry.province:
            total += 0.6 if entry.province == asked.province else -0.3
        elif fold(asked.province) in fold(" ".join(entry.agencies)):
            total += 0.2
    if asked.agencies:
        total += 0.5 * max(_body(name.split(), traits.bodies) for name in asked.agencies)
    if asked.level and entry.levels:
        total += 0.25 if asked.level in entry.levels else -0.1
    elif asked.level and f"({asked.level.lower()})" in entry.title.lower():
        total += 0.25
    if asked.field:
        weight = 0.6 if asked.field_said or asked.agencies or asked.province else 0.25
        total += weight if " ".join(folded_words(asked.field)) in traits.fields else 0.0
    if asked.online and entry.online:
        total += 0.2 if asked.online == entry.online else 0.0
    return total


def _body(asked: list[str], bodies: tuple[tuple[str, ...], ...]) -> float:
    """How well a body asked for is one of the entry's: 1 the same, 0.9 its beginning ("cục … - bộ …"), 0.6 within."""
    wanted, best = tuple(asked), 0.0
    for body in bodies:
        if body == wanted:
            return 1.0
        if body[: len(wanted)] == wanted:
            best = max(best, 0.9)
        elif f" {' '.join(wanted)} " in f" {' '.join(body)} ":
            best = max(best, 0.6)
    return best


def _numbers(asked: Understanding, traits: Traits) -> float:
    """Codes and numbers: the thing itself first, then what cites it; the other way round where citing is asked."""
    best = 0.0
    for code in asked.codes:
        if traits.entry.kind in (Kind.PROCEDURE, Kind.FINDING) and any(_code(code.code, number) for number in traits.entry.numbers):
            best = max(best, 3.0 if code.code in traits.entry.numbers else 2.0)
    for number in asked.numbers:
        own = _holds(number.token, number.prefix, traits.numbers)
        if own and number.symbol and not number.prefix and not _typed(number.symbol, traits.numbers):
            own = 0.3 * own
        cited = max(_holds(number.token, number.prefix, traits.cites), 0.6 * _holds(number.token, number.prefix, traits.mentions))
        if cited and number.symbol and not number.prefix and not _cited_as(number.token, number.symbol, traits.cites | traits.mentions):
            cited = 0.3 * cited
        own_weight, cited_weight = (1.0, 2.0) if asked.citing else (2.0, 1.0)
        scale = 1.0 if number.typed else 0.6
        best = max(best, own_weight * own * scale, cited_weight * cited * scale)
    return best


def _code(asked: str, number: str) -> bool:
    return number == asked or number.startswith(asked) or (len(asked) > 8 and asked.startswith(number))


def _holds(token: str, prefix: bool, tokens: frozenset[str]) -> float:
    if token in tokens:
        return 1.0
    return 0.9 if prefix and any(other.startswith(token) for other in tokens) else 0.0


def _typed(symbol: str, tokens: frozenset[str]) -> bool:
    """Whether a document's tokens show the type `symbol` ("nd" in 123/2015/nd-cp; a law's number shows none)."""
    return any(re.search(rf"/{symbol}(?:-|$)", token) for token in tokens)


def _cited_as(token: str, symbol: str, tokens: frozenset[str]) -> bool:
    return any(other.startswith(f"{token}/{symbol}") for other in tokens)


def _everyday(entry: Entry) -> float:
    """A small preference between equals for what citizens do themselves, near home, in the whole country."""
    total = 0.0
    if "Công dân Việt Nam" in entry.audience:
        total += 0.015
    if "Cấp xã" in entry.levels or "Cấp tỉnh" in entry.levels:
        total += 0.01
    if not entry.province:
        total += 0.01
    if entry.title.endswith("BQP") or any(field.endswith("BQP") for field in entry.fields):
        total -= 0.03
    return total
