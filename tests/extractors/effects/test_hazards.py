"""What looks like an ending and is none, and texts as publishers really print them (sentences of our own)."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.effects import SourceHead, may_act, read_clauses
from rasoat.records import Verb

DECREE = SourceHead("300/2026/NĐ-CP", "Nghị định", date(2026, 6, 10))
ENDINGS = (Verb.REPLACES, Verb.REPEALS)


def ended(text: str, source: SourceHead = DECREE) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(e.target.number, e.provisions) for e in read_clauses(text, source) if e.target and e.verb in ENDINGS]


@pytest.mark.parametrize(
    "text",
    [
        "Giấy phép cấp theo Nghị định số 60/2014/NĐ-CP hết hiệu lực kể từ ngày 01/01/2027.",
        "Chứng chỉ hết hiệu lực trong các trường hợp sau đây:\na) Quá hạn theo Nghị định số 60/2014/NĐ-CP;\nb) Bị thu hồi.",
        "Nhà đầu tư mới thay thế cho nhà đầu tư cũ theo Nghị định số 31/2021/NĐ-CP.",
        "Trường hợp Nghị định số 31/2021/NĐ-CP hết hiệu lực thì thực hiện theo văn bản thay thế.",
        "Thực hiện theo Nghị định số 31/2021/NĐ-CP và các văn bản sửa đổi, bổ sung, thay thế (nếu có).",
        "Nghị định này có hiệu lực từ ngày 01/7/2026 đến khi Nghị quyết số 54/2022/QH15 hết hiệu lực thi hành.",
        "Bộ Nội vụ ban hành thông tư thay thế Quyết định số 03/2008/QĐ-BNV ngày 12 tháng 11 năm 2008.",
        "Khi Nghị định số 31/2021/NĐ-CP được thay thế, Bộ trưởng báo cáo Chính phủ.",
        "Các văn bản hướng dẫn Luật Đầu tư số 61/2020/QH14 tiếp tục có hiệu lực.",
    ],
)
def test_no_document_ends(text: str) -> None:
    assert ended(text) == []


def test_quoted_new_text_belongs_to_the_amended_document() -> None:
    text = (
        "5. Sửa đổi, bổ sung Điều 20 Nghị định số 18/2025/NĐ-CP như sau:\n“Điều 20. Hiệu lực thi hành\n"
        "1. Nghị định này có hiệu lực thi hành từ ngày 01/7/2025.\n2. Nghị định này thay thế Nghị định số 61/2018/NĐ-CP.”.\n"
        "6. Bãi bỏ Nghị định số 07/2021/NĐ-CP."
    )
    assert ended(text) == [("07/2021/NĐ-CP", ())]
    assert [e.verb for e in read_clauses(text, DECREE)] == [Verb.AMENDS, Verb.REPEALS]


def test_unquoted_new_text_under_an_amending_intro() -> None:
    text = "1. Sửa đổi Điều 20 Nghị định số 18/2025/NĐ-CP như sau:\na) Nghị định này thay thế Nghị định số 61/2018/NĐ-CP."
    assert ended(text) == []


def test_an_unclosed_quotation_hides_the_rest_only_after_its_intro() -> None:
    assert ended("Sửa đổi Điều 2 Nghị định số 18/2025/NĐ-CP như sau:\n“2. Nghị định này thay thế Nghị định số 61/2018/NĐ-CP.") == []
    assert ended("1. Tên gọi “sàn giao dịch.\n2. Nghị định này thay thế Nghị định số 61/2018/NĐ-CP.") == [("61/2018/NĐ-CP", ())]


def test_an_odd_straight_mark_hides_only_its_own_line() -> None:
    text = (
        'Các văn bản sau hết hiệu lực kể từ ngày Nghị định này có hiệu lực:\na) Nghị định số 12/2011/NĐ-CP về "thực hành tốt;\n'
        'b) Các quy định về thuốc trong Nghị định số 45/2011/NĐ-CP sửa đổi Nghị định số 70/2000/NĐ-CP về "bảo quản"; Nghị định số 22/2009/NĐ-CP.'
    )
    assert ended(text) == [("12/2011/NĐ-CP", ())]


def test_a_chain_of_amendments_ends_only_its_base() -> None:
    text = "3. Luật Thuế số 13/2008/QH12 đã được sửa đổi, bổ sung một số điều theo Luật số 31/2013/QH13 và Luật số 71/2014/QH13 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành."
    (effect,) = read_clauses(text, SourceHead("48/2024/QH15", "Luật"))
    assert effect.target is not None
    assert effect.target.number == "13/2008/QH12"
    assert [m.number for m in effect.amended_through] == ["31/2013/QH13", "71/2014/QH13"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # B stands inside A's title; C came after A, so it stands beside it
        (
            "Nghị định số 14/2015/NĐ-CP sửa đổi một số điều của Nghị định số 12/2010/NĐ-CP và Nghị định số 27/2018/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
            ["14/2015/NĐ-CP", "27/2018/NĐ-CP"],
        ),
        # either reading is possible: silence
        (
            "Nghị định số 14/2015/NĐ-CP sửa đổi một số điều của Nghị định số 12/2010/NĐ-CP và Nghị định số 11/2009/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
            ["14/2015/NĐ-CP"],
        ),
        # an amendment of a document that has just ended
        (
            "Bãi bỏ Nghị định số 14/2015/NĐ-CP quy định chi tiết Luật Giá và Nghị định số 27/2018/NĐ-CP sửa đổi Nghị định số 14/2015/NĐ-CP.",
            ["14/2015/NĐ-CP", "27/2018/NĐ-CP"],
        ),
    ],
)
def test_beside_or_inside_a_title(text: str, numbers: list[str]) -> None:
    assert [number for number, _ in ended(text)] == numbers


def test_an_item_whose_title_goes_on_after_a_semicolon() -> None:
    text = (
        "2. Bãi bỏ các văn bản sau:\na) Thông tư số 45/2011/TT-BYT sửa đổi, bổ sung một số điều của Quyết định số 70/2000/QĐ-BYT; "
        "Thông tư số 06/2004/TT-BYT; Thông tư số 22/2009/TT-BYT;\nb) Thông tư số 42/2010/TT-BYT."
    )
    assert ended(text, SourceHead("9/2026/TT-BYT", "Thông tư")) == [("45/2011/TT-BYT", ()), ("42/2010/TT-BYT", ())]


def test_a_semicolon_inside_an_amending_title() -> None:
    source = SourceHead("9/2026/TT-BCA", "Thông tư")
    text = (
        "3. Bãi bỏ Điều 3 Thông tư số 15/2022/TT-BCA sửa đổi, bổ sung một số điều của Thông tư số 43/2017/TT-BCA; Thông tư số 45/2017/TT-BCA; "
        "Thông tư số 58/2020/TT-BCA."
    )
    assert ended(text, source) == [("15/2022/TT-BCA", ("dieu-3",))]
    listed = (
        "3. Bãi bỏ Thông tư số 43/2017/TT-BCA; Thông tư số 15/2022/TT-BCA sửa đổi, bổ sung một số điều của Thông tư số 43/2017/TT-BCA; "
        "Thông tư số 11/2010/TT-BCA."
    )
    assert [number for number, _ in ended(listed, source)] == ["43/2017/TT-BCA", "15/2022/TT-BCA", "11/2010/TT-BCA"]


def test_subject_matter_before_a_colon() -> None:
    text = "Bãi bỏ quy định về miễn thuế tại các Quyết định: số 31/2015/QĐ-TTg ngày 04/8/2015, số 52/2015/QĐ-TTg ngày 20/10/2015."
    assert ended(text) == []


def test_until_it_is_repealed() -> None:
    text = (
        "2. Nghị định số 02/1998/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực; Điều 12 Nghị định số 02/1998/NĐ-CP tiếp tục có hiệu lực "
        "thi hành cho đến khi được bãi bỏ, thay thế bằng văn bản khác."
    )
    assert [(e.verb, e.provisions) for e in read_clauses(text, DECREE)] == [(Verb.REPLACES, ()), (Verb.PROLONGS, ("dieu-12",))]


def test_a_circular_cannot_end_a_law() -> None:
    text = "Bãi bỏ Thông tư số 56/2013/TT-BTC hướng dẫn Luật Quản lý thuế; Luật số 21/2012/QH13 và Nghị định số 83/2013/NĐ-CP."
    assert ended(text, SourceHead("9/2026/TT-BTC", "Thông tư")) == [("56/2013/TT-BTC", ())]


def test_survivors_go_on_until_their_day() -> None:
    text = (
        "4. Thông tư này thay thế các thông tư sau đây:\n"
        "a) Thông tư số 50/2017/TT-BTC ngày 15/5/2017 về bảo hiểm, trừ Điều 20 và Chương VI. Điều 20 và Chương VI Thông tư số 50/2017/TT-BTC "
        "có hiệu lực thi hành đến hết ngày 31/12/2027;\n"
        "b) Thông tư số 41/2014/TT-BTC; riêng quy định tại Điều 11, khoản 2 Điều 17 tiếp tục thực hiện đến hết ngày 31 tháng 12 năm 2026."
    )
    found = [
        (e.verb, e.target and e.target.number, e.provisions, e.exceptions, e.until)
        for e in read_clauses(text, SourceHead("67/2025/TT-BTC", "Thông tư"))
    ]
    assert found == [
        (Verb.REPLACES, "50/2017/TT-BTC", (), ("dieu-20", "chuong-VI"), None),
        (Verb.PROLONGS, "50/2017/TT-BTC", ("dieu-20", "chuong-VI"), (), date(2028, 1, 1)),
        (Verb.PROLONGS, "41/2014/TT-BTC", ("dieu-11", "dieu-17/khoan-2"), (), date(2027, 1, 1)),
        (Verb.REPLACES, "41/2014/TT-BTC", (), ("dieu-11", "dieu-17/khoan-2"), None),
    ]


def test_a_part_of_a_title_inside_the_document() -> None:
    text = "Bãi bỏ khoản 2 Điều 135 được quy định tại khoản 68 Điều 1 Thông tư số 39/2018/TT-BTC."
    assert ended(text, SourceHead("6/2026/TT-BTC", "Thông tư")) == []


def test_markdown_broken_lines_and_dash_lists() -> None:
    text = (
        "\n2. Các văn bản hết hiệu lực kể từ ngày Nghị định này có hiệu lực:\n\n   - Quyết định số **73/2011/QĐ-TTg** ngày 28/12/2011;\n"
        "   - Nghị định số\n75/2009/NĐ-CP ngày 11/5/2009.\n\n3. **Bãi bỏ khoản 2 Điều 26 Nghị định số 60/2021/NĐ-CP** ngày 21/6/2021."
    )
    assert ended(text) == [("73/2011/QĐ-TTG", ()), ("75/2009/NĐ-CP", ()), ("60/2021/NĐ-CP", ("dieu-26/khoan-2",))]
    for effect in read_clauses(text, DECREE):
        assert text[effect.start : effect.end] == effect.quote
        assert effect.target is not None
        assert text[effect.target.start : effect.target.end] == effect.target.quote


def test_an_intro_without_colon_and_items_glued_to_their_letters() -> None:
    text = "2. Các văn bản sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực\na)Nghị định số 37/2015/NĐ-CP;\nb)Nghị định số 50/2021/NĐ-CP."
    assert ended(text) == [("37/2015/NĐ-CP", ()), ("50/2021/NĐ-CP", ())]


def test_a_date_of_its_own_before_the_list() -> None:
    effects = read_clauses(
        "3. Từ ngày 01/7/2022, các Thông tư sau đây hết hiệu lực:\na) Thông tư số 39/2014/TT-BTC.", SourceHead("78/2021/TT-BTC", "Thông tư")
    )
    assert [(e.verb, e.on) for e in effects] == [(Verb.REPLACES, date(2022, 7, 1))]


def test_what_says_nothing_costs_one_look() -> None:
    assert not may_act("Người nộp hồ sơ đến trụ sở cơ quan để nhận kết quả.")
    assert may_act(unicodedata.normalize("NFD", "Bãi bỏ Thông tư số 01/2018/TT-VPCP."))


CLAUSES = [
    "Nghị định số 64/2014/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.",
    "Bãi bỏ khoản 2 Điều 5 Nghị định số 12/2019/NĐ-CP.",
    "2. Các nghị định sau hết hiệu lực kể từ ngày 01/01/2027:\na) Nghị định số 61/2018/NĐ-CP;\nb) Điều 3 Nghị định số 42/2022/NĐ-CP.",
]


@given(
    st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=4),
    st.sampled_from(["NFC", "NFD"]),
    st.text(alphabet='ạbcđ \n\u00a0*“”"():;.~>-1a)\u0301\u200b', max_size=60),
    st.booleans(),
)
def test_quotes_are_cut_from_the_raw_text(clauses: list[str], form: str, noise: str, before: bool) -> None:
    body = "\n".join(clauses)
    text = unicodedata.normalize("NFD" if form == "NFD" else "NFC", f"{noise}\n{body}" if before else f"{body}\n{noise}")
    for effect in read_clauses(text, DECREE):
        assert text[effect.start : effect.end] == effect.quote
        assert effect.target is None or text[effect.target.start : effect.target.end] == effect.target.quote


@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    for effect in read_clauses(text + " Bãi bỏ Nghị định số 12/2019/NĐ-CP.", DECREE):
        assert effect.quote


def test_decomposed_letters_give_the_same_effects() -> None:
    text = "\n".join(CLAUSES)
    plain = [(e.verb, e.target and e.target.number, e.provisions, e.on) for e in read_clauses(text, DECREE)]
    marks = [(e.verb, e.target and e.target.number, e.provisions, e.on) for e in read_clauses(unicodedata.normalize("NFD", text), DECREE)]
    assert plain == marks


def test_items_indented_as_a_block_quote_are_items() -> None:
    intro = "2. Các Nghị định sau hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành:\n\n"
    items = "> **a)** Nghị định số 1/2015/NĐ-CP của Chính phủ;\n>\n> **b)** Nghị định số 2/2016/NĐ-CP của Chính phủ.\n"
    note = "> **Ghi chú:** Nghị định số 3/2017/NĐ-CP hết hiệu lực từ ngày 01/01/2026."
    assert ended(intro + items + note) == [("1/2015/NĐ-CP", ()), ("2/2016/NĐ-CP", ())]


def test_a_block_quote_under_an_amendment_is_new_text() -> None:
    text = "1. Sửa đổi Điều 9 Nghị định số 1/2015/NĐ-CP như sau:\n\n> 2. Nghị định số 2/2016/NĐ-CP hết hiệu lực."
    assert ended(text) == []
