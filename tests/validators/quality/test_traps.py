"""The four ways this library misleads, each reproduced where it can be and each avoided."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from pipeline.reports.quality_page import page
from tests.validators.quality.spoiling import DEMO_DAY, spoil
from validators.quality import expectations, gate
from validators.quality.evaluation import _Session, evaluate, outcomes_of, query_of
from validators.quality.expectation import ROWS
from validators.quality.verdict import NOT_EVALUATED, Outcome, judge

pytestmark = pytest.mark.slow

ASKED = expectations(DEMO_DAY)
_SAVED = """
import json, os, sys
os.environ["GX_ANALYTICS_ENABLED"] = "false"
import great_expectations as gx
import great_expectations.expectations as gxe

saving, folder, store = sys.argv[1] == "save", sys.argv[2], sys.argv[3]
context = gx.get_context(mode="file", project_root_dir=folder)
if saving:
    class ExpectNoOddDocument(gxe.UnexpectedRowsExpectation):
        unexpected_rows_query: str = "SELECT key FROM {batch} WHERE number = 'x'"

    source = context.data_sources.add_sqlite("store", connection_string=store)
    data = source.add_table_asset("documents", table_name="documents").add_batch_definition_whole_table("all")
    suite = context.suites.add(gx.ExpectationSuite(name="saved", expectations=[ExpectNoOddDocument(meta={"check": "documents.number.canonical"})]))
    context.validation_definitions.add(gx.ValidationDefinition(name="saved", data=data, suite=suite))
result = context.validation_definitions.get("saved").run()
from datetime import date
from validators.quality import expectations
from validators.quality.evaluation import outcomes_of
from validators.quality.verdict import judge

asked = [check for check in expectations(date(2026, 11, 22)) if check.name == "documents.number.canonical"]
verdict = judge(date(2026, 11, 22), asked, dict(outcomes_of([result])), [])
print("TOLD", json.dumps({"success": result.success, "evaluated": len(result.results), "blocks": verdict.blocks, "why": [one.trouble for one in verdict.broken]}))
"""


def test_false_green_a_saved_run_whose_custom_expectation_is_missing_does_not_pass(sqlite_store: Engine, tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(_SAVED, "utf-8")

    def ran(how: str) -> dict[str, object]:
        command = [sys.executable, str(tmp_path / "run.py"), how, str(tmp_path / "gx"), str(sqlite_store.url)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3], env=_environment(), timeout=300)
        assert done.returncode == 0, done.stderr
        return json.loads(next(line[5:] for line in done.stdout.splitlines() if line.startswith("TOLD ")))

    (tmp_path / "gx").mkdir()
    with_it, without_it = ran("save"), ran("reload")
    assert (with_it["evaluated"], with_it["blocks"]) == (1, False)
    assert (without_it["success"], without_it["evaluated"]) == (True, 0)  # the trap: green on nothing
    assert without_it["blocks"]
    assert without_it["why"] == [NOT_EVALUATED]


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}


def test_false_green_one_lost_warning_is_enough_to_block() -> None:
    outcomes = {check.name: Outcome(True) for check in ASKED}
    assert not judge(DEMO_DAY, ASKED, outcomes, []).blocks
    del outcomes["documents.dates"]
    verdict = judge(DEMO_DAY, ASKED, outcomes, [])
    assert verdict.blocks
    assert (verdict.expected - verdict.evaluated, verdict.failed[0].check) == (1, "documents.dates")


def test_every_argument_is_kept_in_the_configuration(sqlite_store: Engine) -> None:
    session = _Session(sqlite_store)
    for check in ASKED:
        stored = session.built(check).configuration
        assert stored.meta == {"check": check.name, "tier": check.tier.value}
        assert stored.kwargs.items() >= dict(check.arguments).items(), check.name
        if check.kind == ROWS:
            assert check.bad is not None
            assert stored.kwargs["unexpected_rows_query"] == query_of(sqlite_store, check.bad, 20)


def test_the_rows_of_our_queries_stand_in_the_page(sqlite_store: Engine) -> None:
    check = next(one for one in ASKED if one.name == "effects.quote")
    with sqlite_store.begin() as connection:
        spoil(connection, check)
    outcomes, broken = evaluate(sqlite_store, [check], lambda *_: None)
    shown = page(judge(DEMO_DAY, [check], outcomes, broken), [check], {})
    assert "<td>không phải nguyên văn</td>" in shown
    assert re.search(r'<th scope="row">piece=\w+…?, position=\d+</th><td><code>quote</code></td>', shown)


def test_the_page_loads_nothing_and_leads_nowhere_outside(sqlite_store: Engine) -> None:
    shown = page(gate(sqlite_store, _settings(), DEMO_DAY, lambda *_: None), ASKED, {})
    assert not re.search(r"(?i)https?:|//\w|<script|<link|<img|@import|url\(", shown)
    assert all(target.startswith("#") for target in re.findall(r'(?:href|src)="([^"]*)"', shown))


def test_the_page_is_read_by_machines_that_read_aloud(sqlite_store: Engine) -> None:
    """Language, headings without a gap, names of tables and of their columns, no name twice, no link to nowhere; and what to do."""
    with sqlite_store.begin() as connection:
        spoil(connection, next(one for one in ASKED if one.name == "effects.quote"))
    shown = page(gate(sqlite_store, _settings(), DEMO_DAY, lambda *_: None, again=True), ASKED, {})
    assert '<html lang="vi">' in shown
    levels = [int(level) for level in re.findall(r"<h(\d)", shown)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(following - level <= 1 for level, following in pairwise(levels))
    assert shown.count("<table>") == shown.count("<caption>") > 20
    assert not re.search(r"<th>|<th (?!scope=)", shown)
    names = re.findall(r'id="([^"]*)"', shown)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]*)"', shown)) <= set(names)
    assert f"cho đánh giá lại ngày {DEMO_DAY.isoformat()}" in shown


def test_bad_text_in_a_row_is_only_text_in_the_page(sqlite_store: Engine) -> None:
    with sqlite_store.begin() as connection:
        connection.execute(text("UPDATE procedures SET code = '<script>alert(1)</script>'"))
    check = next(one for one in ASKED if one.name == "procedures.code.regex")
    outcomes, broken = evaluate(sqlite_store, [check], lambda *_: None)
    assert "<script" not in page(judge(DEMO_DAY, [check], outcomes, broken), [check], {})


def test_a_database_that_cannot_be_read_blocks_with_the_reason(tmp_path: Path) -> None:
    empty = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    check = next(one for one in ASKED if one.name == "documents.key.exists" or one.name == "documents.dates")
    outcomes, broken = evaluate(empty, [check], lambda *_: None)
    assert broken[0].trouble
    assert dict(outcomes_of([])) == {}
    assert not outcomes[check.name].success


def _settings():
    from rasoat.settings import Settings

    return Settings()
