"""The matrix as one HTML page without anything from outside: a table with words in its cells, so that colour is never alone.

A picture of a country would be no picture: at most `UNITS` columns of units and `PROCEDURES` rows are drawn, those with most to do
first, and the page says what was left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from html import escape

from rasoat import words
from rasoat.records.postings import PostingState
from validators.coverage.cell_rows import CellRow
from validators.coverage.counted import age
from validators.coverage.matrix import Matrix

UNITS, PROCEDURES = 60, 400
_SIGNS = {
    PostingState.POSTED: "✓",
    PostingState.MISSING: "✗",
    PostingState.OUTDATED: "↻",
    PostingState.INCOMPLETE: "◐",
    PostingState.ABOLISHED_STILL_POSTED: "⊘",
    PostingState.UNREACHABLE: "⌁",
    PostingState.UNKNOWN: "?",
}
_WORST = [
    PostingState.ABOLISHED_STILL_POSTED,
    PostingState.MISSING,
    PostingState.OUTDATED,
    PostingState.INCOMPLETE,
    PostingState.UNREACHABLE,
]
_WORST += [PostingState.UNKNOWN, PostingState.POSTED]
_FEW = 8  # more units than these have their names written upwards
_QUIET = (PostingState.UNKNOWN, PostingState.POSTED)
_STYLE = """
:root{color-scheme:light}body{font:15px/1.45 system-ui,"Noto Sans",sans-serif;margin:1.5rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse}th,td{border:1px solid #767676;padding:.25rem .4rem;text-align:left;vertical-align:top}
thead th{position:sticky;top:0;background:#f2f2f2}tbody th{font-weight:400;max-width:26rem;min-width:18rem}caption{text-align:left;padding:.25rem 0}
.many thead th+th{writing-mode:vertical-rl;transform:rotate(180deg);height:11rem;font-weight:400}
.many tbody th,thead th:first-child{position:sticky;left:0;background:#fff}thead th:first-child{background:#f2f2f2;z-index:1}
td.c{text-align:center;min-width:2rem}
.wide{overflow:auto;max-height:85vh}.posted{background:#d9ead3}.missing{background:#f4c7c3}.outdated{background:#fce8b2}.incomplete{background:#fff2cc}
.abolished_still_posted{background:#e1bee7}.unreachable{background:#cfe2f3}.unknown{background:#eee}
.v{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}ul.k{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.5rem}
ul.k li{border:1px solid #767676;padding:.1rem .5rem}@media print{.wide{max-height:none;overflow:visible}}
"""


def picture(matrix: Matrix, rows: Sequence[CellRow]) -> str:
    """The page. Everything crawled is escaped; a cell says its state in words, the channel and the age of the observation."""
    drawn: dict[str, dict[str, list[CellRow]]] = defaultdict(lambda: defaultdict(list))
    wanting_units: Counter[str] = Counter()
    wanting_codes: Counter[str] = Counter()
    seen = {row.procedure for row in rows if row.observed_on}  # drawn ahead of what nobody looked at
    for row in rows:
        drawn[row.procedure][row.unit].append(row)
        wanting_units[row.unit] += row.wanting
        wanting_codes[row.procedure] += row.wanting
    units = sorted(wanting_units, key=lambda unit: (-wanting_units[unit], unit))[:UNITS]
    codes = sorted(wanting_codes, key=lambda code: (-wanting_codes[code], code not in seen, code))[:PROCEDURES]
    left_out = len(wanting_units) - len(units), len(wanting_codes) - len(codes)
    body = "".join(_line(matrix, code, units, drawn[code]) for code in codes)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in _headings(matrix, units))
    title = f"Công khai thủ tục hành chính đến ngày {matrix.as_of:%d/%m/%Y}"
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>{_totals(rows)}{_left_out(*left_out)}"
        f'<div class="wide{" many" if len(units) > _FEW else ""}" tabindex="0" role="region" aria-label="Bảng đơn vị × thủ tục"><table><caption>Đơn vị × thủ tục; ô trống: không phải công khai tại đó</caption>'
        f'<thead><tr><th scope="col">Thủ tục</th>{head}</tr></thead><tbody>{body}</tbody></table></div></main></body></html>\n'
    )


def _headings(matrix: Matrix, units: Sequence[str]) -> list[str]:
    """The names of the units; the province once only, where all of them lie in one."""
    names = [matrix.audit.units.name(unit) for unit in units]
    if len({unit.partition("/")[0] for unit in units}) != 1 or len(units) == 1:
        return names
    return [name.rpartition(", ")[0] if "/" in unit else name for unit, name in zip(units, names, strict=True)]


def _totals(rows: Sequence[CellRow]) -> str:
    counts = Counter(row.state for row in rows)
    items = "".join(
        f'<li class="{state.value}"><span aria-hidden="true">{_SIGNS[state]}</span> {words.POSTING_STATE[state]}: {counts[state]}</li>'
        for state in _WORST
    )
    doubtful = sum(row.wanting for row in rows if row.state in _QUIET)
    review = f'<li><span aria-hidden="true">!</span> cần người xem lại: {doubtful}</li>' if doubtful else ""
    return f'<ul class="k" aria-label="Chú giải và tổng số">{items}{review}</ul>'


def _left_out(units: int, codes: int) -> str:
    if not units and not codes:
        return ""
    left = " và ".join([*([f"{units} đơn vị"] if units else []), *([f"{codes} thủ tục"] if codes else [])])
    return f"<p>Hình chỉ vẽ nhiều nhất {UNITS} đơn vị và {PROCEDURES} thủ tục, nhiều việc cần làm trước; còn {left} trong tệp XLSX hoặc JSONL.</p>"


def _line(matrix: Matrix, code: str, units: Sequence[str], cells: dict[str, list[CellRow]]) -> str:
    name = escape(f"{code} {matrix.name_of(code)}".strip())
    return f'<tr><th scope="row">{name}</th>{"".join(_cell(matrix, cells.get(unit, [])) for unit in units)}</tr>'


def _cell(matrix: Matrix, rows: list[CellRow]) -> str:
    """One cell of a unit: the worst of its channels, all of them in the words behind the sign."""
    if not rows:
        return "<td></td>"
    worst = min(rows, key=lambda row: _WORST.index(row.state))
    words = escape("; ".join(_said(row, matrix) for row in rows), quote=True)
    sign = _SIGNS[worst.state] + ("!" if any(row.wanting for row in rows) and worst.state in _QUIET else "")
    return f'<td class="c {worst.state.value}" title="{words}"><span aria-hidden="true">{sign}</span><span class="v">{words}</span></td>'


def _said(row: CellRow, matrix: Matrix) -> str:
    """A channel's state in words: "trụ sở: đã công khai, 20/11/2026 (2 ngày trước), cần xem lại"."""
    doubt = ", cần xem lại" if row.wanting and row.state in _QUIET else ""
    note = f" ({row.note})" if row.note else ""
    return f"{words.CHANNEL[row.channel]}: {words.POSTING_STATE[row.state]}, {age(row.observed_on, matrix.as_of)}{doubt}{note}"
