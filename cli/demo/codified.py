"""The demo's codified law: `BoPhapDienDienTu.zip`, one file a title, in the frame of the real publisher.

UTF-8 with a byte order mark, no html element, frame attributes in single quotes, each article with the source
document in its note: full form (title, date, issuer) on a document's first article in a title, short form after it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from functools import cache

from cli.demo.demo_content import EDITIONS, Amendment, DemoArticle, DemoDocument, DemoTitle, load

_TYPE_CODES = {
    "Luật": "LQ", "Bộ luật": "LQ", "Pháp lệnh": "PL", "Nghị quyết": "NQ", "Nghị định": "NĐ", "Quyết định": "QĐ",
    "Thông tư": "TT", "Thông tư liên tịch": "TL",
}  # fmt: skip
_CLOSING = ("hiệu lực", "thi hành", "tổ chức thực hiện", "chuyển tiếp")
_CHAPTERS = (("Chương I", "QUY ĐỊNH CHUNG"), ("Chương II", "ĐIỀU KHOẢN THI HÀNH"))
_EVERY_POINTER = 3  # about a third of the real articles point at a related one


@cache
def codified_zip(edition: str) -> bytes:
    """The zip of one edition; the same bytes every time. KeyError for an edition that was never made."""
    made = EDITIONS[edition]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for title in load().titles:
            entry = zipfile.ZipInfo(f"BoPhapDienDienTu/demuc/{title.id}.html", (made.year, made.month, made.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, title_page(title, edition))
    return out.getvalue()


def title_page(title: DemoTitle, edition: str) -> bytes:
    """The file of one title; a title without documents in the edition is an empty shell, as dozens of real ones are."""
    documents = [one for one in load().documents if one.codified == title.number and edition in one.editions]
    head = (
        "<link href='../lib/css/style.css' rel='stylesheet' type='text/css' />\r\n"
        "<h3 style='text-transform: uppercase; text-align: center; font-weight: bold'>\r\n"
        f"    Đề mục {title.number}\r\n    <br />\r\n    {title.name}\r\n</h3>\r\n"
        "<p style='text-align: center; display: none'>(Xem Danh mục văn bản pháp điển vào đề mục: <a class='viewDSVB' href='#' "
        f"onclick=\"ViewDanhSachVB(this,'{title.id}')\"></a>)</p>"
    )
    return ("\ufeff" + head + f"<div class='_content'>{_body(title, documents)}</div>\r\n").encode()


def _body(title: DemoTitle, documents: list[DemoDocument]) -> str:
    numbers = _ordinals(documents)
    general: list[tuple[DemoDocument, DemoArticle]] = []
    closing: list[tuple[DemoDocument, DemoArticle]] = []
    for document in documents:
        for article in document.articles:
            (closing if article.name.lower().startswith(_CLOSING) else general).append((document, article))
    subject, order = (int(part) for part in title.number.split("."))
    seen: set[str] = set()
    out: list[str] = []
    for index, ((label, name), rows) in enumerate(zip(_CHAPTERS, (general, closing), strict=True), start=1):
        if not rows:
            continue
        chapter = f"{subject:02d}{order:03d}{index * 1000:015d}"
        out.append(f"<p class='pChuong'><a name='{chapter}'></a>{label}</p><p class='pChuong'>{name}</p>")
        keys = [f"{chapter}{place * 100:05d}{'0' * 15}" for place in range(1, len(rows) + 1)]
        headings = [f"Điều {title.number}.{numbers[document.number]}.{article.no}. {article.name}" for document, article in rows]
        for place, (document, article) in enumerate(rows):
            first = document.number not in seen
            seen.add(document.number)
            out.append(f"<p class='pDieu'><a name='{keys[place]}'></a>{headings[place]}</p>")
            out.append("" if article.noteless else f"<p class='pGhiChu'>{_note(document, article, full=first)}</p>")
            out.append(f"<p class='pNoiDung'>{_paragraphs(article.text)}</p>")
            if place and place % _EVERY_POINTER == 0:
                out.append(_pointer(keys[place - 1], headings[place - 1]))
    return "".join(out)


def _ordinals(documents: Iterable[DemoDocument]) -> dict[str, str]:
    """Number of a document → "LQ", "NĐ.4": its type's code and its ordinal; the title's first law has none."""
    counts: dict[str, int] = {}
    out: dict[str, str] = {}
    for document in documents:
        code = _TYPE_CODES[document.type]
        counts[code] = counts.get(code, 0) + 1
        out[document.number] = code if code == "LQ" and counts[code] == 1 else f"{code}.{counts[code]}"
    return out


def _note(document: DemoDocument, article: DemoArticle, full: bool) -> str:
    named = f"{document.type} số {document.number}"
    if full and document.issued:
        named += f" {document.title} ngày {document.issued:%d/%m/%Y} của {document.issuer}"
    if document.effective:
        named += f", có hiệu lực thi hành kể từ ngày {document.effective:%d/%m/%Y}"
    link = _link(document.item, article.no)
    if not article.amended:
        return f"<a href='{link}' target='_blank'>(Điều {article.no} {named}{' ' if full else ''})</a>"
    verbs = list(dict.fromkeys("có nội dung " + (one.verb if one.verb.startswith("bị") else f"được {one.verb}") for one in article.amended))
    changes = "; ".join(_change(one) for one in article.amended)
    return f"(<a href='{link}' target='_blank'>Điều {article.no}</a> {named}, {', '.join(verbs)} bởi {changes})"


def _change(one: Amendment) -> str:
    item = next((known.item for known in load().documents if known.number == one.number), None)
    return (
        f"<a href='{_link(item, one.article)}' target='_blank'>Điều {one.article}</a> {one.type} số {one.number}"
        f" có hiệu lực thi hành kể từ ngày {one.effective:%d/%m/%Y}"
    )


def _link(item: str | None, article: str) -> str:
    address = "http://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID="
    return f"{address}{item}#Dieu_{article}" if item else address


def _paragraphs(text: Iterable[str]) -> str:
    return "\r\n\r\n".join(one if one.startswith("<") else f'<p style="margin-top:6pt">{one}</p>' for one in text)


def _pointer(key: str, heading: str) -> str:
    action = f"ViewNoiDungPhapDien('{key}'); return false;"
    return f"<p class='pChiDan'>(Điều này có nội dung liên quan đến <a href='#' onclick=\"{action}\">{heading}</a>)</p>"
