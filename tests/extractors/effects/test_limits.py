"""Endings that are less than whole, and terms given as a length: each reading here would otherwise end a living document."""

from datetime import date

import pytest

from extractors.effects import ClauseEffect, SourceHead, read_clauses
from rasoat.records import DateBasis, Verb

DECREE = SourceHead("800/2026/NĐ-CP", "Nghị định", date(2026, 1, 10), None)
RESOLUTION = SourceHead("80/2026/QH15", "Nghị quyết", date(2026, 1, 10), None)
OLD = "Nghị định số 700/2020/NĐ-CP ngày 01 tháng 12 năm 2020 của Chính phủ"


def read(text: str, source: SourceHead = DECREE) -> list[ClauseEffect]:
    return read_clauses(text, source)


@pytest.mark.parametrize(
    "text",
    [
        f"2. Bãi bỏ {OLD} đối với các nội dung về phí thẩm định.",
        f"2. Nghị định này thay thế {OLD} đối với hoạt động khai thác đá.",
        f"2. Nghị định này thay thế {OLD} trên địa bàn thành phố Huế.",
        "2. Bãi bỏ quy định về thời hạn tại các Nghị định số 700/2020/NĐ-CP và Nghị định số 701/2020/NĐ-CP của Chính phủ.",
    ],
)
def test_a_matter_or_a_place_ends_no_document(text: str) -> None:
    found = read(text)
    assert found
    assert {effect.verb for effect in found} == {Verb.AMENDS}


def test_a_title_that_speaks_of_whom_it_concerns_is_no_limit() -> None:
    (effect,) = read(f"2. Nghị định này thay thế {OLD} quy định chế độ đối với người lao động trên địa bàn biên giới.")
    assert (effect.verb, effect.basis) == (Verb.REPLACES, DateBasis.OWN_ENTRY)


@pytest.mark.parametrize("where", ["nêu tại khoản 2 Điều 5 Nghị định số 63/2010/NĐ-CP", "tại Điều 7 Nghị định số 63/2010/NĐ-CP"])
def test_a_reference_that_is_changed_elsewhere_ends_nothing(where: str) -> None:
    assert not [
        e for e in read(f"2. Thay thế Nghị định số 700/2020/NĐ-CP {where} bằng Nghị định này.") if e.verb in (Verb.REPLACES, Verb.REPEALS)
    ]


def test_survivors_named_by_subject_in_the_next_sentence() -> None:
    text = f"2. Nghị định này thay thế {OLD}. Các quy định của Nghị định số 700/2020/NĐ-CP về chuyển tiếp tiếp tục có hiệu lực đến hết ngày 31 tháng 12 năm 2028."
    assert [(e.verb, e.exceptions) for e in read(text)] == [(Verb.REPLACES, ("?",))]


@pytest.mark.parametrize(
    "text",
    [
        "2. Nghị định số 700/2020/NĐ-CP hết hiệu lực kể từ ngày quy định tại khoản 3 Điều này.",
        f"2. Nghị định này thay thế {OLD} kể từ ngày Hệ thống thông tin quốc gia được đưa vào vận hành.",
        f"2. Bãi bỏ {OLD} sau khi hoàn thành việc chuyển đổi.",
        "2. Nghị định số 700/2020/NĐ-CP hết hiệu lực từ khi Sở giao dịch hàng hóa bắt đầu hoạt động.",
    ],
)
def test_an_event_gives_no_day(text: str) -> None:
    (effect,) = read(text)
    assert (effect.verb in (Verb.REPLACES, Verb.REPEALS), effect.on, effect.basis) == (True, None, DateBasis.UNSTATED)


@pytest.mark.parametrize(
    "since", ["kể từ ngày Nghị định này có hiệu lực", "kể từ ngày Nghi định này có hiệu lực pháp luật", "từ ngày ký ban hành"]
)
def test_a_texts_own_day_is_no_event(since: str) -> None:
    (effect,) = read(f"2. Nghị định số 700/2020/NĐ-CP hết hiệu lực {since}.")
    assert effect.basis is not DateBasis.UNSTATED


def test_put_aside_for_a_time() -> None:
    (effect,) = read(f"2. Nghị định này thay thế {OLD} trong thời gian từ ngày 01 tháng 3 năm 2026 đến hết ngày 31 tháng 5 năm 2026.")
    assert (effect.verb, effect.on, effect.until) == (Verb.SUSPENDS, date(2026, 3, 1), date(2026, 6, 1))


def test_meanwhile_the_old_text_is_in_force() -> None:
    found = read(
        "2. Trong thời gian tạm ngưng hiệu lực Nghị định số 46/2025/NĐ-CP, Nghị định số 15/2018/NĐ-CP tiếp tục có hiệu lực đến hết ngày 15/4/2026."
    )
    assert [(e.verb, e.target and e.target.number, e.until) for e in found] == [(Verb.REVIVES, "15/2018/NĐ-CP", date(2026, 4, 16))]


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 3 năm 2026 và được thực hiện trong 05 năm.", date(2031, 3, 1)),
        (
            "Nghị quyết này có hiệu lực thi hành kể từ ngày ký và được thực hiện trong thời hạn 03 năm kể từ ngày có hiệu lực thi hành.",
            date(2029, 1, 10),
        ),
        ("Nghị quyết này có hiệu lực từ ngày 31 tháng 8 năm 2026 và được áp dụng thí điểm trong thời hạn 06 tháng.", date(2027, 2, 28)),
        ("Nghị quyết này hết hiệu lực sau 24 tháng kể từ ngày ban hành.", date(2028, 1, 10)),
        ("Nghị quyết này có hiệu lực từ ngày 01/3/2026 và có hiệu lực đến hết ngày 28/02/2027.", date(2027, 3, 1)),
    ],
)
def test_terms_as_lengths(text: str, out: date) -> None:
    (term,) = [e for e in read(text, RESOLUTION) if e.verb is Verb.EXPIRES]
    assert (term.on, term.basis) == (out, DateBasis.TERM)


def test_a_length_from_an_unknown_day_is_no_term() -> None:
    found = read(
        "Nghị quyết này có hiệu lực từ ngày 01/3/2026 và được thực hiện trong 03 năm kể từ ngày doanh nghiệp được cấp phép.", RESOLUTION
    )
    assert [e.verb for e in found] == [Verb.ENTERS_INTO_FORCE]


@pytest.mark.parametrize(
    "tail", ["trừ Điều 5 có hiệu lực từ ngày 01 tháng 7 năm 2027", "áp dụng cho khóa học sau ngày thông tư có hiệu lực"]
)
def test_a_later_entry_in_the_sentence_takes_no_part_in_the_first(tail: str) -> None:
    found = read(f"Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2026, {tail}.")
    assert (found[0].verb, found[0].on, found[0].basis) == (Verb.ENTERS_INTO_FORCE, date(2026, 3, 1), DateBasis.STATED)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (
            "Bãi bỏ khoản 3 Điều 3, khoản 1 Điều 4 (bao gồm cả các mẫu kèm theo) Nghị định số 700/2020/NĐ-CP.",
            ("dieu-3/khoan-3", "dieu-4/khoan-1"),
        ),
        (
            "Bãi bỏ Chương VIII gồm các điều từ Điều 67 đến Điều 69 của Nghị định số 700/2020/NĐ-CP.",
            ("chuong-VIII", "dieu-67", "dieu-68", "dieu-69"),
        ),
    ],
)
def test_what_is_included_parts_no_provision_from_its_document(text: str, paths: tuple[str, ...]) -> None:
    (effect,) = read(text)
    assert (effect.verb, effect.provisions) == (Verb.REPEALS, paths)


def test_what_is_not_alike_but_no_rule_overrides_nothing() -> None:
    text = "Trường hợp mức thuế áp dụng không thống nhất giữa hàng nhập khẩu và hàng trong nước thì khi kê khai thực hiện theo quy định tại Thông tư này."
    assert read(text) == []
    text = "Trường hợp có quy định khác nhau về cùng một vấn đề thì áp dụng quy định của Nghị quyết này."
    assert [effect.verb for effect in read(text)] == [Verb.OVERRIDES]


LISTED_ANNEXES = f"""3. Các quy định sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành:
a) Các Phụ lục của {OLD}, bao gồm:
- a1) Phụ lục I, trừ các nội dung sau:
- Khoản 6 Mục I Phần II;
- a2) Phụ lục III."""


def test_annexes_listed_below_end_one_by_one_and_what_is_excepted_lives() -> None:
    assert [(one.verb, one.provisions, one.exceptions) for one in read(LISTED_ANNEXES)] == [
        (Verb.REPEALS, ("phu-luc-I",), ("?",)),
        (Verb.REPEALS, ("phu-luc-III",), ()),
    ]


def test_annexes_that_no_list_follows_end_together() -> None:
    (ended,) = read(f"2. Bãi bỏ các Phụ lục ban hành kèm theo {OLD}.")
    assert (ended.verb, ended.provisions) == (Verb.REPEALS, ("phu-luc",))


def test_each_text_of_a_list_in_one_sentence_quotes_itself() -> None:
    text = "Nghị định này thay thế Nghị định số 11/2010/NĐ-CP; Nghị định số 12/2011/NĐ-CP; bãi bỏ Điều 3 Nghị định số 13/2012/NĐ-CP, khoản 2 Điều 4 Nghị định số 14/2013/NĐ-CP."
    found = read_clauses(text, SourceHead("70/2026/NĐ-CP", "Nghị định", date(2026, 3, 1), date(2026, 5, 1)))
    assert [(e.lead, e.quote[:22]) for e in found] == [
        ("", "Nghị định này thay thế"),
        ("Nghị định này thay thế", "Nghị định số 12/2011/N"),
        ("", "bãi bỏ Điều 3 Nghị địn"),
        ("bãi bỏ", "khoản 2 Điều 4 Nghị đị"),
    ]
    assert all(text[e.start : e.end] == e.quote for e in found)


@pytest.mark.parametrize(
    "broken",
    [
        "2. Các văn bản, quy định sau đây\nhết hiệu lực kể từ ngày Nghị định này có hiệu lực:\na) Nghị định số 14/2017/NĐ-CP;\nb) Nghị định số 15/2018/NĐ-CP.",
        "2. Bãi bỏ Nghị định số 14/2017/NĐ-CP ngày 06 tháng 02 năm 2017 của\n\nChính phủ; Nghị định số 15/2018/NĐ-CP.",
    ],
)
def test_a_line_or_page_that_ends_in_the_middle_of_a_sentence_ends_nothing(broken: str) -> None:
    found = read_clauses(broken, SourceHead("70/2026/NĐ-CP", "Nghị định", date(2026, 3, 1), date(2026, 5, 1)))
    assert [e.target.number for e in found if e.target] == ["14/2017/NĐ-CP", "15/2018/NĐ-CP"]
    assert all("hết hiệu lực" in e.lead + e.quote or "Bãi bỏ" in e.lead + e.quote for e in found)
