"""Reading costs what is there to read: four times the words take about four times the processor, whatever one sentence repeats."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from extractors.citations import find_mentions
from extractors.effects import SourceHead, read_article
from extractors.effects.quoted_articles import quoted_articles
from extractors.formats.head_layout import laid_out

SOURCE = SourceHead("26/2022/NĐ-CP", "Nghị định", date(2022, 12, 16), date(2023, 1, 1), "Về tổ chức bộ máy")
SMALL, TIMES = 8_000, 4
LEAST = 0.03  # seconds: below this the clock tells nothing


def cost(text: str) -> float:
    """Seconds of processor, the better of two readings."""
    spent = []
    for _ in range(2):
        begun = process_time()
        read_article(text, SOURCE)
        find_mentions(text)
        spent.append(process_time() - begun)
    return max(min(spent), LEAST)


@pytest.mark.parametrize(
    "shape",
    [
        "bãi bỏ ((((", "hết hiệu lực kể từ ngày Nghị định này có hiệu lực, ", "bãi bỏ khoản 1 Điều 2, ", "thay thế Nghị định số 1/2020/NĐ-CP ",
        "Điều 1 và ", "trừ Điều 5, ", "(phần ", "của Nghị định số 1/2020/NĐ-CP sửa đổi ", "từ ngày 01/01/2020 ", "cụm từ “a” tại khoản 1 Điều 1; ",
        " ", "a", "“", "[Điều này bị bãi bỏ bởi ", "Riêng quy định tại Điều 5 ", "trừ quy định tại khoản 5 Điều này, ", "khi ", "Mục 1 Điều 1 ",
        "đến hết ngày 01/01/2027 ", "tiếp tục có hiệu lực, ", "đình chỉ thi hành ", "lùi thời điểm có hiệu lực ", "sau 12 tháng kể từ ngày ",
        "> a) x\n", "Các văn bản sau hết hiệu lực:\n", "; ; ; ; ; ; " * 40 + "Nghị định số 7/2020/NĐ-CP ", "Thông tư này có hiệu lực ", "bãi bỏ “a ",
        "Điều 1 Chương II, ", "khoản 2 a, ", "bãibỏđiều1", "số 1/2020/NĐ-CP, ", "\t",
    ],
)  # fmt: skip
def test_one_sentence_of_any_length_is_read_in_linear_time(shape: str) -> None:
    few = "Bãi bỏ " + shape * (SMALL // len(shape))
    many = "Bãi bỏ " + shape * (TIMES * SMALL // len(shape))
    assert cost(many) < 2 * TIMES * cost(few)


@pytest.mark.parametrize("run", [" ", "\n", "\t", "(", ";", " \n", "“", "1"])
@pytest.mark.parametrize(
    "head",
    ["Bãi bỏ Nghị định số 1/2020/NĐ-CP", "kèm theo Nghị định số 1/2020/NĐ-CP", "được Quốc hội thông qua", "năm 1911", "thời hạn hai (02) tháng",
     "từ thời điểm này; cho đến ", "có hiệu lực từ ngày ký; trừ", "Luật số 5/2020/QH14 sửa đổi", "hết hiệu lực kể từ ngày"],
)  # fmt: skip
def test_what_looks_on_past_a_citation_stops(head: str, run: str) -> None:
    few, many = (f"{head}{run * size}{head}" for size in (SMALL // 2, TIMES * SMALL // 2))
    assert cost(many) < 2 * TIMES * cost(few)


@pytest.mark.parametrize(
    "shape",
    ["Điều 1 của Luật số 1/2020/QH14 quy định như sau:\n“Điều 1. a\n", "Điều 1, ", "\nĐiều 1 của Luật x, có hiệu ", "[A được sửa đổi bởi ",
     "[A bị sửa đổi theo có hiệu lực ", "---- ", "LUẬT AA Luật số ", " số: ", "Hà Nội, ngày 1 tháng 2 năm 2000 ", "AA. BB CC ", "“", " "],
)  # fmt: skip
def test_footnotes_notes_and_heads_are_read_in_linear_time(shape: str) -> None:
    def spent(size: int) -> float:
        begun = process_time()
        text = f"LUẬT A {shape * (size // len(shape))}"
        list(quoted_articles(text))
        laid_out(text)
        return max(process_time() - begun, LEAST)

    assert spent(TIMES * SMALL) < 3 * TIMES * spent(SMALL)
