"""When the national database's own list counts as seen whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from rasoat.archive import Stored
from rasoat.records import Listing
from rasoat.store.capture_store import AnswerRow, CaptureStore, Recorder
from rasoat.store.extracted import PieceRows, write_piece
from validators.national_list import national_looks

DAY = date(2026, 11, 10)
SOURCE = "dichvucong"


@dataclass
class Page:
    """One page of the list: the cursor it was asked by, the ids on it, what it says of the list."""

    cursor: str
    ids: list[str]
    total: int | None
    next_page: str = ""
    refused: list[int] = field(default_factory=list)  # rows that could not be read
    read: bool = True


def named(first: int, many: int) -> list[str]:
    return [f"id-{n}" for n in range(first, first + many)]


def received(engine: Engine, page: Page, day: date = DAY, hour: int = 1, limit: int = 20) -> str:
    """A page as it was received and, where it was read, cut; the sha256 of its bytes."""
    sha256 = hashlib.sha256(repr(page).encode()).hexdigest()
    stored = Stored(sha256, "w", 0, 1, 1, "application/json")
    request = f"list/{limit}/{page.cursor}"
    recorder = Recorder(engine, SOURCE, day)
    recorder.record(request, "/", 200, stored, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
    recorder.flush()
    if not page.read:
        return sha256
    rows = [
        PieceRows(f"{sha256[:50]}{at:014d}", SOURCE, "row", refusals=[("quarantined", "$", "no code")] if at in page.refused else [])
        for at in range(len(page.ids))
    ]
    said = Listing("list", page.total, tuple(page.ids), page.next_page)
    told = PieceRows(hashlib.sha256(repr(said).encode()).hexdigest(), SOURCE, "listing", listings=[said])
    cut = {f"$.data.items[{at}]": row.piece for at, row in enumerate(rows)} | {"$.data": told.piece}
    with engine.begin() as connection:
        for piece in [*rows, told]:
            write_piece(connection, piece, 1)
        CaptureStore(engine).cut(connection, AnswerRow(SOURCE, request, day, 200, "/", stored), cut, 1)
    return sha256


def looks(engine: Engine, until: date | None = None) -> list[date]:
    with engine.connect() as connection:
        return [look.observed_on for look in national_looks(connection, until)]


@pytest.mark.parametrize(
    ("pages", "whole"),
    [
        ([Page("", named(0, 19), 19)], True),
        ([Page("", named(0, 20), 21, "a"), Page("a", named(20, 1), 21)], True),
        ([Page("", named(0, 20), 20, "a"), Page("a", [], 20)], True),
        ([Page("", named(0, 20), 20, "a")], True),  # as many as stated; the page beyond was never had
        ([Page("", named(0, 20), 21)], False),
        ([Page("", named(0, 19), 351, "a"), Page("a", named(19, 20), 351)], False),
        ([Page("", named(0, 19), 20, "a"), Page("a", named(19, 2), 20)], False),  # more came than is stated
        ([Page("", named(0, 20), None)], False),
        ([Page("", named(0, 20), 21, "a"), Page("a", named(20, 1), None)], False),
        ([Page("", named(0, 20), 21, "a"), Page("a", named(20, 1), 22)], False),  # changed meanwhile
        ([Page("", named(0, 20), 21, "a"), Page("a", ["id-3"], 21)], False),  # twice the same, and one is missing
        ([Page("", [*named(0, 5), "id-3"], 6)], False),
        ([Page("", named(0, 20), 20, "", refused=[7])], False),
        ([Page("", named(0, 20), 20, "", read=False)], False),
        ([Page("", named(0, 20), 21, "a"), Page("a", named(20, 1), 21, read=False)], False),
        ([Page("a", named(0, 7), 7)], False),  # its beginning was never seen
        ([Page("", named(0, 20), 21, "a"), Page("b", named(20, 1), 22)], False),  # a page of another list
        ([Page("", named(0, 20), 20, "a"), Page("a", named(20, 20), 20)], False),  # what is stated is the length of a page
        ([Page("", named(0, 20), 21, "a"), Page("a", named(20, 1), 21, "a")], True),  # all came; the cursor turns in circles
        ([Page("", [], 0)], False),
    ],
)
def test_a_list_was_seen_whole_where_as_many_different_rows_as_it_states_were_read(engine: Engine, pages: list[Page], whole: bool) -> None:
    for page in pages:
        received(engine, page)
    assert looks(engine) == ([DAY] if whole else [])


def test_pages_of_any_size_make_one_list(engine: Engine) -> None:
    received(engine, Page("", named(0, 50), 71, "a"), limit=50)
    received(engine, Page("a", named(50, 20), 71, "b"), limit=20)
    received(engine, Page("b", named(70, 1), 71), limit=20)
    assert looks(engine) == [DAY]


def test_several_crawls_of_a_day_are_one_list_where_all_say_the_same_of_it(engine: Engine) -> None:
    received(engine, Page("", named(0, 19), 20), hour=1)
    assert looks(engine) == []
    received(engine, Page("", named(1, 19), 20), hour=2)  # between them all twenty were seen
    assert looks(engine) == [DAY]
    received(engine, Page("", named(0, 20), 21), hour=3)
    assert looks(engine) == []


def test_each_day_is_a_list_of_its_own_and_names_its_first_page(engine: Engine) -> None:
    first = received(engine, Page("", named(0, 20), 23, "a"))
    received(engine, Page("a", named(20, 3), 23))
    received(engine, Page("", named(0, 20), 23, "a"), date(2026, 11, 11))
    with engine.connect() as connection:
        (look,) = national_looks(connection)
    assert (look.observed_on, look.complete, look.origin.capture) == (DAY, True, first)


@pytest.mark.parametrize(("until", "seen"), [(date(2026, 11, 9), []), (DAY, [DAY]), (date(2026, 11, 11), [DAY])])
def test_a_look_is_known_from_its_own_day(engine: Engine, until: date, seen: list[date]) -> None:
    received(engine, Page("", named(0, 1), 1))
    assert looks(engine, until) == seen


@pytest.mark.parametrize(
    ("sizes", "believed"),
    [
        ([100, 99], [1, 0]),
        ([100, 50], [0]),
        ([100, 50, 50, 50], [0]),  # three days of half a list
        ([100, 0, 50], [0]),
        ([100, *([50] * 8)], [8, 0]),  # it has been half as long for as long as a change settles
        ([50, 100, 120], [2, 1, 0]),
        ([4, 3], [1, 0]),  # of a list of four one may go
    ],
)
def test_a_list_that_lost_more_than_can_be_is_not_believed_at_once(engine: Engine, sizes: list[int], believed: list[int]) -> None:
    for at, size in enumerate(sizes):
        received(engine, Page("", named(0, size), size), DAY + timedelta(days=at))
    assert looks(engine) == [DAY + timedelta(days=at) for at in believed]


def test_after_long_silence_a_list_is_compared_with_the_last_one(engine: Engine) -> None:
    received(engine, Page("", named(0, 100), 100), DAY)
    received(engine, Page("", named(0, 40), 40), DAY + timedelta(days=90))
    assert looks(engine) == [DAY]
    received(engine, Page("", named(0, 39), 39), DAY + timedelta(days=180))
    assert looks(engine) == [DAY + timedelta(days=180), DAY]
