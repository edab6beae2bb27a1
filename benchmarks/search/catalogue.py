"""A catalogue of any size with the shape of the real one: distributions are numbers, words come from the reviewed lists.

Measured on what was published up to July 2026: 5,720 procedures and 6,900 documents.
"""

from __future__ import annotations

import bisect
import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from search.analysis import exact_words
from search.entries import Entry, EntryKind
from search.places import provinces

DAY = date(2026, 7, 18)
# Values at these shares of a sorted list; what lies between is drawn evenly.
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
PROCEDURE_TITLE = (2, 9, 12, 14, 17, 19, 22, 26, 32, 44, 59, 97, 265)  # words
PROCEDURE_BODY = (12, 44, 67, 85, 110, 156, 275, 2241, 3783, 6698, 10491, 21524, 60000)  # characters
PROCEDURE_CITES = (0, 0, 0, 0, 0, 0, 0, 2, 4, 6, 10, 17, 25)
PROCEDURE_AUDIENCE = (1, 1, 1, 1, 2, 2, 3, 4, 5, 8, 9, 12, 14)
DOCUMENT_TITLE = (1, 2, 5, 14, 18, 21, 25, 29, 36, 48, 59, 74, 171)
# Of the names' 1,061 different words, in how many names the word of each rank stands.
WORD_RANKS = ((1, 3354), (2, 2412), (4, 2233), (11, 1596), (31, 875), (101, 449), (301, 72), (1001, 1))
PROVINCIAL = 0.16  # of procedures name a province
ONLINE = (("", 3929), ("có nộp trực tuyến", 1755), ("một phần", 31), ("toàn trình", 5))
LEVELS = (("Cấp tỉnh", 2750), ("Cấp bộ", 1526), ("Cấp xã", 956), ("Cấp huyện", 49))
FIELDS, BODIES, AUDIENCES, ISSUERS = 285, 729, 19, 372
TYPES = (("Thông tư", 3861, "TT-BTC"), ("Nghị định", 1316, "NĐ-CP"), ("Quyết định", 812, "QĐ-TTg"), ("Luật", 357, "QH15"))
STATUSES = (("in_force", 3374), ("expired", 2060), ("unknown", 1178), ("partly_in_force", 181), ("not_yet", 21))
ISSUED = ((1985, 9), (1990, 29), (1995, 79), (2000, 254), (2005, 745), (2010, 1525), (2015, 1894), (2020, 977), (2025, 280))
_CHARACTERS_A_WORD = 5.2
_KEPT_TOGETHER = 0.6  # of neighbouring words are a word of two syllables
_STREAM = 400_000


@cache
def _followers() -> dict[str, tuple[str, ...]]:
    """The words of the reviewed lists' official phrases, each with those that follow it there, by how often it stands there."""
    counts: Counter[str] = Counter()
    after: dict[str, list[str]] = {}
    for path in sorted(files("search.data").iterdir(), key=lambda one: one.name):
        if not path.name.startswith(("abbreviations", "everyday-")):
            continue
        for line in path.read_text("utf-8").splitlines():
            for phrase in line.split("\t")[1].split("|") if "\t" in line and not line.startswith("#") else ():
                words = exact_words(phrase)
                counts.update(words)
                for first, second in itertools.pairwise(words):
                    after.setdefault(first, []).append(second)
    return {word: tuple(after.get(word, ())) for word, _ in counts.most_common()}


def _weight(rank: int) -> float:
    """In how many names the word of a rank stands, between the measured ranks on a line of logarithms."""
    place = bisect.bisect_right([at for at, _ in WORD_RANKS], rank)
    if place >= len(WORD_RANKS):
        return 1.0
    (low, many), (high, few) = WORD_RANKS[place - 1], WORD_RANKS[place]
    return float(many * (few / many) ** ((rank - low) / (high - low)))


class Drawn:
    """Texts and values drawn from the distributions; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 a benchmark, not a secret
        table = _followers()
        pool, word = list(table), ""
        drawn = iter(self.chance.choices(pool, [_weight(rank) for rank in range(1, len(pool) + 1)], k=_STREAM))
        self._stream: list[str] = []
        for one in drawn:
            follows = table.get(word, ())
            word = self.chance.choice(follows) if follows and self.chance.random() < _KEPT_TOGETHER else one
            self._stream.append(word)

    def text(self, words: int) -> str:
        start = self.chance.randrange(_STREAM - words)
        return " ".join(self._stream[start : start + words])

    def size(self, values: Sequence[int]) -> int:
        at = self.chance.random()
        place = min(bisect.bisect_right(SHARES, at), len(SHARES) - 1)
        part = (at - SHARES[place - 1]) / (SHARES[place] - SHARES[place - 1])
        return round(values[place - 1] + part * (values[place] - values[place - 1]))

    def of(self, counted: Sequence[tuple[object, int]]) -> str:
        return str(self.chance.choices([value for value, _ in counted], [count for _, count in counted])[0])

    def names(self, count: int) -> tuple[list[str], list[float]]:
        """So many names with weights that fall as those of fields and bodies do."""
        return [self.text(self.chance.randint(2, 5)).capitalize() for _ in range(count)], [1 / (rank + 3) ** 1.1 for rank in range(count)]

    def number(self, kind: str) -> str:
        year = min(int(self.of(ISSUED)) + self.chance.randrange(5), 2026)
        return f"{self.chance.randint(1, 190)}/{year}/{kind}"


def corpus(procedures: int, documents: int, seed: int = 1) -> Iterator[Entry]:
    """Entries of the catalogue's shape, procedures first; the same for the same arguments."""
    drawn = Drawn(seed)
    yield from _procedures(drawn, procedures)
    yield from _documents(drawn, documents)


def _procedures(drawn: Drawn, count: int) -> Iterator[Entry]:
    fields, bodies, audiences = drawn.names(FIELDS), drawn.names(BODIES), drawn.names(AUDIENCES)
    today = sorted(set(provinces().values()))
    chance = drawn.chance
    for number in range(count):
        code = f"{chance.randint(1, 3)}.{number:06d}"
        province = chance.choice(today) if chance.random() < PROVINCIAL else ""
        yield Entry(
            id=f"procedure:{code}", kind=EntryKind.PROCEDURE, key=code, title=drawn.text(max(drawn.size(PROCEDURE_TITLE), 2)).capitalize(),
            body=drawn.text(int(drawn.size(PROCEDURE_BODY) / _CHARACTERS_A_WORD)), numbers=(code,),
            cites=tuple(drawn.number("NĐ-CP") for _ in range(drawn.size(PROCEDURE_CITES))), province=province,
            publisher=f"UBND tỉnh {province}" if province else f"Bộ {fields[0][number % 25]}", agencies=(chance.choices(*bodies)[0],),
            levels=(drawn.of(LEVELS),), fields=(chance.choices(*fields)[0],), online=drawn.of(ONLINE),
            audience=tuple(dict.fromkeys(chance.choices(*audiences, k=drawn.size(PROCEDURE_AUDIENCE)))),
            status="published", status_note="Đang công bố", as_of=DAY, observed_on=DAY,
        )  # fmt: skip


def _documents(drawn: Drawn, count: int) -> Iterator[Entry]:
    issuers, chance = drawn.names(ISSUERS), drawn.chance
    kinds = [((name, symbol), many) for name, many, symbol in TYPES]
    for serial in range(count):
        (kind, symbol), _ = chance.choices(kinds, [many for _, many in kinds])[0]
        issued = date(min(int(drawn.of(ISSUED)) + chance.randrange(5), 2026), 1, 1) + timedelta(days=chance.randrange(190))
        name = f"{serial}/{issued.year}/{symbol}"
        yield Entry(
            id=f"document:{name}", kind=EntryKind.DOCUMENT, key=name, title=f"{kind} {drawn.text(drawn.size(DOCUMENT_TITLE))}", numbers=(name,),
            type=kind, publisher=chance.choices(*issuers)[0], status=drawn.of(STATUSES), status_note="", as_of=DAY, issued_on=issued,
        )  # fmt: skip
