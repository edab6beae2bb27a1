"""One cell of the matrix: what a unit must post, what was seen of it last, and the state that follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rasoat.records.postings import Announcement, Channel, Look, Posting, PostingState
from rasoat.units import province_of
from validators.obligations import AnnouncementRegister, Basis, Duty, Listed
from validators.obligations.announced import effective

MACHINE_READ = "danh mục do máy đọc từ bản quét, cần xem lại bản gốc"  # a row that the scan lost would seem absent
SHOWN = frozenset({PostingState.POSTED, PostingState.OUTDATED, PostingState.INCOMPLETE, PostingState.ABOLISHED_STILL_POSTED})


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit, a procedure, a channel, and how they stand. `posting` or `look` is what the state rests on."""

    unit: str
    procedure: str
    channel: Channel
    state: PostingState
    duty: Duty | None = None
    posting: Posting | None = None
    look: Look | None = None
    abolition: Announcement | None = None
    listed: Listed | None = None

    @property
    def observed_on(self) -> date | None:
        seen = self.posting or self.look
        return seen.observed_on if seen else None

    @property
    def source(self) -> str:
        """Where the state was read, for people: the place in the file, page or form; "" where nobody looked."""
        seen = self.posting or self.look
        return seen.origin.place or seen.origin.capture if seen else ""


class UnitSight:
    """What was seen of one unit by a day: the last sight of each procedure and the looks at each channel."""

    def __init__(self, postings: Iterable[Posting], looks: Iterable[Look], as_of: date) -> None:
        self.last: dict[tuple[str, Channel], Posting] = {}
        for one in postings:
            key = (one.procedure, one.channel)
            known = self.last.get(key)
            if one.observed_on <= as_of and (known is None or _fresher(one, known)):
                self.last[key] = one
        # Of several looks on one day, one that left something open leaves the day open: unread rows may be what seems absent.
        self.looks: dict[Channel, Look] = {}
        self.unread: dict[Channel, Look] = {}  # the last look of which something could not be read
        by_now = [look for look in looks if look.observed_on <= as_of]
        partial = {(look.channel, look.observed_on) for look in by_now if look.reachable and not look.complete}
        for look in sorted(by_now, key=lambda one: (one.observed_on, one.complete)):
            if not look.reachable or (look.complete and (look.channel, look.observed_on) not in partial):
                self.looks[look.channel] = look
            elif look.unread:
                self.unread[look.channel] = look

    def open_since(self, seen: Posting | Look) -> bool:
        """Whether a later look, meant to be complete, has unread rows that may say otherwise of what was absent, or still there."""
        later = self.unread.get(seen.channel)
        return later is not None and later.observed_on > seen.observed_on


def _fresher(one: Posting, known: Posting) -> bool:
    """The later sight; of one day the one that says more."""
    if one.observed_on != known.observed_on:
        return one.observed_on > known.observed_on
    return known.state is PostingState.UNKNOWN or (one.state in SHOWN and known.state not in SHOWN)


class Owed:
    """The duties of a unit, ready to be asked which of them anything was seen of. Communes of one province share one."""

    def __init__(self, duties: Sequence[Duty]) -> None:
        self.duties = duties
        self.at = {(duty.procedure, duty.channel): position for position, duty in enumerate(duties)}
        self._on: dict[Channel, list[int]] = defaultdict(list)
        for position, duty in enumerate(duties):
            if duty.decided:
                self._on[duty.channel].append(position)

    def touched(self, sight: UnitSight) -> list[int]:
        """The positions that a sight says something of; the others stay unknown. A look decides nothing of an undecided duty."""
        found = {position for key in sight.last if (position := self.at.get(key)) is not None}
        for channel in sight.looks:
            found.update(self._on[channel])
        return sorted(found)


def owed_cell(unit: str, duty: Duty, sight: UnitSight, register: AnnouncementRegister) -> Cell:
    """The cell of one duty."""
    return _of_duty(unit, duty, sight, register)


def extra_cells(unit: str, owed: Owed, sight: UnitSight, register: AnnouncementRegister) -> Iterator[Cell]:
    """What a unit shows beyond its duties."""
    for key, posting in sight.last.items():
        if key not in owed.at and (extra := _extra(unit, posting, sight, register)):
            yield extra


def _of_duty(unit: str, duty: Duty, sight: UnitSight, register: AnnouncementRegister) -> Cell:
    posting, look = sight.last.get((duty.procedure, duty.channel)), sight.looks.get(duty.channel)
    listed = register.catalogue.get(duty.procedure)
    cell = Cell(unit, duty.procedure, duty.channel, PostingState.UNKNOWN, duty, listed=listed)
    if look is not None and (posting is None or look.observed_on > posting.observed_on):
        if sight.open_since(look):
            return replace(cell, look=look)
        if not look.reachable:
            return replace(cell, state=PostingState.UNREACHABLE, look=look)
        return replace(cell, state=_absent(duty, look.observed_on), look=look)
    if posting is None:
        return cell
    if posting.state is PostingState.MISSING and sight.open_since(posting):
        return replace(cell, posting=posting)
    if posting.state is PostingState.MISSING:
        return replace(cell, state=_absent(duty, posting.observed_on), posting=posting)
    return replace(cell, state=_shown(posting, duty.announcement, listed), posting=posting)


def _absent(duty: Duty, observed_on: date) -> PostingState:
    """Absent counts as missing only where the duty is decided and had begun, and its number of days was over, when somebody looked."""
    begun = duty.since is not None and observed_on >= duty.since
    # The catalogue alone cannot say both that it must hold a procedure and that it does not: it may have been withdrawn.
    circular = duty.basis is Basis.CATALOGUE and duty.channel is Channel.NATIONAL_DATABASE
    if not duty.decided or circular or not begun or (duty.due is not None and observed_on <= duty.due):
        return PostingState.UNKNOWN
    return PostingState.MISSING


def _shown(posting: Posting, announcement: Announcement | None, listed: Listed | None) -> PostingState:
    return (
        PostingState.OUTDATED if posting.state is PostingState.POSTED and older_decision(posting, announcement, listed) else posting.state
    )


def older_decision(posting: Posting, announcement: Announcement | None, listed: Listed | None) -> str | None:
    """The decision that should have been shown instead of the one that was; None where the right one, or none, was shown."""
    from rasoat.identity import canonical_number

    current, signed_on = (
        (announcement.decision, announcement.signed_on) if announcement else (listed.decision, listed.signed_on) if listed else (None, None)
    )
    if not posting.decision or not current or signed_on is None or signed_on > posting.observed_on:
        return None
    return current if canonical_number(posting.decision) != canonical_number(current) else None


def _extra(unit: str, posting: Posting, sight: UnitSight, register: AnnouncementRegister) -> Cell | None:
    """What is shown without a duty: an abolished procedure still there, or one more than must be."""
    look = sight.looks.get(posting.channel)
    gone_since = look is not None and look.complete and look.observed_on > posting.observed_on
    if posting.state not in SHOWN | {PostingState.UNKNOWN} or gone_since:
        return None
    abolition = register.abolition(posting.procedure, province_of(unit))
    listed = register.catalogue.get(posting.procedure)
    cell = Cell(unit, posting.procedure, posting.channel, posting.state, posting=posting, abolition=abolition, listed=listed)
    if abolition is None or posting.state is PostingState.UNKNOWN:
        return cell
    ended = effective(abolition)
    seen_after = ended is not None and posting.observed_on >= ended and not sight.open_since(posting)
    return replace(cell, state=PostingState.ABOLISHED_STILL_POSTED if seen_after else PostingState.UNKNOWN)
