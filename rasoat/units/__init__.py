"""The units of government that must post: provinces, communes, their bodies, and ministries.

units = country()
units["lai-chau"].name                      # "tỉnh Lai Châu"
units.find("UBND tỉnh Yên Bái")             # the unit responsible today: "lao-cai"
"""

from rasoat.units.country import UnitOrigin, Units, country, former_bodies, origin_of
from rasoat.units.unit import CENTRAL, NATION, Unit, UnitKind, kind_of, lies_in, province_of
from rasoat.units.unit_names import UnknownUnit

__all__ = [
    "CENTRAL",
    "NATION",
    "Unit",
    "UnitKind",
    "UnitOrigin",
    "Units",
    "UnknownUnit",
    "country",
    "former_bodies",
    "kind_of",
    "lies_in",
    "origin_of",
    "province_of",
]
