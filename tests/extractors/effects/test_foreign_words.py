"""Words that only stand beside a document: a condition, a title that goes on, a matter, a khoản glued to the sentence before."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.effects import SourceHead, read_clauses
from rasoat.records import Verb

SOURCE = SourceHead("71/2026/NĐ-CP", "Nghị định", date(2026, 3, 2), date(2026, 5, 1))
ENDINGS = (Verb.REPLACES, Verb.REPEALS)


def ended(text: str) -> list[str | None]:
    return [e.target.number for e in read_clauses(text, SOURCE) if e.target and e.verb in ENDINGS]


@pytest.mark.parametrize(
    "text",
    [
        "Khoản 3 Điều 6 Nghị định này được áp dụng khi Điều 9 Nghị định số 25/2019/NĐ-CP bị bãi bỏ.",
        "Việc cấp phép thực hiện theo Điều 4 nếu Nghị định số 25/2019/NĐ-CP được thay thế.",
        "Trong trường hợp Nghị định số 25/2019/NĐ-CP hết hiệu lực, áp dụng Nghị định này.",
    ],
)
def test_a_condition_ends_nothing(text: str) -> None:
    assert ended(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Kể từ khi Nghị định này có hiệu lực, Nghị định số 25/2019/NĐ-CP hết hiệu lực.",
        "Khi Nghị định này có hiệu lực thì Nghị định số 25/2019/NĐ-CP hết hiệu lực.",
        "Sau khi Nghị định này có hiệu lực, Nghị định số 25/2019/NĐ-CP được bãi bỏ.",
    ],
)
def test_a_time_is_no_condition(text: str) -> None:
    assert ended(text) == ["25/2019/NĐ-CP"]


def test_a_number_without_a_symbol_keeps_the_title_open() -> None:
    title = "sửa đổi, bổ sung một số điều của Nghị định số 12 và Nghị định số 40/2015/NĐ-CP ngày 01/4/2015"
    assert ended(f"2. Bãi bỏ Điều 3 Nghị định số 88/2018/NĐ-CP ngày 15/6/2018 của Chính phủ {title}.") == ["88/2018/NĐ-CP"]


def test_a_matter_behind_a_semicolon_is_a_matter_of_all_that_follow() -> None:
    text = (
        "2. Nghị định này thay thế Nghị định số 25/2019/NĐ-CP ngày 07/3/2019; thay thế các nội dung liên quan của các Nghị định:"
        " số 26/2019/NĐ-CP ngày 08/3/2019 về khai thác; số 42/2019/NĐ-CP ngày 16/5/2019 về xử phạt."
    )
    assert ended(text) == ["25/2019/NĐ-CP"]


@pytest.mark.parametrize("glued", ["01/5/2026.2. Nghị", "này.2. Nghị"])
def test_a_number_glued_to_the_sentence_before_begins_a_khoan(glued: str) -> None:
    text = f"1. Văn bản này có hiệu lực theo quy định của Nghị định {glued} định số 25/2019/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực."
    assert [e.source_provision for e in read_clauses(text, SOURCE) if e.target] == ["khoan-2"]


def test_a_title_that_says_when_is_no_condition() -> None:
    text = "2. Nghị định số 25/2019/NĐ-CP ngày 07/3/2019 về hỗ trợ người dân khi Nhà nước thu hồi đất hết hiệu lực kể từ ngày Nghị định này có hiệu lực."
    assert ended(text) == ["25/2019/NĐ-CP"]
