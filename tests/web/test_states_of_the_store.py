"""What pages say of the data behind them: nothing published yet, old, held back by the gate; and which stores are not served at all."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from starlette.testclient import TestClient

from rasoat.settings import Settings
from rasoat.workspace import Workspace
from tests.web.conftest import app_of

pytestmark = pytest.mark.slow


@pytest.fixture
def home(web_home: Path, tmp_path: Path) -> Path:
    """A copy to be changed."""
    shutil.copytree(web_home, tmp_path / "home")
    return tmp_path / "home"


def changed(home: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(home / "rasoat.db") as store:
        store.execute(statement, values)
    store.close()


def page_of(home: Path, address: str = "/") -> str:
    with TestClient(app_of(home)) as opened:
        return opened.get(address).text


def test_data_that_nobody_refreshed_for_long_are_said_to_be_old(home: Path) -> None:
    assert "36 giờ" not in page_of(home)
    old = (datetime.now(UTC) - timedelta(hours=37)).strftime("%Y-%m-%d %H:%M:%S.%f")
    changed(home, "UPDATE publications SET at = ?", old)
    changed(home, "UPDATE runs SET ended_at = ?", old)
    assert "36 giờ" in page_of(home)
    assert "36 hours" in page_of(home, "/en/tt/1.001193")


def test_what_the_gate_refused_is_told_on_every_page(home: Path) -> None:
    changed(home, "UPDATE publications SET refused_at = at, refused = ?", orjson.dumps({"failed": ["procedures.code"]}).decode())
    for address in ("/", "/tt/1.001193", "/vb/42-2022-nd-cp", "/khong-co"):
        assert "procedures.code" in page_of(home, address)


def test_before_the_first_publication_pages_say_so(home: Path, tmp_path: Path) -> None:
    changed(home, "DELETE FROM publications")
    changed(home, "DELETE FROM published_inputs")
    with TestClient(app_of(home)) as opened:
        assert "Chưa công bố dữ liệu lần nào" in opened.get("/").text
        assert opened.get("/tt/1.001193").status_code == 503
        assert opened.get("/vb/42-2022-nd-cp").status_code == 503
    empty = tmp_path / "empty"
    work = Workspace(Settings(home=empty))
    work.engine.dispose()
    with TestClient(app_of(empty)) as opened:
        assert "Chưa công bố dữ liệu lần nào" in opened.get("/").text
        assert opened.get("/healthz").status_code == 503  # no index


def served_by_command(home: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "rasoat.start", "serve", "--port", "0", *words]
    return subprocess.Popen(
        command, env={"RASOAT_HOME": str(home), "PATH": "/usr/bin:/bin"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("words", [(), ("--workers", "2")])
def test_the_command_says_in_one_line_where_to_open_and_stops_when_told(web_home: Path, words: tuple[str, ...]) -> None:
    process = served_by_command(web_home, *words)
    try:
        assert process.stdout
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line
        with urllib.request.urlopen(address[0] + "tt/1.001193", timeout=60) as page:
            assert "khai sinh" in page.read().decode()
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode in (0, 130, -signal.SIGINT)


@pytest.mark.parametrize(
    ("made", "said", "mend"),
    [
        ("none", "Chưa có kho dữ liệu", "run"),
        ("foreign", "không phải kho dữ liệu của rasoat", "RASOAT_HOME"),
        ("older", "phiên bản cũ", "check"),
        ("newer", "phiên bản rasoat khác", "--version"),
    ],
)
def test_a_store_that_cannot_be_read_is_refused_with_what_mends_it(tmp_path: Path, made: str, said: str, mend: str) -> None:
    if made == "foreign":
        changed_by = sqlite3.connect(tmp_path / "rasoat.db")
        changed_by.execute("CREATE TABLE notes (words TEXT)")
        changed_by.commit()
        changed_by.close()
    elif made != "none":
        work = Workspace(Settings(home=tmp_path))
        work.engine.dispose()
        changed(tmp_path, "UPDATE alembic_version SET version_num = ?", "0003" if made == "older" else "9999")
    process = served_by_command(tmp_path)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 3
    assert said in told
    assert mend in told
    assert "Traceback" not in told


def test_a_page_never_straddles_two_publications(home: Path) -> None:
    """What is published while a request is answered is seen by the next one."""
    store = app_of(home).state.store
    with store.moment() as moment:
        before = moment.publication.number
        changed(home, "INSERT INTO publications (number, at) SELECT number + 1, at FROM publications ORDER BY number DESC LIMIT 1")
        with store.moment() as later:
            assert later.publication.number == before + 1
        assert moment.publication.number == before
        assert moment.rows.publication.number == before
