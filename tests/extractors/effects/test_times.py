"""The times that clauses name: read, or held undated. Only a clause that names none acts with its document's own entry."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from extractors.effects import ClauseEffect, SourceHead, read_clauses
from extractors.effects.effect_dates import time_behind
from rasoat.records import DateBasis, Verb

DECREE = SourceHead("650/2026/NĐ-CP", "Nghị định", date(2026, 5, 20), date(2026, 7, 15))
OLD = "Nghị định số 118/2019/NĐ-CP ngày 14 tháng 10 năm 2019 của Chính phủ"
NEW_YEAR = date(2027, 1, 1)


def one(text: str, source: SourceHead = DECREE) -> ClauseEffect:
    (effect,) = [e for e in read_clauses(text, source) if e.target]
    return effect


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("từ ngày 01 tháng 01 năm 2027", NEW_YEAR),
        ("kể từ ngày 1-1-2027", NEW_YEAR),
        ("kể từ ngày 01.01.2027", NEW_YEAR),
        ("từ ngày 01/01/27", NEW_YEAR),
        ("từ ngày mồng 1 tháng 1 năm 2027", NEW_YEAR),
        ("kề từ : ngày 0l tháng  01 năm 2 027", NEW_YEAR),
        ("ngày 01/01/2027", NEW_YEAR),
        ("từ 00 giờ 00 phút ngày 01 tháng 01 năm 2027", NEW_YEAR),
        ("kể từ 0h ngày 01/01/2027", NEW_YEAR),
        ("từ 24 giờ 00 ngày 31/12/2026", NEW_YEAR),
        ("sau ngày 31 tháng 12 năm 2026", NEW_YEAR),
        ("kể từ sau ngày 31/12/2026", NEW_YEAR),
        ("vào hết ngày 31/12/2026", NEW_YEAR),
        ("đến hết ngày 31/12/2026", NEW_YEAR),
        ("từ tháng 01 năm 2027", NEW_YEAR),
        ("kể từ đầu năm 2027", NEW_YEAR),
        ("từ năm 2027", NEW_YEAR),
        ("sau năm 2026", NEW_YEAR),
        ("từ quý III năm 2027", date(2027, 7, 1)),
        ("sau 02 năm kể từ ngày 01/01/2025", NEW_YEAR),
        ("từ ngày 31/12/95", date(1995, 12, 31)),
    ],
)
def test_a_day_of_the_calendar(words: str, on: date) -> None:
    text = f" thi hành {words}."
    when = time_behind(text, 0, len(text))
    assert when is not None
    assert (when.basis, when.on) == (DateBasis.STATED, on)


@pytest.mark.parametrize(
    ("words", "basis", "days", "months"),
    [
        ("khi Nghị định này có hiệu lực", DateBasis.OWN_ENTRY, None, None),
        ("kể từ ngày có hiệu lực thi hành của Nghị định này", DateBasis.OWN_ENTRY, None, None),
        ("kể từ ngày hiệu lực nêu tại khoản 1 Điều này", DateBasis.OWN_ENTRY, None, None),
        ("sau 12 tháng kể từ ngày Nghị định này có hiệu lực thi hành", DateBasis.ENTRY_PLUS, None, 12),
        ("sau 45 ngày, kể từ ngày Nghị định này có hiệu lực", DateBasis.ENTRY_PLUS, 45, None),
        ("sau ngày Nghị định này có hiệu lực", DateBasis.ENTRY_PLUS, 1, None),
        ("sau 06 (sáu) tháng kể từ ngày ký", DateBasis.SIGN_PLUS, None, 6),
        ("kể từ ngày Nghị định này được ký ban hành", DateBasis.SIGN_DATE, None, None),
        ("sau 15 ngày kể từ ngày đăng Công báo", DateBasis.GAZETTE_PLUS, 15, None),
        ("sau 01 năm kể từ ngày Luật Thư viện số 46/2019/QH14 có hiệu lực", DateBasis.ANCHORED, None, 12),
    ],
)
def test_a_day_counted_from_another(words: str, basis: DateBasis, days: int | None, months: int | None) -> None:
    effect = one(f"2. {OLD} hết hiệu lực {words}.")
    assert (effect.verb, effect.on, effect.basis, effect.days, effect.months) == (Verb.REPLACES, None, basis, days, months)


UNREAD = [
    "từ năm học 2027-2028", "kể từ năm ngân sách 2027", "từ kỳ tính thuế năm 2027", "từ niên vụ 2026-2027", "khi có quy định mới",
    "cho đến khi có văn bản khác thay thế", "sau khi Luật Lưu trữ sửa đổi được ban hành", "theo lộ trình do Bộ trưởng công bố",
    "theo quy định tại khoản 4 Điều này", "từ ngày 31/02/2027", "kể từ ngày 32/13/2026", "trước ngày 01/01/2027", "chậm nhất ngày 01/01/2027",
    "trong thời hạn 30 ngày kể từ ngày ký", "kể từ ngày ký kết hợp đồng đầu tiên", "vào năm 2027", "trong quý I năm 2027",
    "từ 17 giờ ngày 01/01/2027", "sau 10 ngày làm việc kể từ ngày ký",
]  # fmt: skip


@pytest.mark.parametrize("words", UNREAD)
def test_a_time_that_is_no_day_leaves_the_ending_undated(words: str) -> None:
    effect = one(f"2. {OLD} hết hiệu lực thi hành {words}.")
    assert (effect.verb, effect.on, effect.basis) == (Verb.REPLACES, None, DateBasis.UNSTATED)


@pytest.mark.parametrize(
    ("text", "on", "basis"),
    [
        (f"2. Sau ngày 31/12/2026, {OLD} hết hiệu lực.", NEW_YEAR, DateBasis.STATED),
        (f"2. Từ năm học 2027-2028, {OLD} hết hiệu lực.", None, DateBasis.UNSTATED),
        (f"2. Từ năm 2027, bãi bỏ {OLD}.", NEW_YEAR, DateBasis.STATED),
        (f"2. {OLD}, kể từ ngày 01/01/2027, hết hiệu lực.", NEW_YEAR, DateBasis.STATED),
        (f"2. Bãi bỏ {OLD} sau ngày 31/12/2026.", NEW_YEAR, DateBasis.STATED),
        (f"2. Bãi bỏ {OLD} về quản lý tem bưu chính từ năm học 2027-2028.", None, DateBasis.UNSTATED),
        (f"2. Bãi bỏ {OLD} quy định về tem, sau khi danh mục mới được ban hành.", None, DateBasis.UNSTATED),
        (f"2. Bãi bỏ các văn bản sau đây kể từ ngày 01/01/2027:\na) {OLD}.", NEW_YEAR, DateBasis.STATED),
        (f"2. Các văn bản sau hết hiệu lực theo lộ trình sau đây:\na) {OLD}.", None, DateBasis.UNSTATED),
        (f"2. {OLD} hết hiệu lực thi hành, trừ Điều 5, kể từ ngày 01/01/2027.", NEW_YEAR, DateBasis.STATED),
    ],
)
def test_wherever_the_time_stands(text: str, on: date | None, basis: DateBasis) -> None:
    effect = one(text)
    assert (effect.on, effect.basis) == (on, basis)


@pytest.mark.parametrize(
    "title",
    [
        "về chế độ đối với người tham gia chiến tranh sau ngày 30 tháng 4 năm 1975",
        "về chính sách hỗ trợ trồng rừng đến năm 2030",
        "về chương trình giảm nghèo giai đoạn từ năm 2021 đến năm 2030",
        "quy định mức lương từ năm 2020",
        "về bảo vệ môi trường, khi khai thác khoáng sản",
    ],
)
def test_a_title_that_speaks_of_a_time_is_no_time_of_the_clause(title: str) -> None:
    effect = one(f"2. Nghị định này thay thế {OLD} {title}.")
    assert (effect.verb, effect.on, effect.basis) == (Verb.REPLACES, None, DateBasis.OWN_ENTRY)


def test_the_words_of_an_exception_are_no_time_of_the_ending() -> None:
    effect = one(f"2. {OLD} hết hiệu lực, trừ các hợp đồng ký từ ngày 01/01/2020.")
    assert (effect.on, effect.basis) == (None, DateBasis.OWN_ENTRY)


@pytest.mark.parametrize("number", ["Nghị quyết số 43/2022/QH15", "Nghị quyết số 43/2022/QH15 ngày 11 tháng 01 năm 2022 của Quốc hội"])
def test_a_term_that_lasts_as_long_as_another_text(number: str) -> None:
    begins, ends = read_clauses(f"Nghị định này có hiệu lực từ ngày 15/7/2026 và được thực hiện đến khi {number} hết hiệu lực.", DECREE)
    assert begins.on == date(2026, 7, 15)
    assert (ends.verb, ends.target, ends.on, ends.basis) == (Verb.EXPIRES, None, None, DateBasis.ANCHORED_END)
    assert ends.anchor is not None
    assert ends.anchor.number == "43/2022/QH15"


def test_of_two_texts_nobody_knows_which_ends_last() -> None:
    text = "Nghị định này có hiệu lực từ ngày ký đến khi Nghị quyết số 43/2022/QH15 và Nghị quyết số 44/2022/QH15 hết hiệu lực."
    (ends,) = [e for e in read_clauses(text, DECREE) if e.verb is Verb.EXPIRES]
    assert (ends.on, ends.anchor) == (None, None)


@pytest.mark.parametrize(
    "words",
    [
        "từ ngày 01/01/2027 ",
        "kể từ ngày Luật ",
        "đến khi có ",
        "Điều 5 có hiệu lực từ ngày ",
        "trừ khoản 2, ",
        "lùi đến ngày ",
        "hết hiệu lực, ",
    ],
)
def test_a_long_sentence_is_read_in_time_that_grows_with_it(words: str) -> None:
    text = f"2. {OLD} hết hiệu lực {words * (100_000 // len(words))}"
    begun = process_time()
    read_clauses(text, DECREE)
    assert process_time() - begun < 6
