"""Scanned pages → blocks: ruled tables found first, every cell read by itself, the column of codes read in several ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

import numpy as np
from PIL import Image

from extractors.postings import cells
from extractors.postings.blocks import Block, TableBlock, TextBlock, unbroken
from extractors.postings.codes import OLD_NUMBER
from extractors.postings.columns import Column, Columns, by_content, by_header
from extractors.postings.grid import Box, RuledTable, ruled_tables
from extractors.postings.page_images import Grey, PageImage, page_images, picture_page
from extractors.postings.voting import voted_words
from rasoat.vietnamese import squeeze

_FIGURES = "0123456789./"
_TEXT_HEIGHT = 48  # pixels of a printed line with its marks, as Tesseract is shown it
_NAME_HEIGHTS = (36, 52)  # names are read again at these: marks of vowels come out differently at each size
_BLOCK, _LINE = 6, 7  # Tesseract's layouts: a block of text, one line
_LEAST_BAND = 18  # pixels between tables in which a line of text can stand
_PIXELS = 20_000_000

# Different sizes and strokes make different mistakes. `eng` reads figures far better than `vie`; hairlines need widening.
_PASSES = (
    cells.Pass("eng", 32, "plain"),
    cells.Pass("eng", 32, "dark"),
    cells.Pass("eng", 48, "thick"),
    cells.Pass("eng", 64, "dark"),
    cells.Pass("eng", 48, "black"),
    cells.Pass("vie", 32, "dark"),
    cells.Pass("vie", 32, "thick"),
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
    known = cells.languages()
    passes = tuple(dict.fromkeys(one if one.language in known else cells.Pass("vie", one.height, one.strokes) for one in _PASSES))
    out: list[Block] = []
    columns: Columns | None = None
    for done, page in enumerate(pages):
        tell(done)
        tables = ruled_tables(page.grey)
        texts = _band_texts(page.grey, tables)
        for text, table in zip(texts, [*tables, None], strict=True):
            if text:
                out.append(TextBlock(page.number, text, scanned=True))
            if table is not None:
                block, columns = _table(cells.without_seal(page.grey, page.red, _boxes(table)), page.number, table, passes, columns)
                out.append(block)
    return out


def _band_texts(grey: Grey, tables: Sequence[RuledTable]) -> list[tuple[str, ...]]:
    """The lines above, between and below the tables, one entry for each gap."""
    edges = [0, *(edge for table in tables for edge in (table.box.top, table.box.bottom)), grey.shape[0]]
    pictures: list[Image.Image] = []
    places = []
    for number, (top, bottom) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        band = grey[top + 2 if number else 0 : bottom - 2]
        if bottom - top >= _LEAST_BAND and cells.printed(band):
            pictures.append(_enlarged(band))
            places.append(number)
    out: list[tuple[str, ...]] = [()] * (len(tables) + 1)
    for number, words in zip(places, cells.read_pictures(pictures, "vie", _BLOCK), strict=True):
        out[number] = tuple(line for raw in words.lines if (line := squeeze(raw)))
    return out


def _enlarged(band: Grey) -> Image.Image:
    """Pages of about 120 dpi at twice their size; pages of 200 dpi and more as they are."""
    scale = 2.0 if band.shape[1] < 1400 else 1.0
    scale = min(scale, (_PIXELS / band.size) ** 0.5)
    picture = Image.fromarray(band)
    return picture.resize((max(int(picture.width * scale), 1), max(int(picture.height * scale), 1)), Image.Resampling.LANCZOS)


def _table(
    grey: Grey, page: int, table: RuledTable, passes: Sequence[cells.Pass], before: Columns | None
) -> tuple[TableBlock, Columns | None]:
    """One table read, and its columns, which a table on the next page without a header goes on with."""
    cut = {box: cell for box in _boxes(table) if (cell := cells.cut(grey, box)) is not None}
    height = _common_height(table, cut)
    shown = [cells.scaled(cell, _TEXT_HEIGHT / height, "dark") for cell in cut.values()]
    read = {box: "\n".join(words.lines) for box, words in zip(cut, cells.read_pictures(shown, "vie", _BLOCK), strict=True)}
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
        shown = [cells.scaled(cut[box], size / height, "dark") for box in boxes]
        for reading, words in zip(readings, cells.read_pictures(shown, "vie", _BLOCK), strict=True):
            reading.append(unbroken("\n".join(words.lines)))
    return {box: voted_words(reading) for box, reading in zip(boxes, readings, strict=True)}


def _boxes(table: RuledTable) -> Iterator[Box]:
    yield from dict.fromkeys(box for row in table.rows for box in row)


def _common_height(table: RuledTable, cut: dict[Box, Grey]) -> float:
    """The height of a printed line in most of the wide cells, so that all are shown at one scale; figures alone are lower than words."""
    mean = (table.box.right - table.box.left) / max(len(table.columns) - 1, 1)
    heights = [cells.line_height(cell) for box, cell in cut.items() if box.right - box.left >= mean]
    return float(np.median(heights or [cells.line_height(cell) for cell in cut.values()] or [1]))


def _columns(rows: Sequence[Sequence[str]], before: Columns | None) -> Columns | None:
    for row in rows[:4]:
        if (columns := by_header(row)) is not None:
            return columns
    if before is not None and rows and max(place for places in before.at.values() for place in places) < len(rows[0]):
        return before
    return by_content(rows)


def _code_readings(
    table: RuledTable, rows: Sequence[Sequence[str]], cut: dict[Box, Grey], passes: Sequence[cells.Pass], columns: Columns
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
        keys = [key for key, cell in wanted.items() if (cells.line_count(cell) > 1) == (layout == _BLOCK)]
        for one in passes if keys else ():
            pictures = [cells.shown(wanted[key], one.height, one.strokes) for key in keys]
            for key, words in zip(keys, cells.read_pictures(pictures, one.language, layout, letters), strict=True):
                read[key].append("".join(words.text.split()))
    return {key: tuple(values) for key, values in read.items()}
