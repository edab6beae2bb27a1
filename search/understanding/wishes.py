"""Two wishes in one question ("vừa khai sinh vừa nhập khẩu", "đổi căn cước và bằng lái"): the words of each."""

from __future__ import annotations

import itertools

from search.understanding.asked_words import Word, is_person, without_empty
from search.understanding.expression_matches import matches
from search.vocabulary import Vocabulary

_JOINING = (("dong", "thoi"), ("cung", "luc"), ("ket", "hop"), ("va",), ("lan",))
_EXACT = {"va": "và", "lan": "lẫn"}
_BOTH = "vừa"
_WISHING = {"muon": "muốn", "xin": "xin", "can": "cần", "gio": "giờ", "nay": "nay", "dinh": "định"}
_PROVEN = 20  # in so many names two words stand side by side that are one matter
_ACTIONS = "everyday-actions"
_VERB = 3  # words of the first wish that may be said for the second, too ("đổi căn cước và bằng lái")


def wishes_in(words: list[Word], vocabulary: Vocabulary) -> tuple[list[Word], ...]:
    """The words of each wish where there are several, else nothing."""
    if both := _both(words):
        return tuple(both) if len(both) > 1 and all(_is_wish(piece, vocabulary) for piece in both) else ()
    pieces = _joined(words)
    if len(pieces) < 2:
        return _clauses(words, vocabulary)
    first = pieces[0]
    wishes = [first, *(_with_verb(first, piece, vocabulary) for piece in pieces[1:])]
    # Names join their own words by "và": only what people say in words of their own is a wish apart.
    return tuple(wishes) if all(_longest(piece, vocabulary) for piece in wishes) else ()


def _both(words: list[Word]) -> list[list[Word]]:
    """What stands after each "vừa" of two."""
    places = [at for at, word in enumerate(words) if word.plain == "vua" and word.exact in ("", _BOTH)]
    if len(places) < 2:
        return []
    ends = [*places[1:], len(words)]
    return [piece for start, end in zip(places, ends, strict=True) if (piece := words[start + 1 : end])]


def _joined(words: list[Word]) -> list[list[Word]]:
    """The pieces between words that join."""
    pieces: list[list[Word]] = [[]]
    at = 0
    while at < len(words):
        length = next((len(one) for one in _JOINING if _joins(words[at : at + len(one)], one)), 0)
        if length:
            pieces.append([])
        else:
            pieces[-1].append(words[at])
        at += length or 1
    return [piece for piece in pieces if piece]


def _clauses(words: list[Word], vocabulary: Vocabulary) -> tuple[list[Word], ...]:
    """The clauses that name a matter, where none of the later ones is the wish and the others its circumstances."""
    starts = [0, *(at for at, word in enumerate(words) if word.opens and at), len(words)]
    clauses = [words[start:end] for start, end in itertools.pairwise(starts)]
    telling = [one for one in clauses if _longest(one, vocabulary) > 1]
    wished = any(word.plain in _WISHING and word.exact in ("", _WISHING[word.plain]) for one in telling for word in one)
    return tuple(telling) if len(telling) > 1 and not wished else ()


def _joins(words: list[Word], joining: tuple[str, ...]) -> bool:
    told = tuple(word.plain for word in words) == joining
    return told and all(word.exact in ("", _EXACT.get(word.plain, word.exact)) for word in words)


def _with_verb(first: list[Word], piece: list[Word], vocabulary: Vocabulary) -> list[Word]:
    """A wish with the verb of the first, where only with it there is an expression as long."""
    longest, best = _longest(piece, vocabulary), piece
    for length in range(1, min(_VERB, len(first)) + 1):
        for start in range(len(first) - length + 1):
            said = [*first[start : start + length], *piece]
            if (reach := _longest(said, vocabulary)) > max(longest, length):
                longest, best = reach, said
    return best


def _longest(words: list[Word], vocabulary: Vocabulary) -> int:
    return max((len(one.places) for one in matches(words, vocabulary) if one.expression.group != _ACTIONS), default=0)


def _is_wish(words: list[Word], vocabulary: Vocabulary) -> bool:
    """Whether a piece names a matter: an expression, or two neighbouring words that many names hold."""
    if _longest(words, vocabulary):
        return True
    telling = [word.plain for word in without_empty(words, vocabulary) if not is_person(word)]
    return any(vocabulary.pairs.get(f"{one}_{two}", 0) >= _PROVEN for one, two in itertools.pairwise(telling))
