"""What a unit must post: the level matrix of the law of publicity, as shared lists (every commune of a province has one list).

- The announcer (ministry or province) answers for the national database (63/2010 Điều 17 khoản 1 điểm a, Điều 24) and its
  portal (điểm c).
- At the premises (điểm b) posts whoever receives or resolves: centres and departments the provincial list's province part,
  communes its commune part and what their reception list adds, bodies of ministries at place what their minister announced.
Where only the catalogue says that a ministry's procedure is resolved at a level, and no provincial list was seen, the duty is
not decided: its absence is `unknown`, never `missing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rasoat.records.postings import Act, Announcement, Channel, Level, Reception
from rasoat.units import CENTRAL, Unit, UnitKind, Units
from rasoat.vietnamese import fold
from validators.obligations.announced import AnnouncementRegister, Listed, effective
from validators.obligations.deadlines import by_ministry, entry_deadline


class Basis(StrEnum):
    """Why a unit must post a procedure."""

    DECISION = "decision"  # a publication decision of its province or ministry names it
    CATALOGUE = "catalogue"  # the national catalogue names the province or ministry as its announcer
    RECEPTION = "reception"  # the unit's published reception list (118/2025 Điều 14 khoản 4)
    LEVEL = "level"  # only the catalogue's level, or a decision that could not be read: not decided


@dataclass(frozen=True, slots=True)
class Duty:
    """One procedure on one channel. `since`: the first day it can be asked for; `due` only where the law gives a number of days."""

    procedure: str
    channel: Channel
    basis: Basis
    since: date | None = None
    due: date | None = None
    announcement: Announcement | None = None

    @property
    def decided(self) -> bool:
        return self.basis is not Basis.LEVEL


_STEMS = {
    "cong-an-tinh": "cong an", "bo-chi-huy-quan-su-tinh": "quan su", "thue-tinh": "thue", "bao-hiem-xa-hoi-tinh": "bao hiem xa hoi",
    "hai-quan-khu-vuc": "hai quan", "kho-bac-nha-nuoc-khu-vuc": "kho bac", "thi-hanh-an-dan-su-tinh": "thi hanh an",
    "ngan-hang-nha-nuoc-khu-vuc": "ngan hang nha nuoc",
}  # fmt: skip


class Duties:
    """The duties of every unit on the register's day."""

    def __init__(self, register: AnnouncementRegister, units: Units, receptions: Iterable[Reception] = ()) -> None:
        self._register, self._units = register, units
        self._receptions: dict[str, Reception] = {}
        for one in sorted(receptions, key=lambda one: one.observed_on):
            if one.observed_on <= register.as_of and one.listed is not None:
                self._receptions[one.unit] = one
        self._shared: dict[tuple[str, Level], tuple[Duty, ...]] = {}
        self._ministerial = [one for one in register.catalogue.values() if _ministerial(one, units)]

    def of(self, unit: str) -> tuple[Duty, ...]:
        """The duties of one unit, each procedure and channel once; an unknown unit has none. Communes of a province share one tuple."""
        if unit not in self._units:
            return ()
        known = self._units[unit]
        match known.kind:
            case UnitKind.MINISTRY | UnitKind.PROVINCE:
                return tuple(self._announcer(known))
            case UnitKind.COMMUNE:
                return self._received(unit, self._posted(known.parent or "", Level.COMMUNE))
            case UnitKind.CENTRE:
                return self._received(unit, self._posted(known.parent or "", Level.PROVINCE))
            case UnitKind.DEPARTMENT:
                return tuple(duty for duty in self._posted(known.parent or "", Level.PROVINCE) if self._executes(duty, known))
            case UnitKind.CENTRAL_AT_PLACE:
                return tuple(self._at_place(known))
            case _:
                return ()

    def _announcer(self, unit: Unit) -> Iterator[Duty]:
        for code, basis, announcement in self._active(unit.id):
            listed = self._register.catalogue.get(code)
            since, due = _days(announcement, listed)
            if not self._entered_by_other(announcement, listed):
                yield Duty(code, Channel.NATIONAL_DATABASE, basis, since, due, announcement)
            # A portal shows what it takes from the national database, so it cannot be asked for more before that has its own day.
            yield Duty(code, Channel.PORTAL, basis, due or since, None, announcement)
            if unit.kind is UnitKind.MINISTRY and Level.MINISTRY in _levels(announcement, listed):
                yield Duty(code, Channel.PREMISES, basis, since, None, announcement)

    def _entered_by_other(self, announcement: Announcement | None, listed: Listed | None) -> bool:
        """A province's list repeats what a ministry announced and entered itself."""
        ministerial = listed is not None and listed.announcer is not None and _ministerial(listed, self._units)
        return announcement is not None and not by_ministry(announcement) and announcement.act is Act.LISTED and ministerial

    def _posted(self, province: str, level: Level) -> tuple[Duty, ...]:
        """What bodies of one level post at their premises: the same for every one of them."""
        key = (province, level)
        if key not in self._shared:
            self._shared[key] = tuple(self._list(province, level))
        return self._shared[key]

    def _list(self, province: str, level: Level) -> Iterator[Duty]:
        named: set[str] = set()
        for code, basis, announcement in self._active(province):
            listed = self._register.catalogue.get(code)
            if level in _levels(announcement, listed):
                named.add(code)
                yield Duty(code, Channel.PREMISES, basis, _days(announcement, listed)[0], None, announcement)
        gone = {code for code in self._register.codes(province) if self._abolished(code, province)}
        for one in self._ministerial:
            if level in one.levels and one.code not in named and one.code not in gone and not self._abolished(one.code, province):
                yield Duty(one.code, Channel.PREMISES, Basis.LEVEL)

    def _active(self, announcer: str) -> Iterator[tuple[str, Basis, Announcement | None]]:
        """What an announcer has announced and not abolished: by its decisions, then what the catalogue says is its own."""
        decided = set(self._register.codes(announcer))
        for code in sorted(decided):
            standing = self._register.standing(code, announcer)
            if standing and standing.announcement.act is Act.UNREAD:
                yield code, Basis.LEVEL, None  # it may be abolished there, or changed: nothing is decided
            elif standing and standing.announcement.act is not Act.ABOLISHED and not self._abolished(code, announcer):
                yield code, Basis.DECISION, standing.announcement
        for code, listed in self._register.catalogue.items():
            if listed.announcer == announcer and code not in decided and not self._abolished(code, announcer):
                yield code, Basis.CATALOGUE, None

    def _abolished(self, code: str, announcer: str) -> bool:
        return self._register.abolition(code, announcer) is not None

    def _executes(self, duty: Duty, department: Unit) -> bool:
        listed = self._register.catalogue.get(duty.procedure)
        name = fold(department.name)
        return listed is not None and any(name in fold(body) for body in listed.executing)

    def _at_place(self, unit: Unit) -> Iterator[Duty]:
        stem = _STEMS.get(unit.id.partition("/")[2], fold(unit.name))
        for one in self._ministerial:
            ours = one.announcer == unit.ministry and Level.PROVINCE in one.levels and any(stem in fold(body) for body in one.executing)
            if ours and not self._abolished(one.code, unit.ministry or ""):
                yield Duty(one.code, Channel.PREMISES, Basis.CATALOGUE, one.signed_on)

    def _received(self, unit: str, posted: tuple[Duty, ...]) -> tuple[Duty, ...]:
        """The shared list, and what the unit's own published reception list adds to it."""
        reception = self._receptions.get(unit)
        if reception is None or not reception.listed:
            return posted
        decided = {duty.procedure for duty in posted if duty.decided}
        added = sorted(reception.listed - decided)
        own = tuple(Duty(code, Channel.PREMISES, Basis.RECEPTION, reception.observed_on) for code in added)
        return tuple(duty for duty in posted if duty.decided or duty.procedure not in reception.listed) + own


def _ministerial(listed: Listed, units: Units) -> bool:
    return listed.announcer is not None and listed.announcer in units and units[listed.announcer].kind in CENTRAL


def _levels(announcement: Announcement | None, listed: Listed | None) -> frozenset[Level]:
    """The levels a decision gives, else the catalogue's: a decision's table may leave them out."""
    return (announcement.levels if announcement else frozenset()) or (listed.levels if listed else frozenset())


def _days(announcement: Announcement | None, listed: Listed | None) -> tuple[date | None, date | None]:
    """(since, due): from when it can be asked for at all, and the last day to enter it into the national database."""
    if announcement:
        return effective(announcement), entry_deadline(announcement)
    return (listed.signed_on if listed else None), None
