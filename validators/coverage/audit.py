"""What one audit of what is public is asked with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from rasoat.units import Units
from validators.obligations import AnnouncementRegister


@dataclass(frozen=True, slots=True)
class Audit:
    """What every rule is asked with: the register of the day, the units, and how many days a list may lag (None: no such limit)."""

    register: AnnouncementRegister
    units: Units
    follow_days: int | None = None
    entered: frozenset[str] = field(default_factory=frozenset)  # procedures last seen in the national database
    national_on: date | None = None  # the last day on which the national database was seen whole
    asked_on: date | None = None  # the day asked about, where the register was made for another on which all stands as on this one

    @property
    def as_of(self) -> date:
        return self.asked_on or self.register.as_of
