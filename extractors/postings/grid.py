"""Ruled tables in a page picture: lines first, then the cells between them, so that text of two cells never runs together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from extractors.postings.page_images import Grey

Mask = NDArray[np.bool_]

_DARKER = 28  # a ruling is at least this much darker than the paper around it
_LEAST_WIDTH = 0.25  # of the page: a level line of a table
_GAP = 4  # pixels by which a line may wander and still be one line
_CELL_LIMIT = 4000


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
    """The tables of a page from top to bottom; none where no lines are drawn."""
    dark = _darker_than_around(grey)
    height, width = dark.shape
    level = opened_runs(_thick(dark, 0), max(int(width * 0.05), 20), axis=1)
    upright = opened_runs(_thick(dark, 1), max(int(height * 0.012), 14), axis=0)
    lines = _level_lines(level, max(int(width * _LEAST_WIDTH), 1))
    tables = [_table(group, level, upright) for group in _groups(lines, upright)]
    return [table for table in tables if table is not None]


def _darker_than_around(grey: Grey) -> Mask:
    """Dark against the mean of a wide window, so that a fade at the foot of a page is no ink."""
    reach = max(min(grey.shape) // 50, 7)
    around = np.asarray(Image.fromarray(grey).filter(ImageFilter.BoxBlur(reach)))
    return np.asarray(grey < np.maximum(around, _DARKER) - _DARKER)


def _thick(dark: Mask, axis: int) -> Mask:
    """Spread by one pixel across the line's direction: a line that steps by a pixel stays one run."""
    out = dark.copy()
    if axis == 0:
        out[1:] |= dark[:-1]
        out[:-1] |= dark[1:]
    else:
        out[:, 1:] |= dark[:, :-1]
        out[:, :-1] |= dark[:, 1:]
    return out


def opened_runs(dark: Mask, length: int, axis: int) -> Mask:
    """Only the points on a dark run of at least `length` along the axis."""
    if dark.shape[axis] <= length:
        return np.zeros_like(dark)
    counts = np.cumsum(dark, axis=axis, dtype=np.int32)
    counts = np.insert(counts, 0, 0, axis=axis)
    size = counts.shape[axis]
    full = (np.take(counts, range(length, size), axis=axis) - np.take(counts, range(size - length), axis=axis)) == length
    # A window full of ink marks all its points: the running count of full windows that cover a point.
    pads = [(0, 0), (0, 0)]
    pads[axis] = (length - 1, length - 1)
    covering = np.cumsum(np.pad(full, pads), axis=axis, dtype=np.int32)
    covering = np.insert(covering, 0, 0, axis=axis)
    size = covering.shape[axis]
    return np.asarray((np.take(covering, range(length, size), axis=axis) - np.take(covering, range(size - length), axis=axis)) > 0)


@dataclass(frozen=True, slots=True)
class _Line:
    at: int
    start: int
    end: int


def _level_lines(level: Mask, least: int) -> list[_Line]:
    found = []
    for first, last in runs(level.sum(axis=1) >= least):
        columns = np.flatnonzero(level[first:last].any(axis=0))
        found.append(_Line((first + last - 1) // 2, int(columns[0]), int(columns[-1]) + 1))
    return _merged(found)


def _merged(lines: list[_Line]) -> list[_Line]:
    out: list[_Line] = []
    for line in lines:
        if out and line.at - out[-1].at <= _GAP:
            last = out.pop()
            line = _Line((line.at + last.at) // 2, min(line.start, last.start), max(line.end, last.end))
        out.append(line)
    return out


def runs(flags: NDArray[np.bool_] | np.bool_) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], np.atleast_1d(flags), [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _groups(lines: list[_Line], upright: Mask) -> list[list[_Line]]:
    """Lines of one table: an upright line joins each to the next."""
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and _joined(groups[-1][-1], line, upright):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [group for group in groups if len(group) >= 2]


def _joined(above: _Line, below: _Line, upright: Mask) -> bool:
    start, end = max(above.start, below.start), min(above.end, below.end)
    if end - start < 20:
        return False
    band = upright[above.at + 1 : below.at, max(start - _GAP, 0) : end + _GAP]
    return bool(band.shape[0]) and bool((_near(band.mean(axis=0), _GAP // 2) >= 0.8).any())


def _near(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The greatest value within `reach` places."""
    padded = np.pad(values, reach)
    return np.asarray(np.max([padded[i : i + len(values)] for i in range(2 * reach + 1)], axis=0))


def _table(lines: list[_Line], level: Mask, upright: Mask) -> RuledTable | None:
    top, bottom = lines[0].at, lines[-1].at
    start, end = min(line.start for line in lines), max(line.end for line in lines)
    left = max(start - _GAP, 0)
    columns = _columns(lines, upright[:, left : end + _GAP], left)
    if len(columns) < 2 or (len(columns) - 1) * (len(lines) - 1) > _CELL_LIMIT:
        return None
    rows = tuple(line.at for line in lines)
    return RuledTable(Box(columns[0], top, columns[-1], bottom), columns, _cells(rows, columns, level, upright))


def _columns(lines: list[_Line], upright: Mask, left: int) -> tuple[int, ...]:
    """The x of the upright lines that stand in at least one whole row; nearby ones are one."""
    seen = np.zeros(upright.shape[1], dtype=bool)
    for above, below in pairwise(lines):
        start, end = max(above.start, below.start) - left - _GAP, min(above.end, below.end) - left + _GAP
        band = upright[above.at + 1 : below.at, max(start, 0) : max(end, 0)]
        if band.shape[0] >= 6:
            seen[max(start, 0) : max(end, 0)] |= band.mean(axis=0) >= 0.8
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
