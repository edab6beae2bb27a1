"""Working days and the deadlines of 63/2010 Điều 15 and Điều 24 khoản 2."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasoat.records import Origin
from rasoat.records.postings import Act, Announcement
from validators.obligations.calendar import after_working_days, is_working_day, working_days_between
from validators.obligations.deadlines import entry_deadline, late_by, signing_deadline


def announced(issuer: str, signed: str | None, **more: object) -> Announcement:
    day = date.fromisoformat(signed) if signed else None
    return Announcement("1.000001", Act.NEW, "1/QĐ", issuer, day, Origin("c"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signed", "days", "last"),
    [
        ("2026-11-02", 5, "2026-11-09"),  # F14: Monday and five working days
        ("2026-11-06", 1, "2026-11-09"),  # Friday
        ("2026-02-13", 2, "2026-02-24"),  # over Tết, closed from 16/02 to 20/02
        ("2026-04-24", 1, "2026-04-28"),  # the day of the Hùng Kings on Sunday 26/04 is made up on Monday
        ("2026-08-21", 1, "2026-08-22"),  # a Saturday worked in exchange for 31/08
        ("2026-08-28", 1, "2026-09-03"),
    ],
)
def test_terms_in_working_days(signed: str, days: int, last: str) -> None:
    assert after_working_days(date.fromisoformat(signed), days) == date.fromisoformat(last)


@given(st.dates(date(2012, 1, 1), date(2029, 1, 1)), st.integers(1, 30))
def test_a_term_ends_on_a_working_day_and_holds_that_many(start: date, count: int) -> None:
    end = after_working_days(start, count)
    assert is_working_day(end)
    assert working_days_between(start, end) == count


def test_a_negative_term_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        after_working_days(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("issuer", "shortened", "last"),
    [
        ("lai-chau", False, "2026-11-09"),
        ("bo-tu-phap", False, "2026-11-16"),
        ("lai-chau", True, "2026-11-04"),
        ("bo-tu-phap", True, "2026-11-04"),
    ],
)
def test_days_to_enter_into_the_national_database(issuer: str, shortened: bool, last: str) -> None:
    assert entry_deadline(announced(issuer, "2026-11-02", shortened=shortened)) == date.fromisoformat(last)


def test_no_day_of_signing_no_deadline() -> None:
    assert entry_deadline(announced("lai-chau", None)) is None
    assert signing_deadline(announced("lai-chau", "2026-11-02")) is None
    assert late_by(announced("lai-chau", "2026-11-02", shortened=True)) is None


@pytest.mark.parametrize(("issuer", "days"), [("bo-tu-phap", 20), ("lai-chau", 5)])
def test_a_decision_is_signed_ahead_of_the_law(issuer: str, days: int) -> None:
    effect = date(2026, 7, 1)
    limit = effect - timedelta(days=days)
    assert signing_deadline(announced(issuer, "2026-06-01", law_effective_on=effect)) == limit
    assert late_by(announced(issuer, limit.isoformat(), law_effective_on=effect)) is None
    assert late_by(announced(issuer, (limit + timedelta(days=1)).isoformat(), law_effective_on=effect)) is not None


def test_lateness_is_told_in_both_kinds_of_days() -> None:
    one = announced("lai-chau", "2026-06-29", law_effective_on=date(2026, 7, 1))
    assert late_by(one) == (3, 1)  # Friday 26/06 to Monday 29/06


def test_the_shortened_procedure_counts_from_the_signing_of_the_law() -> None:
    one = announced("lai-chau", "2026-06-05", shortened=True, law_signed_on=date(2026, 6, 1), law_effective_on=date(2026, 6, 1))
    assert signing_deadline(one) == date(2026, 6, 4)
    assert late_by(one) == (1, 1)
