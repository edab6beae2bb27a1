"""DOCX → text: paragraphs and tables in their order, read from word/document.xml itself.

The portal's own Word exports lack `w:tblGrid`, on which python-docx fails; the body's XML needs no more than this.
Numbers that Word generates for lists are not in the file's text and are not invented.
"""

from __future__ import annotations

from extractors.formats.bounds import open_zip, read_member
from extractors.formats.extracted_text import ExtractedText, FileFormat, Table, TextFrom
from extractors.formats.seen_runs import LeftOut, style_looks
from extractors.formats.word_body import WordCell, WordRows, word_body
from rasoat.vietnamese import nfc

_BODY_LIMIT = 60_000_000  # bytes of the body's XML; a law of 400 pages has 5 million
_STYLES_LIMIT = 10_000_000


def read_docx(data: bytes) -> ExtractedText:
    """The text (a table row is one line, cells parted by tabs) and the tables.

    Raises:
        UnreadableError: no Word file, broken, protected or past the limits.
    """
    blocks, left_out = docx_body(data)
    lines: list[str] = []
    tables: list[Table] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            rows = tuple(tuple(map(_text, row)) for row in block)
            tables.append(Table(f"bảng {len(tables) + 1}", rows))
            lines.extend("\t".join(row) for row in rows)
    text = nfc("\n".join(line.rstrip() for line in lines)).strip("\n")
    problems = left_out.problems()
    if not text.strip():
        problems.append("Tệp Word không có chữ, có thể chỉ chứa ảnh / no text in the Word file, perhaps pictures only")
    return ExtractedText(
        FileFormat.DOCX, text, TextFrom.TEXT_LAYER if text.strip() else TextFrom.NONE, tuple(tables), tuple(problems),
        unread=tuple(dict.fromkeys(left_out.unread)), unseen=nfc("\n".join(left_out.unseen)), beside=nfc("\n".join(left_out.boxes)),
    )  # fmt: skip


def docx_body(data: bytes) -> tuple[list[str | WordRows], LeftOut]:
    """The paragraphs and outermost tables in order without what no reader sees, and what was left out.

    Raises:
        UnreadableError: as `read_docx`.
    """
    with open_zip(data) as archive:
        document = read_member(archive, "word/document.xml", _BODY_LIMIT)
        named = "word/styles.xml" in archive.namelist()
        styles = style_looks(read_member(archive, "word/styles.xml", _STYLES_LIMIT)) if named else {}
    return word_body(document, styles)


def _text(cell: WordCell) -> str:
    return " ".join(nfc(" ".join(cell.paragraphs)).split())
