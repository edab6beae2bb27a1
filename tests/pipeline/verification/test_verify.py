"""Everything made again from the archive: a healthy home is equal to the last row, and whatever is spoilt is found and named."""

from __future__ import annotations

import io
import shutil
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Date, DateTime, Integer, LargeBinary, Table, delete, func, insert, select, text, update
from warcio.warcwriter import WARCWriter

from pipeline.verification.verify import Verification
from rasoat.archive import Archive, Stored
from rasoat.store.schema import answers, captures, metadata, pieces
from rasoat.store.table_kinds import MADE, key_of, tables_of
from rasoat.warc_records import Account
from tests.pipeline.verification.small_home import LATER, rasoat, store_of

pytestmark = pytest.mark.slow  # takes seconds of the processor

Verify = Callable[..., Verification]
MADE_TABLES = [table.name for table in tables_of(*MADE)]


def test_a_healthy_home_is_made_again_to_the_last_row(healthy: Verification, built: Path) -> None:
    assert [one.first for one in healthy.tables if one.differences] == []
    assert healthy.unmade == []
    assert healthy.proved
    assert healthy.rows == healthy.equal_rows
    engine = store_of(built)
    with engine.connect() as connection:
        held = {name: connection.scalar(rows_standing(metadata.tables[name], func.count())) for name in MADE_TABLES}
        publications = connection.scalar(text("SELECT count(DISTINCT born) FROM findings"))
    engine.dispose()
    held["progress"] -= 1  # the publication that the index tells of is a note
    assert {one.table: one.stored for one in healthy.tables} == held
    # The gate takes seconds: it has a test of its own.
    assert sorted(name for name, rows in held.items() if not rows) == sorted(["verdicts", *FILLED_BY_CRAWLS, *EMPTY_HERE])
    assert publications == 2  # what the first of them told, with less known, is kept


def test_what_was_received_is_told_by_the_archive_alone(healthy: Verification) -> None:
    received = healthy.received
    assert (received.by_store, received.unknown, received.left_over, received.gaps, received.odd_frames) == (0, 0, 0, [], [])
    assert received.records == 5  # four bodies, one of which came twice


def other_value(table: Table, name: str, value: Any) -> Any:
    """A value of the same type that is not this one, and that every reader of the store still understands."""
    kind = table.c[name].type
    if isinstance(kind, JSON):
        return {**value, "note": "sửa"} if isinstance(value, dict) else [*(value or []), "sửa"]
    if isinstance(kind, DateTime):
        return datetime(2001, 1, 1, tzinfo=UTC)
    if isinstance(kind, Date):
        return datetime(2001, 1, 1, tzinfo=UTC).date()
    if isinstance(kind, LargeBinary):
        return value + b"x"
    return (value or 0) + 1 if isinstance(kind, Integer) else (value or "") + "x"


# One column a table that is no key; where a table has none but its key, that.
SPOILT = {
    "captures": "offset", "answers": "url", "pieces": "kind", "places": "piece", "procedures": "name", "observations": "data",
    "articles": "text", "clauses": "data", "mentions": "data", "listings": "total", "refusals": "reason", "documents": "title", "citations": "data",
    "effects": "quote", "findings": "data", "checks": "inputs", "verdicts": "data", "progress": "inputs", "indexed": "digest",
    "announcements": "data", "postings": "state", "looks": "data", "receptions": "data", "regulations": "effective_on",
    "finding_units": "owner", "citation_counts": "judged", "unjudged": "reason", "published_inputs": "inputs", "timelines": "data", "outlines": "data", "procedures_now": "citations", "cited_by": "role",
    "published_documents": "title", "finding_counts": "n", "citation_totals": "judged", "coverage_totals": "n",
    "coverage_procedures": "name", "coverage_duties": "owed", "coverage_blocks": "packed", "coverage_units": "n",
}  # fmt: skip
MARKS = {"checks", "progress", "verdicts"}  # say what things were made from, or what was thought of them
FILLED_BY_CRAWLS = ["listings"]  # what publishers say of their lists: see test_crawled_lists.py


EMPTY_HERE = ["unjudged"]  # there is a conclusion on everything that is cited


def rows_standing(table: Table, *asked: Any) -> Any:
    """A question on the rows of a table that have not died."""
    query = select(*(asked or (table,))).select_from(table)
    return query.where(table.c.died.is_(None)) if "died" in table.c else query


def spoil(home: Path, change: Callable[[Any, Table], None], names: Iterable[str]) -> None:
    """Change each of some tables behind the program's back."""
    engine = store_of(home)
    with engine.begin() as connection:
        for name in names:
            change(connection, metadata.tables[name])
    engine.dispose()


def first_row(connection: Any, table: Table) -> tuple[Any, dict[str, Any]]:
    """The condition that names a table's first row, and the row."""
    row = dict(connection.execute(rows_standing(table).order_by(*(table.c[name] for name in key_of(table))).limit(1)).mappings().one())
    found = table.c[key_of(table)[0]] == row[key_of(table)[0]]
    for name in [*key_of(table)[1:], *(("born",) if "born" in table.c else ())]:
        found &= table.c[name] == row[name]
    return found, row


def test_every_table_has_a_column_to_spoil() -> None:
    assert sorted(SPOILT) == sorted(MADE_TABLES)


def change_value(connection: Any, table: Table) -> None:
    where, row = first_row(connection, table)
    column = SPOILT[table.name]
    connection.execute(update(table).where(where).values({column: other_value(table, column, row[column])}))


def test_one_value_changed_in_each_table_is_named(home: Path, verify_home: Verify) -> None:
    names = sorted(SPOILT.keys() - MARKS - {*FILLED_BY_CRAWLS, *EMPTY_HERE})
    spoil(home, change_value, names)
    found = {one.table: one for one in verify_home(home).tables}
    assert {name: [row.column.partition(".")[0] for row in found[name].first] for name in names} == {name: [SPOILT[name]] for name in names}


def test_a_changed_mark_is_named_as_what_could_not_be_made(home: Path, verify_home: Verify) -> None:
    spoil(home, change_value, ["checks", "progress"])
    found = verify_home(home)
    assert [(one.kind, one.name) for one in found.unmade] == [("derived", "documents, effects, citations"), ("day", "2026-06-10")]
    assert not found.proved


@pytest.mark.slow  # Great Expectations takes seconds to import, and evaluates everything twice
def test_a_changed_verdict_of_the_gate_is_named(home: Path, verify_home: Verify) -> None:
    rasoat(home, "quality", "--as-of", "2026-07-18")
    spoil(home, change_value, ["verdicts"])
    found = verify_home(home)
    assert [(row.table, row.column) for one in found.tables for row in one.first] == [("verdicts", "data.note")]
    assert found.unmade == []


def test_rows_taken_out_and_put_in_are_named(home: Path, verify_home: Verify) -> None:
    taken = [
        name for name in MADE_TABLES if name not in ("captures", "pieces", "checks", "progress", "verdicts", *FILLED_BY_CRAWLS, *EMPTY_HERE)
    ]

    def change(connection: Any, table: Table) -> None:
        where, row = first_row(connection, table)
        connection.execute(delete(table).where(where))
        key = next(name for name in reversed(key_of(table)) if not isinstance(table.c[name].type, Date))
        value = row[key] + 1000 if isinstance(row[key], int) else f"{row[key][:-1]}_"
        connection.execute(insert(table).values({**row, key: value}))

    spoil(home, change, taken)
    found = {one.table: (one.lost, one.added) for one in verify_home(home).tables}
    assert {name: found[name] for name in taken if min(found[name]) < 1} == {}


@pytest.mark.parametrize("name", ["captures", "pieces"])
def test_what_everything_points_at_is_missed_where_it_is_gone(name: str, home: Path, verify_home: Verify) -> None:
    def change(connection: Any, table: Table) -> None:
        connection.execute(delete(table).where(first_row(connection, table)[0]))

    spoil(home, change, [name])
    found = {one.table: one for one in verify_home(home).tables}
    assert found[name].lost == 1
    assert found[name].first[0].stored == "∅"


def segment_with(home: Path, request: str) -> tuple[Path, int, int]:
    """The file, offset and length of the record that holds a request's bytes."""
    engine = store_of(home)
    with engine.connect() as connection:
        query = select(captures).join(answers, answers.c.sha256 == captures.c.sha256).where(answers.c.request == request).limit(1)
        row = connection.execute(query).one()
    engine.dispose()
    return home / "archive" / row.warc, row.offset, row.length


def test_a_byte_of_the_archive_is_named_with_its_place(home: Path, verify_home: Verify) -> None:
    path, offset, length = segment_with(home, "procedures.jsonl")
    data = bytearray(path.read_bytes())
    data[offset + length // 2] ^= 1
    path.write_bytes(data)
    found = verify_home(home)
    assert [(one.warc, one.offset, one.length) for one in found.received.gaps] == [
        (str(path.relative_to(home / "archive")), offset, length)
    ]
    tables = {one.table: one for one in found.tables}
    assert (tables["captures"].added, tables["answers"].added) == (1, 1)
    assert not found.proved


def test_a_changed_gzip_head_is_named_though_the_record_is_whole(home: Path, verify_home: Verify) -> None:
    path, offset, _ = segment_with(home, "procedures.jsonl")
    data = bytearray(path.read_bytes())
    data[offset + 4] ^= 1
    path.write_bytes(data)
    found = verify_home(home)
    assert found.received.odd_frames == [f"{path.relative_to(home / 'archive')}@{offset}"]
    assert found.rows == found.equal_rows
    assert not found.proved


def test_a_segment_that_is_gone_is_missed_row_by_row(home: Path, verify_home: Verify) -> None:
    path, _, _ = segment_with(home, "procedures.jsonl")
    path.unlink()
    tables = {one.table: one for one in verify_home(home).tables}
    assert tables["captures"].added == 2
    assert tables["answers"].added == 3  # one of them came again on the other day


def test_segments_that_changed_places_are_named(home: Path, verify_home: Verify) -> None:
    one, two = sorted((home / "archive").rglob("*.warc.gz"))[:2]
    apart = home / "apart"
    shutil.move(one, apart)
    shutil.move(two, one)
    shutil.move(apart, two)
    found = verify_home(home)
    tables = {table.table: table for table in found.tables}
    assert tables["captures"].changed == tables["captures"].stored
    assert {row.column for row in tables["captures"].first} == {"warc"}


@pytest.mark.parametrize("copied_record", [True, False])
def test_a_record_put_behind_the_others_is_named(copied_record: bool, home: Path, verify_home: Verify) -> None:
    path, offset, length = segment_with(home, "procedures.jsonl")
    if copied_record:
        data = path.read_bytes()
        path.write_bytes(data + data[offset : offset + length])
        place = f"{path.relative_to(home / 'archive')}@{len(data)}"
    else:
        archive = Archive(home / "archive")
        day = datetime(2026, 6, 10, tzinfo=UTC)
        forged = Account("import", "gia-mao.jsonl", "file:///gia-mao.jsonl", 200, day, day.date())
        stored = archive.put(forged, {}, b'{"code": "1.000001", "name": "x"}')
        archive.close()
        place = f"{stored.warc}@{stored.offset}"
    found = verify_home(home)
    assert [one.partition(" ")[0] for one in found.received.strangers] == [place]
    assert found.rows == found.equal_rows
    assert not found.proved


def test_what_a_killed_run_left_and_asked_again_is_only_counted(home: Path, verify_home: Verify) -> None:
    """Bytes are made last before the rows that point at them: a kill between the two leaves records that no row tells of."""
    archive = Archive(home / "archive")
    before = datetime(2026, 6, 10, tzinfo=UTC)
    for body in (b"[]", b"{}"):
        archive.put(Account("import", "procedures.jsonl", "file:///x", 200, before, before.date()), {}, body)
    archive.close()
    found = verify_home(home)
    assert (found.received.left_over, found.received.unknown) == (2, 0)
    assert found.proved


def test_what_an_operator_set_aside_stays_unread(home: Path, verify_home: Verify) -> None:
    rasoat(home, "extract", "--set-aside", "import:postings/postings.jsonl", "--because", "thử")
    for step in ("check", "index"):
        rasoat(home, step, "--as-of", LATER)
    found = verify_home(home)
    assert found.received.waiting == 1
    assert [one.first for one in found.tables if one.differences] == []
    assert found.proved


def test_an_older_reading_is_said_first(home: Path, verify_home: Verify) -> None:
    engine = store_of(home)
    with engine.begin() as connection:
        connection.execute(update(pieces).values(reader=1))
        connection.execute(update(answers).values(reader=1))
    engine.dispose()
    found = verify_home(home)
    assert found.older == 13
    assert {one.table for one in found.tables} == {"captures", "answers"}
    assert found.differences == 0
    assert "đọc lại trước khi kiểm chứng" in rasoat(home, "verify", fails=3).output


def test_an_older_archive_takes_the_store_s_word_for_its_days_and_says_so(home: Path, verify_home: Verify) -> None:
    write_older(home)
    found = verify_home(home)
    assert (found.received.records, found.received.by_store) == (4, 5)
    assert [one.first for one in found.tables if one.differences] == []
    assert found.proved


def write_older(home: Path) -> None:
    """The archive as it was once written: moments to the second, no day, nothing of what came again."""
    engine, archive = store_of(home), Archive(home / "archive")
    with engine.connect() as connection:
        first = select(answers).order_by(answers.c.fetched_at)
        told = {row.sha256: row for row in reversed(connection.execute(first).all())}
        bodies = {row.sha256: archive.read(Stored(**row._mapping)) for row in connection.execute(select(captures))}
    for name in archive.segments():
        (home / "archive" / name).unlink()
    older = home / "archive" / "import" / "older.warc.gz"
    with older.open("wb") as file, engine.begin() as connection:
        for sha256, body in bodies.items():
            begin = file.tell()
            headers = {"WARC-Payload-Digest": f"sha256:{sha256}", "WARC-Date": f"{told[sha256].fetched_at:%Y-%m-%dT%H:%M:%SZ}"}
            headers |= {"X-Rasoat-Source": told[sha256].source, "X-Rasoat-Request": told[sha256].request}
            kind = "application/octet-stream"
            plain, packer = io.BytesIO(), zlib.compressobj(5, zlib.DEFLATED, 31)
            writer = WARCWriter(plain, gzip=False)
            writer.write_record(writer.create_warc_record(told[sha256].url, "resource", io.BytesIO(body), len(body), kind, headers))
            file.write(packer.compress(plain.getvalue()) + packer.flush())
            place = {"warc": "import/older.warc.gz", "offset": begin, "length": file.tell() - begin}
            connection.execute(update(captures).where(captures.c.sha256 == sha256).values(**place))
    engine.dispose()
