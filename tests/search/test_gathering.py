"""What of a checked day comes into the index."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from corpus import DAY, finding
from sqlalchemy import Engine

from rasoat.progress import unseen
from rasoat.records import Finding, Severity
from rasoat.settings import Settings
from rasoat.store.database import open_database
from rasoat.store.stored_findings import store_findings
from search.entries import Entry
from search.gathering import gathered, inputs_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(f"sqlite:///{tmp_path / 'rasoat.db'}")
    yield opened
    opened.dispose()


def found(fingerprint: str, *suppressed: str) -> Finding:
    return dataclasses.replace(finding(), fingerprint=fingerprint * 16, suppressed=suppressed, severity=Severity.INFO)


def check(store: Engine, as_of: date, *findings: Finding, known_at: date | None = None) -> None:
    with store.begin() as connection:
        store_findings(connection, as_of, known_at, f"{as_of}", findings)


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
    check(store, DAY - timedelta(days=2), found("a"))
    check(store, DAY, found("b"))
    check(store, DAY + timedelta(days=2), found("c"))
    check(store, DAY - timedelta(days=1), found("d"), known_at=DAY)  # what was known then is another question
    assert [entry.key for entry in entries(store, asked)] == ([held * 16] if held else [])


def test_another_check_asks_for_other_entries(store: Engine) -> None:
    def inputs() -> str:
        with store.connect() as connection:
            return inputs_of(connection, Settings(), DAY)

    before = inputs()
    check(store, DAY, found("a"))
    assert inputs() != before
