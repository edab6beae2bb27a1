"""Who may do what: one pure function over roles, acts and things. What is not allowed here is refused.

A role is held in a unit. A unit that merged into another hands its rights on: ids are those of today's units, and a former name is brought to its
successor before anybody asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from rasoat.units import NATION, Units, UnknownUnit, lies_in


class HeldRole(StrEnum):
    """What a person is. Whoever is none of them is a guest."""

    CITIZEN = "citizen"  # with an account
    OFFICER = "officer"  # of a unit that posts
    CONTROLLER = "controller"  # kiểm soát TTHC of a province or ministry
    REVIEWER = "reviewer"  # Sở Tư pháp, Vụ Pháp chế
    NATIONAL = "national"  # Bộ Tư pháp
    ADMIN = "admin"


class ReviewAct(StrEnum):
    """What somebody wants to do."""

    READ_PUBLIC = "read_public"
    REPORT_MISMATCH = "report_mismatch"
    FOLLOW = "follow"
    SEE_FINDINGS = "see_findings"  # those not yet confirmed, REVIEW, confidence
    SAY_FIXED = "say_fixed"  # with proof; answer a report
    FILL_FORM = "fill_form"
    APPROVE_FORM = "approve_form"
    DECIDE_CITATION = "decide_citation"  # and REVIEW
    DECIDE_POSTING = "decide_posting"
    DECIDE_QUALITY = "decide_quality"
    ANSWER_QUESTION = "answer_question"
    APPROVE = "approve"  # as the second person, for more than a few at once, submissions
    MANAGE = "manage"  # accounts, roles, settings, audit


@dataclass(frozen=True, slots=True)
class RoleInUnit:
    """A role that a person holds; `lead` may agree as the second person."""

    role: HeldRole
    unit: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks: nobody signed in has no roles."""

    person: str = ""
    roles: tuple[RoleInUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class Concern:
    """What an act is about. `unit`: for which unit it is done, or whom it is asked of; `proposer`: who wants a second person to agree."""

    unit: str = NATION
    proposer: str = ""


@dataclass(frozen=True, slots=True)
class MayAnswer:
    """Yes, or no with a code of the reason."""

    yes: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.yes


class Reach(StrEnum):
    """How far a role's right goes."""

    ALL = "all"
    OWN = "own"  # the unit it is held in
    BELOW = "below"  # that unit's province or ministry, with all below
    LEAD = "lead"  # as BELOW, for whoever leads
    LEAD_ALL = "lead_all"


_EVERYBODY = frozenset({ReviewAct.READ_PUBLIC, ReviewAct.REPORT_MISMATCH})
_SIGNED_IN = _EVERYBODY | {ReviewAct.FOLLOW}
_RIGHTS: dict[HeldRole, dict[ReviewAct, Reach]] = {
    HeldRole.CITIZEN: {},
    HeldRole.OFFICER: {
        ReviewAct.SEE_FINDINGS: Reach.OWN,
        ReviewAct.SAY_FIXED: Reach.OWN,
        ReviewAct.FILL_FORM: Reach.OWN,
        ReviewAct.ANSWER_QUESTION: Reach.OWN,
    },
    HeldRole.CONTROLLER: {
        ReviewAct.SEE_FINDINGS: Reach.BELOW,
        ReviewAct.SAY_FIXED: Reach.BELOW,
        ReviewAct.FILL_FORM: Reach.BELOW,
        ReviewAct.APPROVE_FORM: Reach.BELOW,
        ReviewAct.DECIDE_POSTING: Reach.BELOW,
        ReviewAct.ANSWER_QUESTION: Reach.BELOW,
        ReviewAct.APPROVE: Reach.LEAD,
        ReviewAct.MANAGE: Reach.BELOW,
    },
    HeldRole.REVIEWER: {
        ReviewAct.SEE_FINDINGS: Reach.ALL,
        ReviewAct.DECIDE_CITATION: Reach.OWN,
        ReviewAct.ANSWER_QUESTION: Reach.OWN,
        ReviewAct.APPROVE: Reach.LEAD,
    },
    HeldRole.NATIONAL: {
        ReviewAct.SEE_FINDINGS: Reach.ALL,
        ReviewAct.FILL_FORM: Reach.ALL,
        ReviewAct.APPROVE_FORM: Reach.ALL,
        ReviewAct.DECIDE_CITATION: Reach.OWN,
        ReviewAct.DECIDE_POSTING: Reach.OWN,
        ReviewAct.DECIDE_QUALITY: Reach.ALL,
        ReviewAct.ANSWER_QUESTION: Reach.ALL,
        ReviewAct.APPROVE: Reach.LEAD_ALL,
        ReviewAct.MANAGE: Reach.ALL,
    },
    HeldRole.ADMIN: {ReviewAct.MANAGE: Reach.ALL},
}


def may(actor: Actor, act: ReviewAct, thing: Concern) -> MayAnswer:
    """Whether somebody may do something; of several roles one is enough. Nobody agrees as the second person with himself."""
    if act in (_SIGNED_IN if actor.person else _EVERYBODY):
        return MayAnswer(True)
    if not actor.person:
        return MayAnswer(False, "may.not_signed_in")
    reaches = [(held, reach) for held in actor.roles if (reach := _RIGHTS[held.role].get(act))]
    if not reaches:
        return MayAnswer(False, "may.no_such_right")
    if act is ReviewAct.APPROVE and thing.proposer == actor.person:
        return MayAnswer(False, "may.same_person")
    within = [held for held, reach in reaches if _reaches(held, reach, thing.unit)]
    if not within:
        return MayAnswer(False, "may.other_unit")
    if all(reach in (Reach.LEAD, Reach.LEAD_ALL) and not held.lead for held, reach in reaches if held in within):
        return MayAnswer(False, "may.not_lead")
    return MayAnswer(True)


def _reaches(held: RoleInUnit, reach: Reach, unit: str) -> bool:
    if reach in (Reach.ALL, Reach.LEAD_ALL):
        return True
    if reach is Reach.OWN:  # a national decision is one of the nation, whatever the ministry's unit that the person sits in
        return unit == (NATION if held.role is HeldRole.NATIONAL else held.unit)
    return lies_in(unit, held.unit.partition("/")[0])


def of_today(roles: Iterable[RoleInUnit], units: Units) -> tuple[RoleInUnit, ...]:
    """Roles in the units that answer today for those in which they were given; in a unit that no register knows they are held on to as given."""
    return tuple(RoleInUnit(one.role, _today(one.unit, units), one.lead) for one in roles)


def _today(unit: str, units: Units) -> str:
    try:
        return units.find(unit).id
    except UnknownUnit:
        return unit


def rights_of(roles: Collection[RoleInUnit]) -> list[tuple[RoleInUnit, ReviewAct, Reach]]:
    """Every right of some roles, as lists of a person's rights show them."""
    told = [(held, act, reach) for held in roles for act, reach in _RIGHTS[held.role].items()]
    return [(held, act, reach) for held, act, reach in told if held.lead or reach not in (Reach.LEAD, Reach.LEAD_ALL)]
