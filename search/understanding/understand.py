"""What the user typed → codes, numbers, places, levels, agencies, and the ways to say the rest in official words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from rasoat.vietnamese import fold, nfc, squeeze
from search.ages import AgeRange
from search.analysis import exact_words, folded_words, openings
from search.named_codes import forms_asked, standards_asked
from search.places import province_of, provinces
from search.understanding.asked_words import Word, message_words_out, tells, without_empty
from search.understanding.bodies_asked import bodies_in
from search.understanding.called_laws import LawAsked, LawsFound, laws_in
from search.understanding.circumstances import with_age, with_denied
from search.understanding.corrections import Spelled, spelled_right
from search.understanding.query_readings import QueryReading, readings_of, with_wishes
from search.understanding.typed_numbers import CodeAsked, NumberAsked, asks_who_cites, numbers_in
from search.understanding.wishes import wishes_in
from search.vocabulary import Vocabulary

LONGEST = 512  # characters of a question that are read; nobody types more by hand
MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question taken apart. An empty one (no word, no number) asks for everything."""

    text: str
    readings: tuple[QueryReading, ...] = ()
    wishes: tuple[tuple[QueryReading, ...], ...] = ()  # the readings of each, where a question has several
    codes: tuple[CodeAsked, ...] = ()
    numbers: tuple[NumberAsked, ...] = ()
    laws: tuple[LawAsked, ...] = ()
    named_codes: tuple[str, ...] = ()  # tokens of standards and forms
    citing: bool = False
    article: str = ""  # "dieu-13", of the numbers' documents and of the laws
    province: str | None = None
    level: str | None = None
    agencies: tuple[str, ...] = ()  # folded names
    former: bool = False  # one of them was named as it was
    field: str | None = None  # a field's name as printed, where the question names one
    field_said: bool = False  # it said "lĩnh vực"
    document_type: str = ""  # folded, where the question begins with it and gives no number ("thông tư về …")
    online: str | None = None
    age: AgeRange | None = None
    year: int | None = None
    corrected: str | None = None
    shortened: bool = False

    @property
    def empty(self) -> bool:
        return not (
            self.readings
            or self.codes
            or self.numbers
            or self.laws
            or self.named_codes
            or self.province
            or self.level
            or self.agencies
            or self.field
        )


def cleaned(text: str) -> tuple[str, bool]:
    """The text without control and direction marks, NFC, one blank between words, cut to `LONGEST`; and whether it was cut."""
    kept = nfc(text[: LONGEST * 8])
    kept = "".join(" " if unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else mark for mark in kept)
    kept = squeeze(kept)
    return kept[:LONGEST].strip(), len(text) > LONGEST * 8 or len(kept) > LONGEST


_LEVEL = re.compile(r"(?<!\w)cap\s+(xa(?!\s+hoi)|phuong|tinh|bo|trung uong|huyen)(?!\w)")
_LEVELS = {"xa": "Cấp xã", "phuong": "Cấp xã", "tinh": "Cấp tỉnh", "bo": "Cấp bộ", "trung uong": "Cấp bộ", "huyen": "Cấp huyện"}
_ONLINE = re.compile(r"(?<!\w)(toan trinh|mot phan|muc do [34])(?!\w)")
_ONLINES = {"toan trinh": "toàn trình", "mot phan": "một phần", "muc do 4": "toàn trình", "muc do 3": "một phần"}
_YEAR = re.compile(r"(?<![\d/])(?:(?<!viet )nam\s+)?((?:19[4-9]|20[0-4])\d)(?![\d/])")
_FIELD = re.compile(r"(?<!\w)(?:linh vuc|nganh)\s+(?P<name>.+)")


def understand(text: str, vocabulary: Vocabulary, literal: bool = False) -> Understanding:
    """Read a question; `literal`: its words as they were typed, nothing corrected and nothing said in official words instead. Never raises:
    what cannot be read is searched as plain words."""
    text, shortened = cleaned(text)
    standards, plain = standards_asked(fold(text))
    found = numbers_in(plain)
    rest, level = _take(found.rest, _LEVEL, _LEVELS)
    rest, online = _take(rest, _ONLINE, _ONLINES)
    year_match = _YEAR.search(rest)
    if year_match and not re.search(r"truoc|sau|tu ngay|ngay \d", rest):
        rest = rest.replace(year_match[0], " ")
    year = int(year_match[1]) if year_match else None
    spelled, named = _as_typed(text, rest) if literal else _named(text, rest, year, vocabulary)
    provision = found.provision
    if provision and (amending := _amending(text, year, vocabulary)):
        spelled, named, provision = replace(spelled, words=amending.words), amending, None
    called = tuple(f" {' '.join(name.about)} " for law in (named.laws if named else ()) for name in law.names)
    typed, province = _take_province(spelled.words, called)
    if found.codes or found.documents:
        typed = [word for word in without_empty(typed, vocabulary) if word.plain not in _JOINING]
    bodies = bodies_in(typed, vocabulary, called)
    otherwise = bodies_in(_take_province(spelled.otherwise, called)[0], vocabulary, called).words if spelled.otherwise else []
    placed = bool(bodies.names or province or level or bodies.level)
    age, aged = with_age(bodies.words)
    typed = with_denied(aged, vocabulary)
    readings = () if placed and not tells(typed, vocabulary) else readings_of(typed, vocabulary, otherwise, age)
    if literal and readings:
        readings = (QueryReading(tuple(typed), 1.0),)
    several = wishes_in(typed, vocabulary) if readings and not (named or literal) else ()
    wishes = tuple(readings_of(one, vocabulary, age=age) for one in several)
    readings = with_wishes(readings, wishes)
    field, said = _field_of(rest, readings, vocabulary)
    laws = named.laws if named and not found.documents else ()
    return Understanding(
        text=text,
        readings=readings,
        wishes=wishes,
        codes=found.codes,
        numbers=found.documents,
        laws=laws,
        document_type=_type_asked(rest) if not (found.documents or laws) else "",
        named_codes=(*standards, *forms_asked(found.rest)),
        citing=found.citing or (named is not None and bool(laws) and asks_who_cites(named.beside_plain, loosely=len(named.beside) > _BARE)),
        article=provision.article if provision and (provision.certain or found.documents or laws) else "",
        province=province,
        level=level or bodies.level,
        agencies=bodies.names,
        former=bodies.former,
        field=field,
        field_said=said,
        online=online,
        age=age,
        year=year,
        corrected=spelled.shown,
        shortened=shortened,
    )


def _as_typed(text: str, rest: str) -> tuple[Spelled, None]:
    return Spelled(message_words_out(_words_left(text, rest))[:MOST_WORDS], [], None), None


def _named(text: str, rest: str, year: int | None, vocabulary: Vocabulary) -> tuple[Spelled, LawsFound | None]:
    """The words of `rest` without slips, and the laws among them. Letters that stand for a law's name are no slips, so laws are looked
    for before slips are."""
    words = message_words_out(_words_left(text, rest))
    typed = words[:MOST_WORDS]
    if named := laws_in(words, vocabulary, year):  # some names are longer than what is read of a question
        return Spelled(named.words[:MOST_WORDS], [], None), named
    spelled = spelled_right(typed, vocabulary)
    named = laws_in(spelled.words, vocabulary, year) if spelled.shown else None
    return replace(spelled, words=named.words[:MOST_WORDS]) if named else spelled, named


_TYPE_ASKED = re.compile(
    r"(?:cac |nhung )?(?P<type>nghi dinh|thong tu lien tich|thong tu|nghi quyet|chi thi|quyet dinh(?= ve(?!\w)))(?!\w)"
)


def _type_asked(rest: str) -> str:
    """The type of document that a question begins with: what follows is what the document is about."""
    found = _TYPE_ASKED.match(rest)
    return found["type"] if found else ""


def _amending(text: str, year: int | None, vocabulary: Vocabulary) -> LawsFound | None:
    """A law whose own name tells a provision ("luật sửa đổi điều 170 luật doanh nghiệp")."""
    words = [Word(plain) for plain in folded_words(text)]
    named = laws_in(words, vocabulary, year)
    told = (f"{' '.join(law.names[0].about)} " for law in named.laws if law.whole) if named else ()
    return named if any(_ARTICLE_TOLD.search(about) for about in told) else None


def _take(text: str, pattern: re.Pattern[str], meaning: dict[str, str]) -> tuple[str, str | None]:
    found = pattern.search(text)
    if not found:
        return text, None
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split()), meaning[found[1]]


def _words_left(text: str, rest: str) -> list[Word]:
    """The words of `rest` (folded) with the marks they have in `text`."""
    typed = list(zip(folded_words(text), exact_words(text), strict=False))
    opening = openings(text)
    words, place = [], 0
    for plain in folded_words(rest):
        at = next((index for index in range(place, len(typed)) if typed[index][0] == plain), None)
        exact = typed[at][1] if at is not None else plain
        opens = at is not None and any(place <= index <= at for index in opening)
        place = at + 1 if at is not None else place
        words.append(Word(plain, exact if exact != plain else "", opens=opens))
    return words


_ARTICLE_TOLD = re.compile(r"\bdieu \d")
_JOINING = frozenset(["cua", "ve", "do", "tai", "theo", "trong", "so", "va", "thi"])  # beside a number they name nothing
_BARE = 2  # words beside a law's name that tell no subject


def _take_province(words: list[Word], called: tuple[str, ...]) -> tuple[list[Word], str | None]:
    """The words without the province they name, and the province; what stands in the name of a law that is asked for is no place."""
    plain = [word.plain for word in words]
    for length in (4, 3, 2, 1):
        for start in range(len(words) - length + 1):
            name = " ".join(plain[start : start + length])
            if name in provinces() and not _within(name, called) and not _means_otherwise(words[start : start + length], name):
                left = start - (1 if start and plain[start - 1] in ("tinh", "tp") else 0)
                left -= 2 if plain[max(left - 2, 0) : left] == ["thanh", "pho"] else 0
                return words[:left] + words[start + length :], province_of(name)
    return words, None


def _means_otherwise(words: list[Word], name: str) -> bool:
    """Whether marks were typed that no spelling of the province has ("hoá bình" is no "Hòa Bình" but "huế" is "Huế")."""
    typed = " ".join(word.exact for word in words if word.exact)
    return len(words) == 1 and bool(typed) and fold(provinces()[name]) == name and typed != provinces()[name].lower()


def _within(name: str, called: tuple[str, ...]) -> bool:
    return any(f" {name} " in one for one in called)


def _field_of(rest: str, readings: tuple[QueryReading, ...], vocabulary: Vocabulary) -> tuple[str | None, bool]:
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
