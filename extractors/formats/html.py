"""HTML → text in blocks. Inline text is joined with nothing between (editors split words: "t|ỉ|nh"), blocks end a line,
a table row is one line with its cells parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from extractors.formats.extracted_text import ExtractedText, FileFormat, Table, TextFrom, UnreadableError
from extractors.formats.raised_marks import unseen_left_out, without_mark
from extractors.formats.seen_markup import raised, unseen
from extractors.formats.sniff import decode

LIMIT = 20_000_000  # characters; the largest real title of the codified law has 5 million
_TAGS = 800_000  # signs that open a tag, and signs that give a value: a tree takes some 150 bytes for each
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
        "br",
    ]
)
_SKIPPED = frozenset(["script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select"])
_BEFORE = 12  # pieces of text before a raised mark in which what it stands behind is looked for
_ERROR_PAGE = re.compile(r"(?i)\b(?:404|403|500|503)\b|not found|request rejected|access denied|forbidden|không tìm thấy trang")


def read_html(data: bytes) -> ExtractedText:
    """The text and tables of a page; a publisher's error page is named as one.

    Raises:
        UnreadableError: larger than `LIMIT`, or no markup that a parser can take.
    """
    markup, _ = decode(data)
    tree = page_tree(markup)
    text = _text(tree)
    problems = []
    title = " ".join((tree.findtext(".//title") or "").split())[:80]
    if len(text) < 3000 and _ERROR_PAGE.search(f"{title}\n{text[:500]}"):
        problems.append(f"Đây là trang báo lỗi của máy chủ, không phải văn bản ({title}) / a server's error page, not a document")
    hidden = _unseen_texts(tree)
    if hidden:
        problems.append(unseen_left_out(len(hidden)))
    if not text:
        problems.append("Trang không có chữ / the page holds no text")
    return ExtractedText(
        FileFormat.HTML, text, TextFrom.TEXT_LAYER if text else TextFrom.NONE, _tables(tree), tuple(problems), unseen="\n".join(hidden)
    )


def html_text(markup: str) -> str:
    """The text of a page or fragment, blocks on their own lines, no empty lines.

    Raises:
        UnreadableError: as `read_html`.
    """
    return _text(page_tree(markup))


def page_tree(markup: str) -> html.HtmlElement:
    """The tree of a page or fragment.

    Raises:
        UnreadableError: as `read_html`.
    """
    if len(markup) > LIMIT or markup.count("<") > _TAGS or markup.count("=") > _TAGS:
        raise UnreadableError("page.large", count=len(markup))
    # lxml refuses text with an encoding declaration, and control characters.
    markup = re.sub(r"\A\s*<\?xml[^>]*>", "", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", markup))
    parser = html.HTMLParser(huge_tree=True, no_network=True)
    try:
        tree = html.document_fromstring(markup, parser=parser, ensure_head_body=False)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError("page.broken") from error
    # The parser drops all that follows too deep a nesting, and says so nowhere else.
    said = {entry.type_name for entry in parser.error_log}
    if "ERR_NO_MEMORY" in said:
        raise MemoryError
    if "ERR_RESOURCE_LIMIT" in said:
        raise UnreadableError("page.deep")
    return tree


def own_rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The rows of a table, not those of tables in its cells."""
    walk = etree.iterwalk(table, events=("start",))
    next(walk)
    for _, node in walk:
        if node.tag == "table":
            walk.skip_subtree()
        elif node.tag == "tr":
            yield node


def _text(tree: html.HtmlElement) -> str:
    lines = (" ".join(part.split()) for part in "".join(_pieces(tree)).split("\n"))
    # A row's cells are parted by U+241F until blanks are folded, so that a tab in an editor's text is no cell.
    return "\n".join(re.sub(r" ?\u241f ?", "\t", line).strip("\t") for line in lines if line.strip("\u241f "))


def _pieces(tree: html.HtmlElement) -> list[str]:
    """Texts and separators in document order, without recursion: pages nest hundreds deep."""
    out: list[str] = []
    cells = 0
    skipping = None
    above: list[tuple[html.HtmlElement, int]] = []  # raised elements that are open, and where in `out` each begins
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start" and skipping is None:
            if tag in _SKIPPED or (tag and unseen(node)):
                skipping = node
                continue
            if tag and raised(node):
                above.append((node, len(out)))
            out.append(_before(tag, cells))
            cells += tag in ("td", "th")
            out.append(_flat(node.text))
        elif event == "end":
            if skipping is node:
                skipping = None
            elif skipping is None:
                cells -= tag in ("td", "th")
                out.append(_after(tag, cells))
                if above and above[-1][0] is node:
                    begun = above.pop()[1]
                    out[begun:] = [without_mark("".join(out[max(begun - _BEFORE, 0) : begun]), "".join(out[begun:]))]
        if event != "start" and skipping is None:
            out.append(_flat(node.tail))
    return out


def _unseen_texts(tree: html.HtmlElement) -> list[str]:
    """What the page holds and shows to nobody, one text for each such element."""
    found: list[str] = []
    walk = etree.iterwalk(tree, events=("start",))
    for _, node in walk:
        if isinstance(node.tag, str) and (node.tag in _SKIPPED or unseen(node)):
            walk.skip_subtree()
            if node.tag not in _SKIPPED and (text := " ".join("".join(node.itertext()).split())):
                found.append(text)
    return found


def _before(tag: str, cells: int) -> str:
    if tag in _BLOCKS:
        return " " if cells else "\n"
    return ""


def _after(tag: str, cells: int) -> str:
    if tag in ("td", "th"):
        return " " if cells else "\u241f"
    if tag in _BLOCKS and tag != "br":
        return " " if cells else "\n"
    return ""


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text.replace("\u241f", " ")) if text else ""


def _tables(tree: html.HtmlElement) -> tuple[Table, ...]:
    """Outermost tables, row by row; a nested table is text of its cell."""
    found: list[Table] = []
    for table in tree.iter("table"):
        if next(table.iterancestors("table"), None) is not None:
            continue
        rows = [
            tuple(" ".join("".join(_pieces(cell)).replace("\u241f", " ").split()) for cell in row if cell.tag in ("td", "th"))
            for row in own_rows(table)
        ]
        if rows:
            found.append(Table(f"bảng {len(found) + 1}", tuple(rows)))
    return tuple(found)
