"""PDF pages with a text layer → blocks: ruled tables by their lines, and the lines of text between them, in reading order."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pdfplumber.page import Page

from extractors.formats.extracted_text import ExtractedText, UnreadableError
from extractors.formats.pdf import without_stamp
from extractors.postings.blocks import ROW_LIMIT, Block, TableBlock, TextBlock, unbroken
from extractors.postings.codes import looks_like_code
from extractors.postings.unplaced import shown_codes
from rasoat.vietnamese import squeeze

PAGE_LIMIT = 400  # a ministry's longest annex has about 200 pages
_CHARS_LIMIT = 60_000  # of one page: a drawing made of letters is no page of text

_PICTURE_SHARE = 0.1  # of the page's area; a seal with a signature takes 0.04

Bounds = tuple[float, float, float, float]


@dataclass(slots=True)
class WrittenPages:
    """The blocks of pages with a text layer, and a line for each page of which something is in no block."""

    blocks: list[Block] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def pdf_blocks(data: bytes, pages: Collection[int], reading: ExtractedText) -> WrittenPages:
    """The blocks of these pages (numbers from 1), each page let go before the next is read. `reading`: the file as its text layer gives it.

    Raises:
        UnreadableError: the file cannot be taken apart.
    """
    read = WrittenPages()
    unseen: dict[int, list[Bounds]] = defaultdict(list)
    for number, place in reading.unseen_places:
        unseen[number].append(place)
    if max(pages, default=0) > PAGE_LIMIT:
        read.unread.append(f"Chỉ đọc bảng của {PAGE_LIMIT} trang đầu / only the tables of the first pages were read")
    try:
        with pdfplumber.open(io.BytesIO(data), unicode_norm="NFC") as document:
            for number, page in enumerate(document.pages[:PAGE_LIMIT], 1):
                if number in pages:
                    _read_page(_seen(page, unseen[number]), number, len(shown_codes(reading.pages[number - 1])), read)
                page.close()
    except MemoryError:
        raise
    except Exception as error:  # pdfminer raises what its many small parsers do: KeyError, TypeError, struct.error…
        raise UnreadableError("pdf.tables") from error
    return read


def _seen(page: Page, unseen: Sequence[Bounds]) -> Page:
    """The page without the letters that stand where nobody sees any (left, bottom, right, top as the file counts them)."""
    if not unseen:
        return page
    edge = page.bbox[3]
    boxes = [(left - 1, edge - top - 1, right + 1, edge - bottom + 1) for left, bottom, right, top in unseen]

    def shown(thing: Mapping[str, Any]) -> bool:
        if thing["object_type"] != "char":
            return True
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    return page.filter(shown)


def _read_page(page: Page, number: int, shown: int, read: WrittenPages) -> None:
    if len(page.chars) > _CHARS_LIMIT:
        read.unread.append(f"Trang {number}: quá nhiều chữ cho một trang, không đọc / too much text for one page, left out")
        return
    read.blocks.extend(_page(page, number, shown))
    if any(_area(one) > _PICTURE_SHARE * page.width * page.height for one in page.images):
        read.unread.append(f"Trang {number}: có ảnh lớn, chữ trong ảnh chưa đọc / the words in a large picture were not read")


def _area(picture: Mapping[str, Any]) -> float:
    return float(abs((picture["x1"] - picture["x0"]) * (picture["bottom"] - picture["top"])))


def _page(page: Page, number: int, shown: int) -> list[Block]:
    tables = sorted(_tables(page, shown), key=lambda table: table.bbox[1])
    out: list[Block] = []
    top = page.bbox[1]
    for table in tables:
        if table.bbox[3] <= top:
            continue  # lies inside the one before
        _add_text(out, page, number, top, table.bbox[1])
        out.append(TableBlock(number, _rows(table)))
        top = table.bbox[3]
    _add_text(out, page, number, top, page.bbox[3])
    return out


def _tables(page: Page, shown: int) -> list[Any]:
    """The ruled tables. Where the page shows more codes than stand in cells of their own, lines along the outer ends of the ruling are
    supposed: an open-edged table loses its last row and its outer columns. They count where more codes then have a cell."""
    drawn = page.find_tables()
    celled = _celled(drawn) if shown else 0
    if shown <= celled or not page.edges:
        return list(drawn)
    level = [edge for edge in page.edges if edge["orientation"] == "h"]
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    sides = [min(edge["x0"] for edge in level), max(edge["x1"] for edge in level)] if level else []
    ends = [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)] if upright else []
    supposed = page.find_tables({"explicit_vertical_lines": sides, "explicit_horizontal_lines": ends})
    return list(supposed if _celled(supposed) > celled else drawn)


def _celled(tables: list[Any]) -> int:
    """How many cells hold a code and nothing else."""
    return sum(looks_like_code(cell or "") for table in tables for line in table.extract() for cell in line)


def _add_text(out: list[Block], page: Page, number: int, top: float, bottom: float) -> None:
    if bottom - top < 2:
        return
    band = page.filter(lambda thing: thing["object_type"] == "char" and top <= (thing["top"] + thing["bottom"]) / 2 < bottom)
    text = without_stamp(band.extract_text() or "")
    lines = tuple(line for raw in text.split("\n") if (line := squeeze(raw)))
    if lines:
        out.append(TextBlock(number, lines))


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    """The table's texts; a place that a spanning cell covers holds that cell's text."""
    texts = table.extract()
    cells = [
        (bounds, unbroken(text or ""))
        for row, line in zip(table.rows, texts, strict=True)
        for bounds, text in zip(row.cells, line, strict=True)
        if bounds
    ]
    edges = sorted({bounds[0] for bounds, _ in cells})
    out = []
    for row, line in zip(table.rows[:ROW_LIMIT], texts, strict=False):
        middle = (row.bbox[1] + row.bbox[3]) / 2
        out.append(
            tuple(
                unbroken(text or "") if bounds else _covering(cells, edges[place] + 1 if place < len(edges) else row.bbox[2], middle)
                for place, (bounds, text) in enumerate(zip(row.cells, line, strict=True))
            )
        )
    return tuple(out)


def _covering(cells: list[tuple[Bounds, str]], x: float, y: float) -> str:
    return next((text for (left, top, right, bottom), text in cells if left <= x < right and top <= y < bottom), "")
