"""What inspections hand in: order, words, counts, and files that open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from openpyxl import load_workbook

from pipeline.reports.expired_lists import EXPIRED_COLUMNS, Cited, expired_rows
from pipeline.reports.inspection import InspectionReport, inspection_report
from pipeline.reports.report_files import write_report
from rasoat.records import Clause, Confidence, Finding, KnownFrom, LegalDocument, Origin, Role, Severity, StatedInterval, Status, Tier
from rasoat.records.postings import Act, Announcement, Channel, Level, Look, Posting, PostingState
from rasoat.trouble import Trouble
from rasoat.units import country
from validators.coverage.audit import Audit
from validators.coverage.matrix import Matrix, build
from validators.obligations import AnnouncementRegister, Duties
from validators.rules.postings.cell_rules import judged

HERE, TODAY, COMMUNE = Origin("c" * 64, "=dòng\x01 1"), date(2026, 11, 22), "lai-chau/xa-than-uyen"


def matrix(*more: Posting, looks: bool = True, entered: frozenset[str] = frozenset(), national_on: date | None = None) -> Matrix:
    level, day = frozenset({Level.COMMUNE}), date(2026, 11, 10)
    register = AnnouncementRegister(
        [
            Announcement("1.000001", Act.NEW, "9/QĐ-UBND", "lai-chau", date(2026, 10, 1), HERE, "=Cấp\x02 giấy A", "Đất đai", level),
            Announcement("1.000002", Act.NEW, "9/QĐ-UBND", "lai-chau", date(2026, 10, 1), HERE, "Cấp giấy B", "Hộ tịch", level),
            Announcement("1.000002", Act.ABOLISHED, "10/QĐ-UBND", "lai-chau", date(2026, 10, 20), HERE, "Cấp giấy B", "Hộ tịch", level),
        ],
        {},
        TODAY,
    )
    units = country()
    seen = [] if more else [Posting("1.000002", COMMUNE, Channel.PREMISES, day, PostingState.POSTED, HERE, archived=False, note="Bảng 2")]
    whole = [Look(COMMUNE, Channel.PREMISES, day, HERE, True)] if looks else []
    audit = Audit(register, units, None, entered, national_on)
    return build(audit, Duties(register, units), [(COMMUNE, ([*seen, *more], whole))], judged)


@pytest.fixture
def report() -> InspectionReport:
    return inspection_report(matrix(), [COMMUNE])


def test_gravest_first_with_basis_action_body_and_deadline(report: InspectionReport) -> None:
    assert [rule for rule, _ in report.groups] == ["POST-03", "POST-04"]
    line = report.groups[1][1][0]
    assert line.unit == "xã Than Uyên, tỉnh Lai Châu"
    assert line.procedure == "1.000002 – Cấp giấy B\nLĩnh vực: Hộ tịch"
    assert "Điều 14" in line.basis
    assert line.finding.responsible.startswith("UBND xã")
    assert "không quy định số ngày" in line.deadline
    assert "10/11/2026" in line.seen


def test_counts_are_those_of_the_cells(report: InspectionReport) -> None:
    for block in (report.by_channel, report.by_level, report.by_field):
        assert sum(counts.total() for counts in block.values()) == 2
    assert set(report.by_field) == {"Đất đai", "Hộ tịch"}


def test_the_numbers_of_periodic_reports_count_each_procedure_once(report: InspectionReport) -> None:
    assert {name: one.numbers() for name, one in report.public.items()} == {
        "Tổng số": (1, None, 1, None, None, 1),
        "Xã, phường, đặc khu": (1, None, 1, None, None, 1),
    }
    assert {name: one.numbers() for name, one in report.public_by_field.items()} == {
        "Đất đai": (1, None, 0, None, None, 1),
        "Hộ tịch": (0, None, 1, None, None, 0),
    }


def test_what_the_national_database_holds_is_counted_whoever_has_to_enter_it() -> None:
    own = matrix(entered=frozenset({"1.000001"}), national_on=date(2026, 11, 20))
    assert inspection_report(own, [COMMUNE]).public["Tổng số"].numbers() == (1, 1, 1, None, 0, 0)


def test_what_no_list_has_a_name_for_is_not_counted_as_announced(tmp_path: Path) -> None:
    day = date(2026, 11, 10)
    strange = Posting("9.000009", COMMUNE, Channel.PREMISES, day, PostingState.POSTED, HERE, shown_name="Tên lạ")
    cut = Posting("1.000001", COMMUNE, Channel.PREMISES, day, PostingState.UNKNOWN, HERE, note="in là “1.00000”; cần người đọc lại")
    report = inspection_report(matrix(strange, cut, looks=False, national_on=day), [COMMUNE])
    assert report.public["Tổng số"].announced == {"1.000001"}
    assert [(line.finding.rule, line.undecided) for line in report.noted] == [("REVIEW", "cần đối chiếu với quyết định công bố")]
    (doubt,) = report.doubtful
    assert doubt.procedure.startswith("1.000001")
    assert "10/11/2026" in doubt.seen
    for name in ("r.docx", "r.xlsx"):
        write_report(report, tmp_path / name)
    cells = [cell.text for table in Document(str(tmp_path / "r.docx")).tables for row in table.rows for cell in row.cells]
    assert "in là “1.00000”; cần người đọc lại" in cells
    assert load_workbook(tmp_path / "r.xlsx")["Cần đọc lại"]["E2"].value == "in là “1.00000”; cần người đọc lại"


def test_a_sheet_without_findings_says_so(tmp_path: Path) -> None:
    write_report(inspection_report(matrix(), [COMMUNE], since=TODAY), tmp_path / "r.xlsx")
    book = load_workbook(tmp_path / "r.xlsx")
    assert book["Phát hiện"]["B2"].value == book["Ghi nhận thêm"]["B2"].value == "Không có."
    assert str(book["Phát hiện"].print_area).replace("$", "").endswith("A1:L2")


def test_numbers_stand_to_the_right(report: InspectionReport, tmp_path: Path) -> None:
    write_report(report, tmp_path / "r.docx")
    table = next(one for one in Document(str(tmp_path / "r.docx")).tables if one.rows[0].cells[0].text == "Phạm vi")
    assert {cell.paragraphs[0].alignment for cell in table.rows[1].cells[1:]} == {WD_ALIGN_PARAGRAPH.RIGHT}


def test_expired_documents_of_the_units_procedures_are_annexed(tmp_path: Path) -> None:
    own, foreign = cited("CITE-01", "42/2022/NĐ-CP", subject="1.000001"), cited("CITE-01", "1/2001/NĐ-CP", subject="9.000009")
    report = inspection_report(matrix(), [COMMUNE], cited=Cited([own, foreign, cited("CITE-02", "1/2020/NĐ-CP", "dieu-3", "1.000001")]))
    assert [row[2] for row in report.expired] == ["42/2022/NĐ-CP"]
    assert [row[4] for row in report.partly] == ["Điều 3"]
    for name in ("r.docx", "r.xlsx"):
        write_report(report, tmp_path / name)
    headers = [tuple(cell.text for cell in table.rows[0].cells) for table in Document(str(tmp_path / "r.docx")).tables]
    assert EXPIRED_COLUMNS in headers
    assert "Hết hiệu lực toàn bộ" in load_workbook(tmp_path / "r.xlsx").sheetnames


def test_a_period_holds_what_was_observed_in_it() -> None:
    assert inspection_report(matrix(), [COMMUNE], since=date(2026, 11, 11)).total == 0
    assert inspection_report(matrix(), [COMMUNE], since=date(2026, 11, 10)).total == 2


def test_the_word_report_is_a4_in_the_order_of_inspections(report: InspectionReport, tmp_path: Path) -> None:
    write_report(report, tmp_path / "r.docx")
    book = Document(str(tmp_path / "r.docx"))
    section = book.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert {round(section.page_width / Mm(1)), round(section.page_height / Mm(1))} == {210, 297}
    headings = [p.text for p in book.paragraphs if p.text[:2] in ("I.", "II", "IV")]
    assert [text.split(".")[0] for text in headings] == ["I", "II", "III", "IV"]
    text = "\n".join([p.text for p in book.paragraphs] + [cell.text for table in book.tables for row in table.rows for cell in row.cells])
    assert "chưa bảo đảm yêu cầu tại điểm c khoản 2 Điều 14, Điều 16, khoản 1 Điều 17 Nghị định 63/2010/NĐ-CP" in text
    assert "vi phạm" not in text.lower()


def test_the_workbook_holds_text_as_text(report: InspectionReport, tmp_path: Path) -> None:
    write_report(report, tmp_path / "r.xlsx")
    book = load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["Số liệu", "Phát hiện", "Ghi nhận thêm"]
    rows = list(book["Phát hiện"].iter_rows(min_row=2))
    assert len(rows) == 2
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert book["Phát hiện"].auto_filter.ref


def test_another_ending_is_refused(report: InspectionReport, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="docx"):
        write_report(report, tmp_path / "r.pdf")


def cited(rule: str, number: str, provision: str | None = None, subject: str = "1.000001", clause: bool = True) -> Finding:
    return Finding(
        rule, Severity.HIGH, Confidence.HIGH, subject, number, provision, TODAY, TODAY, "trích", None, Status.EXPIRED,
        StatedInterval(None, date(2026, 7, 1), "") if clause else None, ("224/2026/NĐ-CP",),
        Clause("224/2026/NĐ-CP", "dieu-90", "hết hiệu lực", Tier.A) if clause else None, (), "Bộ", "Sửa", Role.LEGAL_BASIS, f"{rule}{number}",
    )  # fmt: skip


def test_lists_of_expired_documents_in_the_columns_of_the_decree() -> None:
    known = {
        "42/2022/NĐ-CP": LegalDocument(
            "k", "42/2022/NĐ-CP", "42/2022/NĐ-CP", "Nghị định", "Chính phủ", "Tên", date(2022, 6, 24), None, KnownFrom.TEXT
        )
    }
    found = [
        cited("CITE-01", "42/2022/NĐ-CP"),
        cited("CITE-01", "42/2022/NĐ-CP"),
        cited("CITE-02", "1/2020/NĐ-CP", "dieu-3"),
        cited("CITE-06", "9/2020/NĐ-CP"),
    ]
    rows = expired_rows(found, known)
    assert rows == [("1", "Nghị định", "42/2022/NĐ-CP; 24/06/2022", "Tên", "Điều 90 224/2026/NĐ-CP: “hết hiệu lực”", "01/07/2026")]
    assert len(rows[0]) == len(EXPIRED_COLUMNS)
    (partly,) = expired_rows(found, known, partly=True)
    assert (partly[2], partly[4], partly[6]) == ("1/2020/NĐ-CP", "Điều 3", "01/07/2026")
