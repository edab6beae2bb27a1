"""Everything derived and published again from what a home has read, by two trees of this project side by side; prints one JSON line each.

    python -m benchmarks.rebuild HOME --as-of 2026-11-29 --beside /path/to/another/tree

Each tree gets a copy of its own, without anything derived, and runs `rasoat check` on it as a command: seconds, processor time, peak memory, and the
rows that it left. The other tree may be of an older version: its copy is taken back to the migration it knows.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from rasoat.store.database import alembic_config

_HERE = Path(__file__).resolve().parents[1]
_DERIVED = ("documents", "effects", "citations", "checks", "verdicts", "indexed", "progress", "findings")


def main() -> None:
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="rebuild-", dir=asked.home.absolute().parent) as folder:
        for tree in (_HERE, *([asked.beside.resolve()] if asked.beside else [])):
            home = Path(folder) / "home"
            shutil.copytree(asked.home, home)
            _emptied(home / "rasoat.db", _newest(tree))
            print(json.dumps({"tree": str(tree), **_checked(tree, home, asked.as_of), "rows": _rows(home / "rasoat.db")}), flush=True)
            shutil.rmtree(home)


def _asked() -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("home", type=Path)
    cli.add_argument("--as-of", required=True)
    cli.add_argument("--beside", type=Path, help="the other tree; its own .venv runs it")
    return cli.parse_args()


def _newest(tree: Path) -> str:
    """The last migration that a tree knows."""
    found = (re.match(r"\d{4}", path.name) for path in (tree / "rasoat/store/migrations/versions").iterdir())
    return max(one[0] for one in found if one)


def _emptied(store: Path, version: str) -> None:
    """Nothing derived, no publication, at the migration asked for."""
    from alembic import command
    from sqlalchemy import create_engine

    from rasoat.store.published_schema import published_tables

    with closing(sqlite3.connect(store)) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name in {*_DERIVED, "publications", *(table.name for table in published_tables())} & there:
            connection.execute(f"DELETE FROM {name}")  # noqa: S608 - names of our own
        connection.commit()
    engine = create_engine(f"sqlite:///{store}")
    config = alembic_config(f"sqlite:///{store}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, version)
    engine.dispose()


def _checked(tree: Path, home: Path, as_of: str) -> dict[str, object]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RASOAT_")}
    python = tree / ".venv/bin/python"
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - trees of our own
        [str(python if python.exists() else sys.executable), "-c", "from rasoat.start import main; main()", "check", "--as-of", as_of],
        env={**environment, "RASOAT_HOME": str(home), "PYTHONPATH": str(tree)}, cwd=tree, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "peak_mib": round(used.ru_maxrss / 1024),
    }


def _rows(store: Path) -> dict[str, int]:
    with closing(sqlite3.connect(store)) as connection:
        there = sorted(name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
        counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in there}  # noqa: S608
    return {
        name: count for name, count in counts.items() if count and name in {"documents", "effects", "citations", "findings", "timelines"}
    }


if __name__ == "__main__":
    main()
