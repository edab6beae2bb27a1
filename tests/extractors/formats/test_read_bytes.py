import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from extractors.formats.extracted_text import FileFormat, TextFrom
from extractors.formats.read_bytes import read_bytes
from extractors.formats.sniff import decode, sniff
from tests.extractors.formats.sample_files import PICTURED, SEALED, converted, pdf, word, workbook, zip_bomb

LONG = "\n".join(f"Line {number} of a page that holds real text, not a stamp." for number in range(20))
NOTICE = b"<!DOCTYPE html><html><head><title>404 - File or directory not found.</title></head><body>Server Error</body></html>"
HEADS = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe", b"\x89PNG\r\n\x1a\n", b"{\\rtf1 "]
)


def test_kind_is_told_by_bytes_not_by_name() -> None:
    reading = read_bytes("thong-tu.pdf", NOTICE)
    assert reading.kind is FileFormat.HTML
    assert any("named .pdf, holds html" in problem for problem in reading.problems)
    assert any("trang báo lỗi" in problem for problem in reading.problems)


def test_pdf_with_text_layer() -> None:
    reading = read_bytes("a.pdf", pdf(LONG, LONG, PICTURED))
    assert (reading.kind, reading.text_from, len(reading.pages)) == (FileFormat.PDF, TextFrom.TEXT_LAYER, 3)
    assert "Line 19" in reading.text
    assert "1/3 trang không có lớp chữ (trang 3)" in reading.problems[0]
    assert reading.pictured == (3,)


@pytest.mark.parametrize(
    ("page", "pictured"),
    [
        ("", ()),  # a blank page hides nothing
        ("1 2 3", ()),  # the short last page of a table
        (f"{SEALED}signed", ()),  # a seal beside the last lines
        (f"{PICTURED}1 2 3", (2,)),  # a scanned page with a page number set over it
        (PICTURED, (2,)),
    ],
)
def test_a_page_with_little_text_is_a_picture_only_where_it_shows_one(page: str, pictured: tuple[int, ...]) -> None:
    reading = read_bytes("a.pdf", pdf(LONG, page, LONG))
    assert (reading.text_from, reading.pictured) == (TextFrom.TEXT_LAYER, pictured)
    assert bool(reading.problems) == bool(pictured)


def test_a_short_page_is_text() -> None:
    reading = read_bytes("a.pdf", pdf("Line 1"))
    assert (reading.text_from, reading.text.strip(), reading.problems) == (TextFrom.TEXT_LAYER, "Line 1", ())


def test_pdf_whose_only_text_is_the_signature_stamp_counts_as_a_scan() -> None:
    stamp = "Signature Not Verified\nDigitally signed by AN OFFICE OF SOME MINISTRY WITH A NAME LONG ENOUGH TO PASS FOR TEXT\nEmail: office@example.invalid\n"
    reading = read_bytes("a.signed.pdf", pdf(PICTURED + stamp * 3, ""))
    assert reading.text_from is TextFrom.NONE
    assert "cần nhận dạng chữ" in reading.problems[0]


def test_word_keeps_tables_in_their_place() -> None:
    data = word("Trước bảng", table=[["Mã", "Tên"], ["1.000001", "Cấp\ngiấy"]], after="Sau bảng")
    reading = read_bytes("a.docx", data)
    assert reading.text.split("\n") == ["Trước bảng", "Mã\tTên", "1.000001\tCấp giấy", "Sau bảng"]
    assert reading.tables[0].rows[1] == ("1.000001", "Cấp giấy")


def test_word_without_a_table_grid() -> None:
    data = word("x", table=[["a", "b"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            body = old.read(item)
            new.writestr(
                item, body.replace(b"<w:tblGrid>", b"<!--").replace(b"</w:tblGrid>", b"-->") if item == "word/document.xml" else body
            )
    assert "a\tb" in read_bytes("export.doc", out.getvalue()).text


def test_workbook() -> None:
    reading = read_bytes("a.xlsx", workbook([["Mã số", "Tên"], ["1.000001", 5.0]], banner="CỘNG HÒA"))
    assert reading.tables[0].rows == (("CỘNG HÒA", ""), ("Mã số", "Tên"), ("1.000001", "5"))


def test_old_word_under_a_new_name(tmp_path) -> None:
    data = converted(word(*["Điều 1. Phạm vi điều chỉnh của văn bản thử nghiệm này"] * 40), ".docx", "doc", tmp_path)
    reading = read_bytes("moi.docx", data)
    assert reading.kind is FileFormat.DOC
    assert "named .docx, holds doc" in reading.problems[0]
    assert reading.text.count("Điều 1. Phạm vi điều chỉnh") == 40


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("null.txt", b"\0" * 10_000_000, FileFormat.EMPTY),
        ("empty.pdf", b"", FileFormat.EMPTY),
        ("cut.pdf", pdf(LONG)[:200], FileFormat.PDF),
        ("cut.docx", word("x")[:-300], FileFormat.ZIP),
        ("bomb.docx", zip_bomb("word/document.xml", 130_000_000), FileFormat.DOCX),
        ("bomb.xlsx", zip_bomb("xl/workbook.xml", 130_000_000), FileFormat.XLSX),
        ("other.zip", zip_bomb("a.txt", 10), FileFormat.ZIP),
        ("ole.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 600, FileFormat.OLE),
        ("binary.doc", bytes(range(256)) * 20, FileFormat.UNKNOWN),
        ("fake.docx", zip_bomb("word/document.xml", 10), FileFormat.DOCX),
    ],
)
def test_bad_files_say_why_in_one_line(name: str, data: bytes, kind: FileFormat) -> None:
    reading = read_bytes(name, data)
    assert (reading.kind, reading.text, reading.text_from) == (kind, "", TextFrom.NONE)
    assert reading.problems
    assert all("\n" not in problem and " / " in problem for problem in reading.problems)


def test_picture_asks_for_ocr() -> None:
    out = io.BytesIO()
    Image.new("L", (20, 20)).save(out, "PNG")
    assert "OCR" in read_bytes("a.png", out.getvalue()).problems[0]


@given(HEADS, st.binary(max_size=600))
def test_read_bytes_never_raises(head: bytes, rest: bytes) -> None:
    if not head.startswith((b"\xd0\xcf", b"{\\rtf")):  # those start outside programs
        read_bytes("x.pdf", head + rest)
    sniff(head + rest)
    decode(head + rest)


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_damaged_office_files_never_raise(at: int, damage: bytes) -> None:
    for data in (_WORD, _BOOK, _PDF):
        read_bytes("x", data[: at % len(data)] + damage + data[at % len(data) + len(damage) :])


_WORD, _BOOK, _PDF = word("Điều 1. Một", table=[["a"]]), workbook([["Mã số", "Tên"]]), pdf(LONG)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Quyết định".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "Quyết định".encode(), "utf-8"),
        ("Quyết định".encode("utf-16"), "utf-16"),
        ("Quyết định về thủ tục".encode("utf-16-le"), "utf-16"),
        ("Quyê\u0301t đi\u0323nh".encode("cp1258"), "windows-1258"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    text, read_with = decode(data)
    assert text.startswith("Quyết định")
    assert read_with == encoding


def test_tcvn3_only_where_its_signs_are_frequent() -> None:
    legacy = "QuyÕt ®Þnh cña Bé tr\xadëng vÒ viÖc c«ng bè thñ tôc hµnh chÝnh thuéc ph¹m vi qu¶n lý"
    assert decode(legacy.encode("cp1252"))[0].startswith("Quyết định của Bộ trưởng về việc công bố thủ tục hành chính")
    assert decode("Prix réduits à l’été, dû à l’élève".encode())[1] == "utf-8"


def test_decomposed_letters_are_composed() -> None:
    assert decode("Thông tư".encode())[0] == decode("Tho\u0302ng tu\u031b".encode())[0]
