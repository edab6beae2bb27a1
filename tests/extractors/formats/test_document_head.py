from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.head import belongs, read_head
from extractors.formats.head_layout import laid_out, without_running_name

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


_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"


@pytest.mark.parametrize(
    ("glued", "number", "type_", "title"),
    [
        (
            f"QUỐC HỘI ------- {_STATE} ------ Luật số: 9/2099/QH40 Hà Nội, ngày 29 tháng 6 năm 2099 LUẬT THỬ NƯỚC",
            "9/2099/QH40",
            "Luật",
            "THỬ NƯỚC",
        ),
        (
            f"QUỐC HỘI\n{_STATE} ***** Bộ luật số:\n9/2099/QH40 Hà Nội, ngày 29 tháng 6 năm 2099 BỘ LUẬT THỬ NƯỚC",
            "9/2099/QH40",
            "Bộ luật",
            "THỬ NƯỚC",
        ),
        (
            f"Luật Thử 2099. QUỐC HỘI ----\n{_STATE} ---- Số: 9/2099/QH40\nHà Nội, ngày 29 tháng 6 năm 2099 QUỐC HỘI NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA"
            " VIỆT NAM Khóa XL, kỳ họp thứ 2 (Từ ngày 1 đến ngày 29 tháng 6 năm 2099) LUẬT THỬ VÀ ĐO",
            "9/2099/QH40",
            "Luật",
            "THỬ VÀ ĐO",
        ),
        (
            f"BỘ THỬ ------- {_STATE} -------\nSố:\n7/2099/TT-BT\nHà Nội, ngày 29 tháng 06 năm 2099 THÔNG TƯ QUY ĐỊNH VIỆC ĐO Căn cứ Luật Thử;",
            "7/2099/TT-BT",
            "Thông tư",
            "QUY ĐỊNH VIỆC ĐO",
        ),
        (
            f"CHÍNH PHỦ ------- {_STATE} -------\nSố: 8/2099/NĐ-CP\nĐà Nẵng, ngày 29 tháng 6 năm 2099 NGHỊ ĐỊNH [Xử phạt trong việc thử được hướng dẫn bởi"
            " Chương II Nghị định 5/2100/NĐ-CP có hiệu lực từ ngày 01/01/2101] VỀ THỬ NƯỚC [Mức phạt tại Nghị định này được thực hiện theo Điều 3 Luật"
            " Thử 2100 có hiệu lực từ ngày 01/01/2101]",
            "8/2099/NĐ-CP",
            "Nghị định",
            "THỬ NƯỚC",
        ),
        (
            f"VĂN PHÒNG THỬ ------- {_STATE} -----\nSố: 3/VBHN-VPQH Hà Nội, ngày 29 tháng 6 năm 2099 LUẬT THỬ NƯỚC Luật Thử nước số 9/2090/QH39 ngày 1"
            " tháng 2 năm 2090 của Quốc hội được sửa đổi, bổ sung bởi:",
            "3/VBHN-VPQH",
            "Văn bản hợp nhất",
            "THỬ NƯỚC",
        ),
    ],
)
def test_a_head_glued_on_one_line(glued: str, number: str, type_: str, title: str) -> None:
    head = read_head(f"{glued}\nCăn cứ Hiến pháp;\nĐiều 1. Một\na\n")
    assert (head.number, head.type, head.issued_on, head.title, head.own) == (number, type_, date(2099, 6, 29), title, True)


def test_a_day_that_the_legal_basis_cites_is_no_date_of_issue() -> None:
    text = "Số: 8/2099/NĐ-CP\nNGHỊ ĐỊNH VỀ THỬ\nCăn cứ Luật Thử số 1/2098/QH40 do Quốc hội thông qua tại Hà Nội, ngày 1 tháng 2 năm 2098 LUẬT THỬ;\nĐiều 1. Một\na"
    assert read_head(text).issued_on is None


def test_a_files_own_name_before_every_part_hides_no_article() -> None:
    text = "Luật Thử 2099. QUỐC HỘI ----\n\nLuật Thử 2099. Chương I CHUNG\nLuật Thử 2099. Điều 1. Một\nTheo Luật Thử 2099. Điều 2 không phải.\n"
    assert without_running_name(text).split("\n")[2:4] == ["Chương I CHUNG", "Điều 1. Một"]
    assert "Theo Luật Thử 2099. Điều 2" in without_running_name(text)


@given(st.text(alphabet="Aa Ố:-\nĐ15[]", max_size=200))
def test_laying_out_loses_no_letter(text: str) -> None:
    kept = [letter for letter in laid_out(text) if letter.isalnum()]
    assert kept == [letter for letter in text if letter.isalnum()]
