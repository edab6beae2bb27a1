"""What is public, from an empty folder to the report, as an officer runs it: decisions, a filled form, posted lists, lines of an office."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, func, select
from typer.testing import CliRunner, Result

from cli import app
from extractors.imports import inspection_form as layout
from extractors.imports.import_options import ImportOptions
from extractors.readers import POSTED
from pipeline.inbox import Placing
from rasoat.store.schema import answers, postings
from rasoat.workspace import Workspace
from tests.extractors.postings.decision_samples import word_decision
from tests.extractors.postings.office_decisions import COLUMNS, decision, rows

pytestmark = pytest.mark.slow  # takes seconds of the processor

UNIT, COMMUNE = "xã Than Uyên, tỉnh Lai Châu", "lai-chau/xa-than-uyen"
ABOLISHED_COLUMNS = ("STT", "Mã TTHC", "Tên TTHC", "Tên VBQPPL quy định việc bãi bỏ TTHC")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))


def rasoat(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def cells(*arguments: object) -> dict[tuple[str, str], str]:
    result = rasoat("coverage", "--as-of", "2026-11-20", "--unit", UNIT, "--jsonl", *arguments)
    assert result.exit_code == 0, result.output
    return {(one["procedure"], one["channel"]): one["state"] for one in map(orjson.loads, result.stdout.splitlines())}


def imported(*arguments: object) -> Result:
    result = rasoat("import", "--observed-on", "2026-11-10", *arguments)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def decisions(tmp_path: Path) -> list[Path]:
    """One decision announces four procedures for communes, a week later another abolishes the first of them."""
    new, gone = tmp_path / "qd-moi.docx", tmp_path / "qd-bai-bo.docx"
    parts = [("A. DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH\nI. THỦ TỤC HÀNH CHÍNH CẤP XÃ\nLĩnh vực Trồng trọt", COLUMNS, rows(4))]
    new.write_bytes(decision("Về việc công bố Danh mục thủ tục hành chính mới ban hành lĩnh vực Trồng trọt", parts))
    line = (*rows(1)[0][:3], "Nghị định số 66/2026/NĐ-CP")
    title = "Về việc công bố Danh mục thủ tục hành chính bị bãi bỏ lĩnh vực Trồng trọt"
    gone.write_bytes(decision(title, [("Lĩnh vực Trồng trọt", ABOLISHED_COLUMNS, [line])], "2950/QĐ-UBND", 9))
    return [new, gone]


def test_from_an_empty_folder_to_the_report(decisions: list[Path], tmp_path: Path) -> None:
    imported(*decisions)
    assert set(cells().values()) == {"unknown"}
    form = tmp_path / "phieu.xlsx"
    assert rasoat("coverage", "--as-of", "2026-11-20", "--form", UNIT, "-o", form).exit_code == 0
    book = load_workbook(form)
    sheet = book[layout.SHEET]
    sheet.cell(layout.HEAD["observed_on"], 3).value = "20/11/2026"
    sheet.cell(layout.HEAD["contact"], 3).value = layout.NO
    answers_given = ("Có niêm yết", "Không có", "Nội dung cũ", "Có niêm yết")  # the last row asks for what was abolished
    for number, state in enumerate(answers_given, 1):
        sheet.cell(layout.ROWS_FROM + number, layout.STATE + 1).value = state
        sheet.cell(layout.ROWS_FROM + number, layout.EVIDENCE + 1).value = f"anh-{number}.jpg"
    book.save(form)
    imported(form)
    assert sorted(cells().values()) == ["abolished_still_posted", "missing", "outdated", "posted"]
    found = [
        orjson.loads(line)
        for line in rasoat("findings", "--as-of", "2026-11-20", "--jsonl").stdout.splitlines()
        if b"POST" in line.encode()
    ]
    assert {one["rule"] for one in found} == {"POST-03", "POST-04", "POST-06", "POST-13"}
    assert all("Chưa bảo đảm yêu cầu tại" in one["message"] and "vi phạm" not in one["message"] for one in found)
    assert any("anh-2.jpg" in one["message"] for one in found)
    assert rasoat("findings", "--as-of", "2026-11-20").exit_code == 0  # the table for people
    report = rasoat("coverage", "--until", "2026-11-20", "--since", "2026-11-01", "--unit", UNIT, "--report", tmp_path / "bc.docx")
    assert report.exit_code == 0, report.output
    assert (tmp_path / "bc.docx").stat().st_size > 10_000


@pytest.mark.parametrize(("day", "said"), [("31/02/2026", "phieu.xlsx: Ô C4"), ("20/11/2062", "sau ngày nạp 10/11/2026")])
def test_a_form_that_is_refused_or_odd_is_said_on_a_line_of_its_own(decisions: list[Path], tmp_path: Path, day: str, said: str) -> None:
    imported(*decisions)
    form = tmp_path / "phieu.xlsx"
    rasoat("coverage", "--as-of", "2026-11-20", "--form", UNIT, "-o", form)
    book = load_workbook(form)
    book[layout.SHEET].cell(layout.HEAD["observed_on"], 3).value = day
    book.save(form)
    assert said in imported(form).stdout
    assert set(cells().values()) == {"unknown"}


def test_what_a_decision_says_is_shown_before_it_is_taken_in(decisions: list[Path]) -> None:
    shown = " ".join(rasoat("read", "--text", decisions[1]).stdout.split())
    assert "ký ngày 09/11/2026, Ủy ban nhân dân tỉnh Lai Châu" in shown
    assert "Quyết định 2950/QĐ-UBND" in shown
    assert "bãi bỏ" in shown
    assert "Căn cứ" in shown  # the text itself, on demand


def test_a_list_without_its_place_is_asked_for_in_one_line(tmp_path: Path) -> None:
    notice = word_decision("Niêm yết công khai thủ tục hành chính tại Ủy ban nhân dân xã", kind="THÔNG BÁO", body=["Kính gửi:"])
    (tmp_path / "tb.docx").write_bytes(notice)
    result = rasoat("import", tmp_path / "tb.docx")
    assert result.exit_code == 2
    assert "--unit" in result.stderr
    assert "--channel" in result.stderr
    assert "Traceback" not in result.output
    imported(tmp_path / "tb.docx", "--unit", UNIT, "--channel", "premises")
    assert set(cells().values()) == {"posted"}


def test_a_province_that_the_head_does_not_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "qd.docx").write_bytes(word_decision())  # of a province that there is not
    assert "--unit" in imported(tmp_path / "qd.docx").stdout
    assert cells() == {}
    imported(tmp_path / "qd.docx", "--unit", "tỉnh Lai Châu")
    assert cells()


def test_what_was_read_is_read_again_from_the_archive_to_the_same_rows(decisions: list[Path]) -> None:
    imported(*decisions)
    before = cells()
    engine = Workspace.here().engine
    with engine.begin() as connection:
        connection.execute(answers.update().values(reader=None))  # as after a new version of the readers
        connection.execute(delete(postings))
    assert rasoat("extract").exit_code == 0
    assert cells() == before
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(answers).where(answers.c.reader.is_(None))) == 0


def test_the_same_bytes_are_placed_without_being_read_again(decisions: list[Path], tmp_path: Path) -> None:
    law = tmp_path / "luat.txt"
    law.write_text("QUỐC HỘI\nLuật số: 7/2026/QH16\nLUẬT\nTRỒNG TRỌT\nĐiều 1. Phạm vi\nLuật này có hiệu lực từ ngày 01/7/2026.\n", "utf-8")
    files = {one.name: one.read_bytes() for one in (*decisions, law)}

    def place() -> tuple[dict[str, tuple[str, str]], int]:
        placing = Placing(Workspace.here().engine, ImportOptions(), lambda what, done, total: None)
        return {name: placing(name, data) for name, data in files.items()}, len(placing.opened)

    first, read = place()
    imported(*decisions, law)
    assert read == 2
    assert place() == (first, 0)
    files["luat.txt"] = decisions[0].read_bytes()
    assert place()[0]["luat.txt"][0] == POSTED, "other bytes under a known name are read"
