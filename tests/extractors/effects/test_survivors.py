"""What an ending spares has a day of its own: the whole ends on its clause's day."""

from datetime import date

import pytest

from extractors.effects import ClauseEffect, SourceHead, read_clauses
from rasoat.records import Verb

DECREE = SourceHead("800/2026/NĐ-CP", "Nghị định", date(2026, 1, 10), None)
OLD = "Nghị định số 700/2015/NĐ-CP ngày 01 tháng 12 năm 2015 của Chính phủ"
SINCE = "kể từ ngày Nghị định này có hiệu lực thi hành"


def read(text: str) -> list[ClauseEffect]:
    return read_clauses(text, DECREE)


@pytest.mark.parametrize(
    ("said", "spared", "until"),
    [
        (f"{OLD} hết hiệu lực {SINCE}, trừ Điều 3 hết hiệu lực từ ngày 01/01/2027", ("dieu-3",), date(2027, 1, 1)),
        (f"{OLD} hết hiệu lực, trừ khoản 1 Điều 3 hết hiệu lực từ ngày 01/01/2027", ("dieu-3/khoan-1",), date(2027, 1, 1)),
        (f"Bãi bỏ {OLD}, trừ Điều 3 hết hiệu lực từ ngày 01/01/2027", ("dieu-3",), date(2027, 1, 1)),
        (
            f"Nghị định này thay thế {OLD}, trừ Chương III tiếp tục áp dụng đến hết ngày 31/12/2026",
            ("chuong-III",),
            date(2027, 1, 1),
        ),
        (f"{OLD} hết hiệu lực {SINCE}; riêng Điều 12 tiếp tục có hiệu lực đến hết ngày 30/6/2026", ("dieu-12",), date(2026, 7, 1)),
        (
            f"{OLD} hết hiệu lực {SINCE}, trừ các quy định liên quan đến hộ nghèo tiếp tục có hiệu lực đến hết ngày 31 tháng 12 năm 2027",
            ("?",),
            date(2028, 1, 1),
        ),
        (
            f"{OLD} hết hiệu lực {SINCE}, trừ trường hợp quy định tại Điều 3 của Nghị định số 700/2015/NĐ-CP hết hiệu lực từ ngày 01/01/2027",
            ("dieu-3",),
            date(2027, 1, 1),
        ),
    ],
)
def test_the_whole_ends_with_its_clause_and_what_is_spared_on_its_own_day(said: str, spared: tuple[str, ...], until: date) -> None:
    ending, going_on = read(f"2. {said}.")
    assert (ending.verb in (Verb.REPLACES, Verb.REPEALS), ending.provisions, ending.exceptions, ending.on) == (True, (), spared, None)
    assert (going_on.verb, going_on.provisions, going_on.until) == (Verb.PROLONGS, spared, until)
    assert going_on.target
    assert ending.target
    assert going_on.target.start == ending.target.start


def test_each_text_of_a_list_has_its_own_survivors() -> None:
    found = read(
        f"2. Các nghị định sau hết hiệu lực {SINCE}:\na) {OLD}, trừ Điều 3 của Nghị định số 700/2015/NĐ-CP hết hiệu lực từ ngày 01/01/2027;\n"
        "b) Nghị định số 701/2015/NĐ-CP, trừ Điều 8;\nc) Nghị định số 702/2015/NĐ-CP."
    )
    assert [(e.verb, e.target and e.target.number, e.exceptions, e.on, e.until) for e in found] == [
        (Verb.PROLONGS, "700/2015/NĐ-CP", (), None, date(2027, 1, 1)),
        (Verb.REPLACES, "700/2015/NĐ-CP", ("dieu-3",), None, None),
        (Verb.REPLACES, "701/2015/NĐ-CP", ("dieu-8",), None, None),
        (Verb.REPLACES, "702/2015/NĐ-CP", (), None, None),
    ]


def test_an_exception_above_a_list_holds_for_every_item() -> None:
    found = read(
        "2. Các nghị định sau hết hiệu lực kể từ ngày 01 tháng 3 năm 2026, trừ nội dung về trợ cấp hết hiệu lực từ ngày 01 tháng 7 năm 2026:\n"
        f"a) {OLD};\nb) Nghị định số 701/2015/NĐ-CP."
    )
    assert [(e.verb, e.exceptions, e.on, e.until) for e in found] == [
        (Verb.REPLACES, ("?",), date(2026, 3, 1), None),
        (Verb.PROLONGS, (), None, date(2026, 7, 1)),
    ] * 2


def test_survivors_listed_below_the_exception() -> None:
    text = (
        f"2. {OLD} hết hiệu lực {SINCE}, trừ trường hợp sau đây:\na) Khoản 1 Điều 57 của Nghị định này;\n"
        "b) Các điều 7, 8 của Nghị định số 700/2015/NĐ-CP có hiệu lực đến hết ngày 31 tháng 12 năm 2027.\n3. Bãi bỏ Nghị định số 703/2015/NĐ-CP."
    )
    ending, going_on, other = read(text)
    assert ending.exceptions == going_on.provisions == ("dieu-7", "dieu-8")
    assert (going_on.verb, going_on.until) == (Verb.PROLONGS, date(2028, 1, 1))
    assert "31 tháng 12 năm 2027" in going_on.quote
    assert (other.verb, other.target and other.target.number) == (Verb.REPEALS, "703/2015/NĐ-CP")


def test_cases_listed_below_the_exception_are_told_by_subject() -> None:
    (ending,) = read(f"2. {OLD} hết hiệu lực {SINCE}, trừ các trường hợp sau đây:\na) Doanh nghiệp đang giải thể;\nb) Hợp đồng đã ký.")
    assert ending.exceptions == ("?",)


def test_an_exception_before_the_main_verb_takes_no_day_from_it() -> None:
    found = read(f"2. Nghị định số 701/2015/NĐ-CP (trừ Điều 5) và {OLD} hết hiệu lực từ ngày 01/5/2026.")
    assert [(e.verb, e.exceptions, e.on) for e in found] == [
        (Verb.REPLACES, ("dieu-5",), date(2026, 5, 1)),
        (Verb.REPLACES, (), date(2026, 5, 1)),
    ]


ELSEWHERE = (
    "2. Các văn bản sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực, trừ quy định tại khoản 3 Điều này:\n"
    "a) Nghị định số 14/2017/NĐ-CP ngày 06/02/2017;\nb) Điều 8 Nghị định số 15/2018/NĐ-CP ngày 02/02/2018;\nc) Nghị định số 16/2019/NĐ-CP.\n"
)


def spared(text: str) -> list[tuple[str | None, tuple[str, ...], tuple[str, ...], str | None]]:
    return [
        (e.target.number, e.provisions, e.exceptions, str(e.until) if e.until else None)
        for e in read_clauses(ELSEWHERE + text, SourceHead("70/2026/NĐ-CP", "Nghị định", date(2026, 3, 1), date(2026, 5, 1)))
        if e.target
    ]


def test_an_exception_that_points_at_another_khoan_is_read_there() -> None:
    text = "3. Các quy định sau đây tiếp tục có hiệu lực đến hết ngày 31/12/2027:\na) Điều 4 Nghị định số 14/2017/NĐ-CP;\nb) khoản 2 Điều 8 Nghị định số 15/2018/NĐ-CP."
    assert spared(text) == [
        ("14/2017/NĐ-CP", (), ("dieu-4",), None),
        ("14/2017/NĐ-CP", ("dieu-4",), (), "2028-01-01"),
        ("15/2018/NĐ-CP", ("dieu-8",), ("dieu-8/khoan-2",), None),
        ("15/2018/NĐ-CP", ("dieu-8/khoan-2",), (), "2028-01-01"),
        ("16/2019/NĐ-CP", (), (), None),
    ]


def test_a_matter_that_goes_on_there_is_unnamed_and_has_its_term() -> None:
    text = "3. Các quy định về chứng chỉ tại Nghị định số 14/2017/NĐ-CP tiếp tục được áp dụng trong thời hạn 01 năm kể từ ngày Nghị định này có hiệu lực."
    assert spared(text)[:2] == [("14/2017/NĐ-CP", (), ("?",), None), ("14/2017/NĐ-CP", ("?",), (), "2027-05-01")]


def test_old_cases_spare_nothing() -> None:
    text = "3. Hồ sơ đã nộp trước ngày Nghị định này có hiệu lực thì tiếp tục thực hiện theo Điều 4 Nghị định số 14/2017/NĐ-CP."
    assert [row for row in spared(text) if row[2] or row[3]] == []


@pytest.mark.parametrize(
    ("apart", "path", "until"),
    [
        ("Riêng chế độ kiểm tra theo Nghị định số 14/2017/NĐ-CP tiếp tục thực hiện đến hết ngày 30/6/2027.", "?", "2027-07-01"),
        ("Riêng Điều 6 Nghị định số 14/2017/NĐ-CP tiếp tục có hiệu lực đến hết ngày 30/6/2027.", "dieu-6", "2027-07-01"),
        ("Riêng hồ sơ đã nộp tiếp tục thực hiện theo Nghị định số 14/2017/NĐ-CP.", None, None),
    ],
)
def test_what_a_sentence_of_its_own_sets_apart(apart: str, path: str | None, until: str | None) -> None:
    text = f"2. Nghị định số 14/2017/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực. {apart}"
    found = read_clauses(text, SourceHead("70/2026/NĐ-CP", "Nghị định", date(2026, 3, 1), date(2026, 5, 1)))
    assert [e.exceptions for e in found if e.verb is Verb.REPLACES] == [(path,) if path else ()]
    assert [(e.provisions, str(e.until)) for e in found if e.verb is Verb.PROLONGS and e.until] == ([((path,), until)] if path else [])


def test_a_word_glued_to_the_number_of_an_article_leaves_it_readable() -> None:
    text = "Nghị định số 14/2017/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực; riêng Điều 4, Điều 6thì tiếp tục thực hiện đến hết ngày 30/6/2027."
    found = read_clauses(text, SourceHead("70/2026/NĐ-CP", "Nghị định", date(2026, 3, 1), date(2026, 5, 1)))
    assert found[0].exceptions == ("dieu-4", "dieu-6")
    assert all(text[e.start : e.end] == e.quote for e in found)


def test_the_list_of_what_survives_is_part_of_the_quote() -> None:
    text = (
        "2. Luật Giám định số 14/2012/QH13 hết hiệu lực kể từ ngày Luật này có hiệu lực, trừ trường hợp sau đây:\n"
        "a) Điều 5 có hiệu lực đến hết ngày 31/12/2027;\nb) Điều 9 có hiệu lực đến hết ngày 31/12/2028.\n3. Chính phủ hướng dẫn."
    )
    ending = next(e for e in read_clauses(text, SourceHead("70/2026/QH16", "Luật", date(2026, 3, 1), date(2026, 5, 1))) if e.exceptions)
    assert ending.exceptions == ("dieu-5", "dieu-9")
    assert ending.quote.endswith("31/12/2028.")
    assert text[ending.start : ending.end] == ending.quote
