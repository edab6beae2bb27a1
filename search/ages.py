"""Ages that people say ("bé 7 tuổi") and ages that names are for ("cho người dưới 14 tuổi")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_EVER = 200.0
# Who is a child and who is old: Luật Trẻ em 102/2016/QH13 Điều 1, Luật Người cao tuổi 39/2009/QH12 Điều 2.
_CHILD, _OLD = 16.0, 60.0
_NUMBER = r"(?P<age>\d{1,3})"
_BETWEEN = re.compile(r"tu (?:du )?(?P<least>\d{1,3})(?: tuoi)? den (?:duoi |du )?(?P<most>\d{1,3}) tuoi")
_LEAST = re.compile(rf"(?:tu du|tu|du|tren|hon|qua) {_NUMBER} tuoi")
_BELOW = re.compile(rf"(?:duoi|chua du|chua|den|khong qua) {_NUMBER} tuoi")
_MONTHS = re.compile(rf"{_NUMBER} thang tuoi")
_YEARS = re.compile(rf"{_NUMBER} tuoi")
_PLACED = re.compile(r"tuoi (?:nghe|dang|quan|tho)")


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Ages from `least` on and below `below`, in years."""

    least: float = 0.0
    below: float = _EVER

    def meets(self, other: AgeRange) -> bool:
        """Whether somebody can be of both."""
        return self.least < other.below and other.least < self.below


def age_said(plain: str) -> AgeRange | None:
    """The age in the folded words of a question, None where it tells none."""
    if found := _BETWEEN.search(plain):
        return AgeRange(float(found["least"]), float(found["most"]) + 1)
    if found := _BELOW.search(plain):
        return AgeRange(0.0, float(found["age"]))
    if found := _LEAST.search(plain):
        # "đủ 17 tuổi" says how old somebody is, "trên 80 tuổi" from when on.
        age = float(found["age"])
        return AgeRange(age, age + 1 if found[0].startswith(("du", "tu du")) else _EVER)
    if found := _MONTHS.search(plain):
        return AgeRange(float(found["age"]) / 12, float(found["age"]) / 12 + 0.1)
    if (found := _YEARS.search(plain)) and not _PLACED.match(plain, found.end() - 4):
        return AgeRange(float(found["age"]), float(found["age"]) + 1)
    return None


@lru_cache(maxsize=20_000)
def ages_of(name: str) -> tuple[AgeRange, ...]:
    """The ages that a name, folded, is for; none where it does not tell."""
    found = [AgeRange(float(one["least"]), float(one["most"]) + 1) for one in _BETWEEN.finditer(name)]
    rest = _BETWEEN.sub(" ", name)
    found += [AgeRange(0.0, float(one["age"])) for one in _BELOW.finditer(rest)]
    found += [AgeRange(float(one["age"])) for one in _LEAST.finditer(rest)]
    if not found and " tre em " in name:
        found.append(AgeRange(0.0, _CHILD))
    if not found and " nguoi cao tuoi " in name:
        found.append(AgeRange(_OLD))
    return tuple(found)


_CONDITION = re.compile(r"^\[(?:<(?P<below>\d+)|(?P<least>\d+)\+|(?P<from>\d+)-(?P<to>\d+))\]\s*")


def condition(meaning: str) -> tuple[AgeRange | None, str]:
    """The age a reviewed meaning is for, written before it ("[<14] …", "[14+] …", "[6-13] …"), and the meaning."""
    found = _CONDITION.match(meaning)
    if not found:
        return None, meaning
    rest = meaning[found.end() :]
    if found["below"]:
        return AgeRange(0.0, float(found["below"])), rest
    if found["least"]:
        return AgeRange(float(found["least"])), rest
    return AgeRange(float(found["from"]), float(found["to"]) + 1), rest
