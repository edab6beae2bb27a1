"""The report step: a day's findings, and of each province or ministry its matrix and inspection report, as files people hand on.

They lie under the home folder, in `reports/DAY/`, and are written anew each time.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.recorded import timed
from rasoat.run_report import RunReport
from rasoat.units import NATION
from rasoat.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.reports.expired_lists import Cited
    from validators.coverage.matrix import Matrix
    from validators.posting_audit import Country


def reports_folder(work: Workspace, as_of: date) -> Path:
    """Where the reports of a day lie; made where it is missing."""
    folder = work.settings.home / "reports" / as_of.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def report_findings(work: Workspace, report: RunReport, as_of: date) -> None:
    """The day's findings, open ones for people (XLSX) and all for programs (JSONL)."""
    from pipeline.reports.findings_files import export, marks_of
    from queries.finding_list import findings_on

    with timed(report, "report"):
        found = findings_on(work, as_of)
        folder, marks = reports_folder(work, as_of), marks_of(work, found.listed, NATION)
        export([one for one in found.kept if not one.suppressed], folder / "phat-hien.xlsx", found.as_json, found.judged, marks)
        export(found.kept, folder / "phat-hien.jsonl", found.as_json, found.judged)
    report.written += ["phat-hien.xlsx", "phat-hien.jsonl"]


def units_due(work: Workspace, as_of: date) -> list[str]:
    """The provinces and ministries of which something must be posted on a day; those below them go with them."""
    _, matrix = _matrix(work, as_of)
    return sorted({unit.partition("/")[0] for unit in matrix.blocks})


def report_unit(work: Workspace, report: RunReport, as_of: date, head: str) -> None:
    """One province's or ministry's matrix (XLSX) and inspection report (DOCX), with all units below it."""
    from pipeline.reports.inspection import inspection_report
    from pipeline.reports.matrix_files import export
    from pipeline.reports.report_files import write_report
    from validators.posting_audit import other_findings

    with timed(report, "report"):
        country, matrix = _matrix(work, as_of, [head])
        units = sorted(matrix.blocks)
        others = [one for one in other_findings(country) if one.subject in matrix.blocks]
        folder = reports_folder(work, as_of)
        export(matrix, units, lambda row: True, folder / f"cong-khai-{head}.xlsx")
        write_report(inspection_report(matrix, units, others, cited=cited_on(work, as_of)), folder / f"kiem-tra-{head}.docx")
    report.written += [f"cong-khai-{head}.xlsx", f"kiem-tra-{head}.docx"]


def cited_on(work: Workspace, as_of: date, known_at: date | None = None) -> Cited:
    """A day's findings, the documents they name and what was judged of each procedure: what the lists of expired documents are made of."""
    from pipeline.reports.expired_lists import LISTED_RULES, Cited
    from queries.finding_filter import FindingFilter
    from queries.finding_list import findings_on
    from queries.judged_citations import judged_each
    from queries.published_moment import published_rows
    from rasoat.store.published_findings import FindingPage

    listed = findings_on(work, as_of, known_at, FindingFilter(LISTED_RULES), FindingPage(suppressed=False))
    named = {name for one in listed.kept for name in (one.object, one.clause and one.clause.document) if name}
    with published_rows(work) as rows:
        documents = rows.documents_by_id(named)
    return Cited(listed.kept, documents, judged_each(work, as_of) if known_at is None else listed.judged_each)


def _matrix(work: Workspace, as_of: date, within: Collection[str] = ()) -> tuple[Country, Matrix]:
    from validators.posting_audit import gather, matrix_of

    with work.bars("Đối chiếu") as progress:
        country = gather(work.engine, as_of, None)
        return country, matrix_of(work.engine, country, None, progress, within)
