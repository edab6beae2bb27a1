"""What of an entry is compared with a question, cut into words once and kept while the entry is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rasoat.vietnamese import fold
from search.analysis import body_words, entry_of, exact_words, folded_words, name_words, number_tokens, pairs, without_opening
from search.entries import Entry, Kind


@dataclass(frozen=True, slots=True, eq=False)
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
    joined: str  # the name's words with a blank before, between and after
    executing: str  # the folded names of who carries it out
    everyday: float  # a small preference between equals


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
        joined=f" {' '.join(name)} ",
        executing=fold(" ".join(entry.agencies)),
        everyday=_everyday(entry) if entry.kind is Kind.PROCEDURE else 0.0,
    )


# After these a name tells the case, the place or the authority; what comes before says what it is about.
_CONDITIONS = re.compile(
    r"\(|;|:|/| (?:doi voi|thuoc tham quyen|thuc hien tai|theo quy dinh|trong truong hop|bang dich vu cong|truong hop|tren dia ban|tai) "
)


def _head(title: str, words: int) -> int:
    """How many words stand before a name's conditions; at least three, or all."""
    opened = without_opening(title)
    found = _CONDITIONS.search(opened, 12)
    return max(len(folded_words(opened[: found.start()])), 3) if found else words


def _written(title: str, words: int) -> tuple[str, ...]:
    """The last `words` words of a name with their marks."""
    exact = exact_words(title)
    return tuple(exact[len(exact) - words :]) if words <= len(exact) else ("",) * words


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
