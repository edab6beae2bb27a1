"""The report in Excel: one sheet of counts, one of findings, one of what was only noted; dates are dates, headers filter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.reports.expired_lists import EXPIRED_COLUMNS, PARTLY_COLUMNS
from pipeline.reports.inspection import PUBLIC_COLUMNS, STATE_ORDER, InspectionReport, Line, field_title
from pipeline.reports.office_cells import sheet_text, write_day
from pipeline.reports.report_words import capital
from rasoat.records import Severity, Status
from rasoat.words import CONFIDENCE, POSTING_STATE, SEVERITY, STATE, STATUS_NOTE, judged
from validators.coverage.counted import concluded, share
from validators.rules.postings.posting_rules import POSTING_RULES

_COLOURS = {Severity.HIGH: "#F8D7DA", Severity.MEDIUM: "#FFF3CD", Severity.LOW: "#E2E3E5", Severity.INFO: "#FFFFFF"}
_COLUMNS = (
    ("STT", 5), ("Đơn vị", 18), ("Thủ tục hành chính", 28), ("Nơi, ngày quan sát; chứng cứ", 22), ("Ngày quan sát", 11), ("Kết quả kiểm tra", 38),
    ("Trích nguyên văn", 20), ("Căn cứ pháp lý", 22), ("Kiến nghị", 24), ("Thời hạn", 14), ("Cơ quan chịu trách nhiệm", 16), ("Mức độ", 9),
    ("Lý do chưa kết luận", 18), ("Quy tắc", 10), ("Quyết định công bố", 22), ("Trạng thái xử lý", 14), ("Độ tin cậy", 12), ("Dấu vân tay", 26),
)  # fmt: skip
_PRINTED = 12  # the columns an inspection hands in; those after them are for working on the file
_DOUBTS = (("STT", 5), ("Đơn vị", 28), ("Có thể là thủ tục", 60), ("Nơi, ngày quan sát; chứng cứ", 44), ("Ghi chú", 44))
_OBSERVED = [title for title, _ in _COLUMNS].index("Ngày quan sát")
_NOTHING = "Không có."


def write_xlsx(report: InspectionReport, path: Path) -> None:
    """Write the report to `path`."""
    # Crawled text may begin with "=": it is always written as text, never as a formula.
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        header = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"})
        _counts(book, header, report)
        _lines(book, header, "Phát hiện", [line for _, lines in report.groups for line in lines], _PRINTED)
        _lines(book, header, "Ghi nhận thêm", report.noted, _PRINTED + 1)
        doubts = [(str(one.number), one.unit, one.procedure, one.seen, one.note) for one in report.doubtful]
        _list(book, header, "Cần đọc lại", [title for title, _ in _DOUBTS], doubts, [width for _, width in _DOUBTS])
        _list(book, header, "Hết hiệu lực toàn bộ", EXPIRED_COLUMNS, report.expired, (5, 14, 24, 40, 60, 12))
        _list(book, header, STATUS_NOTE[Status.PARTLY_IN_FORCE], PARTLY_COLUMNS, report.partly, (5, 14, 22, 34, 20, 48, 12))


def _counts(book: Any, header: Any, report: InspectionReport) -> None:
    sheet = book.add_worksheet("Số liệu")
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, len(STATE_ORDER) + 2, 12)
    box, percent = book.add_format({"border": 1, "text_wrap": True}), book.add_format({"border": 1, "num_format": "0%"})
    none = book.add_format({"border": 1, "align": "right"})
    sheet.write_string(
        0, 0, f"Kết quả {report.title}, số liệu đến ngày {report.as_of:%d/%m/%Y}", book.add_format({"bold": True, "font_size": 13})
    )
    line = 2
    for at, name in enumerate(("Số thủ tục hành chính", *PUBLIC_COLUMNS)):
        sheet.write_string(line, at, name, header)
    for name, public in {**report.public, **{field_title(name): one for name, one in report.public_by_field.items()}}.items():
        line += 1
        sheet.write_string(line, 0, sheet_text(name), box)
        for at, number in enumerate(public.numbers(), 1):
            sheet.write_string(line, at, "–", none) if number is None else sheet.write_number(line, at, number, box)
    line += 2
    for title, block in (("Kênh công khai", report.by_channel), ("Cấp", report.by_level), ("Lĩnh vực", report.by_field)):
        for at, name in enumerate(
            (title, *(capital(POSTING_STATE[state]) for state in STATE_ORDER), "Đã kết luận", "Đạt trong số đã kết luận")
        ):
            sheet.write_string(line, at, name, header)
        for name, counts in block.items():
            line += 1
            sheet.write_string(line, 0, sheet_text(name), box)
            for at, number in enumerate((*(counts[state] for state in STATE_ORDER), concluded(counts)), 1):
                sheet.write_number(line, at, number, box)
            ratio, last = share(counts), len(STATE_ORDER) + 2
            sheet.write_string(line, last, "–", none) if ratio is None else sheet.write_number(line, last, ratio, percent)
        line += 2
    sheet.write_string(line, 0, "Nhập vào Cơ sở dữ liệu quốc gia sau thời hạn")
    sheet.write_number(line, 1, report.late)
    sheet.write_string(line + 1, 0, judged(report.judged.done, report.judged.all))
    _printing(sheet)


def _lines(book: Any, header: Any, name: str, lines: Sequence[Line], printed: int) -> None:
    """One sheet of findings, of which the first `printed` columns go on paper."""
    sheet = book.add_worksheet(name)
    styles = {s: book.add_format({"text_wrap": True, "valign": "top", "border": 1, "bg_color": colour}) for s, colour in _COLOURS.items()}
    dates = {s: book.add_format({"valign": "top", "border": 1, "num_format": "dd/mm/yyyy", "bg_color": c}) for s, c in _COLOURS.items()}
    for at, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, header)
    for row, line in enumerate(lines, 1):
        style = styles[line.finding.severity]
        for at, value in enumerate(_values(row, line)):
            if isinstance(value, str):
                sheet.write_string(row, at, sheet_text(value), style)
            else:
                sheet.write_number(row, at, value, style)
        write_day(sheet, row, _OBSERVED, line.finding.observed_on, dates[line.finding.severity])
    if not lines:
        sheet.write_string(1, 1, _NOTHING)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(lines), 1), len(_COLUMNS) - 1)
    sheet.print_area(0, 0, max(len(lines), 1), printed - 1)
    sheet.repeat_rows(0)
    _printing(sheet)


def _list(book: Any, header: Any, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """One list as text; no sheet where there is none."""
    if not rows:
        return
    sheet, style = book.add_worksheet(name), book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for at, title in enumerate(columns):
        sheet.set_column(at, at, widths[at])
        sheet.write_string(0, at, title, header)
    for line, row in enumerate(rows, 1):
        for at, text in enumerate(row):
            sheet.write_string(line, at, sheet_text(text), style)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.repeat_rows(0)
    _printing(sheet)


def _values(row: int, line: Line) -> tuple[str | int, ...]:
    one = line.finding
    decision = " ngày ".join(
        piece for piece in (one.decision_number or "", f"{one.decision_date:%d/%m/%Y}" if one.decision_date else "") if piece
    )
    basis = line.basis if one.rule in POSTING_RULES else ""
    return (
        row, line.unit, line.procedure, line.seen, "", one.message, one.quote, basis, one.action, line.deadline, one.responsible,
        SEVERITY[one.severity], line.undecided, one.rule, decision, STATE.get(one.state, one.state),
        CONFIDENCE[one.confidence].capitalize(), one.fingerprint,
    )  # fmt: skip


def _printing(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&RTrang &P/&N")
