"""One text out of several readings of the same printed words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher


def voted_words(readings: Sequence[str]) -> str:
    """The first reading, each word replaced by what most readings have in its place; ties keep the first.

    Only words that stand one for one are compared, so that no word is added, lost or made up.
    """
    words = readings[0].split()
    votes = [Counter([word]) for word in words]
    for other in readings[1:]:
        theirs = other.split()
        for _, start, end, other_start, other_end in SequenceMatcher(None, words, theirs, autojunk=False).get_opcodes():
            if end - start == other_end - other_start:
                for place in range(end - start):
                    votes[start + place][theirs[other_start + place]] += 1
    return " ".join(vote.most_common(1)[0][0] for vote in votes)
