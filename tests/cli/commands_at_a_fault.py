"""A child that is held to a fault: every command once, in this process; what each said and how it ended, as JSON lines.

    python commands_at_a_fault.py FAULT FOLDER FILE

FOLDER is where exports go, FILE something to import. The fault is laid on before the first command.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from typer.testing import CliRunner

DAY = "2026-06-10"


def commands(folder: Path, file: Path) -> list[list[str]]:
    """Every command that touches a home, each kind of file it writes once."""
    day = ["--as-of", DAY]
    return [
        ["search", "giấy phép"],
        ["show", "1.000001", *day],
        ["status", "63/2010/NĐ-CP", *day],
        ["status", "63/2010/NĐ-CP", *day, "--svg", str(folder / "a.svg")],
        ["findings", *day],
        *(["findings", *day, "--all", "--export", str(folder / f"f.{form}")] for form in ("xlsx", "docx", "csv", "jsonl")),
        ["coverage", *day],
        *(["coverage", *day, "--export", str(folder / f"c.{form}")] for form in ("xlsx", "html", "jsonl")),
        ["coverage", *day, "--form", "lai-chau/xa-than-uyen", "-o", str(folder / "p.xlsx")],
        *(["coverage", *day, "--unit", "lai-chau", "--report", str(folder / f"r.{form}")] for form in ("xlsx", "docx")),
        ["quality", *day],
        ["metrics"],
        ["report", *day],
        ["index", *day],
        ["index", "--rebuild", *day],
        ["check", "--as-of", "2026-06-11"],
        ["findings", "--as-of", "2026-06-12"],
        ["import", str(file), "--observed-on", DAY],
        ["extract"],
        ["crawl", "--source", "phapdien=http://127.0.0.1:9/", "--observed-on", DAY],
        ["run", "--source", "phapdien=http://127.0.0.1:9/", "--observed-on", DAY, "--as-of", DAY],
        ["doctor", "--json"],
        ["read", str(file)],
        ["cite", "Nghị định số 63/2010/NĐ-CP"],
    ]


def lay_on(fault: str) -> None:
    if fault.startswith("no file past "):
        most = int(fault.removeprefix("no file past "))
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def main() -> None:
    fault, folder, file = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    from cli import app

    lay_on(fault)
    for words in commands(folder, file):
        done = CliRunner().invoke(app, words)
        wrong = "" if done.exception is None or isinstance(done.exception, SystemExit) else repr(done.exception)
        print(json.dumps({"words": words, "code": done.exit_code, "said": done.stderr, "wrong": wrong, "shown": done.stdout[-300:]}))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
