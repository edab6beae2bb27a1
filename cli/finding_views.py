"""Two other views of the findings at a terminal: what came and went since a day, and what could not be judged."""

from __future__ import annotations

from datetime import date

from cli.frame import out, print_json
from cli.printing import TextTable
from queries.contract import FindingChange
from queries.finding_changes import PUBLISHED, changes_since
from queries.finding_filter import FindingFilter
from queries.judged_citations import unjudged_on
from rasoat import words
from rasoat.workspace import Workspace

_SHOWN = 40  # lines of a table that a terminal holds; --jsonl has all


def print_changes(work: Workspace, as_of: date, since: date, wanted: FindingFilter, *, jsonl: bool) -> None:
    """What came into the list of findings since a day, and what went."""
    found = changes_since(work, as_of, since, wanted)
    if jsonl:
        for line in found.lines:
            print_json(line.as_json())
        return
    against = "danh sách đã công bố ngày ấy" if found.compared == PUBLISHED else "điều nay biết về ngày ấy (khi đó chưa công bố)"
    for title, lines in (("Mới có", found.came), ("Không còn", found.went)):
        table = TextTable(title=f"{title} từ {since:%d/%m/%Y} đến {as_of:%d/%m/%Y}", pad_edge=False)
        for heading, ratio in (("Quy tắc", 0), ("Thủ tục, đơn vị", 0), ("Văn bản, thủ tục", 0), ("Kết luận", 3), ("Vì", 1), ("Vân tay", 0)):
            table.add_column(heading, ratio=ratio or None, no_wrap=not ratio, overflow="fold")
        for one in lines[:_SHOWN]:
            table.add_row(one.rule, one.subject, one.object or "–", one.message, _why(one), one.fingerprint[:10])
        out.print(table)
        if len(lines) > _SHOWN:
            out.say(f"… và {words.number(len(lines) - _SHOWN)} dòng nữa, xem bằng --jsonl")
    out.say(f"Mới có {words.number(len(found.came))}, không còn {words.number(len(found.went))}; so với {against}.")
    out.say(words.judged(found.judged.done, found.judged.all))


def _why(one: FindingChange) -> str:
    if one.why is None:
        return ""
    if one.why.startswith("became "):
        return f"nay là {one.why.removeprefix('became ')}"
    return words.GONE_WHY[one.why]


def print_unjudged(work: Workspace, as_of: date, *, jsonl: bool) -> None:
    """The cited documents without a conclusion, those that most procedures cite first."""
    found = unjudged_on(work, as_of)
    if jsonl:
        for line in found.lines:
            print_json(line.as_json())
        return
    table = TextTable(title=f"Văn bản chưa kết luận được, ngày {as_of:%d/%m/%Y}", pad_edge=False)
    for heading, ratio in (("Văn bản", 0), ("Tên", 2), ("Thủ tục", 0), ("Vì", 2), ("Cần có", 3)):
        table.add_column(heading, ratio=ratio or None, no_wrap=not ratio, overflow="fold")
    for one in found.lines[:_SHOWN]:
        table.add_row(one.document, one.title or "", words.number(one.procedures), one.why, one.settles)
    out.print(table)
    if len(found.lines) > _SHOWN:
        out.say(f"… và {words.number(len(found.lines) - _SHOWN)} văn bản nữa, xem bằng --jsonl")
    out.say(words.judged(found.judged.done, found.judged.all))
