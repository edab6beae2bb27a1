"""The matrix for people at a terminal: totals first, then the cells that need somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from rich.text import Text

from cli.printing import TextTable
from queries.posting_matrix import CellFilter, MatrixAnswer
from rasoat import words
from rasoat.records.postings import Channel, PostingState
from rasoat.units import country
from validators.coverage.counted import Counts, age, in_order

if TYPE_CHECKING:
    from validators.coverage.matrix import Matrix
    from validators.coverage.totals import Change

COLOURS = {
    PostingState.POSTED: "green",
    PostingState.MISSING: "bold red",
    PostingState.OUTDATED: "yellow",
    PostingState.INCOMPLETE: "yellow",
    PostingState.ABOLISHED_STILL_POSTED: "bold magenta",
    PostingState.UNREACHABLE: "blue",
    PostingState.UNKNOWN: "dim",
}
_SHOWN = 40


def summary_table(found: MatrixAnswer) -> TextTable:
    """Cells by channel and state, with the share in order of what is known."""
    totals = found.totals()
    table = TextTable(title=f"Công khai thủ tục hành chính đến ngày {found.as_of:%d/%m/%Y}: {totals.units} đơn vị", pad_edge=False)
    table.add_column("Kênh")
    for state in PostingState:
        table.add_column(words.POSTING_STATE[state], justify="right", style=COLOURS[state])
    table.add_column("Đạt trong số đã kết luận", justify="right")
    for channel in Channel:
        counts: Counts = Counter({state: number for (one, state), number in totals.cells.items() if one is channel})
        if counts:
            table.add_row(words.CHANNEL[channel], *(str(counts[state] or "") for state in PostingState), in_order(counts))
    return table


def cell_table(found: MatrixAnswer, wanted: CellFilter) -> TextTable | str:
    """The first cells that somebody has to look at, with the age of what was seen; a sentence where there are none."""
    table = TextTable(pad_edge=False, caption=f"Tối đa {_SHOWN} ô cần xem; tất cả: --jsonl hoặc --export.")
    for heading in ("Đơn vị", "Thủ tục", "Tên", "Kênh", "Tình trạng", "Quan sát", "Ghi chú", "Phát hiện"):
        table.add_column(heading, overflow="fold")
    for row in islice((row for row in found.rows(wanted) if row.wanting), _SHOWN):
        name = found.name_of(row.procedure)
        table.add_row(
            country().name(row.unit),
            row.procedure,
            name if len(name) <= 60 else name[:59] + "…",
            words.CHANNEL[row.channel],
            Text(words.POSTING_STATE[row.state], style=COLOURS[row.state]),
            age(row.observed_on, found.as_of),
            row.note,
            f"{row.rule} {(row.finding or '')[:10]}".strip(),
        )
    return (
        table
        if table.row_count
        else "Không có ô nào cần xem trong phạm vi đã quan sát; “chưa rõ” là chưa ai xem hoặc chưa đủ căn cứ để kết luận."
    )


def change_table(changed: Iterable[Change], later: Matrix, since: date) -> TextTable:
    """What changed of each cell since a day: from what to what."""
    table = TextTable("Đơn vị", "Thủ tục", "Kênh", "Trước", "Nay", title=f"Thay đổi từ {since:%d/%m/%Y} đến {later.as_of:%d/%m/%Y}")
    for change in changed:
        row = change.after or change.before
        if row is not None:
            said = [words.POSTING_STATE[one.state] if one else "–" for one in (change.before, change.after)]
            table.add_row(later.audit.units.name(row.unit), row.procedure, words.CHANNEL[row.channel], *said)
    return table
