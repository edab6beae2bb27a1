"""The gate that a run passes between its check and its index, and the page that says what it found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline.recorded import timed
from pipeline.reports.quality_page import write_page
from rasoat.run_report import Guarded, RunReport
from rasoat.store.publications import Refusal
from rasoat.trouble import SourceTrouble, Trouble
from rasoat.workspace import Workspace
from validators.quality import GateVerdict, TouchedRows, expectations, gate, gate_touched, states


def judge(work: Workspace, as_of: date, *, again: bool = False, folder: Path | None = None) -> tuple[GateVerdict, dict[str, str], Path]:
    """Every expectation on what is stored, for one day: the verdict, what people decided of each broken one, and the page written."""
    with work.bars("Chất lượng") as progress:
        verdict = gate(work.engine, work.settings, as_of, progress, again=again)
    decided = states(work.engine, verdict.broken)
    path = (folder or work.settings.home / "quality") / f"{verdict.as_of}.html"
    return verdict, decided, write_page(path, verdict, expectations(verdict.as_of), decided)


def guard(work: Workspace, report: RunReport, as_of: date, touched: TouchedRows | None = None) -> bool | Refusal:
    """The gate as a step of a run: its numbers and its page go into the report; a refusal where publication stops. `touched`: all that has
    changed since the whole gate passed; where nothing in it breaks anything, nothing else is asked."""
    with timed(report, "quality"):
        if touched and touched.few and (found := _of_touched(work, as_of, touched)):
            report.guarded = found
            return True
        verdict, _, page = judge(work, as_of)
    report.guarded = Guarded(
        as_of=as_of.isoformat(),
        expected=verdict.expected,
        evaluated=verdict.evaluated,
        failed={one.check: one.total for one in verdict.failed},
        warned={one.check: one.total for one in verdict.warned},
        reused=verdict.reused,
        blocks=verdict.blocks,
        page=str(page),
    )
    return Refusal(as_of, tuple(report.guarded.failed)) if verdict.blocks else True


def _of_touched(work: Workspace, as_of: date, touched: TouchedRows) -> Guarded | None:
    """What is told where no row touched breaks anything."""
    found = gate_touched(work.engine, as_of, touched)
    return None if found.broken else Guarded(as_of.isoformat(), found.expected, found.evaluated, touched=True)


def must_have_passed(guarded: Guarded | None) -> None:
    """The gate where nothing may follow a stop.

    Raises:
        Trouble: publication was stopped; asking again changes nothing until the data do.
    """
    if guarded and guarded.blocks:
        raise Trouble("gate.stops_day", as_of=guarded.as_of, names=", ".join(list(guarded.failed)[:5]), page=guarded.page)


def stop_where_blocked(blocks: bool, failed: list[str]) -> None:
    """End a run whose gate stopped publication, after its report was shown.

    Raises:
        SourceTrouble: publication was stopped; the last good index goes on serving (exit 3).
    """
    if blocks:
        names = ", ".join(failed[:5]) + (", …" if len(failed) > 5 else "")
        raise SourceTrouble("gate.stops", names=names)
