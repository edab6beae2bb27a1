"""A published file as blocks in reading order: lines of text, and tables whose spanning cells stand in every place they cover.

Headings ("LĨNH VỰC …", "CẤP TỈNH", "B. Danh mục … bị bãi bỏ") stand between the tables they rule, so order is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rasoat.vietnamese import squeeze

ROW_LIMIT = 20_000
SPAN_LIMIT = 100
WIDTH_LIMIT = 400  # places of one row: what spans claim is not what a table has


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines outside tables. `page` from 1, None where the format has no pages. `scanned`: read by OCR."""

    page: int | None
    lines: tuple[str, ...]
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table's rows as texts. `readings` holds, for a scan, what several passes read in a cell (row, column)."""

    page: int | None
    rows: tuple[tuple[str, ...], ...]
    readings: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)


Block = TextBlock | TableBlock


@dataclass(frozen=True, slots=True)
class SpanningCell:
    """A cell of a table that spans `columns` × `rows` places."""

    text: str
    columns: int = 1
    rows: int = 1


def laid_out(rows: Iterable[Sequence[SpanningCell]]) -> tuple[tuple[str, ...], ...]:
    """The table with each spanning cell's text in every place it covers; at most `ROW_LIMIT` rows."""
    out: list[tuple[str, ...]] = []
    hanging: dict[int, tuple[int, str]] = {}  # column → (rows still covered, text)
    for row in rows:
        line, below = _row(row, hanging)
        out.append(tuple(line))
        hanging = below
        if len(out) >= ROW_LIMIT:
            break
    return tuple(out)


def _row(row: Sequence[SpanningCell], hanging: Mapping[int, tuple[int, str]]) -> tuple[list[str], dict[int, tuple[int, str]]]:
    """One row laid out, and what hangs down from it into the next."""
    line: list[str] = []
    below = {place: (left - 1, text) for place, (left, text) in hanging.items() if left > 1}

    def covered() -> None:
        while len(line) in hanging:
            line.append(hanging[len(line)][1])

    for cell in row:
        covered()
        if len(line) >= WIDTH_LIMIT:
            break
        for _ in range(min(max(cell.columns, 1), SPAN_LIMIT)):
            if cell.rows > 1:
                below[len(line)] = (min(cell.rows, ROW_LIMIT) - 1, cell.text)
            line.append(cell.text)
    covered()
    return line, below


def unbroken(text: str) -> str:
    """A cell's lines as one; a number that was broken after its hyphen or slash is whole again ("NĐ-" + "CP")."""
    return squeeze(re.sub(r"(?<=\w[-/])\n(?=\w)", "", text))


def texts(blocks: Iterable[Block]) -> str:
    """All text, a table row one line with its cells parted by tabs (a spanning cell once)."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, TextBlock):
            lines.extend(block.lines)
        else:
            lines.extend("\t".join(dict.fromkeys(row)) for row in block.rows)
    return "\n".join(lines)
