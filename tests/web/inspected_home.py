"""A home with a unit that was looked at: the demo's, and the inspector's form of one commune, filled in and handed back."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from extractors.imports import inspection_form as layout
from extractors.imports.import_options import ImportOptions
from pipeline.steps import import_given, publish_unless_refused
from rasoat.records import Part
from rasoat.records.postings import PostingState
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.workspace import Workspace

COMMUNE = "lai-chau/phuong-doan-ket"
LOOKED_ON = date(2026, 11, 20)
HOSTILE = '"><script>alert(1)</script>'
# What the inspector wrote, row after row; all rows after these stay as they were: not looked at.
SEEN = (PostingState.POSTED, PostingState.MISSING, PostingState.INCOMPLETE, PostingState.OUTDATED)


def inspected(home: Path, form: bytes, folder: Path) -> Path:
    """A copy of a home in which the form was handed back; `form` as a page offers it."""
    copy = folder / "inspected"
    shutil.copytree(home, copy)
    path = folder / f"phieu {HOSTILE.replace('/', '')}.xlsx"
    path.write_bytes(_filled(form))
    work, report = Workspace(Settings(home=copy)), RunReport("test")
    import_given(work, report, [path], LOOKED_ON, ImportOptions())
    publish_unless_refused(work, report)
    work.engine.dispose()
    return copy


def _filled(form: bytes) -> bytes:
    book, made = openpyxl.load_workbook(io.BytesIO(form)), io.BytesIO()
    sheet = book[layout.SHEET]
    assert isinstance(sheet, Worksheet)
    sheet.cell(layout.HEAD["observed_on"], 3).value = f"{LOOKED_ON:%d/%m/%Y}"
    sheet.cell(layout.HEAD["complete"], 3).value = layout.NO
    for row, state in enumerate(SEEN, layout.ROWS_FROM + 1):
        sheet.cell(row, layout.STATE + 1).value = layout.STATE_WORDS[state]
        sheet.cell(row, layout.NOTE + 1).value = HOSTILE
        if state is PostingState.INCOMPLETE:
            sheet.cell(row, layout.ABSENT + 1).value = layout.PART_WORDS[Part.FEES]
        if state is PostingState.OUTDATED:
            sheet.cell(row, layout.DECISION + 1).value = "1/QĐ-UBND"
    book.save(made)
    return made.getvalue()
