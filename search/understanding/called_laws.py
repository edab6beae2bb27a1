"""Laws that a question calls by name: "luật bảo hiểm xã hội 2014", "BLDS", "luật HNGĐ", "luật đất đai cũ"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search.spoken_names import CODE, CONSTITUTION, LAW, ORDINANCE, NameMatch, SpokenName, SpokenNames
from search.understanding.asked_words import Word, says
from search.understanding.lexicon import generation_words
from search.vocabulary import Vocabulary


class Generation(StrEnum):
    """Which of the laws that bear one name is wanted."""

    NEWEST = "newest"
    CURRENT = "current"
    FORMER = "former"
    AMENDING = "amending"


@dataclass(frozen=True, slots=True)
class LawAsked:
    """A law asked for by name. `names` are the laws so called, the wanted one first; `whole`: the question says all of the name, or what
    stands in one name alone.

    `about` is the folded type of a document on the law where one is asked for and not the law ("nghị định hướng dẫn luật …"), "" else.
    `year` is one that was asked for and that none of them is of, `others` bear the name and are of other years.
    """

    said: str
    names: tuple[SpokenName, ...]
    whole: bool
    generation: Generation = Generation.NEWEST
    about: str = ""
    year: int | None = None
    others: tuple[SpokenName, ...] = ()


@dataclass(frozen=True, slots=True)
class LawsFound:
    """The laws in a question, its words with their names written out, and the words beside them."""

    laws: tuple[LawAsked, ...]
    words: list[Word]
    beside: list[Word]

    @property
    def beside_plain(self) -> str:
        return " ".join(word.plain for word in self.beside)


# The words before a name, the kinds of law they may mean: those named first are looked for first.
_ANCHORS = (
    (("bo", "luat"), ((CODE,), (LAW,))),
    (("luat",), ((LAW, CODE), (ORDINANCE,))),
    (("phap", "lenh"), ((ORDINANCE,), (LAW,))),
    (("hien", "phap"), ((CONSTITUTION,),)),
)
_FUSED = (("bl", ((CODE,),)), ("pl", ((ORDINANCE,),)), ("l", ((LAW,),)))  # "BLDS", "PLCA", "LDN"
_SHORTEST_LETTERS = {"bl": 2, "pl": 3, "l": 2}
# After one of these (and no number) the law is what another document is about.
_OTHER_DOCUMENTS = ("nghi dinh", "thong tu", "thong tu lien tich", "quyet dinh", "nghi quyet", "chi thi", "van ban huong dan")


def laws_in(words: list[Word], vocabulary: Vocabulary, year: int | None) -> LawsFound | None:
    """The laws that typed words call by name; None where they call none."""
    plain = [word.plain for word in words]
    laws: list[LawAsked] = []
    out: list[Word] = []
    beside: list[Word] = []
    place = 0
    while place < len(words):
        found = _law_at(words, plain, place, vocabulary)
        if found is None:
            out.append(words[place])
            beside.append(words[place])
            place += 1
            continue
        matches, length, anchor = found
        after, generation = _generation(words, place + length)
        law = _asked(matches, year, generation, _is_about(plain, place), vocabulary.spoken)
        laws.append(law)
        out += [Word(one) for one in (*anchor, *law.names[0].about)] if matches[0].whole else words[place : place + length]
        place = place + length + after
    return LawsFound(tuple(laws), out, beside) if laws else None


def _law_at(words: list[Word], plain: list[str], place: int, vocabulary: Vocabulary) -> tuple[list[NameMatch], int, tuple[str, ...]] | None:
    """The laws named from `place` on, over how many words, and the words for their type."""
    names = vocabulary.spoken
    for anchor, several in _ANCHORS:
        if tuple(plain[place : place + len(anchor)]) != anchor:
            continue
        start = place + len(anchor)
        rest = plain[start:]
        for kinds in several:
            if matches := [one for one in names.beginning(kinds, rest) if _as_typed(one, words[start : start + one.words])]:
                return matches, len(anchor) + matches[0].words, anchor
        end = _end_of(words[start:])
        tells = end >= 2 or (end == 1 and len(rest[0]) >= _LONG and rest[0] not in _ASKING)
        inside = [one for kinds in several for one in names.within(kinds, rest[:end])] if tells else []
        if matches := [one for one in inside if _as_typed(one, words[start : start + end])]:
            return matches, len(anchor) + end, anchor
        return None
    return _fused_at(plain, place, vocabulary)


_ASKING = ("khong", "nao")  # "có phạm luật không" asks for none
_LONG = 3  # letters of an abbreviation that tell


def _fused_at(plain: list[str], place: int, vocabulary: Vocabulary) -> tuple[list[NameMatch], int, tuple[str, ...]] | None:
    word = plain[place]
    if word in vocabulary.words:
        return None
    for head, several in _FUSED:
        letters = word.removeprefix(head)
        if word.startswith(head) and len(letters) >= _SHORTEST_LETTERS[head]:
            for kinds in several:
                if matches := vocabulary.spoken.beginning(kinds, [letters, *plain[place + 1 :]]):
                    return matches, matches[0].words, tuple(kinds[0].split())
    return None


def _end_of(words: Sequence[Word]) -> int:
    """How many words stand before those that say which of several laws is meant."""
    return next((at for at in range(1, len(words)) if _generation(words, at)[0]), len(words))


def _generation(words: Sequence[Word], start: int) -> tuple[int, Generation]:
    """How many words from `start` on say which law is meant, and which."""
    for said, meant in generation_words():
        if says(words, start, said):
            return len(said), Generation(meant)
    return 0, Generation.NEWEST


def _as_typed(match: NameMatch, words: list[Word]) -> bool:
    """Whether the marks that were typed are the name's: "luật được" is no "Luật Dược". In longer names a wrong tone is a slip."""
    about, written = set(match.name.about), set(match.name.exact)
    wrong = sum(1 for word in words if word.exact and word.plain in about and word.exact not in written)
    return wrong <= len(words) // 3


def _is_about(plain: list[str], place: int) -> str:
    """The folded type of another document that is asked for before the law at `place`."""
    before = f" {' '.join(plain[:place])} "
    return max((one for one in _OTHER_DOCUMENTS if f" {one} " in before), key=len, default="")


def _newest_first(names: Iterable[SpokenName]) -> list[SpokenName]:
    return sorted(names, key=lambda name: (name.twin, -(name.issued_in or 0), not name.dated, name.key))


def _asked(matches: list[NameMatch], year: int | None, generation: Generation, about: str, spoken: SpokenNames) -> LawAsked:
    called = {one.name.key: one.name for one in matches}.values()
    names = _newest_first(called)
    whole = matches[0].whole or len({one.about for one in names}) == 1
    missing, others = None, list[SpokenName]()
    if year:
        of_year = [one for one in names if one.issued_in == year] or [one for one in names if one.entered_in == year]
        missing = None if of_year else year
        others = [one for one in names if one not in of_year] if of_year else []
        names = of_year or names
        generation = Generation.NEWEST if of_year and generation is Generation.CURRENT else generation  # "luật … 2013 còn hiệu lực không"
    if generation is Generation.FORMER and len(names) > 1:
        names = [*(one for one in names[1:] if not one.twin), names[0], *(one for one in names[1:] if one.twin)]
    if generation is Generation.AMENDING and whole:
        changing = [one for one in spoken.amending(names[0].about) if year in (None, one.issued_in, one.entered_in)]
        names, missing = [*_newest_first(changing), *names], None if changing else missing
    said = names[0].written if whole else ""
    return LawAsked(said, tuple(names), whole, generation, about, missing, tuple(others))
