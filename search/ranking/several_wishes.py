"""The order where a question has several wishes: what serves all of them, then the best for each in turn."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from search.ranking.certainty import CERTAIN
from search.ranking.order import Ranker
from search.traits import Traits

_NAMED = 1.1  # from this score on what serves all bears the name that was typed, "và" and all
_Rows = list[tuple[float, Traits]]


def in_turn(whole: _Rows, wishes: Sequence[tuple[_Rows, Ranker]]) -> _Rows:
    """The rows of each wish in turn, each once, with the scores of the place where they come to stand."""
    serves_all = all(ranker.answers(whole[0][1]) >= CERTAIN for _, ranker in wishes)
    if serves_all and whole[0][0] >= _NAMED:
        return whole
    turns = [row for several in itertools.zip_longest(*(rows for rows, _ in wishes)) for row in several if row]
    order = dict.fromkeys(one for _, one in ([whole[0]] if serves_all else []) + turns)
    return [(score, one) for (score, _), one in zip(whole, order, strict=False)]
