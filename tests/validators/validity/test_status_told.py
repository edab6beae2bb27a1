"""What is told beside a status: what replaced it, when that was known, and what speaks against it."""

from __future__ import annotations

from datetime import date

from rasoat.records import Confidence, DateBasis, Status, Verb
from tests.validators.validity.test_status import on


def test_chain_of_successors(law):
    a, b, c = (
        law.doc("15/2021/NĐ-CP", "2021-03-03", "2021-03-03"),
        law.doc("175/2024/NĐ-CP", "2024-12-30", "2024-12-30"),
        law.doc("217/2026/NĐ-CP", "2026-06-20", "2026-07-01"),
    )
    law.effect(Verb.REPLACES, b, a)
    law.effect(Verb.REPLACES, c, b)
    law.effect(Verb.REPLACES, a, c, "2030-01-01")
    assert law.graph().status(a, None, date(2026, 11, 22)).successors == (b, c)


def test_known_then_and_known_now(law):
    a, b = (
        law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01", seen=date(2024, 1, 1)),
        law.doc("20/2026/NĐ-CP", "2026-05-10", "2026-05-20", seen=date(2026, 7, 1)),
    )
    law.claim(a, date(2025, 1, 1), status="Còn hiệu lực")
    law.effect(Verb.REPLACES, b, a, seen=date(2026, 7, 1))
    graph = law.graph()
    assert on(graph, a, "2026-06-10")[0] == "expired"
    assert on(graph, a, "2026-06-10", known="2026-06-10") == ("in_force", "sign_of_life")
    assert on(graph, b, "2026-06-10", known="2026-06-10")[0] == "unknown_document"


def test_a_publisher_that_still_shows_it_soon_after_its_end_lowers_confidence(law):
    old, new = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-26", "2026-01-26")
    law.effect(Verb.REPLACES, new, old)
    assert law.graph().status(old, None, date(2026, 6, 10)).confidence is Confidence.HIGH
    law.edition("2026-02-23", [old])
    verdict = law.graph().status(old, None, date(2026, 6, 10))
    assert (verdict.status, verdict.confidence) == (Status.EXPIRED, Confidence.LOW)


def test_a_list_that_lags_for_years_lowers_nothing_but_a_printed_term(law):
    old, new = law.doc("33/2019/NĐ-CP", "2019-02-02", "2019-04-02"), law.doc("46/2022/NĐ-CP", "2022-01-26", "2022-01-26")
    law.effect(Verb.REPLACES, new, old)
    pilot = law.doc("7/2017/NĐ-CP", "2017-02-02", "2017-02-02")
    law.effect(Verb.EXPIRES, pilot, None, "2019-02-01", basis=DateBasis.TERM)
    law.edition("2026-02-23", [old, pilot])
    graph = law.graph()
    assert graph.status(old, None, date(2026, 6, 10)).confidence is Confidence.HIGH
    assert graph.status(pilot, None, date(2026, 6, 10)).confidence is Confidence.LOW


def test_the_record_of_the_ending_text_gives_a_later_day(law):
    old, new = law.doc("40/2021/TT-BTC", "2021-06-01", "2021-08-01"), law.doc("18/2026/TT-BTC", "2026-03-05", "2026-08-01")
    law.effect(Verb.ENTERS_INTO_FORCE, new, None, "2026-03-05", place="dieu-9")
    law.effect(Verb.REPLACES, new, old)
    graph = law.graph()
    between, after = graph.status(old, None, date(2026, 6, 10)), graph.status(old, None, date(2026, 8, 1))
    assert (between.status, between.confidence) == (Status.EXPIRED, Confidence.LOW)
    assert (after.status, after.confidence) == (Status.EXPIRED, Confidence.HIGH)
