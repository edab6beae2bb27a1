"""Cells of a page picture → text: underlines taken out, letters brought to one size, many cells in one run of Tesseract."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from extractors.formats import ocr
from extractors.formats.extracted_text import UnreadableError
from extractors.formats.programs import installed, run
from extractors.formats.sniff import decode
from extractors.postings.scans.grid import Box
from extractors.postings.scans.page_images import Grey, Mask
from extractors.postings.scans.rulings import opened_runs, runs

_INSET = 4  # pixels of ruling and its blur at a cell's edge
_INK = 45  # darker than the paper by this much: part of a letter
_FAINT = 25
_LEAST_INK = 8  # pixels
_BESIDE_SEAL = 0.2  # so much other ink to a seal's: less is the rim of red letters
_UNDERLINE = 0.6  # of the width of what is printed; the bars of "444" reach a third
_MARGIN = 20
_BATCH = 200
_SCALE_LIMIT = 6.0
_CELL_PIXELS = 6_000_000


@dataclass(frozen=True, slots=True)
class Pass:
    """One way of reading a code: Tesseract's data, the height of digits in pixels it is shown, and how strokes are treated."""

    language: str
    height: int
    strokes: str  # "plain", "thick" (hairlines widened), "dark" (contrast raised), "black" (black or white)


@dataclass(frozen=True, slots=True)
class Placed:
    """A word, the number of its line (from 0), and where it stands, in pixels of the picture."""

    text: str
    line: int
    box: Box


@dataclass(frozen=True, slots=True)
class PrintedLines:
    """The printed lines of a picture, Tesseract's mean trust in its words, 0 to 1, and where each stands."""

    lines: tuple[str, ...]
    trust: float
    placed: tuple[Placed, ...] = ()

    @property
    def text(self) -> str:
        """The lines joined by blanks."""
        return " ".join(self.lines)


def printed(area: Grey) -> bool:
    """Whether there is anything on the paper."""
    return area.size > 0 and int(np.count_nonzero(area < int(np.percentile(area, 80)) - _INK)) >= _LEAST_INK


def without_seal(grey: Grey, red: Mask | None, boxes: Iterable[Box]) -> Grey:
    """The page with the seal's ink gone from cells that hold other ink as well; a cell printed in red alone keeps it."""
    if red is None:
        return grey
    out = grey.copy()
    for box in boxes:
        inside = (slice(box.top + _INSET, box.bottom - _INSET + 1), slice(box.left + _INSET, box.right - _INSET + 1))
        cell, sealed = grey[inside], red[inside]
        if not sealed.any():
            continue
        paper = int(np.percentile(cell, 80))
        other = int(np.count_nonzero((cell < paper - _INK) & ~sealed))
        if other >= max(_LEAST_INK, _BESIDE_SEAL * int(sealed.sum())):
            out[inside][sealed] = paper
    return out


def cut(grey: Grey, box: Box) -> Grey | None:
    """What is printed in a cell, cropped, underlines gone; None where the cell is blank."""
    cell = grey[box.top + _INSET : box.bottom - _INSET + 1, box.left + _INSET : box.right - _INSET + 1]
    if min(cell.shape) < 5:
        return None
    paper = int(np.percentile(cell, 80))
    cell = _without_underlines(cell, paper)
    ink = cell < paper - _INK
    if ink.sum() < _LEAST_INK:
        return None
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return cell[max(rows[0] - 6, 0) : rows[-1] + 7, max(columns[0] - 6, 0) : columns[-1] + 7]


def _without_underlines(cell: Grey, paper: int) -> Grey:
    """Level runs as long as the line they stand under are painted over; letters above stay whole."""
    ink = cell < paper - _INK
    columns = np.flatnonzero(ink.any(axis=0))
    if len(columns) == 0:
        return cell
    out = cell.copy()
    for first, last in runs(ink.any(axis=1)):
        line = np.flatnonzero(ink[first:last].any(axis=0))
        length = int((line[-1] - line[0] + 1) * _UNDERLINE)
        if length < 30:
            continue
        top, bottom = max(first - 1, 0), min(last + 2, cell.shape[0])
        rule = opened_runs(cell[top:bottom] < paper - _FAINT, length, axis=1)
        spread = rule.copy()
        spread[1:] |= rule[:-1]
        spread[:-1] |= rule[1:]
        out[top:bottom][spread] = paper
    return out


def line_height(cell: Grey) -> int:
    """The height in pixels of the tallest printed line of a cut cell (at least 1)."""
    paper = int(np.percentile(cell, 80))
    spans = runs((cell < paper - _INK).any(axis=1))
    return max((last - first for first, last in spans), default=1)


def line_count(cell: Grey) -> int:
    """How many lines are printed in a cut cell: spans of ink at least half as tall as the tallest."""
    paper = int(np.percentile(cell, 80))
    heights = [last - first for first, last in runs((cell < paper - _INK).any(axis=1))]
    return sum(1 for height in heights if 2 * height >= max(heights))


def shown(cell: Grey, height: int, strokes: str) -> Image.Image:
    """A cut cell of one line as a pass is shown it: `height` pixels tall, ink stretched to black on white, a margin around."""
    return scaled(cell, height / line_height(cell), strokes)


def scaled(cell: Grey, scale: float, strokes: str = "plain") -> Image.Image:
    """A cut cell at `scale`, its ink stretched to black on white, a margin around."""
    scale = min(max(scale, 0.3), _SCALE_LIMIT, (_CELL_PIXELS / cell.size) ** 0.5)
    size = (max(int(cell.shape[1] * scale), 1), max(int(cell.shape[0] * scale), 1))
    picture = Image.fromarray(cell).resize(size, Image.Resampling.LANCZOS)
    if strokes == "thick":
        picture = picture.filter(ImageFilter.MinFilter(3))
    grey = np.asarray(picture).astype(np.float32)
    low, high = np.percentile(grey, 1), np.percentile(grey, 95)
    grey = np.clip((grey - low) / (high - low + 1), 0, 1)
    if strokes == "dark":
        grey = grey**2
    elif strokes == "black":
        grey = (grey > 0.85).astype(np.float32)
    return Image.fromarray(np.pad((grey * 255).astype(np.uint8), _MARGIN, constant_values=255))


def languages() -> tuple[str, ...]:
    """The data that Tesseract has of those we use: `vie` for words, `eng` for figures, which it reads far better.

    Raises:
        UnreadableError: no Tesseract, or no `vie`.
    """
    program = installed("tesseract")
    if program is None:
        raise UnreadableError("ocr.missing")
    with tempfile.TemporaryDirectory(prefix="rasoat-ocr-") as name:
        listed = decode(run([program, "--list-langs"], Path(name), ocr.SECONDS))[0].split()
    if "vie" not in listed:
        raise UnreadableError("ocr.missing")
    return tuple(language for language in ("vie", "eng") if language in listed)


def read_pictures(pictures: Sequence[Image.Image], language: str, layout: int, letters: str = "") -> list[PrintedLines]:
    """Each picture's text, in order; `layout` is Tesseract's page segmentation mode, `letters` the only ones allowed.

    Raises:
        UnreadableError: Tesseract is missing, fails or takes too long.
    """
    program = installed("tesseract")
    if program is None:
        raise UnreadableError("ocr.missing")
    out: list[PrintedLines] = []
    for start in range(0, len(pictures), _BATCH):
        with tempfile.TemporaryDirectory(prefix="rasoat-ocr-") as name:
            out.extend(_batch(program, Path(name), pictures[start : start + _BATCH], language, layout, letters))
    return out


def _batch(program: str, folder: Path, pictures: Sequence[Image.Image], language: str, layout: int, letters: str) -> list[PrintedLines]:
    paths = [folder / f"{number}.pgm" for number in range(len(pictures))]
    for path, picture in zip(paths, pictures, strict=True):
        picture.save(path)
    (folder / "list.txt").write_text("".join(f"{path}\n" for path in paths))
    command = [program, str(folder / "list.txt"), "-", "-l", language, "--psm", str(layout), "--dpi", "300"]
    if letters:
        command += ["-c", f"tessedit_char_whitelist={letters}"]
    table = decode(run([*command, "tsv"], folder, ocr.SECONDS))[0]
    lines: list[dict[tuple[str, ...], list[str]]] = [{} for _ in pictures]
    trust: list[list[float]] = [[] for _ in pictures]
    placed: list[list[Placed]] = [[] for _ in pictures]
    for row in table.split("\n"):
        fields = row.split("\t")
        if len(fields) == 12 and fields[0] == "5" and fields[11].strip():
            number = int(fields[1]) - 1
            lines[number].setdefault(tuple(fields[2:5]), []).append(fields[11].strip())
            left, top, width, height = (int(field) for field in fields[6:10])
            placed[number].append(Placed(fields[11].strip(), len(lines[number]) - 1, Box(left, top, left + width, top + height)))
            trust[number].append(max(float(fields[10]), 0.0))
    return [
        PrintedLines(tuple(" ".join(words) for words in its.values()), _mean(values) / 100, tuple(where))
        for its, values, where in zip(lines, trust, placed, strict=True)
    ]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
