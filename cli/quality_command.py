"""`rasoat quality`, and the gate that a run passes between its check and its index."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from cli.frame import DayOption, day, out, print_json, progress_bar, today, troubles
from pipeline.steps import timed
from rasoat.run_report import Guarded, RunReport
from rasoat.trouble import SourceTrouble, Trouble
from rasoat.words import STATE, number
from rasoat.workspace import Workspace

if TYPE_CHECKING:
    from validators.quality import Broken, Verdict


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("quality", help="Cổng chất lượng: mọi kỳ vọng trên dữ liệu / every expectation on the data")(quality)


def quality(
    as_of: DayOption = None,
    json: Annotated[bool, typer.Option("--json", help="Kết luận dạng JSON / the verdict as JSON")] = False,
    docs: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Ghi trang báo cáo vào đây / where to write the page")] = None,
    again: Annotated[bool, typer.Option("--again", help="Đánh giá lại dù không có gì đổi / evaluate anew")] = False,
) -> None:
    """Judge what is stored for one day; exit 3 where publication would be stopped."""
    from validators.quality import gate

    with troubles():
        work, asked = Workspace.here(), day(as_of, "--as-of") or today()
        with progress_bar("Chất lượng") as progress:
            verdict = gate(work.engine, work.settings, asked, progress, again=again)
        states, page = _page(work, verdict, docs)
        if json:
            print_json(_as_json(verdict, states, page))
        else:
            _show(verdict, states, page)
        _stop_where_blocked(verdict.blocks, [one.check for one in verdict.failed])


def guard(work: Workspace, report: RunReport, as_of: date) -> bool:
    """The gate as a step of a run: its numbers and its page go into the report; False where publication stops."""
    from validators.quality import gate

    with timed(report, "quality"), progress_bar("Chất lượng") as progress:
        verdict = gate(work.engine, work.settings, as_of, progress)
        _, page = _page(work, verdict, None)
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
    return not verdict.blocks


def must_pass(work: Workspace, report: RunReport, as_of: date) -> None:
    """The gate where nothing may follow a stop.

    Raises:
        Trouble: publication stops; asking again changes nothing until the data do.
    """
    if not guard(work, report, as_of) and report.guarded:
        names = ", ".join(list(report.guarded.failed)[:5])
        raise Trouble(f"Cổng chất lượng chặn công bố ngày {as_of}: {names}. Xem {report.guarded.page}.")


def stop_where_blocked(report: RunReport) -> None:
    """End a run whose gate stopped publication, after its report was shown.

    Raises:
        SourceTrouble: publication was stopped; the last good index goes on serving (exit 3).
    """
    if report.guarded:
        _stop_where_blocked(report.guarded.blocks, list(report.guarded.failed))


def _stop_where_blocked(blocks: bool, failed: list[str]) -> None:
    if blocks:
        names = ", ".join(failed[:5]) + (", …" if len(failed) > 5 else "")
        raise SourceTrouble(f"Cổng chất lượng chặn công bố: {names}. Chỉ mục tốt gần nhất vẫn phục vụ; xem `rasoat quality`.")


def _page(work: Workspace, verdict: Verdict, folder: Path | None) -> tuple[dict[str, str], Path]:
    from validators.quality import expectations, states, write_page

    decided = states(work.engine, verdict.broken)
    path = (folder or work.settings.home / "quality") / f"{verdict.as_of}.html"
    return decided, write_page(path, verdict, expectations(verdict.as_of), decided)


def _as_json(verdict: Verdict, states: dict[str, str], page: Path) -> dict[str, Any]:
    return {
        "as_of": verdict.as_of.isoformat(),
        "blocks": verdict.blocks,
        "expected": verdict.expected,
        "evaluated": verdict.evaluated,
        "reused": verdict.reused,
        "page": str(page),
        "broken": [_item(one, states) for one in verdict.broken],
    }


def _item(one: Broken, states: dict[str, str]) -> dict[str, Any]:
    return {
        "check": one.check,
        "tier": one.tier.value,
        "suite": one.suite,
        "says": one.says,
        "table": one.table,
        "column": one.column,
        "total": one.total,
        "rows": [{"key": row.key, "value": row.value, "expected": row.expected} for row in one.rows],
        "trouble": one.trouble,
        "fingerprint": one.fingerprint,
        "state": states[one.fingerprint],
    }


def _show(verdict: Verdict, states: dict[str, str], page: Path) -> None:
    out.print(
        f"{number(verdict.evaluated)}/{number(verdict.expected)} kỳ vọng đã đánh giá: "
        f"{number(len(verdict.failed))} hỏng, {number(len(verdict.warned))} cần xem lại"
    )
    if verdict.broken:
        table = Table(pad_edge=False)
        for heading in ("Mức", "Kỳ vọng", "Dòng", "Ví dụ", "Xử lý"):
            table.add_column(heading)
        for one in verdict.broken:
            shown = one.trouble or "; ".join(f"{row.key}: {row.value}" for row in one.rows[:2])
            says = f"{one.says} ({one.check})"
            table.add_row(one.tier.value, says, number(one.total), shown.replace("[", "\\["), STATE.get(states[one.fingerprint], ""))
        out.print(table)
    out.print(f"Báo cáo: {page}", highlight=False, soft_wrap=True)
