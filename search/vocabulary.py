"""The words of an index: how often each occurs in names, for weights, spelling and suggestions. Kept beside the index."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rasoat.vietnamese import fold
from search.analysis import body_words, pairs, text_words, title_words
from search.entries import Entry, EntryKind
from search.spoken_names import SpokenName, SpokenNames, spoken_name

_OFTEN = 3  # a word in so many bodies is no slip
_OWNER = re.compile(r" (?:tinh|thanh pho|tp|cac tinh|bo|cap tinh) ")
_NAMED = (EntryKind.PROCEDURE, EntryKind.DOCUMENT)


class _Weights(dict[str, float]):
    """How much a word tells: the rarer in names, the more (BM25's idf); worked out when first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, word: str) -> float:
        weight = self[word] = self._vocabulary.rarity(self._vocabulary.words.get(word, 0))
        return weight


@dataclass(slots=True)
class Vocabulary:
    """`words` and `pairs` map folded words and syllable pairs to the number of names that hold them; `written` gives
    the commonest spelling with marks of each pair and word; `names` the fields and agencies, folded → as printed;
    `heard` the words that stand only in bodies: right, though no name has them; `laws` what laws are called, by the key of each."""

    total: int = 0
    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    fields: dict[str, str] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    laws: dict[str, SpokenName] = field(default_factory=dict)
    _spellings: dict[str, Counter[str]] = field(default_factory=dict)
    _written: Counter[str] = field(default_factory=Counter, repr=False, compare=False)  # not yet among the spellings
    _hearing: Counter[str] = field(default_factory=Counter, repr=False, compare=False)
    _weights: _Weights = field(init=False, repr=False, compare=False)
    _bodies: Mapping[str, str] | None = field(default=None, repr=False, compare=False)
    _spoken: SpokenNames | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._weights = _Weights(self)

    def add(self, entry: Entry, before: Entry | None = None) -> None:
        """Count an entry's name, fields and agencies; articles and findings lend no words, nor does one that is told as `before`."""
        if entry.kind not in _NAMED:
            return
        self._call(entry)
        if before and _lent(entry) == _lent(before):
            return
        self.total += 1
        self._forget()
        if not entry.untitled:
            self._count(entry.title)
        self._hear(entry.body)
        for name in entry.fields:
            if self.fields.setdefault(" ".join(title_words(name)[1]), name) == name:
                self._count(name)
        for name in (entry.publisher, *entry.agencies):
            if name:
                self.agencies.setdefault(" ".join(body_words(name)), name)

    def _call(self, entry: Entry) -> None:
        """Keep what a law is called."""
        called, before = spoken_name(entry), self.laws.pop(entry.key, None)
        if called:
            self.laws[entry.key] = called
        if called != before:
            self._spoken = None

    def _hear(self, text: str) -> None:
        """Words that texts use often are words, though no name has them."""
        hearing = self._hearing
        for word in set(text_words(text)) - self.heard:
            if word.isalpha():
                hearing[word] = times = hearing.get(word, 0) + 1
                if times >= _OFTEN:
                    self.heard.add(word)
                    del hearing[word]

    def _forget(self) -> None:
        """Everything worked out from the counts is worked out again."""
        self._weights.clear()
        self._bodies = None

    @property
    def spoken(self) -> SpokenNames:
        """The names of laws, to be found in what people type."""
        if self._spoken is None:
            self._spoken = SpokenNames(self.laws)
        return self._spoken

    @property
    def bodies(self) -> Mapping[str, str]:
        """Folded names of bodies, also without the province or ministry after them and without "và" → the names themselves."""
        if self._bodies is None:
            short = {_OWNER.split(name, maxsplit=1)[0] for name in self.agencies}
            names = {*self.agencies, *(name for name in short if len(name.split()) >= 2)}
            self._bodies = {name.replace(" va ", " "): name for name in sorted(names)} | {name: name for name in names}
        return self._bodies

    def _count(self, text: str) -> None:
        exact, folded = title_words(text)
        self.words.update(set(folded))
        self.pairs.update(set(pairs(folded)))
        if len(exact) == len(folded):
            self._written.update(exact)
            self._written.update(map(" ".join, itertools.pairwise(exact)))

    @property
    def spellings(self) -> dict[str, Counter[str]]:
        """How often each folded word and pair is written how. Counted as written first, folded once each when asked for."""
        waiting, self._written = self._written, Counter()
        plain = fold("|".join(waiting)).replace(" ", "_").split("|")  # no word holds "|"
        for folded, (written, times) in zip(plain, waiting.items(), strict=True) if waiting else ():
            self._spellings.setdefault(folded, Counter())[written] += times
        return self._spellings

    def rarity(self, seen: int) -> float:
        """BM25's idf of a word that stands in `seen` names."""
        return math.log(1 + (max(self.total, seen) - seen + 0.5) / (seen + 0.5))

    def weight(self, word: str) -> float:
        """How much a word tells."""
        return self._weights[word]

    def tells(self, words: Iterable[str]) -> float:
        """How much all the words tell together."""
        return sum(map(self._weights.__getitem__, words))

    def weight_written(self, plain: str, exact: str) -> float:
        """The weight of a word with its marks: "dược" is rare where "được" is not; the folded word's where unseen."""
        known = self.spellings.get(plain)
        seen = known[exact] if known else 0
        return self.rarity(seen) if seen else self.weight(plain)

    def written(self, plain: str) -> str:
        """The commonest spelling with marks of a folded word or pair."""
        found = self.spellings.get(plain)
        return found.most_common(1)[0][0] if found else plain

    def to_json(self) -> dict[str, Any]:
        """Plain data for a file or a stored document; only the commonest spelling of each word is kept."""
        return {
            "total": self.total,
            "words": dict(self.words),
            "pairs": dict(self.pairs),
            "spellings": {plain: dict(found.most_common(3)) for plain, found in self.spellings.items()},
            "fields": self.fields,
            "agencies": self.agencies,
            "heard": sorted(self.heard),
            "laws": {key: name.to_json() for key, name in self.laws.items()},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Vocabulary:
        """What `to_json` gave, read back."""
        return cls(
            total=data["total"],
            words=Counter(data["words"]),
            pairs=Counter(data["pairs"]),
            _spellings={plain: Counter(found) for plain, found in data["spellings"].items()},
            fields=data["fields"],
            agencies=data["agencies"],
            heard=set(data["heard"]),
            laws={key: SpokenName.from_json(key, told) for key, told in data["laws"].items()},
        )


def _lent(entry: Entry) -> tuple[object, ...]:
    """All of an entry that words are taken from."""
    return entry.title, entry.untitled, entry.body, entry.fields, entry.publisher, entry.agencies
