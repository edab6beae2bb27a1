"""Words and sizes drawn from distributions: what they are was measured on published names, the words come from the reviewed lists."""

from __future__ import annotations

import bisect
import itertools
import random
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from search.analysis import exact_words

# Values at these shares of a sorted list; what lies between is drawn evenly.
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
PROCEDURE_TITLE = (2, 9, 12, 14, 17, 19, 22, 26, 32, 44, 59, 97, 265)  # words
DOCUMENT_TITLE = (1, 2, 5, 14, 18, 21, 25, 29, 36, 48, 59, 74, 171)
# Of the names' 1,061 different words, in how many names the word of each rank stands.
WORD_RANKS = ((1, 3354), (2, 2412), (4, 2233), (11, 1596), (31, 875), (101, 449), (301, 72), (1001, 1))
_KEPT_TOGETHER = 0.6  # of neighbouring words are a word of two syllables
_STREAM = 400_000


@cache
def _followers() -> dict[str, tuple[str, ...]]:
    """The words of the reviewed lists' official phrases, each with those that follow it there, by how often it stands there."""
    counts: Counter[str] = Counter()
    after: dict[str, list[str]] = {}
    for path in sorted(files("search.data").iterdir(), key=lambda one: one.name):
        if not path.name.startswith(("abbreviations", "everyday-")):
            continue
        for line in path.read_text("utf-8").splitlines():
            for phrase in line.split("\t")[1].split("|") if "\t" in line and not line.startswith("#") else ():
                words = exact_words(phrase)
                counts.update(words)
                for first, second in itertools.pairwise(words):
                    after.setdefault(first, []).append(second)
    return {word: tuple(after.get(word, ())) for word, _ in counts.most_common()}


def _weight(rank: int) -> float:
    """In how many names the word of a rank stands, between the measured ranks on a line of logarithms."""
    place = bisect.bisect_right([at for at, _ in WORD_RANKS], rank)
    if place >= len(WORD_RANKS):
        return 1.0
    (low, many), (high, few) = WORD_RANKS[place - 1], WORD_RANKS[place]
    return float(many * (few / many) ** ((rank - low) / (high - low)))


class Drawn:
    """Texts and values drawn from the distributions; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 a benchmark, not a secret
        table = _followers()
        pool, word = list(table), ""
        drawn = iter(self.chance.choices(pool, [_weight(rank) for rank in range(1, len(pool) + 1)], k=_STREAM))
        self._stream: list[str] = []
        for one in drawn:
            follows = table.get(word, ())
            word = self.chance.choice(follows) if follows and self.chance.random() < _KEPT_TOGETHER else one
            self._stream.append(word)

    def text(self, words: int) -> str:
        start = self.chance.randrange(_STREAM - words)
        return " ".join(self._stream[start : start + words])

    def title(self) -> str:
        """The matter of a document, as long as those are."""
        return self.text(max(self.size(DOCUMENT_TITLE), 2))

    def size(self, values: Sequence[int]) -> int:
        at = self.chance.random()
        place = min(bisect.bisect_right(SHARES, at), len(SHARES) - 1)
        part = (at - SHARES[place - 1]) / (SHARES[place] - SHARES[place - 1])
        return round(values[place - 1] + part * (values[place] - values[place - 1]))

    def names(self, count: int) -> tuple[list[str], list[float]]:
        """So many names with weights that fall as those of fields and bodies do."""
        return [self.text(self.chance.randint(2, 5)).capitalize() for _ in range(count)], [1 / (rank + 3) ** 1.1 for rank in range(count)]
