"""The log takes one event a version, in one chain that nobody changes, whoever writes at one moment and whatever is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from rasoat.store.database import open_database
from rasoat.store.said_schema import decisions_now, events
from rasoat.trouble import Trouble
from reviews.audited_log import audited_log, rebuild_decisions
from reviews.machine import ReviewStage, ReviewVerb
from reviews.record import Recorded, Saying, record, record_one

AT = datetime(2026, 11, 29, 3, 4, 5, tzinfo=UTC)
THING = f"finding:{'a' * 24}"


def saying(verb: ReviewVerb = ReviewVerb.CONFIRM, person: str = "an", **said: object) -> Saying:
    return Saying(**{"thing": THING, "unit": "lai-chau/so-tu-phap", "person": person, "verb": verb, "version": 0, **said})


def rows(engine: Engine, table: object = events) -> list[dict[str, object]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_an_event_and_what_it_comes_to_are_written_together(engine: Engine) -> None:
    told = record_one(engine, saying(note="đúng"), AT)
    assert (told.thread.stage, told.thread.version, told.again) == (ReviewStage.CONFIRMED, 1, False)
    (kept,) = rows(engine, decisions_now)
    assert (kept["state"], kept["version"], kept["seq"], kept["head"]) == ("confirmed", 1, 1, "lai-chau")
    assert audited_log(engine).broken == []


def test_who_comes_second_is_told_who_said_what_and_nothing_is_written(engine: Engine) -> None:
    record_one(engine, saying(ReviewVerb.DISMISS, reason="historical", note="nhắc lại"), AT)
    with pytest.raises(Trouble, match=r"an đã ghi trước .* bác \(nhắc tới như lịch sử\), nhắc lại") as told:
        record_one(engine, saying(person="bình"), AT)
    assert told.value.code == "review.conflict"
    assert len(rows(engine)) == 1


def test_the_same_said_twice_is_one_event(engine: Engine) -> None:
    """An answer that got lost: the form is sent again with the version it carried."""
    record_one(engine, saying(note="đúng"), AT)
    assert record_one(engine, saying(note="đúng"), AT).again
    assert record_one(engine, saying(note="đúng", version=None), AT).again
    assert len(rows(engine)) == 1


def test_words_that_no_database_takes_are_kept_without_it_and_too_many_are_refused(engine: Engine) -> None:
    record_one(engine, saying(person="a\x00n", note="\ud800đúng\x00"), AT)
    with pytest.raises(Trouble, match="note dài quá"):
        record_one(engine, saying(thing="finding:b", note="x" * 20_001), AT)
    assert [("\x00" in row["person"], "đúng" in row["note"]) for row in rows(engine)] == [(False, True)]
    assert audited_log(engine).broken == []


def test_two_units_decide_apart(engine: Engine) -> None:
    record_one(engine, saying(), AT)
    record_one(engine, saying(ReviewVerb.DISMISS, reason="not_ours", unit="bo-tu-phap"), AT)
    assert {(row["unit"], row["state"]) for row in rows(engine, decisions_now)} == {
        ("lai-chau/so-tu-phap", "confirmed"),
        ("bo-tu-phap", "dismissed"),
    }


def test_what_nobody_may_say_now_is_refused_by_name_and_its_neighbours_are_written(engine: Engine) -> None:
    told = record(engine, [saying(), saying(ReviewVerb.DISMISS, thing="finding:b"), saying(thing="finding:c")], AT)
    assert [one.refusal.code if one.refusal else None for one in told] == [None, "review.no_reason", None]
    assert [row["seq"] for row in rows(engine)] == [1, 2]


@pytest.mark.parametrize(
    "change",
    [
        update(events).values(note="x"),
        delete(events),
        text("INSERT OR REPLACE INTO events SELECT * FROM events LIMIT 1"),
        text("UPDATE OR REPLACE events SET note = 'x'"),
        text("TRUNCATE events CASCADE"),
    ],
    ids=["update", "delete", "replace", "update or replace", "truncate"],
)
def test_the_database_refuses_to_change_the_log(engine: Engine, change: object) -> None:
    record_one(engine, saying(), AT)
    before = rows(engine)
    with pytest.raises(DBAPIError), engine.begin() as connection:  # a word that the other database does not know is refused too
        connection.execute(change)
    assert rows(engine) == before


def test_what_was_changed_behind_the_triggers_is_found(engine: Engine) -> None:
    for at in range(4):
        record_one(engine, saying(thing=f"finding:{at}"), AT)
    head = audited_log(engine).head
    assert (head.seq, audited_log(engine, {head.seq: head.hash, 2: rows(engine)[1]["hash"]}).broken) == (4, [])
    assert audited_log(engine, {5: "f" * 64, 3: "0" * 64}).broken == [f"3: ≠ {'0' * 12}", f"5: {'f' * 12} ?"]
    without_triggers(engine)
    with engine.begin() as connection:
        connection.execute(update(events).where(events.c.seq == 2).values(note="x"))
    assert audited_log(engine).broken == ["2: finding:1 lai-chau/so-tu-phap"]
    with engine.begin() as connection:
        connection.execute(delete(events).where(events.c.seq == 2))
    assert audited_log(engine).broken[0] == "2: ?"


def without_triggers(engine: Engine) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE events DISABLE TRIGGER USER"))
            return
        for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'keep_events%'")).all():
            connection.execute(text(f"DROP TRIGGER {name}"))


def test_what_is_kept_of_decisions_is_made_again_from_the_events(engine: Engine) -> None:
    record_one(engine, saying(ReviewVerb.TAKE), AT)
    record_one(engine, saying(version=1), AT)
    record_one(engine, saying(ReviewVerb.ASSIGN, thing="finding:b", to="chi", due=AT.date()), AT)
    before = rows(engine, decisions_now)
    with engine.begin() as connection:
        connection.execute(delete(decisions_now).where(decisions_now.c.thing == THING))
        connection.execute(update(decisions_now).values(state="fixed"))
    assert len(audited_log(engine).broken) == 2
    assert rebuild_decisions(engine) == 2
    assert sorted(rows(engine, decisions_now), key=str) == sorted(before, key=str)
    assert audited_log(engine).broken == []


@pytest.mark.slow
def test_of_two_hundred_at_once_one_is_written_a_version(engine: Engine) -> None:
    """Four versions of one finding, fifty people for each."""

    def say(at: int) -> Recorded:
        verb = (ReviewVerb.CONFIRM, ReviewVerb.DISMISS)[at // 50 % 2]
        one = saying(verb, f"người {at}", version=at // 50, reason="historical")
        while True:  # whoever knows of an earlier version than stands yet waits for it
            (told,) = record(engine, [one], AT)
            if told.thread.version >= at // 50:
                return told

    with ThreadPoolExecutor(200) as threads:
        told = list(threads.map(say, range(200)))
    written = rows(engine)
    assert [row["version"] for row in written] == [1, 2, 3, 4]
    assert Counter(one.refusal.code if one.refusal else "written" for one in told) == {"written": 4, "review.conflict": 196}
    assert audited_log(engine).broken == []


def write_until_killed(url: str, begun: object) -> None:
    engine = open_database(url)
    for at in range(100_000):
        record_one(engine, saying(thing=f"finding:{at}"), AT)
        begun.set()


@pytest.mark.slow
def test_a_writer_that_is_killed_leaves_whole_events(database_url: str) -> None:
    open_database(database_url).dispose()
    spawned = multiprocessing.get_context("spawn")
    for _ in range(3):
        begun = spawned.Event()
        child = spawned.Process(target=write_until_killed, args=(database_url, begun))
        child.start()
        assert begun.wait(60)
        time.sleep(0.05)
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
    engine = open_database(database_url)
    found = audited_log(engine)
    assert found.broken == []
    assert found.head.seq == len(rows(engine, decisions_now)) == len({row["thing"] for row in rows(engine)})
    engine.dispose()
