"""A home, a database or a setting that cannot be used is one line with its exit code, whichever command meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner, Result

from cli import app


def rasoat(*words: str, given: str = "") -> Result:
    """A command that ends by itself, whatever it meets."""
    done = CliRunner().invoke(app, list(words), input=given)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def refused(code: int, *words: str) -> str:
    done = rasoat(*words)
    assert done.exit_code == code, done.output
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("Lỗi: ")
    return line


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))
    for name in ("RASOAT_SEARCH_ENGINE", "RASOAT_DATABASE_URL", "RASOAT_ARCHIVE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_a_home_that_is_a_file_or_lies_below_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("a file", "utf-8")
    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        monkeypatch.setenv("RASOAT_HOME", str(home))
        for words in (("findings",), ("status", "63/2010/NĐ-CP"), ("search", "khai sinh"), ("import", str(tmp_path / "file"))):
            assert f"RASOAT_HOME: không dùng được thư mục {home}" in refused(3, *words)


def test_a_setting_is_named_and_its_value_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HORIZON_DAYS", "bí mật")
    line = refused(2, "findings")
    assert "RASOAT_HORIZON_DAYS" in line
    assert "bí mật" not in line


def test_a_database_of_a_newer_version(tmp_path: Path) -> None:
    assert rasoat("check", "--as-of", "2026-06-10").exit_code == 0
    engine = create_engine(f"sqlite:///{tmp_path / 'home' / 'rasoat.db'}")
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    engine.dispose()
    assert "phiên bản rasoat khác" in refused(3, "findings", "--as-of", "2026-06-10")


@pytest.mark.parametrize("address", ["no address", "sqlite:////khong/co/thu-muc/rasoat.db", "oracle+none://user:secret@127.0.0.1/x"])
def test_a_database_that_cannot_be_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str) -> None:
    (tmp_path / "file").write_text("a file", "utf-8")
    monkeypatch.setenv("RASOAT_DATABASE_URL", address.replace("/khong/co", str(tmp_path / "file")))
    line = refused(3, "findings", "--as-of", "2026-06-10")
    assert "Không mở được cơ sở dữ liệu" in line
    assert "secret" not in line


def test_a_file_in_the_place_of_the_archive_or_the_index(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "search").write_text("a file", "utf-8")
    refused(3, "index", "--as-of", "2026-06-10")


def test_a_refused_line_has_a_sentence_and_a_code() -> None:
    given = 'no json\n[1]\n{"id": 3, "number": "1/2020/NĐ-CP", "as_of": "hôm nào"}\n{"id": 4}\n'
    done = rasoat("status", "--jsonl", given=given)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 2
    assert [one["code"] for one in answers] == ["line.no_json", "line.no_object", "question.day", "question.number"]
    assert [one.get("id") for one in answers] == [None, None, 3, 4]
    assert all("--" not in one["error"] for one in answers)


def test_an_empty_home_is_the_users_own_and_not_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    assert rasoat("findings", "--as-of", "2026-06-10").exit_code == 0
    assert (tmp_path / "data" / "rasoat" / "rasoat.db").is_file()
    assert not (tmp_path / "rasoat.db").exists()


def test_an_archive_that_no_store_answers_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_ARCHIVE_URL", "foo://bar")
    assert "RASOAT_ARCHIVE_URL: không dùng được địa chỉ foo://bar" in refused(2, "extract")


@pytest.mark.parametrize("option", ["--unit", "--subject", "--object", "--severity", "--state", "--show", "--fail-on"])
def test_an_empty_value_is_no_missing_filter(option: str) -> None:
    refused(2, "findings", "--as-of", "2026-06-10", option, "")


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    (path := tmp_path / "a\udcff.txt").write_text("Điều 1. Phạm vi", "utf-8")
    assert "không phải UTF-8" in refused(2, "import", str(path))
    assert json.loads(rasoat("read", "--jsonl", str(path)).stdout)["file"] == "a\ufffd.txt"
    assert rasoat("status", "a\udcff", "--json").exit_code == 0


def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from cli import app; app()", "findings", "--as-of", "2026-06-10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdout.close()
        assert asked.stderr.read() == b""
    assert asked.returncode == 0


def test_an_empty_path_is_refused_and_hidden_folders_are_nobodys_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "ho-so"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "config").write_text("[core]", "utf-8")
    monkeypatch.chdir(folder)
    for command in ("import", "read"):
        assert rasoat(command, "").exit_code == 2
    assert "không có tệp nào" in refused(2, "import", str(folder))


def test_a_procedure_that_nobody_knows_has_no_cells(tmp_path: Path) -> None:
    assert "9.999123" in refused(2, "coverage", "--as-of", "2026-06-10", "--procedure", "9.999123")
    assert rasoat("coverage", "--as-of", "2026-06-10", "--form", "").exit_code == 2
