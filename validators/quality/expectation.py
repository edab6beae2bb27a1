"""One expectation as data, and the shapes expectations come in. Great Expectations is imported only where they are run.

Every expectation knows how to show the rows that break it: `bad` selects them (the key's columns, then the value), or
`pairs` tells each value beside what it must be, for what no database can compute (canonical numbers, quotes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, exists, func, not_, select

ROWS = "UnexpectedRowsExpectation"
Pair = tuple[str, object, object]  # key, as it stands, as it must be
Pairs = Callable[[Connection], Iterator[Pair]]


class GateTier(StrEnum):
    """What a broken expectation does."""

    FAIL = "fail"  # stops publication: the last good index goes on serving
    WARN = "warn"  # opens a review item, publication goes on


@dataclass(frozen=True)
class Expectation:
    """An expectation. `kind` names the Great Expectations class, `arguments` what it is given; `says` is for people. `of_day`: what it
    asks goes with the day that the gate is asked about."""

    name: str
    suite: str
    tier: GateTier
    says: str
    kind: str
    table: str
    column: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    bad: Select[Any] | None = None
    pairs: Pairs | None = None
    of_day: bool = False


def holds(connection: Connection, check: Expectation) -> bool:
    """Whether no row breaks an expectation that knows how to show such rows."""
    if check.pairs is not None:
        return all(value == expected for _, value, expected in check.pairs(connection))
    return check.bad is not None and connection.execute(check.bad.limit(1)).first() is None


def key_columns(table: Table) -> list[Column[Any]]:
    """What names a row: the primary key, else the columns of the unique index."""
    if primary := list(table.primary_key.columns):
        return primary
    return [column for index in table.indexes if index.unique for column in index.columns]


def not_null(column: Column[Any], tier: GateTier = GateTier.FAIL) -> Expectation:
    """No row without a value."""
    return _of_column(column, "not_null", tier, f"{_called(column)} luôn có giá trị", "ExpectColumnValuesToNotBeNull", {}, column.is_(None))


def in_set(column: Column[Any], values: Iterable[str | int], tier: GateTier = GateTier.FAIL) -> Expectation:
    """Only these values."""
    allowed = sorted(values, key=str)
    says = f"{_called(column)} chỉ nhận giá trị đã khai báo"
    return _of_column(column, "in_set", tier, says, "ExpectColumnValuesToBeInSet", {"value_set": allowed}, column.not_in(allowed))


def between(column: Column[Any], low: Any, high: Any, tier: GateTier = GateTier.FAIL) -> Expectation:
    """From `low` to `high`, both included."""
    says = f"{_called(column)} từ {low} đến {high}"
    bounds = {"min_value": low, "max_value": high}
    return _of_column(column, "between", tier, says, "ExpectColumnValuesToBeBetween", bounds, not_(column.between(low, high)))


def matches(column: Column[Any], regex: str, form: str, tier: GateTier = GateTier.FAIL) -> Expectation:
    """The whole value has this form; `form` says it in words."""
    says = f"{_called(column)} đúng dạng {form}"
    return _of_column(column, "regex", tier, says, "ExpectColumnValuesToMatchRegex", {"regex": regex}, not_(column.regexp_match(regex)))


def unique(table: Table) -> Expectation:
    """No two rows of one key."""
    keys = key_columns(table)
    names = [column.name for column in keys]
    twice = select(*keys, func.count().label("value")).group_by(*keys).having(func.count() > 1)
    compound = len(keys) > 1
    return Expectation(
        f"{table.name}.unique",
        table.name,
        GateTier.FAIL,
        f"Mỗi khóa ({', '.join(names)}) đứng một lần",
        "ExpectCompoundColumnsToBeUnique" if compound else "ExpectColumnValuesToBeUnique",
        table.name,
        ", ".join(names),
        {"column_list": names} if compound else {"column": names[0]},
        twice,
    )


def row_count(table: Table, least: int, most: int) -> Expectation:
    """A number of rows within bounds."""
    says = f"Số dòng từ {least:,} đến {most:,}".replace(",", ".")
    counted = select(func.count().label("value")).select_from(table).having(not_(func.count().between(least, most)))
    bounds = {"min_value": least, "max_value": most}
    return Expectation(
        f"{table.name}.rows", table.name, GateTier.FAIL, says, "ExpectTableRowCountToBeBetween", table.name, "", bounds, counted
    )


def columns(table: Table) -> Expectation:
    """Exactly the columns of the schema."""
    names = [column.name for column in table.columns]
    kind, arguments = "ExpectTableColumnsToMatchSet", {"column_set": names}  # exact by default
    return Expectation(
        f"{table.name}.columns", table.name, GateTier.FAIL, "Đủ và đúng các cột đã khai báo", kind, table.name, "", arguments
    )


def found_in(
    name: str, suite: str, here: Sequence[ColumnElement[Any]], there: Sequence[ColumnElement[Any]], says: str, *only: ColumnElement[bool]
) -> Expectation:
    """Every row of the first table has its row in the second; `only` narrows to the rows of which this is asked."""
    table = here[0].table
    target = there[0].table.alias("target")
    joined = and_(*(target.c[theirs.name] == ours for ours, theirs in zip(here, there, strict=True)))
    absent = ~exists(select(1).select_from(target).where(joined).correlate(table))
    return no_rows(name, suite, table, here[-1], says, and_(here[-1].is_not(None), absent, *only))


def no_rows(
    name: str, suite: str, table: Table, value: ColumnElement[Any], says: str, where: ColumnElement[bool], tier: GateTier = GateTier.FAIL
) -> Expectation:
    """No row for which `where` holds: our own expectations, in SQL that every database reads."""
    selected = select(*key_columns(table), value.label("value")).where(where)
    column = getattr(value, "name", "") or ""
    return Expectation(name, suite, tier, says, ROWS, table.name, column, {}, selected)


def same(name: str, suite: str, column: str, says: str, pairs: Pairs, tier: GateTier = GateTier.FAIL) -> Expectation:
    """Each value is what it must be, as computed here."""
    kind, arguments = "ExpectColumnPairValuesToBeEqual", {"column_A": "value", "column_B": "expected"}
    return Expectation(name, suite, tier, says, kind, "", column, arguments, pairs=pairs)


def _of_column(
    column: Column[Any], shape: str, tier: GateTier, says: str, kind: str, arguments: dict[str, Any], broken: ColumnElement[bool]
) -> Expectation:
    table = column.table
    assert isinstance(table, Table)
    bad = select(*key_columns(table), column.label("value")).where(broken)
    name = f"{table.name}.{column.name}.{shape}"
    return Expectation(name, table.name, tier, says, kind, table.name, column.name, {"column": column.name, **arguments}, bad)


def _called(column: Column[Any]) -> str:
    return f"Cột {column.name}"
