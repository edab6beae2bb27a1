"""DOCX → text: paragraphs and tables in their order, read from word/document.xml itself.

The portal's own Word exports lack `w:tblGrid`, on which python-docx fails; the body's XML needs no more than this.
Numbers that Word generates for lists are not in the file's text and are not invented.
"""

from __future__ import annotations

from typing import Any, cast

from lxml import etree

from extractors.formats.bounds import open_zip, read_member
from extractors.formats.extracted_text import ExtractedText, FileFormat, Table, TextFrom, UnreadableError
from extractors.formats.seen_runs import LeftOut, SeenRuns, style_looks
from rasoat.vietnamese import nfc

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT, _TAB, _BREAK, _HYPHEN = f"{_W}t", f"{_W}tab", (f"{_W}br", f"{_W}cr"), f"{_W}noBreakHyphen"
_DELETED = (f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent")


def read_docx(data: bytes) -> ExtractedText:
    """The text (a table row is one line, cells parted by tabs) and the tables.

    Raises:
        UnreadableError: no Word file, broken, protected or past the limits.
    """
    body, left_out = docx_body(data)
    lines: list[str] = []
    tables: list[Table] = []
    for block in _blocks(body):
        if block.tag == f"{_W}p":
            lines.append(_paragraph(block))
        else:
            rows = _rows(block)
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


def docx_body(data: bytes) -> tuple[etree._Element, LeftOut]:
    """The body of word/document.xml without what no reader sees, and what was left out.

    Raises:
        UnreadableError: as `read_docx`.
    """
    with open_zip(data) as archive:
        document = read_member(archive, "word/document.xml")
        named = "word/styles.xml" in archive.namelist()
        styles = style_looks(read_member(archive, "word/styles.xml")) if named else {}
    seen = SeenRuns(etree.TreeBuilder(), styles)
    parser = etree.XMLParser(target=cast(Any, seen), resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError("word.broken") from error
    body = root.find(f"{_W}body") if root is not None else None
    if body is None:
        raise UnreadableError("word.empty")
    return body, seen.left_out


def _blocks(body: etree._Element) -> list[etree._Element]:
    """Paragraphs and outermost tables in order, also those inside content controls."""
    found = []
    stack = list(reversed(body))
    while stack:
        node = stack.pop()
        if node.tag in (f"{_W}p", f"{_W}tbl"):
            found.append(node)
        elif isinstance(node.tag, str) and node.tag not in _DELETED:
            stack.extend(reversed(node))
    return found


def _paragraph(paragraph: etree._Element) -> str:
    parts = []
    for node in paragraph.iter(_TEXT, _TAB, _HYPHEN, *_BREAK):
        if next(node.iterancestors(*_DELETED), None) is not None:
            continue
        parts.append(node.text or "" if node.tag == _TEXT else {_TAB: "\t", _HYPHEN: "-"}.get(node.tag, "\n"))
    return "".join(parts)


def _rows(table: etree._Element) -> tuple[tuple[str, ...], ...]:
    rows = []
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tbl")) is table]
        rows.append(tuple(" ".join(nfc(" ".join(map(_paragraph, cell.iter(f"{_W}p")))).split()) for cell in cells))
    return tuple(rows)
