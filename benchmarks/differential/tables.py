"""Every table of two stores compared row by row: `python -m benchmarks.differential.tables HOME_A HOME_B [--ignore TABLE]…`.

A move of walls must leave the same rows; a change of meaning shows here which rows it made, lost or changed. Columns that hold when
something happened to run (not what was found) are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sqlite3
import sys
from collections import Counter
from pathlib import Path

# Moments of a run, seconds it took, and where on this disk a thing lies.
_OF_THE_RUN = re.compile(r"^(\w+_at|at|seconds|begun|ended|warc|offset|length|run|page)$")
_PORT = re.compile(r"127\.0\.0\.1:\d+")  # of a publisher on loopback
_RUNS = {"runs", "alembic_version"}


def rows_of(home: Path, ignored: set[str]) -> dict[str, Counter[str]]:
    """By table: each row's digest and how often it occurs."""
    store = sqlite3.connect(f"file:{home / 'rasoat.db'}?mode=ro", uri=True)
    found: dict[str, Counter[str]] = {}
    names = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    for name in sorted(set(names) - _RUNS - ignored):
        columns = [column[1] for column in store.execute(f"PRAGMA table_info({name})") if not _OF_THE_RUN.match(column[1])]
        listed = ", ".join(f'"{column}"' for column in columns)
        found[name] = Counter(_digest(row) for row in store.execute(f"SELECT {listed} FROM {name}"))  # noqa: S608 names come from the schema
    store.close()
    return found


def _digest(row: tuple[object, ...]) -> str:
    return hashlib.sha256(_PORT.sub("127.0.0.1", repr(row)).encode()).hexdigest()


def main() -> int:
    """Print a line a table; exit 1 where any differs."""
    asked = argparse.ArgumentParser(description="Compare every table of two homes.")
    asked.add_argument("homes", nargs=2, type=Path)
    asked.add_argument("--ignore", action="append", default=[], help="a table left out")
    given = asked.parse_args()
    before, after = (rows_of(home, set(given.ignore)) for home in given.homes)
    differ = False
    for name in sorted(before.keys() | after.keys()):
        a, b = before.get(name, Counter()), after.get(name, Counter())
        lost, gained = (a - b).total(), (b - a).total()
        differ |= bool(lost or gained)
        print(f"{name:<24} {a.total():>9} {b.total():>9}  {'same' if not lost and not gained else f'-{lost} +{gained}'}")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
