"""The words of a question: how each was typed, which of them are for people, which carry no subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.understanding.lexicon import MarkedPhrase, empty_phrases, message_words, person_words
from search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Word:
    """One word to look for. `exact` is how it was typed with marks, "" where it was typed without or is ours.

    `share` lowers what was left over `beside` an understood expression, and a meaning much longer than its expression. `opens` says
    that a comma or a stop stands before it, `denied` that it is what somebody has not or wants not, `age` that it tells an age.
    """

    plain: str
    exact: str = ""
    share: float = 1.0
    beside: bool = False
    opens: bool = False
    denied: bool = False
    age: bool = False


def is_person(word: Word) -> bool:
    """Whether a word is one for people; "chứng" is not "chúng", whatever both are without marks."""
    ways = person_words().get(word.plain, frozenset())
    return word.exact in ways if word.exact else bool(ways)


def message_words_out(words: list[Word]) -> list[Word]:
    """The words with what people shorten in messages written out ("ko" → "không"); it is no slip and has one meaning there."""
    table, out = message_words(), []
    for word in words:
        meant = table.get(word.exact or word.plain)
        out += [replace(word, plain=plain, exact=exact) for plain, exact in meant] if meant else [word]
    return out


def without_empty(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    """The words without phrases that carry no subject."""
    table, out, index = empty_phrases(), [], 0
    while index < len(words):
        phrase = next((one for one in table.get(words[index].plain, ()) if says(words, index, one)), None)
        if phrase and (len(phrase) > 1 or not belongs(words, index, vocabulary)):
            index += len(phrase)
        else:
            out.append(words[index])
            index += 1
    return out


def tells(words: list[Word], vocabulary: Vocabulary) -> bool:
    """Whether any word says what a question is about, beside whom it is for."""
    return any(not is_person(word) for word in without_empty(words, vocabulary))


def says(words: Sequence[Word], start: int, phrase: MarkedPhrase) -> bool:
    """Whether a phrase is said from `start` on; where a word was typed with marks, these are the phrase's."""
    span = words[start : start + len(phrase)]
    return len(span) == len(phrase) and all(
        word.plain == plain and word.exact in ("", exact) for word, (plain, exact) in zip(span, phrase, strict=True)
    )


def belongs(words: list[Word], index: int, vocabulary: Vocabulary) -> bool:
    """Whether a single empty word is half of a word that names hold ("căn" of "căn cước", "làm" of "làm việc")."""
    return pair_count(words, index, vocabulary) >= 3


def pair_count(words: list[Word], index: int, vocabulary: Vocabulary) -> int:
    """In how many names a word stands beside the neighbour it has here."""
    plain = words[index].plain
    before = f"{words[index - 1].plain}_{plain}" if index else ""
    after = f"{plain}_{words[index + 1].plain}" if index + 1 < len(words) else ""
    return max(vocabulary.pairs.get(before, 0), vocabulary.pairs.get(after, 0))
