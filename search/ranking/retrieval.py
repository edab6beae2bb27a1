"""From an understood question to the clauses that fetch its candidates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from search.analysis import folded_words, number_tokens, pairs
from search.entries import EntryKind
from search.fetch_clauses import Both, Everything, FetchClause, HoldsWord, OneOf, Prefix, Term, any_of
from search.index_contract import Query
from search.understanding.asked_words import Word
from search.understanding.query_readings import QueryReading
from search.understanding.understand import Understanding
from search.vocabulary import Vocabulary

TELLING = 5  # of a long reading, how many of its rarest words decide what matches

_FEW_TELLING = 3
_MARKS_TELL = 0.7  # of idf: twice as rare


def plan(asked: Understanding, query: Query, vocabulary: Vocabulary, *, loose: bool = False) -> FetchClause:
    """What to fetch for `query`; `loose` accepts any word where the strict plan found little."""
    kinds = OneOf("kind", tuple(kind.value for kind in query.kinds))
    keep: list[FetchClause] = [OneOf(name, tuple(values)) for name, values in sorted(query.filters.items()) if values]
    wanted = _numbers(asked) + [_whole(name.number) for law in asked.laws for name in law.names]
    if asked.readings:
        wanted.append(any_of(_alike(readings, vocabulary, loose) for readings in _by_need(asked.readings, vocabulary)))
    if not wanted:
        wanted = [any_of(facts)] if (facts := _facts(asked)) else [Everything()]
    alike = Both(must=(Both(should=tuple(wanted), least=1),), should=tuple(_facts(asked)), keep=(kinds,))
    articles = _articles(asked)
    if not articles:
        return replace(alike, keep=(kinds, *keep))
    shown = (*query.kinds, EntryKind.ARTICLE) if {EntryKind.PROCEDURE, EntryKind.DOCUMENT} <= set(query.kinds) else query.kinds
    those = Both(must=(Both(should=tuple(articles), least=1),), keep=(OneOf("kind", tuple(kind.value for kind in shown)),))
    return Both(must=(Both(should=(alike, those), least=1),), keep=tuple(keep))


def suggestion_plan(words: list[str], typing: str, query: Query) -> FetchClause:
    """Names that hold all `words` and a word that begins with `typing`."""
    must: list[FetchClause] = [Term("title", word) for word in words]
    if typing:
        must.append(Prefix("title", typing))
    return Both(must=tuple(must), keep=(OneOf("kind", tuple(kind.value for kind in query.kinds)),))


def _numbers(asked: Understanding) -> list[FetchClause]:
    clauses: list[FetchClause] = []
    for code in asked.codes:
        clauses += [Term("numbers", code.code, 30.0), Prefix("numbers", code.code, 20.0)]
    for number in asked.numbers:
        for field, boost in (("numbers", 20.0), ("cites", 10.0), ("mentions", 4.0)):
            clauses.append(Term(field, number.token, boost))
            if number.prefix:
                clauses.append(Prefix(field, number.token, boost))
    clauses += [Term("mentions", code, 20.0) for code in asked.named_codes]
    return clauses


def _articles(asked: Understanding) -> list[FetchClause]:
    """The article that is asked for, of each document that is: it is an answer wherever documents are."""
    if not asked.article:
        return []
    of: list[FetchClause] = [
        Prefix("numbers", number.token, 20.0) if number.prefix else Term("numbers", number.token, 20.0) for number in asked.numbers
    ]
    of += [Term("numbers", _token(name.number), 40.0) for law in asked.laws for name in law.names]
    return [Both(must=(one, Term("numbers", asked.article, 20.0))) for one in of]


def _whole(number: str) -> FetchClause:
    """A document by its whole number, then what cites it."""
    token = _token(number)
    return Both(should=tuple(Term(name, token, boost) for name, boost in (("numbers", 60.0), ("cites", 6.0), ("mentions", 2.0))), least=1)


def _token(number: str) -> str:
    return number_tokens(number)[0]


def _facts(asked: Understanding) -> list[FetchClause]:
    clauses: list[FetchClause] = []
    for value in (asked.province, asked.level, asked.field):
        if value:
            words = folded_words(value)
            clauses.append(Both(must=tuple(Term("context", word, 2.0) for word in words)))
    for agency in asked.agencies:
        clauses.append(Both(must=tuple(Term("context", word, 2.0) for word in agency.split())))
    return clauses


def _by_need(readings: Sequence[QueryReading], vocabulary: Vocabulary) -> list[list[QueryReading]]:
    """Readings that need the same words together: an engine walks the entries of those words once for all of them."""
    alike: dict[tuple[str, ...], list[QueryReading]] = {}
    for reading in readings:
        alike.setdefault(tuple(sorted(_telling(reading, vocabulary))), []).append(reading)
    return list(alike.values())


def _main(reading: QueryReading) -> list[str]:
    """Where an expression was understood, its official words must be there; what was left over may."""
    return list(dict.fromkeys(word.plain for word in reading.words if not word.beside)) or list(dict.fromkeys(reading.plain))


def _telling(reading: QueryReading, vocabulary: Vocabulary) -> list[str]:
    return sorted(_main(reading), key=lambda word: (-vocabulary.weight(word), word))[:TELLING]


def _alike(readings: Sequence[QueryReading], vocabulary: Vocabulary, loose: bool) -> FetchClause:
    """Readings of one need, the likeliest first. Names and what stands around them decide what matches; a text counts too where any word
    will do."""
    telling, factor = _telling(readings[0], vocabulary), max(reading.factor for reading in readings)
    words = tuple(Term("all", word, 0.3 * factor) for word in telling)
    weighed = tuple(Term(name, word, boost * factor) for word in telling for name, boost in (("title", 2.5), ("context", 1.0)))
    others = {word: reading.factor for reading in reversed(readings) for word in reading.plain if word not in _main(reading)}
    near = {pair: reading.factor for reading in reversed(readings) for pair in pairs(reading.plain)}
    typed = dict.fromkeys(word for reading in readings for word in reading.words if word.exact)
    beside = tuple(Term("title", word, 1.2 * factor) for word, factor in others.items())
    close = tuple(Term("title_pairs", pair, 2.0 * factor) for pair, factor in near.items())
    marks = dict.fromkeys(Term("title_exact", word.exact, 0.3) for word in typed if _rare_as_written(word, vocabulary))
    weights = weighed + beside + close + tuple(marks)
    if loose:
        return Both(must=(Both(should=words, least=1),), should=weights)
    return Both(keep=_needed(telling), should=weights + words)


def _needed(telling: Sequence[str]) -> tuple[FetchClause, ...]:
    """Which of a reading's telling words a name must hold; of few, another at least in the text."""
    named = tuple(HoldsWord("named", word) for word in telling)
    if len(telling) > _FEW_TELLING:
        return (Both(should=named, least=math.ceil(0.6 * len(telling))),)
    anywhere = Both(should=tuple(HoldsWord("all", word) for word in telling), least=min(2, len(telling)))
    return (Both(should=named, least=1), anywhere) if len(telling) > 1 else (named[0],)


def _rare_as_written(word: Word, vocabulary: Vocabulary) -> bool:
    """Whether marks tell: "dược" stands in few names, "duoc" in most."""
    return vocabulary.weight_written(word.plain, word.exact) > vocabulary.weight(word.plain) + _MARKS_TELL
