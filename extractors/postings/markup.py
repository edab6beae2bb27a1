"""HTML, DOCX, XLSX and antiword's text → blocks. Spans are laid out; inline text is joined with nothing between."""

from __future__ import annotations

from lxml import etree, html

from extractors.formats.docx import docx_body
from extractors.formats.extracted_text import ExtractedText, UnreadableError
from extractors.formats.html import html_text, own_rows, page_tree
from extractors.formats.seen_markup import unseen
from extractors.formats.sniff import decode
from extractors.formats.word_body import WordRows
from extractors.postings.blocks import ROW_LIMIT, SPAN_LIMIT, WIDTH_LIMIT, Block, SpanningCell, TableBlock, TextBlock, laid_out
from rasoat.vietnamese import squeeze

_INLINE = frozenset(
    "a abbr b bdi bdo big cite code em font i img ins kbd label mark q s small span strike strong sub sup tt u var wbr".split()  # noqa: SIM905
)
_SKIPPED = frozenset(["script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select"])


def html_blocks(data: bytes) -> list[Block]:
    """The blocks of a page.

    Raises:
        UnreadableError: as `extractors.formats.html.read_html`.
    """
    tree = page_tree(decode(data)[0])
    out: list[Block] = []
    pieces: list[str] = []

    def flush() -> None:
        lines = tuple(line for raw in "".join(pieces).split("\n") if (line := squeeze(raw)))
        pieces.clear()
        if lines:
            out.append(TextBlock(None, lines))

    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            gone = bool(tag) and unseen(node)
            if tag == "table" and not gone:
                flush()
                out.append(TableBlock(None, laid_out(_html_rows(node))))
            if gone or tag == "table" or tag in _SKIPPED:
                walk.skip_subtree()
            else:
                pieces.append(("" if tag in _INLINE else "\n") + _flat(node.text))
        else:
            pieces.append(("" if tag in _INLINE or not tag else "\n") + _flat(node.tail))
    flush()
    return out


def _flat(text: str | None) -> str:
    return " ".join(f".{text}.".split())[1:-1] if text else ""


def _html_rows(table: html.HtmlElement) -> list[list[SpanningCell]]:
    rows = []
    for row in own_rows(table):
        if unseen(row):
            continue
        cells = [cell for cell in row if cell.tag in ("td", "th") and not unseen(cell)]
        rows.append([SpanningCell(_html_cell(cell), _span(cell.get("colspan")), _span(cell.get("rowspan"))) for cell in cells])
    return rows


def _html_cell(cell: html.HtmlElement) -> str:
    if not len(cell):
        return squeeze(cell.text or "")
    if not "".join(cell.itertext()).strip():
        return ""
    try:
        return squeeze(html_text("<div>" + etree.tostring(cell, encoding="unicode", with_tail=False, method="html") + "</div>"))
    except UnreadableError:
        return squeeze("".join(cell.itertext()))


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) < 6 else 1


def docx_blocks(data: bytes) -> list[Block]:
    """The blocks of a Word file's body.

    Raises:
        UnreadableError: as `extractors.formats.docx.read_docx`.
    """
    out: list[Block] = []
    lines: list[str] = []
    for block in docx_body(data)[0]:
        if isinstance(block, str):
            lines.extend(line for raw in block.split("\n") if (line := squeeze(raw)))
            continue
        if lines:
            out.append(TextBlock(None, tuple(lines)))
            lines = []
        out.append(TableBlock(None, _docx_rows(block)))
    return [*out, TextBlock(None, tuple(lines))] if lines else out


def _docx_rows(table: WordRows) -> tuple[tuple[str, ...], ...]:
    """Spans across by `gridSpan`; a cell merged downwards (`vMerge`) repeats the text above it."""
    out: list[tuple[str, ...]] = []
    for row in table:
        line: list[str] = []
        for cell in row:
            text = squeeze("\n".join(cell.paragraphs))
            if cell.continues and out and len(line) < len(out[-1]):
                text = out[-1][len(line)]
            line.extend([text] * min(_span(cell.span), SPAN_LIMIT))
            if len(line) >= WIDTH_LIMIT:
                break
        out.append(tuple(line))
        if len(out) >= ROW_LIMIT:
            break
    return tuple(out)


def table_blocks(reading: ExtractedText) -> list[Block]:
    """The sheets of a workbook, each named by its heading lines above the table."""
    return [TableBlock(None, tuple(tuple(map(squeeze, row)) for row in table.rows)) for table in reading.tables]


def piped_blocks(text: str) -> list[Block]:
    """Old Word as antiword draws it: a line that begins and ends with "|" is a row of a table; an empty first cell carries on the row above."""
    out: list[Block] = []
    lines: list[str] = []
    rows: list[tuple[str, ...]] = []

    def flush() -> None:
        if lines:
            out.append(TextBlock(None, tuple(lines)))
        if rows:
            out.append(TableBlock(None, tuple(rows)))
        lines.clear()
        rows.clear()

    for raw in text.split("\n"):
        stripped = raw.strip()
        if len(stripped) > 2 and stripped[0] == stripped[-1] == "|":
            if lines:
                flush()
            rows.append(tuple(squeeze(cell) for cell in stripped[1:-1].split("|")))
        elif line := squeeze(raw):
            if rows:
                flush()
            lines.append(line)
    flush()
    return out
