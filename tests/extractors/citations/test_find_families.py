"""Each family of numbers and names, in sentences of our own."""

import unicodedata
from datetime import date
from typing import Literal

import pytest

from extractors.citations import find_mentions
from rasoat.records import MentionKind, Part

NUMBERS = [
    ("Theo Nghị định số 63/2010/NĐ-CP thì", "Nghị định số 63/2010/NĐ-CP", "63/2010/NĐ-CP"),
    ("theo Nghị quyết 66.18/2026/NQ-CP;", "Nghị quyết 66.18/2026/NQ-CP", "66.18/2026/NQ-CP"),
    ("Nghị định số 89/CP về hộ tịch", "Nghị định số 89/CP", "89/CP"),
    ("Nghị định 78-CP và", "Nghị định 78-CP", "78-CP"),
    ("Nghị định số 176-HĐBT", "Nghị định số 176-HĐBT", "176-HĐBT"),
    ("Thông tư số 13/TT-LB", "Thông tư số 13/TT-LB", "13/TT-LB"),
    ("Quyết định số 816/QĐ-UBND", "Quyết định số 816/QĐ-UBND", "816/QĐ-UBND"),
    ("Chỉ thị số 27-CT/TW của Ban Bí thư", "Chỉ thị số 27-CT/TW của Ban Bí thư", "27-CT/TW"),
    ("văn bản hợp nhất số 05/VBHN-BTC", "văn bản hợp nhất số 05/VBHN-BTC", "05/VBHN-BTC"),
    ("Thông tư liên tịch số 88/2001/TTLT/BTC-BNG", "Thông tư liên tịch số 88/2001/TTLT/BTC-BNG", "88/2001/TTLT-BTC-BNG"),
    ("Thông tư 54/1998/TTLT/Bộ GD&ĐT-TC", "Thông tư 54/1998/TTLT/Bộ GD&ĐT-TC", "54/1998/TTLT-BỘGD&ĐT-TC"),
    ("Nghị định 104/2022/NĐ- CP", "Nghị định 104/2022/NĐ- CP", "104/2022/NĐ-CP"),
    ("Nghị định 43/2017 NĐ-CP", "Nghị định 43/2017 NĐ-CP", "43/2017/NĐ-CP"),
    ("Thông tư 12/2015/TTBXD", "Thông tư 12/2015/TTBXD", "12/2015/TT-BXD"),
    ("Luật số 32/2018/QH-14", "Luật số 32/2018/QH-14", "32/2018/QH14"),
    ("Thông tư số 10 /2016/TT-BTNMT", "Thông tư số 10 /2016/TT-BTNMT", "10/2016/TT-BTNMT"),
    ("Thông tư 45/2009/TT-BCA(C11) ngày 14/7/2009", "Thông tư 45/2009/TT-BCA(C11) ngày 14/7/2009", "45/2009/TT-BCA"),
    ("Quyết định 6335/QĐ-BCA-V03", "Quyết định 6335/QĐ-BCA-V03", "6335/QĐ-BCA-V03"),
    ("Nghị định số 63/2010/ND-CP", "Nghị định số 63/2010/ND-CP", "63/2010/NĐ-CP"),
    ("Thông tư 03/2011/TT–BTC", "Thông tư 03/2011/TT–BTC", "03/2011/TT-BTC"),
    ("Luật Khiếu nại, tố cáo số 09/1998/QH10", "Luật Khiếu nại, tố cáo số 09/1998/QH10", "09/1998/QH10"),
    ("Nghị quyết của Quốc hội số 68/2022/QH15", "Nghị quyết của Quốc hội số 68/2022/QH15", "68/2022/QH15"),
    ("Nghị định 118/2025 về một cửa", "Nghị định 118/2025", "118/2025"),
    ("Nghị định số 12/20 20/NĐ-CP", "Nghị định số 12/20 20/NĐ-CP", "12/2020/NĐ-CP"),
    ("Nghị định số 158/2005/NĐ.CP.", "Nghị định số 158/2005/NĐ.CP", "158/2005/NĐ-CP"),
    ("Nghị định số 158/2005/NĐ-CP.Thông tư", "Nghị định số 158/2005/NĐ-CP", "158/2005/NĐ-CP"),
    ("Kết luận số 34-KL/TW của Bộ Chính trị", "Kết luận số 34-KL/TW của Bộ Chính trị", "34-KL/TW"),
    ("Quy định số 262-QĐ/TW", "Quy định số 262-QĐ/TW", "262-QĐ/TW"),
    ("Nghị định 102/204/NĐ-CP về đất", "Nghị định 102/204/NĐ-CP", "102/204/NĐ-CP"),
    ("Nghị định số l2/2020/NĐ-CP", "Nghị định số l2/2020/NĐ-CP", "12/2020/NĐ-CP"),
    ("Nghị định số 12/2O20/NĐ-CP", "Nghị định số 12/2O20/NĐ-CP", "12/2020/NĐ-CP"),
    (
        "Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN ngày 15/6/2017",
        "Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN ngày 15/6/2017",
        "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN",
    ),
    ("Bộ luật Dân sự số 91/2015/QH2013;", "Bộ luật Dân sự số 91/2015/QH2013", "91/2015/QH2013"),
    ("theo Nghị định số 43/2026/NĐ-CPBC tom tat.docx", "Nghị định số 43/2026/NĐ-CP", "43/2026/NĐ-CP"),
    ("THÔNG TƯ SỐ 01/2020/TT-BYT", "THÔNG TƯ SỐ 01/2020/TT-BYT", "01/2020/TT-BYT"),
]


@pytest.mark.parametrize(("text", "quote", "number"), NUMBERS)
def test_number(text: str, quote: str, number: str) -> None:
    (mention,) = find_mentions(text)
    assert (mention.quote, mention.number, mention.kind) == (quote, number, MentionKind.NUMBERED)


# Every type and symbol of a legal document, as it is printed; what is no legal document stands in NOTHING.
EVERY_SYMBOL = [
    "Luật số 45/2019/QH14", "Nghị quyết số 202/2025/QH15", "Pháp lệnh số 01/2012/UBTVQH13", "Pháp lệnh số 24/1999/PL-UBTVQH10",
    "Lệnh số 05/2025/L-CTN", "Quyết định số 158/2024/QĐ-CTN", "Quyết định số 32/2016/QĐ-TTg", "Nghị quyết số 03/2025/NQ-HĐTP",
    "Thông tư liên tịch số 04/2021/TTLT-TANDTC-VKSNDTC-BCA-BQP", "Nghị quyết số 21/2024/NQ-HĐND", "Quyết định số 12/2019/QĐ-UBND",
    "Nghị quyết số 60-NQ/TW", "Kết luận số 178-KL/TW", "Văn bản hợp nhất số 03/VBHN-VPQH", "Văn bản hợp nhất số 15/2026/VBHN-BYT",
    "Quyết định số 91-TTg", "Quyết định số 327/CT", "Quyết định số 1096/QĐ", "Quyết định số 231/2001/QĐ-TCĐC", "Quyết định số 45/2003/QĐ-UB",
    "Quyết định số 31/2000/QĐ-BGD&ĐT", "Quyết định số 2054/QĐ-CT-HS", "Thông tư số 05A/2019/TT-BTC", "Chỉ thị số 26/CT-TTg",
    "Thông tư liên tịch số 29/2014/TTLT-BLĐTBXH-BTC",
]  # fmt: skip


@pytest.mark.parametrize("text", EVERY_SYMBOL)
def test_every_symbol(text: str) -> None:
    (mention,) = find_mentions(f"theo {text} và")
    assert (mention.quote, mention.number) == (text, text.rpartition(" số ")[2].upper())


DIRTY = [
    "63\u00a0/\u00a02010/NĐ–CP", "63/2010/NĐ\u2010CP", "63/2010/ΝÐ-СР", "63/2010/NĐ/CP", "63 /2010/ NĐ - CP", "63/2010/NĐCP", "63/2010/nđ-cp", "63/2010/ND-CP",
    "63/2010/N\u200bĐ\u00ad-CP", "63/2010/NĐ-\nCP", "63/2010 NĐ-CP", "63/2010/NĐ.CP", "63/20 10/NĐ-CP", "6 3/2010/NĐ-CP",
]  # fmt: skip


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("number", DIRTY)
def test_a_dirty_number_is_the_same_number(number: str, form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, f"theo Nghị định số {number} và")
    (mention,) = find_mentions(text)
    assert mention.number == "63/2010/NĐ-CP"
    assert text[mention.start : mention.end] == mention.quote


GLUED = [
    ("Luật 54/2014/QH1354/2014/QH13", ["54/2014/QH13", "54/2014/QH13"]),
    ("Luật 54/2014/QH1327/NĐ-CP", ["54/2014/QH13", "27/NĐ-CP"]),
    ("ngày 01/01/2017120/2016/NĐ-CP", ["120/2016/NĐ-CP"]),
    ("thẻ căn cước18/2024/TT-BCANghị định về căn cước70/2024/NĐ-CP", ["18/2024/TT-BCA", "70/2024/NĐ-CP"]),
    ("01/2016/TT-BLĐTBXHBAN HÀNH QUY TRÌNH2222/QĐ-BHXHNghị định 134/2015/NĐ-CP", ["01/2016/TT-BLĐTBXH", "2222/QĐ-BHXH", "134/2015/NĐ-CP"]),
    ("06/2021/NĐ-CPquy định về phân cấp23/2004/QH11sửa đổi", ["06/2021/NĐ-CP", "23/2004/QH11"]),
    ("19/2014/TT-BTCQuyết định 10/2018/QĐ-TTgThông tư", ["19/2014/TT-BTC", "10/2018/QĐ-TTG"]),
]


@pytest.mark.parametrize(("text", "numbers"), GLUED)
def test_glued_cells(text: str, numbers: list[str]) -> None:
    assert [mention.number for mention in find_mentions(text)] == numbers


NOTHING = [
    "Công văn số 3644/TC-ĐH ngày 17/12/1985",
    "Mẫu số 01/PL-BT, 04/TB-HT và NA12",
    "Biểu số 04/KBQT; mẫu 03/MGTH; Mẫu số 04-DS Quyết định áp dụng biện pháp",
    "QCVN 41:2019/BGTVT, TCVN 5687:2010, ISO/IEC 17025",
    "tỷ lệ 1/100 - 1/200, điện thoại 02133.796.888, 200.000 đồng/hồ sơ",
    "Mã thủ tục2.002633Số quyết định1708/QĐ-BTCCấp thực hiệnCấp bộ",
    "pháp luật về đất đai, luật đất đai, PHÁP LUẬT ÁP DỤNG",
    "Điều 33.9.TT.1.3 và Điều 8.2.LQ.29; khoản 2 Điều này",
    "Luật sư và Luật gia; Công ty Luật Hoa Sen; Khoa Luật; Bộ luật ISPS",
    "các Nghị định trong lĩnh vực thú y, 15 Luật, Nghị quyết của chủ sở hữu",
    "Hiệp định và Công ước quốc tế",
    "Mã: KQ.G12.000260 mẫu TP/CN-2011/CN.06",
    "không đồng ý với quyết định này",
    "https://example.vn/nghi-dinh-50-2026-nd-cp-huong-dan",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_mention(text: str) -> None:
    assert find_mentions(text) == []


NAMES = [
    ("trường hợp của Luật Đất đai mà phải thu hồi", ["Luật Đất đai"]),
    ("theo Luật Thi đua, khen thưởng;", ["Luật Thi đua, khen thưởng"]),
    ("Luật Hợp tác xã 2023 và Luật Trợ giúp pháp lý năm 2017", ["Luật Hợp tác xã 2023", "Luật Trợ giúp pháp lý năm 2017"]),
    ("LUẬT  HÀNG KHÔNG DÂN DỤNG VIỆT NAM", ["LUẬT  HÀNG KHÔNG DÂN DỤNG VIỆT NAM"]),
    ("Luật thuế sửdụng đất nông nghiệp.", ["Luật thuế sửdụng đất nông nghiệp"]),
    ("Luật Đầu tư, Luật Nhà ở và Bộ luật Dân sự", ["Luật Đầu tư", "Luật Nhà ở", "Bộ luật Dân sự"]),
    ("Luật Luật sư; Hiến pháp năm 2013", ["Luật Luật sư", "Hiến pháp năm 2013"]),
    (
        "theo Luật sửa đổi, bổ sung một số điều của Luật Giám định tư pháp năm 2022 hoặc đơn",
        ["Luật sửa đổi, bổ sung một số điều của Luật Giám định tư pháp năm 2022"],
    ),
    ("Luật Vũ trụ và Hàng hải ngoài hành tinh", ["Luật Vũ trụ"]),
]


@pytest.mark.parametrize(("text", "quotes"), NAMES)
def test_named_laws(text: str, quotes: list[str]) -> None:
    mentions = find_mentions(text)
    assert [mention.quote for mention in mentions] == quotes
    assert all(mention.kind is MentionKind.NAMED and mention.number is None for mention in mentions)


def test_year_and_name_of_a_named_law() -> None:
    (mention,) = find_mentions("Luật Đất đai năm 2013")
    assert (mention.type, mention.name, mention.year) == ("Luật", "Đất đai", 2013)


def test_self_references() -> None:
    text = "Nghị định này thay thế; Thông\u00a0tư\u00a0này; thông tư liên tịch này; Luật này; Quy chế này; luật này"
    assert [mention.type for mention in find_mentions(text)] == ["Nghị định", "Thông tư", "Thông tư liên tịch", "Luật"]


def test_list_inherits_its_type() -> None:
    text = "các Quyết định số 43/2001/QĐ-BGDĐT ngày 09/11/2001, số 03/2002/QĐ-BGDĐT ngày 24/01/2002"
    first, second = find_mentions(text)
    assert (first.type, second.type, second.quote) == ("Quyết định", "Quyết định", "03/2002/QĐ-BGDĐT ngày 24/01/2002")
    assert second.issued_on == date(2002, 1, 24)


DATES = [
    ("Nghị định số 74/CP ngày 25/10/1993 của Chính phủ quy định", date(1993, 10, 25), "Chính phủ"),
    ("Luật số 57/2024/QH15 ngày 29/11/202457/2024/QH15", date(2024, 11, 29), None),
    ("Nghị định số 63/2010/NĐ-CP của Chính phủ ngày 08 tháng 6 năm 2010 về", date(2010, 6, 8), "Chính phủ"),
    ("Thông tư 01/2020/TT-BYT ngày 8-6-2020 của Bộ trưởng Bộ Y tế hướng dẫn", date(2020, 6, 8), "Bộ trưởng Bộ Y tế"),
    (
        "(Điều 1 Thông tư số 10/2016/TT-BYT Quy định về thuốc ngày 16/05/2016 của Bộ Y tế, có hiệu lực từ ngày 01/07/2016)",
        date(2016, 5, 16),
        "Bộ Y tế",
    ),
    ("Thông tư số 10/2016/TT-BYT quy định về thuốc có hiệu lực từ ngày 01/07/2016", None, None),
    ("Quyết định 24/2024/QĐ-UBND ngày 01/8/2024 của UBND tỉnh Sơn La quy định", date(2024, 8, 1), "UBND tỉnh Sơn La"),
    ("Nghị quyết 1/2020/NQ-CP ngày 31/02/2020", None, None),
]


@pytest.mark.parametrize(("text", "issued_on", "issuer"), DATES)
def test_date_and_issuer(text: str, issued_on: date | None, issuer: str | None) -> None:
    mention = find_mentions(text)[0]
    assert (mention.issued_on, mention.issuer) == (issued_on, issuer)


def test_a_laws_name_in_a_title_leaves_the_date_to_the_document() -> None:
    text = "(Điều 9. Phạm vi của Nghị định 70/2008/NĐ-CP Quy định chi tiết một số điều của Luật Bình đẳng giới ban hành ngày 04/06/2008)"
    decree, law = find_mentions(text)
    assert (decree.issued_on, law.issued_on) == (date(2008, 6, 4), None)


def test_a_cell_cut_inside_its_agency_leaves_the_next_cells_word_alone() -> None:
    glued = find_mentions("một cửa quốc gia118/2025/NĐ-CNghị định số 101/2024/NĐ-CP về đất đai; trước đó 31/2020/NĐ-CQuy định chung")
    assert [mention.number for mention in glued] == ["118/2025/NĐ-C", "101/2024/NĐ-CP", "31/2020/NĐ-C"]


def test_an_agency_in_small_letters_after_its_hyphen() -> None:
    assert [m.number for m in find_mentions("Thông tư số 12/2019/TT -ubdt quy định báo cáo; Thông tư 13/2019/TT-btc")] == [
        "12/2019/TT-UBDT",
        "13/2019/TT-BTC",
    ]
    assert [m.number for m in find_mentions("Thông tư số 14/2019/TT - bộ trưởng ký")] == ["14/2019/TT"]


def test_words_that_end_a_laws_name_stand_before_its_number() -> None:
    (decree,) = find_mentions("Pháp lệnh Thủ đô Hà Nội số 29/2000/PL-UBTVQH10 hết hiệu lực")
    assert (decree.type, decree.number) == ("Pháp lệnh", "29/2000/PL-UBTVQH10")
    apart = find_mentions("theo Luật Đất đai và quy định số 31/2024/QH15")
    assert [mention.name for mention in apart] == ["Đất đai", None]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Pháp lệnh Đê điều được Hội đồng Nhà nước ban hành ngày 09 tháng 11 năm 1989 hết hiệu lực", "1989-11-09"),
        ("Luật Xuất bản đã được Quốc hội khóa IX, kỳ họp thứ 3 thông qua ngày 07/7/1993 và", "1993-07-07"),
    ],
)
def test_the_day_on_which_a_law_without_a_number_was_adopted(text: str, day: str) -> None:
    (law,) = find_mentions(text)
    assert str(law.issued_on) == day
    assert law.quote.endswith(text[law.end - 4 : law.end])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Luật Các tổ chức tín dụngLuật số 32/2024/QH15", 2024),
        ("Luật Các tổ chức tín dụng\tLuật số 32/2024/QH15", 2024),
        ("Luật Các tổ chức tín dụng; Luật số 32/2024/QH15", None),
        ("Luật Các tổ chức tín dụng\nLuật số 32/2024/QH15", None),
        ("hướng dẫn Luật Các tổ chức tín dụngLuật số 32/2024/QH15", None),
    ],
)
def test_a_code_with_its_type_in_the_next_cell_tells_which_law_of_a_name(text: str, year: int | None) -> None:
    assert find_mentions(text, Part.LEGAL_BASIS)[0].year == year
