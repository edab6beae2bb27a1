"""Every table of two stores compared row by row: `python -m benchmarks.differential.tables HOME_A HOME_B [--ignore TABLE]…`.

A move of walls must leave the same rows; a change of meaning shows here which rows it made, lost or changed. What tells only when and
where bytes were written (`rasoat/store/table_kinds.py`) is left out.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import create_engine

from rasoat.store.row_comparison import rows_in_order
from rasoat.store.table_kinds import DECLARED, TableKind, tables_of

_PORT = re.compile(rb"127\.0\.0\.1:\d+")  # of a publisher on loopback


def rows_of(home: Path, ignored: set[str]) -> dict[str, Counter[str]]:
    """By table: each row's digest and how often it occurs."""
    store = create_engine(f"sqlite:///file:{home / 'rasoat.db'}?mode=ro&uri=true")
    with store.connect() as connection:
        return {
            table.name: Counter(_digest(row.line) for row in rows_in_order(connection, table, DECLARED[table.name].moment))
            for table in tables_of(*(kind for kind in TableKind if kind is not TableKind.LOG))
            if table.name not in ignored
        }


def _digest(line: bytes) -> str:
    return hashlib.sha256(_PORT.sub(b"127.0.0.1", line)).hexdigest()


def differences(one: Path, other: Path, ignored: Collection[str] = ()) -> list[str]:
    """The names of the tables that differ; a line is printed for every table."""
    before, after = rows_of(one, set(ignored)), rows_of(other, set(ignored))
    differ = []
    for name in sorted(before.keys() | after.keys()):
        a, b = before.get(name, Counter()), after.get(name, Counter())
        lost, gained = (a - b).total(), (b - a).total()
        if lost or gained:
            differ.append(name)
        print(f"{name:<24} {a.total():>9} {b.total():>9}  {f'-{lost} +{gained}' if lost or gained else 'same'}")
    return differ


def main() -> int:
    """Print a line a table; exit 1 where any differs."""
    asked = argparse.ArgumentParser(description="Compare every table of two homes.")
    asked.add_argument("homes", nargs=2, type=Path)
    asked.add_argument("--ignore", action="append", default=[], help="a table left out")
    given = asked.parse_args()
    one, other = given.homes
    return 1 if differences(one, other, set(given.ignore)) else 0


if __name__ == "__main__":
    sys.exit(main())
