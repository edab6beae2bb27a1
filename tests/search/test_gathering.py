"""What of the findings comes into the index of a day."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from corpus import DAY, finding
from sqlalchemy import Engine

from rasoat import words
from rasoat.progress import unseen
from rasoat.records import Finding, HeldFinding, Severity
from rasoat.store.database import open_database
from rasoat.store.publications import publishing
from rasoat.store.published_findings import Concerned, finding_row
from rasoat.store.published_schema import findings as published
from reviews.machine import ReviewVerb
from reviews.record import Saying, record_one
from search.entries import Entry
from search.gathering import DayEntries


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(f"sqlite:///{tmp_path / 'rasoat.db'}")
    yield opened
    opened.dispose()


def found(fingerprint: str, *suppressed: str) -> Finding:
    return dataclasses.replace(finding(), fingerprint=fingerprint * 16, suppressed=suppressed, severity=Severity.INFO)


def check(store: Engine, as_of: date, *findings: Finding, until: date = date.max) -> None:
    """What is found from a day on."""
    rows = [finding_row("tt:x", HeldFinding(one, as_of, until), Concerned(None, ()), None) for one in findings]
    with publishing(store, lambda: datetime(2026, 6, 10, tzinfo=UTC)) as writer:
        standing = writer.rows_of(published, published.c.holds_from != as_of)
        kept = [{name: value for name, value in row.items() if name not in ("born", "died", "gone_why")} for row in standing]
        writer.replace(published, published.c.owner == "tt:x", [*kept, *rows], {"gone_why": "facts"})


def entries(store: Engine, as_of: date = DAY) -> list[Entry]:
    with store.connect() as connection:
        return list(DayEntries(connection, as_of).everything(unseen))


def test_a_suppressed_finding_is_in_no_index(store: Engine) -> None:
    check(store, DAY, found("a"), found("b", "FP2"), found("c", "FP1", "FP19"))
    assert [entry.key for entry in entries(store)] == ["a" * 16]


@pytest.mark.parametrize(
    ("asked", "held"),
    [(DAY - timedelta(days=1), "a"), (DAY, "b"), (DAY + timedelta(days=1), "b"), (DAY - timedelta(days=3), "")],
)
def test_the_findings_are_those_of_the_day(store: Engine, asked: date, held: str) -> None:
    check(store, DAY - timedelta(days=2), found("a"), until=DAY)
    check(store, DAY, found("b"), until=DAY + timedelta(days=2))
    check(store, DAY + timedelta(days=2), found("c"))
    assert [entry.key for entry in entries(store, asked)] == ([held * 16] if held else [])


def test_a_decision_changes_no_entry(store: Engine) -> None:
    check(store, DAY, found("a"))
    before = entries(store)
    said = Saying(f"finding:{'a' * 16}", "viet-nam", "x", ReviewVerb.CONFIRM)
    record_one(store, said, datetime(2026, 6, 10, tzinfo=UTC))
    assert entries(store) == before


def test_an_entry_tells_nothing_that_goes_with_the_day_alone(store: Engine) -> None:
    left = dataclasses.replace(found("a"), message=f"hết hiệu lực {words.DAYS_LEFT} theo Điều 1", observed_on=date.min)
    check(store, DAY, left)
    (told,) = entries(store)
    assert "hết hiệu lực theo Điều 1" in told.body
    assert told.observed_on is None
    assert entries(store, DAY + timedelta(days=5)) == [told]


def test_what_is_not_published_yet_is_in_no_index(store: Engine) -> None:
    check(store, DAY, found("a"))
    with pytest.raises(ZeroDivisionError):
        held_back(store)
    assert [entry.key for entry in entries(store)] == ["a" * 16]


def held_back(store: Engine) -> None:
    """All findings gone, and then not published."""
    with publishing(store, lambda: datetime(2026, 6, 11, tzinfo=UTC)) as writer:
        writer.replace(published, published.c.owner == "tt:x", [], {"gone_why": "facts"})
        raise ZeroDivisionError
