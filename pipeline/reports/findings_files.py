"""Findings as files people hand on: XLSX, DOCX, CSV and JSON lines, in the column order reviewers use.

Columns follow the lists of Nghị định 79/2025/NĐ-CP where these have them (number, title, reason, date of expiry) and
add what a finding needs to be acted on: quote, clause, body, action.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from extractors.imports import review_list as layout
from extractors.imports.review_list import UNTOLD, ReviewMark
from pipeline.reports.office_cells import csv_text, sheet_text, write_day
from queries.contract import JudgedCount
from rasoat import words
from rasoat.odd_characters import fit_for_xml, json_line
from rasoat.records import Finding, Severity
from rasoat.store.published_findings import ListedFinding
from rasoat.store.shown_states import versions_for
from rasoat.trouble import Trouble
from rasoat.words.review_words import DISMISS_REASON, LIST_CONCLUSIONS, REVIEW_VERB
from rasoat.workspace import Workspace

_COLOURS = {Severity.HIGH: "#F8D7DA", Severity.MEDIUM: "#FFF3CD", Severity.LOW: "#E2E3E5", Severity.INFO: "#FFFFFF"}

FindingColumn = tuple[str, int, Callable[[Finding], object]]
COLUMNS: tuple[FindingColumn, ...] = (
    ("Quy tắc", 10, lambda f: f.rule),
    ("Mức độ", 11, lambda f: words.SEVERITY[f.severity]),
    ("Tin cậy", 9, lambda f: words.CONFIDENCE[f.confidence]),
    ("Thủ tục, đơn vị", 16, lambda f: f.subject),
    ("Văn bản, thủ tục", 22, lambda f: f.object or ""),
    ("Điều khoản", 18, lambda f: words.provision(f.provision)),
    ("Trích nguyên văn", 50, lambda f: f.quote),
    ("Vị trí", 14, lambda f: words.part(f.where.part) if f.where else ""),
    ("Tình trạng", 14, lambda f: words.STATUS[f.status] if f.status else ""),
    ("Hết hiệu lực từ", 14, lambda f: f.interval.end if f.interval else None),
    ("Do văn bản", 22, lambda f: "; ".join(f.ended_by)),
    (
        "Điều khoản chấm dứt",
        50,
        lambda f: (
            f"{words.provision(f.clause.provision)} {f.clause.document}: {words.quoted(f.clause.lead, f.clause.quote)}" if f.clause else ""
        ),
    ),
    ("Văn bản thay thế", 24, lambda f: "; ".join(f.successors)),
    ("Cơ quan chịu trách nhiệm", 26, lambda f: f.responsible),
    ("Kiến nghị", 40, lambda f: f.action),
    ("Trạng thái xử lý", 14, lambda f: words.STATE.get(f.state, f.state)),
    ("Xét đến ngày", 12, lambda f: f.as_of),
    ("Ngày ghi nhận", 12, lambda f: f.observed_on),
    ("Dấu vân tay", 18, lambda f: f.fingerprint),
)


def marks_of(work: Workspace, listed: Iterable[ListedFinding], unit: str) -> dict[str, ReviewMark]:
    """By fingerprint, what whoever fills the list in for a unit has before him."""
    bases = {one.finding.fingerprint: one.basis for one in listed}
    with work.engine.connect() as connection:
        versions = versions_for(connection, bases.keys(), unit)
    return {one: ReviewMark(unit, versions.get(one, 0), basis or UNTOLD) for one, basis in bases.items()}


def export(
    findings: Sequence[Finding],
    path: Path,
    as_json: Callable[[Finding], dict[str, Any]],
    judged: JudgedCount,
    marks: Mapping[str, ReviewMark] | None = None,
) -> None:
    """Write findings to `path`; its ending decides the form. `judged`, how many citations were judged, stands on every one: in a column of its
    own, so that lists are filled in and read back as before, and as a sentence where a form has room for one (JSON lines carry the numbers). `marks`: what a reviewer has before him
    who fills in the columns that a workbook has for him, to be imported again.

    Raises:
        Trouble: the ending is none of .xlsx, .docx, .csv, .jsonl.
    """
    writers: dict[str, Callable[[], None]] = {
        ".xlsx": lambda: _xlsx(findings, path, judged, marks),
        ".docx": lambda: _docx(findings, path, judged),
        ".csv": lambda: _csv(findings, path, judged),
        ".jsonl": lambda: _jsonl(findings, path, as_json),
    }
    if path.suffix.lower() not in writers:
        raise Trouble("export.form", name=path.name, known=".xlsx, .docx, .csv hoặc .jsonl")
    writers[path.suffix.lower()]()


def _columns(judged: JudgedCount) -> tuple[FindingColumn, ...]:
    told = f"{judged.done}/{judged.all}"
    return (*COLUMNS, ("Viện dẫn đã kết luận", 14, lambda _: told))


def _said(judged: JudgedCount) -> str:
    return words.judged(judged.done, judged.all)


def _to_fill_in(marks: Mapping[str, ReviewMark]) -> tuple[FindingColumn, ...]:
    """The columns of a reviewer, empty but for the mark that tells what he had before him."""
    empty = tuple(
        (title, width, lambda _: "")
        for title, width in ((layout.CONCLUSION, 16), (layout.REASON, 22), (layout.WORDS, 30), (layout.PERSON, 20))
    )
    return (*empty, (layout.MARK, 8, lambda f: str(marks.get(f.fingerprint, ""))))


def _choices(sheet: Any, columns: Sequence[FindingColumn], last: int) -> None:
    """What can be chosen in a reviewer's columns, and the mark out of sight."""
    titles = [title for title, _, _ in columns]
    known = {layout.CONCLUSION: [REVIEW_VERB[one] for one in LIST_CONCLUSIONS], layout.REASON: list(DISMISS_REASON.values())}
    for title, words_known in known.items():
        at = titles.index(title)
        sheet.data_validation(1, at, max(1, last), at, {"validate": "list", "source": words_known, "error_title": "Chọn trong danh sách"})
    at = titles.index(layout.MARK)
    sheet.set_column(at, at, 8, None, {"hidden": True})


def _xlsx(findings: Sequence[Finding], path: Path, judged: JudgedCount, marks: Mapping[str, ReviewMark] | None) -> None:
    import xlsxwriter

    *plain, told = _columns(judged)
    columns, said = (*plain, *_to_fill_in(marks or {}), told), _said(judged)

    # Crawled text may begin with "=": it is always written as text, never as a formula.
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Phát hiện")
        header = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"})
        styles = {s: book.add_format({"text_wrap": True, "valign": "top", "bg_color": colour}) for s, colour in _COLOURS.items()}
        dates = {
            s: book.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "left", "bg_color": colour})
            for s, colour in _COLOURS.items()
        }
        for at, (title, width, _) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, title, header)
        for line, finding in enumerate(findings, 1):
            for at, (_, _, value) in enumerate(columns):
                cell = value(finding)
                if isinstance(cell, date):
                    write_day(sheet, line, at, cell, dates[finding.severity])
                elif cell is None:
                    sheet.write_blank(line, at, None, styles[finding.severity])
                else:
                    sheet.write_string(line, at, sheet_text(str(cell)), styles[finding.severity])
        _choices(sheet, columns, len(findings))
        sheet.freeze_panes(1, 5)
        sheet.autofilter(0, 0, max(1, len(findings)), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer(f"&L{said}&R&P/&N")
        book.set_properties({"comments": said})


def _docx(findings: Sequence[Finding], path: Path, judged: JudgedCount) -> None:
    from docx import Document
    from docx.shared import Mm

    book = Document()
    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    book.add_heading("Phát hiện rà soát thủ tục hành chính", level=1)
    book.add_paragraph(f"Số phát hiện: {len(findings)}. {_said(judged)}")
    for number, finding in enumerate(findings, 1):
        book.add_heading(fit_for_xml(f"{number}. {finding.rule} – thủ tục {finding.subject} – {finding.object or ''}"), level=2)
        table = book.add_table(rows=0, cols=2, style="Table Grid")
        table.autofit = False
        table.columns[0].width, table.columns[1].width = Mm(45), Mm(120)
        for title, _, value in COLUMNS:
            cell = value(finding)
            if cell in ("", None):
                continue
            row = table.add_row().cells
            row[0].text = title
            row[1].text = fit_for_xml(words.day(cell) if isinstance(cell, date) else str(cell))
            row[0].width, row[1].width = Mm(45), Mm(120)
    book.save(str(path))


def _csv(findings: Sequence[Finding], path: Path, judged: JudgedCount) -> None:
    # The mark at the front makes Excel read Vietnamese; every cell stands in quotes, whatever separator a machine expects.
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        sheet = csv.writer(file, quoting=csv.QUOTE_ALL)
        columns = _columns(judged)
        sheet.writerow([title for title, _, _ in columns])
        for finding in findings:
            cells = ["" if cell is None else str(cell) for cell in (value(finding) for _, _, value in columns)]
            sheet.writerow(map(csv_text, cells))


def _jsonl(findings: Sequence[Finding], path: Path, as_json: Callable[[Finding], dict[str, Any]]) -> None:
    with path.open("wb") as file:
        for finding in findings:
            file.write(json_line(as_json(finding)) + b"\n")
