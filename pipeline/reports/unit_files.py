"""The files of one unit that a page offers, made when asked for: the inspector's form, and what was found as an inspection report.

Both are made from an audit of the unit, which takes seconds and memory: in a process of its own, one at a time, that is ended when it
takes too long. So no page waits for it, and whoever answers the pages stays small.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from rasoat.settings import Settings
from rasoat.trouble import SourceTrouble, Trouble
from rasoat.workspace import Workspace

PATIENCE = 25.0  # seconds until a file that is not made is given up
_QUEUE = 1.0  # seconds that one waits for his turn: whoever answers pages has better to do
_TURN = threading.Semaphore(1)
UnitFileMaker = Callable[[Workspace, date, str, Path], None]


def form_file(settings: Settings, as_of: date, unit: str) -> bytes:
    """The inspector's form of a unit, to be filled in and handed back (`rasoat import`).

    Raises:
        SourceTrouble: others are being made, it took too long, or the process ended without it.
        Trouble: what the audit refused.
    """
    return _made(_form, settings, as_of, unit, "phieu.xlsx")


def report_file(settings: Settings, as_of: date, unit: str) -> bytes:
    """The inspection report of a unit and those below it, as DOCX.

    Raises:
        SourceTrouble, Trouble: as `form_file`.
    """
    return _made(_report, settings, as_of, unit, "kiem-tra.docx")


def _form(work: Workspace, as_of: date, unit: str, path: Path) -> None:
    from pipeline.reports.form_file import write_form
    from queries.audited_matrix import posting_matrix

    write_form(posting_matrix(work, as_of, None, [unit]).matrix, unit, path)


def _report(work: Workspace, as_of: date, unit: str, path: Path) -> None:
    from pipeline.reports.day_reports import cited_on
    from pipeline.reports.inspection import inspection_report
    from pipeline.reports.report_files import write_report
    from queries.audited_matrix import posting_matrix

    found = posting_matrix(work, as_of, None, [unit])
    write_report(inspection_report(found.matrix, found.units, found.other_findings(), None, cited_on(work, as_of)), path)


def _made(maker: UnitFileMaker, settings: Settings, as_of: date, unit: str, name: str) -> bytes:
    if not _TURN.acquire(timeout=_QUEUE):
        raise SourceTrouble("unitfile.busy")
    try:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_in_child, args=(theirs, maker, settings, as_of, unit, name), daemon=True)
        child.start()
        theirs.close()
        try:
            answer: bytes | Trouble | None = ours.recv() if ours.poll(PATIENCE) else None
        except EOFError:
            answer = None
        finally:
            ours.close()
            child.kill()
            child.join()
    finally:
        _TURN.release()
    if isinstance(answer, Trouble):
        raise answer
    if answer is None:
        raise SourceTrouble("unitfile.not_made")
    return answer


def _in_child(told: Connection, maker: UnitFileMaker, settings: Settings, as_of: date, unit: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        try:
            maker(Workspace(settings), as_of, unit, path)
            told.send(path.read_bytes())
        except Trouble as trouble:
            told.send(trouble)
