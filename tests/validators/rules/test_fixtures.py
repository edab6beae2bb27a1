"""Real documents whose fate lawyers agree on, built from their numbers and dates."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from queries.document_status import document_status
from rasoat.records import BasisKind, Confidence, DateBasis, NonAnswer, Part, Role, Severity, Status, StatusBasis, Verb
from validators.validity import GraphAnswers

TODAY = "2026-11-22"


@pytest.fixture
def book(law):
    def doc(number, issued, entry, **more):
        return law.doc(number, issued, entry, **more)

    made = {
        "42": doc("42/2022/NĐ-CP", "2022-06-24", "2022-08-15"),
        "224": doc("224/2026/NĐ-CP", "2026-06-22", "2026-07-01"),
        "60": doc("60/2014/QH13", "2014-11-20", "2016-01-01"),
        "03": doc("03/2026/QH16", "2026-06-15", "2027-03-01"),
        "15f": doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"),
        "46": doc("46/2026/NĐ-CP", "2026-01-26", "2026-01-26"),
        "09": doc("09/2026/NQ-CP", "2026-02-04", "2026-02-04"),
        "61": doc("61/2018/NĐ-CP", "2018-04-23", "2018-06-21"),
        "118": doc("118/2025/NĐ-CP", "2025-06-09", "2025-07-01"),
        "367": doc("367/2025/NĐ-CP", "2025-12-31", "2025-12-31", title="sửa đổi, bổ sung một số điều của Nghị định số 118/2025/NĐ-CP"),
        "309": doc("309/2026/NĐ-CP", "2026-08-05", "2026-08-05"),
        "tt01": doc("01/2018/TT-VPCP", "2018-11-23", "2019-01-08"),
        "15": doc("15/2021/NĐ-CP", "2021-03-03", "2021-03-03"),
        "175": doc("175/2024/NĐ-CP", "2024-12-30", "2024-12-30"),
        "217": doc("217/2026/NĐ-CP", "2026-06-20", "2026-07-01"),
        "123": doc("123/2015/NĐ-CP", "2015-11-15", "2016-01-01"),
        "87": doc("87/2020/NĐ-CP", "2020-07-28", "2020-09-15"),
        "09q": doc("09/2015/QĐ-TTg", "2015-03-25", "2015-06-15"),
        "31": doc("31/2021/NĐ-CP", "2021-03-26", "2021-03-26"),
        "143": doc("143/2025/QH15", "2025-12-11", "2026-03-01"),
        "96": doc("96/2026/NĐ-CP", "2026-03-31", "2026-03-31"),
    }
    law.effect(Verb.REPLACES, made["224"], made["42"], place="dieu-90/khoan-2/diem-b")
    law.effect(Verb.REPEALS, made["224"], made["367"], part="dieu-1/khoan-9", place="dieu-89/khoan-3")
    law.effect(Verb.REPLACES, made["03"], made["60"])
    law.effect(Verb.REPLACES, made["46"], made["15f"])
    law.effect(Verb.SUSPENDS, made["09"], made["46"], "2026-02-04", until="2026-04-16")
    law.effect(Verb.REVIVES, made["09"], made["15f"], "2026-02-04", until="2026-04-16")
    law.effect(Verb.REPLACES, made["118"], made["61"])
    law.effect(Verb.AMENDS, made["367"], made["118"])
    law.effect(Verb.AMENDS, made["309"], made["118"])
    law.effect(Verb.DETAILS, made["tt01"], made["61"])
    law.effect(Verb.REPLACES, made["175"], made["15"])
    law.effect(Verb.REPLACES, made["217"], made["175"])
    law.effect(Verb.REPEALS, made["87"], made["123"], part="dieu-12/khoan-1")
    law.effect(Verb.REPEALS, made["87"], made["123"], part="dieu-12/khoan-2")
    law.effect(Verb.REPLACES, made["61"], made["09q"], "2018-06-21")
    law.effect(Verb.REPLACES, made["96"], made["31"], basis=DateBasis.ANCHORED, anchor=made["143"])
    law.edition("2026-02-23", [made["123"]])
    return made


def only(findings, rule):
    found = [one for one in findings if one.rule == rule]
    assert len(found) == 1
    return found[0]


def test_f1_expired_with_its_clause(book, desk):
    found = only(desk.cite(book["42"]).check(TODAY), "CITE-01")
    assert (found.severity, found.confidence) == (Severity.HIGH, Confidence.HIGH)
    assert found.interval.end == date(2026, 7, 1)
    assert (found.ended_by, found.successors) == (("224/2026/NĐ-CP",), ("224/2026/NĐ-CP",))
    assert (found.clause.document, found.clause.provision) == ("224/2026/NĐ-CP", "dieu-90/khoan-2/diem-b")
    assert found.quote == "Nghị định 42/2022/NĐ-CP"
    assert "01/07/2026" in found.message
    assert "224/2026/NĐ-CP" in found.action


def test_f2_eve_of_the_end(book, desk):
    found = desk.cite(book["42"]).check("2026-06-30")
    assert [one.rule for one in found] == ["CITE-07"]
    assert only(found, "CITE-07").interval.end == date(2026, 7, 1)


def test_f3_ends_in_99_days(book, desk):
    found = desk.cite(book["60"]).check(TODAY)
    assert [one.rule for one in found] == ["CITE-07"]
    assert "còn 99 ngày" in found[0].message


def test_f4_revived(book, desk):
    assert "CITE-01" not in [one.rule for one in desk.cite(book["15f"]).check("2026-02-10")]


def test_f5_before_the_revival(book, desk):
    assert only(desk.cite(book["15f"]).check("2026-01-30"), "CITE-01").interval.end == date(2026, 1, 26)


def test_f6_title_and_child(book, desk):
    desk.cite(book["tt01"], after=" hướng dẫn ").cite(book["61"], role=Role.IN_TITLE)
    rules = desk.rules("2025-09-09")
    assert ("CITE-01", "info", ("FP6",)) in rules
    assert ("CITE-10", "info", ("FP11",)) in rules
    assert not [one for one in rules if one[0] == "CITE-01" and one[1] != "info"]


def test_f7_one_hop(book, desk):
    assert only(desk.cite(book["175"]).check(TODAY), "CITE-01").ended_by == ("217/2026/NĐ-CP",)


def test_f8_both_hops(book, desk):
    found = only(desk.cite(book["15"]).check(TODAY), "CITE-01")
    assert found.successors == ("175/2024/NĐ-CP", "217/2026/NĐ-CP")
    assert found.ended_by == ("175/2024/NĐ-CP",)


def test_f9_partly_without_provision(book, desk):
    assert desk.cite(book["123"]).rules(TODAY) == [("CITE-02", "info", ("FP8",))]


def test_f10_dead_provision(book, desk):
    found = only(desk.cite(book["123"], provisions=["dieu-12/khoan-1"]).check(TODAY), "CITE-02")
    assert (found.provision, found.severity, found.clause.document) == ("dieu-12/khoan-1", Severity.HIGH, "87/2020/NĐ-CP")
    assert found.interval.end == date(2020, 9, 15)


def test_f10_other_provision_is_alive(book, desk):
    assert desk.cite(book["123"], provisions=["dieu-15"]).check(TODAY) == []


def test_f11_local_number_without_issuer(law, book, desk):
    keys = [
        law.doc("12/2019/QĐ-UBND", "2019-05-01", "2019-05-15", issuer=f"UBND tỉnh {name}", id=f"12/2019/QĐ-UBND@{name}")
        for name in ("Yên Bái", "Lào Cai")
    ]
    law.effect(Verb.REPEALS, book["118"], keys[0])
    desk.cite(None, number="12/2019/QĐ-UBND", non_answer=NonAnswer.AMBIGUOUS, candidates=tuple(keys))
    assert desk.check(TODAY) == []
    said = document_status(partial(GraphAnswers, law.graph()), {"number": "12/2019/QĐ-UBND", "as_of": TODAY, "id": 7}).line.as_json()
    assert (said["status"], said["id"], len(said["candidates"])) == ("ambiguous", 7, 2)
    named = document_status(
        partial(GraphAnswers, law.graph()), {"number": "12/2019/QĐ-UBND", "issuer": "Ủy ban nhân dân tỉnh Yên Bái", "as_of": TODAY}
    ).line.as_json()
    assert named["status"] == "expired"


def test_f12_amended_and_amendment(book, desk):
    desk.cite(book["118"], after=" được sửa đổi bởi ").cite(book["367"], role=Role.AMENDED_BY)
    assert all(severity == "info" for _, severity, _ in desk.rules(TODAY))


def test_f15_suggestion_then_confirmation(book, new_desk):
    wrong = {"number": "09/2015/QĐ-CP", "non_answer": NonAnswer.UNKNOWN_DOCUMENT, "suggestion": book["09q"]}
    found = new_desk().cite(None, **wrong).check(TODAY)
    assert [(one.rule, one.suggestion, one.severity) for one in found] == [("CITE-03", "09/2015/QĐ-TTg", Severity.LOW)]
    confirmed = new_desk(confirmed={"09/2015/QĐ-CP": book["09q"]}).cite(None, **wrong).check(TODAY)
    assert [(one.rule, one.object, one.ended_by) for one in confirmed] == [("CITE-01", "09/2015/QĐ-TTg", ("61/2018/NĐ-CP",))]


def test_f16_papers_are_no_documents(book, desk):
    desk.texts[Part.REQUIREMENTS] = "Giấy phép hết hiệu lực thì phải nộp lại."
    assert desk.check(TODAY) == []


def test_f17_anchored(book, desk):
    found = only(desk.cite(book["31"]).check(TODAY), "CITE-01")
    assert found.interval.end == date(2026, 3, 1)
    verdict = desk.book.graph().status(book["31"], None, date(2026, 11, 22))
    assert (verdict.basis, verdict.status) == (StatusBasis(BasisKind.CLAUSE, dated=DateBasis.ANCHORED), Status.EXPIRED)
