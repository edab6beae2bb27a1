"""No character of a crawled or filed text keeps a file from being written, from opening, or makes a cell of it a formula."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from openpyxl import load_workbook

from pipeline.reports import findings_files, matrix_files
from pipeline.reports.expired_lists import Cited
from pipeline.reports.form_file import write_form
from pipeline.reports.inspection import inspection_report
from pipeline.reports.office_cells import csv_text, sheet_text
from pipeline.reports.quality_page import write_page
from pipeline.reports.report_files import write_report
from queries.contract import JudgedCount
from rasoat.odd_characters import fit_for_xml
from rasoat.records import Clause, Confidence, Finding, KnownFrom, LegalDocument, Origin, Severity, StatedInterval, Status, Tier
from rasoat.records.postings import Act, Announcement, Channel, Level, Look, Posting, PostingState
from rasoat.units import country
from tests.odd_texts import KINDS, odd
from validators.coverage.audit import Audit
from validators.coverage.matrix import Matrix, build
from validators.obligations import AnnouncementRegister, Duties
from validators.quality.expectation import GateTier
from validators.quality.verdict import Broken, GateVerdict, Row
from validators.rules.postings.cell_rules import judged

DAY, COMMUNE = date(2026, 11, 22), "lai-chau/xa-than-uyen"
FORMULA = re.compile(r"[\s\"\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
several = settings(max_examples=15, deadline=None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def finding(text: str, **given: Any) -> Finding:
    """One that carries the text wherever a publisher or an office could have put it."""
    return replace(
        Finding(
            "CITE-01", Severity.HIGH, Confidence.HIGH, "1.000001", text, None, DAY, DAY, text or "trích", None, Status.EXPIRED,
            StatedInterval(None, date(2026, 7, 1), ""), (text,), Clause(text, "dieu-90", text or "hết", Tier.A, text), (text,), text, text,
            None, "abc", state=text, message=text,
        ),
        **given,
    )  # fmt: skip


def matrix(text: str) -> Matrix:
    here, level = Origin("c" * 64, text), frozenset({Level.COMMUNE})
    decided = [
        Announcement(code, act, text, "lai-chau", date(2026, 10, 1), here, text, text, level)
        for code, act in (("1.000001", Act.NEW), ("1.000002", Act.NEW), ("1.000002", Act.ABOLISHED))
    ]
    units, register = country(), AnnouncementRegister(decided, {}, DAY)
    shown = Posting("1.000002", COMMUNE, Channel.PREMISES, DAY, PostingState.POSTED, here, archived=False, note=text, shown_name=text)
    look = Look(COMMUNE, Channel.PREMISES, DAY, here, True)
    return build(Audit(register, units, None, frozenset(), None), Duties(register, units), [(COMMUNE, ([shown], [look]))], judged)


def sheet_cells(path: Path) -> Iterator[str]:
    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    yield once(cell.value)


def once(text: str) -> str:
    """What openpyxl reads of an underscore that Excel's own escapes make necessary; Excel reads the one."""
    return text.replace("_x005F_", "_")


def word_cells(path: Path) -> str:
    book = Document(str(path))
    return "\n".join([p.text for p in book.paragraphs] + [c.text for table in book.tables for row in table.rows for c in row.cells])


def written(findings: Sequence[Finding], name: str, folder: str) -> Path:
    path = Path(folder) / name
    findings_files.export(findings, path, lambda one: {"quote": one.quote, "action": one.action}, JudgedCount(done=1, all=2))
    return path


@several
@given(odd)
def test_findings_in_every_form_hold_what_was_found(text: str) -> None:
    with TemporaryDirectory() as folder:
        found = [finding(text), finding(text, interval=StatedInterval(None, date(1, 1, 1), ""))]
        assert not fit_for_xml(text) or once(sheet_text(text)) in set(sheet_cells(written(found, "a.xlsx", folder)))
        assert fit_for_xml(text) in word_cells(written(found, "a.docx", folder))
        (line, _) = written(found, "a.jsonl", folder).read_text("utf-8").splitlines()
        assert json.loads(line)["action"] == re.sub("[\ud800-\udfff]", "\ufffd", text)
        with written(found, "a.csv", folder).open(encoding="utf-8-sig", newline="") as file:
            _, row, _ = csv.reader(file)
        assert row[14] == csv_text(text)
        assert row[14].replace("'", "") == fit_for_xml(text).replace("'", "")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@settings(max_examples=60, deadline=None)
@given(st.lists(odd | st.sampled_from(["=1", "\r=1", "\n=1", "\t=1", "  +1", "a;=1", 'a;"=1', "a\n-1", "\uff1d1", "'=1"]), min_size=1))
def test_no_cell_is_a_formula_whatever_separator_a_machine_expects(separator: str, texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = written([finding(text) for text in texts], "a.csv", folder)
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert not [
                cell
                for row in csv.reader(file, delimiter=separator)
                for cell in row
                if FORMULA.match(cell) or cell[:1] in ("\t", "\r", "\n")
            ]


@settings(max_examples=4, deadline=None)
@example("".join(KINDS))
@given(odd)
def test_reports_matrix_and_form_of_a_unit(text: str) -> None:
    named, fit = f"{text}x", fit_for_xml(f"{text}x")
    known = {named: LegalDocument("k", named, named, named, named, named, date(1899, 6, 24), None, KnownFrom.TEXT)}
    built = matrix(named)
    report = inspection_report(built, [COMMUNE], cited=Cited([finding(named, quote=named)], known))
    with TemporaryDirectory() as here:
        folder = Path(here)
        for name in ("r.docx", "r.xlsx"):
            write_report(report, folder / name)
        assert fit.strip() in word_cells(folder / "r.docx")
        assert any(once(fit.strip()) in cell for cell in sheet_cells(folder / "r.xlsx"))
        for name in ("m.xlsx", "m.html", "m.jsonl"):
            assert matrix_files.export(built, [COMMUNE], lambda row: True, folder / name) == 2
        assert once(sheet_text(named)) in set(sheet_cells(folder / "m.xlsx"))
        page = html.fromstring((folder / "m.html").read_bytes())
        assert page.xpath("//table/tbody/tr")
        assert not page.xpath("//script|//td/*[not(self::span)]")
        assert all(json.loads(line) for line in (folder / "m.jsonl").read_text("utf-8").splitlines())
        assert write_form(built, COMMUNE, folder / "f.xlsx") == 2
        assert any(once(fit) in cell for cell in sheet_cells(folder / "f.xlsx"))


@several
@given(odd)
def test_the_page_of_the_gate_opens(text: str) -> None:
    broken = Broken("check", "suite", GateTier.FAIL, text, text, text, 1, (Row(text, text, text),), text)
    verdict = GateVerdict(DAY, 1, 1, (broken,), {"suite": 1})
    with TemporaryDirectory() as folder:
        page = html.fromstring(write_page(Path(folder) / "q.html", verdict, [], {}).read_bytes())
    assert not page.xpath("//script")


def test_a_text_too_long_for_excel_is_cut_and_says_so(folder: Path) -> None:
    for letter in ("a", "🙂", "\x00"):
        text = letter * 40_000
        cell = sheet_text(text)
        assert len(cell.encode("utf-16-le")) // 2 <= 32_767
        kept, _, told = cell.partition(" … ")
        (left,) = re.findall(r"còn ([\d,]+) ký tự", told)
        assert len(kept) + int(left.replace(",", "")) == 40_000
        path = written([finding(text)], "a.xlsx", str(folder))
        assert cell in set(sheet_cells(path))
    assert sheet_text("🙂" * 16_383) == "🙂" * 16_383


@pytest.mark.parametrize("text", KINDS)
def test_a_guard_changes_nothing_but_the_guard(text: str) -> None:
    assert csv_text(text).replace("'", "") == fit_for_xml(text).replace("'", "")
    assert csv_text("Nghị định 66/2026/NĐ-CP; khoản 2") == "Nghị định 66/2026/NĐ-CP; khoản 2"
