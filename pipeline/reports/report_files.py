"""A report as a file: DOCX to sign and send, XLSX to work with."""

from __future__ import annotations

from pathlib import Path

from pipeline.reports.inspection import InspectionReport
from pipeline.reports.inspection_document import write_docx
from pipeline.reports.inspection_workbook import write_xlsx
from rasoat.trouble import Trouble


def write_report(report: InspectionReport, path: Path) -> None:
    """Write a report; the ending of `path` decides the form.

    Raises:
        Trouble: the ending is neither .docx nor .xlsx.
    """
    match path.suffix.lower():
        case ".docx":
            write_docx(report, path)
        case ".xlsx":
            write_xlsx(report, path)
        case _:
            raise Trouble("report.form", name=path.name, known=".docx hoặc .xlsx")
