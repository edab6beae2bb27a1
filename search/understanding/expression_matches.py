"""Where everyday expressions and abbreviations stand in a question, people's words between theirs passed over."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.ages import AgeRange
from search.understanding.asked_words import Word, is_person, pair_count
from search.understanding.lexicon import Expression, expressions, long_expressions, short_forms
from search.vocabulary import Vocabulary

_MOST_BETWEEN = 3
_HALF_OF_A_WORD = 20  # in so many names a pair is a word: its half is no expression ("lãnh" of "lãnh sự")


@dataclass(frozen=True, slots=True)
class FoundExpression:
    """An expression and the places of its words in the question."""

    places: tuple[int, ...]
    expression: Expression
    means: tuple[tuple[tuple[str, str], ...], ...]  # for somebody of the age that was said


def _match(found: Expression, words: list[Word], start: int) -> tuple[int, ...] | None:
    """The places of an expression's words from `start` on, people's words between them passed over ("bố tôi vừa mất")."""
    places: list[int] = []
    at = start
    for said in found.said:
        between = 0
        while places and at < len(words) and words[at].plain != said and is_person(words[at]) and between < _MOST_BETWEEN:
            at, between = at + 1, between + 1
        if at >= len(words) or words[at].plain != said:
            return None
        places.append(at)
        at += 1
    # One syllable with other marks is another word ("bằng" is no "băng"); in longer phrases a wrong tone is a slip.
    marked = [(words[place].exact, exact) for place, exact in zip(places, found.exact, strict=False) if words[place].exact]
    wrong = sum(exact != meant for exact, meant in marked)
    return tuple(places) if wrong <= len(places) // 3 else None


def matches(words: list[Word], vocabulary: Vocabulary, age: AgeRange | None = None) -> list[FoundExpression]:
    """Every expression in the words; none that is all of what is denied."""
    table, names = expressions(), _named_spans(words, vocabulary)
    found = []
    for start, word in enumerate(words):
        for one in table.get(word.plain, ()):
            places = _match(one, words, start)
            if not places or any(set(places) < name for name in names) or _denied(words, places):
                continue
            if len(places) > 1 or pair_count(words, start, vocabulary) < _HALF_OF_A_WORD:
                found.append(FoundExpression(places, one, one.meanings(age)))
    return found


def expression_places(words: list[Word], vocabulary: Vocabulary) -> list[set[int]]:
    """The places of every expression in the words."""
    return [set(one.places) for one in matches(words, vocabulary)]


def _denied(words: list[Word], places: tuple[int, ...]) -> bool:
    return 2 * sum(words[place].denied for place in places) > len(places)


def _named_spans(words: list[Word], vocabulary: Vocabulary) -> list[set[int]]:
    """The places of names of fields and bodies: nothing inside them means something else ("hữu trí" in "sở hữu trí tuệ")."""
    plain = [word.plain for word in words]
    known = vocabulary.bodies
    spans = []
    for length in range(min(len(plain), 9), 2, -1):
        for start in range(len(plain) - length + 1):
            name = " ".join(plain[start : start + length])
            if name in known or name in vocabulary.fields:
                spans.append(set(range(start, start + length)))
    return spans


def written_out(words: list[Word]) -> list[Word]:
    """The question with abbreviations and other names of one thing in everyday words ("GCNQSDĐ" → "sổ đỏ")."""
    table, out, place = short_forms(), [], 0
    while place < len(words):
        found = next(
            ((one, at) for one in table.get(words[place].plain, ()) if (at := _match(one, words, place)) and len(at) == at[-1] - at[0] + 1),
            None,
        )
        if found:
            out += [replace(words[place], plain=plain, exact=exact) for plain, exact in found[0].means[0]]
            place += len(found[1])
        else:
            out.append(words[place])
            place += 1
    return out


def scattered(words: list[Word], known: set[Expression], age: AgeRange | None) -> list[FoundExpression]:
    """Long expressions whose words all stand in the question, in any order ("công ty muốn đổi địa chỉ")."""
    at: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        at.setdefault(word.plain, []).append(place)
    found = []
    table = long_expressions()
    possible = {one for word in at for one in table.get(word, ())}
    for one in sorted(possible, key=lambda one: (-len(one.said), one.said)):
        if one in known or any(said not in at for said in one.said):
            continue
        places = tuple(at[said][0] for said in one.said)
        if any(words[place].denied for place in places):
            continue
        if all(words[place].exact in ("", exact) for place, exact in zip(places, one.exact, strict=True)):
            found.append(FoundExpression(places, one, one.meanings(age)))
    return found[:3]
