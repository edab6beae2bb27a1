"""What a list shows and no row holds: read right where the ruling allows, else said, so that nobody is accused of what was not read."""

from __future__ import annotations

import io
from itertools import combinations

import docx
import pytest

from extractors.postings import FileKind, read_file
from extractors.postings.unplaced import fewer_than_told, jumps, left_over, shown_codes
from tests.extractors.postings.ruled_pdfs import GRID, HEADER, OUTER, document, listed, rows


def codes(data: bytes, name: str = "niem-yet.pdf") -> list[str | None]:
    return [row.code for row in read_file(name, data).rows]


EXPECTED = ["1.930001", "1.930002", "1.930003", "1.930004"]


def test_a_full_grid_is_read_whole_though_its_legal_bases_begin_lines() -> None:
    read = read_file("niem-yet.pdf", listed(rows(4)))
    assert (read.kind, [row.code for row in read.rows], read.unread, read.problems) == (FileKind.POSTED_LIST, EXPECTED, (), ())


@pytest.mark.parametrize("absent", [one for count in (1, 2, 4) for one in combinations(sorted(OUTER), count)])
def test_a_table_without_some_of_its_outer_lines_keeps_all_its_rows(absent: tuple[str, ...]) -> None:
    assert codes(listed(rows(4), GRID - set(absent))) == EXPECTED


@pytest.mark.parametrize(
    "ruled", [{"columns"}, {"columns", "left", "right"}, {"rows", "top", "bottom"}, {"rows"}, {"top", "bottom"}, set(), OUTER]
)
def test_a_list_that_is_half_ruled_has_all_its_rows_or_says_that_it_has_not(ruled: set[str]) -> None:
    read = read_file("niem-yet.pdf", listed(rows(4), ruled))
    assert read.kind is FileKind.POSTED_LIST
    assert [row.code for row in read.rows] == EXPECTED or read.unread
    assert all(f"{code}" in " ".join(read.unread) for code in EXPECTED if code not in [row.code for row in read.rows])


def test_a_code_below_the_table_stands_in_no_row() -> None:
    read = read_file("niem-yet.pdf", listed(rows(2), after="Bo sung: 1.930077 Cap lai giay phep"))
    said = "trang 1: mã 1.930077 có trong chữ của tệp nhưng không thuộc dòng nào đọc được / codes outside the rows that were read"
    assert (read.unread, read.problems) == ((said,), (said,))


def test_rows_run_together_in_one_cell_are_no_row_of_one_procedure() -> None:
    first, second = rows(2)
    together = tuple(f"{a}\n{b}" for a, b in zip(first, second, strict=True))
    read = read_file("niem-yet.pdf", listed([together, *rows(1, 3)]))
    assert [row.code for row in read.rows if row.code] == ["1.930003"]
    assert ["1.930001, 1.930002" in line for line in read.unread][:1] == [True]


def test_a_large_picture_beside_the_table_was_not_read_and_a_seal_says_nothing() -> None:
    (line,) = read_file("niem-yet.pdf", listed(rows(2), picture=300)).unread
    assert line == "Trang 1: có ảnh lớn, chữ trong ảnh chưa đọc / the words in a large picture were not read"
    assert read_file("niem-yet.pdf", listed(rows(2), picture=90)).unread == ()


def test_a_page_of_more_letters_than_a_page_holds_is_named() -> None:
    flood = "BT /F1 1 Tf 10 10 Td " + "(aaaaaaaaaaaaaaaaaaaa) Tj " * 3100 + "ET"
    page = listed(rows(2)).split(b"stream\n", 1)[1].split(b"\nendstream", 1)[0].decode("latin-1")
    assert read_file("niem-yet.pdf", document(page, flood)).unread == (
        "Trang 2: quá nhiều chữ cho một trang, không đọc / too much text for one page, left out",
    )


def test_a_list_that_counts_more_procedures_than_were_read_is_not_whole() -> None:
    read = read_file("niem-yet.pdf", listed(rows(2), after="Tong so: 3 thu tuc"))
    assert read.unread == ("Tệp ghi có 3 thủ tục, đọc được 2 dòng / the file counts more procedures than were read",)
    assert read_file("niem-yet.pdf", listed(rows(2), after="Tong cong: 02 thu tuc")).unread == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hiển thị 1 - 20 trong 351 kết quả", 351),
        ("Hiển thị 1-10 trên tổng số 42 thủ tục", 42),
        ("Tổng số có 7 TTHC", 7),
        ("tổng số 30 ngày", 0),
    ],
)
def test_counts_as_pages_print_them(text: str, told: int) -> None:
    assert [str(told) in line for line in fewer_than_told(text, 5)] == ([True] if told else [])


def test_a_row_whose_number_is_gone_is_missed() -> None:
    read = read_file("niem-yet.pdf", listed([*rows(2), *rows(2, 4)]))
    assert read.unread == ("trang 1: số thứ tự từ 2 sang 4, có thể còn dòng chưa đọc / the numbers of the rows jump",)
    assert read_file("niem-yet.pdf", listed(rows(2, 5))).unread == (
        "trang 1: số thứ tự bắt đầu từ 5, có thể còn dòng chưa đọc / the numbers of the rows jump",
    )


@pytest.mark.parametrize(
    ("numbers", "scanned", "lost"),
    [
        ([1, 2, 3, 1, 2], False, 0), ([1, None, 3, None, None, 6], False, 0), ([None, None], False, 0), ([1, 2, 7], False, 1),
        ([3, 4], True, 0), ([1, 2, 4, 5], True, 1), ([6, 1, 8, 9], True, 0), ([10, 11, 1, 13], True, 0), ([], False, 0),
        ([1, 2, 5, 6, 9], False, 2),
    ],
)  # fmt: skip
def test_numbers_that_follow_one_another(numbers: list[int | None], scanned: bool, lost: int) -> None:
    assert len(list(jumps([(None, number) for number in numbers], scanned))) == lost


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1.930001 và 2.001.045", {"1930001", "2001045"}), ("2.002307.000.00.00.H35", {"2002307"}), ("1.9300\n01", {"1930001"}),
        ("Phí: 1.200.000 đồng; 1.250.500 đ", set()), ("1.200.000", set()), ("11.930001 hay 1.93000 hay 1.9300012", set()),
        ("https://example.vn/1.930001", set()), ("ngày 1.9.2026", set()),
    ],
)  # fmt: skip
def test_what_counts_as_a_code(text: str, shown: set[str]) -> None:
    assert set(shown_codes(text)) == shown


def test_lines_that_begin_with_an_amount_of_money_are_no_list() -> None:
    fines = "1.000.000.000 đồng đến 3.000.000.000 đồng;\n2.500.000 đồng đến 4.000.000 đồng.\n1.250.500 đ đối với cá nhân"
    read = read_file("trich.txt", f"Điều 217. Phạt tiền\n{fines}\n".encode())
    assert (read.kind, read.rows) == (FileKind.OTHER, ())


def test_many_codes_are_named_in_few_words() -> None:
    (line,) = left_over([(3, " ".join(f"1.94{n:04d}" for n in range(40)))], frozenset({"1940000"}))
    assert (line.startswith("trang 3: mã 1.940001, "), "1.940008…" in line, "1.940009" in line) == (True, True, False)


def test_a_code_in_another_column_of_its_row_is_placed() -> None:
    header = ("STT", "Ma TTHC", "Ten thu tuc hanh chinh", "Thoi han giai quyet", "Thay the ma")
    line = ("1", "1.930001", "Cap giay phep loai 1", "3 ngay", "1.920009")
    assert read_file("niem-yet.pdf", listed([line], header=header)).unread == ()


def test_words_of_a_page_that_are_laid_out_otherwise_than_a_table_are_said() -> None:
    data = docx.Document()
    table = data.add_table(2, len(HEADER))
    for row, texts in zip(table.rows, (HEADER, rows(1)[0]), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    data.add_paragraph("Ngoài ra còn thủ tục 1.930050.")
    out = io.BytesIO()
    data.save(out)
    read = read_file("niem-yet.docx", out.getvalue())
    assert ([row.code for row in read.rows], ["mã 1.930050" in line for line in read.unread]) == (["1.930001"], [True])
