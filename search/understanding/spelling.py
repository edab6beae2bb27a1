"""Slips of the keyboard in folded words: telex keys left over, doubled letters, missing spaces, one wrong letter."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.vocabulary import Vocabulary

_ONSET = "ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x"
_CODA = "ng|nh|ch|c|m|n|p|t"
_SYLLABLE = re.compile(rf"(?:{_ONSET})?[aeiouy]{{1,3}}(?:{_CODA})?")
# Spellings that sound alike somewhere in the country, folded (north: l/n, tr/ch, s/x, d/gi/r; south: v/d, final n/ng, t/c).
_ONSETS = (
    ("s", "x"),
    ("ch", "tr"),
    ("d", "gi"),
    ("d", "r"),
    ("gi", "r"),
    ("l", "n"),
    ("v", "d"),
    ("c", "k"),
    ("g", "gh"),
    ("ng", "ngh"),
    ("c", "q"),
)
_CODAS = (("n", "ng"), ("t", "c"), ("n", "nh"), ("t", "ch"))
_VOWEL = re.compile(r"[aeiouy]")
_TELEX = re.compile(r"[sfrxjwz]")


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Whether a folded word has the shape of a Vietnamese syllable."""
    return bool(_SYLLABLE.fullmatch(word))


def correct(words: list[str], vocabulary: Vocabulary, known: frozenset[str]) -> list[list[str]]:
    """For each word the words it most likely stands for: itself, one other, or several where spaces were missing.

    `known` are words outside names that are right too (abbreviations, everyday words).
    """
    result: list[list[str]] = []
    for index, word in enumerate(words):
        before = result[-1][-1] if result else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        result.append(_one(word, before, after, vocabulary, known))
    return result


def _one(word: str, before: str, after: str, vocabulary: Vocabulary, known: frozenset[str]) -> list[str]:
    if word.isdigit() or len(word) < 2 or (word in known and word not in vocabulary.words):
        return [word]
    if word in vocabulary.words:
        if fits(word, before, after, vocabulary):
            return [word]
        # An everyday word is a slip only after the first half of a word ("tạm chú").
        return [_misplaced(word, before, "", vocabulary, _SURE) if word in known else _misplaced(word, before, after, vocabulary, _LIKELY)]
    if word in vocabulary.heard or not _VOWEL.search(word):
        return [word]
    for undone in _undo_telex(word):
        if (undone in vocabulary.words or undone in known) and _proven(undone, before, after, vocabulary):
            return [undone]
    if parts := _split(word, vocabulary, known):
        return parts
    return [_nearest(word, before, after, vocabulary)]


def _proven(word: str, before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether a word stands beside its neighbours in names, or has none here: an "app" beside anything is no "ap"."""
    alone = not before and not after
    return alone or any(fits(word, before, other, vocabulary) for other in (after, *_undo_telex(after)))


def fits(word: str, before: str, after: str, vocabulary: Vocabulary) -> int:
    """In how many names a word stands beside the neighbours it has here."""
    return vocabulary.pairs.get(f"{before}_{word}", 0) + vocabulary.pairs.get(f"{word}_{after}", 0)


# In so many names the other word must stand beside the neighbours before a right word is taken for a slip.
_LIKELY, _SURE, _CUT = 5, 20, 50


def _misplaced(word: str, before: str, after: str, vocabulary: Vocabulary, least: int) -> str:
    """A right word in a place where it never stands, for the one that sounds like it or is cut short ("khai xinh", "kinh doan")."""
    for others, enough in ((_alike(word), least), ({word + letter for letter in "hgnctmp"}, _CUT)):
        best = max(others, key=lambda other: fits(other, before, after, vocabulary), default=word)
        if fits(best, before, after, vocabulary) >= enough:
            return best
    return word


def _alike(word: str) -> set[str]:
    found = set()
    for table, pattern in ((_ONSETS, r"^{}(?=[aeiouy])"), (_CODAS, r"(?<=[aeiouy]){}$")):
        for one, other in table:
            for first, second in ((one, other), (other, one)):
                changed = re.sub(pattern.format(first), second, word)
                if changed != word:
                    found.add(changed)
    alone = re.sub(r"(?<![aeou])[iy]$", lambda end: "iy"[end[0] == "i"], word)
    return (found | {alone}) - {word}


def _undo_telex(word: str) -> list[str]:
    """What was meant by "ddawng", "khaai", "thoongg": doubled letters once, tone and horn keys dropped."""
    single = re.sub(r"(.)\1+", r"\1", word)
    bare = re.sub(r"(?<=[aeiouy])w|w(?=[aeiouy])|^w", lambda m: "u" if m.start() == 0 else "", single)
    tail = re.sub(r"(?<=[a-z])[sfrxjz]$", "", bare)
    inner = bare[:1] + _TELEX.sub("", bare[1:])
    return [guess for guess in dict.fromkeys((single, bare, tail, inner)) if guess and guess != word and is_syllable(guess)]


def _split(word: str, vocabulary: Vocabulary, known: frozenset[str]) -> list[str] | None:
    """The word cut into known syllables, the cut whose pairs are commonest; None where it has none."""
    if not 4 <= len(word) <= 40:
        return None
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 7), end):
            piece = word[start:end]
            if start not in best or not (piece in vocabulary.words and is_syllable(piece)):
                continue
            score, parts = best[start]
            pair = vocabulary.pairs.get(f"{parts[-1]}_{piece}", 0) if parts else 1
            total = score + min(pair, 50) / 10 - 3 + (0 if len(piece) > 1 else -5)
            if end not in best or total > best[end][0]:
                best[end] = (total, [*parts, piece])
    found = best.get(len(word))
    if not found or not 2 <= len(found[1]) <= 6:
        return None
    parts = found[1]
    return parts if any(vocabulary.pairs.get(f"{a}_{b}") for a, b in itertools.pairwise(parts)) else None


def _nearest(word: str, before: str, after: str, vocabulary: Vocabulary) -> str:
    if len(word) < 4 or any(letter.isdigit() for letter in word):
        return word
    far = 1 if len(word) < 7 else 2
    near = process.extract(word, vocabulary.words.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=far, limit=60)
    if not near:
        return word

    def merit(found: tuple[str, float, object]) -> tuple[float, int]:
        other, distance, _ = found
        return (min(fits(other, before, after, vocabulary), 200) - 40 * distance, vocabulary.words[other])

    best = max(near, key=merit)
    alone = not before and not after and len(word) >= 5 and vocabulary.words[best[0]] >= 3
    return best[0] if alone or fits(best[0], before, after, vocabulary) else word
