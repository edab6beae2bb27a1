"""A home, a disk or a database that fails is one line in the user's language with exit 3, whichever command meets it; never a traceback.

Every command meets every fault, all in one child process a fault. What can still be answered is answered.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app

pytestmark = pytest.mark.slow  # takes seconds of the processor

DAY = "2026-06-10"
PROGRAM = Path(__file__).parent / "commands_at_a_fault.py"
ASKING = ("search", "show", "status", "findings", "coverage", "metrics", "cite")
_VIETNAMESE = re.compile(r"[à-ỹđ]", re.IGNORECASE)


@dataclass(frozen=True)
class Met:
    """What one command did."""

    words: list[str]
    code: int
    said: str
    wrong: str
    shown: str

    @property
    def asks(self) -> bool:
        """Whether it only asks for what was prepared: the day that was checked, and nothing to be written."""
        written = {"--export", "--svg", "--form", "--report"} & set(self.words)
        return self.words[0] in ASKING and not written and "2026-06-12" not in self.words


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small home: procedures of an office, checked and indexed; and the file they came from."""
    folder = tmp_path_factory.mktemp("machine")
    basis = "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010; Luật Hộ tịch số 60/2014/QH13"
    lines = [{"code": f"1.{at:06d}", "name": f"Cấp giấy phép số {at}", "captured_on": DAY, "legal_basis": basis} for at in range(40)]
    file = folder / "thu-tuc.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    settings = {"RASOAT_HOME": str(folder / "home"), "RASOAT_DATABASE_URL": "", "RASOAT_ARCHIVE_URL": "", "RASOAT_SEARCH_ENGINE": ""}
    for words in (["import", str(file), "--observed-on", DAY], ["check", "--as-of", DAY], ["index", "--as-of", DAY]):
        done = CliRunner().invoke(app, words, env=settings)
        assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it. The store's log of writes is written back first, as when the last command has ended."""
    shutil.copytree(prepared / "home", tmp_path / "home")
    with sqlite3.connect(tmp_path / "home" / "rasoat.db") as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return tmp_path / "home"


def met(home: Path, prepared: Path, fault: str = "none", before: Callable[[], None] | None = None, **settings: str) -> list[Met]:
    """What every command did at a fault; `before` is called in the child before it starts."""
    (out := home.parent / "out").mkdir(exist_ok=True)
    told = {"RASOAT_HOME": str(home), "RASOAT_DATABASE_URL": "", "RASOAT_ARCHIVE_URL": "", "RASOAT_STORE_WAIT": "0.2", **settings}
    done = subprocess.run(
        [sys.executable, str(PROGRAM), fault, str(out), str(prepared / "thu-tuc.jsonl")],
        env={**os.environ, **told}, capture_output=True, text=True, preexec_fn=before,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = [Met(**json.loads(line)) for line in done.stdout.splitlines()]
    assert len(found) > 25
    return found


def assert_all_clear(found: list[Met]) -> None:
    """No command ended in a traceback; one that was refused said so in one line of the user's."""
    for one in found:
        assert one.wrong == "", one
        assert one.code in (0, 3), one
        if one.code == 3 and one.words[0] != "doctor":
            (line,) = [line for line in one.said.splitlines() if not line.startswith("Đang chờ kho")]
            assert line.startswith("Lỗi: "), one
            assert _VIETNAMESE.search(line.removeprefix("Lỗi: ")), one


def refused(found: list[Met]) -> set[str]:
    return {" ".join(one.words[:2]) for one in found if one.code == 3}


def said(found: list[Met], command: str) -> str:
    return next(one.said for one in found if one.words[0] == command)


@pytest.mark.parametrize(
    "room", [pytest.param(6_000, id="none for anything"), pytest.param(40_000, id="for small files", marks=pytest.mark.slow)]
)
def test_no_room(home: Path, prepared: Path, room: int) -> None:
    found = met(home, prepared, f"no file past {room}")
    assert_all_clear(found)
    assert [one for one in found if one.asks and one.code] == [], "what is there can be asked for"
    assert "index --rebuild" in refused(found)
    assert "đĩa" in next(one.said for one in found if one.words[:2] == ["index", "--rebuild"])
    if room < 10_000:
        assert {"import " + str(prepared / "thu-tuc.jsonl"), "extract"} <= refused(found)
        for one in found:
            if any(word.endswith((".xlsx", ".docx")) for word in one.words):
                assert one.code == 3, one
                assert "vượt giới hạn kích thước" in one.said


def test_a_home_that_cannot_be_written(home: Path, prepared: Path, bound_by_rights: Callable[[], None]) -> None:
    for path in (home, *home.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    found = met(home, prepared, before=bound_by_rights)
    assert_all_clear(found)
    assert [one for one in found if one.asks and one.code] == []
    assert {"report --as-of", "index --rebuild", "extract", "check --as-of"} <= refused(found)
    assert "chỉ đọc" in said(found, "import")
    home.chmod(0o755)


@pytest.mark.slow
def test_a_home_that_cannot_be_read(home: Path, prepared: Path, bound_by_rights: Callable[[], None]) -> None:
    home.chmod(0o000)
    found = met(home, prepared, before=bound_by_rights)
    home.chmod(0o755)
    assert_all_clear(found)
    assert all(one.code == 3 for one in found if one.words[0] not in ("cite", "search"))


def no_database(home: Path) -> None:
    (home / "rasoat.db").write_bytes(b"khong phai co so du lieu" * 1000)


def cut_database(home: Path) -> None:
    data = (home / "rasoat.db").read_bytes()
    (home / "rasoat.db").write_bytes(data[: len(data) // 3])


def half_of_it_changed(home: Path) -> None:
    data = bytearray((home / "rasoat.db").read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    (home / "rasoat.db").write_bytes(bytes(data))


def a_folder(home: Path) -> None:
    (home / "rasoat.db").unlink()
    (home / "rasoat.db").mkdir()


def of_a_newer_version(home: Path) -> None:
    with sqlite3.connect(home / "rasoat.db") as store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()


def without_a_table(home: Path) -> None:
    with sqlite3.connect(home / "rasoat.db") as store:
        for table in ("places", "answers", "progress", "findings", "runs"):
            store.execute(f"DROP TABLE {table}")
    store.close()


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (no_database, "tệp không phải cơ sở dữ liệu"),
        pytest.param(cut_database, "hỏng", marks=pytest.mark.slow),
        pytest.param(half_of_it_changed, "hỏng", marks=pytest.mark.slow),
        pytest.param(a_folder, "không mở hay tạo được tệp", marks=pytest.mark.slow),
        pytest.param(of_a_newer_version, "phiên bản rasoat khác", marks=pytest.mark.slow),
        pytest.param(without_a_table, "thiếu bảng", marks=pytest.mark.slow),
    ],
)
def test_a_database_that_is_none(home: Path, prepared: Path, damage: Callable[[Path], None], says: str) -> None:
    damage(home)
    found = met(home, prepared)
    assert_all_clear(found)
    assert says in said(found, "import")
    assert {"extract", "check --as-of", "findings --as-of"} <= refused(found)


@pytest.mark.slow
def test_a_database_that_somebody_holds(home: Path, prepared: Path) -> None:
    holder = sqlite3.connect(home / "rasoat.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    found = met(home, prepared)
    holder.close()
    assert_all_clear(found)
    assert [one for one in found if one.asks and one.code] == [], "asking waits for nobody"
    assert "Kho dữ liệu bận quá" in said(found, "import")
    assert "chương trình khác đang giữ" in said(found, "import")


@pytest.mark.slow
@pytest.mark.parametrize("in_its_place", ["nothing", "a file", "unreadable"])
def test_an_archive_that_is_gone(home: Path, prepared: Path, bound_by_rights: Callable[[], None], in_its_place: str) -> None:
    if in_its_place == "unreadable":
        (home / "archive").chmod(0o000)
    else:
        shutil.rmtree(home / "archive")
    if in_its_place == "a file":
        (home / "archive").write_text("x", "utf-8")
    found = met(home, prepared, before=bound_by_rights)
    (home / "archive").chmod(0o755)
    assert_all_clear(found)
    assert [one for one in found if one.asks and one.code] == [], "what was read needs no archive"
    if in_its_place != "nothing":
        assert "crawl --source" in refused(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://u:bimat@127.0.0.1:9/x", "máy chủ không chạy ở địa chỉ này"),
        ("postgresql://u:bimat@khong-co.invalid/x", "không có máy tên này"),
    ],
)
def test_a_server_that_is_not_there(home: Path, prepared: Path, address: str, says: str) -> None:
    found = met(home, prepared, RASOAT_DATABASE_URL=address)
    assert_all_clear(found)
    assert says in said(found, "import")
    assert not any("bimat" in one.said + one.shown for one in found)


def asked(address: str) -> Any:
    return CliRunner().invoke(app, ["check", "--as-of", DAY], env={"RASOAT_DATABASE_URL": address})


@pytest.mark.slow
def test_a_server_that_goes_away_midway_or_lets_nobody_in(postgres_database: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import create_engine, text

    monkeypatch.setenv("RASOAT_HOME", str(home))
    nobody = postgres_database.replace("postgres@", "khong-ai:bimat@")
    done = asked(nobody)
    assert done.exit_code == 3
    assert "máy chủ không có cơ sở dữ liệu hoặc người dùng này" in done.stderr
    done = asked(postgres_database.rsplit("/", 1)[0] + "/khong-co")
    assert done.exit_code == 3
    assert "máy chủ không có cơ sở dữ liệu" in done.stderr

    step = import_module("pipeline.publication.loaded_facts")
    from rasoat.store.schema import progress

    kept = step.derive

    def cut_off(engine: Any, *given: Any, **more: Any) -> Any:
        with engine.connect() as connection:
            connection.execute(progress.select())
            admin = create_engine(postgres_database, isolation_level="AUTOCOMMIT")
            with admin.connect() as other:
                other.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
                    )
                )
            admin.dispose()
            connection.execute(progress.select())
        return kept(engine, *given, **more)

    monkeypatch.setattr(step, "derive", cut_off)
    done = asked(postgres_database)
    assert done.exit_code == 3, done.output
    assert "máy chủ" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
