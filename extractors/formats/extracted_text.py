"""What a file turned out to hold: its kind by content, its text, its tables, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rasoat.trouble import Trouble


class FileFormat(StrEnum):
    """What the bytes are, whatever the name says."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    DOC = "doc"
    XLS = "xls"
    OLE = "ole"
    RTF = "rtf"
    HTML = "html"
    TEXT = "text"
    IMAGE = "image"
    ZIP = "zip"
    EMPTY = "empty"
    UNKNOWN = "unknown"


class TextFrom(StrEnum):
    """Where a text came from; OCR lowers what its clauses may claim (tier C)."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Table:
    """One table as rows of cell texts, in the order of the document. `place` is readable: "sheet Danh sách", "bảng 2"."""

    place: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """A file as read. `text` is NFC with "\\n" line ends; `pages` only for paged formats (page 1 first).

    `problems` are single lines, Vietnamese first, then " / " and English; a reading may hold text and problems together. Those of them
    that name something which stands in the file and not in the text are in `unread` too.
    """

    kind: FileFormat
    text: str = ""
    text_from: TextFrom = TextFrom.NONE
    tables: tuple[Table, ...] = ()
    problems: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    stamped: bool = False  # digitally signed; the text of its stamp, where the pages hold it, was left out
    misnamed: bool = False  # the name's ending says another kind than the bytes are
    unread: tuple[str, ...] = ()
    beside: str = ""  # shown to readers and not part of `text`: text boxes
    unseen: str = ""  # what stands in the file and is shown to no reader; it says nothing
    unseen_places: tuple[tuple[int, tuple[float, float, float, float]], ...] = ()  # where on which page of a PDF: left, bottom, right, top
    pictured: tuple[int, ...] = ()  # pages of a PDF whose words are a picture: no text layer says them


class UnreadableError(Trouble):
    """A file that cannot be read."""
