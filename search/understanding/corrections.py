"""What is made of the slips in a question: corrected and said, read both ways in silence, or left as it was typed.

A word that can be Vietnamese is never called wrong: where its neighbours never stand beside it but do beside one that sounds like it
("khai xinh"), the question is read both ways. What can be no syllable ("kết hônn"), and two letters in the wrong order where the
neighbours prove it ("khia sinh"), are corrected, and the person is told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from search.places import provinces
from search.understanding.asked_words import Word
from search.understanding.lexicon import empty_phrases, expressions, person_words
from search.understanding.spelling import correct, fits, is_syllable
from search.vocabulary import Vocabulary

_PROVEN = 20  # in so many names the right word stands beside its neighbour; in few names, in a part of them


@dataclass(frozen=True, slots=True)
class Spelled:
    """The words of a question without slips. `otherwise` is a second way to read them, `shown` what a person is told was read."""

    words: list[Word]
    otherwise: list[Word]
    shown: str | None


@cache
def _said_words() -> frozenset[str]:
    """Words that are right without standing in a name: those of the reviewed lists, of places and of empty phrases."""
    words = {word for found in expressions().values() for one in found for word in one.said}
    words |= {word for found in empty_phrases().values() for phrase in found for word, _ in phrase}
    return frozenset(words | person_words().keys() | {word for name in provinces() for word in name.split()})


def spelled_right(words: list[Word], vocabulary: Vocabulary) -> Spelled:
    """The question with its slips undone."""
    meant = correct([word.plain for word in words], vocabulary, _said_words())
    kept: list[Word] = []
    other: list[Word] = []
    told: list[int] = []
    for index, (word, found) in enumerate(zip(words, meant, strict=True)):
        if found == [word.plain]:
            kept.append(word)
            other.append(word)
            continue
        right = [Word(plain) for plain in found]
        before, after = other[-1].plain if other else "", words[index + 1].plain if index + 1 < len(words) else ""
        if is_syllable(word.plain) and not _letters_swapped(word.plain, found, before, after, vocabulary):
            same = _same_sound(word.plain, found)
            kept += right if same else [word]
            other += right if same or _keeps_tone(word, found, before, after, vocabulary) else [word]
        else:
            told += range(len(kept), len(kept) + len(right))
            kept += right
            other += right
    shown = " ".join(_shown(kept, index, vocabulary, index in told) for index in range(len(kept))) if told else None
    return Spelled(kept, other if other != kept else [], shown)


def _same_sound(word: str, found: list[str]) -> bool:
    """ "kí" and "ký" are one word in two spellings."""
    return len(found) == 1 and word.replace("y", "i") == found[0].replace("y", "i")


def _letters_swapped(word: str, found: list[str], before: str, after: str, vocabulary: Vocabulary) -> bool:
    known = word in vocabulary.words or word in vocabulary.heard or word in _said_words()
    if known or len(found) != 1 or sorted(word) != sorted(found[0]):
        return False
    return fits(found[0], before, after, vocabulary) >= min(_PROVEN, vocabulary.total // 10)


def _keeps_tone(word: Word, found: list[str], before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether what sounds alike has the tone that was typed: "trọ" is no slip for "cho", but "xinh" may be one for "sinh"."""
    if not word.exact:
        return True
    spellings = vocabulary.spellings
    ways = {one.split()[-1] for one in spellings.get(f"{before}_{found[0]}", ())} | {
        one.split()[0] for one in spellings.get(f"{found[-1]}_{after}", ())
    }
    return any(_tone(one) == _tone(word.exact) for one in ways)


def _tone(word: str) -> frozenset[str]:
    """The tone marks of a syllable: level, acute, grave, hook, tilde, dot below."""
    return frozenset("\u0301\u0300\u0309\u0303\u0323") & frozenset(unicodedata.normalize("NFD", word))


def _shown(words: Sequence[Word], index: int, vocabulary: Vocabulary, corrected: bool) -> str:
    """A word as it was typed; a corrected one as it is mostly spelt beside its neighbour."""
    word = words[index]
    if not corrected:
        return word.exact or word.plain
    for first, at in ((index - 1, 1), (index, 0)):
        if 0 <= first < len(words) - 1:
            pair = f"{words[first].plain}_{words[first + 1].plain}"
            if pair in vocabulary.spellings:
                return vocabulary.written(pair).split()[at]
    return vocabulary.written(word.plain)
