"""Bodies and levels that a question names, by today's names or former ones, and the words that are left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rasoat.units import former_bodies
from search.analysis import body_words
from search.understanding.asked_words import Word
from search.understanding.expression_matches import expression_places
from search.understanding.lexicon import body_names
from search.vocabulary import Vocabulary

MINISTRY, PROVINCE, DISTRICT, COMMUNE = "Cấp bộ", "Cấp tỉnh", "Cấp huyện", "Cấp xã"
_LONGEST = 9  # words of a body's name that are looked for
_HEADS = (
    "bo", "so", "cuc", "tong cuc", "ubnd", "uy ban", "cong an", "ngan hang", "toa an", "vien", "ban", "thue", "hai quan", "phong", "trung tam",
    "van phong", "chi cuc", "tap doan", "bao hiem xa hoi",
)  # fmt: skip
_NEVER_ALONE = {"bao hiem xa hoi", "hai quan"}  # what procedures are about, more often than who does them
# The words for a unit, folded → (with marks, its level); after one of `_WHERE` or a body they tell where.
_UNITS = {
    ("xa",): (("xã",), COMMUNE), ("phuong",): (("phường",), COMMUNE), ("thi", "tran"): (("thị", "trấn"), COMMUNE),
    ("dac", "khu"): (("đặc", "khu"), COMMUNE), ("huyen",): (("huyện",), DISTRICT), ("quan",): (("quận",), DISTRICT),
    ("thi", "xa"): (("thị", "xã"), DISTRICT), ("tinh",): (("tỉnh",), PROVINCE),
}  # fmt: skip
_WHERE = {
    "o": "ở",
    "tai": "tại",
    "tren": "trên",
    "ra": "ra",
    "len": "lên",
    "ngoai": "ngoài",
    "duoi": "dưới",
    "den": "đến",
    "toi": "tới",
    "tuc": "tục",
    "chinh": "chính",
}
_OTHERWISE = {"hoi", "vien", "tien", "phap", "an", "thuc", "huong", "ly", "su", "he", "doi", "trang", "hinh", "chat", "khac"}  # "xã hội"


@dataclass(frozen=True, slots=True)
class BodiesAsked:
    """Folded names of the bodies asked for, the level where they or the question stand, and the words beside them. `former`: one was named
    as it was, and its work may have gone to others than its heirs."""

    words: list[Word]
    names: tuple[str, ...] = ()
    level: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class _Called:
    """The bodies that one name stands for, and the level where they stand."""

    names: tuple[str, ...]
    level: str | None = None
    former: bool = False


def bodies_in(words: list[Word], vocabulary: Vocabulary, called: tuple[str, ...]) -> BodiesAsked:
    """The bodies and the level in a question; what stands in the name of a law that is asked for (`called`) is none."""
    names: list[str] = []
    level: str | None = None
    former = False
    while span := _span(words, vocabulary, called):
        start, end, found = span
        names += found.names
        words, level, former = _without(words, start, end), level or found.level, former or found.former
        if unit := _unit_at(words, start):
            words, level = _without(words, start, start + unit[0]), unit[1]
    for start in range(len(words)):
        if unit := _told_where(words, start):
            words, level = _without(words, start, start + 1 + unit[0]), unit[1]
            break
    return BodiesAsked(words, tuple(dict.fromkeys(names)), level, former)


def _without(words: list[Word], start: int, end: int) -> list[Word]:
    return words[:start] + words[end:]


def _span(words: list[Word], vocabulary: Vocabulary, called: tuple[str, ...]) -> tuple[int, int, _Called] | None:
    """Where the longest name of a body stands, and what it stands for."""
    plain = [word.plain for word in words]
    understood: list[set[int]] | None = None
    for length in range(min(len(plain), _LONGEST), 0, -1):
        for start in range(len(plain) - length + 1):
            name = " ".join(plain[start : start + length])
            if not (found := _bodies_called(name, vocabulary)) or any(f" {name} " in one for one in called):
                continue
            understood = expression_places(words, vocabulary) if understood is None else understood
            if not any(set(range(start, start + length)) < places for places in understood):
                return start, start + length, found
    return None


def _bodies_called(name: str, vocabulary: Vocabulary) -> _Called | None:
    short = name.replace(" va ", " ")
    if known := _everyday().get(short):
        return known
    if (
        " " in name
        and name.startswith(_HEADS)
        and not name.startswith("bo truong ")
        and name not in _NEVER_ALONE
        and (body := vocabulary.bodies.get(short))
    ):
        return _Called(_with_office((body,)))
    return None


@cache
def _everyday() -> dict[str, _Called]:
    """Former and everyday names, folded and without "và" → the bodies of today."""
    former = {old.replace(" va ", " "): tuple(" ".join(body_words(one)) for one in today) for old, today in former_bodies().items()}
    found = {old: _Called(_with_office(today), former=True) for old, today in former.items()}
    for said, names, level in body_names():
        folded = [" ".join(body_words(one)) for one in names]
        today = tuple(body for name in folded for body in former.get(name.replace(" va ", " "), (name,)))
        was = any(name.replace(" va ", " ") in former for name in folded)
        found[said.replace(" va ", " ")] = _Called(_with_office(today), level or None, was)
    return found


def _with_office(names: tuple[str, ...]) -> tuple[str, ...]:
    """A department is also printed as the province's office for its field."""
    offices = (f"co quan chuyen mon ve {name.removeprefix('so ')}" for name in names if name.startswith("so "))
    return (*names, *offices)


def _told_where(words: list[Word], start: int) -> tuple[int, str] | None:
    """ "ở phường", "trên huyện": how many words the unit has, and its level."""
    word = words[start]
    if word.plain not in _WHERE or word.exact not in ("", _WHERE[word.plain]):
        return None
    return _unit_at(words, start + 1)


def _unit_at(words: list[Word], start: int) -> tuple[int, str] | None:
    for length in (2, 1):
        some = words[start : start + length]
        unit = _UNITS.get(tuple(word.plain for word in some)) if len(some) == length else None
        if unit and all(word.exact in ("", exact) for word, exact in zip(some, unit[0], strict=True)):
            after = words[start + length].plain if start + length < len(words) else ""
            return None if after in _OTHERWISE else (length, unit[1])
    return None
