"""`rasoat quality`: every expectation on the data, and whether publication would be stopped."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import DayOption, day, out, print_json, troubles, workspace
from cli.printing import TextTable
from pipeline.clock import today

if TYPE_CHECKING:
    from rasoat.workspace import Workspace
    from validators.quality import GateVerdict


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
    from pipeline.quality_gate import judge, stop_where_blocked
    from queries.quality_answer import quality_answer

    with troubles():
        work = workspace()
        asked = day(as_of, "--as-of") or _checked_last(work) or today()
        verdict, states, page = judge(work, asked, again=again, folder=docs)
        if json:
            print_json(quality_answer(verdict, states, page).as_json())
        else:
            _show(verdict, states, page)
        stop_where_blocked(verdict.blocks, [one.check for one in verdict.failed])


def _show(verdict: GateVerdict, states: dict[str, str], page: Path) -> None:
    from rasoat.words import STATE, number

    out.say(
        f"{number(verdict.evaluated)}/{number(verdict.expected)} kỳ vọng đã đánh giá: "
        f"{number(len(verdict.failed))} hỏng, {number(len(verdict.warned))} cần xem lại"
    )
    if verdict.broken:
        table = TextTable(pad_edge=False)
        for heading in ("Mức", "Kỳ vọng", "Dòng", "Ví dụ", "Xử lý"):
            table.add_column(heading)
        for one in verdict.broken:
            shown = one.trouble or "; ".join(f"{row.key}: {row.value}" for row in one.rows[:2])
            says = f"{one.says} ({one.check})"
            table.add_row(one.tier.value, says, number(one.total), shown, STATE.get(states[one.fingerprint], ""))
        out.print(table)
    out.say(f"Báo cáo: {page}")


def _checked_last(work: Workspace) -> date | None:
    """The day that was checked last: what people ask about who name no day."""
    from rasoat.store.checked_marks import days_checked

    with work.engine.connect() as connection:
        return max(days_checked(connection), default=None)
