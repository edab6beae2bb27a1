from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.head import belongs, read_head

LAW = """QUỐC HỘI   --------
CỘNG HÒA XÃ   HỘI CHỦ NGHĨA VIỆT NAM   Độc lập - Tự do - Hạnh phúc
Luật số:   73/2099/QH 40
Hà Nội, ngày 29   tháng 6 năm 2099
LUẬT
THỬ NGHIỆM
VÀ KIỂM TRA
Căn cứ Hiến pháp; Luật số 1/2098/QH40 ngày 1 tháng 1 năm 2098.
Điều 1. Phạm vi
a
"""


def test_head_of_a_law() -> None:
    head = read_head(LAW)
    assert (head.number, head.type, head.issued_on, head.issuer) == ("73/2099/QH40", "Luật", date(2099, 6, 29), "Quốc hội")
    assert head.title == "THỬ NGHIỆM VÀ KIỂM TRA"
    assert head.own
    assert head.readable


def test_date_of_a_law_from_its_closing_formula() -> None:
    text = "QUỐC HỘI\nLuật số: 1/2099/QH40\nBỘ LUẬT\nTHỬ\nĐiều 1. Một\na\nBộ luật này đã được Quốc hội khóa XX thông qua ngày 17 tháng 6 năm 2099.\n"
    head = read_head(text)
    assert (head.type, head.issued_on) == ("Bộ luật", date(2099, 6, 17))


def test_columns_that_old_word_draws_as_a_table() -> None:
    text = "|CHÍNH PHỦ   |CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|Số: 82/2099/NĐ-CP |Hà Nội, ngày 22 tháng 5 năm 2099 |\n\nNGHỊ ĐỊNH\nVỀ VIỆC THỬ\nĐiều 1. Một\na"
    head = read_head(text)
    assert (head.number, head.type, head.issued_on) == ("82/2099/NĐ-CP", "Nghị định", date(2099, 5, 22))


def test_columns_run_together_in_one_line() -> None:
    head = read_head(
        "CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/2099/NĐ-CP Hà Nội, ngày 01 tháng 6 năm 2099\nNGHỊ ĐỊNH\nVề thử\nĐiều 1. Một\na"
    )
    assert (head.number, head.issued_on, head.own) == ("5/2099/NĐ-CP", date(2099, 6, 1), True)


def test_a_transcribers_table_speaks_where_the_head_is_gone() -> None:
    text = "# Thông tư 7/2099/TT-BTC\n## THÔNG TIN\n| Trường | Giá trị |\n|---|---|\n| **Số hiệu** | 7/2099/TT-BTC |\n| Ngày ban hành | 29 tháng 5 năm 2099 |\n| Ngày hiệu lực | từ 01/07/2099 |\n## VĂN BẢN\nĐiều 1. Một\na"
    head = read_head(text)
    assert (head.number, head.type, head.issued_on, head.own) == ("7/2099/TT-BTC", "Thông tư", date(2099, 5, 29), False)
    assert head.effective_on == date(2099, 7, 1)


def test_own_date_wins_over_a_claim() -> None:
    text = "| Số hiệu | 8/2099/NĐ-CP |\n| Ngày ban hành | 22/7/2099 |\n\nSố: 8/2099/NĐ-CP\nHà Nội, ngày 21 tháng 7 năm 2099\nNGHỊ ĐỊNH\nVề thử\nĐiều 1. Một\na"
    assert read_head(text).issued_on == date(2099, 7, 21)


def test_numbers_and_dates_of_the_legal_basis_are_not_its_own() -> None:
    text = "Quy định về thử nghiệm\nCăn cứ Luật Thử;\nLuật số 70/2098/QH40\n70/2098/QH40, ngày 1 tháng 2 năm 2098;\nĐiều 1. Một\na"
    head = read_head(text)
    assert (head.number, head.issued_on) == (None, None)
    assert "không đọc được" in head.problems[0]


def test_year_of_number_against_year_of_issue() -> None:
    assert any("khác năm ban hành" in problem for problem in read_head(LAW.replace("tháng 6 năm 2099", "tháng 6 năm 2098")).problems)


def test_ministry_from_the_enacting_words_and_a_local_issuer_from_two_lines() -> None:
    circular = (
        "Số: 3/2099/TT-BYT\nHà Nội, ngày 1 tháng 2 năm 2099\nTHÔNG TƯ\nVề thử\nBộ trưởng Bộ Y tế ban hành Thông tư về thử.\nĐiều 1. Một\na"
    )
    assert read_head(circular).issuer == "Bộ Y tế"
    local = "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\nSố: 44/2099/QĐ-UBND\nLai Châu, ngày 20 tháng 6 năm 2099\nQUYẾT ĐỊNH\nVề thử\nĐiều 1. Một\na"
    assert read_head(local).issuer == "Ủy ban nhân dân tỉnh Lai Châu"


@pytest.mark.parametrize(
    ("number", "type_", "issued_on", "refused"),
    [
        ("73/2099/QH40", "Luật", date(2099, 6, 29), False),
        ("Luật số 73/2099/QH40".removeprefix("Luật số "), None, None, False),
        ("74/2099/QH40", None, None, True),
        ("73/2099/QH40", "Bộ luật", None, True),
        ("73/2099/QH40", "Luật", date(2099, 6, 28), True),
    ],
)
def test_belongs(number: str, type_: str | None, issued_on: date | None, refused: bool) -> None:
    assert (belongs(read_head(LAW), number, type_, issued_on) is not None) is refused


@given(st.text(max_size=400))
def test_read_head_never_raises(text: str) -> None:
    read_head(text)
    read_head(LAW[: len(text)] + text)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("CỦA QUỐC HỘI NƯỚC CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM SỐ 9/2099/QH40 NGÀY 29 THÁNG 6 NĂM 2099 VỀ VIỄN THỬ", "VIỄN THỬ"),
        ("THỬ NGHIỆM\nCỦA QUỐC HỘI KHÓA XL, KỲ HỌP THỨ 2", "THỬ NGHIỆM"),
        ("ĐIỀU ƯỚC THỬ\nĐể bảo vệ việc thử;", "ĐIỀU ƯỚC THỬ"),
        ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM"),
    ],
)
def test_titles_as_laws_printed_them(lines: str, title: str) -> None:
    text = f"QUỐC HỘI\nLuật số: 9/2099/QH40\nHà Nội, ngày 29 tháng 6 năm 2099\nLUẬT\n{lines}\nCăn cứ Hiến pháp;\nĐiều 1. Một\nA\n"
    assert read_head(text).title == title
