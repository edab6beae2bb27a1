"""Scanned pages → blocks: ruled tables found first, every cell read by itself, the column of codes read in several ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from extractors.postings.blocks import Block, TableBlock, TextBlock, unbroken
from extractors.postings.codes import OLD_NUMBER
from extractors.postings.columns import Column, Columns, by_content, by_header
from extractors.postings.scans import cell_text
from extractors.postings.scans.grid import Box, RuledTable, ruled_tables
from extractors.postings.scans.page_images import Grey, PageImage, page_images, picture_page
from extractors.postings.scans.unruled import unruled_table
from extractors.postings.scans.voting import voted_words
from rasoat.vietnamese import squeeze

_FIGURES = "0123456789./"
_TEXT_HEIGHT = 48  # pixels of a printed line with its marks, as Tesseract is shown it
_NAME_HEIGHTS = (36, 52)  # names are read again at these: marks of vowels come out differently at each size
_BLOCK, _LINE = 6, 7  # Tesseract's layouts: a block of text, one line
_LEAST_BAND = 18  # pixels between tables in which a line of text can stand
_PIXELS = 20_000_000

# Different sizes and strokes make different mistakes. `eng` reads figures far better than `vie`; hairlines need widening.
_PASSES = (
    cell_text.Pass("eng", 32, "plain"),
    cell_text.Pass("eng", 32, "dark"),
    cell_text.Pass("eng", 48, "thick"),
    cell_text.Pass("eng", 64, "dark"),
    cell_text.Pass("eng", 48, "black"),
    cell_text.Pass("vie", 32, "dark"),
    cell_text.Pass("vie", 32, "thick"),
)

_PROVINCE = re.compile(r"H\d\d")  # the tail of a province's long code; only then is a letter looked for

Place = tuple[int, int]


def scanned_blocks(data: bytes, pages: Collection[int], tell: Callable[[int], None] = lambda done: None) -> list[Block]:
    """The blocks of these pages of a PDF (numbers from 1); `tell` is called before each page with how many were read.

    Raises:
        UnreadableError: as `extractors.formats.pdf.opened`, or Tesseract is missing, fails or takes too long.
    """
    return _read_pages(page_images(data, pages), tell)


def picture_blocks(data: bytes) -> list[Block]:
    """The blocks of a picture file: a photographed or exported list.

    Raises:
        UnreadableError: the picture is broken or too large, or Tesseract is missing, fails or takes too long.
    """
    return _read_pages([picture_page(data)], lambda done: None)


def _read_pages(pages: Iterable[PageImage], tell: Callable[[int], None]) -> list[Block]:
    known = cell_text.languages()
    passes = tuple(dict.fromkeys(one if one.language in known else cell_text.Pass("vie", one.height, one.strokes) for one in _PASSES))
    out: list[Block] = []
    columns: Columns | None = None
    for done, page in enumerate(pages):
        tell(done)
        parts = _parts(page.grey)
        if parts and not any(parts):
            out.append(TextBlock(page.number, (), scanned=True))  # something is printed there, and nobody can say what
        for part in parts:
            if isinstance(part, RuledTable):
                grey = cell_text.without_seal(page.grey, page.red, _boxes(part))
                block, columns = _table(grey, page.number, part, passes, columns)
                out.append(block)
            elif part:
                out.append(TextBlock(page.number, part, scanned=True))
    return out


def _parts(grey: Grey) -> list[RuledTable | tuple[str, ...]]:
    """A page from top to bottom: tables, and the lines above, between and below them."""
    tables = ruled_tables(grey)
    edges = [0, *(edge for table in tables for edge in (table.box.top, table.box.bottom)), grey.shape[0]]
    bands = [(top + 2 if number else 0, bottom - 2) for number, (top, bottom) in enumerate(zip(edges[::2], edges[1::2], strict=True))]
    shown = {
        band: _enlarged(grey[slice(*band)])
        for band in bands
        if band[1] - band[0] + 2 >= _LEAST_BAND and cell_text.printed(grey[slice(*band)])
    }
    read = dict(zip(shown, cell_text.read_pictures(list(shown.values()), "vie", _BLOCK), strict=True))
    out: list[RuledTable | tuple[str, ...]] = []
    for band, table in zip(bands, [*tables, None], strict=True):
        if band in read:
            out.extend(_band_parts(grey, band, read[band], shown[band].height))
        if table is not None:
            out.append(table)
    return out


def _band_parts(grey: Grey, band: tuple[int, int], words: cell_text.PrintedLines, height: int) -> list[RuledTable | tuple[str, ...]]:
    """The lines of a band without ruled tables; where codes stand below one another, the table they make and the lines around it."""
    top, bottom = band
    scale = (bottom - top) / height
    placed = [replace(word, box=_on_page(word.box, scale, top)) for word in words.placed]
    table = unruled_table(grey, placed, top, bottom)
    if table is None:
        return [_squeezed(words.lines)]
    inside = {word.line for word in placed if table.box.top <= (word.box.top + word.box.bottom) / 2 <= table.box.bottom}
    outside = [number for number in range(len(words.lines)) if number not in inside]
    above = [number for number in outside if number < min(inside, default=0)]
    return [_squeezed(words.lines[n] for n in above), table, _squeezed(words.lines[n] for n in outside if n not in above)]


def _on_page(box: Box, scale: float, top: int) -> Box:
    return Box(int(box.left * scale), top + int(box.top * scale), int(box.right * scale), top + int(box.bottom * scale))


def _squeezed(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for raw in lines if (line := squeeze(raw)))


def _enlarged(band: Grey) -> Image.Image:
    """Pages of about 120 dpi at twice their size; pages of 200 dpi and more as they are."""
    scale = 2.0 if band.shape[1] < 1400 else 1.0
    scale = min(scale, (_PIXELS / band.size) ** 0.5)
    picture = Image.fromarray(band)
    return picture.resize((max(int(picture.width * scale), 1), max(int(picture.height * scale), 1)), Image.Resampling.LANCZOS)


def _table(
    grey: Grey, page: int, table: RuledTable, passes: Sequence[cell_text.Pass], before: Columns | None
) -> tuple[TableBlock, Columns | None]:
    """One table read, and its columns, which a table on the next page without a header goes on with."""
    cut = {box: cell for box in _boxes(table) if (cell := cell_text.cut(grey, box)) is not None}
    height = _common_height(table, cut)
    shown = [cell_text.scaled(cell, _TEXT_HEIGHT / height, "dark") for cell in cut.values()]
    read = {box: "\n".join(words.lines) for box, words in zip(cut, cell_text.read_pictures(shown, "vie", _BLOCK), strict=True)}
    texts = {box: unbroken(text) for box, text in read.items()}
    columns = _columns(_rows(table, texts), before)
    if columns is not None:
        texts |= _names(table, texts, cut, height, columns)
    rows = _rows(table, texts)
    readings = _code_readings(table, rows, cut, passes, columns) if columns is not None else {}
    return TableBlock(page, rows, readings), columns


def _rows(table: RuledTable, texts: dict[Box, str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(texts.get(box, "") for box in row) for row in table.rows)


def _names(table: RuledTable, texts: dict[Box, str], cut: dict[Box, Grey], height: float, columns: Columns) -> dict[Box, str]:
    """The cells of the column of names, each word as most of three readings have it."""
    place = columns.first(Column.NAME)
    boxes = [box for box in dict.fromkeys(row[place] for row in table.rows if place is not None and place < len(row)) if texts.get(box)]
    readings = [[texts[box]] for box in boxes]
    for size in _NAME_HEIGHTS:
        shown = [cell_text.scaled(cut[box], size / height, "dark") for box in boxes]
        for reading, words in zip(readings, cell_text.read_pictures(shown, "vie", _BLOCK), strict=True):
            reading.append(unbroken("\n".join(words.lines)))
    return {box: voted_words(reading) for box, reading in zip(boxes, readings, strict=True)}


def _boxes(table: RuledTable) -> Iterator[Box]:
    yield from dict.fromkeys(box for row in table.rows for box in row)


def _common_height(table: RuledTable, cut: dict[Box, Grey]) -> float:
    """The height of a printed line in most of the wide cells, so that all are shown at one scale; figures alone are lower than words."""
    mean = (table.box.right - table.box.left) / max(len(table.columns) - 1, 1)
    heights = [cell_text.line_height(cell) for box, cell in cut.items() if box.right - box.left >= mean]
    return float(np.median(heights or [cell_text.line_height(cell) for cell in cut.values()] or [1]))


def _columns(rows: Sequence[Sequence[str]], before: Columns | None) -> Columns | None:
    for row in rows[:4]:
        if (columns := by_header(row)) is not None:
            return columns
    if before is not None and rows and max(place for places in before.at.values() for place in places) < len(rows[0]):
        return before
    return by_content(rows)


def _code_readings(
    table: RuledTable, rows: Sequence[Sequence[str]], cut: dict[Box, Grey], passes: Sequence[cell_text.Pass], columns: Columns
) -> dict[Place, tuple[str, ...]]:
    """Every cell of the column of codes, read once by each pass; cells that span columns are headings and left out."""
    place = columns.first(Column.CODE)
    if place is None:
        return {}
    wanted = {
        (number, place): cut[row[place]]
        for number, row in enumerate(table.rows)
        if place < len(row)
        and row[place] in cut
        and row.count(row[place]) == 1
        and by_header(rows[number]) is None
        and not OLD_NUMBER.search(rows[number][place])
    }
    letters = _FIGURES + ("H" if any(_PROVINCE.search(rows[number][place]) for number, _ in wanted) else "")
    read: dict[Place, list[str]] = {key: [] for key in wanted}
    for layout in (_LINE, _BLOCK):
        keys = [key for key, cell in wanted.items() if (cell_text.line_count(cell) > 1) == (layout == _BLOCK)]
        for one in passes if keys else ():
            pictures = [cell_text.shown(wanted[key], one.height, one.strokes) for key in keys]
            for key, words in zip(keys, cell_text.read_pictures(pictures, one.language, layout, letters), strict=True):
                read[key].append("".join(words.text.split()))
    return {key: tuple(values) for key, values in read.items()}
