"""Every cell of the table of rights, and every way around it that is not one."""

from __future__ import annotations

import itertools

import pytest

from rasoat.units import NATION, country
from reviews.may import Actor, Concern, HeldRole, ReviewAct, RoleInUnit, may, of_today

OWN, SAME, OTHER = "lai-chau/so-tu-phap", "lai-chau/xa-than-uyen", "lao-cai/so-tu-phap"
HELD_IN = {HeldRole.NATIONAL: "bo-tu-phap", HeldRole.ADMIN: NATION}
# By act, for whom it is allowed: about one's own unit (o), another one of the province (s), another province (x), the nation (n).
# guest | citizen | officer | controller | reviewer | national | admin; in capitals: for whoever leads only.
TABLE = """
read_public      osxn osxn osxn osxn osxn osxn osxn
report_mismatch  osxn osxn osxn osxn osxn osxn osxn
follow           -    osxn osxn osxn osxn osxn osxn
see_findings     -    -    o    os   osxn osxn -
say_fixed        -    -    o    os   -    -    -
fill_form        -    -    o    os   -    osxn -
approve_form     -    -    -    os   -    osxn -
decide_citation  -    -    -    -    o    n    -
decide_posting   -    -    -    os   -    n    -
decide_quality   -    -    -    -    -    osxn -
answer_question  -    -    o    os   o    osxn -
approve          -    -    -    OS   OS   OSXN -
manage           -    -    -    os   -    osxn osxn
"""
COLUMNS = (None, *HeldRole)
WHERE = {"o": OWN, "s": SAME, "x": OTHER, "n": NATION}
CELLS = [
    (ReviewAct(act), role, cell)
    for act, *cells in (line.split() for line in TABLE.strip().splitlines())
    for role, cell in zip(COLUMNS, cells, strict=True)
]


def actor(role: HeldRole | None, *, lead: bool) -> Actor:
    return Actor("an", (RoleInUnit(role, HELD_IN.get(role, OWN), lead),)) if role else Actor()


@pytest.mark.parametrize(("act", "role", "cell"), CELLS, ids=lambda one: str(one) if one else "guest")
def test_every_cell(act: ReviewAct, role: HeldRole | None, cell: str) -> None:
    for letter, unit in WHERE.items():
        for lead in (False, True):
            wanted = letter in cell or (lead and letter.upper() in cell)
            answer = may(actor(role, lead=lead), act, Concern(unit))
            assert bool(answer) is wanted, (unit, lead, answer)
            assert bool(answer.reason) is not wanted


def test_the_table_has_every_act() -> None:
    assert {act for act, _, _ in CELLS} == set(ReviewAct)


@pytest.mark.parametrize("role", HeldRole)
def test_nobody_agrees_with_himself(role: HeldRole) -> None:
    answer = may(actor(role, lead=True), ReviewAct.APPROVE, Concern(OWN, proposer="an"))
    assert not answer
    assert answer.reason in ("may.same_person", "may.no_such_right")


def test_one_role_that_allows_it_is_enough_and_two_that_do_not_add_up_to_nothing() -> None:
    both = Actor("an", (RoleInUnit(HeldRole.OFFICER, SAME), RoleInUnit(HeldRole.REVIEWER, OWN)))
    assert may(both, ReviewAct.DECIDE_CITATION, Concern(OWN))
    assert not may(both, ReviewAct.DECIDE_CITATION, Concern(SAME))
    # to lead in one unit is not to lead in another
    apart = Actor("an", (RoleInUnit(HeldRole.REVIEWER, OTHER, lead=True), RoleInUnit(HeldRole.REVIEWER, OWN)))
    assert may(apart, ReviewAct.APPROVE, Concern(SAME)).reason == "may.not_lead"
    assert may(apart, ReviewAct.APPROVE, Concern("lao-cai/xa-bac-ha"))


def test_a_name_that_begins_like_a_unit_is_another_unit() -> None:
    one = Actor("an", (RoleInUnit(HeldRole.CONTROLLER, "lai-chau"),))
    assert not may(one, ReviewAct.SEE_FINDINGS, Concern("lai-chau-2/xa"))


@pytest.mark.parametrize(("act", "role"), [*itertools.product(ReviewAct, HeldRole)])
def test_a_role_without_a_person_is_a_guest(act: ReviewAct, role: HeldRole) -> None:
    assert bool(may(Actor("", (RoleInUnit(role, OWN, lead=True),)), act, Concern(OWN))) is bool(may(Actor(), act, Concern(OWN)))


def test_a_merged_unit_hands_its_rights_on() -> None:
    """Yên Bái went into Lào Cai: who controlled there controls in Lào Cai today."""
    held = of_today([RoleInUnit(HeldRole.CONTROLLER, "tỉnh Yên Bái"), RoleInUnit(HeldRole.OFFICER, "không có")], country())
    assert held == (RoleInUnit(HeldRole.CONTROLLER, "lao-cai"), RoleInUnit(HeldRole.OFFICER, "không có"))
    assert may(Actor("an", held), ReviewAct.DECIDE_POSTING, Concern("lao-cai/xa-bac-ha"))
