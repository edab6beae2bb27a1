"""What of a checked day comes into the index."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from corpus import DAY, finding
from sqlalchemy import Engine

from rasoat.progress import unseen
from rasoat.records import Finding, HeldFinding, Severity
from rasoat.settings import Settings
from rasoat.store.checked_marks import mark_checked
from rasoat.store.database import open_database
from rasoat.store.publications import publishing
from rasoat.store.published_findings import Concerned, finding_row
from rasoat.store.published_schema import findings as published
from search.entries import Entry
from search.gathering import gathered, inputs_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(f"sqlite:///{tmp_path / 'rasoat.db'}")
    yield opened
    opened.dispose()


def found(fingerprint: str, *suppressed: str) -> Finding:
    return dataclasses.replace(finding(), fingerprint=fingerprint * 16, suppressed=suppressed, severity=Severity.INFO)


def check(store: Engine, as_of: date, *findings: Finding, until: date = date.max) -> None:
    """What is found from a day on, and the mark that it was checked."""
    rows = [finding_row("tt:x", HeldFinding(one, as_of, until), Concerned(None, ()), None) for one in findings]
    with publishing(store, lambda: datetime(2026, 6, 10, tzinfo=UTC)) as writer:
        standing = writer.rows_of(published, published.c.holds_from != as_of)
        kept = [{name: value for name, value in row.items() if name not in ("born", "died", "gone_why")} for row in standing]
        writer.replace(published, published.c.owner == "tt:x", [*kept, *rows], {"gone_why": "facts"})
    with store.begin() as connection:
        mark_checked(connection, as_of, f"{as_of}")


def entries(store: Engine, as_of: date = DAY) -> list[Entry]:
    with store.connect() as connection:
        return list(gathered(connection, Settings(), as_of, unseen))


def test_a_suppressed_finding_is_in_no_index(store: Engine) -> None:
    check(store, DAY, found("a"), found("b", "FP2"), found("c", "FP1", "FP19"))
    assert [entry.key for entry in entries(store)] == ["a" * 16]


@pytest.mark.parametrize(
    ("asked", "held"),
    [(DAY - timedelta(days=1), "a"), (DAY, "b"), (DAY + timedelta(days=1), "b"), (DAY - timedelta(days=3), "")],
)
def test_the_findings_are_those_of_the_latest_day_checked_by_then(store: Engine, asked: date, held: str) -> None:
    check(store, DAY - timedelta(days=2), found("a"), until=DAY)
    check(store, DAY, found("b"), until=DAY + timedelta(days=2))
    check(store, DAY + timedelta(days=2), found("c"))
    assert [entry.key for entry in entries(store, asked)] == ([held * 16] if held else [])


def test_another_check_asks_for_other_entries(store: Engine) -> None:
    def inputs() -> str:
        with store.connect() as connection:
            return inputs_of(connection, Settings(), DAY)

    before = inputs()
    check(store, DAY, found("a"))
    assert inputs() != before
