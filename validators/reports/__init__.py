"""What inspections hand in: the report of a unit or a period in DOCX and XLSX, and lists of expired documents."""

from validators.reports.content import InspectionReport, inspection_report
from validators.reports.expired import EXPIRED_COLUMNS, Cited, expired_rows
from validators.reports.files import write_report

__all__ = ["EXPIRED_COLUMNS", "Cited", "InspectionReport", "expired_rows", "inspection_report", "write_report"]
