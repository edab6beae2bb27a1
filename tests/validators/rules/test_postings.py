"""POST-01 to POST-14 with their traps, and the fixtures F13 and F14 of the law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rasoat.records import Confidence, Part, Severity, Verb
from rasoat.records.postings import Act, Level, Medium, PostingState, Reception, Regulation
from rasoat.units import NATION
from tests.validators.rules.posting_world import (
    CODE,
    COMMUNE,
    HERE,
    NDB,
    OTHER,
    PORTAL,
    PROVINCE,
    World,
    announced,
    day,
    listed,
    look,
    only,
    posted,
    rules,
    state,
)
from validators.coverage.cells import MACHINE_READ
from validators.rules.postings import posting_rules as traps
from validators.rules.postings.decision_rules import check_decisions
from validators.rules.postings.place_rules import check_places, former_manager_quote
from validators.rules.postings.posting_rules import POSTING_RULES

# F14 and POST-01


@pytest.mark.parametrize(("seen", "expected"), [("2026-11-09", []), ("2026-11-10", ["POST-01"])])
def test_f14_a_province_has_five_working_days(seen: str, expected: list[str]) -> None:
    world = World(announced(signed="2026-11-02"), as_of=day("2026-11-10"))
    assert rules(world.found(look(PROVINCE, NDB, seen))) == expected


def test_a_look_at_the_whole_national_database_counts_for_every_announcer() -> None:
    assert rules(World(announced()).found(look(NATION, NDB))) == ["POST-01"]


def test_nobody_looked_is_unknown_and_never_missing() -> None:
    matrix = World(announced()).see()
    assert state(matrix, PROVINCE, CODE, NDB) is PostingState.UNKNOWN
    assert not list(matrix.all_findings())


def test_what_a_scan_lacks_is_held_less_surely_than_what_somebody_saw_lacking() -> None:
    seen, scanned = (only(World(announced()).found(look(evidence=proof))) for proof in ((), (MACHINE_READ,)))
    assert (seen.confidence, scanned.confidence) == (Confidence.HIGH, Confidence.MEDIUM)
    assert MACHINE_READ in scanned.message


def test_a_look_that_was_not_complete_says_nothing_of_what_is_absent() -> None:
    assert not World(announced()).found(look(PROVINCE, NDB, complete=False))


def test_a_database_that_did_not_answer_is_unreachable() -> None:
    matrix = World(announced()).see(look(PROVINCE, NDB, reachable=False, complete=False))
    assert state(matrix, PROVINCE, CODE, NDB) is PostingState.UNREACHABLE
    assert not list(matrix.all_findings())


def test_the_same_name_under_another_code_is_noted_only() -> None:
    catalogue = [listed(OTHER, "Thủ tục cấp giấy A")]
    matrix = World(announced(name="Cấp giấy A"), catalogue=catalogue, entered=[OTHER]).see(look(PROVINCE, NDB))
    one = only(one for one in matrix.all_findings() if one.rule == "POST-01")
    assert one.suppressed == (traps.OTHER_CODE,)
    assert one.suggestion == OTHER
    assert state(matrix, PROVINCE, CODE, NDB) is PostingState.UNKNOWN


def test_what_a_ministry_entered_is_not_asked_of_the_province() -> None:
    catalogue = [listed(announcer="bo-cong-an", levels=frozenset({Level.COMMUNE}))]
    world = World(announced(act=Act.LISTED), catalogue=catalogue)
    assert not [duty for duty in world.duties.of(PROVINCE) if duty.channel is NDB]


def test_internal_procedures_are_outside_the_decree() -> None:
    assert not World(announced(internal=True)).duties.of(COMMUNE)


# POST-02


@pytest.mark.parametrize(("published", "expected"), [("2026-10-08", []), ("2026-10-09", ["POST-02"]), (None, [])])
def test_entered_late_by_the_databases_own_day(published: str | None, expected: list[str]) -> None:
    entry = posted(unit=PROVINCE, channel=NDB, published_on=day(published) if published else None)
    assert rules(World(announced()).found(entry)) == expected


# POST-03


def test_missing_at_the_premises() -> None:
    one = only(World(announced()).found(look()))
    assert (one.rule, one.severity, one.subject, one.object) == ("POST-03", Severity.HIGH, COMMUNE, CODE)
    assert one.responsible == "UBND xã Than Uyên, tỉnh Lai Châu"
    assert "Chưa bảo đảm yêu cầu tại" in one.message
    assert "vi phạm" not in one.message.lower()


@pytest.mark.parametrize("medium", [Medium.KIOSK, Medium.QR, Medium.BOARD, Medium.LIST])
def test_electronic_means_do_at_the_premises(medium: Medium) -> None:
    assert not World(announced()).found(look(), posted(medium=medium))


def test_a_level_without_a_provincial_list_decides_nothing() -> None:
    catalogue = [listed(announcer="bo-tu-phap", levels=frozenset({Level.COMMUNE}), signed_on=day("2026-01-05"))]
    matrix = World(catalogue=catalogue).see(look())
    assert state(matrix) is PostingState.UNKNOWN
    assert not list(matrix.all_findings())


def test_seen_before_the_announcement_took_effect_says_nothing() -> None:
    world = World(announced(signed="2026-10-01", law_effective_on=day("2026-11-15")))
    assert state(world.see(look(seen="2026-11-10"))) is PostingState.UNKNOWN
    assert state(world.see(look(seen="2026-11-16"))) is PostingState.MISSING


def test_the_later_sight_wins() -> None:
    world = World(announced())
    assert state(world.see(posted(seen="2026-11-01"), look(seen="2026-11-10"))) is PostingState.MISSING
    assert state(world.see(posted(seen="2026-11-12"), look(seen="2026-11-10"))) is PostingState.POSTED


# F13 and POST-04


def test_f13_an_abolished_procedure_has_one_post_04_and_no_dead_citations() -> None:
    world = World(announced(signed="2026-01-05"), announced(act=Act.ABOLISHED, signed="2026-10-15"))
    found = world.found(posted(decision="05/QĐ-UBND", parts=frozenset(), texts=((Part.FEES, "x"),)), look())
    assert rules(found) == ["POST-04"]
    assert (found[0].subject, found[0].object, found[0].decision_number) == (COMMUNE, CODE, "15/QĐ-UBND")


def test_f13_the_citations_of_an_abolished_procedure_are_not_accused(law: Any, new_desk: Any) -> None:
    register = World(announced(signed="2026-01-05"), announced(act=Act.ABOLISHED, signed="2026-10-15")).audit.register
    assert register.abolished() == {CODE}
    dead = [law.doc(f"{number}/2016/NĐ-CP", "2016-05-01", "2016-07-01") for number in (10, 11, 12, 13)]
    new = law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01")
    for one in dead:
        law.effect(Verb.REPLACES, new, one)
    for abolished, expected in ((frozenset(), 4), (register.abolished(), 0)):
        desk = new_desk(abolished=abolished)
        for one in dead:
            desk.cite(one)
        assert len([one for one in desk.check("2026-11-22") if one.rule == "CITE-01"]) == expected


def test_abolished_later_than_seen_or_not_yet_is_no_finding() -> None:
    gone = announced(act=Act.ABOLISHED, signed="2026-10-15")
    assert not World(announced(signed="2026-01-05"), gone).found(posted(seen="2026-10-14"))
    future = replace(gone, effective_on=day("2026-12-01"))
    assert not rules(World(announced(signed="2026-01-05"), future).found(posted()))


@pytest.mark.parametrize(
    ("abolition", "posting", "trap"),
    [({}, {"archived": True}, traps.ARCHIVE), ({"until": date(2026, 11, 30)}, {}, traps.TRANSITION)],
)
def test_archive_and_transition(abolition: dict[str, Any], posting: dict[str, Any], trap: str) -> None:
    world = World(announced(signed="2026-01-05"), announced(act=Act.ABOLISHED, signed="2026-10-15", **abolition))
    matrix = world.see(posted(**posting))
    one = only(matrix.all_findings())
    assert (one.severity, one.suppressed) == (Severity.INFO, (trap,))
    assert state(matrix) is PostingState.UNKNOWN


def test_a_ministrys_abolition_holds_in_every_province_until_one_announces_again() -> None:
    gone = announced(act=Act.ABOLISHED, signed="2026-10-15", issuer="bo-tu-phap")
    assert rules(World(announced(signed="2026-01-05"), gone).found(posted())) == ["POST-04"]
    again = announced(signed="2026-11-01")
    assert not rules(World(announced(signed="2026-01-05"), gone, again).found(posted()))


def test_another_provinces_abolition_is_no_concern() -> None:
    gone = announced(act=Act.ABOLISHED, signed="2026-10-15", issuer="lao-cai")
    assert not World(announced(signed="2026-01-05"), gone).found(posted())


def test_a_persons_word_without_a_decision_is_for_review() -> None:
    one = only(World().found(posted(state=PostingState.ABOLISHED_STILL_POSTED)))
    assert (one.rule, one.severity) == ("REVIEW", Severity.INFO)


def test_a_posted_code_that_the_database_seen_whole_does_not_hold_is_for_review_and_shown() -> None:
    world = World()
    world.audit = replace(world.audit, national_on=day("2026-11-09"))
    matrix = world.see(posted(OTHER, shown_name="Cấp giấy đã đổi mã", note="mã do máy đọc"))
    one = only(matrix.all_findings())
    assert (one.rule, one.severity, one.quote) == ("REVIEW", Severity.INFO, "Cấp giấy đã đổi mã")
    assert "09/11/2026" in one.message
    assert "Lưu ý: mã do máy đọc." in one.message
    assert matrix.name_of(OTHER) == "Cấp giấy đã đổi mã"
    assert [row.procedure for row in matrix.rows() if row.wanting] == [OTHER]


# POST-05


@pytest.mark.parametrize(("entered", "expected"), [([CODE], ["POST-05"]), ([], [])])
def test_a_portal_shows_what_the_national_database_holds(entered: list[str], expected: list[str]) -> None:
    assert rules(World(announced(), entered=entered).found(look(PROVINCE, PORTAL))) == expected


# POST-09, POST-10, POST-11


@pytest.mark.parametrize(("signed", "expected"), [("2026-06-26", []), ("2026-06-27", ["POST-09"])])
def test_a_province_signs_five_days_ahead(signed: str, expected: list[str]) -> None:
    found = check_decisions(World(announced(signed=signed, law_effective_on=day("2026-07-01"))).audit)
    assert rules(found) == expected


def test_a_ministry_that_came_too_late_answers_for_the_province() -> None:
    effect = day("2026-07-01")
    ministry = announced(issuer="bo-tu-phap", signed="2026-06-28", law_effective_on=effect, decision="9/QĐ-BTP")
    province = announced(signed="2026-06-29", law_effective_on=effect, follows="9/QĐ-BTP")
    found = [one for one in check_decisions(World(ministry, province).audit) if one.rule == "POST-09"]
    assert {one.subject: one.suppressed for one in found} == {"bo-tu-phap": (), PROVINCE: (traps.MINISTRY_LATE,)}


def regulation(**more: Any) -> Regulation:
    return Regulation("10/2026/NĐ-CP", "bo-tu-phap", day("2026-07-01"), frozenset({CODE}), HERE, **more)


def test_a_regulation_in_effect_without_a_decision() -> None:
    assert rules(check_decisions(World().audit, [regulation()])) == ["POST-10"]
    assert not rules(check_decisions(World(as_of=day("2026-06-30")).audit, [regulation()]))
    assert not rules(check_decisions(World().audit, [regulation(changes_procedures=False)]))
    assert not rules(check_decisions(World(announced(issuer="bo-tu-phap", signed="2026-06-01", levels=frozenset())).audit, [regulation()]))


def following(**more: Any) -> list[str]:
    ministry = announced(issuer="bo-tu-phap", signed="2026-09-01", decision="9/QĐ-BTP", **more.pop("ministry", {}))
    world = World(announced(OTHER, signed="2026-01-05"), ministry, *more.pop("own", ()), **more)
    return [one.rule for one in check_decisions(world.audit) if one.rule == "POST-11"]


def test_a_province_that_has_not_followed_its_ministry() -> None:
    assert following(ministry={"law_effective_on": day("2026-10-01")}) == ["POST-11"]
    assert following(follow_days=30) == ["POST-11"]


def test_the_law_fixes_no_lag_and_none_is_invented() -> None:
    assert not following()
    assert not following(follow_days=120)
    assert not following(ministry={"law_effective_on": day("2026-12-01")})


def test_followed_or_resolved_at_the_centre_only() -> None:
    effect = {"law_effective_on": day("2026-10-01")}
    assert not following(ministry=effect, own=[announced(signed="2026-09-20")])
    assert not following(ministry={**effect, "levels": frozenset({Level.MINISTRY})})


# POST-12, POST-13, POST-14


def reception(**more: Any) -> Reception:
    given: dict[str, Any] = {"listed": frozenset({OTHER}), "published": True} | more
    return Reception(
        COMMUNE, day("2026-11-10"), frozenset({CODE, OTHER}), given["listed"], given["published"], HERE, more.get("pilot", False)
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [CODE]),
        ({"listed": None, "published": False}, [None]),
        ({"listed": None, "published": None}, []),
        ({"listed": frozenset({CODE, OTHER})}, []),
    ],
)
def test_reception_outside_the_list(more: dict[str, Any], expected: list[str | None]) -> None:
    found = list(check_places(World().audit, [], [reception(**more)]))
    assert [(one.rule, one.object) for one in found] == [("POST-12", code) for code in expected]


def test_a_pilot_is_noted_only() -> None:
    assert only(check_places(World().audit, [], [reception(pilot=True)])).suppressed == (traps.PILOT,)


def test_a_reception_list_adds_to_what_a_centre_posts() -> None:
    world = World(announced(), receptions=[reception()])
    assert {duty.procedure for duty in world.duties.of(COMMUNE)} == {CODE, OTHER}


@pytest.mark.parametrize(
    ("contact", "footer", "expected"), [(False, False, [()]), (False, True, [(traps.SITE_FOOTER,)]), (True, False, []), (None, False, [])]
)
def test_an_address_for_feedback(contact: bool | None, footer: bool, expected: list[tuple[str, ...]]) -> None:
    found = check_places(World().audit, [look(contact=contact, site_contact=footer)], [])
    assert [one.suppressed for one in found] == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Phản ánh, kiến nghị gửi về Văn phòng Chính phủ.", True),
        ("Cơ sở dữ liệu do VPCP quản lý.", True),
        ("Phản ánh, kiến nghị gửi về Bộ Tư pháp.", False),
        ("Tiếp nhận theo Thông tư số 02/2017/TT-VPCP.", False),
        ("Kiểm soát thủ tục theo Thông tư của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ.", False),
        ("Trước đây Văn phòng Chính phủ quản lý.", False),
        ("", False),
    ],
)
def test_the_former_manager(text: str, found: bool) -> None:
    assert bool(former_manager_quote(text)) is found
    assert rules(check_places(World().audit, [look(text=text)], [])) == (["POST-14"] if found else [])
    assert not rules(check_places(World().audit, [look(text=text, seen="2026-01-09")], []))


# What every finding owes


def test_every_rule_has_its_basis_and_accuses_nobody() -> None:
    assert sorted(POSTING_RULES) == [f"POST-{number:02}" for number in range(1, 15)]
    for rule in POSTING_RULES.values():
        assert rule.basis
        assert rule.action
        assert "vi phạm" not in (rule.name + rule.action).lower()


def test_identity_survives_a_later_day_and_a_later_sight() -> None:
    first = only(World(announced()).found(look(seen="2026-11-10")))
    later = only(World(announced(), as_of=day("2026-11-25")).found(look(seen="2026-11-24")))
    assert first.fingerprint == later.fingerprint
    assert first.proofs
