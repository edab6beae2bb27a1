"""The 34 provinces as shapes of a picture, the archipelagos among them (`web/map_data/NOTICE.md` says where they come from)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SHAPES = Path(__file__).parent / "map_data" / "provinces.json"


@dataclass(frozen=True, slots=True)
class ProvinceShape:
    """A province: the path of its land, and of islands so small that only a line shows them ("" for none)."""

    unit: str
    land: str
    islands: str


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name on the map, in the picture's own units; `unit` is the province whose it is."""

    unit: str
    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class CountryMap:
    """The picture: so wide and high, its shapes by unit id."""

    width: int
    height: int
    provinces: tuple[ProvinceShape, ...]
    labels: tuple[MapLabel, ...]


@cache
def country_map() -> CountryMap:
    """The map, read once."""
    told = json.loads(_SHAPES.read_text("utf-8"))
    shapes = tuple(ProvinceShape(unit, one["land"], one.get("islands", "")) for unit, one in told["provinces"].items())
    return CountryMap(told["width"], told["height"], shapes, tuple(MapLabel(**one) for one in told["labels"]))
