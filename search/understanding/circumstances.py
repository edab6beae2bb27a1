"""The circumstances that a question tells beside the wish: how old somebody is, and what he has not or wants not."""

from __future__ import annotations

import itertools
from dataclasses import replace

from search.ages import AgeRange, age_said
from search.understanding.asked_words import Word, is_person, without_empty
from search.understanding.expression_matches import matches
from search.vocabulary import Vocabulary

_NOT = {"khong": "không", "chua": "chưa", "chang": "chẳng"}
# What follows "không" where it denies; elsewhere it asks ("có được không") or is half of a word ("không gian").
_HAVING = {"co": "có", "con": "còn", "phai": "phải", "du": "đủ", "muon": "muốn", "can": "cần", "kip": "kịp", "giu": "giữ", "mang": "mang"}
# What ends what is denied: the wish begins, or the circumstance is over.
_ENDING = {
    "muon": "muốn", "thi": "thì", "nhung": "nhưng", "ma": "mà", "gio": "giờ", "nay": "nay", "nen": "nên", "de": "để", "xin": "xin", "vay": "vậy",
    "can": "cần", "lam": "làm", "co": "có", "di": "đi", "hoi": "hỏi", "khong": "không", "voi": "với",
}  # fmt: skip
_WISHING = {"muon": "muốn", "xin": "xin"}
_LONGEST = 7  # words that one "không" denies


_BOUNDS = ("duoi", "du", "tren", "tu", "den", "hon", "chua", "qua")


def with_age(words: list[Word]) -> tuple[AgeRange | None, list[Word]]:
    """The age that words tell, and the words, "7 tuổi" among them marked. Bounds ("dưới 14 tuổi") stand in names and still count."""
    age = age_said(" ".join(word.plain for word in words))
    if age is None:
        return None, words
    out = list(words)
    for at in range(len(words) - 1):
        length = 3 if [word.plain for word in words[at + 1 : at + 3]] == ["thang", "tuoi"] else 2
        bare = words[at].plain.isdigit() and words[at + length - 1 : at + length] and words[at + length - 1].plain == "tuoi"
        if bare and not (at and words[at - 1].plain in _BOUNDS):
            out[at : at + length] = [replace(word, age=True) for word in words[at : at + length]]
    return age, out


def with_denied(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    """The words, those marked that are denied; where nothing else is wished for, what is lacking is the wish ("chưa có sổ đỏ")."""
    denied = {place for start in range(len(words)) for place in _denied_from(words, start, vocabulary)}
    if not denied:
        return words
    # An expression that holds the negation means what is done about it ("chưa có giấy khai sinh"), where no other wish is told after it.
    if not any(_is(word, _WISHING) for word in words[max(denied) + 1 :]):
        for one in matches(words, vocabulary):
            if len(one.places) > 1 and any(words[place].plain in _NOT for place in one.places):
                denied -= set(one.places)
    rest = [word for place, word in enumerate(words) if place not in denied]
    wished = any(one.expression.group != "everyday-actions" for one in matches(rest, vocabulary)) or _has_subject(rest, vocabulary)
    return [replace(word, denied=place in denied) for place, word in enumerate(words)] if wished else words


def _denied_from(words: list[Word], start: int, vocabulary: Vocabulary) -> range:
    """The places that a negation at `start` denies, itself among them."""
    nothing = range(0)
    if not _is(words[start], _NOT) or start + 2 >= len(words):
        return nothing
    following = words[start + 1]
    if following.opens or not (_is(following, _HAVING) or words[start].plain == "chua"):
        return nothing
    end = start + 2
    while end < len(words) and end < start + _LONGEST and not words[end].opens and not _is(words[end], _ENDING):
        end += 1
    return range(start, end) if end > start + 2 or words[start].plain == "chua" else nothing


def _is(word: Word, table: dict[str, str]) -> bool:
    return word.plain in table and word.exact in ("", table[word.plain])


_PROVEN = 20  # in so many names two words stand side by side that are one matter


def _has_subject(words: list[Word], vocabulary: Vocabulary) -> bool:
    """Whether two neighbouring words are a matter that names are about."""
    telling = [word.plain for word in without_empty(words, vocabulary) if not is_person(word) and not word.age]
    return any(vocabulary.pairs.get(f"{one}_{two}", 0) >= _PROVEN for one, two in itertools.pairwise(telling))
