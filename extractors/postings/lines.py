"""Lists without a table: lines that begin with a code, the lines after them up to the next code being the rest of the name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.postings.blocks import Block, TableBlock, TextBlock
from extractors.postings.codes import is_amount
from rasoat.vietnamese import squeeze

_LISTED = re.compile(
    r"^\W*(?:(?P<order>\d{1,3})\s*[.)|\-–]?\s+)?(?P<code>/?\d\.\d{3}\.?\d{2,3}(?:(?:\.0{3}\.0{2}\.0{2})?\.H\d{2})?)\b[\s|:.\-–]*(?P<name>.*)$"
)
_ENDS = re.compile(r"^\W*(?:[IVX]+\s*[.)]|lĩnh vực|danh mục|nơi nhận|ủy ban|uỷ ban|địa chỉ)", re.IGNORECASE)
_NAME_LIMIT = 1000
_HEADER = ("STT", "Mã thủ tục", "Tên thủ tục hành chính")


def listed_blocks(blocks: Iterable[Block]) -> list[TableBlock]:
    """One table for each page that lists procedures in lines; a scan's codes were read once only and stand as such readings."""
    out = []
    for block in blocks:
        rows = _rows(block.lines) if isinstance(block, TextBlock) else []
        if rows:
            readings = (
                {(number, 1): (row[1],) for number, row in enumerate(rows, 1)} if isinstance(block, TextBlock) and block.scanned else {}
            )
            out.append(TableBlock(block.page, (_HEADER, *rows), readings))
    return out


def _rows(lines: Iterable[str]) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    open_row = False
    for line in lines:
        if (found := _LISTED.match(line)) and not is_amount(found["code"], line[found.end("code") :]):
            rows.append((found["order"] or "", found["code"], found["name"].strip()))
            open_row = True
        elif open_row and not _ENDS.match(line) and len(rows[-1][2]) + len(line) < _NAME_LIMIT:
            rows[-1] = (*rows[-1][:2], squeeze(f"{rows[-1][2]} {line}"))
        else:
            open_row = False
    return [row for row in rows if len(row[2]) >= 6]
