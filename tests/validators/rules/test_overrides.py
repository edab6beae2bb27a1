"""CITE-13: a procedure that an overriding text has dropped, delegated or made simpler, and when nothing is said of it."""

from __future__ import annotations

from datetime import date

import pytest

from rasoat.records import Article, Confidence, Origin, Part, Severity, Tier, Verb
from validators.rules import index_overrides

NAME = "Cấp lại Giấy phép nuôi ong"
LINE = "III. Không thực hiện TTHC cấp, cấp lại Giấy phép nuôi ong"


@pytest.fixture
def resolution(law):
    key = law.doc("66.77/2026/NQ-CP", "2026-05-18", "2026-05-18", type="Nghị quyết")
    law.effect(Verb.EXPIRES, key, None, "2027-03-01", place="dieu-6/khoan-1")
    return key


@pytest.fixture
def office(new_desk, resolution):
    def make(line: str = LINE, name: str = NAME, tier: Tier = Tier.A):
        annex = Article(resolution, "phu-luc-I", "", f"PHỤ LỤC I\n{line}\n", "phapdien", date(2026, 5, 20), tier, Origin("sha", "annex"))
        desk = new_desk(overrides=index_overrides([annex]))
        desk.extra["name"] = name
        return desk

    return make


def said(desk, day: str, known: str | None = None):
    return [(one.rule, one.severity, one.suppressed) for one in desk.check(day, known)]


def test_cite13_names_the_annex_and_the_term(office):
    (found,) = office().check("2026-06-10")
    assert (found.rule, found.severity, found.confidence) == ("CITE-13", Severity.HIGH, Confidence.HIGH)
    assert (found.object, found.provision, found.quote) == ("66.77/2026/NQ-CP", "phu-luc-I", NAME)
    assert found.clause is not None
    assert LINE.endswith(found.clause.quote)
    assert "đến hết ngày 28/02/2027" in found.message
    assert "66.77/2026/NQ-CP" in found.action


@pytest.mark.parametrize(("day", "count"), [("2026-05-17", 0), ("2026-05-18", 1), ("2027-02-28", 1), ("2027-03-01", 0)])
def test_cite13_only_while_the_override_lasts(office, day, count):
    assert len(said(office(), day)) == count


def test_cite13_waits_for_an_annex_that_begins_later(law, office, resolution):
    law.effect(Verb.ENTERS_INTO_FORCE, resolution, None, "2026-07-01", part="phu-luc-I", place="dieu-6/khoan-2")
    assert said(office(), "2026-06-30") == []
    assert [rule for rule, _, _ in said(office(), "2026-07-01")] == ["CITE-13"]


def test_cite13_is_silent_where_the_procedure_names_the_override(office, resolution):
    assert "CITE-13" not in [rule for rule, _, _ in said(office().cite(resolution), "2026-06-10")]
    desk = office()
    desk.texts[Part.STEPS] = "Thực hiện theo Nghị quyết số 66.77/2026/NQ-CP."
    assert said(desk, "2026-06-10") == []


def test_cite13_extinguished_by_a_newer_basis_is_noted_only(law, office):
    newer = law.doc("300/2026/NĐ-CP", "2026-06-01", "2026-06-05")
    assert ("CITE-13", Severity.INFO, ("NQ-7.4",)) in said(office().cite(newer), "2026-06-10")
    assert ("CITE-13", Severity.HIGH, ()) in said(office().cite(newer), "2026-06-04")  # not in force yet


def test_cite13_needs_the_very_procedure(office):
    assert said(office(name="Cấp lại Giấy phép nuôi ong mật xuất khẩu"), "2026-06-10") == []
    assert said(office(name="Cấp, gia hạn Giấy phép nuôi ong"), "2026-06-10") == []  # one of its two acts is left
    assert said(office(line="Không thực hiện thủ tục nêu tại mã số 1.000001"), "2026-06-10") == [("CITE-13", Severity.HIGH, ())]


def test_cite13_from_a_copy_or_a_scan_says_so(office):
    (copied,) = office(tier=Tier.B).check("2026-06-10")
    (scanned,) = office(tier=Tier.C).check("2026-06-10")
    assert (copied.confidence, scanned.confidence) == (Confidence.MEDIUM, Confidence.LOW)
    assert "bản chép, đối chiếu bản gốc" in copied.message


def test_cite13_knows_nothing_before_it_was_seen(office):
    assert said(office(), "2026-06-10", known="2026-05-19") == []


def test_cite13_of_an_abolished_procedure_is_nobodys_error(office):
    desk = office()
    desk.extra["state"] = "Bãi bỏ"
    assert said(desk, "2026-06-10") == []
