import pytest

from extractors.citations import find_mentions
from rasoat.records import Part, Role

TITLE = "Thông tư 01/2018/TT-VPCP ngày 23/11/2018 hướng dẫn thi hành một số quy định của Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ"


def roles(text: str, part: Part | None = None) -> list[Role]:
    return [mention.role for mention in find_mentions(text, part)]


@pytest.mark.parametrize(
    ("part", "role"),
    [
        (Part.LEGAL_BASIS, Role.LEGAL_BASIS),
        (Part.DOSSIER, Role.DOSSIER),
        (Part.FORMS, Role.FORM),
        (Part.FEES, Role.FEE),
        (Part.STEPS, Role.BODY),
        (None, Role.BODY),
    ],
)
def test_base_role_is_the_parts(part: Part | None, role: Role) -> None:
    assert roles("Nghị định số 63/2010/NĐ-CP", part) == [role]


def test_in_a_title() -> None:
    assert roles(TITLE) == [Role.BODY, Role.IN_TITLE]


def test_title_cell_before_its_code() -> None:
    text = "sửa đổi một số điều của Thông tư 19/2021/TT-BTC hướng dẫn giao dịch điện tử46/2024/TT-BTC"
    assert roles(text, Part.LEGAL_BASIS) == [Role.IN_TITLE, Role.LEGAL_BASIS]


def test_a_list_is_no_title() -> None:
    assert roles("Nghị định số 1/2020/NĐ-CP quy định về đất; Nghị định số 2/2020/NĐ-CP") == [Role.BODY, Role.BODY]


CONTEXTS = [
    ("theo Nghị định số 1/2010/NĐ-CP (đã hết hiệu lực)", Role.HISTORICAL),
    ("giấy phép đã được cấp theo Nghị định số 1/2010/NĐ-CP", Role.HISTORICAL),
    ("Giấy chứng nhận được cấp theo quy định của Luật Đất đai năm 2003", Role.HISTORICAL),
    ("hồ sơ đã nộp thì tiếp tục thực hiện theo quy định tại Nghị định số 1/2010/NĐ-CP", Role.TRANSITIONAL),
    ("Hồ sơ đã tiếp nhận trước ngày 01/07/2014 thì theo Nghị định số 1/2010/NĐ-CP", Role.TRANSITIONAL),
    ("đất được giao trước ngày Luật Đất đai có hiệu lực", Role.TRANSITIONAL),
    ("nộp báo cáo trước ngày 20 hằng tháng theo Nghị định số 1/2010/NĐ-CP", Role.BODY),
    ("không được tiếp tục áp dụng ưu đãi theo Nghị định số 1/2010/NĐ-CP", Role.BODY),
    ("hưởng trợ cấp theo Nghị định số 1/2010/NĐ-CP", Role.BODY),
]


@pytest.mark.parametrize(("text", "role"), CONTEXTS)
def test_context(text: str, role: Role) -> None:
    assert roles(text) == [role]


def test_amending_documents_of_a_chain() -> None:
    text = "Nghị định số 1/2020/NĐ-CP được sửa đổi, bổ sung một số điều bởi Nghị định số 2/2021/NĐ-CP và Nghị định số 3/2022/NĐ-CP; Luật Đầu tư"
    assert roles(text) == [Role.BODY, Role.AMENDED_BY, Role.AMENDED_BY, Role.BODY]
    assert roles("Nghị định số 1/2020/NĐ-CP (được sửa đổi tại khoản 2 Điều 1 Nghị định số 2/2021/NĐ-CP)") == [Role.BODY, Role.AMENDED_BY]
    assert roles("Nghị định số 1/2020/NĐ-CP; đơn sửa đổi giấy phép theo mẫu của Nghị định số 2/2021/NĐ-CP") == [Role.BODY, Role.BODY]


def test_self() -> None:
    assert roles("Điều 5 Nghị định này", Part.LEGAL_BASIS) == [Role.SELF]


def test_rows_of_a_legal_basis_table() -> None:
    text = (
        "Thông tư sửa đổi một số điều của Thông tư số 85/2019/TT-BTC hướng dẫn về phí\t28/2026/TT-BTC\n"
        "Nghị định số 123/2015/NĐ-CP quy định chi tiết Luật Hộ tịch\t123/2015/NĐ-CP\n"
        "quy định chi tiết một số điều của Nghị quyết số 254/2025/QH15\t\n"
        "Luật Đất đai\t31/2024/QH15"
    )
    basis, title = Role.LEGAL_BASIS, Role.IN_TITLE
    assert roles(text, Part.LEGAL_BASIS) == [title, basis, basis, title, basis, title, basis, basis]
    law = find_mentions(text, Part.LEGAL_BASIS)[-2]
    assert (law.quote, law.number, law.year) == ("Luật Đất đai", None, 2024)


def test_the_cited_title_ends_with_its_cell() -> None:
    first, _, code, _ = find_mentions("Nghị định số 1/2020/NĐ-CP quy định chi tiết Luật Hộ tịch1/2020/NĐ-CPQuy định về đất đai2/2021/NĐ-CP")
    assert (first.name, code.name) == ("quy định chi tiết Luật Hộ tịch", None)


def test_a_title_goes_on_to_the_decree_that_a_circular_details() -> None:
    circular = "Thông tư số 04/2020/TT-BTP quy định chi tiết một số điều của Luật Hộ tịch và Nghị định số 123/2015/NĐ-CP"
    assert roles(circular) == [Role.BODY, Role.IN_TITLE, Role.IN_TITLE]
    decree = "Nghị định số 123/2015/NĐ-CP quy định chi tiết một số điều của Luật Hộ tịch và Thông tư số 04/2020/TT-BTP"
    assert roles(decree) == [Role.BODY, Role.IN_TITLE, Role.BODY]


def test_a_laws_name_before_a_code_is_nearer_than_a_list() -> None:
    text = "Nghị quyết số 254/2025/QH15 của Quốc hội\t254/2025/QH15\nLuật Đất đai ngày 18/01/2024;\t31/2024/QH15"
    *_, code = find_mentions(text, Part.LEGAL_BASIS)
    assert (code.number, code.type) == ("31/2024/QH15", "Luật")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Luật Quản lý thuế số 78/2006/QH11 được bổ sung tại khoản 13 Điều 1 Luật số 21/2012/QH13, Điều 29 Nghị định số 83/2013/NĐ-CP và Điều 49 Thông tư số 38/2015/TT-BTC",
            [Role.BODY, Role.AMENDED_BY, Role.BODY, Role.BODY],
        ),
        ("Điều 5 Nghị định số 1/2020/NĐ-CP được sửa đổi tại Nghị định số 2/2021/NĐ-CP, khoản 3 Điều 4 Thông tư số 3/2022/TT-BTC", [Role.BODY, Role.AMENDED_BY, Role.BODY]),
        ("Thông tư số 1/2020/TT-BTC được sửa đổi tại Điều 2 Thông tư số 2/2021/TT-BTC, Điều 1 Thông tư số 3/2022/TT-BTC", [Role.BODY, Role.AMENDED_BY, Role.AMENDED_BY]),
        ("Nghị định số 1/2020/NĐ-CP được sửa đổi, bổ sung bởi Luật số 2/2021/QH15", [Role.BODY, Role.AMENDED_BY]),
        ("Thông tư số 1/2020/TT-BCA quy định biện pháp thi hành Luật Cư trú được sửa đổi, bổ sung bởi Thông tư số 2/2023/TT-BCA và Thông tư số 3/2024/TT-BCA", [Role.BODY, Role.IN_TITLE, Role.AMENDED_BY, Role.AMENDED_BY]),
    ],
)  # fmt: skip
def test_a_lower_text_goes_on_no_chain_of_amendments(text: str, expected: list[Role]) -> None:
    assert roles(text) == expected


def test_a_title_cell_that_cites_an_article_of_the_text_it_details() -> None:
    row = "Quy định việc lấy ý kiến theo khoản 2 Điều 9 Nghị định số 35/2026/NĐ-CP ngày 05/02/2026 của Chính phủ\t12/2026/QĐ-UBND\n"
    assert roles(row, Part.LEGAL_BASIS) == [Role.IN_TITLE, Role.LEGAL_BASIS]
    own = "Nghị định số 35/2026/NĐ-CP ngày 05/02/2026 của Chính phủ quy định việc lấy ý kiến\t35/2026/NĐ-CP\n"
    assert Role.IN_TITLE not in roles(own, Part.LEGAL_BASIS)


def test_every_text_that_a_title_cell_names_is_in_the_title() -> None:
    row = "Sửa đổi Nghị định 41/2014/NĐ-CP về vận tải và Nghị định 62/2017/NĐ-CP quy định về ngành nghề\t18/2025/NĐ-CP\n"
    assert roles(row, Part.LEGAL_BASIS) == [Role.IN_TITLE, Role.IN_TITLE, Role.LEGAL_BASIS]
    two = "Nghị định 41/2014/NĐ-CP về vận tải\t41/2014/NĐ-CP\nSửa đổi Nghị định 62/2017/NĐ-CP\t18/2025/NĐ-CP\n"
    first, *_, named, code = roles(two, Part.LEGAL_BASIS)
    assert [first, named, code] == [Role.LEGAL_BASIS, Role.IN_TITLE, Role.LEGAL_BASIS]


def test_a_title_among_glued_cells_cites_nothing() -> None:
    row = "Tên văn bảnMã văn bảnSửa đổi Nghị định 41/2014/NĐ-CP về vận tải và Nghị định 62/2017/NĐ-CP về ngành nghề18/2025/NĐ-CPQuy định về phí19/2016/TT-BTC"
    assert roles(row, Part.LEGAL_BASIS) == [Role.IN_TITLE, Role.IN_TITLE, Role.LEGAL_BASIS, Role.LEGAL_BASIS]
    amending = "Luật Nuôi con nuôi52/2010/QH12sửa đổi, bổ sung một số điều của Nghị định số 41/2014/NĐ-CP về vận tải và Nghị định số 62/2017/NĐ-CP về ngành nghề18/2025/NĐ-CP"
    assert roles(amending, Part.LEGAL_BASIS)[-3:] == [Role.IN_TITLE, Role.IN_TITLE, Role.LEGAL_BASIS]
