"""The ways to say a question in official words: abbreviations written out, everyday expressions replaced, empty words left out."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from search.ages import AgeRange
from search.understanding.asked_words import Word, belongs, is_person, without_empty
from search.understanding.expression_matches import FoundExpression, matches, scattered, written_out
from search.vocabulary import Vocabulary

MOST_READINGS = 10


@dataclass(frozen=True, slots=True)
class QueryReading:
    """One way to understand the words; `factor` below 1 for the less likely ones."""

    words: tuple[Word, ...]
    factor: float = 1.0
    expressions: tuple[str, ...] = ()

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(word.plain for word in self.words)


_LONGER = 3  # for so many words a meaning may count for each word of its expression: two words of nine don't outweigh the seven
_OTHERWISE = 0.97  # what a reading of words that sound alike gives way to the words as they were typed
_DENIED = 0.3  # how much of a word counts that is denied
_WITHOUT_PURPOSE = 0.99  # what a reading without its purpose gives way to the whole
_PERSON = 0.4  # how much a word for a person counts


def readings_of(
    words: list[Word], vocabulary: Vocabulary, otherwise: list[Word] | None = None, age: AgeRange | None = None
) -> tuple[QueryReading, ...]:
    """The question in official words first, then its other meanings, then as it was typed; `otherwise` is a second way to read it, `age`
    that of the person it is about."""
    readings = _readings_of(words, vocabulary, age)
    spelt = written_out(words)
    if spelt != words:
        readings += _readings_of(spelt, vocabulary, age)
    if wish := _before_purpose(words, vocabulary):
        readings += [replace(one, factor=_WITHOUT_PURPOSE * one.factor) for one in _readings_of(wish, vocabulary, age)]
    if otherwise:
        readings += [replace(one, factor=_OTHERWISE * one.factor) for one in _readings_of(otherwise, vocabulary, age)]
    unique: dict[tuple[str, ...], QueryReading] = {}
    for reading in sorted(readings, key=lambda one: -one.factor):
        if reading.words:
            unique.setdefault(reading.plain, reading)
    return tuple(list(unique.values())[:MOST_READINGS])


def _before_purpose(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    """The words before "để", where they name a matter: what it is wanted for tells little ("xác nhận cư trú để mua nhà")."""
    at = next((place for place, word in enumerate(words) if word.plain == "de" and word.exact in ("", "để")), 0)
    wish = words[:at]
    return wish if any(one.expression.group != _ACTIONS and len(one.places) > 1 for one in matches(wish, vocabulary)) else []


def with_wishes(readings: tuple[QueryReading, ...], wishes: tuple[tuple[QueryReading, ...], ...]) -> tuple[QueryReading, ...]:
    """The readings of a question and the best of each of its wishes, no more than of any other question."""
    if not wishes:
        return readings
    of_each = MOST_READINGS // (len(wishes) + 1)
    told = [one for several in wishes for one in several[: max(of_each, 1)]]
    known = {one.plain for one in readings[: MOST_READINGS - len(told)]}
    return (*readings[: MOST_READINGS - len(told)], *(one for one in told if one.plain not in known))


def _readings_of(words: list[Word], vocabulary: Vocabulary, age: AgeRange | None) -> list[QueryReading]:
    found = matches(words, vocabulary, age)
    chosen: list[FoundExpression] = []
    for one in sorted(found, key=lambda item: (-len(item.places), item.places[-1] - item.places[0], item.places)):
        if not any(set(one.places) & set(other.places) for other in chosen):
            chosen.append(one)
    chosen.sort(key=lambda item: item.places)
    readings = []
    if chosen:
        readings.append(_rewritten(words, chosen, None, 0, vocabulary, 1.0))
        for one in chosen:
            for meaning in range(1, len(one.means)):
                readings.append(_rewritten(words, chosen, one, meaning, vocabulary, 1.0 - 0.04 * meaning))
    longest = max((len(one.places) for one in chosen), default=0)
    for one in scattered(words, {one.expression for one in chosen}, age):
        if len(one.places) > longest:
            readings.append(_rewritten(words, [one], None, 0, vocabulary, 1.0 if len(one.places) > 3 else 0.95))
    for one in [one for one in found if one not in chosen][:2]:
        readings.append(_rewritten(words, [one], None, 0, vocabulary, 0.85))
    readings.append(_rewritten(words, [], None, 0, vocabulary, 0.85 if chosen else 1.0))
    return readings


def _rewritten(
    words: list[Word], chosen: list[FoundExpression], other: FoundExpression | None, meaning: int, vocabulary: Vocabulary, factor: float
) -> QueryReading:
    """The question with `chosen` in official words, `other` of them in its given meaning."""
    said = {place for one in chosen for place in one.places}
    first = {min(one.places): one for one in chosen}
    share = 0.5 if any(len(one.places) > 1 and one.expression.group != _ACTIONS for one in chosen) else 1.0
    out: list[Word] = []
    rest: list[Word] = []
    told: list[tuple[tuple[str, str], ...]] = []

    persons = {word for place, word in enumerate(words) if is_person(word) and not belongs(words, place, vocabulary)}
    acts = _acts([word for place, word in enumerate(words) if place not in said])
    acted = bool(acts) or any(one.expression.group == _ACTIONS for one in chosen)

    def flush() -> None:
        for word in without_empty(rest, vocabulary):
            if word.age:
                continue
            part = 1.0 if word.plain in acts else share * (_PERSON if word in persons else 1.0)
            part = _DENIED * part if word.denied else part
            out.append(replace(word, share=part, beside=part < 1.0))
        rest.clear()

    for place, word in enumerate(words):
        if place in first:
            flush()
            one = first[place]
            means = one.means[meaning if one is other else 0]
            if means in told:  # said twice in other words ("bảo hộ logo thương hiệu")
                continue
            told.append(means)
            meant = means[1:] if acted and _only_grants(one, means) else means
            part = min(1.0, _LONGER * len(one.places) / len(meant))
            out.extend(Word(plain, exact, part) for plain, exact in meant)
        elif place not in said:
            rest.append(word)
    flush()
    return QueryReading(tuple(out or words), factor, tuple(" ".join(one.expression.exact) for one in chosen))


_ACTIONS = "everyday-actions"
# What is done with a paper that is already there; beside it "cấp" (grant) of an expression's meaning gives way.
_OFFICIAL_ACTS = {
    ("gia", "han"), ("cap", "lai"), ("cap", "doi"), ("thu", "hoi"), ("dieu", "chinh"), ("cham", "dut"), ("tam", "ngung"), ("dinh", "chinh"),
    ("sua", "doi"), ("bo", "sung"), ("chuyen", "doi"),
}  # fmt: skip


def _acts(words: list[Word]) -> set[str]:
    """The words among `words` that make an official act ("gia hạn")."""
    pairs = itertools.pairwise(words)
    return {word.plain for one, two in pairs if (one.plain, two.plain) in _OFFICIAL_ACTS for word in (one, two)}


def _only_grants(one: FoundExpression, means: tuple[tuple[str, str], ...]) -> bool:
    plain = tuple(word for word, _ in means[:2])
    return one.expression.group != _ACTIONS and len(means) > 2 and plain[0] == "cap" and plain not in _OFFICIAL_ACTS
