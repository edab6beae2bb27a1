"""The body of a DOCX in one pass and without a tree: paragraphs and outermost tables in their order, whatever is nested in what.

Text boxes and what a reviser deleted or moved away are left out. A paragraph inside a paragraph, or a table inside a cell, gives its text to
the outer one, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from extractors.formats.extracted_text import UnreadableError
from extractors.formats.seen_runs import LeftOut, SeenRuns, Styles

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TABLE, _ROW, _CELL, _TEXT = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc", "t"))
_SIGNS = {f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-", f"{_W}br": "\n", f"{_W}cr": "\n"}
_DELETED = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "txbxContent"))
_PROPERTIES = [_CELL, f"{_W}tcPr"]
_VALUE = f"{_W}val"


@dataclass(slots=True)
class WordCell:
    """A cell: the texts of its paragraphs, how many columns it spans as written, and whether it continues the cell above."""

    paragraphs: list[str] = field(default_factory=list)
    span: str = "1"
    continues: bool = False


WordRows = list[list[WordCell]]


def word_body(document: bytes, styles: Styles) -> tuple[list[str | WordRows], LeftOut]:
    """The paragraphs (tabs and line breaks kept) and tables of word/document.xml, and what of it no reader sees.

    Raises:
        UnreadableError: no XML, nested too deep, or without a body.
    """
    body = _Body()
    seen = SeenRuns(body, styles)
    parser = etree.XMLParser(target=cast(Any, seen), resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError("word.broken") from error
    # The parser drops what follows too deep a nesting or a want of memory, and says so nowhere else.
    said = {entry.type_name for entry in parser.error_log}
    if "ERR_NO_MEMORY" in said:
        raise MemoryError
    if "ERR_RESOURCE_LIMIT" in said:
        raise UnreadableError("word.deep")
    if not body.seen:
        raise UnreadableError("word.empty")
    return body.blocks, seen.left_out


class _Body:
    """What the parser tells its findings to."""

    def __init__(self) -> None:
        self.blocks: list[str | WordRows] = []
        self.seen = False  # a body
        self._path: list[str] = []
        self._deleted = self._paragraphs = self._tables = 0  # how many of each we are in
        self._parts: list[str] = []
        self._rows: WordRows = []
        self._cell: WordCell | None = None
        self._row_open = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _DELETED:
            self._deleted += 1
        elif tag == f"{_W}body":
            self.seen = True
        elif not self._deleted and self.seen:
            self._begin(tag, attributes)
        self._path.append(tag)

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == _P:
            self._paragraphs += 1
        elif self._paragraphs:
            if tag in _SIGNS:
                self._parts.append(_SIGNS[tag])
        elif tag == _TABLE:
            self._tables += 1
        elif self._tables == 1:
            self._begin_in_table(tag, attributes)

    def _begin_in_table(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == _ROW:
            self._rows.append([])
            self._row_open = True
        elif tag == _CELL and self._row_open:
            self._cell = WordCell()
            self._rows[-1].append(self._cell)
        elif self._cell is not None and self._path[-2:] == _PROPERTIES:
            if tag == f"{_W}gridSpan":
                self._cell.span = attributes.get(_VALUE, "1")
            elif tag == f"{_W}vMerge":
                self._cell.continues = attributes.get(_VALUE, "continue") == "continue"

    def data(self, text: str) -> None:
        """Letters."""
        if self._paragraphs and not self._deleted and self._path[-1] == _TEXT:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._path.pop()
        if tag in _DELETED:
            self._deleted -= 1
        elif not self._deleted and self.seen:
            self._finish(tag)

    def _finish(self, tag: str) -> None:
        if tag == _P and self._paragraphs:
            self._paragraphs -= 1
            if not self._paragraphs:
                self._paragraph("".join(self._parts))
                self._parts.clear()
        elif self._paragraphs:
            return
        elif tag == _TABLE and self._tables:
            self._tables -= 1
            if not self._tables:
                self.blocks.append(self._rows)
                self._rows = []
        elif self._tables == 1 and tag == _CELL:
            self._cell = None
        elif self._tables == 1 and tag == _ROW:
            self._row_open = False

    def _paragraph(self, text: str) -> None:
        if not self._tables:
            self.blocks.append(text)
        elif self._cell is not None:
            self._cell.paragraphs.append(text)

    def doctype(self, *_: object) -> None:
        """No Word file defines entities of its own."""
        raise UnreadableError("word.broken")

    def close(self) -> None:
        """The end; what was found stands in `blocks`."""
