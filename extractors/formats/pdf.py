"""PDF → text of its text layer, page by page, with a test whether there is one worth the name.

Signed copies of scans often carry only the signature's stamp as text, or nothing: a page with fewer than `MIN_CHARS` characters
that are no stamp counts as a picture of a page where it draws one. Those go to OCR (`ocr.py`) where somebody asks for it. The short
last page of a table is text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from extractors.formats.extracted_text import ExtractedText, FileFormat, TextFrom, UnreadableError
from extractors.formats.pdf_streams import check_streams
from extractors.formats.raised_marks import marks_left_out, unseen_left_out
from extractors.formats.seen_pages import Cleared, clear
from rasoat.vietnamese import nfc

MIN_CHARS = 100  # real pages of the gazette hold about 1,900 characters, a stamp at most 235 for a whole file
_PICTURE_SHARE = 0.1  # of the page's area; a seal with a signature takes 0.04
_MOST_OBJECTS = 20_000  # looked at on one page
PAGE_LIMIT = 3000
CHAR_LIMIT = 30_000_000
_STAMP = re.compile(
    r"(?im)^[ \t]*(?:người ký|ký bởi|email|cơ quan|tổ chức|thời gian ký|ngày ký|lý do|địa điểm|signature not verified|digitally signed by)\b"
    r"[^\n]*$\n?"
)
# The gazette's running head cuts sentences in two at every page's turn.
_RUNNING_HEAD = re.compile(r"\A\s*(?:\d+[ \t]+)?CÔNG BÁO/Số[^\n]*\n")
_STAMP_SIGN = re.compile(r"(?i)thời gian ký\s*:|digitally signed by|signature not verified")


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """An open document, closed in the end.

    Raises:
        UnreadableError: broken, protected by a password, past `PAGE_LIMIT`, or unfolding past its bounds.
    """
    check_streams(data)
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("pdf.locked") from error
        raise UnreadableError("pdf.broken") from error
    try:
        if count > PAGE_LIMIT:
            raise UnreadableError("pdf.pages", count=count, limit=PAGE_LIMIT)
        if count == 0:
            raise UnreadableError("pdf.empty")
        yield document
    finally:
        document.close()


def read_pdf(data: bytes) -> ExtractedText:
    """The text layer. `text_from` is `none` where there is no text, or where pages are pictures and fewer than `MIN_CHARS` a page
    (on average, stamps left out) are text.

    Raises:
        UnreadableError: as `opened`.
    """
    with opened(data) as document:
        cleared: list[Cleared] = []
        raw = list(_pages(document, cleared))
        pages = tuple(_RUNNING_HEAD.sub("", without_stamp(text)) for text in raw)
        lengths = [len("".join(page.split())) for page in pages]
        pictured = tuple(at + 1 for at, length in enumerate(lengths) if length < MIN_CHARS and _draws(document, at, length))
    says = "".join(page.says for page in cleared)[:CHAR_LIMIT]
    places = tuple((number, box) for number, page in enumerate(cleared, 1) for box in page.places)
    left_out = tuple(_left_out(cleared))
    # A visible stamp may be an annotation, whose text is not the page's; every signature has its byte range.
    stamped = b"/ByteRange" in data or any(_STAMP_SIGN.search(text) for text in raw)
    if not sum(lengths) or (pictured and sum(lengths) < MIN_CHARS * len(pages)):
        stamp = "chỉ có vài chữ" if sum(lengths) else "không có chữ"
        problem = f"PDF {len(pages)} trang {stamp}: bản quét hoặc chỉ có chữ ký số, cần nhận dạng chữ (OCR) / scan or stamp only, needs OCR"
        return ExtractedText(
            FileFormat.PDF, "", TextFrom.NONE, (), (problem, *left_out), pages, stamped, unread=(problem,), unseen=says, pictured=pictured
        )
    problems: tuple[str, ...] = ()
    if pictured:
        listed = ", ".join(map(str, pictured[:10])) + ("…" if len(pictured) > 10 else "")
        problems = (f"{len(pictured)}/{len(pages)} trang không có lớp chữ (trang {listed}) / pages without text layer",)
    return ExtractedText(
        FileFormat.PDF, "\n".join(pages), TextFrom.TEXT_LAYER, (), (*problems, *left_out), pages, stamped,
        unread=problems, unseen=says, unseen_places=places, pictured=pictured,
    )  # fmt: skip


def _left_out(cleared: Sequence[Cleared]) -> Iterator[str]:
    if unseen := sum(page.unseen for page in cleared):
        yield unseen_left_out(unseen)
    if marks := sum(page.marks for page in cleared):
        yield marks_left_out(marks)


def _draws(document: pypdfium2.PdfDocument, at: int, length: int) -> bool:
    """Whether a page with little text shows what its text does not say: a large picture, or lines where there is no text at all."""
    try:
        page = document[at]
    except pypdfium2.PdfiumError:
        return True  # a broken page: what it says is not known
    try:
        drawn = list(islice(page.get_objects(max_depth=3), _MOST_OBJECTS))
        if not length:
            return bool(drawn)
        pictures = sum(_area(one) for one in drawn if one.type == FPDF_PAGEOBJ_IMAGE)
        return bool(pictures > _PICTURE_SHARE * page.get_width() * page.get_height())
    except pypdfium2.PdfiumError:
        return True
    finally:
        page.close()


def _area(drawn: pypdfium2.PdfObject) -> float:
    left, bottom, right, top = drawn.get_bounds()
    return abs(float((right - left) * (top - bottom)))


def without_stamp(page: str) -> str:
    """The page without the lines of a digital signature's stamp; a page with no stamp is returned as it is."""
    return _STAMP.sub("", page) if _STAMP_SIGN.search(page) else page


def _pages(document: pypdfium2.PdfDocument, cleared: list[Cleared]) -> Iterator[str]:
    """The text of each page; what was taken off it before is added to `cleared`."""
    total = 0
    for index in range(len(document)):
        cleared.append(Cleared())
        try:
            page = document[index]
            cleared[-1] = clear(page)
            layer = page.get_textpage()
            text = layer.get_text_bounded()
            layer.close()
            page.close()
        except pypdfium2.PdfiumError:
            text = ""  # one broken page: it is counted among those without text
        total += len(text)
        if total > CHAR_LIMIT:
            raise UnreadableError("pdf.text")
        yield nfc(text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").replace("\x00", ""))
