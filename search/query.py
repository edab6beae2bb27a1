"""What the user typed → codes, numbers, places, levels, agencies, and the ways to say the rest in official words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from rasoat.vietnamese import fold, nfc, squeeze
from search.analysis import exact_words, folded_words
from search.lexicon import Expression, empty_phrases, expressions, long_expressions, person_words, short_forms
from search.numbers import CodeAsked, NumberAsked, numbers_in
from search.places import province_of, provinces
from search.spelling import correct
from search.vocabulary import Vocabulary

LONGEST = 512  # characters of a question that are read; nobody types more by hand
MOST_WORDS = 24
MOST_READINGS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """One word to look for. `exact` is how it was typed with marks, "" where it was typed without or is ours.

    `share` lowers what was left over beside an understood expression.
    """

    plain: str
    exact: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the words; `factor` below 1 for the less likely ones."""

    words: tuple[Word, ...]
    factor: float = 1.0
    expressions: tuple[str, ...] = ()

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(word.plain for word in self.words)


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question taken apart. An empty one (no word, no number) asks for everything."""

    text: str
    readings: tuple[Reading, ...] = ()
    codes: tuple[CodeAsked, ...] = ()
    numbers: tuple[NumberAsked, ...] = ()
    citing: bool = False
    province: str | None = None
    level: str | None = None
    agencies: tuple[str, ...] = ()  # folded names
    field: str | None = None  # a field's name as printed, where the question names one
    field_said: bool = False  # it said "lĩnh vực"
    online: str | None = None
    year: int | None = None
    corrected: str | None = None
    shortened: bool = False

    @property
    def empty(self) -> bool:
        return not (self.readings or self.codes or self.numbers or self.province or self.level or self.agencies or self.field)


def cleaned(text: str) -> tuple[str, bool]:
    """The text without control and direction marks, NFC, one blank between words, cut to `LONGEST`; and whether it was cut."""
    kept = nfc(text[: LONGEST * 8])
    kept = "".join(" " if unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else mark for mark in kept)
    kept = squeeze(kept)
    return kept[:LONGEST].strip(), len(text) > LONGEST * 8 or len(kept) > LONGEST


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression and the places of its words in the question."""

    places: tuple[int, ...]
    expression: Expression


_PERSON = 0.4  # how much a word for a person counts
_LEVEL = re.compile(r"(?<!\w)(?:cap|o)\s+(xa|phuong|tinh|bo|trung uong|huyen)(?!\w)")
_LEVELS = {"xa": "Cấp xã", "phuong": "Cấp xã", "tinh": "Cấp tỉnh", "bo": "Cấp bộ", "trung uong": "Cấp bộ", "huyen": "Cấp huyện"}
_ONLINE = re.compile(r"(?<!\w)(toan trinh|mot phan|muc do [34])(?!\w)")
_ONLINES = {"toan trinh": "toàn trình", "mot phan": "một phần", "muc do 4": "toàn trình", "muc do 3": "một phần"}
_YEAR = re.compile(r"(?<![\d/])(?:nam\s+)?((?:19[4-9]|20[0-4])\d)(?![\d/])")
_FIELD = re.compile(r"(?<!\w)(?:linh vuc|nganh)\s+(?P<name>.+)")


def understand(text: str, vocabulary: Vocabulary) -> Understanding:
    """Read a question. Never raises: what cannot be read is searched as plain words."""
    text, shortened = cleaned(text)
    found = numbers_in(fold(text))
    rest, level = _take(found.rest, _LEVEL, _LEVELS)
    rest, online = _take(rest, _ONLINE, _ONLINES)
    year_match = _YEAR.search(rest)
    if year_match and not re.search(r"truoc|sau|tu ngay|ngay \d", rest):
        rest = rest.replace(year_match[0], " ")
    typed = _words_left(text, rest)[:MOST_WORDS]
    typed, corrected = _spelled(typed, vocabulary)
    typed, province = _take_province(typed)
    if found.codes or found.documents:
        typed = _without_empty(typed, vocabulary)
    readings = _readings(typed, vocabulary)
    readings, agencies = _take_agencies(readings, vocabulary)
    field, said = _field_of(rest, readings, vocabulary)
    return Understanding(
        text=text,
        readings=readings,
        codes=found.codes,
        numbers=found.documents,
        citing=found.citing,
        province=province,
        level=level,
        agencies=agencies,
        field=field,
        field_said=said,
        online=online,
        year=int(year_match[1]) if year_match else None,
        corrected=corrected,
        shortened=shortened,
    )


def _take(text: str, pattern: re.Pattern[str], meaning: dict[str, str]) -> tuple[str, str | None]:
    found = pattern.search(text)
    if not found:
        return text, None
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split()), meaning[found[1]]


def _words_left(text: str, rest: str) -> list[Word]:
    """The words of `rest` (folded) with the marks they have in `text`."""
    typed = list(zip(folded_words(text), exact_words(text), strict=False))
    words, place = [], 0
    for plain in folded_words(rest):
        at = next((index for index in range(place, len(typed)) if typed[index][0] == plain), None)
        exact = typed[at][1] if at is not None else plain
        place = at + 1 if at is not None else place
        words.append(Word(plain, exact if exact != plain else ""))
    return words


@cache
def _said_words() -> frozenset[str]:
    """Words that are right without standing in a name: those of the reviewed lists, of places and of empty phrases."""
    words = {word for found in expressions().values() for one in found for word in one.said}
    words |= {word for found in empty_phrases().values() for phrase in found for word in phrase}
    return frozenset(words | person_words() | {word for name in provinces() for word in name.split()})


def _spelled(words: list[Word], vocabulary: Vocabulary) -> tuple[list[Word], str | None]:
    meant = correct([word.plain for word in words], vocabulary, _said_words())
    if all(found == [word.plain] for word, found in zip(words, meant, strict=True)):
        return words, None
    out: list[Word] = []
    for word, found in zip(words, meant, strict=True):
        out += [word] if found == [word.plain] else [Word(plain) for plain in found]
    return out, " ".join(_shown(out, index, vocabulary) for index in range(len(out)))


def _shown(words: list[Word], index: int, vocabulary: Vocabulary) -> str:
    """A corrected word as people write it: as typed, else as it is mostly spelt beside its neighbour."""
    word = words[index]
    if word.exact:
        return word.exact
    for first, at in ((index, 0), (index - 1, 1)):
        if 0 <= first < len(words) - 1:
            pair = f"{words[first].plain}_{words[first + 1].plain}"
            if pair in vocabulary.spellings:
                return vocabulary.written(pair).split()[at]
    return vocabulary.written(word.plain)


def _take_province(words: list[Word]) -> tuple[list[Word], str | None]:
    plain = [word.plain for word in words]
    for length in (4, 3, 2, 1):
        for start in range(len(words) - length + 1):
            name = " ".join(plain[start : start + length])
            if name in provinces() and not _means_otherwise(words[start : start + length], name):
                left = start - (1 if start and plain[start - 1] in ("tinh", "tp") else 0)
                left -= 2 if plain[max(left - 2, 0) : left] == ["thanh", "pho"] else 0
                return words[:left] + words[start + length :], province_of(name)
    return words, None


def _means_otherwise(words: list[Word], name: str) -> bool:
    """Whether marks were typed that no spelling of the province has ("hoá bình" is no "Hòa Bình" but "huế" is "Huế")."""
    typed = " ".join(word.exact for word in words if word.exact)
    return len(words) == 1 and bool(typed) and fold(provinces()[name]) == name and typed != provinces()[name].lower()


_MOST_BETWEEN = 3
_HALF_OF_A_WORD = 20  # in so many names a pair is a word: its half is no expression ("lãnh" of "lãnh sự")


def _match(found: Expression, words: list[Word], start: int) -> tuple[int, ...] | None:
    """The places of an expression's words from `start` on, people's words between them passed over ("bố tôi vừa mất")."""
    places, at = [], start
    for said in found.said:
        between = 0
        while places and at < len(words) and words[at].plain != said and words[at].plain in person_words() and between < _MOST_BETWEEN:
            at, between = at + 1, between + 1
        if at >= len(words) or words[at].plain != said:
            return None
        places.append(at)
        at += 1
    # One syllable with other marks is another word ("bằng" is no "băng"); in longer phrases a wrong tone is a slip.
    marked = [(words[place].exact, exact) for place, exact in zip(places, found.exact, strict=False) if words[place].exact]
    wrong = sum(exact != meant for exact, meant in marked)
    return tuple(places) if wrong <= len(places) // 3 else None


def _matches(words: list[Word], vocabulary: Vocabulary) -> list[_Found]:
    table, names = expressions(), _named_spans(words, vocabulary)
    found = []
    for start, word in enumerate(words):
        for one in table.get(word.plain, ()):
            places = _match(one, words, start)
            if not places or any(set(places) < name for name in names):
                continue
            if len(places) > 1 or _pair_count(words, start, vocabulary) < _HALF_OF_A_WORD:
                found.append(_Found(places, one))
    return found


def _named_spans(words: list[Word], vocabulary: Vocabulary) -> list[set[int]]:
    """The places of names of fields and bodies: nothing inside them means something else ("hữu trí" in "sở hữu trí tuệ")."""
    plain = [word.plain for word in words]
    known = _agency_names(tuple(vocabulary.agencies))
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


def _scattered(words: list[Word], known: set[Expression]) -> list[_Found]:
    """Long expressions whose words all stand in the question, in any order ("công ty muốn đổi địa chỉ")."""
    at: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        at.setdefault(word.plain, []).append(place)
    found = []
    for one in long_expressions():
        if one in known or any(said not in at for said in one.said) or len(set(one.said)) < len(one.said):
            continue
        places = tuple(at[said][0] for said in one.said)
        if all(words[place].exact in ("", exact) for place, exact in zip(places, one.exact, strict=True)):
            found.append(_Found(places, one))
    return found[:3]


def _readings(words: list[Word], vocabulary: Vocabulary) -> tuple[Reading, ...]:
    """The question in official words first, then its other meanings, then as it was typed."""
    readings = _readings_of(words, vocabulary)
    written_out = _written_out(words)
    if written_out != words:
        readings += _readings_of(written_out, vocabulary)
    unique: dict[tuple[str, ...], Reading] = {}
    for reading in sorted(readings, key=lambda one: -one.factor):
        if reading.words:
            unique.setdefault(reading.plain, reading)
    return tuple(list(unique.values())[:MOST_READINGS])


def _readings_of(words: list[Word], vocabulary: Vocabulary) -> list[Reading]:
    found = _matches(words, vocabulary)
    chosen: list[_Found] = []
    for one in sorted(found, key=lambda item: (-len(item.places), item.places[-1] - item.places[0], item.places)):
        if not any(set(one.places) & set(other.places) for other in chosen):
            chosen.append(one)
    chosen.sort(key=lambda item: item.places)
    readings = []
    if chosen:
        readings.append(_rewritten(words, chosen, None, 0, vocabulary, 1.0))
        for one in chosen:
            for meaning in range(1, len(one.expression.means)):
                readings.append(_rewritten(words, chosen, one, meaning, vocabulary, 0.97))
    longest = max((len(one.places) for one in chosen), default=0)
    for one in _scattered(words, {one.expression for one in chosen}):
        if len(one.places) > longest:
            readings.append(_rewritten(words, [one], None, 0, vocabulary, 1.0 if len(one.places) > 3 else 0.95))
    for one in [one for one in found if one not in chosen][:2]:
        readings.append(_rewritten(words, [one], None, 0, vocabulary, 0.85))
    readings.append(_rewritten(words, [], None, 0, vocabulary, 0.85 if chosen else 1.0))
    return readings


def _rewritten(
    words: list[Word], chosen: list[_Found], other: _Found | None, meaning: int, vocabulary: Vocabulary, factor: float
) -> Reading:
    """The question with `chosen` in official words, `other` of them in its given meaning."""
    said = {place for one in chosen for place in one.places}
    first = {min(one.places): one for one in chosen}
    share = 0.5 if any(len(one.places) > 1 for one in chosen) else 1.0
    out: list[Word] = []
    rest: list[Word] = []

    def flush() -> None:
        for word in _without_empty(rest, vocabulary):
            out.append(replace(word, share=share * (_PERSON if word.plain in person_words() else 1.0)))
        rest.clear()

    for place, word in enumerate(words):
        if place in first:
            flush()
            one = first[place]
            out.extend(Word(plain, exact) for plain, exact in one.expression.means[meaning if one is other else 0])
        elif place not in said:
            rest.append(word)
    flush()
    return Reading(tuple(out or words), factor, tuple(" ".join(one.expression.exact) for one in chosen))


def _without_empty(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    table, out, index = empty_phrases(), [], 0
    while index < len(words):
        phrase = next((p for p in table.get(words[index].plain, ()) if tuple(w.plain for w in words[index : index + len(p)]) == p), None)
        if phrase and (len(phrase) > 1 or not _belongs(words, index, vocabulary)):
            index += len(phrase)
        else:
            out.append(words[index])
            index += 1
    return out


def _belongs(words: list[Word], index: int, vocabulary: Vocabulary) -> bool:
    """Whether a single empty word is half of a word that names hold ("căn" of "căn cước", "làm" of "làm việc")."""
    return _pair_count(words, index, vocabulary) >= 3


def _pair_count(words: list[Word], index: int, vocabulary: Vocabulary) -> int:
    """In how many names a word stands beside the neighbour it has here."""
    plain = words[index].plain
    before = f"{words[index - 1].plain}_{plain}" if index else ""
    after = f"{plain}_{words[index + 1].plain}" if index + 1 < len(words) else ""
    return max(vocabulary.pairs.get(before, 0), vocabulary.pairs.get(after, 0))


_HEADS = (
    "bo",
    "so",
    "cuc",
    "tong cuc",
    "ubnd",
    "uy ban",
    "cong an",
    "bao hiem xa hoi",
    "ngan hang",
    "toa an",
    "vien",
    "ban",
    "thue",
    "hai quan",
    "phong",
    "trung tam",
    "van phong",
    "chi cuc",
    "tap doan",
    "bhxh",
)


def _take_agencies(readings: tuple[Reading, ...], vocabulary: Vocabulary) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """Names of bodies taken out of the readings; a reading that is only such a name keeps no word."""
    agencies: list[str] = []
    out = []
    for reading in readings:
        plain = list(reading.plain)
        span = _agency_span(plain, vocabulary)
        if span:
            start, end = span
            agencies.append(" ".join(plain[start:end]))
            reading = replace(reading, words=reading.words[:start] + reading.words[end:])
        out.append(reading)
    if not agencies:
        return readings, ()
    kept = tuple(reading for reading in out if reading.words)
    return kept, tuple(dict.fromkeys(agencies))


def _agency_span(plain: list[str], vocabulary: Vocabulary) -> tuple[int, int] | None:
    known = _agency_names(tuple(vocabulary.agencies))
    for length in range(min(len(plain), 9), 1, -1):
        for start in range(len(plain) - length + 1):
            name = " ".join(plain[start : start + length])
            if name in known and name.startswith(_HEADS):
                return start, start + length
    return None


@cache
def _agency_names(names: tuple[str, ...]) -> frozenset[str]:
    """Folded names of bodies, also without the province or ministry after them."""
    found = set(names)
    for name in names:
        short = re.split(r" (?:tinh|thanh pho|tp|cac tinh|bo|cap tinh) ", name)[0]
        if len(short.split()) >= 2:
            found.add(short)
    return frozenset(found)


def _field_of(rest: str, readings: tuple[Reading, ...], vocabulary: Vocabulary) -> tuple[str | None, bool]:
    said = _FIELD.search(rest)
    if said:
        name = " ".join(folded_words(said["name"]))
        for length in range(len(name.split()), 0, -1):
            start = " ".join(name.split()[:length])
            if start in vocabulary.fields:
                return vocabulary.fields[start], True
    for reading in readings[:1]:
        name = " ".join(reading.plain)
        if name in vocabulary.fields:
            return vocabulary.fields[name], False
    return None, bool(said)
