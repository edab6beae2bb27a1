"""Quotes as people read them, and the notes of whoever copied a text."""

from __future__ import annotations

import pytest

from rasoat import words
from rasoat.editor_notes import without_notes


@pytest.mark.parametrize(
    "note",
    [
        "[Điều này được sửa đổi bởi Khoản 2 Điều 1 Nghị định 5/2024/NĐ-CP có hiệu lực từ ngày 01/01/2025]",
        "[Khoản này hết hiệu lực bởi Điều 3 Luật số 7/2024/QH15]",
        "[Các mẫu này bị bãi bỏ bởi Điều 3 Thông tư 7/2024/TT-BTC]",
        "[Việc thử nước được hướng dẫn bởi Chương II Nghị định 5/2024/NĐ-CP có hiệu lực từ ngày 01/01/2025]",
        "[Mức thu theo cách đo cũ được thực hiện theo Điều 3 Luật Thử 2024 có hiệu lực từ ngày 01/01/2025 (VB hết hiệu lực: 01/03/2027)]",
        "\\[Nội dung quy định tại Khoản này được thực hiện theo Điều 3\\]",
    ],
)
def test_a_publishers_note_is_not_the_laws_words(note: str) -> None:
    assert without_notes(f"a) Hồ sơ; {note}\nb) Phí.") == "a) Hồ sơ; \nb) Phí."


@pytest.mark.parametrize(
    "own",
    [
        "[có thuốc cản quang]",
        "[răng số 1, 2]",
        "[Tiền được thu theo quy định tại Điều 5 của Luật này]",
        "[Mức đo được sửa bởi người đo]",
        "Điều 5 [1] và Điều 6",
    ],
)
def test_brackets_of_the_text_itself_stay(own: str) -> None:
    assert without_notes(own) == own


def test_a_quote_is_one_line_without_mark_up() -> None:
    assert words.running("> **a)** Nghị định\n>\n> số 1 \\[2\\] [Điểm này được bổ sung bởi Điều 2 Luật 3]") == "a) Nghị định số 1 [2]"


def test_an_item_is_shown_under_the_words_of_its_list() -> None:
    assert words.quoted("Các luật sau hết hiệu lực:", "b) Luật số 1") == "Các luật sau hết hiệu lực: […] b) Luật số 1"
    assert words.quoted("", "Luật số 1 hết hiệu lực") == "Luật số 1 hết hiệu lực"
