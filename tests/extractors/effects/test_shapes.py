"""Endings worded in ways that are easily overlooked: each sentence here once gave nothing, or too much (sentences of our own)."""

from datetime import date

import pytest

from extractors.effects import SourceHead, read_article, read_clauses
from rasoat.records import DateBasis, Verb

LAW = SourceHead("1/2026/QH16", "Luật", date(2026, 5, 1))
DECREE = SourceHead("800/2026/NĐ-CP", "Nghị định", date(2026, 5, 1))
CIRCULAR = SourceHead("80/2026/TT-BYT", "Thông tư", date(2026, 5, 1))
ENDINGS = (Verb.REPLACES, Verb.REPEALS)


def ended(text: str, source: SourceHead = DECREE) -> list[tuple[str | None, tuple[str, ...]]]:
    effects = read_clauses(text, source)
    for effect in effects:
        assert text[effect.start : effect.end] == effect.quote
    return [(e.target.number, e.provisions) for e in effects if e.target and e.verb in ENDINGS]


def test_replacing_and_ending_the_force_of_a_list() -> None:
    text = "2. Thông tư này thay thế và chấm dứt hiệu lực của các văn bản: Quyết định số 39/2008/QĐ-BYT ngày 15/12/2008 về bào chế; Quyết định số 63/2010/QĐ-BYT."
    assert ended(text, CIRCULAR) == [("39/2008/QĐ-BYT", ()), ("63/2010/QĐ-BYT", ())]


def test_a_law_whose_name_speaks_of_laws() -> None:
    text = "2. Luật ban hành văn bản quy phạm pháp luật số 17/2008/QH12 và Luật ban hành văn bản của Ủy ban nhân dân số 31/2004/QH11 hết hiệu lực kể từ ngày Luật này có hiệu lực."
    assert ended(text, LAW) == [("17/2008/QH12", ()), ("31/2004/QH11", ())]


def test_a_type_glued_to_its_name() -> None:
    text = "2. Các pháp lệnh sau hết hiệu lực kể từ ngày Luật này có hiệu lực:\na) Pháp lệnh Giống cây số 15/2004/PL-UBTVQH11;\nb) Pháp lệnhBảo vệ giống số 22/2004/PL-UBTVQH11."
    assert ended(text, LAW) == [("15/2004/PL-UBTVQH11", ()), ("22/2004/PL-UBTVQH11", ())]


def test_a_list_of_a_law_that_is_partly_ended_and_partly_amended() -> None:
    text = "1. Bãi bỏ, sửa đổi, bổ sung một số điều của Luật Thủy lợi số 18/2017/QH14 như sau:\na) Bãi bỏ các điều 5 và 6;\nb) Sửa đổi khoản 2 Điều 9 như sau:\n“2. Mới.”;\nc) Bãi bỏ khoản 3 Điều 10."
    assert ended(text, LAW) == [("18/2017/QH14", ("dieu-5", "dieu-6")), ("18/2017/QH14", ("dieu-10/khoan-3",))]
    assert [e.provisions for e in read_clauses(text, LAW) if e.verb is Verb.AMENDS] == [()]


def test_lists_under_several_verbs() -> None:
    text = "1. Nghị định này bãi bỏ, bổ sung, thay thế:\na) Bãi bỏ các Nghị định:\n- Nghị định số 11/2011/NĐ-CP;\n- Nghị định số 12/2012/NĐ-CP.\nb) Bổ sung Phụ lục V."
    assert ended(text) == [("11/2011/NĐ-CP", ()), ("12/2012/NĐ-CP", ())]


@pytest.mark.parametrize(
    ("text", "number", "provisions"),
    [
        (
            "3. Bãi bỏ Điều 10, Điều 11; khoản 7 Điều 16 quy định về phụ cấp đối với chỉ huy; khoản 2 Điều 24 quy định về chế độ báo tại Nghị định số 3/2016/NĐ-CP.",
            "3/2016/NĐ-CP",
            ("dieu-10", "dieu-11", "dieu-16/khoan-7", "dieu-24/khoan-2"),
        ),
        ("3. Bãi bỏ Điều 5, Điều 6 và các nội dung về định giá tại Nghị định số 17/2015/NĐ-CP.", "17/2015/NĐ-CP", ("dieu-5", "dieu-6")),
        (
            "3. Bãi bỏ các Điều 7, 8 và các quy định về thu nhập tại các Điều 12, 13 tại Nghị định số 65/2013/NĐ-CP.",
            "65/2013/NĐ-CP",
            ("dieu-7", "dieu-8"),
        ),
        (
            "3. Bãi bỏ khoản 5 Điều 1 và cụm từ “cấp huyện” tại khoản 2 Điều 3 Nghị định số 33/2011/NĐ-CP.",
            "33/2011/NĐ-CP",
            ("dieu-1/khoan-5",),
        ),
        (
            "3. Bãi bỏ Điều 5, các điểm a, e.3, e.4 khoản 2 Điều 26 Nghị định số 11/2013/NĐ-CP.",
            "11/2013/NĐ-CP",
            ("dieu-5", "dieu-26/khoan-2/diem-a", "dieu-26/khoan-2/diem-e.3", "dieu-26/khoan-2/diem-e.4"),
        ),
        (
            "3. Bãi bỏ tiết a, b điểm 6.2 khoản 6 Điều 3 Nghị định số 11/2011/NĐ-CP.",
            "11/2011/NĐ-CP",
            ("dieu-3/khoan-6/diem-6.2/tiet-a", "dieu-3/khoan-6/diem-6.2/tiet-b"),
        ),
        (
            "3. Các nội dung sau hết hiệu lực:\na) Điều 1; điểm b khoản 1 Điều 7 (đối với nội dung về tiền công); khoản 2 Điều 7; Điều 8 Nghị định số 55/2015/NĐ-CP.",
            "55/2015/NĐ-CP",
            ("dieu-1", "dieu-7/khoan-2", "dieu-8"),
        ),
        (
            "Việc quản lý thực hiện theo Nghị định này; đồng thời bãi bỏ Điều 9, khoản 3 Điều 13 và bãi bỏ cụm từ “Sở Giao dịch” tại Điều 2 của Nghị định số 22/2017/NĐ-CP.",
            "22/2017/NĐ-CP",
            ("dieu-9", "dieu-13/khoan-3"),
        ),
    ],
)
def test_provisions_told_with_what_they_say_or_beside_something_else(text: str, number: str, provisions: tuple[str, ...]) -> None:
    assert ended(text) == [(number, provisions)]


@pytest.mark.parametrize(
    "text",
    [
        "3. Bãi bỏ quy định tại Điều 5 về thời hạn của Nghị định số 17/2015/NĐ-CP.",
        "3. Bãi bỏ khoản 2 Điều 5 Nghị định số 17/2015/NĐ-CP đối với các quy định về bù trừ.",
    ],
)
def test_a_matter_inside_a_provision_ends_no_provision(text: str) -> None:
    assert ended(text) == []
    assert [e.verb for e in read_clauses(text, DECREE)] == [Verb.AMENDS]


def test_beside_what_was_abbreviated_in_brackets() -> None:
    text = (
        "2. Nghị định số 11/2016/NĐ-CP quy định về lao động nước ngoài (sau đây gọi là Nghị định số 11/2016/NĐ-CP) đã được sửa đổi, bổ sung tại "
        "Nghị định số 40/2018/NĐ-CP (sau đây gọi là Nghị định số 40/2018/NĐ-CP) và Nghị định số 75/2014/NĐ-CP ngày 28 tháng 7 năm 2014 của Chính phủ "
        "quy định về tuyển dụng hết hiệu lực kể từ ngày Nghị định này có hiệu lực."
    )
    assert ended(text) == [("11/2016/NĐ-CP", ()), ("75/2014/NĐ-CP", ())]


def test_a_circular_is_no_part_of_a_decrees_title() -> None:
    text = "2. Điều 9 Nghị định số 28/2015/NĐ-CP quy định chi tiết Luật Việc làm về bảo hiểm và Thông tư số 13/2012/TT-BTC về đầu tư hết hiệu lực kể từ ngày Nghị định này có hiệu lực."
    assert ended(text) == [("28/2015/NĐ-CP", ("dieu-9",)), ("13/2012/TT-BTC", ())]


def test_a_second_sentence_of_an_item_that_lists_on() -> None:
    text = (
        "2. Các quy định sau hết hiệu lực:\na) Khoản 1 Điều 5 Nghị định số 39/2016/NĐ-CP về lệ phí. Khoản 3 Điều 1 Nghị định số 22/2020/NĐ-CP sửa đổi Nghị định "
        "số 39/2016/NĐ-CP;\nb) Điều 7 Nghị định số 45/2014/NĐ-CP. Điều 8 Nghị định số 45/2014/NĐ-CP được tiếp tục áp dụng."
    )
    assert ended(text) == [("39/2016/NĐ-CP", ("dieu-5/khoan-1",)), ("22/2020/NĐ-CP", ("dieu-1/khoan-3",)), ("45/2014/NĐ-CP", ("dieu-7",))]


@pytest.mark.parametrize(
    "text",
    [
        "1. Hiệu lực thi hành Nghị định này có hiệu lực thi hành từ ngày 12 tháng 7 năm 2026 và thay thế Nghị định số 22/2008/NĐ-CP.",
        "1. Nghị định này có hiệu lực từ ngày 12 tháng 7 năm 2026 và thay cho Nghị định số 22/2008/NĐ-CP ngày 16 tháng 12 năm 2008.",
        "Nghị định này có hiệu lực từ ngày 12 tháng 7 năm 2026.\n2. Nghị định số 22/2008/NĐ-CP hết hiệu lực thi thành kể từ ngày 12 tháng 7 năm 2026.",
        "Nghị định này có hiệu lực từ ngày 12 tháng 7 năm 2026.\n2. Các quy định sau hết hiệu lực hiệu lực thi hành:\na) Nghị định số 22/2008/NĐ-CP.",
    ],
)
def test_headings_old_words_and_slips_of_the_pen(text: str) -> None:
    assert ended(text) == [("22/2008/NĐ-CP", ())]
    assert [(e.on, e.target) for e in read_clauses(text, DECREE) if e.verb is Verb.ENTERS_INTO_FORCE] == [(date(2026, 7, 12), None)]


def test_a_schedule_gives_no_day() -> None:
    (effect,) = read_clauses("2. Nghị định số 63/2005/NĐ-CP về muối hết hiệu lực theo lộ trình quy định tại khoản 1 Điều này.", DECREE)
    assert (effect.verb, effect.on, effect.basis) == (Verb.REPLACES, None, DateBasis.UNSTATED)


def test_the_title_of_an_amender_goes_on() -> None:
    text = (
        "1. Thông tư này bãi bỏ khoản 7 Điều 9 Thông tư số 36/2012/TT-BYT đã được sửa đổi, bổ sung tại khoản 6 Điều 1 Thông tư số 20/2016/TT-BYT sửa đổi, "
        "bổ sung một số điều của Thông tư số 36/2012/TT-BYT về thiết bị và Thông tư số 39/2014/TT-BYT hướng dẫn về thuốc."
    )
    assert ended(text, CIRCULAR) == [("36/2012/TT-BYT", ("dieu-9/khoan-7",))]


def test_survivors_inside_a_provision_that_ends() -> None:
    text = (
        "3. Các quy định sau hết hiệu lực:\na) Các điều, khoản của Nghị định số 51/2025/NĐ-CP, gồm:\n- Điều 4;\n- Điều 5, trừ các điểm i khoản 1, điểm a khoản 2;\n"
        "b) Điều 7 Nghị định số 12/2020/NĐ-CP, trừ khoản 3;\nc) Điều 1 và Điều 2 Nghị định số 13/2020/NĐ-CP, trừ khoản 1."
    )
    found = [(e.provisions, e.exceptions) for e in read_clauses(text, DECREE)]
    assert found == [
        (("dieu-4",), ()),
        (("dieu-5",), ("dieu-5/khoan-1/diem-i", "dieu-5/khoan-2/diem-a")),
        (("dieu-7",), ("dieu-7/khoan-3",)),
        (("dieu-1", "dieu-2"), ("?",)),
    ]


def test_a_circular_amends_no_decree() -> None:
    assert read_clauses("1. Bổ sung danh mục quy định tại điểm đ khoản 3 Điều 30 Nghị định số 98/2021/NĐ-CP.", CIRCULAR) == []


def test_a_list_called_danh_muc_is_no_section() -> None:
    (effect,) = read_clauses("1. Bãi bỏ Danh mục 8 ban hành kèm theo Thông tư số 45/2016/TT-BYT.", CIRCULAR)
    assert (effect.verb, effect.provisions) == (Verb.AMENDS, ())


OF_THE_BASE = "Sửa đổi, bổ sung, bãi bỏ một số điều của Nghị định số 15/2020/NĐ-CP ngày 3 tháng 2 năm 2020 của Chính phủ về thử"


@pytest.mark.parametrize(
    ("heading", "text", "ended"),
    [
        (OF_THE_BASE, "1. Sửa đổi khoản 5 Điều 4 như sau:\n“5. Một.”\n2. Bãi bỏ khoản 3 Điều 7, Điều 9.", ["dieu-7/khoan-3", "dieu-9"]),
        (OF_THE_BASE, "1. Bãi bỏ Điều 8 của Nghị định này.", []),
        (OF_THE_BASE, "1. Bãi bỏ cụm từ “đo tay” tại khoản 1 Điều 2.", []),
        ("Sửa đổi Nghị định số 15/2020/NĐ-CP và Nghị định số 17/2020/NĐ-CP", "1. Bãi bỏ Điều 8.", []),
        ("Hiệu lực thi hành Nghị định số 15/2020/NĐ-CP", "1. Bãi bỏ Điều 8.", []),
        ("Sửa đổi một số điều của Luật Thử", "1. Bãi bỏ Điều 8.", []),
    ],
)
def test_a_heading_names_the_text_whose_articles_are_repealed(heading: str, text: str, ended: list[str]) -> None:
    source = SourceHead("24/2026/NĐ-CP", "Nghị định", date(2026, 1, 11), date(2026, 3, 1))
    found = [one for one in read_article(text, source, heading) if one.verb is Verb.REPEALS]
    assert [path for one in found for path in one.provisions] == ended
    assert all(one.target and one.target.number == "15/2020/NĐ-CP" for one in found)
    assert all(text[one.start : one.end] == one.quote for one in read_article(text, source, heading))
