"""The formulas of Vietnamese enactment clauses, by the numbers of the catalogue in docs (36 kinds), in sentences of our own."""

from datetime import date

import pytest

from extractors.effects import ClauseEffect, SourceHead, read_clauses
from rasoat.records import DateBasis, Verb

DECREE = SourceHead("300/2026/NĐ-CP", "Nghị định", date(2026, 6, 10), date(2026, 8, 5))
CIRCULAR = SourceHead("40/2026/TT-BTC", "Thông tư", date(2026, 6, 10), date(2026, 8, 5))
LAW = SourceHead("99/2025/QH15", "Luật", date(2025, 6, 10), date(2026, 1, 1))


def read(text: str, source: SourceHead = DECREE) -> list[ClauseEffect]:
    effects = read_clauses(text, source)
    for effect in effects:
        assert text[effect.start : effect.end] == effect.quote
        for mention in (effect.target, effect.anchor, *effect.amended_through):
            assert mention is None or text[mention.start : mention.end] == mention.quote
    return effects


def endings(text: str, source: SourceHead = DECREE) -> list[tuple[str, tuple[str, ...]]]:
    """(number or name, provisions) of everything a text ends."""
    return [
        (e.target.number or e.target.quote, e.provisions)
        for e in read(text, source)
        if e.target and e.verb in (Verb.REPLACES, Verb.REPEALS)
    ]


@pytest.mark.parametrize(
    ("formula", "text", "basis", "on", "days"),
    [
        (1, "1. Nghị định này có hiệu lực thi hành từ ngày 05 tháng 8 năm 2026.", DateBasis.STATED, date(2026, 8, 5), None),
        (2, "Nghị định này có hiệu lực thi hành kể từ ngày ký ban hành.", DateBasis.SIGN_DATE, date(2026, 6, 10), None),
        (
            3,
            "Nghị định này có hiệu lực thi hành kể từ ngày ký, trừ trường hợp quy định tại khoản 2 Điều này.",
            DateBasis.SIGN_DATE,
            date(2026, 6, 10),
            None,
        ),
        (4, "Nghị định này có hiệu lực thi hành sau 10 ngày kể từ ngày ký.", DateBasis.SIGN_PLUS, None, 10),
        (5, "Nghị định này có hiệu lực sau 15 ngày, kể từ ngày đăng Công báo.", DateBasis.GAZETTE_PLUS, None, 15),
        (6, "Nghị định này có hiệu lực sau bốn mươi lăm (45) ngày kể từ ngày ký.", DateBasis.SIGN_PLUS, None, 45),
    ],
)
def test_entry_into_force(formula: int, text: str, basis: DateBasis, on: date | None, days: int | None) -> None:
    (effect,) = read(text)
    assert (effect.verb, effect.target, effect.provisions) == (Verb.ENTERS_INTO_FORCE, None, ()), formula
    assert (effect.basis, effect.on, effect.days) == (basis, on, days)


def test_07_articles_begin_on_their_own_day() -> None:
    (effect,) = read("2. Điều 11 và 12 của Nghị định này có hiệu lực thi hành từ ngày 01 tháng 9 năm 2026.")
    assert (effect.verb, effect.provisions, effect.on) == (Verb.ENTERS_INTO_FORCE, ("dieu-11", "dieu-12"), date(2026, 9, 1))


def test_08_a_fixed_term_ends_the_day_after_its_last() -> None:
    begins, ends = read("Nghị quyết này có hiệu lực thi hành từ ngày 01/07/2026 đến hết ngày 28/02/2027.")
    assert (begins.verb, begins.on) == (Verb.ENTERS_INTO_FORCE, date(2026, 7, 1))
    assert (ends.verb, ends.on, ends.basis, ends.target) == (Verb.EXPIRES, date(2027, 3, 1), DateBasis.TERM, None)


def test_09_a_chapter_with_a_term() -> None:
    (effect,) = read("Chương IV Nghị định này được thực hiện đến trước ngày 01 tháng 3 năm 2027.")
    assert (effect.verb, effect.provisions, effect.on) == (Verb.EXPIRES, ("chuong-IV",), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("formula", "text", "verb", "numbers"),
    [
        (10, "Nghị định này thay thế Nghị định số 11/2017/NĐ-CP ngày 02 tháng 3 năm 2017 của Chính phủ về đăng ký.", Verb.REPLACES, ["11/2017/NĐ-CP"]),
        (11, "Thông tư này có hiệu lực từ ngày 16 tháng 7 năm 2026 và thay thế Thông tư số 15/2015/TT-BTC.", Verb.REPLACES, ["15/2015/TT-BTC"]),
        (12, "Nghị định số 64/2014/NĐ-CP ngày 26/6/2014 quy định về tiếp dân hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.", Verb.REPLACES, ["64/2014/NĐ-CP"]),
        (16, "Nghị định này bãi bỏ Nghị định số 61/2024/NĐ-CP về kiểm tra.", Verb.REPEALS, ["61/2024/NĐ-CP"]),
        (17, "Bãi bỏ toàn bộ Thông tư số 55/2010/TT-BTC ngày 16 tháng 4 năm 2010 của Bộ trưởng Bộ Tài chính.", Verb.REPEALS, ["55/2010/TT-BTC"]),
        (19, "2. Nghị định này thay thế các Nghị định sau của Chính phủ: Nghị định số 22/2016/NĐ-CP ngày 01/9/2016 về biểu thuế, "
             "Nghị định số 25/2017/NĐ-CP ngày 16/11/2017 sửa đổi Nghị định số 22/2016/NĐ-CP.", Verb.REPLACES, ["22/2016/NĐ-CP", "25/2017/NĐ-CP"]),
        (20, "1. Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2026, thay thế Thông tư số 79/2020/TT-BCA.", Verb.REPLACES, ["79/2020/TT-BCA"]),
    ],
)  # fmt: skip
def test_whole_endings(formula: int, text: str, verb: Verb, numbers: list[str]) -> None:
    found = [e for e in read(text, CIRCULAR if "Thông tư này" in text or formula == 17 else DECREE) if e.target]
    assert [e.target.number for e in found if e.target] == numbers, formula
    assert {(e.verb, e.provisions, e.exceptions, e.basis) for e in found} == {(verb, (), (), DateBasis.OWN_ENTRY)}


def test_13_a_law_with_its_name() -> None:
    assert endings("2. Luật Tiếp dân số 03/2011/QH13 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.", LAW) == [("03/2011/QH13", ())]


def test_14_a_list_with_an_exception_of_the_source() -> None:
    text = (
        "2. Các nghị định sau hết hiệu lực từ ngày Nghị định này có hiệu lực thi hành, trừ trường hợp quy định tại Điều 91 Nghị định này:\n"
        "a) Nghị định số 61/2018/NĐ-CP ngày 23/4/2018;\nb) Nghị định số 42/2022/NĐ-CP ngày 24/6/2022 về dịch vụ công trực tuyến;\n"
        "c) Nghị định số 12/2021/NĐ-CP.\n3. Bộ trưởng chịu trách nhiệm thi hành Nghị định này."
    )
    found = [e for e in read(text) if e.target]
    assert [(e.target.number, e.source_provision) for e in found if e.target] == [
        ("61/2018/NĐ-CP", "khoan-2/diem-a"),
        ("42/2022/NĐ-CP", "khoan-2/diem-b"),
        ("12/2021/NĐ-CP", "khoan-2/diem-c"),
    ]
    assert all(not e.exceptions and "hết hiệu lực" in e.lead and e.target and e.target.quote in e.quote for e in found)
    assert [e.quote[:2] for e in found] == ["Ng", "Ng", "Ng"], "each quotes its own item"


def test_15_the_day_another_law_begins() -> None:
    text = "3. Các Nghị định sau đây hết hiệu lực thi hành kể từ ngày Luật Đầu tư số 43/2025/QH15 có hiệu lực thi hành:\na) Nghị định số 31/2021/NĐ-CP."
    (effect,) = [e for e in read(text) if e.target]
    assert (effect.basis, effect.on) == (DateBasis.ANCHORED, None)
    assert effect.anchor is not None
    assert effect.anchor.number == "43/2025/QH15"


def test_18_whole_and_partial_in_one_list() -> None:
    text = (
        "Bãi bỏ các văn bản quy phạm pháp luật và các điều khoản sau đây:\na) Nghị định số 77/2001/NĐ-CP ngày 22/10/2001;\n"
        "b) Nghị định số 58/2005/NĐ-CP;\nc) Điều 1 và Điều 3 của Nghị định số 06/2012/NĐ-CP."
    )
    assert endings(text) == [("77/2001/NĐ-CP", ()), ("58/2005/NĐ-CP", ()), ("06/2012/NĐ-CP", ("dieu-1", "dieu-3"))]


def test_21_survivors_are_exceptions() -> None:
    text = "Nghị định số 66/2016/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành, trừ Điều 12 và Chương IV cho đến khi có quy định khác."
    (effect,) = read(text)
    assert (effect.verb, effect.provisions, effect.exceptions) == (Verb.REPLACES, (), ("dieu-12", "chuong-IV"))


def test_22_subject_matter_ends_nothing_whole() -> None:
    text = "Những quy định về khiếu nại trong Luật Khiếu nại, tố cáo số 09/1998/QH10 hết hiệu lực kể từ ngày Luật này có hiệu lực."
    assert endings(text, LAW) == []
    assert [e.verb for e in read(text, LAW) if e.target] == [Verb.AMENDS]


@pytest.mark.parametrize(
    "text", ["Các quy định trước đây trái với Nghị định này bị bãi bỏ.", "Bãi bỏ các quy định trước đây trái với Nghị định này."]
)
def test_23_blanket_clauses_make_no_edge(text: str) -> None:
    assert read(text) == []


def test_24_provisions_end() -> None:
    text = "2. Bãi bỏ quy định tại khoản 1, khoản 2 Điều 12 Nghị định số 23/2015/NĐ-CP ngày 15 tháng 11 năm 2015 của Chính phủ."
    assert endings(text) == [("23/2015/NĐ-CP", ("dieu-12/khoan-1", "dieu-12/khoan-2"))]


def test_25_a_provision_of_an_amending_decree_is_not_one_of_its_base() -> None:
    text = (
        "Bãi bỏ khoản 9 Điều 1 Nghị định số 67/2025/NĐ-CP ngày 31 tháng 12 năm 2025 của Chính phủ sửa đổi, bổ sung một số điều của "
        "Nghị định số 18/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ."
    )
    assert endings(text) == [("67/2025/NĐ-CP", ("dieu-1/khoan-9",))]


def test_26_provisions_in_nested_lists() -> None:
    text = (
        "3. Các quy định sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành:\n"
        "a) Điều 11; khoản 1 Điều 12; các Điều 16, 17, 24 và 25 của Nghị định số 71/2024/NĐ-CP;\n"
        "đ) Các điều, khoản, điểm của Nghị định số 51/2025/NĐ-CP, bao gồm:\n- đ1) Điều 4; khoản 3 và điểm c khoản 4 Điều 7;\n"
        "- đ2) Mục 2 Chương V và Phụ lục III."
    )
    assert endings(text) == [
        ("71/2024/NĐ-CP", ("dieu-11", "dieu-12/khoan-1", "dieu-16", "dieu-17", "dieu-24", "dieu-25")),
        ("51/2025/NĐ-CP", ("dieu-4", "dieu-7/khoan-3", "dieu-7/khoan-4/diem-c")),
        ("51/2025/NĐ-CP", ("chuong-V/muc-2", "phu-luc-III")),
    ]


def test_27_amendments_end_nothing() -> None:
    (effect,) = read("Sửa đổi, bổ sung điểm b khoản 1, điểm b khoản 2 Điều 7 Nghị định số 18/2025/NĐ-CP như sau:")
    assert (effect.verb, effect.provisions) == (Verb.AMENDS, ("dieu-7/khoan-1/diem-b", "dieu-7/khoan-2/diem-b"))


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (28, "Thay thế cụm từ “Bộ Kế hoạch và Đầu tư” tại khoản 1 Điều 6 Nghị định số 18/2025/NĐ-CP bằng cụm từ “Bộ Tài chính”."),
        (29, "Bãi bỏ cụm từ “kiểm soát thủ tục” tại điểm c khoản 2 Điều 74 Nghị định số 34/2016/NĐ-CP."),
        (29, "Bỏ cụm từ “cấp huyện” tại Điều 55 Nghị định số 34/2016/NĐ-CP."),
    ],
)
def test_phrases_never_kill_a_provision(formula: int, text: str) -> None:
    assert [e.verb for e in read(text)] == [Verb.AMENDS], formula


def test_30_what_a_third_document_repealed_is_not_our_act() -> None:
    text = "Nghị định số 63/2020/NĐ-CP được bãi bỏ một phần bởi Nghị định số 72/2025/NĐ-CP thì thực hiện theo phần còn hiệu lực."
    assert endings(text) == []


def test_31_forms_and_annexes() -> None:
    text = "Bãi bỏ Mẫu số 01 và Phụ lục II ban hành kèm theo Thông tư số 07/2019/TT-BTC ngày 28/01/2019."
    assert endings(text, CIRCULAR) == [("07/2019/TT-BTC", ("phu-luc-II", "mau-so-01"))] or endings(text, CIRCULAR) == [
        ("07/2019/TT-BTC", ("mau-so-01", "phu-luc-II"))
    ]
    replaced = read(
        "Thay thế Phụ lục I ban hành kèm theo Thông tư số 07/2019/TT-BTC bằng Phụ lục I ban hành kèm theo Thông tư này.", CIRCULAR
    )
    assert [(e.verb, e.provisions) for e in replaced] == [(Verb.AMENDS, ("phu-luc-I",))]


def test_32_the_verbs_of_a_title_do_not_act() -> None:
    text = (
        "Nghị định số 09/2020/NĐ-CP ngày 13/01/2020 của Chính phủ bãi bỏ, thay thế một số điều của Nghị định số 18/2012/NĐ-CP và sửa đổi, bổ sung "
        "một số điều của Nghị định số 56/2014/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực."
    )
    assert endings(text) == [("09/2020/NĐ-CP", ())]


def test_33_suspension_and_revival() -> None:
    text = (
        "1. Tạm ngưng hiệu lực áp dụng Nghị định số 46/2026/NĐ-CP và Nghị quyết số 66/2026/NQ-CP cho đến hết ngày 15/4/2026; "
        "các văn bản này sẽ tiếp tục có hiệu lực từ ngày 16/4/2026.\n"
        "2. Trong thời gian tạm ngưng nêu trên, Nghị định số 15/2018/NĐ-CP tiếp tục có hiệu lực thi hành đến hết ngày 15/4/2026."
    )
    found = [
        (e.verb, e.target and e.target.number, e.on, e.until)
        for e in read(text, SourceHead("09/2026/NQ-CP", "Nghị quyết", date(2026, 2, 4)))
    ]
    assert found == [
        (Verb.SUSPENDS, "46/2026/NĐ-CP", None, date(2026, 4, 16)),
        (Verb.SUSPENDS, "66/2026/NQ-CP", None, date(2026, 4, 16)),
        (Verb.REVIVES, "46/2026/NĐ-CP", date(2026, 4, 16), None),
        (Verb.REVIVES, "66/2026/NQ-CP", date(2026, 4, 16), None),
        (Verb.REVIVES, "15/2018/NĐ-CP", None, date(2026, 4, 16)),
    ]


def test_34_transitional_references_have_no_effect() -> None:
    text = "4. Hồ sơ đã nộp trước ngày Nghị định này có hiệu lực thì tiếp tục thực hiện theo quy định tại Nghị định số 60/2024/NĐ-CP."
    assert read(text) == []


def test_35_dynamic_reference() -> None:
    text = "Khi các văn bản dẫn chiếu để áp dụng tại Nghị định này được sửa đổi, bổ sung hoặc thay thế bằng văn bản mới thì áp dụng theo văn bản mới."
    assert [(e.verb, e.target) for e in read(text)] == [(Verb.DYNAMIC_REFERENCE, None)]


def test_36_overriding_ends_nothing() -> None:
    text = (
        "3. Trong thời gian Nghị quyết này có hiệu lực, nếu quy định về thủ tục hành chính khác với các văn bản quy phạm pháp luật liên quan thì "
        "thực hiện theo Nghị quyết này.\n4. Trường hợp luật được ban hành và có hiệu lực thì các quy định tương ứng trong Nghị quyết này hết hiệu lực."
    )
    assert [(e.verb, e.target) for e in read(text)] == [(Verb.OVERRIDES, None)]
