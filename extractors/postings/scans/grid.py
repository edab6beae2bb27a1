"""Ruled tables in a page picture: lines first, then the cells between them, so that text of two cells never runs together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.postings.scans.page_images import Grey, Mask
from extractors.postings.scans.rulings import broken_rulings, drawn_rulings, runs

_LEAST_WIDTH = 0.25  # of the page: a level line of a table
_GAP = 4  # pixels by which a line may wander and still be one line
_CELL_LIMIT = 4000
_FAR_MORE = 1.2  # times the area: then a page's lines are broken ones
_LEAST_ROW = 0.015  # of the page's height: lower rows are capital letters, whose feet stand in line
_LEAST_COLUMN = 0.12  # of the page: the widest column of a table drawn in broken lines; less are the stems of capital letters
_BEYOND = 0.02  # of the page: how far an outer upright line may stand off the ends of dotted level ones
_LEAST_STANDS = 0.15  # of a table's height: an upright line; less is a letter that fills its row


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels: `right` and `bottom` are the first beyond it."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Rows of cells, left to right. `columns` are the x of the upright lines; a cell that spans columns or rows stands in each of them."""

    box: Box
    columns: tuple[int, ...]
    rows: tuple[tuple[Box, ...], ...]


def ruled_tables(grey: Grey) -> list[RuledTable]:
    """The tables of a page from top to bottom; none where no lines are drawn. Dashed, dotted and very faint lines count
    where they make far larger tables than those drawn through."""
    drawn = _tables(*drawn_rulings(grey))
    broken = [table for table in _tables(*broken_rulings(grey)) if not _of_letters(table, grey)]
    return broken if _listing(broken) > _FAR_MORE * _listing(drawn) else drawn


def _of_letters(table: RuledTable, grey: Grey) -> bool:
    """Made of the feet and stems of capital letters."""
    height, width = grey.shape
    tall = float(np.median([row[0].bottom - row[0].top for row in table.rows]))
    return bool(tall < _LEAST_ROW * height or max(b - a for a, b in pairwise(table.columns)) < _LEAST_COLUMN * width)


def _listing(tables: list[RuledTable]) -> int:
    """The area in pixels of the tables that are more than a frame."""
    return sum((table.box.right - table.box.left) * (table.box.bottom - table.box.top) for table in tables if len(table.columns) > 2)


def _tables(level: Mask, upright: Mask) -> list[RuledTable]:
    lines = _level_lines(level, max(int(level.shape[1] * _LEAST_WIDTH), 1))
    tables = [_table(group, level, upright) for group in _groups(lines, upright)]
    return [table for table in tables if table is not None]


@dataclass(frozen=True, slots=True)
class _RuledLine:
    at: int
    start: int
    end: int


def _level_lines(level: Mask, least: int) -> list[_RuledLine]:
    found = []
    for first, last in runs(level.sum(axis=1) >= least):
        columns = np.flatnonzero(level[first:last].any(axis=0))
        found.append(_RuledLine((first + last - 1) // 2, int(columns[0]), int(columns[-1]) + 1))
    return _merged(found)


def _merged(lines: list[_RuledLine]) -> list[_RuledLine]:
    out: list[_RuledLine] = []
    for line in lines:
        if out and line.at - out[-1].at <= _GAP:
            last = out.pop()
            line = _RuledLine((line.at + last.at) // 2, min(line.start, last.start), max(line.end, last.end))
        out.append(line)
    return out


def _groups(lines: list[_RuledLine], upright: Mask) -> list[list[_RuledLine]]:
    """Lines of one table: an upright line joins each to the next."""
    groups: list[list[_RuledLine]] = []
    for line in lines:
        if groups and _joined(groups[-1][-1], line, upright):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [group for group in groups if len(group) >= 2]


def _joined(above: _RuledLine, below: _RuledLine, upright: Mask) -> bool:
    start, end = max(above.start, below.start), min(above.end, below.end)
    if end - start < 20:
        return False
    band = upright[above.at + 1 : below.at, max(start - _GAP, 0) : end + _GAP]
    return bool(band.shape[0]) and bool((_near(band.mean(axis=0), _GAP // 2) >= 0.8).any())


def _near(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The greatest value within `reach` places."""
    padded = np.pad(values, reach)
    return np.asarray(np.max([padded[i : i + len(values)] for i in range(2 * reach + 1)], axis=0))


def _table(lines: list[_RuledLine], level: Mask, upright: Mask) -> RuledTable | None:
    top, bottom = lines[0].at, lines[-1].at
    columns = _columns(lines, upright)
    if len(columns) < 2 or (len(columns) - 1) * (len(lines) - 1) > _CELL_LIMIT:
        return None
    rows = tuple(line.at for line in lines)
    return RuledTable(Box(columns[0], top, columns[-1], bottom), columns, _cells(rows, columns, level, upright))


def _columns(lines: list[_RuledLine], upright: Mask) -> tuple[int, ...]:
    """The x of the upright lines that stand through whole rows; nearby ones are one."""
    beyond = max(int(_BEYOND * upright.shape[1]), _GAP)
    left, right = max(min(line.start for line in lines) - beyond, 0), max(line.end for line in lines) + beyond
    heights, times = np.zeros((2, upright[:, left:right].shape[1]), dtype=np.int64)
    for above, below in pairwise(lines):
        band = upright[above.at + 1 : below.at, left:right]
        if band.shape[0] >= 6:
            stands = _near(band.mean(axis=0), _GAP // 2) >= 0.8
            heights += np.where(stands, band.shape[0], 0)
            times += stands
    seen = (heights >= _LEAST_STANDS * (lines[-1].at - lines[0].at)) & (times >= min(2, len(lines) // 2))
    centres: list[tuple[int, int]] = []
    for first, last in runs(seen):
        if centres and first - centres[-1][1] <= 2 * _GAP:
            first = centres.pop()[0]
        centres.append((first, last))
    return tuple(left + (first + last - 1) // 2 for first, last in centres)


def _cells(rows: tuple[int, ...], columns: tuple[int, ...], level: Mask, upright: Mask) -> tuple[tuple[Box, ...], ...]:
    """Cells joined over missing lines: a cell reaches right and down until a line stops it."""
    height, width = len(rows) - 1, len(columns) - 1
    filled: dict[tuple[int, int], Box] = {}
    for i in range(height):
        for j in range(width):
            if (i, j) in filled:
                continue
            right = j + 1
            while right < width and (i, right) not in filled and not _stands(upright, columns[right], rows[i], rows[i + 1]):
                right += 1
            below = i + 1
            while below < height and not _lies(level, rows[below], columns[j], columns[right]):
                below += 1
            box = Box(columns[j], rows[i], columns[right], rows[below])
            filled |= {(r, c): box for r in range(i, below) for c in range(j, right)}
    return tuple(tuple(filled[i, j] for j in range(width)) for i in range(height))


def _stands(upright: Mask, x: int, top: int, bottom: int) -> bool:
    band = upright[top + 1 : bottom, max(x - _GAP, 0) : x + _GAP + 1]
    return bool(band.shape[0]) and float(band.any(axis=1).mean()) >= 0.6


def _lies(level: Mask, y: int, left: int, right: int) -> bool:
    band = level[max(y - _GAP, 0) : y + _GAP + 1, left + 1 : right]
    return bool(band.shape[1]) and float(band.any(axis=0).mean()) >= 0.6
