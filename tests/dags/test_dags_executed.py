"""Every DAG imported, drawn and executed against the demo publisher; what they make equals the command line's rows."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from airflow_processes import DAGS, RASOAT, ROOT, Environment, environment, finished
from faulty_publisher import shut_at_first
from same_rows import differences, rows

from rasoat.postings import Act, Announcement, Level
from rasoat.records import Origin
from rasoat.store.database import open_database
from rasoat.store.postings import write_announcements

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An Airflow of its own on SQLite, with the pools made after they were missed."""
    env = environment(tmp_path_factory.mktemp("executed"))
    finished([sys.executable, "-m", "airflow", "db", "migrate"], env)
    done = subprocess.run([sys.executable, "-m", "dags.setup", "--check"], env=env, capture_output=True, text=True, timeout=100, cwd=ROOT)
    assert done.returncode == 2
    assert "rasoat_source_vbpl" in done.stderr
    assert "python -m dags.setup" in done.stderr
    finished([sys.executable, "-m", "dags.setup"], env)
    return env


@pytest.fixture(scope="module")
def executor(airflow: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One process that executes DAGs as it is asked; Airflow is imported once."""
    log = tmp_path_factory.mktemp("log") / "executed.log"
    command = [sys.executable, str(HERE / "execute_dags.py")]
    with (
        log.open("w") as said,
        subprocess.Popen(command, env=airflow, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True, cwd=ROOT) as process,
    ):
        yield process, log
        assert process.stdin
        process.stdin.close()


Execute = Callable[..., dict[str, Any]]


@pytest.fixture
def execute(airflow: Environment, executor: Any) -> Execute:
    """What became of a DAG that was executed."""
    process, log = executor

    def ask(dag: str, conf: dict[str, Any], home: Path | None = None, **more: str) -> dict[str, Any]:
        env = {"RASOAT_HOME": str(home or airflow["RASOAT_HOME"]), "RASOAT_ALERT_WEBHOOK": more.pop("webhook", "")}
        process.stdin.write(json.dumps({"dag": dag, "conf": conf, "env": env, **more}) + "\n")
        process.stdin.flush()
        for line in process.stdout:
            if line.startswith("@"):
                return dict(json.loads(line[1:]))
        raise AssertionError(log.read_text()[-3000:])

    return ask


def store(env: Environment) -> str:
    return f"sqlite:///{env['RASOAT_HOME']}/rasoat.db"


def with_home(env: Environment, home: Path) -> Environment:
    return {**env, "RASOAT_HOME": str(home)}


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


def test_a_publisher_that_is_down_is_asked_again(
    execute: Execute, conf: dict[str, dict[str, object]], publisher: str, by_hand: dict[str, list[str]], tmp_path: Path
) -> None:
    with shut_at_first(publisher, 3) as door:  # robots.txt is asked three times before a source is given up
        told = execute("rasoat_crawl_vbpl", {**conf["rasoat_crawl_vbpl"], "address": door}, tmp_path)
    assert told["state"] == "success", told
    assert max(number for task, _, _, number in told["tasks"] if task == "crawl_window") == 2
    asked = [row.replace(door, publisher) for row in rows(f"sqlite:///{tmp_path / 'rasoat.db'}")["answers"]]
    assert asked == [row for row in by_hand["answers"] if "'vbpl'" in row]


def test_any_other_fault_fails_at_once_and_is_told(execute: Execute, conf: dict[str, dict[str, object]], tmp_path: Path) -> None:
    told_of: list[dict[str, Any]] = []
    with webhook(told_of) as address:
        told = execute("rasoat_crawl_phapdien", {**conf["rasoat_crawl_phapdien"], "address": "ftp://x"}, tmp_path, webhook=address)
    assert told["state"] == "failed"
    assert [(state, number) for task, _, state, number in told["tasks"] if task == "crawl_window"] == [("failed", 1)]
    assert [(one["dag"], one["task"]) for one in told_of] == [("rasoat_crawl_phapdien", "crawl_window")]
    assert "ftp://x" in told_of[0]["reason"]


def test_the_quality_gate_stops_what_comes_after(execute: Execute, tmp_path: Path) -> None:
    """A store that nothing was crawled into may not be published."""
    told = execute("rasoat_check", {"as_of": DAY}, tmp_path)
    states = {task: (state, number) for task, _, state, number in told["tasks"]}
    assert states["gate"] == ("failed", 1)
    assert states["publish"][0] == "upstream_failed"


def webhook(heard: list[dict[str, Any]]) -> Any:
    """A listener for failures."""

    class Listener(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

    @contextmanager
    def listening() -> Iterator[str]:
        server = HTTPServer(("127.0.0.1", 0), Listener)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        server.server_close()

    return listening()


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


def test_the_command_line_goes_on_where_a_dag_stopped(
    airflow: Environment, conf: dict[str, dict[str, object]], addresses: dict[str, str], by_hand: dict[str, list[str]], tmp_path: Path
) -> None:
    """One window was crawled by Airflow before it stopped; `rasoat run` of the same day asks the rest and ends in the same rows."""
    env = with_home(airflow, tmp_path)
    script = f"""
from contextlib import contextmanager
from datetime import date
from rasoat.cli import steps
from rasoat.workspace import Workspace
work, day = Workspace.here(), date.fromisoformat({DAY!r})
first, *_ = steps.begin_windows(work, "dichvucong", {addresses["dichvucong"]!r}, day)
with steps.recorded(work, "crawl window") as report:
    steps.crawl_window(work, report, "dichvucong", {addresses["dichvucong"]!r}, day, first)
print(report.received["dichvucong"].asked)
"""
    before = int(finished([sys.executable, "-c", script], env).splitlines()[-1])
    sources = [f"--source={name}={address}" for name, address in addresses.items()]
    done = finished([*RASOAT, "run", *sources, "--observed-on", DAY, "--as-of", DAY, "--json"], env)
    got = json.loads(done)["received"]["dichvucong"]
    assert got["unchanged"] + got.get("missing", 0) >= before > 1
    assert differences(by_hand, rows(store(env))) == {}


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


def test_dag_files_are_the_only_ones_airflow_parses() -> None:
    ignored = {line for line in (DAGS / ".airflowignore").read_text("utf-8").splitlines() if line and not line.startswith("#")}
    with_dags = {path.name for path in DAGS.glob("*.py") if "@dag(" in path.read_text("utf-8")}
    assert {path.name for path in DAGS.glob("*.py")} - ignored == with_dags
