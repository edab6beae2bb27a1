"""Whole names for what is being typed."""

from __future__ import annotations

from collections.abc import Iterable

from search.analysis import folded_words, name_words
from search.entries import EntryKind
from search.index_contract import Engine, Fetch, OpenIndex, Query
from search.ranking.order import CANDIDATES, Ranker
from search.ranking.retrieval import plan, suggestion_plan
from search.stored_rows import traits_of
from search.traits import Traits
from search.understanding.lexicon import expressions
from search.understanding.understand import cleaned, understand

_KINDS = Query(kinds=(EntryKind.PROCEDURE, EntryKind.DOCUMENT))


def suggestions(engine: Engine, text: str, limit: int = 8) -> tuple[str, ...]:
    """Whole names for what is being typed; a code's beginning gives codes with their names."""
    return names_near(engine.open(), text, limit)


def names_near(index: OpenIndex, text: str, limit: int) -> tuple[str, ...]:
    """The same of an index that is open."""
    text, _ = cleaned(text)
    asked = understand(text, index.vocabulary)
    if asked.codes or asked.numbers:
        found = index.fetch(Fetch(plan(asked, _KINDS, index.vocabulary), 0, CANDIDATES)).rows
        rows = Ranker(asked, index.vocabulary).ordered([(value, traits_of(stored)) for value, stored in found])
        return tuple(dict.fromkeys("{key} {title}".format_map(one.stored) for _, one in rows[:limit]))
    words = list(name_words(text)) or folded_words(text)
    if not words:
        return ()
    typing = "" if text.endswith(" ") else words.pop()
    names = _completions(index, words, typing, limit)
    if not names and (meant := expressions().get((words or [typing])[0])):
        for one in meant:
            if one.said[: len(words) + 1] == (*words, typing):
                names = _completions(index, [plain for plain, _ in one.means[0]], "", limit)
                break
    return names


def _completions(index: OpenIndex, words: Iterable[str], typing: str, limit: int) -> tuple[str, ...]:
    words = list(words)
    rows = index.fetch(Fetch(suggestion_plan(words, typing, _KINDS), 0, CANDIDATES)).rows
    start = " ".join([*words, typing]).strip()

    def order(traits: Traits) -> tuple[bool, bool, int, str]:
        return (not " ".join(traits.name).startswith(start), traits.kind is not EntryKind.PROCEDURE, len(traits.name), traits.id)

    titles = (one.stored["title"] for one in sorted((traits_of(stored) for _, stored in rows), key=order))
    return tuple(dict.fromkeys(titles))[:limit]
