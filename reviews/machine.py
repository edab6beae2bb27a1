"""Events on one thing for one unit, added up: where it stands. Pure: the same events and the same finding give the same answer.

new → taken ⇄ asked → confirmed or dismissed (after a second person, where one is asked for) → fixed. A decision on other facts, or on a
finding that had gone and is back, needs review; one that is told no more keeps its last state.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from rasoat.records.unit_decisions import CONFIRMED, DISMISSED, FIXED, NEEDS_REVIEW, OPEN, DismissReason, FindingNow, Reopened, UnitDecision
from rasoat.trouble import Trouble
from rasoat.words.review_words import dismissals, said


class ReviewVerb(StrEnum):
    """What somebody does with a thing."""

    TAKE = "take"
    ASSIGN = "assign"
    ASK = "ask"
    ANSWER = "answer"
    CONFIRM = "confirm"
    DISMISS = "dismiss"
    FIXED = "fixed"
    APPROVE = "approve"
    RETURN = "return"
    TAKE_BACK = "take_back"
    NOTE = "note"


class ReviewStage(StrEnum):
    """Where a thing stands for a unit."""

    NEW = "new"
    TAKEN = "taken"
    ASKED = "asked"
    AWAITING = "awaiting"  # a second person
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    FIXED = "fixed"


DECIDING = {ReviewVerb.CONFIRM: ReviewStage.CONFIRMED, ReviewVerb.DISMISS: ReviewStage.DISMISSED, ReviewVerb.FIXED: ReviewStage.FIXED}
_STATE = {ReviewStage.CONFIRMED: CONFIRMED, ReviewStage.DISMISSED: DISMISSED, ReviewStage.FIXED: FIXED}
_IN_WORDS = (ReviewVerb.ANSWER, ReviewVerb.NOTE, ReviewVerb.RETURN)
_DAWN = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ReviewEvent:
    """What somebody said. `second`: it counts once another person has agreed; `basis`, `publication`: the facts he had before him."""

    person: str
    verb: ReviewVerb
    at: datetime = _DAWN
    to: str | None = None
    reason: str | None = None
    note: str = ""
    due: date | None = None
    second: bool = False
    basis: str = ""
    publication: int = 0
    seq: int = 0


@dataclass(frozen=True, slots=True)
class ReviewThread:
    """Where a thing stands for a unit after `version` events. `person`, `at` and `seq` are of the last event that moved it, `reason`, `note`,
    `basis` and `publication` of the one that decided; `before` is how it stood before that event, `pending` what a second person is to agree to.
    """

    version: int = 0
    stage: ReviewStage = ReviewStage.NEW
    assignee: str | None = None
    asked: str | None = None
    due: date | None = None
    reason: str | None = None
    note: str = ""
    person: str = ""
    at: datetime = _DAWN
    basis: str = ""
    publication: int = 0
    seq: int = 0
    pending: ReviewStage | None = None
    before: ReviewThread | None = field(default=None, repr=False)
    reopened: Reopened | None = None
    gone: bool = False
    checked: bool = False  # somebody said it was fixed, and a later version of the procedure says so too

    @property
    def decided(self) -> bool:
        """Whether a decision stands, reopened or not."""
        return self.stage in _STATE

    @property
    def state(self) -> str:
        """One of the five words of lists."""
        return NEEDS_REVIEW if self.reopened else _STATE.get(self.stage, OPEN)


def fold(events: Iterable[ReviewEvent], now: FindingNow | None = None) -> ReviewThread:
    """What events add up to, beside the finding as it is told now. Whether each was allowed was asked when it was said (`refused`): then it was
    known whether a decision had been reopened. What cannot be done at all moves nothing."""
    thread = ReviewThread()
    for event in events:
        thread = after(thread, event) if _possible(thread, event) else replace(thread, version=thread.version + 1)
    return beside(thread, now) if now else thread


def _possible(thread: ReviewThread, event: ReviewEvent) -> bool:
    if event.verb is ReviewVerb.APPROVE:
        return thread.pending is not None
    return event.verb is not ReviewVerb.TAKE_BACK or thread.before is not None


def beside(thread: ReviewThread, now: FindingNow) -> ReviewThread:
    """A thread beside the finding as it is told now."""
    counted = UnitDecision("", _STATE.get(thread.stage, OPEN), thread.at.date(), "", None, "", thread.basis, thread.publication, thread.seq)
    checked = thread.stage is ReviewStage.FIXED and not now.stands and now.mended
    return replace(thread, reopened=counted.reopened(now), gone=not now.stands, checked=checked)


def refused(thread: ReviewThread, event: ReviewEvent) -> Trouble | None:
    """Why an event is not to be; None where it may be."""
    return _lacking(event) or _out_of_order(thread, event)


def after(thread: ReviewThread, event: ReviewEvent) -> ReviewThread:
    """The thread after an event that may be."""
    version, verb = thread.version + 1, event.verb
    if verb is ReviewVerb.NOTE:
        return replace(thread, version=version)
    if verb is ReviewVerb.TAKE_BACK:
        assert thread.before is not None
        return replace(thread.before, version=version, reopened=None)
    moved = replace(thread, version=version, person=event.person, at=event.at, seq=event.seq, before=thread, reopened=None)
    if verb in DECIDING:
        decided = replace(moved, reason=event.reason, note=event.note, basis=event.basis, publication=event.publication, asked=None)
        outcome = DECIDING[verb]
        return (
            replace(decided, stage=ReviewStage.AWAITING, pending=outcome) if event.second else replace(decided, stage=outcome, pending=None)
        )
    if verb is ReviewVerb.APPROVE:
        assert thread.pending is not None
        return replace(moved, stage=thread.pending, pending=None)
    if verb is ReviewVerb.ASSIGN:
        kept = thread.stage if thread.stage is not ReviewStage.NEW else ReviewStage.TAKEN
        return replace(moved, stage=kept, assignee=event.to, due=event.due)
    if verb is ReviewVerb.ASK:
        return replace(moved, stage=ReviewStage.ASKED, asked=event.to, due=event.due)
    taker = event.person if verb is ReviewVerb.TAKE else thread.assignee
    return replace(moved, stage=ReviewStage.TAKEN, assignee=taker, asked=None, pending=None)


def _lacking(event: ReviewEvent) -> Trouble | None:
    """What an event has to say and does not."""
    verb, silent = event.verb, not event.note.strip()
    if verb is ReviewVerb.DISMISS and event.reason not in set(DismissReason):
        return Trouble("review.no_reason", known=dismissals())
    if verb is ReviewVerb.FIXED and silent:
        return Trouble("review.no_proof")
    if silent and (verb in _IN_WORDS or event.reason == DismissReason.OTHER):
        return Trouble("review.no_words")
    return Trouble("review.no_addressee") if verb in (ReviewVerb.ASSIGN, ReviewVerb.ASK) and not event.to else None


def _out_of_order(thread: ReviewThread, event: ReviewEvent) -> Trouble | None:
    """What does not follow on where a thing stands."""
    verb, stage = event.verb, thread.stage
    if verb is ReviewVerb.TAKE_BACK:
        if thread.before is None:
            return Trouble("review.nothing_to_take_back")
        return None if event.person == thread.person else Trouble("review.not_yours", person=thread.person)
    if verb in (ReviewVerb.APPROVE, ReviewVerb.RETURN):
        if stage is not ReviewStage.AWAITING:
            return Trouble("review.not_awaiting")
        return Trouble("review.same_person") if event.person == thread.person else None
    if verb is ReviewVerb.ANSWER:
        return None if stage is ReviewStage.ASKED else Trouble("review.not_asked")
    if verb is ReviewVerb.NOTE:
        return None
    if stage is ReviewStage.AWAITING:
        return Trouble("review.awaiting")
    again = stage is DECIDING[verb] if verb in DECIDING else thread.decided and verb is not ReviewVerb.ASSIGN
    return Trouble("review.decided", said=said(stage, thread.reason)) if again and not thread.reopened else None
