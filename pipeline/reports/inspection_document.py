"""The report in Word: A4, the head and order of an administrative report (Nghị định 30/2020/NĐ-CP Phụ lục I), tables that fit the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pipeline.reports.expired_lists import EXPIRED_COLUMNS, PARTLY_COLUMNS
from pipeline.reports.inspection import PUBLIC_COLUMNS, ROMAN, STATE_ORDER, InspectionReport, Line, Public, field_title
from pipeline.reports.report_words import capital
from rasoat import words
from rasoat.odd_characters import fit_for_xml
from rasoat.records import Confidence
from rasoat.words import CONFIDENCE
from validators.coverage.counted import Counts, concluded, in_order
from validators.rules.postings.posting_rules import POSTING_RULES

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
_OLD_CIRCULAR = "Thông tư 02/2017/TT-VPCP"
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
        "“Chưa rõ” là chưa có quan sát đủ để kết luận, không tính là chưa công khai; “–” là kênh không thuộc phạm vi báo cáo hoặc chưa có số liệu. "
        f"{words.judged(report.judged.done, report.judged.all)}"
    )
    _heading(book, "1. Số thủ tục hành chính đã công bố, công khai", size=12)
    quiet = [name for name, counts in report.by_field.items() if not concluded(counts)]
    public = {**report.public, **{field_title(name): one for name, one in report.public_by_field.items() if name not in quiet}}
    if quiet:
        public[f"{len(quiet)} lĩnh vực chưa quan sát"] = _together(report.public_by_field[name] for name in quiet)
    rows = [(name, *("–" if number is None else str(number) for number in one.numbers())) for name, one in public.items()]
    _table(book, ("Phạm vi", *PUBLIC_COLUMNS), rows, (88, *[29] * 6), numbers=True)
    if report.undecided:
        book.add_paragraph(
            f"Trong số đã công bố có {report.undecided} thủ tục mới chỉ biết theo cấp ghi tại danh mục quốc gia, chưa có quyết định công bố của "
            "tỉnh, thành phố để xác định đơn vị nào phải niêm yết; các thủ tục này không bị coi là chưa công khai."
        )
    for title, block in (
        ("2. Theo kênh công khai", report.by_channel),
        ("3. Theo cấp", report.by_level),
        ("4. Theo lĩnh vực", {name: counts for name, counts in report.by_field.items() if name not in quiet}),
    ):
        _heading(book, title, size=12)
        rows = [_count_row(name, counts) for name, counts in block.items()]
        if title.endswith("lĩnh vực") and quiet:
            rows.append(_count_row(f"{len(quiet)} lĩnh vực chưa quan sát", sum((report.by_field[name] for name in quiet), Counter())))
        columns = (
            capital(title.partition("Theo ")[2]),
            *(capital(words.POSTING_STATE[state]) for state in STATE_ORDER),
            "Đạt trong số đã kết luận",
        )
        _table(book, columns, rows, (66, *[23] * 7, 35), numbers=True)


def _together(several: Iterable[Public]) -> Public:
    whole = Public()
    for one in several:
        whole.add(one)
    return whole


def _count_row(name: str, counts: Counts) -> tuple[str, ...]:
    return (name, *(str(counts[state]) for state in STATE_ORDER), in_order(counts))


def _findings(book: Any, report: InspectionReport) -> None:
    _heading(book, f"{ROMAN[1]}. KẾT QUẢ KIỂM TRA, CĂN CỨ PHÁP LÝ VÀ KIẾN NGHỊ")
    if not report.groups:
        book.add_paragraph("Chưa thấy nội dung nào chưa bảo đảm yêu cầu trong phạm vi đã kiểm tra.")
    for number, (rule, lines) in enumerate(report.groups, 1):
        known = POSTING_RULES[rule]
        _heading(book, f"{number}. {known.name} ({len(lines)})", size=12)
        book.add_paragraph(f"Căn cứ: chưa bảo đảm yêu cầu tại {known.basis}. (Quy tắc {rule})").paragraph_format.keep_with_next = True
        _table(book, _FINDING_COLUMNS, [_finding_row(line) for line in lines[:_MOST]], _FINDING_WIDTHS)
        _rest(book, len(lines))
    if any(_OLD_CIRCULAR in POSTING_RULES[rule].basis for rule, _ in report.groups):
        book.add_paragraph(
            f"Lưu ý: {_OLD_CIRCULAR} cần được kiểm tra hiệu lực trước khi viện dẫn; việc kiểm soát thủ tục hành chính đã chuyển về Bộ Tư pháp "
            "từ ngày 10/01/2026 (Nghị định 09/2026/NĐ-CP)."
        )


def _rest(book: Any, lines: int) -> None:
    if lines > _MOST:
        book.add_paragraph(f"Còn {lines - _MOST} dòng, xem trong bản XLSX kèm theo.")


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
        rows = [(str(one.number), one.unit, one.procedure, one.seen, one.finding.message, one.undecided) for one in report.noted[:_MOST]]
        columns = ("STT", "Đơn vị", "Thủ tục hành chính", "Nơi, ngày quan sát; chứng cứ", "Nội dung", "Lý do chưa kết luận")
        _table(book, columns, rows, (12, 34, 56, 44, 84, 32))
        _rest(book, len(report.noted))
    if report.doubtful:
        told = book.add_paragraph(
            "Những dòng dưới đây chưa đọc được chắc chắn, cần người đọc lại tại bản gốc; chưa kết luận gì về các thủ tục này."
        )
        told.paragraph_format.keep_with_next = True
        doubts = [(str(one.number), one.unit, one.procedure, one.seen, one.note) for one in report.doubtful[:_MOST]]
        _table(book, ("STT", "Đơn vị", "Có thể là thủ tục", "Nơi, ngày quan sát; chứng cứ", "Ghi chú"), doubts, (12, 40, 82, 64, 64))
        _rest(book, len(report.doubtful))
    if not report.noted and not report.doubtful:
        book.add_paragraph("Không có.")
    _heading(book, f"{ROMAN[3]}. ĐỀ XUẤT")
    book.add_paragraph(
        "Các cơ quan nêu tại Mục II thực hiện kiến nghị và báo cáo kết quả. Mọi kết luận cần người có thẩm quyền xem xét trước khi ban hành."
    )
    book.paragraphs[-1].paragraph_format.keep_with_next = True  # no signature on a page of its own
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
            _heading(book, f"Phụ lục {ROMAN[number - 1]}. {title}").page_break_before = True
            book.add_paragraph(words.judged(report.judged.done, report.judged.all))
            _table(book, columns, rows, widths)


def _heading(book: Any, text: str, size: int = 13) -> Any:
    """A bold line that stays with what follows; its paragraph format."""
    paragraph = book.add_paragraph()
    run = paragraph.add_run(fit_for_xml(text))
    run.bold, run.font.size = True, Pt(size)
    paragraph.paragraph_format.keep_with_next = True
    return paragraph.paragraph_format


def _centred(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(fit_for_xml(text))
    run.bold, run.italic = bold, italic


def _table(book: Any, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, numbers: bool = False) -> None:
    """A table over the page's width whose head is repeated; with `numbers`, all columns but the first hold numbers, to the right."""
    table = book.add_table(rows=1, cols=len(header), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)  # LibreOffice goes by the grid, Word by the cells
    _fill(table.rows[0], header, widths, bold=True)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in rows:
        _fill(table.add_row(), row, widths, numbers_from=1 if numbers else len(widths))
    after = book.add_paragraph()  # Word wants one after a table; kept so low that it never fills a page of its own
    after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(6)


def _fill(row: Any, texts: Sequence[str], widths: Sequence[int], *, bold: bool = False, numbers_from: int = 99) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for at, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = Mm(width)
        cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        if at >= numbers_from:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = cell.paragraphs[0].add_run(fit_for_xml(text))
        run.bold, run.font.size = bold, Pt(10)
