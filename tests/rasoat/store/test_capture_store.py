"""What is kept of each answer: its bytes once, and in the archive as in the store who said them on which day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, select

from rasoat.archive import Archive
from rasoat.store.capture_store import Recorder
from rasoat.store.schema import answers, captures
from rasoat.warc_records import Account

FIRST = date(2026, 6, 10)
NOW = datetime(2026, 6, 10, 3, 0, 7, 250, tzinfo=UTC)


class Day:
    """Answers of one day of one source; each is fetched a minute after the one before."""

    def __init__(self, engine: Engine, archive: Archive, day: date = FIRST, batch: int = 200) -> None:
        self.recorder, self.archive = Recorder(engine, "nguon", day, batch), archive
        self.at = NOW + (day - FIRST)

    def answer(self, request: str, body: bytes, status: int = 200) -> bool:
        self.at += timedelta(minutes=1)
        return self.recorder.keep(self.archive, request, f"http://127.0.0.1/{quote(request)}", status, {}, body, self.at)

    def end(self) -> None:
        self.archive.flush()
        self.recorder.flush()


def stored_accounts(engine: Engine) -> set[Account]:
    with engine.connect() as connection:
        rows = connection.execute(select(answers)).all()
    moments = [row.fetched_at if row.fetched_at.tzinfo else row.fetched_at.replace(tzinfo=UTC) for row in rows]
    return {Account(row.source, row.request, row.url, row.status, at, row.observed_on) for row, at in zip(rows, moments, strict=True)}


def test_the_archive_alone_tells_every_answer_as_the_store_does(engine: Engine, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    for number in range(3):
        day = Day(engine, archive, FIRST + timedelta(days=number))
        day.answer("như mọi ngày", b"{}" * 500)
        day.answer("mỗi ngày một khác", b"%d" % number)
        day.answer("cùng byte, câu hỏi khác", b"{}" * 500, status=404)
        day.answer("như mọi ngày", b"{}" * 500)  # asked twice on one day
        day.end()
    found = list(archive.scan())
    assert {one.account for one in found} == stored_accounts(engine)
    assert len(found) == 9
    with engine.connect() as connection:
        held = {row.sha256: (row.warc, row.offset, row.length) for row in connection.execute(select(captures))}
    assert {one.stored.sha256: (one.stored.warc, one.stored.offset, one.stored.length) for one in found if not one.again} == held


def test_an_answer_that_comes_back_says_so_once_a_day(engine: Engine, tmp_path: Path) -> None:
    day = Day(engine, Archive(tmp_path / "archive"))
    assert [day.answer("a", body) for body in (b"A", b"A", b"B", b"A")] == [True, False, True, True]
    day.end()
    assert len(list(day.archive.scan())) == 2


def test_bytes_last_before_the_rows_that_point_at_them(engine: Engine) -> None:
    """An object store holds nothing of a segment before it is flushed; a row may never point there."""
    day = Day(engine, Archive("memory://kho-thu-tu"), batch=2)
    for number in range(5):
        day.answer(str(number), b"%d" % number)
    with engine.connect() as connection:
        held = set(connection.scalars(select(captures.c.sha256)))
    assert len(held) == 4
    assert held == {one.stored.sha256 for one in Archive("memory://kho-thu-tu").scan()}
