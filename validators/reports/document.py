"""The report in Word: A4, the head and order of an administrative report (Nghị định 30/2020/NĐ-CP Phụ lục I), tables that fit the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from rasoat.records import Confidence
from rasoat.words import CONFIDENCE
from validators.coverage.totals import Counts, share
from validators.reports.content import PUBLIC_COLUMNS, ROMAN, STATE_ORDER, InspectionReport, Line
from validators.reports.expired import EXPIRED_COLUMNS, PARTLY_COLUMNS
from validators.reports.words import printable
from validators.rules.postings_catalogue import POSTING_RULES, STATE_NAMES

_FINDING_WIDTHS = (12, 34, 44, 42, 54, 44, 32)
_FINDING_COLUMNS = (
    "STT",
    "Đơn vị",
    "Thủ tục hành chính",
    "Nơi, ngày quan sát; chứng cứ",
    "Kết quả kiểm tra",
    "Kiến nghị; thời hạn",
    "Cơ quan chịu trách nhiệm",
)
_MOST = 500  # rows of one table; a report of thousands is read in the workbook


def write_docx(report: InspectionReport, path: Path) -> None:
    """Write the report to `path`."""
    book = Document()
    _page(book)
    _letterhead(book, report)
    _summary(book, report)
    _findings(book, report)
    _closing(book, report)
    _annexes(book, report)
    book.save(str(path))


def _page(book: Any) -> None:
    section = book.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Mm(20), Mm(15), Mm(15), Mm(15)
    style = book.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(4)
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _letterhead(book: Any, report: InspectionReport) -> None:
    table = book.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    _centred(left.paragraphs[0], "TÊN CƠ QUAN KIỂM TRA\n", bold=True)
    _centred(left.paragraphs[0], "Số:        /BC-…")
    _centred(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n", bold=True)
    _centred(right.paragraphs[0], f"…, ngày {report.as_of:%d} tháng {report.as_of:%m} năm {report.as_of:%Y}", italic=True)
    _centred(book.add_paragraph(), f"BÁO CÁO\nKết quả {report.title}", bold=True)
    period = f"Từ ngày {report.since:%d/%m/%Y} đến ngày" if report.since else "Số liệu đến ngày"
    _centred(book.add_paragraph(), f"{period} {report.as_of:%d/%m/%Y}; {len(report.units)} đơn vị được kiểm tra", italic=True)


def _summary(book: Any, report: InspectionReport) -> None:
    _heading(book, f"{ROMAN[0]}. TÌNH HÌNH CÔNG KHAI THỦ TỤC HÀNH CHÍNH")
    book.add_paragraph(
        f"Số thủ tục nhập vào Cơ sở dữ liệu quốc gia sau thời hạn: {report.late}. Số vấn đề chưa bảo đảm yêu cầu: {report.total}. "
        "“Chưa rõ” là chưa có quan sát đủ để kết luận, không tính là chưa công khai."
    )
    _heading(book, "1. Số thủ tục hành chính đã công bố, công khai", size=12)
    _table(book, ("Phạm vi", *PUBLIC_COLUMNS), [(name, *map(str, one.numbers())) for name, one in report.public.items()], (84, *[29] * 6))
    for title, block in (
        ("2. Theo kênh công khai", report.by_channel),
        ("3. Theo cấp", report.by_level),
        ("4. Theo lĩnh vực", report.by_field),
    ):
        _heading(book, title, size=12)
        rows = [_count_row(name, counts) for name, counts in block.items()]
        _table(
            book,
            (title.partition("Theo ")[2].capitalize(), *(STATE_NAMES[state].capitalize() for state in STATE_ORDER), "Tỷ lệ đạt"),
            rows,
            (60, *[24] * 7, 24),
        )


def _count_row(name: str, counts: Counts) -> tuple[str, ...]:
    ratio = share(counts)
    return (name, *(str(counts[state]) for state in STATE_ORDER), f"{ratio:.0%}" if ratio is not None else "–")


def _findings(book: Any, report: InspectionReport) -> None:
    _heading(book, f"{ROMAN[1]}. KẾT QUẢ KIỂM TRA, CĂN CỨ PHÁP LÝ VÀ KIẾN NGHỊ")
    if not report.groups:
        book.add_paragraph("Chưa thấy nội dung nào chưa bảo đảm yêu cầu trong phạm vi đã kiểm tra.")
    for number, (rule, lines) in enumerate(report.groups, 1):
        known = POSTING_RULES[rule]
        _heading(book, f"{number}. {known.name} ({len(lines)})", size=12)
        book.add_paragraph(f"Căn cứ: chưa bảo đảm yêu cầu tại {known.basis}. (Quy tắc {rule})").paragraph_format.keep_with_next = True
        _table(book, _FINDING_COLUMNS, [_finding_row(line) for line in lines[:_MOST]], _FINDING_WIDTHS)
        if len(lines) > _MOST:
            book.add_paragraph(f"Còn {len(lines) - _MOST} dòng, xem trong bản XLSX kèm theo.")


def _finding_row(line: Line) -> tuple[str, ...]:
    one = line.finding
    message = one.message.split(" Chưa bảo đảm yêu cầu tại")[0]  # the basis stands once above the table
    result = f"{message}\n“{one.quote}”" if one.quote else message
    if one.confidence is not Confidence.HIGH:
        result += f"\nĐộ tin cậy: {CONFIDENCE[one.confidence]}; cần kiểm tra lại."
    due = f"\nThời hạn: {line.deadline}." if line.deadline else ""
    return (str(line.number), line.unit, line.procedure, line.seen, result, one.action + due, one.responsible)


def _closing(book: Any, report: InspectionReport) -> None:
    _heading(book, f"{ROMAN[2]}. GHI NHẬN THÊM, CHƯA KẾT LUẬN")
    if report.noted:
        rows = [
            (str(line.number), line.unit, line.procedure, line.finding.message, ", ".join(line.finding.suppressed))
            for line in report.noted[:_MOST]
        ]
        _table(book, ("STT", "Đơn vị", "Thủ tục hành chính", "Nội dung", "Lý do chưa kết luận"), rows, (12, 40, 60, 107, 38))
    else:
        book.add_paragraph("Không có.")
    _heading(book, f"{ROMAN[3]}. ĐỀ XUẤT")
    book.add_paragraph(
        "Các cơ quan nêu tại Mục II thực hiện kiến nghị và báo cáo kết quả. Mọi kết luận cần người có thẩm quyền xem xét trước khi ban hành."
    )
    table = book.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Nơi nhận:\n- …;\n- Lưu: VT."
    _centred(table.rows[0].cells[1].paragraphs[0], "THỦ TRƯỞNG CƠ QUAN\n", bold=True)
    _centred(table.rows[0].cells[1].paragraphs[0], "(Ký, ghi rõ họ tên, đóng dấu)", italic=True)


def _annexes(book: Any, report: InspectionReport) -> None:
    """The lists of expired documents that the units' procedures still rely on, in the columns of Nghị định 79/2025/NĐ-CP."""
    for number, (title, columns, rows, widths) in enumerate(
        (
            ("DANH MỤC VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ CÒN ĐƯỢC VIỆN DẪN", EXPIRED_COLUMNS, report.expired, (12, 30, 46, 64, 80, 30)),
            ("DANH MỤC VĂN BẢN HẾT HIỆU LỰC MỘT PHẦN CÒN ĐƯỢC VIỆN DẪN", PARTLY_COLUMNS, report.partly, (12, 26, 40, 54, 34, 68, 28)),
        ),
        1,
    ):
        if rows:
            book.add_page_break()
            _heading(book, f"Phụ lục {ROMAN[number - 1]}. {title}")
            _table(book, columns, rows, widths)


def _heading(book: Any, text: str, size: int = 13) -> None:
    paragraph = book.add_paragraph()
    run = paragraph.add_run(printable(text))
    run.bold, run.font.size = True, Pt(size)
    paragraph.paragraph_format.keep_with_next = True


def _centred(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(printable(text))
    run.bold, run.italic = bold, italic


def _table(book: Any, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    table = book.add_table(rows=1, cols=len(header), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)  # LibreOffice goes by the grid, Word by the cells
    _fill(table.rows[0], header, widths, bold=True)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in rows:
        _fill(table.add_row(), row, widths)
    book.add_paragraph()


def _fill(row: Any, texts: Sequence[str], widths: Sequence[int], *, bold: bool = False) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Mm(width)
        run = cell.paragraphs[0].add_run(printable(text))
        run.bold, run.font.size = bold, Pt(10)
