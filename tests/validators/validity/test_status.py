"""The table of statuses, row by row, and the ordered steps behind it."""

from __future__ import annotations

from datetime import date

import pytest

from rasoat.records import BasisKind, Confidence, DateBasis, KnownFrom, Status, StatusBasis, Tier, Verb
from validators.validity import ValidityGraph


def on(graph: ValidityGraph, key: str, day: str, part: str | None = None, known: str | None = None) -> tuple[str, str]:
    verdict = graph.status(key, part, date.fromisoformat(day), date.fromisoformat(known) if known else None)
    return verdict.status.value, verdict.reason


def test_row_replaced_from_a_day(law):
    a, b = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2023/NĐ-CP", "2023-05-10", "2023-07-01")
    law.effect(Verb.REPLACES, b, a)
    graph = law.graph()
    assert on(graph, a, "2020-01-01") == ("in_force", "ends_later")
    assert on(graph, a, "2023-06-30") == ("in_force", "ends_later")
    assert on(graph, a, "2023-07-01") == ("expired", "ended")
    verdict = graph.status(a, None, date(2024, 1, 1))
    assert verdict.ended_by == verdict.successors == (b,)
    assert [(i.start, i.end) for i in verdict.intervals] == [(date(2016, 7, 1), date(2023, 7, 1))]
    assert verdict.evidence[0].quote == law.effects[0].quote


def food_safety(law):
    old, new = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-26", "2026-01-26")
    stay = law.doc("09/2026/NQ-CP", "2026-02-04", "2026-02-04")
    law.effect(Verb.REPLACES, new, old)
    law.effect(Verb.SUSPENDS, stay, new, "2026-02-04", until="2026-04-16")
    law.effect(Verb.REVIVES, stay, old, "2026-02-04", until="2026-04-16")
    return old, new


def test_row_ended_and_revived(law):
    old, new = food_safety(law)
    graph = law.graph()
    assert on(graph, old, "2026-01-30")[0] == "expired"
    assert on(graph, old, "2026-02-10")[0] == "in_force"
    assert on(graph, old, "2026-04-15")[0] == "in_force"
    assert on(graph, old, "2026-04-16")[0] == "expired"
    assert on(graph, new, "2026-02-03")[0] == "in_force"
    assert on(graph, new, "2026-02-04")[0] == "suspended"
    assert on(graph, new, "2026-04-15")[0] == "suspended"
    assert on(graph, new, "2026-04-16")[0] == "in_force"
    spans = [(i.start, i.end) for i in graph.intervals(old)]
    assert spans == [(date(2018, 2, 2), date(2026, 1, 26)), (date(2026, 2, 4), date(2026, 4, 16))]
    assert [i.end for i in graph.intervals(new)] == [date(2026, 2, 4), None]


def test_row_only_cited_but_ended(law):
    a, b = law.doc("10/2010/TT-BTC", known_from=KnownFrom.CITED), law.doc("20/2023/TT-BTC", "2023-05-10", "2023-07-01")
    law.effect(Verb.REPLACES, b, a, "2023-07-01")
    verdict = law.graph().status(a, None, date(2024, 1, 1))
    assert verdict.status is Status.EXPIRED
    assert verdict.intervals[0].start is None
    assert verdict.intervals[0].end == date(2023, 7, 1)


def test_row_stands_in_both_editions(law):
    a = law.doc("10/2016/NĐ-CP", "2016-05-01")
    law.edition("2024-03-15", [a])
    law.edition("2026-02-23", [a])
    verdict = law.graph().status(a, None, date(2026, 6, 10))
    assert (verdict.status, verdict.reason) == (Status.IN_FORCE, "sign_of_life")
    assert verdict.basis == StatusBasis(BasisKind.IN_CODIFIED_LAW, on=date(2026, 2, 23))


def test_row_left_the_codified_law(law):
    a, shelled = law.doc("10/2016/NĐ-CP", "2016-05-01"), law.doc("11/2016/NĐ-CP", "2016-05-01")
    law.edition("2024-03-15", [a])
    law.edition("2026-02-23", [])
    assert on(law.graph(), a, "2024-03-15") == ("in_force", "sign_of_life")
    assert on(law.graph(), a, "2024-06-10") == ("unknown", "left_codified_law")
    assert law.graph().status(a, None, date(2026, 6, 10)).left_codified_law == date(2026, 2, 23)
    law.editions.clear()
    law.edition("2024-09-15", [shelled])
    law.edition("2026-02-23", [], shells=["t"])
    assert on(law.graph(), shelled, "2026-06-10") == ("in_force", "sign_of_life")


def test_a_later_sign_outweighs_leaving(law):
    a = law.doc("10/2016/NĐ-CP", "2016-05-01")
    law.claim(a, date(2026, 5, 5), status="Còn hiệu lực")
    law.edition("2024-03-15", [a])
    law.edition("2026-02-23", [])
    assert on(law.graph(), a, "2026-06-10") == ("in_force", "sign_of_life")


def test_row_only_cited(law):
    a = law.doc("10/2016/NĐ-CP", known_from=KnownFrom.CITED)
    assert on(law.graph(), a, "2026-06-10") == ("unknown", "no_entry_date")


def test_row_old_text_and_nothing_else(law):
    a = law.doc("10/1998/NĐ-CP", "1998-05-01", "1998-06-01")
    assert on(law.graph(), a, "2026-06-10") == ("unknown", "no_sign_of_life")
    assert on(law.graph(), a, "2000-06-01")[0] == "in_force"
    assert on(law.graph(), a, "2000-06-02")[0] == "unknown"


def test_row_gateway_says_dead_without_a_clause(law):
    a = law.doc("10/2008/NĐ-CP", "2008-05-01", "2008-06-01", status="Hết hiệu lực toàn bộ")
    assert on(law.graph(), a, "2026-06-10") == ("unknown", "no_sign_of_life")


def test_row_stated_term(law):
    a = law.doc("66.18/2026/NQ-CP", "2026-06-20", "2026-07-01")
    law.effect(Verb.EXPIRES, a, on="2027-03-01", basis=DateBasis.TERM)
    assert on(law.graph(), a, "2027-02-28") == ("in_force", "ends_later")
    assert on(law.graph(), a, "2027-03-01") == ("expired", "ended")


@pytest.mark.parametrize(("day", "status"), [("2025-12-31", "not_yet"), ("2026-02-01", "not_yet"), ("2026-03-01", "in_force")])
def test_begins_on_its_day(law, day, status):
    a = law.doc("143/2025/QH15", "2025-12-11", "2026-03-01")
    assert on(law.graph(), a, day)[0] == status


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-12-10", ("not_yet", "not_yet")),
        ("2025-12-11", ("unknown", "no_entry_date")),
        ("2026-01-25", ("unknown", "no_entry_date")),
        ("2026-01-26", ("in_force", "sign_of_life")),
    ],
)
def test_no_entry_known(law, day, said):
    a = law.doc("143/2025/QH15", "2025-12-11")
    law.edition("2026-02-23", [a])
    assert on(law.graph(), a, day) == said


def test_number_of_a_later_year_is_not_yet(law):
    a = law.doc("10/2016/NĐ-CP", known_from=KnownFrom.CITED)
    law.edition("2026-02-23", [a])
    assert on(law.graph(), a, "2015-06-01")[0] == "not_yet"


def test_which_document(law):
    individual = law.doc("935/QĐ-UBND", "2025-05-01", issuer="UBND tỉnh Lai Châu")
    old = law.doc("89/CP", "1997-11-07", type="Nghị định")
    assert on(law.graph(), "nothing", "2026-01-01")[0] == "unknown_document"
    assert on(law.graph(), individual, "2026-01-01")[0] == "not_normative"
    assert on(law.graph(), old, "2026-01-01")[0] == "unknown"


def test_provision_asks_its_containers(law):
    a, b = law.doc("123/2015/NĐ-CP", "2015-11-15", "2016-01-01"), law.doc("87/2020/NĐ-CP", "2020-07-28", "2020-09-15")
    law.effect(Verb.REPEALS, b, a, part="dieu-12/khoan-1")
    law.effect(Verb.REPEALS, b, a, part="chuong-II")
    law.containers[a, "dieu-15"] = "chuong-II/muc-1"
    graph = law.graph()
    assert on(graph, a, "2020-09-14", "dieu-12/khoan-1")[0] == "in_force"
    assert on(graph, a, "2020-09-15", "dieu-12/khoan-1/diem-a")[0] == "expired"
    assert on(graph, a, "2020-09-15", "dieu-12/khoan-2")[0] == "in_force"
    assert on(graph, a, "2020-09-15", "dieu-12")[0] == "partly_in_force"
    assert on(graph, a, "2020-09-15", "dieu-15/khoan-3")[0] == "expired"
    assert on(graph, a, "2020-09-15")[0] == "partly_in_force"
    assert on(graph, a, "2020-09-14")[0] == "in_force"


def test_survivors_keep_the_document_partly_alive_to_their_term(law):
    a, b = law.doc("50/2017/TT-BTC", "2017-05-15", "2017-07-01"), law.doc("67/2023/TT-BTC", "2023-11-02", "2023-11-02")
    law.effect(Verb.REPLACES, b, a, exceptions=("dieu-20", "chuong-VI"))
    for part in ("dieu-20", "chuong-VI"):
        law.effect(Verb.PROLONGS, b, a, part=part, until="2028-01-01")
    graph = law.graph()
    assert on(graph, a, "2026-06-10") == ("partly_in_force", "survivors")
    assert graph.status(a, None, date(2026, 6, 10)).survivors == ("chuong-VI", "dieu-20")
    assert on(graph, a, "2026-06-10", "dieu-20/khoan-1")[0] == "in_force"
    assert on(graph, a, "2026-06-10", "dieu-21")[0] == "expired"
    assert on(graph, a, "2028-01-01", "dieu-20")[0] == "expired"
    assert on(graph, a, "2028-01-01")[0] == "expired"


def test_unnamed_survivors(law):
    a, b = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2023/NĐ-CP", "2023-05-10", "2023-07-01")
    law.effect(Verb.REPLACES, b, a, exceptions=("?",))
    assert on(law.graph(), a, "2024-01-01") == ("partly_in_force", "survivors")
    assert on(law.graph(), a, "2024-01-01", "dieu-3") == ("unknown", "survivors_unnamed")


def test_staggered_entry(law):
    a = law.doc("96/2026/NĐ-CP", "2026-03-31", "2026-03-31")
    law.effect(Verb.ENTERS_INTO_FORCE, a, on="2026-07-01", part="dieu-11")
    assert on(law.graph(), a, "2026-04-01", "dieu-11/khoan-2")[0] == "not_yet"
    assert on(law.graph(), a, "2026-07-01", "dieu-11/khoan-2")[0] == "in_force"
    assert on(law.graph(), a, "2026-04-01", "dieu-12")[0] == "in_force"


def test_anchored_to_another_text(law):
    a, invest = law.doc("31/2021/NĐ-CP", "2021-03-26", "2021-03-26"), law.doc("143/2025/QH15", "2025-12-11", "2026-03-01")
    b = law.doc("96/2026/NĐ-CP", "2026-03-31", "2026-03-31")
    law.effect(Verb.REPLACES, b, a, basis=DateBasis.ANCHORED, anchor=invest)
    verdict = law.graph().status(a, None, date(2026, 11, 22))
    assert (verdict.status, verdict.basis) == (Status.EXPIRED, StatusBasis(BasisKind.CLAUSE, dated=DateBasis.ANCHORED))
    assert verdict.intervals[-1].end == date(2026, 3, 1)
    assert on(law.graph(), a, "2026-02-28")[0] == "in_force"


def test_undated_ends_nothing(law):
    a, b = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2025/NĐ-CP", "2025-05-10")
    law.effect(Verb.REPLACES, b, a)
    law.effect(Verb.REPLACES, b, a, basis=DateBasis.ANCHORED, anchor="no-such-key")
    assert on(law.graph(), a, "2026-01-01")[0] == "unknown"


def test_days_after_signing(law):
    a, b = law.doc("10/2003/QĐ-BTC", "2003-05-01"), law.doc("15/2014/QĐ-UBND", "2014-06-10", issuer="UBND tỉnh Ninh Bình")
    law.effect(Verb.ENTERS_INTO_FORCE, b, basis=DateBasis.SIGN_PLUS, days=10)
    law.effect(Verb.REPEALS, b, a)
    assert on(law.graph(), a, "2014-06-19")[0] == "in_force"
    assert on(law.graph(), a, "2014-06-20")[0] == "expired"


def test_an_ending_needs_a_living_source(law):
    a, b, c = (
        law.doc("1/2016/NĐ-CP", "2016-05-01", "2016-07-01"),
        law.doc("2/2025/NĐ-CP", "2025-05-10", "2025-07-01"),
        law.doc("3/2025/NĐ-CP", "2025-06-10", "2025-06-20"),
    )
    law.effect(Verb.REPLACES, b, a, "2025-09-01")
    law.effect(Verb.REPEALS, c, b, "2025-08-01")
    law.claim(a, date(2026, 3, 1), status="Còn hiệu lực")
    assert on(law.graph(), a, "2026-01-01")[0] == "in_force"


def test_an_ending_waits_for_a_suspended_source(law):
    a, b, c = (
        law.doc("1/2016/NĐ-CP", "2016-05-01", "2016-07-01"),
        law.doc("2/2025/NĐ-CP", "2025-05-10", "2025-07-01"),
        law.doc("3/2025/NQ-CP", "2025-06-10", "2025-06-20"),
    )
    law.effect(Verb.REPLACES, b, a, "2025-09-01")
    law.effect(Verb.SUSPENDS, c, b, "2025-08-01", until="2025-10-01")
    assert on(law.graph(), a, "2025-09-15")[0] == "in_force"
    assert on(law.graph(), a, "2025-10-01")[0] == "expired"


def test_tiers(law):
    a, b = (
        law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01", title="Quy định về quản lý cảng biển"),
        law.doc("20/2023/NĐ-CP", "2023-05-10", "2023-07-01"),
    )
    law.effect(Verb.REPLACES, b, a, "2023-07-01", tier=Tier.D)
    law.effect(Verb.REPLACES, b, a, "2023-07-01", tier=Tier.C, quote="thay thế Nghị định số 10/2016/NĐ-CP")
    assert on(law.graph(), a, "2024-01-01")[0] == "unknown"
    agreed = "thay thế Nghị định số 10/2016/NĐ-CP ngày 01 tháng 5 năm 2016 quy định vê quản lý cảng biển"
    law.effect(Verb.REPLACES, b, a, "2023-07-01", tier=Tier.C, quote=agreed)
    assert law.graph().status(a, None, date(2024, 1, 1)).confidence is Confidence.LOW
    law.effect(Verb.REPLACES, b, a, "2023-07-01", tier=Tier.B)
    assert law.graph().status(a, None, date(2024, 1, 1)).confidence is Confidence.MEDIUM
    law.effect(Verb.REPLACES, b, a, "2023-07-01", tier=Tier.A)
    assert law.graph().status(a, None, date(2024, 1, 1)).confidence is Confidence.HIGH


def test_two_clauses_that_disagree(law):
    a = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01")
    b, c = law.doc("20/2023/NĐ-CP", "2023-05-10", "2023-07-01"), law.doc("21/2023/NĐ-CP", "2023-06-10", "2023-06-15")
    law.effect(Verb.REPLACES, b, a, "2023-07-01")
    law.effect(Verb.REPEALS, c, a, "2024-01-01")
    verdict = law.graph().status(a, None, date(2023, 8, 1))
    assert (verdict.status, verdict.reason) == (Status.IN_FORCE, "ends_later")
    ended = law.graph().status(a, None, date(2024, 1, 1))
    assert (ended.status, ended.confidence) == (Status.EXPIRED, Confidence.LOW)
    assert {one.document for one in ended.evidence} == {b, c}


def test_repealing_the_dead_again_moves_no_date(law):
    a = law.doc("10/2006/NĐ-CP", "2006-05-01", "2006-07-01")
    b, c = law.doc("20/2013/NĐ-CP", "2013-05-10", "2013-07-01"), law.doc("21/2023/NĐ-CP", "2023-06-10", "2023-08-15")
    law.effect(Verb.REPLACES, b, a)
    law.effect(Verb.REPEALS, c, a)
    between = law.graph().status(a, None, date(2015, 1, 1))
    assert (between.status, between.confidence) == (Status.EXPIRED, Confidence.LOW)
    assert law.graph().status(a, None, date(2024, 1, 1)).confidence is Confidence.HIGH


def test_a_lower_body_puts_nothing_off(law):
    a = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01")
    b, c = law.doc("20/2023/QH15", "2023-05-10", "2023-07-01"), law.doc("21/2023/TT-BTC", "2023-06-10", "2023-06-15")
    law.effect(Verb.REPLACES, b, a, "2023-07-01")
    law.effect(Verb.REPEALS, c, a, "2024-01-01")
    assert on(law.graph(), a, "2023-08-01")[0] == "expired"


def test_nothing_ends_what_came_after_it(law):
    a, b = law.doc("10/2025/NĐ-CP", "2025-05-01", "2025-07-01"), law.doc("20/2023/NĐ-CP", "2023-05-10", "2023-07-01")
    law.effect(Verb.REPLACES, b, a, "2025-09-01")
    assert on(law.graph(), a, "2026-01-01")[0] == "in_force"


def test_corrections_and_amendments_end_nothing(law):
    a, b = law.doc("3/2016/TT-BTC", "2016-05-01", "2016-07-01"), law.doc("4/2025/TT-BTC", "2025-05-10", "2025-07-01")
    law.effect(Verb.CORRECTS, b, a)
    law.effect(Verb.AMENDS, b, a, part="dieu-5/khoan-1")
    assert on(law.graph(), a, "2026-01-01") == ("in_force", "sign_of_life")
    assert on(law.graph(), a, "2026-01-01", "dieu-5/khoan-1")[0] == "in_force"


def test_prolonged_sunset(law):
    a, b = law.doc("120/2025/NĐ-CP", "2025-06-11", "2025-07-01"), law.doc("9/2027/NQ-CP", "2027-02-11", "2027-02-11")
    law.effect(Verb.EXPIRES, a, on="2027-03-01", basis=DateBasis.TERM)
    law.effect(Verb.PROLONGS, b, a, until="2028-03-01")
    assert on(law.graph(), a, "2027-06-01")[0] == "in_force"
    assert on(law.graph(), a, "2028-03-01")[0] == "expired"


def test_consolidated_text_has_the_force_of_its_base(law):
    base, amending = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("12/2018/NĐ-CP", "2018-05-01", "2018-07-01")
    text, new = law.doc("03/VBHN-BTC", "2019-01-01", type="Văn bản hợp nhất"), law.doc("20/2023/NĐ-CP", "2023-05-10", "2023-07-01")
    law.effect(Verb.AMENDS, amending, base)
    law.effect(Verb.CONSOLIDATES, text, base)
    law.effect(Verb.CONSOLIDATES, text, amending)
    law.effect(Verb.REPLACES, new, base)
    assert on(law.graph(), text, "2020-01-01")[0] == "in_force"
    assert on(law.graph(), text, "2024-01-01")[0] == "expired"


def test_consolidated_text_ends_nothing(law):
    """It repeats the ending clause of its base: that clause acts on the base's day, never on the consolidated text's."""
    old, base = law.doc("8/2010/NĐ-CP", "2010-05-01", "2010-07-01"), law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01")
    text = law.doc("03/VBHN-BTC", "2019-01-01", "2019-01-01", type="Văn bản hợp nhất")
    law.effect(Verb.CONSOLIDATES, text, base)
    law.effect(Verb.REPLACES, text, old)
    law.edition("2019-06-30", [old])
    assert on(law.graph(), old, "2019-06-30")[0] == "in_force"
    assert law.graph().successors(old) == ()
    law.effect(Verb.REPLACES, base, old)
    verdict = law.graph().status(old, None, date(2019, 6, 30))
    assert (verdict.status.value, verdict.ended_by, verdict.intervals[0].end) == ("expired", (base,), date(2016, 7, 1))


@pytest.mark.parametrize("ended", ["2012-06-30", "2016-07-01", "2025-03-31", "2025-04-01"])
def test_a_detailing_text_never_ends_by_its_parents_end_alone(law, ended):
    """The decision table of parent and child asserts at most a suspicion (CITE-10): the child's own status is its own facts'."""
    parent, new = law.doc("1/2010/NĐ-CP", "2010-05-01", "2010-07-01"), law.doc("2/2012/NĐ-CP", "2012-05-01", "2012-05-15")
    child = law.doc("3/2011/TT-BTC", "2011-05-01", "2011-07-01")
    law.effect(Verb.REPLACES, new, parent, ended)
    law.effect(Verb.DETAILS, child, parent)
    law.edition("2026-02-23", [child])
    assert on(law.graph(), parent, "2026-03-01")[0] == "expired"
    assert on(law.graph(), child, "2026-03-01") == ("in_force", "sign_of_life")
