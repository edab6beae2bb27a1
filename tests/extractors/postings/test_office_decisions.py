"""Whole decisions as offices make them: one annex over several pages in every format, one that abolishes, one printed, sealed and scanned."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from extractors.postings import DecisionPart, FileKind, FileReading, read_file
from tests.extractors.formats.sample_files import converted, need
from tests.extractors.postings.office_decisions import COLUMNS, NAMES, decision, printed_and_scanned, rows

TITLE = (
    "Về việc công bố Danh mục thủ tục hành chính mới ban hành và được sửa đổi, bổ sung lĩnh vực Nông nghiệp và Môi trường thuộc phạm vi "
    "chức năng quản lý của Sở Nông nghiệp và Môi trường"
)
NEW, AMENDED = rows(18), rows(3, "1.95")
PARTS = (
    ("A. DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH\nI. THỦ TỤC HÀNH CHÍNH CẤP XÃ\nLĩnh vực Trồng trọt", COLUMNS, NEW),
    ("B. DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG\nI. THỦ TỤC HÀNH CHÍNH CẤP TỈNH", COLUMNS, AMENDED),
)


@pytest.fixture(scope="session")
def office_decision() -> bytes:
    return decision(TITLE, PARTS)


def the_whole_decision(reading: FileReading) -> None:
    assert (reading.kind, reading.problems) == (FileKind.PUBLICATION_DECISION, ())
    head = reading.decision
    assert head is not None
    assert (head.number, head.issued_on, head.effective_on) == ("2901/QĐ-UBND", date(2026, 11, 2), date(2026, 11, 2))
    assert (head.issuer, head.title) == ("Ủy ban nhân dân tỉnh Lai Châu", TITLE)
    assert [(row.code, row.name) for row in reading.rows] == [(row[1], row[2]) for row in (*NEW, *AMENDED)]
    told = [row.announced for row in reading.rows if row.announced]
    assert Counter((one.part, one.level, one.field) for one in told) == {
        (DecisionPart.NEW, "cấp xã", "Trồng trọt"): len(NEW), (DecisionPart.AMENDED, "cấp tỉnh", ""): len(AMENDED),
    }  # fmt: skip
    for one, row in zip(told, (*NEW, *AMENDED), strict=True):
        assert (one.time_limit, one.place, one.fee, one.legal_basis) == row[3:7]


@pytest.mark.slow  # LibreOffice writes the files
@pytest.mark.parametrize("form", ["docx", "html", "doc", "pdf"])
def test_one_annex_over_several_pages_says_the_same_in_every_format(form: str, office_decision: bytes, tmp_path) -> None:
    data = office_decision if form == "docx" else converted(office_decision, ".docx", form, tmp_path)
    reading = read_file(f"qd.{form}", data)
    the_whole_decision(reading)
    if form == "pdf":
        assert len({row.page for row in reading.rows}) > 2  # how many depends on the fonts of the machine


def test_a_decision_that_abolishes() -> None:
    columns = ("STT", "Mã TTHC", "Tên TTHC", "Tên VBQPPL quy định việc bãi bỏ TTHC")
    lines = [(str(n), f"2.96{n:04d}", NAMES[n], "Nghị định số 66/2026/NĐ-CP") for n in (1, 2, 3)]
    part = ("Lĩnh vực Lâm nghiệp", columns, lines)
    reading = read_file(
        "qd.docx", decision("Về việc công bố Danh mục thủ tục hành chính bị bãi bỏ lĩnh vực Lâm nghiệp", [part], "2950/QĐ-UBND")
    )
    assert [(row.code, row.announced.part, row.announced.field, row.announced.legal_basis) for row in reading.rows if row.announced] == [
        (line[1], DecisionPart.ABOLISHED, "Lâm nghiệp", line[3]) for line in lines
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Phê duyệt quy trình nội bộ giải quyết thủ tục hành chính lĩnh vực Trồng trọt",
        "Về việc ủy quyền giải quyết thủ tục hành chính cho Giám đốc Sở Nông nghiệp và Môi trường",
        "Ban hành Kế hoạch kiểm soát thủ tục hành chính năm 2027",
    ],
)
def test_decisions_with_the_same_annex_that_announce_nothing(title: str) -> None:
    reading = read_file("qd.docx", decision(title, PARTS))
    assert (reading.kind, reading.rows, reading.decision) == (FileKind.LEGAL_DOCUMENT, (), None)


@pytest.mark.slow
def test_printed_sealed_over_its_table_and_scanned_askew(tmp_path) -> None:
    need("tesseract")
    short = decision(TITLE, [(heading, columns, lines[:3]) for heading, columns, lines in PARTS])
    reading = read_file("quet.pdf", printed_and_scanned(converted(short, ".docx", "pdf", tmp_path)))
    assert (reading.kind, reading.text_from) == (FileKind.PUBLICATION_DECISION, "ocr")
    head = reading.decision
    assert head is not None
    assert (head.number, head.issued_on, head.issuer) == ("2901/QĐ-UBND", date(2026, 11, 2), "Ủy ban nhân dân tỉnh Lai Châu")
    assert [row.code for row in reading.rows] == [row[1] for row in (*NEW[:3], *AMENDED[:3])]
    assert [row.announced.part for row in reading.rows if row.announced] == [*[DecisionPart.NEW] * 3, *[DecisionPart.AMENDED] * 3]
