"""What goes wrong on a night: publishers that are down, wrong forms, a gate that stops, processes that are killed; and who is told."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import psutil
import pytest
from airflow_processes import DAY, RASOAT, ROOT, Environment, Execute, finished, kill, store
from faulty_publisher import Door, opened
from mail_server import mail_server
from same_rows import differences, rows

pytestmark = pytest.mark.slow
EXECUTE = [sys.executable, str(Path(__file__).with_name("execute_dags.py"))]
Conf = dict[str, dict[str, object]]
SLOW = {"RASOAT_RATE": "8"}  # questions a second: long enough for answers to be made last (every three seconds) before the kill


def test_a_publisher_that_is_down_is_asked_again(
    execute: Execute, conf: Conf, publisher: str, by_hand: dict[str, list[str]], tmp_path: Path
) -> None:
    with opened(Door(publisher, shut=3)) as door:  # robots.txt is asked three times before a source is given up
        told = execute("rasoat_crawl_vbpl", {**conf["rasoat_crawl_vbpl"], "address": door.url}, tmp_path)
    assert told["state"] == "success", told
    assert max(number for task, _, _, number in told["tasks"] if task == "crawl_window") == 2
    assert answers(tmp_path, door, publisher) == of_source(by_hand, "vbpl")


def answers(home: Path, door: Door, publisher: str) -> list[str]:
    """What a store holds of answers, as if the publisher had been asked without the door."""
    return sorted(row.replace(door.url, publisher) for row in rows(f"sqlite:///{home / 'rasoat.db'}")["answers"])


def of_source(held: dict[str, list[str]], source: str) -> list[str]:
    """The answers of one source."""
    return [row for row in held["answers"] if row.startswith(f'["{source}",')]


def test_any_other_fault_fails_at_once_and_is_told(execute: Execute, conf: Conf, tmp_path: Path) -> None:
    """By webhook and by e-mail, each to a real server: what failed, on which window, why, and where its log stands."""
    told_of: list[dict[str, Any]] = []
    letters: list[EmailMessage] = []
    with webhook(told_of) as address, mail_server(letters) as mail:
        env = {"RASOAT_ALERT_WEBHOOK": address, "RASOAT_ALERT_EMAIL": "truc@coquan.example", "AIRFLOW_CONN_SMTP_DEFAULT": mail}
        told = execute("rasoat_crawl_phapdien", {**conf["rasoat_crawl_phapdien"], "address": "ftp://x"}, tmp_path, env=env)
    assert told["state"] == "failed"
    assert [(state, number) for task, _, state, number in told["tasks"] if task == "crawl_window"] == [("failed", 1)]
    (heard,), (letter,) = told_of, letters
    assert (heard["dag"], heard["task"], heard["item"]) == ("rasoat_crawl_phapdien", "crawl_window", "all")
    assert "ftp://x" in heard["reason"]
    assert "rasoat_crawl_phapdien" in heard["log"]
    assert heard["text"].startswith("[rasoat] rasoat_crawl_phapdien.crawl_window [all]")
    assert letter["To"] == letter["From"] == "truc@coquan.example"
    assert letter["Subject"] == "[rasoat] rasoat_crawl_phapdien.crawl_window [all] hỏng / failed"
    body = letter.get_body(("html",))
    assert body
    assert "ftp://x" in body.get_content()


def test_a_webhook_that_is_down_does_not_keep_the_letter_back(execute: Execute, conf: Conf, tmp_path: Path) -> None:
    letters: list[EmailMessage] = []
    with mail_server(letters) as mail:
        env = {
            "RASOAT_ALERT_WEBHOOK": "http://127.0.0.1:9/",
            "RASOAT_ALERT_EMAIL": "truc@coquan.example",
            "AIRFLOW_CONN_SMTP_DEFAULT": mail,
        }
        execute("rasoat_crawl_phapdien", {**conf["rasoat_crawl_phapdien"], "address": "ftp://x"}, tmp_path, env=env)
    assert len(letters) == 1


@contextmanager
def webhook(heard: list[dict[str, Any]]) -> Iterator[str]:
    """A listener for failures."""

    class Listener(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_quality_gate_stops_what_comes_after(execute: Execute, tmp_path: Path) -> None:
    """A store that nothing was crawled into may not be published."""
    told = execute("rasoat_check", {"as_of": DAY}, tmp_path)
    states = {task: (state, number) for task, _, state, number in told["tasks"]}
    assert states["gate"] == ("failed", 1)
    assert states["publish"][0] == "upstream_failed"


@pytest.fixture(scope="module")
def interrupted(airflow: Environment, conf: Conf, publisher: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Door]]:
    """An Airflow whose crawl DAG was killed in the middle: its folder, with the store, and the door that the source is asked at."""
    folder = tmp_path_factory.mktemp("interrupted")
    shutil.copytree(airflow["AIRFLOW_HOME"], folder / "airflow")
    with opened(Door(publisher, stuck_at=45)) as door:
        asked = {"dag": "rasoat_crawl_vbpl", "conf": {**conf["rasoat_crawl_vbpl"], "address": door.url}, "env": {}}
        log = (folder / "killed.log").open("wb")
        with (
            log,
            psutil.Popen(EXECUTE, env={**at(airflow, folder), **SLOW}, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=ROOT) as process,
        ):
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.close()
            door.wait_until_stuck()
            kill(process)
        door.free()
        yield folder, door


def at(env: Environment, folder: Path) -> Environment:
    """The same Airflow, moved to another folder."""
    return {**env, "AIRFLOW_HOME": str(folder / "airflow"), "RASOAT_HOME": str(folder / "rasoat")}


def moved(interrupted: Path, to: Path) -> Path:
    """A copy to go on with."""
    return shutil.copytree(interrupted, to, dirs_exist_ok=True)


def test_the_command_line_goes_on_where_a_dag_was_killed(
    airflow: Environment,
    interrupted: tuple[Path, Door],
    addresses: dict[str, str],
    publisher: str,
    by_hand: dict[str, list[str]],
    tmp_path: Path,
) -> None:
    """`rasoat run` of the same day asks what is left and ends in the rows of an undisturbed run."""
    folder, door = interrupted
    env = at(airflow, moved(folder, tmp_path))
    kept, before = len(rows(store(env))["answers"]), door.asked
    sources = [f"--source={name}={address}" for name, address in {**addresses, "vbpl": door.url}.items()]
    finished([*RASOAT, "run", *sources, "--observed-on", DAY, "--as-of", DAY], env)
    whole = len(of_source(by_hand, "vbpl"))
    assert 10 < kept < whole
    assert door.asked - before <= whole - kept + 2, "robots.txt, and what was asked when it was killed"
    held = {table: sorted(row.replace(door.url, publisher) for row in found) for table, found in rows(store(env)).items()}
    assert differences(by_hand, {**held, "verdicts": by_hand["verdicts"]}) == {}


def test_a_dag_goes_on_where_the_command_line_was_killed(
    airflow: Environment, execute: Execute, conf: Conf, publisher: str, by_hand: dict[str, list[str]], tmp_path: Path
) -> None:
    with opened(Door(publisher, stuck_at=45)) as door:
        command = [*RASOAT, "run", f"--source=vbpl={door.url}", "--observed-on", DAY, "--as-of", DAY]
        with (tmp_path / "killed.log").open("wb") as log:
            process = psutil.Popen(command, env={**airflow, **SLOW, "RASOAT_HOME": str(tmp_path)}, stdout=log, stderr=log, cwd=ROOT)
            door.wait_until_stuck()
            kill(process)
        door.free()
        kept, before = len(rows(f"sqlite:///{tmp_path / 'rasoat.db'}")["answers"]), door.asked
        told = execute("rasoat_crawl_vbpl", {**conf["rasoat_crawl_vbpl"], "address": door.url}, tmp_path)
        asked = door.asked - before
    assert told["state"] == "success", told
    whole = of_source(by_hand, "vbpl")
    windows = sum(task == "crawl_window" for task, _, _, _ in told["tasks"])
    assert 10 < kept < len(whole)
    assert asked <= len(whole) - kept + windows + 1, "robots.txt of each window, and what was asked when it was killed"
    assert answers(tmp_path, door, publisher) == whole


def test_what_a_crawl_under_way_disturbs_is_skipped(airflow: Environment, interrupted: tuple[Path, Door], tmp_path: Path) -> None:
    """The gate blocks a store that is half read; while its crawl still counts as running that is no failure."""
    env = at(airflow, moved(interrupted[0], tmp_path))
    asked = {"dag": "rasoat_check", "conf": {"as_of": DAY}, "env": {}, "passed_over": "quiet"}
    done = subprocess.run(EXECUTE, env=env, input=json.dumps(asked) + "\n", capture_output=True, text=True, timeout=200, cwd=ROOT)
    told = next(json.loads(line[1:]) for line in done.stdout.splitlines() if line.startswith("@"))
    states = {task: state for task, _, state, _ in told["tasks"]}
    assert (states["check_day"], states["gate"], states["publish"]) == ("success", "skipped", "skipped"), done.stdout[-2000:]
