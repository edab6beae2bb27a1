"""The first command of the README, run as its user runs it, against what a lawyer expects of it (cli/demo/expected.toml)."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import cli.demo
from cli.demo.publisher import Publisher
from cli.demo_command import DEMO_DAY
from rasoat.identity import canonical_number

pytestmark = pytest.mark.slow
EXPECTED = tomllib.loads((Path(cli.demo.__file__).parent / "expected.toml").read_text("utf-8"))
RULED = ("CITE-01", "CITE-02", "CITE-03", "CITE-05", "CITE-08")


def rasoat_command(home: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RASOAT_HOME": str(home)}
    command = [sys.executable, "-c", "from cli import app; app()", *words]
    return subprocess.run(command, check=False, env=environment, input=given, capture_output=True, text=True, timeout=300)


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    done = rasoat_command(folder, "demo", "--home", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    *_, opens, looks = done.stdout.strip().splitlines()  # nobody sits at a terminal here: the pages are told of, and not opened
    assert opens.endswith(" serve")
    assert looks.endswith("http://127.0.0.1:8765/chay-thu")
    return folder


def number(printed: str | None) -> str:
    return canonical_number((printed or "").split("@")[0])


def found_on(home: Path, day: str) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    found = defaultdict(list)
    for one in lines(rasoat_command(home, "findings", "--as-of", day, "--jsonl")):
        found[one["rule"], one["subject"], number(one["suggestion"] if one["rule"] == "CITE-03" else one["object"])].append(one)
    return found


@pytest.fixture(scope="module")
def days(home: Path) -> dict[str, dict[tuple[str, str, str], list[dict[str, Any]]]]:
    asked = {str(row.get("as_of", EXPECTED["as_of"])) for kind in ("finding", "silent") for row in EXPECTED[kind]}
    return {day: found_on(home, day) for day in asked}


def wanted_object(row: dict[str, Any]) -> str:
    """What CITE-03 could not resolve is known by what it suggests."""
    return str(row.get("object") or row["suggestion"])


def named(row: dict[str, Any]) -> str:
    return f"{row['rule']}-{row['subject']}-{wanted_object(row)}-{row.get('as_of', '')}"


@pytest.mark.parametrize("row", EXPECTED["finding"], ids=named)
def test_every_expected_finding_is_there_with_its_proof(days, row: dict[str, Any]) -> None:
    found = days[str(row.get("as_of", EXPECTED["as_of"]))][row["rule"], row["subject"], number(wanted_object(row))]
    open_ones = [one for one in found if not one["suppressed"]]
    assert open_ones, row["why"]
    one = open_ones[0]
    assert one["quote"]
    if "ended_on" in row:
        assert one["interval"]["to"] == str(row["ended_on"])
    if "ended_by" in row:
        assert list(map(number, one["ended_by"])) == list(map(number, row["ended_by"]))
    if "clause" in row:
        assert (number(one["clause"]["document"]), one["clause"]["provision"]) == (
            number(row["clause"]["document"]),
            row["clause"]["provision"],
        )
        assert one["clause"]["quote"]
    if "successors" in row:
        assert list(map(number, one["successors"])) == list(map(number, row["successors"]))
    if "suggestion" in row:
        assert number(one["suggestion"]) == number(row["suggestion"])


@pytest.mark.parametrize("row", EXPECTED["silent"], ids=named)
def test_no_trap_is_flagged(days, row: dict[str, Any]) -> None:
    found = days[str(row.get("as_of", EXPECTED["as_of"]))][row["rule"], row["subject"], number(wanted_object(row))]
    assert not [one for one in found if not one["suppressed"]], row["why"]
    for one in found:
        if row["trap"].startswith("FP"):
            assert row["trap"] in one["suppressed"]


def test_nothing_else_is_accused(days) -> None:
    day = str(EXPECTED["as_of"])
    wanted = {(row["rule"], row["subject"], number(wanted_object(row))) for row in EXPECTED["finding"] if str(row.get("as_of", day)) == day}
    others = [
        key for key, found in days[day].items() if key[0] in RULED and any(not one["suppressed"] for one in found) and key not in wanted
    ]
    assert others == []


@pytest.mark.parametrize("row", EXPECTED["review"], ids=lambda row: row["subject"])
def test_a_badge_that_disagrees_opens_a_review(days, row: dict[str, Any]) -> None:
    found = days[str(EXPECTED["as_of"])]
    assert any(key[0] == "REVIEW" and number(key[1]) == number(row["subject"]) for key in found), row["why"]


def test_what_could_not_be_loaded_is_named(home: Path) -> None:
    with sqlite3.connect(home / "rasoat.db") as store:
        reasons = " | ".join(f"{place} {reason}" for place, reason in store.execute("SELECT place, reason FROM refusals"))
        codes = {code for (code,) in store.execute("SELECT code FROM procedures")}
        missing = store.execute("SELECT count(*) FROM procedures WHERE code = '3.000333' AND data LIKE '%detail%'").fetchone()[0]
    assert missing
    assert any(code.startswith("9.999999") for code in codes) or "9.999999" in reasons
    assert "10/2020/NĐ-CP" in reasons
    assert "không có ghi chú nguồn" in reasons


def test_a_finding_leads_to_the_archived_bytes(home: Path, tmp_path: Path) -> None:
    day = str(EXPECTED["as_of"])
    one = lines(rasoat_command(home, "findings", "--as-of", day, "--rule", "CITE-01", "--jsonl"))[0]
    shown = rasoat_command(home, "findings", "--as-of", day, "--show", one["fingerprint"], "--save", str(tmp_path / "proof"))
    assert shown.returncode == 0, shown.stderr
    import hashlib

    saved = list((tmp_path / "proof").iterdir())
    assert saved
    assert all(hashlib.sha256(file.read_bytes()).hexdigest() == file.name for file in saved)
    assert all(file.name in shown.stdout for file in saved)


def test_the_same_run_again_changes_no_row(home: Path) -> None:
    before, day = rows(home), str(DEMO_DAY)
    with Publisher() as publisher:
        sources = (f"phapdien={publisher.url}/phapdien/2026-10/", f"dichvucong={publisher.url}", f"vbpl={publisher.url}")
        flags = [word for source in sources for word in ("--source", source)]
        done = rasoat_command(home, "run", *flags, "--observed-on", day, "--as-of", day)
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows(home) == before


def test_a_demo_again_finds_the_same(home: Path, tmp_path: Path) -> None:
    """It starts afresh each time, whatever was asked of the last one."""
    again = tmp_path / "again"
    assert rasoat_command(again, "demo", "--home", str(again)).returncode == 0
    day = str(DEMO_DAY)
    first, second = (lines(rasoat_command(folder, "findings", "--as-of", day, "--jsonl")) for folder in (home, again))
    assert first == second


def rows(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    with sqlite3.connect(home / "rasoat.db") as store:
        tables = [
            name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('runs', 'answers')")
        ]
        return {table: sorted(map(repr, store.execute(f"SELECT * FROM {table}"))) for table in tables}


def test_what_was_loaded_is_found_as_people_type_it(home: Path) -> None:
    asked = '{"id": 1, "query": "dang ky khai sinh", "target": "procedure"}\n{"id": 2, "query": "42/2022", "target": "document"}\nno json\n'
    done = rasoat_command(home, "search", "--jsonl", given=asked)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert answers[0]["results"]
    assert answers[1]["results"][0] == "42/2022/NĐ-CP"
    assert "error" in answers[2]
