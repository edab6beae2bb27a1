"""The report in Excel: one sheet of counts, one of findings, one of what was only noted; dates are dates, headers filter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from rasoat.records import Severity
from rasoat.words import CONFIDENCE, STATE
from validators.coverage.totals import share
from validators.reports.content import PUBLIC_COLUMNS, STATE_ORDER, InspectionReport, Line
from validators.reports.expired import EXPIRED_COLUMNS, PARTLY_COLUMNS
from validators.reports.words import printable
from validators.rules.postings_catalogue import POSTING_RULES, STATE_NAMES

_SEVERITY = {Severity.HIGH: "Cao", Severity.MEDIUM: "Trung bình", Severity.LOW: "Thấp", Severity.INFO: "Thông tin"}
_COLOURS = {Severity.HIGH: "#F8D7DA", Severity.MEDIUM: "#FFF3CD", Severity.LOW: "#E2E3E5", Severity.INFO: "#FFFFFF"}
_COLUMNS = (
    ("STT", 6), ("Quy tắc", 10), ("Mức độ", 11), ("Đơn vị", 34), ("Thủ tục hành chính", 50), ("Kết quả kiểm tra", 60), ("Trích nguyên văn", 30),
    ("Nơi, ngày quan sát; chứng cứ", 40), ("Ngày quan sát", 13), ("Căn cứ pháp lý", 44), ("Kiến nghị", 44), ("Thời hạn", 28),
    ("Cơ quan chịu trách nhiệm", 30), ("Quyết định công bố", 22), ("Lý do chưa kết luận", 22), ("Trạng thái xử lý", 14), ("Độ tin cậy", 12), ("Dấu vân tay", 26),
)  # fmt: skip


def write_xlsx(report: InspectionReport, path: Path) -> None:
    """Write the report to `path`."""
    # Crawled text may begin with "=": it is always written as text, never as a formula.
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        header = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"})
        _counts(book, header, report)
        _lines(book, header, "Phát hiện", [line for _, lines in report.groups for line in lines])
        _lines(book, header, "Ghi nhận thêm", report.noted)
        _list(book, header, "Hết hiệu lực toàn bộ", EXPIRED_COLUMNS, report.expired)
        _list(book, header, "Hết hiệu lực một phần", PARTLY_COLUMNS, report.partly)


def _counts(book: Any, header: Any, report: InspectionReport) -> None:
    sheet = book.add_worksheet("Số liệu")
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, len(STATE_ORDER) + 1, 14)
    percent = book.add_format({"num_format": "0%"})
    sheet.write_string(
        0, 0, f"Kết quả {report.title}, số liệu đến ngày {report.as_of:%d/%m/%Y}", book.add_format({"bold": True, "font_size": 13})
    )
    line = 2
    for at, name in enumerate(("Số thủ tục hành chính", *PUBLIC_COLUMNS)):
        sheet.write_string(line, at, name, header)
    for name, public in report.public.items():
        line += 1
        sheet.write_string(line, 0, printable(name)[:32_000])
        for at, number in enumerate(public.numbers(), 1):
            sheet.write_number(line, at, number)
    line += 2
    for title, block in (("Kênh công khai", report.by_channel), ("Cấp", report.by_level), ("Lĩnh vực", report.by_field)):
        for at, name in enumerate((title, *(STATE_NAMES[state] for state in STATE_ORDER), "Tỷ lệ đạt")):
            sheet.write_string(line, at, name, header)
        for name, counts in block.items():
            line += 1
            sheet.write_string(line, 0, printable(name)[:32_000])
            for at, state in enumerate(STATE_ORDER, 1):
                sheet.write_number(line, at, counts[state])
            if (ratio := share(counts)) is not None:
                sheet.write_number(line, len(STATE_ORDER) + 1, ratio, percent)
        line += 2
    sheet.write_string(line, 0, "Nhập vào Cơ sở dữ liệu quốc gia sau thời hạn")
    sheet.write_number(line, 1, report.late)
    _printing(sheet)


def _lines(book: Any, header: Any, name: str, lines: Sequence[Line]) -> None:
    sheet = book.add_worksheet(name)
    styles = {s: book.add_format({"text_wrap": True, "valign": "top", "border": 1, "bg_color": colour}) for s, colour in _COLOURS.items()}
    dates = {
        s: book.add_format({"valign": "top", "border": 1, "num_format": "dd/mm/yyyy", "align": "left", "bg_color": c})
        for s, c in _COLOURS.items()
    }
    for at, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, header)
    for row, line in enumerate(lines, 1):
        style = styles[line.finding.severity]
        for at, value in enumerate(_values(row, line)):
            if isinstance(value, str):
                sheet.write_string(row, at, printable(value)[:32_000], style)
            else:
                sheet.write_number(row, at, value, style)
        sheet.write_datetime(row, 8, line.finding.observed_on, dates[line.finding.severity])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(lines), 1), len(_COLUMNS) - 1)
    sheet.repeat_rows(0)
    _printing(sheet)


def _list(book: Any, header: Any, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """One list of expired documents; no sheet where there is none."""
    if not rows:
        return
    sheet, style = book.add_worksheet(name), book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for at, title in enumerate(columns):
        sheet.set_column(at, at, 6 if not at else 34)
        sheet.write_string(0, at, title, header)
    for line, row in enumerate(rows, 1):
        for at, text in enumerate(row):
            sheet.write_string(line, at, printable(text)[:32_000], style)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _printing(sheet)


def _values(row: int, line: Line) -> tuple[str | int, ...]:
    one = line.finding
    decision = " ngày ".join(
        piece for piece in (one.decision_number or "", f"{one.decision_date:%d/%m/%Y}" if one.decision_date else "") if piece
    )
    basis = line.basis if one.rule in POSTING_RULES else ""
    return (
        row, one.rule, _SEVERITY[one.severity], line.unit, line.procedure, one.message, one.quote, line.seen, "", basis, one.action,
        line.deadline, one.responsible, decision, ", ".join(one.suppressed), STATE.get(one.state, one.state),
        CONFIDENCE[one.confidence].capitalize(), one.fingerprint,
    )  # fmt: skip


def _printing(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
