"""Where lines are drawn in a page picture: level and upright ones, solid, faint beside text, dashed or dotted."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from extractors.postings.scans.page_images import Grey, Mask

Pixels = TypeVar("Pixels", NDArray[np.uint8], NDArray[np.float32])

_DARKER = 28  # a ruling is at least this much darker than the paper around it
_RIDGE = 14  # or this much darker than the lightest points a few pixels away on both its sides
_FAINT_RIDGE = 9  # where no other lines are drawn
_BESIDE = 5  # pixels: how many of them, from the second away
_LEVEL_RUN, _UPRIGHT_RUN = 0.05, 0.012  # of the width, of the height
_BROKEN = 0.35  # of a dashed or dotted line is drawn
_ALONE = 0.5  # of that share may be drawn on either side of it: more is text


def drawn_rulings(grey: Grey) -> tuple[Mask, Mask]:
    """The points of level and of upright lines drawn through."""
    dark = darker_than_around(grey)
    level, upright = _lengths(grey)
    # Beside tightly set text the mean around a line is dark as well; there the line stands out as a ridge.
    return (
        opened_runs(_thick(dark, 0), level, axis=1) | opened_runs(_thick(_ridge(grey, 0), 0), level, axis=1),
        opened_runs(_thick(dark, 1), upright, axis=0) | opened_runs(_thick(_ridge(grey, 1), 1), upright, axis=0),
    )


def broken_rulings(grey: Grey) -> tuple[Mask, Mask]:
    """The points of level and of upright lines, dashed and dotted ones among them, their gaps filled."""
    level, upright = _lengths(grey)
    return opened_runs(_broken(grey, 0, level), level, axis=1), opened_runs(_broken(grey, 1, 2 * upright), 2 * upright, axis=0)


def _lengths(grey: Grey) -> tuple[int, int]:
    height, width = grey.shape
    return max(int(width * _LEVEL_RUN), 20), max(int(height * _UPRIGHT_RUN), 14)


def darker_than_around(grey: Grey) -> Mask:
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


def _ridge(grey: Grey, axis: int, darker: int = _RIDGE) -> Mask:
    """Darker than something light on both sides across `axis` (0: above and below, 1: left and right)."""
    light = grey
    for _ in range(_BESIDE - 1):  # the lightest of `_BESIDE` neighbouring points, this one the last of them
        light = np.maximum(light, _moved(light, 1, axis))
    sides = np.minimum(_moved(light, 2, axis), _moved(light, -1 - _BESIDE, axis))
    return np.asarray(sides.astype(np.int16) - grey >= darker)


def _moved(channel: Pixels, by: int, axis: int) -> Pixels:
    """The picture moved along an axis, its edge repeated."""
    out = channel.copy()
    here, there = [slice(None), slice(None)], [slice(None), slice(None)]
    size = channel.shape[axis]
    if abs(by) >= size:
        return out
    here[axis], there[axis] = (slice(by, size), slice(0, size - by)) if by > 0 else (slice(0, size + by), slice(-by, size))
    out[tuple(here)] = channel[tuple(there)]
    return out


def _broken(grey: Grey, axis: int, window: int) -> Mask:
    """Where so much of a window along a line is drawn, and far less of it beside the line."""
    ink = _thick(_ridge(grey, axis, _FAINT_RIDGE), axis)
    drawn = _window_mean(ink, window, 1 - axis)
    beside = np.maximum(*(_moved(drawn, way * 5, axis) for way in (-1, 1)))
    return np.asarray((drawn >= _BROKEN) & (beside <= _ALONE * drawn))


def _window_mean(mask: Mask, window: int, axis: int) -> NDArray[np.float32]:
    """The share of set points in a window along an axis, centred."""
    counts = np.insert(np.cumsum(mask, axis=axis, dtype=np.int32), 0, 0, axis=axis)
    size = mask.shape[axis]
    after, before = (np.clip(np.arange(size) + edge, 0, size) for edge in (window - window // 2, -(window // 2)))
    return np.asarray((np.take(counts, after, axis=axis) - np.take(counts, before, axis=axis)) / np.float32(window))


def runs(flags: NDArray[np.bool_] | np.bool_) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], np.atleast_1d(flags), [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
