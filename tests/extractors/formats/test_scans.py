import io

import pytest
from PIL import Image

from extractors.formats.extracted_text import TextFrom, UnreadableError
from extractors.formats.ocr import available, image_text, read_scanned_pdf
from extractors.formats.pdf import opened
from extractors.formats.read_bytes import read_bytes
from tests.extractors.formats.sample_files import converted, need, pdf, word


@pytest.mark.slow  # LibreOffice and Tesseract
def test_a_vietnamese_page_is_read_back_from_its_picture(tmp_path) -> None:
    need("tesseract")
    assert available() is None
    page = word("QUYẾT ĐỊNH", "Về việc công bố danh mục thủ tục hành chính", *["Điều này có hiệu lực kể từ ngày ký ban hành."] * 6)
    document = converted(page, ".docx", "pdf", tmp_path)
    assert "công bố danh mục thủ tục" in read_bytes("a.pdf", document).text
    with opened(document) as pages:
        picture = pages[0].render(scale=3).to_pil()
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=216)
    assert read_bytes("scan.pdf", out.getvalue()).text_from is TextFrom.NONE
    reading = read_scanned_pdf(out.getvalue())
    assert reading.text_from is TextFrom.OCR
    assert "hiệu lực kể từ ngày ký" in reading.text


def test_pages_left_out_are_named() -> None:
    need("tesseract")
    reading = read_scanned_pdf(pdf("", "", ""), max_pages=1)
    assert "1/3 trang đầu" in reading.problems[0]


def test_too_large_a_picture_is_refused() -> None:
    with pytest.raises(UnreadableError, match="quá lớn"):
        image_text(Image.new("1", (20_000, 20_000)))


def test_missing_program_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert "tesseract-ocr-vie" in (available() or "")
    old_word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"\0" * 600
    assert "antiword" in read_bytes("a.doc", old_word).problems[-1]
