"""The reviewed words: abbreviations, everyday expressions, empty words. Tab-separated files in search/data, each line with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from search.ages import AgeRange, condition
from search.analysis import exact_words, folded_words

MarkedPhrase = tuple[tuple[str, str], ...]  # (folded, with marks) a word


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """What people say (folded words) and the official words for it; `keeps` says that what was typed also still counts."""

    said: tuple[str, ...]
    exact: tuple[str, ...]
    means: tuple[MarkedPhrase, ...]
    group: str
    source: str
    aged: tuple[tuple[AgeRange, MarkedPhrase], ...] = ()  # meanings for those of an age alone

    def meanings(self, age: AgeRange | None) -> tuple[MarkedPhrase, ...]:
        """What it means for somebody of an age; those for that age alone where there are any."""
        return tuple(means for ages, means in self.aged if age and ages.meets(age)) or self.means


def _lines(name: str) -> list[list[str]]:
    text = files("search.data").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _marked(phrase: str) -> MarkedPhrase:
    return tuple(zip(folded_words(phrase), exact_words(phrase), strict=True))


def _expressions(name: str) -> list[Expression]:
    found = []
    for said, means, *rest in _lines(name):
        conditions = [condition(one) for one in means.split("|")]
        each = [(ages, _marked(one)) for ages, one in conditions]
        meanings, aged = tuple(one for ages, one in each if not ages), tuple((ages, one) for ages, one in each if ages)
        source = rest[-1] if rest else ""
        for one in said.split("|"):
            found.append(Expression(tuple(folded_words(one)), tuple(exact_words(one)), meanings, name.removesuffix(".tsv"), source, aged))
    return found


def _by_first_word(names: Iterable[str]) -> dict[str, tuple[Expression, ...]]:
    table: dict[str, list[Expression]] = {}
    for one in (one for name in names for one in _expressions(name)):
        table.setdefault(one.said[0], []).append(one)
    return {first: tuple(sorted(found, key=lambda one: -len(one.said))) for first, found in table.items()}


@cache
def expressions() -> dict[str, tuple[Expression, ...]]:
    """Every abbreviation and everyday expression by the first of its words, longest first."""
    names = sorted(path.name for path in files("search.data").iterdir() if path.name.endswith(".tsv"))
    return _by_first_word(name for name in names if name.startswith(("abbreviations", "everyday-")))


@cache
def short_forms() -> dict[str, tuple[Expression, ...]]:
    """Abbreviations and other names of one thing, by first word, longest first: written out before anything is understood."""
    return _by_first_word(("aliases.tsv", "abbreviations.tsv"))


@cache
def long_expressions() -> dict[str, tuple[Expression, ...]]:
    """Expressions of three different words and more by one of their words, longest first: enough to know them in any order."""
    table: dict[str, dict[tuple[str, ...], Expression]] = {}
    for one in (one for several in expressions().values() for one in several):
        if len(one.said) >= 3 and len(set(one.said)) == len(one.said):
            table.setdefault(max(one.said, key=lambda word: (len(word), word)), {})[one.said] = one
    return {word: tuple(sorted(found.values(), key=lambda one: (-len(one.said), one.said))) for word, found in table.items()}


@cache
def person_words() -> dict[str, frozenset[str]]:
    """Words for whose affair it is ("bố", "em gái"), folded → with marks: they may stand inside an expression, and tell little."""
    found: dict[str, set[str]] = {}
    for phrase, *_ in _lines("people.tsv"):
        for plain, exact in _marked(phrase):
            found.setdefault(plain, set()).add(exact)
    return {plain: frozenset(ways) for plain, ways in found.items()}


@cache
def body_names() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """What people call a body, folded → its names today, and the level where it stands ("" where its name does not tell)."""
    found = []
    for said, means, *_ in _lines("bodies.tsv"):
        names = tuple(one for one in means.split("|") if not one.startswith("Cấp "))
        level = next((one for one in means.split("|") if one.startswith("Cấp ")), "")
        found += [(" ".join(folded_words(one)), names, level) for one in said.split("|")]
    return tuple(found)


@cache
def message_words() -> dict[str, MarkedPhrase]:
    """What people shorten in messages ("ko"), as typed in lower case → the words it stands for, (folded, with marks) a word."""
    return {short: _marked(long) for shorts, long, *_ in _lines("messages.tsv") for short in shorts.split("|")}


@cache
def generation_words() -> tuple[tuple[MarkedPhrase, str], ...]:
    """Phrases for which of several laws of one name is meant, (folded, with marks) a word, each with the one meant, longest first."""
    found = [(_marked(phrase), meant) for phrases, meant, *_ in _lines("generations.tsv") for phrase in phrases.split("|")]
    return tuple(sorted(found, key=lambda one: (-len(one[0]), one[0])))


@cache
def empty_phrases() -> dict[str, tuple[MarkedPhrase, ...]]:
    """Phrases that carry no subject ("làm thế nào"), (folded, with marks) a word, by first folded word, longest first."""
    table: dict[str, list[MarkedPhrase]] = {}
    for phrase, *_ in _lines("empty.tsv"):
        words = _marked(phrase)
        table.setdefault(words[0][0], []).append(words)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in table.items()}
