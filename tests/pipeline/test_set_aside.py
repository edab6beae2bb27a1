"""An answer set aside leaves the store as if it had never been read; taken back, all is as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from cli import app
from extractors.readers import READER_VERSION
from rasoat.store import schema as s
from rasoat.workspace import Workspace
from tests.pipeline.archived_answers import ArchivedAnswers, portal_list, row

pytestmark = pytest.mark.slow  # takes seconds of the processor

ANNOUNCED = {"record": "announcement", "procedure": "1.000111", "act": "new", "decision": "1/QĐ-UBND", "issuer": "lai-chau", "signed_on": "2026-05-01"}  # fmt: skip


class Home:
    """A home with three answers of the portal, of which two hold one row in common, and two decisions that say the same."""

    def __init__(self) -> None:
        self.work = Workspace.here()
        answers = ArchivedAnswers(self.work.engine, Path(self.work.settings.archive))
        self.bad = answers.put("dichvucong", "list/200/", portal_list(row(1), row(2)))
        answers.put("dichvucong", "list/200/2", portal_list(row(2), row(3)))
        self.detail = answers.put(
            "dichvucong", "detail/a9", json.dumps({"code": "OK", "data": {"code": "1.000009", "name": "Chín"}}).encode()
        )
        answers.write("z-truoc.jsonl", json.dumps({**ANNOUNCED, "name": "trước"}).encode())
        self.decision = answers.write("a-sau.jsonl", json.dumps({**ANNOUNCED, "name": "sau"}).encode())
        answers.archive.close()

    def rows(self) -> dict[str, list[Any]]:
        """Every row that was read, as it stands."""
        tables = (s.procedures, s.places, s.pieces, s.refusals, s.mentions, s.announcements)
        with self.work.engine.connect() as connection:
            return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables}

    def codes(self) -> list[str]:
        with self.work.engine.connect() as connection:
            return sorted(set(connection.scalars(select(s.procedures.c.code))))

    def announced(self) -> list[str]:
        with self.work.engine.connect() as connection:
            return [data["name"] for data in connection.scalars(select(s.announcements.c.data))]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))
    made = Home()
    assert rasoat("extract").exit_code == 0
    return made


def rasoat(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_set_aside_is_as_if_never_read_and_taken_back_as_if_never_set_aside(home: Home) -> None:
    before = home.rows()
    aside = rasoat("extract", "--set-aside", home.bad.sha256[:10], "--because", "danh sách cụt")
    assert aside.exit_code == 0, aside.output
    assert f"Đã để riêng {home.bad.sha256[:12]}" in aside.stderr
    assert home.codes() == ["1.000002", "1.000003", "1.000009"]  # the row that another answer holds too stays
    for command in (["extract"], ["doctor"]):
        assert "để riêng" in rasoat(*command).stdout.lower(), command
    listed = rasoat("extract", "--list-set-aside").stdout
    assert f"{home.bad.sha256[:12]}  dichvucong/list/200/: danh sách cụt (" in listed
    back = rasoat("extract", "--take-back", home.bad.sha256[:10])
    assert back.exit_code == 0, back.output
    assert home.rows() == before


def test_a_decision_set_aside_gives_the_row_of_the_one_before_back(home: Home) -> None:
    before = home.rows()
    assert home.announced() == ["sau"]
    assert rasoat("extract", "--set-aside", "import:postings/a-sau.jsonl").exit_code == 0
    assert home.announced() == ["trước"]
    assert rasoat("extract", "--take-back", "import:postings/a-sau.jsonl").exit_code == 0
    assert home.announced() == ["sau"]
    assert home.rows() == before


def test_it_is_done_once_and_stays_done(home: Home) -> None:
    assert rasoat("extract", "--set-aside", "dichvucong/detail/a9", "--because", "một").exit_code == 0
    again = rasoat("extract", "--set-aside", home.detail.sha256, "--because", "hai")
    assert (again.exit_code, "đã để riêng từ trước" in again.stderr) == (0, True)
    assert json.loads(rasoat("extract", "--list-set-aside", "--json").stdout)["set_aside"][0]["because"] == "một"
    assert "1.000009" not in home.codes()
    answers = ArchivedAnswers(home.work.engine, Path(home.work.settings.archive))
    data = json.dumps({"code": "OK", "data": {"code": "1.000009", "name": "Chín"}}).encode()
    answers.put("dichvucong", "detail/khac", data)  # the same bytes, fetched again
    answers.archive.close()
    report = json.loads(rasoat("extract", "--json").stdout)["read"]
    assert (report.get("answers", 0), report["set_aside"], report.get("unread", 0)) == (0, 2, 0)
    assert rasoat("extract", "--take-back", home.detail.sha256).exit_code == 0
    twice = rasoat("extract", "--take-back", home.detail.sha256)
    assert (twice.exit_code, "không nằm trong số để riêng" in twice.stderr) == (0, True)
    assert "1.000009" in home.codes()


def test_killed_between_the_two_the_next_run_ends_it(home: Home) -> None:
    from pipeline.clock import now
    from rasoat.store.set_asides import put_aside, take_back

    before = home.rows()
    put_aside(home.work.engine, home.decision.sha256, now(), "x", "", ("import:postings",))
    assert rasoat("extract").exit_code == 0
    assert home.announced() == ["trước"]
    take_back(home.work.engine, home.decision.sha256, ("import:postings",))
    assert rasoat("extract").exit_code == 0
    assert home.rows() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set-aside", "abc"], "'abc': cần đầu mã sha256 (từ 6 ký tự) hoặc NGUỒN/CÂU HỎI"),
        (["--set-aside", ""], "cần đầu mã sha256"),
        (["--set-aside", "ffffff0"], "Kho lưu không có câu trả lời nào là 'ffffff0'"),
        (["--set-aside", "dichvucong/detail/khong-co"], "Kho lưu không có câu trả lời nào là"),
        (["--take-back", "dichvucong/"], "cần đầu mã sha256"),
        (["--set-aside", "abcdef", "--take-back", "abcdef"], "Mỗi lần chỉ một trong các việc: --set-aside, --take-back"),
        (["--because", "thế"], "--because chỉ đi cùng --set-aside"),
    ],
)
def test_what_names_no_answer_is_one_line(home: Home, words: list[str], said: str) -> None:
    before = home.rows()
    ran = rasoat("extract", *words)
    assert ran.exit_code == 2
    assert said in " ".join(ran.stderr.split())
    assert ran.stderr.count("Lỗi:") == 1
    assert home.rows() == before


def test_the_beginning_of_several_asks_for_more(home: Home) -> None:
    with home.work.engine.begin() as connection:
        (sha256,) = connection.scalars(select(s.captures.c.sha256).limit(1))
        other = sha256[:20] + ("0" if sha256[20] != "0" else "1") * 44
        connection.execute(s.captures.insert().values(sha256=other, size=0, media_type="", warc="x", offset=0, length=0))
    ran = rasoat("extract", "--set-aside", sha256[:20])
    assert (ran.exit_code, "ghi thêm ký tự" in ran.stderr) == (2, True)
    with home.work.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(s.set_aside)) == 0


def test_the_doctor_names_what_is_damaged_and_unread(home: Home) -> None:
    path = Path(home.work.settings.archive) / home.bad.warc
    data = bytearray(path.read_bytes())
    at = home.bad.offset + home.bad.length - 40
    data[at : at + 2] = bytes(byte ^ 0xFF for byte in data[at : at + 2])
    path.write_bytes(data)
    quick = doctor()
    assert quick["bản lưu nguyên vẹn / whole records"]["ok"]  # it was read already: only the whole look finds it
    whole = doctor("--archive")["bản lưu nguyên vẹn / whole records"]
    assert not whole["ok"]
    assert whole["says"].startswith("1 bản hỏng trong 5 bản đã xem")
    assert f"{home.bad.warc} tại {home.bad.offset} ({home.bad.sha256[:12]} dichvucong/list/200/)" in whole["says"]
    with home.work.engine.begin() as connection:
        connection.execute(s.answers.update().values(reader=None))
    told = doctor()
    assert told["chưa đọc / unread"]["says"].startswith("5 câu trả lời")
    assert f"{home.bad.warc} tại {home.bad.offset}" in told["bản lưu nguyên vẹn / whole records"]["says"]
    assert told["cách ly / quarantined"]["says"] == "0"


def doctor(*words: str) -> dict[str, Any]:
    return {one["name"]: one for one in json.loads(rasoat("doctor", "--json", *words).stdout)["checks"]}


def test_a_run_that_was_reading_it_meanwhile_brings_nothing_back(home: Home) -> None:
    """Set aside while an extract that began before still reads: what it writes is swept away at its end, and taken back all is read."""
    before = home.rows()
    assert rasoat("extract", "--set-aside", home.bad.sha256).exit_code == 0
    with home.work.engine.begin() as connection:  # as that run leaves it
        connection.execute(s.answers.update().where(s.answers.c.sha256 == home.bad.sha256).values(reader=READER_VERSION))
        connection.execute(s.pieces.insert().values(piece="f" * 64, source="dichvucong", kind="row", reader=READER_VERSION))
        place = {"source": "dichvucong", "request": "list/200/", "sha256": home.bad.sha256, "place": "$.data.items[0]"}
        connection.execute(s.places.insert().values(**place, piece="f" * 64))
        connection.execute(s.answers.update().where(s.answers.c.request == "detail/a9").values(reader=None))
    assert rasoat("extract").exit_code == 0
    with home.work.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(s.places).where(s.places.c.sha256 == home.bad.sha256)) == 0
    assert rasoat("extract", "--take-back", home.bad.sha256).exit_code == 0
    assert home.rows() == before
