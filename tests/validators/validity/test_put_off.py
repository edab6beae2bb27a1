"""Entries that another text puts off, parts that begin on their own days, terms that another text sets, days that are counted."""

from __future__ import annotations

from datetime import date

import pytest

from rasoat.records import BasisKind, Confidence, DateBasis, Status, Verb

LAW, YEAR = date(2026, 7, 1), date(2027, 1, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def put_off(law):
    """A decree of 2025 in force from 01/07/2026, and a later one that acts on it."""
    law.old = law.doc("512/2025/NĐ-CP", "2025-12-09", "2026-07-01")
    law.new = law.doc("650/2026/NĐ-CP", "2026-05-20", "2026-05-20")
    law.effect(Verb.ENTERS_INTO_FORCE, law.old, on="2026-07-01")
    return law


def statuses(law, key: str, *days: str, part: str | None = None) -> list[Status]:
    graph = law.graph()
    return [graph.status(key, part, day(one)).status for one in days]


def test_a_text_that_is_put_off_begins_on_the_new_day(put_off) -> None:
    put_off.effect(Verb.POSTPONES, put_off.new, put_off.old, "2027-01-01")
    asked = ("2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01")
    assert statuses(put_off, put_off.old, *asked) == [Status.NOT_YET] * 3 + [Status.IN_FORCE]
    (interval,) = put_off.graph().intervals(put_off.old)
    assert (interval.start, interval.end) == (YEAR, None)


def test_a_part_that_is_put_off(put_off) -> None:
    put_off.effect(Verb.POSTPONES, put_off.new, put_off.old, "2027-01-01", part="dieu-5")
    assert statuses(put_off, put_off.old, "2026-09-01", part="dieu-5/khoan-2") == [Status.NOT_YET]
    assert statuses(put_off, put_off.old, "2026-09-01", part="dieu-6") == [Status.IN_FORCE]
    assert statuses(put_off, put_off.old, "2026-09-01") == [Status.IN_FORCE]


def test_a_part_with_a_later_day_of_its_own_keeps_it(put_off) -> None:
    put_off.effect(Verb.ENTERS_INTO_FORCE, put_off.old, on="2028-01-01", part="dieu-5")
    put_off.effect(Verb.ENTERS_INTO_FORCE, put_off.old, on="2026-01-01", part="dieu-6")
    put_off.effect(Verb.POSTPONES, put_off.new, put_off.old, "2027-01-01")
    assert statuses(put_off, put_off.old, "2027-06-01", "2028-01-01", part="dieu-5") == [Status.NOT_YET, Status.IN_FORCE]
    assert statuses(put_off, put_off.old, "2026-12-31", "2027-01-01", part="dieu-6") == [Status.NOT_YET, Status.IN_FORCE]


def test_put_off_to_a_day_that_nobody_can_tell(put_off) -> None:
    put_off.effect(Verb.POSTPONES, put_off.new, put_off.old, basis=DateBasis.UNSTATED)
    graph = put_off.graph()
    assert graph.status(put_off.old, None, day("2026-06-30")).status is Status.NOT_YET
    verdict = graph.status(put_off.old, None, LAW)
    assert (verdict.status, verdict.reason, verdict.basis.kind) == (Status.UNKNOWN, "entry_open", BasisKind.ENTRY_OPEN)
    assert verdict.basis.documents == ("650/2026/NĐ-CP",)
    assert [clause.effect for clause in verdict.evidence] == [Verb.POSTPONES]


def test_it_is_in_force_once_a_publisher_shows_it_so(put_off) -> None:
    put_off.effect(Verb.POSTPONES, put_off.new, put_off.old, basis=DateBasis.UNSTATED)
    put_off.claim(put_off.old, day("2027-03-01"), status="Còn hiệu lực")
    assert statuses(put_off, put_off.old, "2027-02-28", "2027-03-01") == [Status.UNKNOWN, Status.IN_FORCE]


def test_what_is_put_off_ends_nothing_before(put_off) -> None:
    ended = put_off.doc("30/2015/NĐ-CP", "2015-03-01", "2015-05-01")
    put_off.effect(Verb.REPLACES, put_off.old, ended)
    put_off.effect(Verb.POSTPONES, put_off.new, put_off.old, "2027-01-01")
    assert statuses(put_off, ended, "2026-12-31", "2027-01-01") == [Status.IN_FORCE, Status.EXPIRED]


def test_put_off_to_the_day_of_another_text(put_off) -> None:
    anchor = put_off.doc("9/2026/NĐ-CP", "2026-02-01", "2026-10-01")
    put_off.effect(Verb.POSTPONES, put_off.new, put_off.old, basis=DateBasis.ANCHORED, anchor=anchor)
    assert statuses(put_off, put_off.old, "2026-09-30", "2026-10-01") == [Status.NOT_YET, Status.IN_FORCE]


@pytest.mark.parametrize(("number", "issued"), [("7/2026/TT-BTC", "2026-05-20"), ("7/2024/NĐ-CP", "2024-05-20")])
def test_neither_a_lower_nor_an_earlier_text_puts_off(put_off, number: str, issued: str) -> None:
    other = put_off.doc(number, issued, issued)
    put_off.effect(Verb.POSTPONES, other, put_off.old, "2027-01-01")
    assert statuses(put_off, put_off.old, "2026-09-01") == [Status.IN_FORCE]


def test_a_part_that_begins_on_an_unknown_day(put_off) -> None:
    put_off.effect(Verb.ENTERS_INTO_FORCE, put_off.old, part="dieu-5", basis=DateBasis.UNSTATED)
    assert statuses(put_off, put_off.old, "2026-06-30", "2026-07-01", part="dieu-5") == [Status.NOT_YET, Status.UNKNOWN]
    assert statuses(put_off, put_off.old, "2026-07-01", part="dieu-6") == [Status.IN_FORCE]


@pytest.mark.parametrize(
    ("basis", "counted", "out"),
    [
        (DateBasis.ENTRY_PLUS, {"months": 12}, "2027-05-20"),
        (DateBasis.ENTRY_PLUS, {"days": 45}, "2026-07-04"),
        (DateBasis.SIGN_PLUS, {"months": 1}, "2026-06-20"),
    ],
)
def test_a_day_is_counted(put_off, basis: DateBasis, counted: dict[str, int], out: str) -> None:
    ended = put_off.doc("30/2015/NĐ-CP", "2015-03-01", "2015-05-01")
    put_off.effect(Verb.REPEALS, put_off.new, ended, basis=basis, **counted)
    graph = put_off.graph()
    assert graph.status(ended, None, day(out)).status is Status.EXPIRED
    assert graph.status(ended, None, date.fromordinal(day(out).toordinal() - 1)).status is Status.IN_FORCE
    assert graph.status(ended, None, day(out)).basis.dated is basis


def test_a_term_set_by_another_text_ends_what_nothing_else_ends(put_off) -> None:
    put_off.effect(Verb.PROLONGS, put_off.new, put_off.old, until="2027-01-01")
    verdict = put_off.graph().status(put_off.old, None, YEAR)
    assert (verdict.status, verdict.basis.dated, verdict.ended_by) == (Status.EXPIRED, DateBasis.TERM, (put_off.new,))
    assert statuses(put_off, put_off.old, "2026-12-31") == [Status.IN_FORCE]


def test_a_second_term_moves_the_first(put_off) -> None:
    again = put_off.doc("800/2026/NĐ-CP", "2026-11-01", "2026-11-01")
    put_off.effect(Verb.PROLONGS, put_off.new, put_off.old, until="2027-01-01")
    put_off.effect(Verb.PROLONGS, again, put_off.old, until="2028-01-01")
    assert statuses(put_off, put_off.old, "2027-06-01", "2028-01-01") == [Status.IN_FORCE, Status.EXPIRED]


def test_a_term_for_some_cases_ends_nothing(put_off) -> None:
    put_off.effect(Verb.PROLONGS, put_off.new, put_off.old, until="2027-01-01", confidence=Confidence.LOW)
    assert statuses(put_off, put_off.old, "2027-06-01") == [Status.IN_FORCE]


def test_a_text_that_lasts_as_long_as_another(put_off) -> None:
    put_off.effect(Verb.EXPIRES, put_off.old, basis=DateBasis.ANCHORED_END, anchor=put_off.new)
    assert statuses(put_off, put_off.old, "2027-06-01") == [Status.IN_FORCE]
    put_off.effect(Verb.EXPIRES, put_off.new, on="2027-03-01", basis=DateBasis.TERM)
    assert statuses(put_off, put_off.old, "2027-02-28", "2027-03-01") == [Status.IN_FORCE, Status.EXPIRED]


def test_a_suspension_is_back_when_the_term_of_its_revival_is_over(put_off) -> None:
    put_off.effect(Verb.SUSPENDS, put_off.new, put_off.old, "2026-08-01")
    put_off.effect(Verb.REVIVES, put_off.new, put_off.old, "2026-09-01", until="2026-10-01")
    asked = ("2026-08-31", "2026-09-01", "2026-09-30", "2026-10-01")
    assert statuses(put_off, put_off.old, *asked) == [Status.SUSPENDED, Status.IN_FORCE, Status.IN_FORCE, Status.SUSPENDED]
