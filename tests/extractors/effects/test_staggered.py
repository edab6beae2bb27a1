"""Entries into force: of parts on days of their own, and those that another text puts off; suspensions in their many words."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.effects import SourceHead, read_clauses
from extractors.effects.title_effects import read_title
from rasoat.records import DateBasis, Verb

DECREE = SourceHead("650/2026/NĐ-CP", "Nghị định", date(2026, 5, 20), date(2026, 7, 15))
OTHER = "Nghị định số 512/2025/NĐ-CP ngày 09 tháng 12 năm 2025 của Chính phủ"
BEGINS = "1. Nghị định này có hiệu lực thi hành từ ngày 15 tháng 7 năm 2026"
FIRST, SECOND = date(2027, 1, 1), date(2027, 7, 1)


def parts(text: str) -> list[tuple[tuple[str, ...], date | None]]:
    return [(e.provisions, e.on) for e in read_clauses(text, DECREE) if e.verb is Verb.ENTERS_INTO_FORCE and e.provisions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{BEGINS}, trừ quy định tại điểm b khoản 1 và khoản 2 Điều 4 của Nghị định này thì có hiệu lực thi hành từ ngày 01/01/2027.",
         [(("dieu-4/khoan-1/diem-b", "dieu-4/khoan-2"), FIRST)]),
        (f"{BEGINS}; riêng Điều 6 có hiệu lực từ ngày 01/01/2027 và khoản 3 Điều 8 có hiệu lực kể từ ngày ký.",
         [(("dieu-6",), FIRST), (("dieu-8/khoan-3",), date(2026, 5, 20))]),
        (f"{BEGINS}, trừ Điều 6, Điều 7 có hiệu lực từ ngày 01/01/2027; Điều 9 được áp dụng từ ngày 01/7/2027.",
         [(("dieu-6", "dieu-7"), FIRST), (("dieu-9",), SECOND)]),
        (f"{BEGINS}.\n2. Riêng các Điều 6 và Điều 7 có hiệu lực từ ngày 01/01/2027.", [(("dieu-6", "dieu-7"), FIRST)]),
        (f"{BEGINS}, trừ các quy định sau đây:\na) Điều 6 có hiệu lực từ ngày 01/01/2027;\nb) Chương IV có hiệu lực từ ngày 01/7/2027.",
         [(("dieu-6",), FIRST), (("chuong-IV",), SECOND)]),
        (f"{BEGINS}, trừ các điều, khoản sau đây có hiệu lực từ ngày 01/01/2027:\na) Điều 6;\nb) Khoản 2 Điều 7.",
         [(("dieu-6",), FIRST), (("dieu-7/khoan-2",), FIRST)]),
        ("2. Khoản 4 Điều 5 Nghị định này và thứ tự số 9 mục II Phụ lục I có hiệu lực kể từ ngày 01/01/2027.", [(("dieu-5/khoan-4",), FIRST)]),
        ("2. Khoản 4 Điều 5 Nghị định này được áp dụng sau 06 tháng kể từ ngày Nghị định này có hiệu lực.", [(("dieu-5/khoan-4",), None)]),
        ("2. Điều 5 Nghị định này có hiệu lực khi hệ thống dữ liệu được vận hành.", [(("dieu-5",), None)]),
    ],
)  # fmt: skip
def test_parts_begin_on_their_own_days(text: str, found: list[tuple[tuple[str, ...], date | None]]) -> None:
    assert parts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        f"{BEGINS}, trừ trường hợp quy định tại khoản 2 Điều này.",
        "2. Điều 5 Luật Giá số 16/2023/QH15 có hiệu lực từ ngày 01/01/2027.",
        "2. Quy định tại Điều 5 Nghị định này được áp dụng từ kỳ tính thuế năm 2027.",
        "2. Quy định tại Điều 5 được áp dụng từ ngày Nghị định này có hiệu lực đến hết ngày 28 tháng 02 năm 2027.",
        f"{BEGINS}, trừ các quy định về giá có hiệu lực từ ngày 01/01/2027.",
    ],
)
def test_no_part_is_made_up(text: str) -> None:
    assert parts(text) == []


@pytest.mark.parametrize(
    ("text", "provisions", "on", "basis"),
    [
        (f"Lùi thời điểm có hiệu lực thi hành của {OTHER} đến ngày 01/01/2027.", (), FIRST, DateBasis.STATED),
        (
            f"Lùi hiệu lực thi hành khoản 2 Điều 5 {OTHER} từ ngày 01/7/2026 sang ngày 01/01/2027.",
            ("dieu-5/khoan-2",),
            FIRST,
            DateBasis.STATED,
        ),
        (f"Tạm hoãn hiệu lực thi hành {OTHER} đến hết năm 2026.", (), FIRST, DateBasis.STATED),
        (f"Điều chỉnh thời điểm có hiệu lực của {OTHER} thành ngày 01/01/2027.", (), FIRST, DateBasis.STATED),
        (f"Kéo dài thời hạn chưa áp dụng Điều 5 {OTHER} đến hết ngày 31/12/2026.", ("dieu-5",), FIRST, DateBasis.STATED),
        (f"{OTHER} có hiệu lực kể từ ngày 01/01/2027 thay cho ngày 01/7/2026.", (), FIRST, DateBasis.STATED),
        (f"{OTHER} chưa có hiệu lực thi hành cho đến ngày 01/01/2027.", (), FIRST, DateBasis.STATED),
        (f"Thời điểm có hiệu lực của {OTHER} được lùi đến ngày 01/01/2027.", (), FIRST, DateBasis.STATED),
        (f"Lùi hiệu lực thi hành của {OTHER} đến ngày Luật Giá số 16/2027/QH16 có hiệu lực thi hành.", (), None, DateBasis.ANCHORED),
        (f"Lùi hiệu lực thi hành của {OTHER} cho đến khi có hướng dẫn.", (), None, DateBasis.UNSTATED),
        (f"Lùi hiệu lực thi hành của {OTHER}.", (), None, DateBasis.UNSTATED),
    ],
)
def test_an_entry_is_put_off(text: str, provisions: tuple[str, ...], on: date | None, basis: DateBasis) -> None:
    (effect,) = read_clauses(text, DECREE)
    assert (effect.verb, effect.provisions, effect.on, effect.basis) == (Verb.POSTPONES, provisions, on, basis)
    assert effect.target is not None
    assert effect.target.number == "512/2025/NĐ-CP"


def test_several_texts_are_put_off_together() -> None:
    text = "Lùi hiệu lực thi hành của Nghị định số 512/2025/NĐ-CP, Nghị định số 513/2025/NĐ-CP từ ngày 01/7/2026 đến ngày 01/01/2027."
    assert [(e.target and e.target.number, e.on) for e in read_clauses(text, DECREE)] == [
        ("512/2025/NĐ-CP", FIRST),
        ("513/2025/NĐ-CP", FIRST),
    ]


def test_a_title_that_puts_off_leaves_the_day_open() -> None:
    source = SourceHead("7/2026/QH16", "Nghị quyết", date(2026, 5, 20), None, "Về việc lùi hiệu lực thi hành của Luật Giá số 16/2025/QH15")
    (effect,) = read_title(source)
    assert (effect.verb, effect.on, effect.basis) == (Verb.POSTPONES, None, DateBasis.UNSTATED)


@pytest.mark.parametrize(
    "text",
    [
        f"Tạm dừng hiệu lực thi hành {OTHER} từ ngày 01/9/2026 đến hết ngày 31/12/2026.",
        f"Tạm đình chỉ việc thi hành {OTHER} kể từ ngày 01/9/2026 đến hết ngày 31/12/2026.",
        f"Ngừng áp dụng {OTHER} từ ngày 01/9/2026 đến ngày 31/12/2026.",
        f"Chưa áp dụng {OTHER} từ ngày 01/9/2026 đến hết ngày 31/12/2026.",
        f"Tạm ngưng hiệu lực từ ngày 01/9/2026 đến hết ngày 31/12/2026 đối với {OTHER}.",
        f"{OTHER} bị tạm đình chỉ thi hành từ ngày 01/9/2026 đến hết ngày 31/12/2026.",
        f"{OTHER} được tạm ngưng áp dụng từ ngày 01/9/2026 đến hết năm 2026.",
        f"{OTHER} chưa thực hiện từ ngày 01/9/2026 đến trước ngày 01/01/2027.",
    ],
)
def test_a_suspension_in_many_words(text: str) -> None:
    (effect,) = read_clauses(text, DECREE)
    assert (effect.verb, effect.provisions, effect.on, effect.until) == (Verb.SUSPENDS, (), date(2026, 9, 1), FIRST)


@pytest.mark.parametrize(
    "text",
    [
        f"Đình chỉ thi hành một phần {OTHER}.",
        f"Không áp dụng {OTHER} đối với hộ kinh doanh.",
        "Tạm đình chỉ thi công công trình theo Nghị định số 512/2025/NĐ-CP từ ngày 01/9/2026 đến hết ngày 31/12/2026.",
        "Đình chỉ hoạt động của cơ sở quy định tại Nghị định số 512/2025/NĐ-CP từ ngày 01/9/2026.",
        "Giấy phép cấp theo Nghị định số 512/2025/NĐ-CP bị đình chỉ hiệu lực từ ngày 01/9/2026.",
    ],
)
def test_no_text_is_suspended(text: str) -> None:
    assert [e for e in read_clauses(text, DECREE) if e.verb is Verb.SUSPENDS] == []


def test_a_suspension_as_long_as_the_text_itself_lasts() -> None:
    text = f"1. Nghị định này có hiệu lực từ ngày 15/7/2026 đến hết ngày 31/12/2026.\n2. Trong thời gian Nghị định này có hiệu lực, tạm dừng thực hiện {OTHER}."
    (effect,) = [e for e in read_clauses(text, DECREE) if e.target]
    assert (effect.verb, effect.basis, effect.until) == (Verb.SUSPENDS, DateBasis.OWN_ENTRY, FIRST)


@pytest.mark.parametrize(
    "text",
    [
        f"Bãi bỏ việc tạm ngưng hiệu lực thi hành {OTHER} kể từ ngày 01/01/2027.",
        f"Khôi phục hiệu lực thi hành của {OTHER} từ ngày 01/01/2027.",
        f"{OTHER} tiếp tục có hiệu lực trở lại kể từ ngày 01/01/2027.",
    ],
)
def test_a_suspended_text_comes_back(text: str) -> None:
    (effect,) = read_clauses(text, DECREE)
    assert (effect.verb, effect.on) == (Verb.REVIVES, FIRST)


@pytest.mark.parametrize(
    "adopted",
    [
        "đã được Hội đồng Đo lường thông qua ngày 11 tháng 5 năm 2026 và",
        "được Quốc hội khóa XVI, kỳ họp thứ 2 thông qua ngày 11/5/2026,",
        "được Hội đồng nhân dân tỉnh khóa X thông qua tại kỳ họp thứ 3 vào ngày 11 tháng 5 năm 2026, và",
    ],
)
def test_the_day_of_adoption_before_the_day_of_entry(adopted: str) -> None:
    source = SourceHead("7/2026/NQ-HĐĐL", "Nghị quyết", date(2026, 5, 11))
    found = read_clauses(f"1. Nghị quyết này {adopted} có hiệu lực thi hành kể từ ngày 15 tháng 7 năm 2026.", source)
    assert [(e.verb, e.provisions, e.on) for e in found] == [(Verb.ENTERS_INTO_FORCE, (), date(2026, 7, 15))]


def test_a_day_of_adoption_alone_begins_nothing() -> None:
    source = SourceHead("7/2026/NQ-HĐĐL", "Nghị quyết", date(2026, 5, 11))
    assert read_clauses("Nghị quyết này đã được Hội đồng Đo lường thông qua ngày 11 tháng 5 năm 2026.", source) == []
    assert read_clauses("Luật số 5/2026/QH16 được Quốc hội thông qua ngày 11/5/2026 và có hiệu lực từ ngày 15/7/2026.", source) == []
