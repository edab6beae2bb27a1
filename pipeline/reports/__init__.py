"""What inspections hand in: the report of a unit or a period in DOCX and XLSX, and lists of expired documents."""

from pipeline.reports.expired_lists import EXPIRED_COLUMNS, LISTED_RULES, Cited, expired_rows
from pipeline.reports.inspection import InspectionReport, inspection_report
from pipeline.reports.report_files import write_report

__all__ = ["EXPIRED_COLUMNS", "LISTED_RULES", "Cited", "InspectionReport", "expired_rows", "inspection_report", "write_report"]
