"""FP1 and FP19 hold for every rule, whatever it weighs."""

from __future__ import annotations

from datetime import date

import pytest

from rasoat.records import NonAnswer, Part, PublicationDecision, Verb
from validators.rules import World, check_documents

DAY = "2026-06-10"
LATER = PublicationDecision("5/QĐ-UBND", date(2026, 7, 1))


def coming(law):
    """A text whose end is told today."""
    old, new = law.doc("9/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("30/2026/NĐ-CP", "2026-06-10", "2026-07-01")
    law.effect(Verb.REPLACES, new, old)
    return old


def partly(law):
    alive, ender = law.doc("9/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("30/2026/NĐ-CP", "2026-06-10", "2026-06-10")
    law.effect(Verb.REPEALS, ender, alive, "2026-06-01", part="dieu-5")
    return alive


def suspended(law):
    held, stay = law.doc("9/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("30/2026/NQ-CP", "2026-06-10", "2026-06-10")
    law.effect(Verb.SUSPENDS, stay, held, "2026-06-01")
    return held


def amending_the_dead(law):
    base, new = law.doc("9/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("30/2026/NĐ-CP", "2026-06-10", "2026-06-10")
    amending = law.doc("8/2018/NĐ-CP", "2018-05-01", "2018-07-01", title="Sửa đổi, bổ sung Nghị định số 9/2016/NĐ-CP")
    law.effect(Verb.AMENDS, amending, base)
    law.effect(Verb.REPLACES, new, base, "2026-06-01")
    return amending


def child_of_the_dead(law):
    parent, new = law.doc("9/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("30/2026/NĐ-CP", "2026-06-10", "2026-06-10")
    child = law.doc("8/2018/TT-BTC", "2018-05-01", "2018-07-01")
    law.effect(Verb.DETAILS, child, parent)
    law.effect(Verb.REPLACES, new, parent, "2024-06-01")
    return child


def superseded(law):
    old = law.doc("9/QĐ-BTC", "2016-05-01", issuer="Bộ Tài chính", type="Quyết định")
    new = law.doc("30/QĐ-BTC", "2026-06-10", issuer="Bộ Tài chính", type="Quyết định")
    law.effect(Verb.REPLACES, new, old, "2026-06-01")
    return old


EVERY = {"CITE-02": partly, "CITE-06": suspended, "CITE-07": coming, "CITE-09": amending_the_dead, "CITE-10": child_of_the_dead,
         "CITE-12": superseded}  # fmt: skip


@pytest.mark.parametrize("rule", EVERY)
def test_fp19_holds_for_every_rule_on_what_an_act_did(law, desk, rule):
    """The act was signed on 10/06: the day before nobody could know what it ends, whichever day it ends it from."""
    desk.cite(EVERY[rule](law), provisions=["dieu-5"] if rule == "CITE-02" else ())
    eve, same = ([one for one in desk.check(day) if one.rule == rule] for day in ("2026-06-09", DAY))
    assert [("FP19" in one.suppressed, one.severity.value) for one in eve] == [(True, "info")]
    assert [one.suppressed for one in same] == [()]


@pytest.mark.parametrize("rule", EVERY)
def test_fp1_holds_for_every_rule_on_a_cited_text(law, desk, rule):
    desk.extra["decision"] = LATER
    desk.cite(EVERY[rule](law), provisions=["dieu-5"] if rule == "CITE-02" else ())
    (found,) = (one for one in desk.check(DAY) if one.rule == rule)
    assert (found.suppressed, found.severity.value) == (("FP1",), "info")
    assert found.action.startswith("Chỉ ghi nhận") or rule == "CITE-12"


def test_fp1_holds_for_a_number_that_is_nobody_s(desk):
    desk.extra["decision"] = LATER
    desk.cite(None, number="09/2015/QĐ-CP", non_answer=NonAnswer.MALFORMED)
    assert desk.rules(DAY) == [("CITE-03", "info", ("FP1",))]


@pytest.mark.parametrize(("issued", "suppressed"), [("2026-06-10", ()), ("2026-06-11", ("FP19",))])
def test_fp19_holds_for_a_text_that_was_not_signed_yet_itself(law, desk, issued, suppressed):
    coming = law.doc("30/2026/NĐ-CP", issued, "2026-08-01")
    (found,) = desk.cite(coming, Part.FEES).check(DAY)
    assert (found.rule, found.suppressed) == ("CITE-05", suppressed)


@pytest.mark.parametrize(("day", "suppressed"), [("2026-06-09", ("FP19",)), ("2026-06-10", ())])
def test_fp19_holds_for_a_review_of_what_an_act_ended(law, day, suppressed):
    old, new = law.doc("9/2016/NĐ-CP", "2016-05-01", "2016-07-01", observed=False), law.doc("30/2026/NĐ-CP", "2026-06-10", "2026-06-10")
    law.effect(Verb.REPLACES, new, old, "2026-01-01")
    law.claim(old, date(2026, 3, 1), status="Còn hiệu lực")
    found = [one for one in check_documents(World(law.graph()), date.fromisoformat(day)) if one.rule == "REVIEW"]
    assert [one.suppressed for one in found] == [suppressed] * len(found)
    assert found
