"""Text that stands in a file and is shown to nobody says nothing; a raised note mark is no part of the number before it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from extractors.formats.extracted_text import ExtractedText, TextFrom
from extractors.formats.raised_marks import without_mark
from extractors.formats.read_bytes import read_bytes
from tests.extractors.formats.sample_files import converted
from tests.extractors.postings.ruled_pdfs import document


@pytest.mark.parametrize(
    ("before", "mark"),
    [
        ("Bãi bỏ Điều 8", "2"), ("khoản 3", "11"), ("điểm b", "4"), ("Chương IV", "6"), ("Phụ lục II", "1"), ("Mẫu số 05", "7"), ("Điều 9.", "3"),
        ("Thông tư số 17/2021/TT-BTC", "5"), ("Luật số 60/2014/QH13", "8"), ("18/2022", "9"), ("ngày 05/6/2024", "2"),
        ("tháng 5 năm 2020", "10"), ("Bộ trưởng Bộ Nội vụ", "3"), ("Điều 21a", "[4]"), ("Điều 4", "2, 3"), ("(sau đây gọi là Quy chế)", "6"), ("Điều 5", "*"),
    ],
)  # fmt: skip
def test_a_note_mark_adds_nothing(before: str, mark: str) -> None:
    assert without_mark(before, mark) == ""


@pytest.mark.parametrize(
    ("before", "raised", "added"),
    [
        ("diện tích 20 m", "2", "2"), ("5 km", "2", "2"), ("trên 90", "o", "o"), ("10", "6", "⁶"), ("Nghị định 31", "2", "²"), ("khí CO", "2", "2"), ("thế kỷ 21", "st", "st"),
        ("", "5", "5"), ("hết câu.\n", "12", "12"), ("lần thứ hai", "(bổ sung)", "(bổ sung)"),
    ],
)  # fmt: skip
def test_what_is_no_note_mark_stays(before: str, raised: str, added: str) -> None:
    assert without_mark(before, raised) == added


Run = tuple[str, Any]
CLAUSE = "Bãi bỏ Thông tư số 7/2019/TT-BNV."


def word(*runs: Run, table: bool = False, style: str | None = None) -> ExtractedText:
    """A Word file of one paragraph (in a table's only cell where asked) whose runs are changed by what stands beside their text."""
    made = docx.Document()
    place = made.add_table(1, 1, style=style).rows[0].cells[0].paragraphs[0] if table else made.add_paragraph()
    for text, change in runs:
        run = place.add_run(text)
        if change:
            change(run)
    out = io.BytesIO()
    made.save(out)
    return read_bytes("van-ban.docx", out.getvalue())


def flag(name: str, value: str | None = None) -> Any:
    def change(run: Any) -> None:
        element = OxmlElement(f"w:{name}")
        if value is not None:
            element.set(qn("w:val"), value)
        run._r.get_or_add_rPr().append(element)

    return change


def white(run: Any) -> None:
    run.font.color.rgb = RGBColor(255, 255, 255)


def white_on_dark(run: Any) -> None:
    white(run)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "1F3864")
    run._r.get_or_add_rPr().append(shade)


def hidden_style(run: Any) -> None:
    styles = run.part.document.styles
    base = styles.add_style("An", WD_STYLE_TYPE.CHARACTER)
    base.font.hidden = True
    of_it = styles.add_style("Dan xuat", WD_STYLE_TYPE.CHARACTER)
    of_it.base_style = base
    run.style = of_it


UNSEEN = [flag("vanish"), flag("vanish", "1"), flag("strike"), flag("dstrike"), white, hidden_style]


@pytest.mark.parametrize("change", UNSEEN)
def test_a_run_of_word_that_nobody_sees_is_left_out_and_told(change: Any) -> None:
    read = word(("1. Thông tư này có hiệu lực. ", None), (CLAUSE, change))
    assert (read.text, read.unseen) == ("1. Thông tư này có hiệu lực.", CLAUSE)
    assert read.problems == ("1 đoạn chữ người xem không thấy (ẩn, trắng, gạch ngang) không đọc / text that no reader sees, left out",)


@pytest.mark.parametrize(
    "change", [flag("vanish", "0"), flag("strike", "false"), white_on_dark, flag("vertAlign", "subscript"), flag("color", "auto")]
)
def test_a_run_of_word_that_is_seen_stays(change: Any) -> None:
    assert (word((CLAUSE, change)).text, word((CLAUSE, change)).problems) == (CLAUSE, ())


def test_white_letters_of_a_table_with_a_shaded_style_are_seen() -> None:
    assert word((CLAUSE, white), table=True, style="Medium Shading 1 Accent 1").text == CLAUSE
    assert word((CLAUSE, white), table=True).text == ""


def lifted(run: Any) -> None:
    run.font.size = Pt(7)
    flag("position", "8")(run)


@pytest.mark.parametrize("change", [flag("vertAlign", "superscript"), lifted])
def test_a_raised_mark_of_word_is_no_part_of_the_number(change: Any) -> None:
    runs: Sequence[Run] = [
        ("Bãi bỏ khoản 1", None),
        ("4", change),
        (" Điều 6", None),
        ("12", change),
        (" Thông tư số 7/2019/TT-BNV", None),
        ("5", change),
        (".", None),
    ]
    read = word(*runs)
    assert read.text == "Bãi bỏ khoản 1 Điều 6 Thông tư số 7/2019/TT-BNV."
    assert read.problems == ("3 dấu chú thích viết nâng không đọc cùng số đứng trước / raised note marks left out",)
    assert word(("diện tích 5 m", None), ("2", change)).text == "diện tích 5 m2"


@pytest.mark.slow
@pytest.mark.parametrize(("target", "lines"), [("doc", 60), ("doc", 0), ("rtf", 0)])  # antiword refuses short files: LibreOffice reads them
def test_a_raised_mark_of_old_word_is_no_part_of_the_number(target: str, lines: int, tmp_path: Path) -> None:
    made = docx.Document()
    for line in range(lines):
        made.add_paragraph(f"{line}. Cơ quan, tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Thông tư này.")
    paragraph = made.add_paragraph("Điều 3. Hiệu lực thi hành và trách nhiệm tổ chức thực hiện")
    paragraph = made.add_paragraph()
    for text, high in (
        ("Bãi bỏ khoản 1", 0),
        ("4", 1),
        (" Điều 6", 0),
        ("12", 1),
        (" Thông tư số 7/2019/TT-BNV", 0),
        ("5", 1),
        ("; rộng 5 m", 0),
        ("2", 1),
    ):
        paragraph.add_run(text).font.superscript = bool(high)
    out = io.BytesIO()
    made.save(out)
    read = read_bytes(f"van-ban.{target}", converted(out.getvalue(), ".docx", target, tmp_path))
    assert "Bãi bỏ khoản 1 Điều 6 Thông tư số 7/2019/TT-BNV; rộng 5 m2" in read.text
    assert "3 dấu chú thích viết nâng không đọc cùng số đứng trước / raised note marks left out" in read.problems


@pytest.mark.slow
def test_hidden_and_struck_letters_of_rtf_are_left_out(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Thông tư này có hiệu lực. ")
    paragraph.add_run("Bãi bỏ Điều 8. ").font.strike = True
    paragraph.add_run("Bãi bỏ Điều 9.").font.hidden = True
    out = io.BytesIO()
    made.save(out)
    read = read_bytes("van-ban.rtf", converted(out.getvalue(), ".docx", "rtf", tmp_path))
    assert (read.text, "người xem không thấy" in "".join(read.problems)) == ("Thông tư này có hiệu lực.", True)


def page(body: str) -> ExtractedText:
    return read_bytes("trang.html", f"<html><body><p>Điều 2. Hiệu lực</p>{body}</body></html>".encode())


@pytest.mark.parametrize(
    "opening",
    [
        '<p style="display:none">', '<p style="color:red; display : none;">', "<p hidden>", "<del>", "<s>", '<span style="text-decoration: line-through">',
        '<div style="visibility:hidden">', '<span style="font-size:0">', '<span style="opacity:0">', '<span style="color:#FFF">', '<font color="white">',
        '<div style="position:absolute;left:-9999px">', '<span style="mso-hide:all">',
    ],
)  # fmt: skip
def test_what_a_page_does_not_show_is_left_out_and_told(opening: str) -> None:
    tag = opening[1:].split()[0].rstrip(">")
    read = page(f"<p>1. Có hiệu lực.</p>{opening}{CLAUSE}</{tag}>")
    assert (read.text, read.unseen) == ("Điều 2. Hiệu lực\n1. Có hiệu lực.", CLAUSE)
    assert ["người xem không thấy" in line for line in read.problems] == [True]


@pytest.mark.parametrize(
    "opening",
    ['<p style="display:block">', '<p style="opacity:0.9">', '<p style="font-size:10pt">', '<p class="dark" style="color:white">',
     '<p style="background:#123;color:#fff">', '<p style="text-indent:-18pt">', "<ins>"],
)  # fmt: skip
def test_what_a_page_shows_stays(opening: str) -> None:
    tag = opening[1:].split()[0].rstrip(">")
    assert page(f"{opening}{CLAUSE}</{tag}>").text.endswith(CLAUSE)


@pytest.mark.parametrize(
    "mark", ["<sup>3</sup>", '<sup><a href="#n3">[3]</a></sup>', '<span style="vertical-align:super">3</span>', "<sup>3 </sup>"]
)
def test_a_raised_mark_of_a_page_is_no_part_of_the_number(mark: str) -> None:
    text = page(f"<p>Bãi bỏ <b>Điều 12</b>{mark} Thông tư số 7/2019{mark}/TT-BNV; 5 m<sup>2</sup>.</p>").text.replace("2019 /", "2019/")
    assert text.split("\n")[1] == "Bãi bỏ Điều 12 Thông tư số 7/2019/TT-BNV; 5 m2."


def shown(*streams: str) -> ExtractedText:
    return read_bytes("van-ban.pdf", document(*(f"BT /F1 10 Tf 40 700 Td {one} ET" for one in streams)))


LONG = "(Dieu 2. Hieu luc thi hanh. Thong tu nay co hieu luc tu ngay 01 thang 8 nam 2026. Co quan, to chuc chiu trach nhiem thi hanh.) Tj"
AWAY = "1 0 0 1 40 660 Tm"


@pytest.mark.parametrize(
    "unseen", [f"{AWAY} 3 Tr (Dieu 9.) Tj", f"{AWAY} 1 1 1 rg (Dieu 9.) Tj", f"{AWAY} 1 g (Dieu 9.) Tj", f"{AWAY} 0 0 0 0 k (Dieu 9.) Tj"]
)
def test_letters_of_a_page_that_nobody_sees_are_left_out_and_told(unseen: str) -> None:
    read = shown(f"{LONG} {unseen}")
    assert ("Dieu 2." in read.text, "Dieu 9." in read.text, read.unseen) == (True, False, "Dieu 9.")
    assert ["người xem không thấy" in line for line in read.problems] == [True]


def test_letters_off_the_page_are_not_read() -> None:
    assert "Dieu 9." not in shown(f"{LONG} 1 0 0 1 900 900 Tm (Dieu 9.) Tj").text


def test_white_letters_on_a_dark_bar_are_seen() -> None:
    bar = "ET q 0.1 0.2 0.5 rg 30 650 300 30 re f Q BT /F1 10 Tf"
    assert "Dieu 9." in shown(f"{LONG} {bar} {AWAY} 1 g (Dieu 9.) Tj").text


def test_a_page_whose_every_letter_is_unseen_above_a_picture_is_a_scan() -> None:
    picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a\nEI Q"
    read = read_bytes("quet.pdf", document(f"{picture} BT /F1 10 Tf 40 700 Td 3 Tr {LONG} ET"))
    assert (read.text_from, read.text, read.pictured) == (TextFrom.NONE, "", (1,))
    assert "cần nhận dạng chữ (OCR)" in read.problems[0]


@pytest.mark.parametrize("mark", ["/F1 6 Tf 4 Ts (3) Tj /F1 10 Tf 0 Ts", "4 Ts (3) Tj 0 Ts"])
def test_a_raised_mark_of_a_pdf_is_no_part_of_the_number(mark: str) -> None:
    read = shown(
        f"{LONG} 1 0 0 1 40 660 Tm (Bai bo Thong tu 5/2020/TT-BTP) Tj {mark} ( ngay 1/7/2020) Tj {mark} (; dien tich 5 m) Tj {mark}"
    )
    assert read.text.split("\n")[-1].replace(" ;", ";") == "Bai bo Thong tu 5/2020/TT-BTP ngay 1/7/2020; dien tich 5 m3"
    assert read.problems == ("2 dấu chú thích viết nâng không đọc cùng số đứng trước / raised note marks left out",)
