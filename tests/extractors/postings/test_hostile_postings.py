"""Files that break readers: nothing raises, memory and time stay bounded, and the reason is said."""

import io
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from extractors.postings import FileKind, read_file
from extractors.postings.blocks import SpanningCell, laid_out
from extractors.postings.records import TakenFor
from extractors.postings.scans.grid import ruled_tables
from tests.extractors.formats.sample_files import pdf, word, zip_bomb
from tests.extractors.postings.drawn_lists import page, scan
from tests.extractors.postings.exhausting_pdfs import BOMBS

CASES = {
    "empty.pdf": b"",
    "cut.pdf": pdf("A page of text " * 20)[:300],
    "bomb.docx": zip_bomb("word/document.xml", 400_000_000),
    "noise.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20,
    "broken.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
    "deep.html": b"<table><tr><td>" * 5000,
    "spans.html": b"<table>" + b"<tr><td colspan=99999999999 rowspan=99999>1.920001</td></tr>" * 50 + b"</table>",
    "nul.txt": b"STT|\x00\x00|M\xc3\xa3",
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_raises(name: str) -> None:
    reading = read_file(name, CASES[name])
    assert reading.kind in (FileKind.OTHER, FileKind.POSTED_LIST)
    assert reading.as_json()["file"] == name


def test_a_broken_file_says_why() -> None:
    assert any("hỏng" in problem for problem in read_file("cut.pdf", CASES["cut.pdf"]).problems)
    assert any("quá lớn" in problem for problem in read_file("bomb.docx", CASES["bomb.docx"]).problems)
    assert any("hỏng" in problem for problem in read_file("broken.png", CASES["broken.png"]).problems)


def test_a_file_says_what_it_was_taken_for() -> None:
    stamp = "Signature Not Verified\nDigitally signed by AN OFFICE OF SOME MINISTRY\nEmail: office@example.invalid\n"
    page_text = "\n".join(f"Line {number} of a page that holds real text." for number in range(20))
    cases = {
        "luat.docx": (word("LUẬT", "ĐẤT ĐAI", "Điều 1. Phạm vi"), TakenFor.TEXT, 0),
        "co-chu.pdf": (pdf(page_text, page_text), TakenFor.TEXT, 2),
        "ky-so.pdf": (pdf(stamp, ""), TakenFor.STAMP_ONLY, 2),
        "trang.pdf": (pdf(""), TakenFor.SCAN, 1),
        "ky-so-ngoai-chu.pdf": (pdf("") + b"\n% /ByteRange [0 1 2 3]", TakenFor.STAMP_ONLY, 1),
        "loi.pdf": (b"<!doctype html><html><body><p>404 - File or directory not found.</p></body></html>", TakenFor.MISNAMED, 0),
        "cut.pdf": (CASES["cut.pdf"], TakenFor.UNREADABLE, 0),
    }
    for name, (data, taken_for, pages) in cases.items():
        reading = read_file(name, data, scans=False)
        assert (name, reading.taken_for, reading.pages) == (name, taken_for, pages)
        assert reading.as_json()["taken_for"] == taken_for.value
    assert read_file("co-chu.pdf", cases["co-chu.pdf"][0]).characters > 1000
    assert "Phạm vi" in read_file("luat.docx", cases["luat.docx"][0]).text


@pytest.mark.slow
def test_a_picture_past_the_limit_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert any("quá lớn" in problem for problem in read_file("huge.png", out.getvalue()).problems)


@pytest.mark.slow
def test_a_page_of_a_huge_sheet_is_read_in_bounded_memory() -> None:
    data = scan(page([("1", "1.920001", "Cấp giấy xác nhận việc làm tại nhà")])).replace(
        b"/MediaBox [ 0 0 595.2", b"/MediaBox [ 0 0 9999.2"
    )
    tracemalloc.start()
    read_file("huge.pdf", data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 900_000_000


def test_other_texts_are_named_and_have_no_rows() -> None:
    law = word("LUẬT", "ĐẤT ĐAI", "Số: 31/2024/QH15", "Điều 1. Phạm vi điều chỉnh", "Luật này quy định về đất đai.")
    assert (read_file("luat.docx", law).kind, read_file("luat.docx", law).rows) == (FileKind.LEGAL_DOCUMENT, ())
    letter = read_file(
        "thu.docx", word("Kính gửi các đồng chí,", "Mời họp lúc 8 giờ.", table=[["STT", "Tên giấy tờ"], ["1", "Đơn đề nghị"]])
    )
    assert (letter.kind, letter.rows) == (FileKind.OTHER, ())


@given(st.lists(st.lists(st.builds(SpanningCell, st.text(max_size=3), st.integers(-1, 5), st.integers(-1, 5)), max_size=5), max_size=6))
def test_spans_are_laid_out_whatever_they_claim(rows: list[list[SpanningCell]]) -> None:
    laid = laid_out(rows)
    assert len(laid) == len(rows)
    for cells, line in zip(rows, laid, strict=True):
        assert [cell.text for cell in cells if cell.text not in line] == []


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_any_picture_has_tables_or_none(height: int, width: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    for table in ruled_tables(noise):
        assert all(len(row) == len(table.columns) - 1 for row in table.rows)


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_pdf_made_to_exhaust_memory_is_read_within_bounds(name: str, tmp_path: Path) -> None:
    """In a process of its own: what a library takes is seen by the system, not by Python."""
    path = tmp_path / "bom.pdf"
    path.write_bytes(BOMBS[name]())
    script = (
        "import resource, sys, pathlib; from extractors.postings import read_file; resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30)); "
        "reading = read_file('bom.pdf', pathlib.Path(sys.argv[1]).read_bytes()); "
        "peak = pathlib.Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]; print(reading.kind, len(reading.rows), int(peak) >> 10)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    kind, rows, peak = done.stdout.split()
    assert (kind, rows) == ("other", "0")
    assert int(peak) < 900
