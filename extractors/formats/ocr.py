"""Scanned pages → text with Tesseract (`vie`), bounded by pages, pixels and time.

Not run by `read_bytes`: a page takes about a second, so it is asked for by name. What comes out is tier C at best.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from extractors.formats.extracted_text import ExtractedText, FileFormat, TextFrom, UnreadableError
from extractors.formats.pdf import opened
from extractors.formats.programs import installed, run
from extractors.formats.sniff import decode

DPI = 250
PIXEL_LIMIT = 40_000_000  # an A4 page at 250 dpi has 6 million
SECONDS = 120


def available() -> str | None:
    """None where scans can be read, else what is missing, for people."""
    program, missing = installed("tesseract"), str(UnreadableError("ocr.missing"))
    if program is None:
        return missing
    with tempfile.TemporaryDirectory(prefix="rasoat-ocr-") as name:
        try:
            languages = run([program, "--list-langs"], Path(name), SECONDS).decode("utf-8", "replace").split()
        except UnreadableError:
            return missing
    return None if "vie" in languages else missing


def image_text(image: Image.Image) -> str:
    """The text of one page image, one line a printed line.

    Raises:
        UnreadableError: Tesseract is missing or fails, or the picture is too large.
    """
    if image.width * image.height > PIXEL_LIMIT:
        raise UnreadableError("picture.large", width=image.width, height=image.height)
    program = installed("tesseract")
    if program is None:
        raise UnreadableError("ocr.missing")
    with tempfile.TemporaryDirectory(prefix="rasoat-ocr-") as name:
        folder = Path(name)
        image.convert("L").save(folder / "page.png")
        return (
            decode(run([program, str(folder / "page.png"), "-", "-l", "vie", "--psm", "6"], folder, SECONDS))[0].replace("\x0c", "").strip()
        )


def read_scanned_pdf(data: bytes, max_pages: int = 50) -> ExtractedText:
    """The text of the first `max_pages` pages by OCR; pages left out are named in the problems.

    Raises:
        UnreadableError: as `pdf.opened` and `image_text`.
    """
    pages = []
    with opened(data) as document:
        count = len(document)
        for index in range(min(count, max_pages)):
            page = document[index]
            width, height = page.get_size()
            scale = min(DPI / 72, (PIXEL_LIMIT / max(width * height, 1)) ** 0.5)
            pages.append(image_text(page.render(scale=scale, grayscale=True).to_pil()))
            page.close()
    text = "\n".join(pages)
    problems = []
    if count > max_pages:
        problems.append(f"Chỉ nhận dạng {max_pages}/{count} trang đầu / only the first pages were read")
    if not text.strip():
        problems.append("Nhận dạng không ra chữ nào / OCR found no text")
    return ExtractedText(FileFormat.PDF, text, TextFrom.OCR if text.strip() else TextFrom.NONE, (), tuple(problems), tuple(pages))
