"""PDF pages with a text layer → blocks: ruled tables by their lines, and the lines of text between them, in reading order."""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import Any

import pdfplumber
from pdfplumber.page import Page

from extractors.formats.extracted_text import UnreadableError
from extractors.formats.pdf import without_stamp
from extractors.postings.blocks import ROW_LIMIT, Block, TableBlock, TextBlock, unbroken
from rasoat.vietnamese import squeeze

PAGE_LIMIT = 400  # a ministry's longest annex has about 200 pages
_CHARS_LIMIT = 60_000  # of one page: a drawing made of letters is no page of text

Bounds = tuple[float, float, float, float]


def pdf_blocks(data: bytes, pages: Collection[int]) -> list[Block]:
    """The blocks of these pages (numbers from 1), each page let go before the next is read.

    Raises:
        UnreadableError: the file cannot be taken apart.
    """
    out: list[Block] = []
    try:
        with pdfplumber.open(io.BytesIO(data), unicode_norm="NFC") as document:
            for number, page in enumerate(document.pages, 1):
                if number in pages and number <= PAGE_LIMIT and len(page.chars) <= _CHARS_LIMIT:
                    out.extend(_page(page, number))
                page.close()
    except Exception as error:  # pdfminer raises what its many small parsers do: KeyError, TypeError, struct.error…
        raise UnreadableError("pdf.tables") from error
    return out


def _page(page: Page, number: int) -> list[Block]:
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
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
