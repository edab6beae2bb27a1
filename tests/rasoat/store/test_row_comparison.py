"""Rows of two stores side by side: whatever differs is found and named, in every table that the schema has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, Engine, Integer, LargeBinary, Table, create_engine, delete, insert, update

from rasoat.store.row_comparison import compare_table, digest_of
from rasoat.store.schema import metadata
from rasoat.store.table_kinds import DECLARED, TableKind, key_of, tables_of

pytestmark = pytest.mark.slow  # takes seconds of the processor

TABLES = sorted(metadata.tables)


def test_every_table_is_declared_once_and_nothing_else_is() -> None:
    assert sorted(DECLARED) == TABLES
    assert {table.name for table in tables_of(*TableKind)} == set(TABLES)


def test_every_column_that_a_declaration_names_exists() -> None:
    named = {(name, column) for name, told in DECLARED.items() for column in (*told.moment, *told.timings)}
    assert {(name, column) for name, column in named if column not in metadata.tables[name].columns} == set()


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Engine, Engine]]:
    """Two empty stores; nothing asks what points at what."""
    engines = [create_engine(f"sqlite:///{tmp_path / name}.db") for name in ("one", "two")]
    for engine in engines:
        metadata.create_all(engine)
    yield engines[0], engines[1]
    for engine in engines:
        engine.dispose()


def value_of(table: Table, name: str, number: int) -> Any:
    """Some value of a column's type, another one for each number."""
    kind = table.c[name].type
    if isinstance(kind, JSON):
        return {"name": f"tên {number}", "several": [1, number], "seconds": 0.5}
    if isinstance(kind, Boolean):
        return bool(number % 2)
    if isinstance(kind, DateTime):
        return datetime(2026, 6, 10, 3, tzinfo=UTC) + timedelta(minutes=number)
    if isinstance(kind, Date):
        return date(2026, 6, 10) + timedelta(days=number)
    if isinstance(kind, LargeBinary):
        return f"Đ{number}".encode()
    return number if isinstance(kind, Integer) else f"Đ{number}"[: getattr(kind, "length", None) or 100]


def row(table: Table, number: int) -> dict[str, Any]:
    lifetime = DECLARED[table.name].lifetime
    told = {column.name: value_of(table, column.name, number) for column in table.columns if column.name not in lifetime}
    return {**told, "born": 0} if lifetime else told


def filled(stores: tuple[Engine, Engine], table: Table) -> tuple[Engine, Engine]:
    """The same three rows in both, put in in other orders."""
    for engine, order in zip(stores, ((1, 2, 3), (3, 1, 2)), strict=True):
        with engine.begin() as connection:
            for number in order:
                connection.execute(insert(table).values(**row(table, number)))
    return stores


def at(connection: Connection, table: Table, number: int) -> Any:
    keys = key_of(table)
    found = table.c[keys[0]] == value_of(table, keys[0], number)
    for name in keys[1:]:
        found &= table.c[name] == value_of(table, name, number)
    return found


def changed_value(table: Table, name: str) -> Any:
    """What stands in row 2, one letter, one day or one part otherwise."""
    value = value_of(table, name, 2)
    if isinstance(value, bool):
        return not value
    if isinstance(value, dict):
        return {**value, "several": [1, 9]}
    if isinstance(value, date):
        return value + timedelta(days=300)
    if isinstance(value, bytes):
        return value[:-1] + b"x"
    return value + 300 if isinstance(value, int) else value[:-1] + "x"


@pytest.mark.parametrize("name", TABLES)
def test_whatever_differs_in_a_table_is_found_and_named(name: str, stores: tuple[Engine, Engine]) -> None:
    table = metadata.tables[name]
    one, other = filled(stores, table)
    with one.connect() as ours, other.connect() as theirs:
        same = compare_table(ours, theirs, table)
        assert (same.stored, same.made, same.equal, same.differences, same.first) == (3, 3, 3, 0, [])
        assert digest_of(ours, table) == digest_of(theirs, table) == (3, same.sha256)
    for column in (column.name for column in table.columns if column.name not in (*key_of(table), *DECLARED[name].lifetime)):
        with one.begin() as ours, other.connect() as theirs:
            ours.execute(update(table).where(at(ours, table, 2)).values({column: changed_value(table, column)}))
            found = compare_table(ours, theirs, table)
            assert (found.equal, found.changed, found.lost, found.added) == (2, 1, 0, 0), column
            assert found.first[0].column.partition(".")[0] == column
            assert found.first[0].stored != found.first[0].made
            assert found.sha256 != same.sha256
            ours.rollback()
    with one.begin() as ours, other.connect() as theirs:
        ours.execute(delete(table).where(at(ours, table, 2)))
        ours.execute(insert(table).values(**row(table, 4)))
        found = compare_table(ours, theirs, table)
        assert (found.equal, found.changed, found.lost, found.added) == (2, 0, 1, 1)
        assert [(bool(two.column), two.stored == "∅") for two in found.first] in (
            [(False, True), (False, False)],
            [(False, False), (False, True)],
        )


def test_what_only_tells_how_long_something_took_is_no_difference(stores: tuple[Engine, Engine]) -> None:
    verdicts = metadata.tables["verdicts"]
    one, other = filled(stores, verdicts)
    with one.begin() as ours, other.connect() as theirs:
        ours.execute(update(verdicts).where(at(ours, verdicts, 2)).values(data={**value_of(verdicts, "data", 2), "seconds": 77.0}))
        assert compare_table(ours, theirs, verdicts).differences == 0


def test_rows_that_no_reader_sees_are_no_difference(stores: tuple[Engine, Engine]) -> None:
    timelines, publications = metadata.tables["timelines"], metadata.tables["publications"]
    one, other = filled(stores, timelines)
    with one.begin() as ours, other.connect() as theirs:
        ours.execute(insert(publications).values(**{**row(publications, 5), "number": 5}))
        for number, born, died in ((1, 1, 5), (7, 2, 3), (8, 6, None)):  # said otherwise until 5, gone, not published yet
            ours.execute(insert(timelines).values(**{**row(timelines, number), "born": born, "died": died}))
        ours.execute(update(timelines).where(at(ours, timelines, 2)).values(born=5))
        found = compare_table(ours, theirs, timelines)
        assert (found.stored, found.differences, found.first) == (3, 0, [])


def test_notes_of_runs_among_the_marks_are_no_difference(stores: tuple[Engine, Engine]) -> None:
    marks = metadata.tables["progress"]
    one, other = filled(stores, marks)
    with one.begin() as ours, other.connect() as theirs:
        ours.execute(insert(marks).values(name="crawl:vbpl", inputs="x"))
        assert compare_table(ours, theirs, marks).stored == 3


def test_long_texts_are_shown_where_they_part(stores: tuple[Engine, Engine]) -> None:
    articles = metadata.tables["articles"]
    one, other = filled(stores, articles)
    with one.begin() as ours, other.begin() as theirs:
        for connection, word in ((ours, "hết"), (theirs, "còn")):
            connection.execute(update(articles).where(at(connection, articles, 2)).values(text="a" * 5000 + word + "b" * 5000))
        (difference,) = compare_table(ours, theirs, articles).first
        assert "hết" in difference.stored
        assert "còn" in difference.made
        assert len(difference.stored) < 100


def test_postgresql_holds_the_same_lines_in_the_same_order(engine: Engine, tmp_path: Path) -> None:
    """Whichever database: letters of any language in the order of their bytes, moments in one zone."""
    findings, answers = metadata.tables["findings"], metadata.tables["answers"]
    reference = create_engine(f"sqlite:///{tmp_path / 'reference.db'}")
    metadata.create_all(reference)
    hanoi = datetime(2026, 6, 10, 10, 0, 0, 250, tzinfo=timezone(timedelta(hours=7)))
    captures = metadata.tables["captures"]
    for store in (engine, reference):
        with store.begin() as connection:
            for word in ("Đ", "D", "d", "a", "á", "Z", "1", "~", "ơ"):
                connection.execute(insert(findings).values(**{**row(findings, 1), "fingerprint": word}))
            connection.execute(insert(captures).values(**row(captures, 1)))
            moment = hanoi if store.dialect.name == "postgresql" else hanoi.astimezone(UTC)
            connection.execute(insert(answers).values(**{**row(answers, 1), "fetched_at": moment}))
    with engine.connect() as ours, reference.connect() as theirs:
        for table in (findings, answers):
            found = compare_table(ours, theirs, table)
            assert (found.differences, found.equal) == (0, found.stored), found.first
    reference.dispose()
