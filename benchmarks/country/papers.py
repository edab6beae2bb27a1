"""The legal documents of a country that does not exist: who issues how many of what, in which years, under which numbers."""

from __future__ import annotations

import itertools
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files
from random import Random

from rasoat.identity import document_key
from rasoat.units import UnitKind, country

TODAY = date(2026, 11, 22)
# Of a million, how many of a kind a national database of documents holds; those of provinces are three in four.
_KINDS = (
    ("Luật", "QH", 4_000), ("Nghị quyết", "NQ-QH", 2_000), ("Pháp lệnh", "UBTVQH", 1_000), ("Nghị định", "NĐ-CP", 50_000),
    ("Quyết định", "QĐ-TTg", 33_000), ("Thông tư", "TT", 160_000), ("Quyết định", "QĐ-UBND", 500_000),
    ("Nghị quyết", "NQ-HĐND", 180_000), ("Chỉ thị", "CT-UBND", 70_000),
)  # fmt: skip
# Of a thousand documents, how many are of the five years that begin here; numbers have carried their year since 1997.
_YEARS = ((1997, 40), (2000, 60), (2005, 140), (2010, 260), (2015, 280), (2020, 220))
_MINISTRIES = {
    "Bộ Công an": "BCA", "Bộ Công Thương": "BCT", "Bộ Giáo dục và Đào tạo": "BGDĐT",
    "Bộ Khoa học và Công nghệ": "BKHCN", "Bộ Ngoại giao": "BNG", "Bộ Nội vụ": "BNV", "Bộ Nông nghiệp và Môi trường": "BNNMT",
    "Bộ Quốc phòng": "BQP", "Bộ Tài chính": "BTC", "Bộ Tư pháp": "BTP", "Bộ Văn hóa, Thể thao và Du lịch": "BVHTTDL",
    "Bộ Xây dựng": "BXD", "Bộ Y tế": "BYT", "Ngân hàng Nhà nước Việt Nam": "NHNN",
}  # fmt: skip
_HEADS = {"Ngân hàng Nhà nước Việt Nam": "Thống đốc Ngân hàng Nhà nước Việt Nam"}
_TERMS = ((1997, 10), (2002, 11), (2007, 12), (2011, 13), (2016, 14), (2021, 15), (2026, 16))  # of the National Assembly
CENTRAL_BODIES = {
    "QH": "Quốc hội",
    "NQ-QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "NĐ-CP": "Chính phủ",
    "QĐ-TTg": "Thủ tướng Chính phủ",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. `issuer` as its record names it, `signer` as a citation does; `items` are the khoản of each article but the last,
    which is on the document's own entry; `at` its place among all, in the order of issue."""

    at: int
    type: str
    number: str
    issuer: str
    signer: str
    issued_on: date
    effective_on: date
    items: tuple[int, ...]

    @property
    def key(self) -> str:
        key = document_key(self.type, self.number, self.issuer, self.issued_on)
        assert key, self.number
        return key

    @property
    def cited(self) -> str:
        """The whole name by which other texts cite it."""
        return f"{self.type} số {self.number} ngày {day_in_words(self.issued_on)} của {self.signer}"

    @property
    def local(self) -> bool:
        return self.number.endswith(("UBND", "HĐND"))

    @property
    def lineage(self) -> tuple[str, str, str]:
        """What ends and amends it is of the same body and, but for a body's decisions and directives, of the same type."""
        return self.issuer, "" if self.number.endswith("UBND") else self.type, ""

    def provision(self, dice: Random) -> str:
        """A provision that its text has: an article, or a khoản of one."""
        article = dice.randrange(len(self.items))
        path = f"dieu-{article + 1}"
        return path if dice.random() < 0.4 else f"{path}/khoan-{dice.randrange(self.items[article]) + 1}"


def day_in_words(day: date) -> str:
    """As texts print it: days, and the months that could be mistaken, with two digits."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02} tháng {month} năm {day.year}"


def papers(count: int, dice: Random) -> list[Paper]:
    """So many documents in the order of their issue; each body counts its own from 1 in every year."""
    drawn = sorted((_day(dice), dice.random(), *kind) for kind in _kinds(count, dice))
    serials: Counter[tuple[str, str, int]] = Counter()
    made = []
    for at, (issued_on, _, kind, symbol, issuer) in enumerate(drawn):
        row = symbol.removeprefix("NQ-") if symbol == "NQ-QH" else symbol
        serials[issuer, row, issued_on.year] += 1
        number = _number(symbol, issuer, serials[issuer, row, issued_on.year], issued_on)
        items = tuple(dice.choice((2, 2, 3)) for _ in range(dice.choice((2, 2, 3, 3, 4, 5, 7))))
        effective_on = issued_on + timedelta(days=dice.choice((0, 10, 15, 45, 45, 60)))
        made.append(Paper(at, kind, number, issuer, _signer(symbol, issuer), issued_on, effective_on, items))
    return made


def _kinds(count: int, dice: Random) -> Iterator[tuple[str, str, str]]:
    """(type, symbol, issuer) of each document."""
    ministries, provinces = list(_MINISTRIES), _provinces()
    for kind, symbol, _ in dice.choices(_KINDS, [share for *_, share in _KINDS], k=count):
        if symbol in CENTRAL_BODIES:
            yield kind, symbol, CENTRAL_BODIES[symbol]
        elif symbol == "TT":
            yield kind, symbol, dice.choice(ministries)
        else:
            body = "Hội đồng nhân dân" if symbol.endswith("HĐND") else "Ủy ban nhân dân"
            yield kind, symbol, f"{body} {dice.choice(provinces)}"


def _provinces() -> list[str]:
    """Today's provinces and those that were merged into them, with their types."""
    merged = tomllib.loads((files("rasoat.units") / "data.toml").read_text("utf-8"))["mergers"]["into"]
    former = itertools.chain.from_iterable(entry["from"] for entry in merged.values())
    return [unit.name for unit in country().of_kind(UnitKind.PROVINCE)] + [f"tỉnh {name}" for name in former]


def _day(dice: Random) -> date:
    begins = dice.choices([year for year, _ in _YEARS], [share for _, share in _YEARS])[0]
    ends = next((year for year, _ in _YEARS if year > begins), None)
    last = date(ends, 1, 1) if ends else TODAY
    return date(begins, 1, 1) + timedelta(days=dice.randrange((last - date(begins, 1, 1)).days))


def _number(symbol: str, issuer: str, serial: int, issued_on: date) -> str:
    term = max(term for since, term in _TERMS if since <= issued_on.year)
    if symbol in ("QH", "NQ-QH", "UBTVQH"):
        # Laws and resolutions of the National Assembly are counted in one row.
        return f"{serial:02}/{issued_on.year}/{symbol.removeprefix('NQ-')}{term}"
    own = f"TT-{_MINISTRIES[issuer]}" if symbol == "TT" else symbol.upper()
    return f"{serial:02}/{issued_on.year}/{own}"


def _signer(symbol: str, issuer: str) -> str:
    return _HEADS.get(issuer, f"Bộ trưởng {issuer}") if symbol == "TT" else issuer


@dataclass(frozen=True)
class Library:
    """All documents, and who may change whose: by lineage, in the order of issue."""

    papers: Sequence[Paper]

    @cached_property
    def lineages(self) -> list[list[Paper]]:
        found: dict[tuple[str, str, str], list[Paper]] = {}
        for paper in self.papers:
            found.setdefault(paper.lineage, []).append(paper)
        return [found[lineage] for lineage in sorted(found)]
