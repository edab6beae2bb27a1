"""Posted lists read from pictures: what is printed comes out, nothing is repaired, and the name decides among readings."""

import pytest

from extractors.postings import Catalogue, FileKind, read_file
from extractors.postings.code_catalogue import SAME, agreement
from extractors.postings.scans.grid import ruled_tables
from extractors.postings.scans.page_images import darkest
from tests.extractors.formats.sample_files import need, pdf
from tests.extractors.postings.drawn_lists import page, scan

pytestmark = pytest.mark.slow

CATALOGUE = Catalogue(
    {
        "1.920001": "Cấp giấy xác nhận việc làm tại nhà",
        "1.920010": "Hỗ trợ đào tạo nghề cho người khuyết tật",
        "2.920003": "Thủ tục đăng ký hợp đồng học nghề",
        "2.920004": "Gia hạn hợp đồng học nghề",
        "1.920444": "Chấm dứt hợp đồng học nghề trước thời hạn",
    }
)
ROWS = (
    ("1", "1.920001", "Cấp giấy xác nhận việc làm tại nhà"),
    ("2", "1.92001", "Hỗ trợ đào tạo nghề cho người khuyết tật"),
    ("3", "2.920.003", "Đăng ký hợp đồng học nghề (cấp xã)"),
    ("4", "1.955555", "Một thủ tục không còn trong danh mục"),
    ("5", "1.920444", "Chấm dứt hợp đồng học nghề trước thời hạn"),
)


def rows_of(data: bytes) -> list[tuple[str | None, str, str | None]]:
    return [(row.code, row.code_printed, row.code_meant) for row in read_file("list.pdf", data, CATALOGUE).rows]


EXPECTED = [
    ("1.920001", "1.920001", None),
    (None, "1.92001", "1.920010"),  # a zero lost at the end: proposed, never supplied
    ("2.920003", "2.920.003", None),
    ("1.955555", "1.955555", None),
    ("1.920444", "1.920444", None),  # the bars of three fours in a row are no underline
]


@pytest.mark.parametrize(("underlined", "skew"), [(True, 0), (False, 1.2)])
def test_a_drawn_list_is_read_row_by_row(underlined: bool, skew: float) -> None:
    need("tesseract")
    data = scan(page(ROWS, underlined=underlined, skew=skew))
    reading = read_file("uploads/list.pdf", data, CATALOGUE)
    assert (reading.kind, reading.text_from, reading.file) == (FileKind.POSTED_LIST, "ocr", "uploads/list.pdf")
    assert rows_of(data) == EXPECTED
    assert [row.in_catalogue for row in reading.rows] == [True, False, True, False, True]
    assert reading.rows[0].name == "Cấp giấy xác nhận việc làm tại nhà"
    assert all(row.page == 1 and 0 < row.confidence <= 1 for row in reading.rows)


@pytest.mark.parametrize(("lines", "skew"), [("faint", 0), ("dashed", 0), ("dashed", -1.1), ("level", 0), ("none", 0)])
def test_lines_may_be_faint_dashed_level_only_or_none(lines: str, skew: float) -> None:
    need("tesseract")
    data = scan(page(ROWS, lines=lines, skew=skew, underlined=False))
    reading = read_file("list.pdf", data, CATALOGUE)
    assert reading.kind is FileKind.POSTED_LIST
    assert rows_of(data) == EXPECTED
    assert [agreement(row.name, printed) >= SAME for row, (_, _, printed) in zip(reading.rows, ROWS, strict=True)] == [True] * len(ROWS)


def test_codes_below_one_another_without_lines_leave_the_text_around_them_alone() -> None:
    need("tesseract")
    reading = read_file("list.pdf", scan(page(ROWS, lines="none", header=None, underlined=False)), CATALOGUE)
    assert [row.code_printed for row in reading.rows] == [code for _, code, _ in ROWS]
    assert not any("DANH MỤC" in row.name for row in reading.rows)


def test_capital_letters_of_a_title_are_no_table() -> None:
    grey = darkest(page((), header=None, title=("ỦY BAN NHÂN DÂN PHƯỜNG SƠN HÀ",) * 4))
    assert ruled_tables(grey) == []


def test_a_code_of_another_procedure_is_not_taken_from_a_scan() -> None:
    need("tesseract")
    reading = read_file("list.pdf", scan(page([("1", "1.920001", "Chấm dứt hợp đồng học nghề trước thời hạn")])), CATALOGUE)
    row = reading.rows[0]
    assert (row.code, row.code_printed, row.code_meant) == (None, "1.920001", None)
    assert "khác tên" in reading.problems[0]


def test_a_clearly_printed_code_beside_its_neighbours_name_stays_and_the_neighbour_is_proposed() -> None:
    need("tesseract")
    row = read_file("list.pdf", scan(page([("1", "2.920003", "Gia hạn hợp đồng học nghề")])), CATALOGUE).rows[0]
    assert (row.code, row.code_meant) == ("2.920003", "2.920004")


def test_pages_without_a_header_go_on_with_the_columns_before() -> None:
    need("tesseract")
    reading = read_file("list.pdf", scan(page(ROWS[:2]), page(ROWS[2:], title=(), header=None)), CATALOGUE)
    assert [(row.page, row.code_printed) for row in reading.rows] == [
        (1, "1.920001"), (1, "1.92001"), (2, "2.920.003"), (2, "1.955555"), (2, "1.920444"),
    ]  # fmt: skip


def test_a_picture_file_is_read_like_a_scan() -> None:
    need("tesseract")
    import io

    out = io.BytesIO()
    page(ROWS[:1]).save(out, "PNG")
    reading = read_file("list.png", out.getvalue(), CATALOGUE)
    assert (reading.kind, reading.text_from) == (FileKind.POSTED_LIST, "ocr")
    assert [row.code for row in reading.rows] == ["1.920001"]
    assert reading.problems == ()


def test_pages_without_anything_give_no_rows() -> None:
    need("tesseract")
    reading = read_file("blank.pdf", pdf("", ""), CATALOGUE)
    assert (reading.kind, reading.text_from, reading.rows) == (FileKind.OTHER, "none", ())


def test_without_tesseract_the_reading_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = scan(page(ROWS[:1]))
    monkeypatch.setenv("PATH", "/nonexistent")
    reading = read_file("list.pdf", data, CATALOGUE)
    assert (reading.kind, reading.text_from) == (FileKind.OTHER, "none")
    assert any("tesseract-ocr-vie" in problem for problem in reading.problems)


def test_lines_without_a_table_are_read_where_the_names_agree() -> None:
    text = "\n".join(["DANH MỤC THỦ TỤC HÀNH CHÍNH", "1. 1.920001 - Cấp giấy xác nhận", "việc làm tại nhà", "2. 1.955555 - Thủ tục đã bỏ"])
    rows = read_file("list.txt", text.encode(), CATALOGUE).rows
    assert [(row.code, row.name) for row in rows] == [("1.920001", "Cấp giấy xác nhận việc làm tại nhà"), ("1.955555", "Thủ tục đã bỏ")]
