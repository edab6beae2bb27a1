"""Every DAG imported, drawn and executed against the demo publisher; what they make equals the command line's rows."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import docx
import pytest
from airflow_processes import DAGS, DAY, ROOT, Environment, Execute, environment, finished, store
from same_rows import differences, rows

from pipeline.reports.expired_lists import EXPIRED_COLUMNS
from rasoat.records import Origin
from rasoat.records.postings import Act, Announcement, Level
from rasoat.store.database import open_database
from rasoat.store.stored_postings import write_announcements

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent


def test_every_dag_is_imported_and_drawn_as_agreed(airflow: Environment) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "describe_dags.py")], env=airflow, capture_output=True, text=True, timeout=120, cwd=ROOT
    )
    print(done.stderr)
    drawn = json.loads(done.stdout[done.stdout.index("{\n") :])
    assert drawn["errors"] == {}
    assert len(drawn["dags"]) >= 5
    assert all(dag["documented"] for dag in drawn["dags"].values())
    agreed = HERE / "graph.json"
    if not agreed.exists():
        agreed.write_text(json.dumps(drawn["dags"], ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
        pytest.fail(f"{agreed} was missing and has been written: read it, then commit it")
    assert drawn["dags"] == json.loads(agreed.read_text("utf-8"))


def test_importing_asks_nothing(tmp_path: Path) -> None:
    """No settings, no database, no network: broken ones change nothing, and no room but the declarations is imported."""
    heavy = ("sqlalchemy.orm", "scrapy", "spacy", "great_expectations", "elasticsearch", "tantivy", "pdfplumber", "rasoat.settings")
    script = f"""
import sys, airflow.sdk
before = set(sys.modules)
import dags.crawl, dags.check, dags.index, dags.report
print([name for name in {heavy!r} if name in sys.modules and name not in before])
"""
    env = environment(tmp_path, RASOAT_HORIZON_DAYS="none", store="nothing://")
    assert finished([sys.executable, "-c", script], env).splitlines()[-1] == "[]"
    assert not (tmp_path / "rasoat").exists()


def test_executed_dags_make_the_rows_of_the_command_line(
    airflow: Environment, execute: Execute, conf: dict[str, dict[str, object]], by_hand: dict[str, list[str]]
) -> None:
    told = [execute(dag, form) for dag, form in conf.items()]
    told += [execute("rasoat_check", {"as_of": DAY}), execute("rasoat_index", {"as_of": DAY})]
    assert [one["state"] for one in told] == ["success"] * len(told), told
    assert differences(by_hand, rows(store(airflow))) == {}
    mapped = {(one["dag"], task) for one in told for task, at, _, _ in one["tasks"] if at > 0}
    assert ("rasoat_crawl_dichvucong", "crawl_window") in mapped
    assert ("rasoat_crawl_vbpl", "crawl_window") in mapped
    assert ("rasoat_crawl_phapdien", "read_share") in mapped
    for one in told:  # ids are handed on, and nothing else
        for task, value in one["handed on"]:
            for item in value if isinstance(value, list) else [value]:
                assert isinstance(item, int) or (isinstance(item, str) and len(item) <= 40), (task, value)


def test_a_backfill_asks_the_issue_dates_up_to_its_logical_date(
    execute: Execute, conf: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    form, moment = {**conf["rasoat_crawl_vbpl"], "as_of": None, "scope": "last 400"}, "2016-01-31T18:30:00+00:00"
    told = execute("rasoat_crawl_vbpl", form, tmp_path, logical_date=moment)
    assert told["state"] == "success", told
    windows = next(value for task, value in told["handed on"] if task == "windows")
    assert windows == ["2014-12-29..2014-12-31", "2015-01-01..2016-02-01"]  # half past one on the first in Vietnam
    checked = execute("rasoat_check", {"as_of": None}, tmp_path, logical_date=moment)
    assert next(value for task, value in checked["handed on"] if task == "days") == ["2016-02-01"]


def test_reports_are_written_for_each_province_asked(airflow: Environment, execute: Execute) -> None:
    """A province that announced a procedure has its matrix and its inspection report."""
    engine = open_database(store(airflow))
    announced = Announcement(
        "1.000001", Act.NEW, "10/QĐ-UBND", "lai-chau", date(2026, 11, 2), Origin("a" * 64, "dòng 1"), "Cấp giấy A", "Đất đai",
        frozenset({Level.COMMUNE}),
    )  # fmt: skip
    with engine.begin() as connection:
        write_announcements(connection, [announced], date(2026, 11, 10))
    engine.dispose()
    told = execute("rasoat_report", {"as_of": DAY, "units": ["lai-chau", "bo-tu-phap"]})
    started = execute("rasoat_run", {"as_of": DAY, "source": ["vbpl", "dichvucong"]})
    assert told["state"] == started["state"] == "success"
    assert sum(task == "province" for task, _, _, _ in told["tasks"]) == 2
    assert sum(task == "start" for task, _, _, _ in started["tasks"]) == 2
    written = {path.name for path in (Path(airflow["RASOAT_HOME"]) / "reports" / DAY).iterdir()}
    assert {"phat-hien.xlsx", "phat-hien.jsonl", "cong-khai-lai-chau.xlsx", "kiem-tra-lai-chau.docx"} <= written
    ministry = docx.Document(str(Path(airflow["RASOAT_HOME"]) / "reports" / DAY / "kiem-tra-bo-tu-phap.docx"))
    heads = [tuple(cell.text for cell in table.rows[0].cells) for table in ministry.tables]
    assert EXPIRED_COLUMNS in heads, "the expired documents that its procedures cite are annexed"


def test_dag_files_are_the_only_ones_airflow_parses() -> None:
    ignored = {line for line in (DAGS / ".airflowignore").read_text("utf-8").splitlines() if line and not line.startswith("#")}
    with_dags = {path.name for path in DAGS.glob("*.py") if "@dag(" in path.read_text("utf-8")}
    assert {path.name for path in DAGS.glob("*.py")} - ignored == with_dags
