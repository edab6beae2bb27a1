"""The ways to say a question in official words: abbreviations written out, everyday expressions replaced, empty words left out."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from search.understanding.lexicon import Expression, empty_phrases, expressions, long_expressions, message_words, person_words, short_forms
from search.vocabulary import Vocabulary

MOST_READINGS = 10


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


@dataclass(frozen=True, slots=True)
class QueryReading:
    """One way to understand the words; `factor` below 1 for the less likely ones."""

    words: tuple[Word, ...]
    factor: float = 1.0
    expressions: tuple[str, ...] = ()

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(word.plain for word in self.words)


@dataclass(frozen=True, slots=True)
class _FoundExpression:
    """An expression and the places of its words in the question."""

    places: tuple[int, ...]
    expression: Expression


_LONGER = 3  # for so many words a meaning may count for each word of its expression: two words of nine don't outweigh the seven
_OTHERWISE = 0.97  # what a reading of words that sound alike gives way to the words as they were typed
_PERSON = 0.4  # how much a word for a person counts
_MOST_BETWEEN = 3
_HALF_OF_A_WORD = 20  # in so many names a pair is a word: its half is no expression ("lãnh" of "lãnh sự")


def _is_person(word: Word) -> bool:
    """Whether a word is one for people; "chứng" is not "chúng", whatever both are without marks."""
    ways = person_words().get(word.plain, frozenset())
    return word.exact in ways if word.exact else bool(ways)


def _match(found: Expression, words: list[Word], start: int) -> tuple[int, ...] | None:
    """The places of an expression's words from `start` on, people's words between them passed over ("bố tôi vừa mất")."""
    places: list[int] = []
    at = start
    for said in found.said:
        between = 0
        while places and at < len(words) and words[at].plain != said and _is_person(words[at]) and between < _MOST_BETWEEN:
            at, between = at + 1, between + 1
        if at >= len(words) or words[at].plain != said:
            return None
        places.append(at)
        at += 1
    # One syllable with other marks is another word ("bằng" is no "băng"); in longer phrases a wrong tone is a slip.
    marked = [(words[place].exact, exact) for place, exact in zip(places, found.exact, strict=False) if words[place].exact]
    wrong = sum(exact != meant for exact, meant in marked)
    return tuple(places) if wrong <= len(places) // 3 else None


def _matches(words: list[Word], vocabulary: Vocabulary) -> list[_FoundExpression]:
    table, names = expressions(), _named_spans(words, vocabulary)
    found = []
    for start, word in enumerate(words):
        for one in table.get(word.plain, ()):
            places = _match(one, words, start)
            if not places or any(set(places) < name for name in names):
                continue
            if len(places) > 1 or _pair_count(words, start, vocabulary) < _HALF_OF_A_WORD:
                found.append(_FoundExpression(places, one))
    return found


def expression_places(words: list[Word], vocabulary: Vocabulary) -> list[set[int]]:
    """The places of every expression in the words."""
    return [set(one.places) for one in _matches(words, vocabulary)]


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


def _written_out(words: list[Word]) -> list[Word]:
    """The question with abbreviations and other names of one thing in everyday words ("GCNQSDĐ" → "sổ đỏ")."""
    table, out, place = short_forms(), [], 0
    while place < len(words):
        found = next(
            ((one, at) for one in table.get(words[place].plain, ()) if (at := _match(one, words, place)) and len(at) == at[-1] - at[0] + 1),
            None,
        )
        if found:
            out += [Word(plain, exact) for plain, exact in found[0].means[0]]
            place += len(found[1])
        else:
            out.append(words[place])
            place += 1
    return out


def _scattered(words: list[Word], known: set[Expression]) -> list[_FoundExpression]:
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
        if all(words[place].exact in ("", exact) for place, exact in zip(places, one.exact, strict=True)):
            found.append(_FoundExpression(places, one))
    return found[:3]


def message_words_out(words: list[Word]) -> list[Word]:
    """The words with what people shorten in messages written out ("ko" → "không"); it is no slip and has one meaning there."""
    table, out = message_words(), []
    for word in words:
        meant = table.get(word.exact or word.plain)
        out += [replace(word, plain=plain, exact=exact) for plain, exact in meant] if meant else [word]
    return out


def readings_of(words: list[Word], vocabulary: Vocabulary, otherwise: list[Word] | None = None) -> tuple[QueryReading, ...]:
    """The question in official words first, then its other meanings, then as it was typed; `otherwise` is a second way to read it."""
    readings = _readings_of(words, vocabulary)
    written_out = _written_out(words)
    if written_out != words:
        readings += _readings_of(written_out, vocabulary)
    if otherwise:
        readings += [replace(one, factor=_OTHERWISE * one.factor) for one in _readings_of(otherwise, vocabulary)]
    unique: dict[tuple[str, ...], QueryReading] = {}
    for reading in sorted(readings, key=lambda one: -one.factor):
        if reading.words:
            unique.setdefault(reading.plain, reading)
    return tuple(list(unique.values())[:MOST_READINGS])


def _readings_of(words: list[Word], vocabulary: Vocabulary) -> list[QueryReading]:
    found = _matches(words, vocabulary)
    chosen: list[_FoundExpression] = []
    for one in sorted(found, key=lambda item: (-len(item.places), item.places[-1] - item.places[0], item.places)):
        if not any(set(one.places) & set(other.places) for other in chosen):
            chosen.append(one)
    chosen.sort(key=lambda item: item.places)
    readings = []
    if chosen:
        readings.append(_rewritten(words, chosen, None, 0, vocabulary, 1.0))
        for one in chosen:
            for meaning in range(1, len(one.expression.means)):
                readings.append(_rewritten(words, chosen, one, meaning, vocabulary, 1.0 - 0.04 * meaning))
    longest = max((len(one.places) for one in chosen), default=0)
    for one in _scattered(words, {one.expression for one in chosen}):
        if len(one.places) > longest:
            readings.append(_rewritten(words, [one], None, 0, vocabulary, 1.0 if len(one.places) > 3 else 0.95))
    for one in [one for one in found if one not in chosen][:2]:
        readings.append(_rewritten(words, [one], None, 0, vocabulary, 0.85))
    readings.append(_rewritten(words, [], None, 0, vocabulary, 0.85 if chosen else 1.0))
    return readings


def _rewritten(
    words: list[Word], chosen: list[_FoundExpression], other: _FoundExpression | None, meaning: int, vocabulary: Vocabulary, factor: float
) -> QueryReading:
    """The question with `chosen` in official words, `other` of them in its given meaning."""
    said = {place for one in chosen for place in one.places}
    first = {min(one.places): one for one in chosen}
    share = 0.5 if any(len(one.places) > 1 and one.expression.group != _ACTIONS for one in chosen) else 1.0
    out: list[Word] = []
    rest: list[Word] = []

    persons = {word for place, word in enumerate(words) if _is_person(word) and not _belongs(words, place, vocabulary)}
    acts = _acts([word for place, word in enumerate(words) if place not in said])
    acted = bool(acts) or any(one.expression.group == _ACTIONS for one in chosen)

    def flush() -> None:
        for word in without_empty(rest, vocabulary):
            part = 1.0 if word.plain in acts else share * (_PERSON if word in persons else 1.0)
            out.append(replace(word, share=part, beside=part < 1.0))
        rest.clear()

    for place, word in enumerate(words):
        if place in first:
            flush()
            one = first[place]
            means = one.expression.means[meaning if one is other else 0]
            meant = means[1:] if acted and _only_grants(one, means) else means
            part = min(1.0, _LONGER * len(one.places) / len(meant))
            out.extend(Word(plain, exact, part) for plain, exact in meant)
        elif place not in said:
            rest.append(word)
    flush()
    return QueryReading(tuple(out or words), factor, tuple(" ".join(one.expression.exact) for one in chosen))


_ACTIONS = "everyday-actions"
# What is done with a paper that is already there; beside it "cấp" (grant) of an expression's meaning gives way.
_OFFICIAL_ACTS = {
    ("gia", "han"), ("cap", "lai"), ("cap", "doi"), ("thu", "hoi"), ("dieu", "chinh"), ("cham", "dut"), ("tam", "ngung"), ("dinh", "chinh"),
    ("sua", "doi"), ("bo", "sung"), ("chuyen", "doi"),
}  # fmt: skip


def _acts(words: list[Word]) -> set[str]:
    """The words among `words` that make an official act ("gia hạn")."""
    pairs = itertools.pairwise(words)
    return {word.plain for one, two in pairs if (one.plain, two.plain) in _OFFICIAL_ACTS for word in (one, two)}


def _only_grants(one: _FoundExpression, means: tuple[tuple[str, str], ...]) -> bool:
    plain = tuple(word for word, _ in means[:2])
    return one.expression.group != _ACTIONS and len(means) > 2 and plain[0] == "cap" and plain not in _OFFICIAL_ACTS


def without_empty(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    """The words without phrases that carry no subject."""
    table, out, index = empty_phrases(), [], 0
    while index < len(words):
        phrase = next((one for one in table.get(words[index].plain, ()) if _says(words, index, one)), None)
        if phrase and (len(phrase) > 1 or not _belongs(words, index, vocabulary)):
            index += len(phrase)
        else:
            out.append(words[index])
            index += 1
    return out


def tells(words: list[Word], vocabulary: Vocabulary) -> bool:
    """Whether any word says what a question is about, beside whom it is for."""
    return any(not _is_person(word) for word in without_empty(words, vocabulary))


def _says(words: list[Word], start: int, phrase: tuple[tuple[str, str], ...]) -> bool:
    span = words[start : start + len(phrase)]
    return len(span) == len(phrase) and all(
        word.plain == plain and word.exact in ("", exact) for word, (plain, exact) in zip(span, phrase, strict=True)
    )


def _belongs(words: list[Word], index: int, vocabulary: Vocabulary) -> bool:
    """Whether a single empty word is half of a word that names hold ("căn" of "căn cước", "làm" of "làm việc")."""
    return _pair_count(words, index, vocabulary) >= 3


def _pair_count(words: list[Word], index: int, vocabulary: Vocabulary) -> int:
    """In how many names a word stands beside the neighbour it has here."""
    plain = words[index].plain
    before = f"{words[index - 1].plain}_{plain}" if index else ""
    after = f"{plain}_{words[index + 1].plain}" if index + 1 < len(words) else ""
    return max(vocabulary.pairs.get(before, 0), vocabulary.pairs.get(after, 0))
