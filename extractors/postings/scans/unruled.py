"""Tables without upright rules in a page picture (zebra bands, level rules, nothing at all): columns and rows by the ink.

The column of codes is found by the words that look like codes; blank strips part the columns, and between two codes the
rows are parted by a drawn rule, a change of the paper's colour, or the widest blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.postings.codes import looks_like_code
from extractors.postings.columns import GARBLED
from extractors.postings.scans.cell_text import Placed
from extractors.postings.scans.grid import Box, RuledTable
from extractors.postings.scans.page_images import Grey, Mask
from extractors.postings.scans.rulings import darker_than_around, opened_runs, runs

_LEAST_CODES = 3
_ACROSS = 0.06  # of the rows of pixels: a heading now and then crosses a blank strip, a column of words does more
_OVER = 0.7  # of a blank strip
_LEVEL = 0.2  # of the width: a drawn level rule
_UPRIGHT = 0.06  # of the page's height: a drawn upright rule
_TINT = 5  # of 255: two papers of a zebra
_CLEARLY = 1.3  # a blank so much taller than the others parts rows
_COLUMN_LIMIT = 12


@dataclass(frozen=True, slots=True)
class _PrintedLine:
    """A printed line: its first row of pixels and the first beyond it."""

    top: int
    bottom: int


def unruled_table(grey: Grey, words: Sequence[Placed], top: int, bottom: int) -> RuledTable | None:
    """The table that these words' codes stand in, between two rows of pixels; None where no column of codes stands free."""
    codes = _code_column(words)
    if codes is None:
        return None
    area = grey[top:bottom]
    dark = darker_than_around(area)
    rules = opened_runs(dark, max(int(dark.shape[1] * _LEVEL), 40), axis=1)
    ruled = rules.any(axis=1)
    uprights = opened_runs(dark, max(int(grey.shape[0] * _UPRIGHT), 60), axis=0).any(axis=0)
    ink = dark & ~_spread(ruled)[:, None] & ~_spread(uprights)[None, :]
    first, last = codes.top - top, codes.bottom - top
    left, right = _strip(ink[first:last], codes)
    if left is None or right is None:
        return None
    crossed = _crossed(ink, left, right)
    coded = _coded_lines(ink[:, left[1] : right[0]], crossed, codes.right - codes.left)
    if len(coded) < _LEAST_CODES:
        return None
    columns = _columns(ink[coded[0].top : coded[-1].bottom], left, right)
    texts = _lines_of(ink[:, right[0] :].any(axis=1) | ink[:, : left[1]].any(axis=1), 3)
    parted = sorted({*(middle for middle in _middles(ruled)), *_tints(area, left, right)})
    cuts, headings = _cuts(coded, texts, crossed, parted)
    return _table(columns, [top + cut for cut in cuts], headings)


def _spread(flags: Mask | np.bool_) -> Mask:
    inside = np.atleast_1d(flags)
    out = inside.copy()
    out[1:] |= inside[:-1]
    out[:-1] |= inside[1:]
    return out


def _code_column(words: Sequence[Placed]) -> Box | None:
    """The box around the codes that stand below one another; garbled ones count where most are whole."""
    found = [word.box for word in words if looks_like_code(word.text) or GARBLED.match(word.text)]
    if len(found) < _LEAST_CODES:
        return None
    centre = float(np.median([(box.left + box.right) / 2 for box in found]))
    width = float(np.median([box.right - box.left for box in found]))
    inside = [box for box in found if abs((box.left + box.right) / 2 - centre) < width / 2]
    if len(inside) < _LEAST_CODES or 2 * len(inside) < len(found):
        return None
    left, right = (int(np.median([getattr(box, side) for box in inside])) for side in ("left", "right"))
    return Box(left, min(box.top for box in inside), right, max(box.bottom for box in inside))


def _strip(ink: Mask, codes: Box) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The blank strips left and right of the codes."""
    blank = [(a, b) for a, b in runs(ink.mean(axis=0) < _ACROSS / 2) if b - a >= 5]
    near = (codes.right - codes.left) // 20 + 2  # more would be the blank after the first figure, which all codes may share
    before = [strip for strip in blank if strip[1] <= codes.left + near]
    after = [strip for strip in blank if strip[0] >= codes.right - near]
    return (before[-1] if before else None), (after[0] if after else None)


def _lines_of(flags: Mask | np.bool_, least: int) -> list[_PrintedLine]:
    """Printed lines: marks over letters a pixel or two away belong to them."""
    out: list[_PrintedLine] = []
    for first, last in runs(flags):
        if out and first - out[-1].bottom <= 1:
            out[-1] = _PrintedLine(out[-1].top, last)
        else:
            out.append(_PrintedLine(first, last))
    return [line for line in out if line.bottom - line.top >= least]


def _crossed(ink: Mask, left: tuple[int, int], right: tuple[int, int]) -> list[_PrintedLine]:
    """The lines that run over a blank strip beside the codes: headings. A longer number than the others reaches in a little only."""
    out = []
    for start, end in (left, right):
        for line in _lines_of(ink[:, start:end].any(axis=1), 4):
            reached = np.flatnonzero(ink[line.top : line.bottom, start:end].any(axis=0))
            if reached[-1] - reached[0] + 1 >= _OVER * (end - start):
                out.append(line)
    return sorted(out, key=lambda line: line.top)


def _coded_lines(ink: Mask, crossed: Sequence[_PrintedLine], width: int) -> list[_PrintedLine]:
    """The lines printed in the column of codes that are as wide as a code, headings left out."""
    out = []
    for line in _lines_of(ink.any(axis=1), 4):
        reached = np.flatnonzero(ink[line.top : line.bottom].any(axis=0))
        if 0.6 * width <= reached[-1] - reached[0] + 1 <= 1.5 * width and not any(_meets(line, other) for other in crossed):
            out.append(line)
    tall = float(np.median([line.bottom - line.top for line in out])) if out else 0.0
    return [line for line in out if 0.6 * tall <= line.bottom - line.top <= 1.8 * tall]


def _meets(one: _PrintedLine, other: _PrintedLine) -> bool:
    return min(one.bottom, other.bottom) - max(one.top, other.top) > 0.3 * min(one.bottom - one.top, other.bottom - other.top)


def _columns(ink: Mask, left: tuple[int, int], right: tuple[int, int]) -> tuple[int, ...]:
    """The x between columns; strips as wide as the narrower one beside the codes part further columns."""
    share = ink.mean(axis=0)
    filled = np.flatnonzero(share > 0)
    start, end = max(int(filled[0]) - 8, 0), min(int(filled[-1]) + 9, ink.shape[1])
    wide = max(min(left[1] - left[0], right[1] - right[0]), 16)
    crossing = np.zeros(len(ink), dtype=bool)
    for line in _crossed(ink, left, right):
        crossing[line.top : line.bottom] = True
    strips = [(a, b) for a, b in runs(~ink[~crossing].any(axis=0)) if b - a >= wide and a > right[1] + wide and b < end - wide]
    others = [(a, b) for a, b in runs(~ink[~crossing].any(axis=0)) if b - a >= wide and b < left[0] - wide and a > start + 8]
    middles = [(a + b) // 2 for a, b in (*others, left, right, *strips)]
    return (min(start, max(middles[0] - 8, 0)), *middles[:_COLUMN_LIMIT], max(end, middles[-1] + 8))


def _middles(flags: Mask | np.bool_) -> list[int]:
    return [(first + last) // 2 for first, last in runs(flags)]


def _tints(area: Grey, left: tuple[int, int], right: tuple[int, int]) -> list[int]:
    """Where the paper beside the codes changes its colour for good."""
    paper = np.median(np.concatenate([area[:, left[0] + 1 : left[1] - 1], area[:, right[0] + 1 : right[1] - 1]], axis=1), axis=1)
    step = np.abs(paper[6:] - paper[:-6]) >= _TINT if len(paper) > 6 else np.zeros(0, dtype=bool)
    return [middle + 3 for middle in _middles(step)]


def _cuts(
    coded: Sequence[_PrintedLine], texts: Sequence[_PrintedLine], crossed: Sequence[_PrintedLine], parted: Sequence[int]
) -> tuple[list[int], frozenset[int]]:
    """The y between rows, and which of the rows (by number) are headings across the table."""
    heads = [line for line in crossed if line.bottom - line.top >= 6]
    between = [_between(above, below, texts, heads, parted) for above, below in pairwise(coded)]
    top, bottom = _ends(coded, texts, heads, parted, between)
    cuts, headings = [top], set()
    for parts in between:
        if len(parts) == 2:
            headings.add(len(cuts))
        cuts.extend(parts)
    return [*cuts, bottom], frozenset(headings)


def _between(
    above: _PrintedLine, below: _PrintedLine, texts: Sequence[_PrintedLine], heads: Sequence[_PrintedLine], parted: Sequence[int]
) -> list[int]:
    """One y between two codes, or two around a heading."""
    head = [line for line in heads if line.top >= above.bottom and line.bottom <= below.top]
    if head:
        first, last = _PrintedLine(above.top, head[0].top), _PrintedLine(head[-1].bottom, below.bottom)
        up = max(_blanks(above.bottom, head[0].top, texts), key=lambda gap: gap[1], default=(first.bottom, first.bottom + 1))
        down = max(_blanks(head[-1].bottom, below.top, texts), key=lambda gap: gap[1], default=(last.top - 1, last.top))
        return [max((up[0] + up[1]) // 2, above.bottom), min((down[0] + down[1]) // 2, below.top)]
    drawn = [y for y in parted if above.bottom <= y <= below.top]
    if drawn:
        return [drawn[len(drawn) // 2]]
    gaps = _blanks(above.bottom, below.top, texts, (above, below))
    if not gaps:
        return [(above.bottom + below.top) // 2]
    tallest = max(end - start for start, end in gaps)
    clear = [gap for gap in gaps if gap[1] - gap[0] >= tallest / _CLEARLY]
    # No blank stands out: names begin level with their codes, so the row begins just above the next code.
    start, end = clear[-1] if len(clear) > 1 else clear[0]
    return [(start + end) // 2]


def _blanks(top: int, bottom: int, texts: Sequence[_PrintedLine], codes: Sequence[_PrintedLine] = ()) -> list[tuple[int, int]]:
    """The blanks between printed lines from one code to the next, ends included."""
    lines = sorted((line for line in (*texts, *codes) if line.bottom > top - 3 and line.top < bottom + 3), key=lambda line: line.top)
    out, reached = [], lines[0].bottom if lines else top
    for line in lines[1:]:
        if line.top > reached:
            out.append((reached, line.top))
        reached = max(reached, line.bottom)
    return out


def _ends(
    coded: Sequence[_PrintedLine],
    texts: Sequence[_PrintedLine],
    heads: Sequence[_PrintedLine],
    parted: Sequence[int],
    between: Sequence[Sequence[int]],
) -> tuple[int, int]:
    """Where the first row begins and the last ends: at a drawn edge, or as far from the code as the other rows reach at most."""
    middle = [(line.top + line.bottom) // 2 for line in coded]
    above = max([middle[n + 1] - parts[-1] for n, parts in enumerate(between)], default=0)
    below = max([parts[0] - middle[n] for n, parts in enumerate(between)], default=0)
    free = [line for line in texts if not any(_meets(line, head) for head in heads)]
    within = max((gap for a, b in pairwise(free) if 0 < (gap := b.top - a.bottom) < coded[0].bottom - coded[0].top), default=6)
    top = max((y for y in parted if y <= coded[0].top and coded[0].top - y <= above), default=None)
    bottom = min((y for y in parted if y >= coded[-1].bottom and y - coded[-1].bottom <= 4 * below), default=None)
    return (
        top if top is not None else _grown(coded[0], free, heads, -1, above, within),
        bottom if bottom is not None else _grown(coded[-1], free, heads, 1, 4 * below, within),
    )


def _grown(code: _PrintedLine, texts: Sequence[_PrintedLine], heads: Sequence[_PrintedLine], way: int, limit: int, within: int) -> int:
    """The edge of a row at the table's end: line after line is taken in while they stand no further apart than lines do."""
    edge = code.top if way < 0 else code.bottom
    start = edge
    for line in sorted(texts, key=lambda one: way * one.top):
        gap = edge - line.bottom if way < 0 else line.top - edge
        reach = abs((line.top if way < 0 else line.bottom) - start)
        if gap > within or reach > limit:
            if gap > 0:
                break
            continue
        edge = min(edge, line.top) if way < 0 else max(edge, line.bottom)
    return edge - 5 if way < 0 else edge + 5


def _table(columns: tuple[int, ...], cuts: Sequence[int], headings: frozenset[int]) -> RuledTable | None:
    if any(b <= a for a, b in pairwise(columns)):
        return None
    rows = []
    for number, (top, bottom) in enumerate(pairwise(cuts)):
        if bottom - top < 6:
            continue
        if number in headings:
            rows.append((Box(columns[0], top, columns[-1], bottom),) * (len(columns) - 1))
        else:
            rows.append(tuple(Box(a, top, b, bottom) for a, b in pairwise(columns)))
    box = Box(columns[0], cuts[0], columns[-1], cuts[-1])
    return RuledTable(box, columns, tuple(rows)) if len(rows) >= _LEAST_CODES else None
