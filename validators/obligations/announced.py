"""Which procedures stand announced on a day, by whom, and which were abolished (63/2010 Điều 13 to 15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rasoat.records import Procedure
from rasoat.records.postings import Act, Announcement, Level
from rasoat.units import CENTRAL, kind_of
from rasoat.vietnamese import fold, squeeze


@dataclass(frozen=True, slots=True)
class Listed:
    """A procedure as the catalogue shows it. `announcer` is the unit id of the ministry or province that announced it."""

    code: str
    name: str
    field: str = ""
    levels: frozenset[Level] = frozenset()
    announcer: str | None = None
    decision: str | None = None
    signed_on: date | None = None
    executing: tuple[str, ...] = ()
    procedure: Procedure | None = None  # the judged version, where its detail is known


@dataclass(frozen=True, slots=True)
class Standing:
    """How a procedure stands with one announcer: the announcement in effect, and the one that abolished it, if any."""

    announcement: Announcement
    abolished: bool


def effective(announcement: Announcement) -> date | None:
    """The first day an announcement holds: its own day, else that of the VBQPPL behind it (never before signing), else signing."""
    if announcement.effective_on:
        return announcement.effective_on
    days = [day for day in (announcement.law_effective_on, announcement.signed_on) if day]
    return max(days) if days else None


class AnnouncementRegister:
    """All announcements as they stand on a day. What was signed after the day is not there; undated ones come first."""

    def __init__(self, announcements: Iterable[Announcement], catalogue: Mapping[str, Listed], as_of: date) -> None:
        self.as_of = as_of
        self.catalogue = catalogue
        self._by_code: dict[str, list[Announcement]] = defaultdict(list)
        for one in announcements:
            if not one.internal and (one.signed_on is None or one.signed_on <= as_of):
                self._by_code[one.procedure].append(one)
        for several in self._by_code.values():
            several.sort(key=lambda one: (effective(one) or date.min, one.signed_on or date.min, one.decision))
        self._by_issuer: dict[str, list[str]] = defaultdict(list)
        for code, several in self._by_code.items():
            for issuer in {one.issuer for one in several}:
                self._by_issuer[issuer].append(code)
        self._named: dict[str, list[str]] = defaultdict(list)
        for code, listed in catalogue.items():
            self._named[same_name(listed.name)].append(code)

    def announcements(self, code: str, issuer: str | None = None) -> list[Announcement]:
        """Every announcement of a procedure signed by the day, in the order they took effect."""
        return [one for one in self._by_code.get(code, ()) if issuer is None or one.issuer == issuer]

    def all(self) -> Iterable[Announcement]:
        for several in self._by_code.values():
            yield from several

    def codes(self, issuer: str) -> list[str]:
        """The procedures that an issuer has announced at any time."""
        return self._by_issuer.get(issuer, [])

    def standing(self, code: str, issuer: str) -> Standing | None:
        """How a procedure stands with an announcer on the day; None where the announcer never announced it."""
        begun = [one for one in self.announcements(code, issuer) if (day := effective(one)) is None or day <= self.as_of]
        active = self.announcements(code, issuer)
        if not active:
            return None
        last = begun[-1] if begun else active[0]
        return Standing(last, last.act is Act.ABOLISHED and effective(last) is not None)

    def abolition(self, code: str, province: str | None) -> Announcement | None:
        """The decision by which a procedure is abolished on the day for a province; a ministry's abolition holds for all."""
        deciding = {issuer for one in self._by_code.get(code, ()) if (issuer := one.issuer) == province or kind_of(issuer) in CENTRAL}
        standings = {issuer: standing for issuer in deciding if (standing := self.standing(code, issuer))}
        ends = [one.announcement for one in standings.values() if one.abolished]
        if not ends:
            return None
        last = max(ends, key=lambda one: (effective(one) or date.min, one.decision))
        if any(one.announcement.act is Act.UNREAD and _after(one.announcement, last) for one in standings.values()):
            return None  # a later decision says of it what nobody has read
        own = standings.get(province or "")
        again = own is not None and not own.abolished and (effective(own.announcement) or date.min) > (effective(last) or date.min)
        return None if again else last

    def abolished(self) -> frozenset[str]:
        """The procedures that are abolished on the day for those who announced them: their citations are no finding any more (FP10)."""
        return frozenset(code for code in self._by_code if self.abolition(code, self._announcer(code)))

    def _announcer(self, code: str) -> str | None:
        """Who the catalogue says announced a procedure, else the only issuer there is."""
        listed = self.catalogue.get(code)
        issuers = {one.issuer for one in self._by_code.get(code, ())}
        return listed.announcer if listed and listed.announcer else next(iter(issuers)) if len(issuers) == 1 else None

    def same_named(self, code: str, name: str) -> list[str]:
        """Other codes of the catalogue under exactly this name."""
        return [one for one in self._named.get(same_name(name), ()) if one != code] if name else []


def _after(one: Announcement, other: Announcement) -> bool:
    return (effective(one) or date.max) >= (effective(other) or date.min)


def same_name(name: str) -> str:
    """A name to compare by: folded, without "Thủ tục" in front."""
    return fold(squeeze(name)).removeprefix("thu tuc hanh chinh ").removeprefix("thu tuc ").strip(" .")
