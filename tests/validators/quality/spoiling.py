"""How each expectation's table is spoiled. Shapes that many share are spoiled by shape; every other expectation has its own entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Date, DateTime, Integer, Table, and_, delete, func, insert, null, select, text, update

from rasoat.store import published_schema as published
from rasoat.store import schema as s
from rasoat.store.published_findings import about_to_stand
from validators.quality.expectation import ROWS, Expectation, key_columns

DEMO_DAY = date(2026, 11, 22)
UNKNOWN = "0" * 63 + "f"
Spoil = Callable[[Connection], object]


def spoil(connection: Connection, check: Expectation) -> None:
    """Break exactly what this expectation asks for.

    Raises:
        KeyError: nobody has said how its table is spoiled: add it to SPOILED.
    """
    if own := SPOILED.get(check.name):
        for name in {check.table or check.suite, *_TOUCHED.get(check.name, ())} & set(s.metadata.tables):
            loosen(connection, s.metadata.tables[name])
        own(connection)
        return
    table = s.metadata.tables[check.table or check.suite]
    loosen(connection, table)
    _BY_SHAPE[_shape(check)](connection, table, check)


def loosen(connection: Connection, table: Table) -> None:
    """Rebuild a table without its constraints, so that it can hold what the database itself would refuse; one row at least."""
    quoted = table.name
    _unwatched(connection)
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    connection.execute(text(f"CREATE TABLE loose AS SELECT * FROM {quoted}"))
    connection.execute(text(f"DROP TABLE {quoted}{cascade}"))
    connection.execute(text(f"ALTER TABLE loose RENAME TO {quoted}"))
    if not connection.scalar(select(func.count()).select_from(table)):
        connection.execute(insert(table).values({column.name: _anything(column.type) for column in table.columns}))


def _unwatched(connection: Connection) -> None:
    """Without the triggers that note which pieces change: a table cannot be exchanged under them."""
    if connection.dialect.name == "sqlite":
        for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.execute(text(f"DROP TRIGGER {name}"))


def _anything(kind: Any) -> object:
    if isinstance(kind, DateTime):
        return datetime(2026, 11, 22, tzinfo=UTC)
    if isinstance(kind, Date):
        return DEMO_DAY
    return 1 if isinstance(kind, Integer) else {} if kind.python_type is dict else "x"


def _shape(check: Expectation) -> str:
    if check.name.endswith(".types"):
        return "types"
    shape = check.name.rsplit(".", 1)[1]
    if check.kind == ROWS and shape != "exists":
        raise KeyError(f"{check.name}: say in tests/validators/quality/spoiling.py how its table is spoiled")
    return shape


def _one(connection: Connection, table: Table) -> Any:
    keys = key_columns(table)
    first = connection.execute(select(*keys).limit(1)).one()
    return and_(*(column == value for column, value in zip(keys, first, strict=True)))


def _set(value: Callable[[Any], object]) -> Callable[[Connection, Table, Expectation], None]:
    def change(connection: Connection, table: Table, check: Expectation) -> None:
        column = table.c[check.column]
        connection.execute(update(table).where(_one(connection, table)).values({column: value(column)}))

    return change


def _twice(connection: Connection, table: Table, check: Expectation) -> None:
    connection.execute(insert(table).from_select(list(table.c.keys()), select(table).limit(1)))


def _emptied(connection: Connection, table: Table, check: Expectation) -> None:
    connection.execute(delete(table))


def _one_more(connection: Connection, table: Table, check: Expectation) -> None:
    connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN la INTEGER"))


def _another_type(connection: Connection, table: Table, check: Expectation) -> None:
    quote = connection.dialect.identifier_preparer.quote
    column = quote(next(iter(table.c)).name)
    connection.execute(text(f"ALTER TABLE {table.name} DROP COLUMN {column}"))
    connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {column} NUMERIC"))


_BY_SHAPE: dict[str, Callable[[Connection, Table, Expectation], None]] = {
    "not_null": _set(lambda column: null()),
    "in_set": _set(lambda column: 99 if isinstance(column.type, Integer) else "la"),
    "between": _set(lambda column: -1),
    "regex": _set(lambda column: "?"),
    "exists": _set(lambda column: 99_999 if isinstance(column.type, Integer) else UNKNOWN),
    "unique": _twice,
    "rows": _emptied,
    "columns": _one_more,
    "types": _another_type,
}


def _where(table: Table, *where: Any, **values: object) -> Spoil:
    """Update the rows for which `where` holds."""
    return lambda connection: connection.execute(update(table).where(*where).values(values))


def _data(table: Table, change: Callable[[dict[str, Any]], dict[str, Any]], *where: Any) -> Spoil:
    """Change what the first such row's `data` holds."""

    def run(connection: Connection) -> None:
        keys = key_columns(table)
        row = connection.execute(select(*keys, table.c.data).where(*where).order_by(*keys).limit(1)).one()
        same = and_(*(column == value for column, value in zip(keys, row, strict=False)))
        connection.execute(update(table).where(same).values(data={**row.data, **change(row.data)}))

    return run


def _stale(source: str) -> Spoil:
    return _where(s.answers, s.answers.c.source == source, observed_on=date(2020, 1, 1))


def _first(table: Table, **values: object) -> Spoil:
    return lambda connection: connection.execute(update(table).where(_one(connection, table)).values(values))


_numbered = s.mentions.c.data["number"].as_string().is_not(None)
_told = about_to_stand(DEMO_DAY)
_cite_01 = and_(_told, published.findings.c.rule == "CITE-01", published.findings.c.data[("interval", "start")].as_string().is_not(None))
_in_part = published.findings.c.data[("where", "part")].as_string() == "legal_basis"
SPOILED: dict[str, Spoil] = {
    "documents.dates": _where(s.documents, s.documents.c.issued_on.is_not(None), effective_on=date(1900, 1, 1)),
    "effects.until.after_on": _first(s.effects, on=date(2026, 1, 2), until=date(2026, 1, 1)),
    "effects.end.after_start": _first(s.effects, start=9, end=9),
    "announcements.signed_before_seen": _first(s.announcements, signed_on=date(2026, 11, 23), observed_on=DEMO_DAY),
    "answers.partition.unexpected": _first(s.answers, source="la"),
    "answers.partition.missing": lambda c: c.execute(delete(s.answers).where(s.answers.c.request.startswith("all/2010-"))),
    "pieces.promised": lambda c: c.execute(delete(s.pieces).where(s.pieces.c.source == "vbpl", s.pieces.c.kind == "row")),
    "answers.read": _first(s.answers, reader=None),
    "answers.seen_before_fetched": _first(s.answers, observed_on=date(2999, 1, 1)),
    "answers.fresh.dichvucong": _stale("dichvucong"),
    "answers.fresh.phapdien": _stale("phapdien"),
    "answers.fresh.vbpl": _stale("vbpl"),
    "pieces.accounted": lambda c: c.execute(insert(s.pieces).values(piece=UNKNOWN, source="vbpl", kind="row", reader=1, elsewhere=0)),
    "pieces.seen": lambda c: c.execute(insert(s.pieces).values(piece=UNKNOWN, source="vbpl", kind="row", reader=1, elsewhere=0)),
    "mentions.quote": _data(s.mentions, lambda data: {"start": data["start"] + 1}),
    "mentions.number.canonical": _data(s.mentions, lambda data: {"number": data["number"].lower()}, _numbered),
    "observations.number.canonical": _data(s.observations, lambda data: {"number": data["number"].replace("/", " / ")}),
    "clauses.quote": _data(s.clauses, lambda data: {"quote": data["quote"] + "."}),
    "mentions.resolved": lambda c: c.execute(delete(s.citations).where(_one(c, s.citations))),
    "citations.target": _first(s.citations, key=None, non_answer=None),
    "effects.target": _first(s.effects, verb="replaces", target=None, non_answer=None),
    "effects.quote": _first(s.effects, quote="không phải nguyên văn"),
    "documents.number.canonical": _first(s.documents, number="63 / 2010/nđ-cp"),
    "documents.key.number": _first(s.documents, number="1/2000/NĐ-CP"),
    "checks.day": lambda c: c.execute(delete(s.checks)),
    "findings.quote": _data(
        published.findings, lambda data: {"quote": data["quote"] + " thêm"}, _told, _in_part, published.findings.c.rule == "CITE-01"
    ),
    "findings.subject.exists": _where(published.findings, _told, published.findings.c.rule == "CITE-01", subject="0.000000"),
    "findings.proof": _data(published.findings, lambda data: {"clause": None}, _cite_01),
    "findings.ended": _data(published.findings, lambda data: {"interval": {**data["interval"], "end": "2026-11-23"}}, _cite_01),
    "findings.interval": _data(published.findings, lambda data: {"interval": {**data["interval"], "end": "1900-01-01"}}, _cite_01),
    "indexed.count": lambda c: c.execute(delete(s.indexed).where(_one(c, s.indexed))),
}
# Tables beside its own that a spoiling writes to.
_TOUCHED = {"mentions.resolved": ("citations",), "checks.day": ("checks",), "observations.number.canonical": ("observations",)}
