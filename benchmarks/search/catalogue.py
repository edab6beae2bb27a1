"""A catalogue of any size with the shape of the real one: distributions are numbers, words come from the reviewed lists.

Measured on what was published up to July 2026: 5,720 procedures and 6,900 documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from benchmarks.country.drawn import DOCUMENT_TITLE, PROCEDURE_TITLE, Drawn
from search.entries import Entry, EntryKind
from search.places import provinces

DAY = date(2026, 7, 18)
# Values at the shares of a sorted list that `drawn` tells.
PROCEDURE_BODY = (12, 44, 67, 85, 110, 156, 275, 2241, 3783, 6698, 10491, 21524, 60000)  # characters
PROCEDURE_CITES = (0, 0, 0, 0, 0, 0, 0, 2, 4, 6, 10, 17, 25)
PROCEDURE_AUDIENCE = (1, 1, 1, 1, 2, 2, 3, 4, 5, 8, 9, 12, 14)
PROVINCIAL = 0.16  # of procedures name a province
ONLINE = (("", 3929), ("có nộp trực tuyến", 1755), ("một phần", 31), ("toàn trình", 5))
LEVELS = (("Cấp tỉnh", 2750), ("Cấp bộ", 1526), ("Cấp xã", 956), ("Cấp huyện", 49))
FIELDS, BODIES, AUDIENCES, ISSUERS = 285, 729, 19, 372
TYPES = (("Thông tư", 3861, "TT-BTC"), ("Nghị định", 1316, "NĐ-CP"), ("Quyết định", 812, "QĐ-TTg"), ("Luật", 357, "QH15"))
STATUSES = (("in_force", 3374), ("expired", 2060), ("unknown", 1178), ("partly_in_force", 181), ("not_yet", 21))
ISSUED = ((1985, 9), (1990, 29), (1995, 79), (2000, 254), (2005, 745), (2010, 1525), (2015, 1894), (2020, 977), (2025, 280))
_CHARACTERS_A_WORD = 5.2


def corpus(procedures: int, documents: int, seed: int = 1) -> Iterator[Entry]:
    """Entries of the catalogue's shape, procedures first; the same for the same arguments."""
    drawn = Drawn(seed)
    yield from _procedures(drawn, procedures)
    yield from _documents(drawn, documents)


def _of(drawn: Drawn, counted: Sequence[tuple[object, int]]) -> str:
    return str(drawn.chance.choices([value for value, _ in counted], [count for _, count in counted])[0])


def _number(drawn: Drawn, kind: str) -> str:
    year = min(int(_of(drawn, ISSUED)) + drawn.chance.randrange(5), 2026)
    return f"{drawn.chance.randint(1, 190)}/{year}/{kind}"


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
            cites=tuple(_number(drawn, "NĐ-CP") for _ in range(drawn.size(PROCEDURE_CITES))), province=province,
            publisher=f"UBND tỉnh {province}" if province else f"Bộ {fields[0][number % 25]}", agencies=(chance.choices(*bodies)[0],),
            levels=(_of(drawn, LEVELS),), fields=(chance.choices(*fields)[0],), online=_of(drawn, ONLINE),
            audience=tuple(dict.fromkeys(chance.choices(*audiences, k=drawn.size(PROCEDURE_AUDIENCE)))),
            status="published", status_note="Đang công bố", observed_on=DAY,
        )  # fmt: skip


def _documents(drawn: Drawn, count: int) -> Iterator[Entry]:
    issuers, chance = drawn.names(ISSUERS), drawn.chance
    kinds = [((name, symbol), many) for name, many, symbol in TYPES]
    for serial in range(count):
        (kind, symbol), _ = chance.choices(kinds, [many for _, many in kinds])[0]
        issued = date(min(int(_of(drawn, ISSUED)) + chance.randrange(5), 2026), 1, 1) + timedelta(days=chance.randrange(190))
        name = f"{serial}/{issued.year}/{symbol}"
        yield Entry(
            id=f"document:{name}", kind=EntryKind.DOCUMENT, key=name, title=f"{kind} {drawn.text(drawn.size(DOCUMENT_TITLE))}", numbers=(name,),
            type=kind, publisher=chance.choices(*issuers)[0], status=_of(drawn, STATUSES), status_note="", issued_on=issued,
        )  # fmt: skip
