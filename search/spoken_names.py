"""How people call a law: its type and what it is about, or the letters these begin with ("luật BHXH", "BLDS")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rasoat.identity import parse_number
from rasoat.vietnamese import fold
from search.analysis import exact_words, folded_words
from search.entries import Entry, EntryKind

LAW, CODE, ORDINANCE, CONSTITUTION = "luat", "bo luat", "phap lenh", "hien phap"
# Types that people call by what they are about.
_KINDS = {"Luật": LAW, "Bộ luật": CODE, "Pháp lệnh": ORDINANCE, "Hiến pháp": CONSTITUTION}
# What an official name begins and ends with besides what the law is about; "luật sư" (a lawyer) is what one law is about.
_TYPE = re.compile(r"\s*(?:bo luat|luat(?! su\b)|phap lenh|hien phap)\b\s*")
_AFTER = re.compile(r"\s*(?:\([^()]*\)|\bso\s*:?\s*\d[\w./-]*|[.,;:\"“”])\s*$")
_LONGEST = 60  # words
_AND = frozenset({"va"})
_AMENDING = ("sua", "doi")
_AMENDED = frozenset(["va", "bo", "sung", "mot", "so", "dieu", "cua"])  # "luật sửa đổi luật đất đai"


@dataclass(frozen=True, slots=True)
class SpokenName:
    """One law as it is called. `about` are the folded words without the type, `written` the same as the title prints them."""

    key: str
    number: str
    kind: str
    about: tuple[str, ...]
    written: str
    issued_in: int | None
    entered_in: int | None
    twin: bool = False  # known from citations alone, under a number that another document bears
    dated: bool = True  # one without any day is known from citations alone, and its number may be misprinted

    @property
    def exact(self) -> tuple[str, ...]:
        """The words with their marks."""
        return tuple(exact_words(self.written))

    @property
    def amending(self) -> bool:
        """Whether it only amends another law."""
        return self.about[:2] == _AMENDING

    def to_json(self) -> list[object]:
        """Plain data for a file."""
        return [self.number, self.kind, " ".join(self.about), self.written, self.issued_in, self.entered_in, self.twin, self.dated]

    @classmethod
    def from_json(cls, key: str, data: Sequence[object]) -> SpokenName:
        """What `to_json` gave, read back."""
        number, kind, about, written, issued_in, entered_in, twin, dated = data
        issued, entered = (year if isinstance(year, int) else None for year in (issued_in, entered_in))
        return cls(key, str(number), str(kind), tuple(str(about).split()), str(written), issued, entered, bool(twin), bool(dated))


def spoken_name(entry: Entry) -> SpokenName | None:
    """What an entry is called by, or None: it is no law, or nobody knows what it is about."""
    kind = _KINDS.get(entry.type) if entry.kind is EntryKind.DOCUMENT else None
    if kind is None or entry.untitled or not entry.numbers:
        return None
    plain = fold(entry.title)
    start, end = 0, len(plain)
    while found := _TYPE.match(plain, start, end):
        start = found.end()
    while found := _AFTER.search(plain, start, end):
        end = found.start()
    about = tuple(folded_words(plain[start:end]))
    if (not about and kind != CONSTITUTION) or len(about) > _LONGEST:
        return None
    parts = parse_number(entry.numbers[0])
    issued_in = entry.issued_on.year if entry.issued_on else parts.year if parts else None
    entered_in = entry.effective_on.year if entry.effective_on else None
    twin = entry.key != entry.numbers[0] and entry.issued_on is None
    dated = entry.issued_on is not None or entry.effective_on is not None
    return SpokenName(entry.key, entry.numbers[0], kind, about, entry.title[start:end].strip(), issued_in, entered_in, twin, dated)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A stretch of a question that says a law's name: so many words of it, and whether they say all of it."""

    name: SpokenName
    words: int
    whole: bool


class SpokenNames:
    """The names of all laws that an index holds, found in what people type."""

    def __init__(self, names: Mapping[str, SpokenName]) -> None:
        self._names = names

    @cached_property
    def _by_letter(self) -> dict[tuple[str, str], list[SpokenName]]:
        found: dict[tuple[str, str], list[SpokenName]] = {}
        for _, name in sorted(self._names.items()):
            found.setdefault((name.kind, name.about[0][0] if name.about else ""), []).append(name)
        return found

    def beginning(self, kinds: Iterable[str], words: Sequence[str]) -> list[NameMatch]:
        """The laws whose whole name the first of `words` say, the longest stretch only."""
        found: list[NameMatch] = []
        for kind in kinds:
            for name in self._by_letter.get((kind, words[0][0] if words else ""), ()):
                told, said = _told(name.about, words)
                if told == len(name.about):
                    found.append(NameMatch(name, said, True))
        most = max((one.words for one in found), default=0)
        return [one for one in found if one.words == most]

    def amending(self, about: Sequence[str]) -> list[SpokenName]:
        """The laws that amend the one so called and no other."""
        end = f" luat {' '.join(about)}"
        return [name for _, name in sorted(self._names.items()) if name.amending and " ".join(name.about).endswith(end)]

    def within(self, kinds: Iterable[str], words: Sequence[str]) -> list[NameMatch]:
        """The laws in whose names all of `words` stand together ("giao thông" in that of road traffic)."""
        wanted, found = set(kinds), []
        for _, name in sorted(self._names.items()):
            if name.kind in wanted and any(_told(name.about[start:], words)[1] == len(words) for start in range(len(name.about))):
                found.append(NameMatch(name, len(words), False))
        # Who means an amending law says so.
        return [one for one in found if not one.name.amending] or found


def _told(about: Sequence[str], words: Sequence[str]) -> tuple[int, int]:
    """How many words of a name, from its first, so many words of a question tell, written out or as letters; small words may be left out."""
    small = _AMENDED if tuple(about[:2]) == _AMENDING else _AND
    told = said = 0
    while told < len(about) and said < len(words):
        word = words[said]
        if word == about[told]:
            told, said = told + 1, said + 1
        elif word in _AND and said:
            said += 1
        elif end := _initials(about, told, word):
            told, said = end, said + 1
        elif about[told] in small:
            told += 1
        else:
            break
    return told, said


def _initials(about: Sequence[str], start: int, letters: str) -> int:
    """Where the words end that begin with `letters`, 0 where they are others; one letter is none of these."""
    place = start
    for letter in letters if len(letters) > 1 else "":
        if place < len(about) and about[place] in _AND and letter != about[place][0]:
            place += 1
        if place >= len(about) or about[place][0] != letter:
            return 0
        place += 1
    return place if place > start else 0
