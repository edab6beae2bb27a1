"""Each kind of file that the program takes, read into an empty store: every piece is accounted for, so that the gate lets it pass."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import orjson
import pytest
from sqlalchemy import Connection, func, select
from typer.testing import CliRunner

from cli import app
from extractors.imports.import_options import ImportOptions
from extractors.readers import POSTED
from pipeline.recorded import recorded
from pipeline.steps import import_given
from rasoat.run_report import Read
from rasoat.settings import Settings
from rasoat.store import schema as s
from rasoat.workspace import Workspace
from tests.extractors.formats.sample_files import converted, need, pdf, word, workbook
from tests.extractors.imports.test_import_documents import DECREE
from tests.extractors.postings.decision_samples import html_decision, word_decision
from tests.extractors.postings.office_decisions import COLUMNS, decision, rows
from validators.quality.handovers import READ, handover_checks

pytestmark = pytest.mark.slow  # takes seconds of the processor

DAY = date(2026, 11, 10)
UNIT = "lai-chau/xa-than-uyen"
POSTED_AT = ImportOptions(UNIT, "premises", DAY)
OF_PROVINCE = ImportOptions(unit="lai-chau")
HEAD = ["Mã số", "Tên", "Cơ quan ban hành", "Lĩnh vực"]
ROW = ["1.000001", "Cấp giấy phép thử", "Bộ Y tế", "Thử nghiệm"]
LOOK = {"record": "look", "unit": UNIT, "channel": "premises", "observed_on": "2026-11-10", "complete": False}
POSTING = {
    "record": "posting",
    "unit": UNIT,
    "procedure": "1.000111",
    "channel": "premises",
    "observed_on": "2026-11-10",
    "state": "posted",
}
ANNOUNCED = {"record": "announcement", "procedure": "1.000111", "act": "new", "decision": "1/QĐ-UBND", "issuer": "lai-chau", "signed_on": "2026-11-01"}  # fmt: skip
RECEPTION = {"record": "reception", "unit": UNIT, "observed_on": "2026-11-10", "received": ["1.000111"], "listed": None, "published": None}
REGULATION = {
    "record": "regulation",
    "document": "1/2026/QĐ-UBND",
    "issuer": "lai-chau",
    "effective_on": "2026-11-01",
    "procedures": ["1.000111"],
}
BOARD = word_decision("Niêm yết công khai thủ tục hành chính tại Ủy ban nhân dân xã", kind="THÔNG BÁO", body=["Kính gửi:"])
SHORT = {"number": "5/2099/NĐ-CP", "text": DECREE}


def lines(*records: dict[str, object]) -> bytes:
    return b"\n".join(orjson.dumps(record) for record in records)


def table(*cells: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(cells)
    return out.getvalue().encode()


def whole_decision() -> bytes:
    parts = [("A. DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH\nI. THỦ TỤC HÀNH CHÍNH CẤP XÃ\nLĩnh vực Trồng trọt", COLUMNS, rows(4))]
    return decision("Về việc công bố Danh mục thủ tục hành chính mới ban hành lĩnh vực Trồng trọt", parts)


Made = Callable[[Path], bytes]
FILES: dict[str, tuple[str, Made, ImportOptions]] = {
    "procedures JSONL": ("a.jsonl", lambda _: lines({"code": "1.000001", "name": "Thử"}, {"code": "1.000002", "name": "Hai"}), ImportOptions()),
    "procedures CSV": ("a.csv", lambda _: table(HEAD, ROW), ImportOptions()),
    "procedures CSV, header alone": ("a.csv", lambda _: table(HEAD), ImportOptions()),
    "procedures XLSX": ("a.xlsx", lambda _: workbook([HEAD, ROW]), ImportOptions()),
    "procedures XLSX, header alone": ("a.xlsx", lambda _: workbook([HEAD]), ImportOptions()),
    "documents JSONL": ("a.jsonl", lambda _: lines(SHORT), ImportOptions()),
    "documents JSONL, one refused": ("a.jsonl", lambda _: lines(SHORT, {"number": 5, "text": []}), ImportOptions()),
    "TXT": ("a.txt", lambda _: DECREE.encode(), ImportOptions()),
    "HTML": ("a.html", lambda _: f"<html><body><p>{DECREE.replace(chr(10), '</p><p>')}</p></body></html>".encode(), ImportOptions()),
    "DOCX": ("a.docx", lambda _: word(*DECREE.split("\n")), ImportOptions()),
    "DOC": ("a.doc", lambda folder: converted(word(*DECREE.split("\n")), ".docx", "doc", folder), ImportOptions()),
    "RTF": ("a.rtf", lambda folder: converted(word(*DECREE.split("\n")), ".docx", "rtf", folder), ImportOptions()),
    "PDF": ("a.pdf", lambda folder: converted(word(*DECREE.split("\n")), ".docx", "pdf", folder), ImportOptions()),
    "PDF of one empty page": ("a.pdf", lambda _: pdf(""), ImportOptions()),
    "PDF in Latin": ("a.pdf", lambda _: pdf("Nothing of ours"), ImportOptions()),
    "nothing": ("a.txt", lambda _: b"", ImportOptions()),
    "blanks": ("a.txt", lambda _: b" \n\n", ImportOptions()),
    "half a zip": ("a.docx", lambda _: b"PK\x03\x04nua", ImportOptions()),
    "a decision": ("qd.docx", lambda _: whole_decision(), ImportOptions()),
    "a decision of a named province": ("qd.docx", lambda _: word_decision(), OF_PROVINCE),
    "a decision of nobody known": ("qd.docx", lambda _: word_decision(), ImportOptions()),
    "a decision as HTML": ("qd.html", lambda _: html_decision(), OF_PROVINCE),
    "a posted list": ("tb.docx", lambda _: BOARD, POSTED_AT),
    "a posting": ("dong.jsonl", lambda _: lines(POSTING), ImportOptions()),
    "a look": ("dong.jsonl", lambda _: lines(LOOK), ImportOptions()),
    "an announcement": ("dong.jsonl", lambda _: lines(ANNOUNCED), ImportOptions()),
    "a reception": ("dong.jsonl", lambda _: lines(RECEPTION), ImportOptions()),
    "a regulation": ("dong.jsonl", lambda _: lines(REGULATION), ImportOptions()),
    "all five records": ("dong.jsonl", lambda _: lines(POSTING, LOOK, ANNOUNCED, RECEPTION, REGULATION), ImportOptions()),
    "records and a broken line": ("dong.jsonl", lambda _: lines(POSTING) + b'\n{"record": "post', ImportOptions()),
}  # fmt: skip


CONVERTED = ("DOC", "RTF", "PDF")  # by an outside program, seconds each


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace(Settings(home=tmp_path / "home"))
    yield made
    made.engine.dispose()


def imported(work: Workspace, folder: Path, name: str, data: bytes, told: ImportOptions) -> Read:
    file = folder / name
    file.write_bytes(data)
    with recorded(work, "import") as report:
        import_given(work, report, [file], DAY, told)
    assert report.read
    return report.read


def unaccounted(connection: Connection) -> list[str]:
    """What breaks an expectation on what was read; the pairs of measures beside the rows of queries."""
    broken = []
    for check in handover_checks(DAY):
        if check.suite == READ and check.bad is not None and connection.execute(check.bad).all():
            broken.append(check.name)
    return broken


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=pytest.mark.slow if kind in CONVERTED else ()) for kind in FILES])
def test_a_file_s_every_piece_is_accounted_for(kind: str, work: Workspace, tmp_path: Path) -> None:
    name, made, told = FILES[kind]
    read = imported(work, tmp_path, name, made(tmp_path), told)
    with work.engine.connect() as connection:
        assert unaccounted(connection) == []
        assert connection.scalar(select(func.count()).select_from(s.places)) == read.pieces
    ended = sum(read.loaded.values()) + sum(read.quarantined.values()) + len(read.doubts) + read.declared_empty
    assert ended, "a file that ends in nothing said"


def test_a_later_file_that_says_the_same_takes_nothing_from_the_accounts_of_the_first(work: Workspace, tmp_path: Path) -> None:
    imported(work, tmp_path, "mot.jsonl", lines(ANNOUNCED), ImportOptions())
    imported(work, tmp_path, "hai.jsonl", lines(ANNOUNCED, {**POSTING, "procedure": "1.000222"}), ImportOptions())
    with work.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(s.announcements)) == 1
        assert unaccounted(connection) == []


def test_a_posting_piece_that_gave_nothing_and_says_nothing_is_seen(work: Workspace, tmp_path: Path) -> None:
    imported(work, tmp_path, "mot.jsonl", lines(ANNOUNCED), ImportOptions())
    with work.engine.begin() as connection:
        connection.execute(s.pieces.update().values(elsewhere=0))
        assert unaccounted(connection) == ["pieces.accounted"]


def test_every_table_that_goes_with_a_piece_is_counted() -> None:
    assert {table.name for table in s.kept_by_piece()} == {
        *("procedures", "observations", "articles", "clauses", "mentions", "listings", "refusals")
    }


@pytest.mark.slow
def test_all_of_them_together_pass_the_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("soffice")
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))
    work = Workspace.here()
    for number, (name, made, told) in enumerate(FILES.values()):
        imported(work, tmp_path, f"{number}-{name}", made(tmp_path), told)
    with work.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(s.pieces).where(s.pieces.c.source == POSTED))
    work.engine.dispose()
    for command in (["check", "--as-of", "2026-11-20"], ["quality", "--as-of", "2026-11-20"]):
        ran = CliRunner().invoke(app, command)
        assert ran.exit_code == 0, ran.output
