"""When the national database's own list counts as seen whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from rasoat.archive import Stored
from rasoat.store.capture_store import AnswerRow, CaptureStore, Recorder
from rasoat.store.extracted import PieceRows, write_piece
from validators.posting_audit import national_looks

DAY = date(2026, 11, 10)
SOURCE = "dichvucong"


def list_page(engine: Engine, request: str, rows: int, day: date = DAY) -> str:
    """One page of the list as it was received and cut, with so many rows; the sha256 of its bytes."""
    sha256 = f"{request}/{rows}".encode().hex().rjust(64, "0")
    stored = Stored(sha256, "w", 0, 1, 1, "application/json")
    recorder = Recorder(engine, SOURCE, day)
    recorder.record(request, "/", 200, stored, datetime(day.year, day.month, day.day, tzinfo=UTC))
    recorder.flush()
    cut = {f"$.data.items[{at}]": f"{sha256[-50:]}{at:014d}" for at in range(rows)}
    with engine.begin() as connection:
        for piece in cut.values():
            write_piece(connection, PieceRows(piece, SOURCE, "row"), 1)
        CaptureStore(engine).cut(connection, AnswerRow(SOURCE, request, day, 200, "/", stored), cut, 1)
    return sha256


def looks(engine: Engine, known_at: date | None = None) -> list[date]:
    with engine.connect() as connection:
        return [look.observed_on for look in national_looks(connection, known_at)]


@pytest.mark.parametrize(
    ("pages", "whole"),
    [
        ({"list/20/": 19}, True),
        ({"list/20/": 20}, False),  # full: there may be more that was never asked
        ({"list/20/": 20, "list/20/a": 1}, True),
        ({"list/20/": 20, "list/20/a": 20}, False),
        ({"list/20/": 20, "list/20/a": 7, "list/20/b": 3}, False),  # a short page amid the list: rows were lost there
        ({"list/20/a": 7}, False),  # its beginning was never seen
        ({"list/50/": 50, "list/20/a": 20, "list/20/b": 1}, True),  # smaller pages from where a large one failed
    ],
    ids=["one short page", "one full page", "full then short", "all full", "two short pages", "no first page", "smaller pages"],
)
def test_a_list_was_seen_whole_where_its_last_page_alone_is_not_full(engine: Engine, pages: dict[str, int], whole: bool) -> None:
    for request, rows in pages.items():
        list_page(engine, request, rows)
    assert looks(engine) == ([DAY] if whole else [])


def test_each_day_is_a_list_of_its_own_and_names_its_first_page(engine: Engine) -> None:
    first = list_page(engine, "list/20/", 20)
    list_page(engine, "list/20/a", 3)
    list_page(engine, "list/20/", 20, date(2026, 11, 11))
    with engine.connect() as connection:
        (look,) = national_looks(connection)
    assert (look.observed_on, look.complete, look.origin.capture) == (DAY, True, first)


@pytest.mark.parametrize(("known_at", "seen"), [(date(2026, 11, 9), []), (DAY, [DAY]), (date(2026, 11, 11), [DAY])])
def test_a_look_is_known_from_its_own_day(engine: Engine, known_at: date, seen: list[date]) -> None:
    list_page(engine, "list/20/", 1)
    assert looks(engine, known_at) == seen


def test_details_are_no_pages_of_the_list(engine: Engine) -> None:
    list_page(engine, "list/20/", 1)
    list_page(engine, "detail/a", 1)
    assert looks(engine) == [DAY]
