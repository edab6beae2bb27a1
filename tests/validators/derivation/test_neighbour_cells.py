"""What cells tell of a bare code, where one of many misprints the type."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.citations import find_mentions
from rasoat.records import Part
from validators.derivation.neighbour_cells import PlacedMention, beside

LAW, SLIP, CODE = "Luật Đất đai\t31/2024/QH15", "Nghị quyết số 31/2024/QH15", "Đất đai và nhà ở\t31/2024/QH15"


def rows(*texts: str) -> list[PlacedMention]:
    return [
        (str(number), 0, position, Part.LEGAL_BASIS, replace(mention))
        for number, text in enumerate(texts)
        for position, mention in enumerate(find_mentions(text))
    ]


@pytest.mark.parametrize(("laws", "slips", "type_"), [(1, 0, "Luật"), (10, 1, "Luật"), (9, 1, None), (1, 1, None)])
def test_a_slip_in_one_of_many_cells_outvotes_nothing(laws: int, slips: int, type_: str | None) -> None:
    texts = [LAW] * laws + [SLIP] * slips + [CODE]
    mentions, told = beside(rows(*texts), lambda piece, at, part: texts[int(piece)])
    assert mentions[-1][4].number == "31/2024/QH15"
    assert mentions[-1][4].type == type_
    assert [law.key for law in told.laws()] == (["luat|31/2024/QH15"] if type_ else [])


def test_a_misprinted_number_beside_a_name_makes_no_document() -> None:
    texts = ["Luật Kiến trúc\t40/2029/QH14", "Luật Kiến trúc\t40/2019/QH14"]
    _, told = beside(rows(*texts), lambda piece, at, part: texts[int(piece)])
    assert [law.key for law in told.laws()] == ["luat|40/2019/QH14"]


def test_a_law_that_a_title_ends_with_does_not_type_the_titles_own_code() -> None:
    texts = ["Quy định một số việc tháo gỡ khó khăn trong tổ chức thi hành Luật Đất đai254/2025/QH15", "Nghị quyết số 254/2025/QH15"]
    found = [find_mentions(text, Part.LEGAL_BASIS) for text in texts]
    placed = [(str(row), 0, at, Part.LEGAL_BASIS, one) for row, several in enumerate(found) for at, one in enumerate(several)]
    mentions, told = beside(placed, lambda piece, at, part: texts[int(piece)])
    assert {one[4].type for one in mentions if one[4].number == "254/2025/QH15"} == {"Nghị quyết"}
    assert [law.key for law in told.laws()] in ([], ["nghi-quyet|254/2025/QH15"])
