"""The register of units of a day, and finding the one that is responsible today for a name of any time.

Provinces and communes are those of the `vietnam-provinces` library (34 and 3,321, in office since 01/07/2025). It has no list
of what the former 10,035 communes went into, so an old commune's name that is no name today is answered `UnknownUnit`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from vietnam_provinces import Province, Ward

from rasoat.units.unit import CENTRE, NATION, Unit, UnitKind
from rasoat.units.unit_names import UnknownUnit, bare, province_key
from rasoat.vietnamese import fold, slug, squeeze, tone_placed

_DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data.toml").read_text(encoding="utf-8"))
_SPLIT = re.compile(r"\s*[,;–]\s*|\s+-\s+|(?<!ubnd)(?<!nhan dan)(?<!chu tich)\s+(?:cua\s+)?(?=(?:tinh|thanh pho|tp)\s)")


class Units:
    """Every unit by its id, and by the names it has and had."""

    def __init__(self, units: Iterator[Unit]) -> None:
        self._units = {unit.id: unit for unit in units}
        self._below: dict[tuple[str, str], list[Unit]] = defaultdict(list)  # by what they lie in, and by name
        self._without_type: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        self._named: dict[str, list[str]] = defaultdict(list)
        for unit in self._units.values():
            self._named[name := bare(unit.name)].append(unit.id)
            if unit.parent:
                self._below[unit.parent, name].append(unit)
            if unit.parent and unit.kind is UnitKind.COMMUNE:  # known without its type too; a body of a province is not
                self._without_type[unit.parent, name.split(" ", 1)[-1].removeprefix("khu ")].append(unit)
        self._province = {province_key(unit.name): unit.id for unit in self._units.values() if unit.kind is UnitKind.PROVINCE}
        self._became = {slug(old): new for new, entry in _DATA["mergers"]["into"].items() for old in entry["from"]}
        self._became |= {slug(old): new for old, new in _DATA["renamed"].items() if old != "source"}
        self._renamed = {bare(old): bare(new) for block in ("ministries", "departments") for old, new in _DATA[block]["became"].items()}

    def __getitem__(self, unit: str) -> Unit:
        return self._units[unit]

    def __contains__(self, unit: object) -> bool:
        return unit in self._units

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def __len__(self) -> int:
        return len(self._units)

    def of_kind(self, kind: UnitKind) -> list[Unit]:
        return [one for one in self._units.values() if one.kind is kind]

    def name(self, unit: str) -> str:
        """The name for people; a unit below a province with the province's name. An id we do not hold stands for itself."""
        known = self._units.get(unit)
        if known is None:
            return unit
        above = self._units.get(known.parent or "")
        return f"{known.name}, {above.name}" if above else known.name

    def body(self, unit: str) -> str:
        """The body that answers for a unit: its people's committee where it has one, else itself."""
        name = self.name(unit)
        known = self._units.get(unit)
        return f"UBND {name}" if known and known.kind in (UnitKind.PROVINCE, UnitKind.COMMUNE) else name

    def find(self, name: str, province: str | None = None) -> Unit:
        """The unit responsible today for a name or id of any time: "UBND tỉnh Yên Bái" is Lào Cai's business today.

        `province` (an id) tells two communes of one name apart.

        Raises:
            UnknownUnit: no unit has or had that name, or several have.
        """
        if name in self._units:
            return self._units[name]
        if not province and (found := self._province_of(name)):
            return self._units[found]
        pieces = [bare(piece) for piece in _SPLIT.split(squeeze(fold(name))) if bare(piece)] or [""]
        last = next((at for at in range(len(pieces) - 1, 0, -1) if self._province_of(pieces[at])), len(pieces))
        within = province or (self._province_of(pieces[last]) if last < len(pieces) else None)
        whole = " ".join(pieces[:last])
        if within:
            # A body's own name may hold a comma, a commune's may be followed by the former district.
            if own := self._inside(whole, within, name) or self._inside(pieces[0], within, name):
                return own
            raise UnknownUnit("unit.unknown_there", name=name, province=self.name(within))
        return self._anywhere(self._renamed.get(whole, whole), name)

    def id_of(self, body: str | None) -> str | None:
        """The id of the unit that answers today for a body as printed; None where nothing is printed or the name is not one unit's."""
        if not body:
            return None
        try:
            return self.find(body).id
        except UnknownUnit:
            return None

    def _province_of(self, name: str) -> str | None:
        key = province_key(name)
        return self._province.get(key) or self._became.get(key)

    def _inside(self, folded: str, province: str, name: str) -> Unit | None:
        """The unit of a province under a folded name; of two that differ by their marks alone, the one written in full."""
        wanted = self._renamed.get(folded, folded)
        for suffix in ("", " tinh"):
            named = (*self._below.get((province, wanted + suffix), ()), *self._without_type.get((province, wanted), ()))
            found: list[Unit] = list(dict.fromkeys(named))
            if len(found) > 1:
                written = tone_placed(squeeze(name)).lower()
                exact = [unit for unit in found if tone_placed(unit.name).lower().partition(" ")[2] in written]
                return exact[0] if len(exact) == 1 else None
            if found:
                return found[0]
        return None

    def _anywhere(self, folded: str, name: str) -> Unit:
        found = self._named.get(folded, [])
        if len(found) == 1:
            return self._units[found[0]]
        if found:
            raise UnknownUnit("unit.several", name=name, count=len(found), example=self.name(found[0]))
        raise UnknownUnit("unit.unknown", name=name)


@lru_cache(maxsize=1)
def former_bodies() -> dict[str, tuple[str, ...]]:
    """Ministries and departments that are no more, folded and without dashes → those that do their work today, the first the likeliest."""
    blocks = [_DATA[name] for name in ("ministries", "departments")]
    found = {bare(old): (new,) for block in blocks for old, new in block["became"].items()}
    return found | {bare(old): tuple(new) for block in blocks for old, new in block["split"].items()}


@dataclass(frozen=True, slots=True)
class UnitOrigin:
    """From which day a unit has been what it is today, by which act ("" where the register does not say), and the bodies that went into it.

    `whole` is False where the register does not hold them: of communes nobody published such a list.
    """

    since: date
    act: str
    former: tuple[str, ...]
    whole: bool = True


def origin_of(unit: Unit) -> UnitOrigin | None:
    """What became this unit in the last reorganisation; None where none did. `unit` is one of `country()`."""
    mergers, ministries = _DATA["mergers"], _DATA["ministries"]
    if unit.kind is UnitKind.PROVINCE and unit.id in mergers["into"]:
        return UnitOrigin(mergers["since"], mergers["source"], tuple(mergers["into"][unit.id]["from"]))
    if unit.kind is UnitKind.MINISTRY:
        whole = (old for old, new in ministries["became"].items() if new == unit.name)
        parts = (old for old, new in ministries["split"].items() if unit.name in new)
        former = tuple(dict.fromkeys((*whole, *parts)))
        return UnitOrigin(ministries["since"], "", former) if former else None
    return UnitOrigin(mergers["since"], "", (), whole=False) if unit.kind is UnitKind.COMMUNE else None


@lru_cache(maxsize=1)
def country() -> Units:
    """Today's units: the nation, ministries, provinces, and below each its communes, departments, centre and bodies at place."""
    return Units(_all())


def _all() -> Iterator[Unit]:
    yield Unit(NATION, "Việt Nam", UnitKind.NATION)
    for name in _DATA["ministries"]["today"]:
        yield Unit(slug(name), name, UnitKind.MINISTRY)
    provinces: dict[int, str] = {}
    for one in Province.iter_all():
        province = province_key(one.name)
        provinces[int(one.code)] = province
        city = fold(one.division_type.value).startswith("thanh pho")
        short = one.name.removeprefix("Thành phố ")
        yield Unit(province, f"{'thành phố' if city else 'tỉnh'} {short}", UnitKind.PROVINCE, code=int(one.code))
        yield from _bodies(province, city)
    yield from _communes(provinces)


def _communes(provinces: dict[int, str]) -> Iterator[Unit]:
    """Communes by slug; where two of a province differ by their marks alone, each has its statistical code in the id."""
    slugs = Counter((int(ward.province_code), slug(ward.name)) for ward in Ward.iter_all())
    for ward in Ward.iter_all():
        province, own = provinces[int(ward.province_code)], slug(ward.name)
        if slugs[int(ward.province_code), own] > 1:
            own = f"{own}-{int(ward.code):05d}"
        yield Unit(f"{province}/{own}", ward.name[:1].lower() + ward.name[1:], UnitKind.COMMUNE, province, int(ward.code))


def _bodies(province: str, city: bool) -> Iterator[Unit]:
    yield Unit(f"{province}/{CENTRE}", "Trung tâm Phục vụ hành chính công", UnitKind.CENTRE, province)
    for name in _DATA["departments"]["names"]:
        yield Unit(f"{province}/{slug(name)}", _for(name, city), UnitKind.DEPARTMENT, province)
    for name, ministry in _DATA["central_at_place"]["names"]:
        yield Unit(f"{province}/{slug(name)}", _for(name, city), UnitKind.CENTRAL_AT_PLACE, province, ministry=slug(ministry))


def _for(name: str, city: bool) -> str:
    return re.sub(r"\btỉnh$", "thành phố", name) if city else name
