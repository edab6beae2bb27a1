"""What a misprinted number most likely means: a slip of the pen away, borne out by title or day, or nothing."""

from datetime import date

import pytest

from extractors.citations import Context, DocumentRegister, find_mentions
from rasoat.records import KnownFrom
from tests.extractors.citations.test_register import document

REGISTER = DocumentRegister(
    [
        document("118/2025/NĐ-CP", issued=date(2025, 6, 9)),
        document("95/2025/QH15", "Luật"),
        document("40/2019/QH14", "Luật"),
        document("29/2025/TT-BTC"),
        document("55/2026/NĐ-CP"),
        document("31/2021/TT-BYT"),
        document("31/2021/TT-BYX"),
        document("46/2023/NĐ-CP", known=KnownFrom.CITED),
        document("1210/2016/UBTVQH13", "Nghị quyết", title="về phân loại đô thị", known=KnownFrom.CITED),
        document("12/2025/NĐ-C", known=KnownFrom.CITED),
        document("102/2024/NĐ-CP"),
        document("254/2025/QH15", "Nghị quyết", known=KnownFrom.CITED),
        document("254/2025/QH15", "Luật", known=KnownFrom.CITED),
    ]
)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Nghị định số 118/2025/NĐ của Chính phủ", "nghi-dinh|118/2025/NĐ-CP"),
        ("Nghị định số 118/2025/NĐ-CN của Chính phủ", "nghi-dinh|118/2025/NĐ-CP"),
        ("Luật số 95/2025/QH1", "luat|95/2025/QH15"),
        ("Luật số 40/2029/QH14", "luat|40/2019/QH14"),
        ("Thông tư số 29/2025/TT-BTCTT", "thong-tu|29/2025/TT-BTC"),
        ("Nghị quyết số 1210/2026/UBTVQH13", "nghi-quyet|1210/2016/UBTVQH13"),
        ("Nghị định số 102/204/NĐ-CP", "nghi-dinh|102/2024/NĐ-CP"),
        ("Nghị quyết số 254/2025/NQ-QH", "nghi-quyet|254/2025/QH15"),
    ],
)
def test_one_slip_of_the_pen_suggests_the_document_meant(text: str, suggestion: str) -> None:
    (mention,) = find_mentions(text)
    resolution = REGISTER.resolve(mention, Context())
    assert (resolution.key, resolution.suggestion) == (None, suggestion)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Quyết định số 55/2026/QĐ", id="another type is another document"),
        pytest.param("Nghị định số 12/2025/NĐ", id="a cited number that cannot be is no witness"),
        pytest.param("Luật số 96/2025/QH1", id="another serial is another document"),
    ],
)
def test_what_is_no_slip_suggests_nothing(text: str) -> None:
    (mention,) = find_mentions(text)
    assert REGISTER.resolve(mention, Context()).suggestion is None


def test_two_that_fit_alike_suggest_nothing() -> None:
    (mention,) = find_mentions("Thông tư số 31/2021/TT-BYA")
    assert REGISTER.resolve(mention, Context()).suggestion is None


def test_a_number_without_a_year_is_suggested_only_with_its_day() -> None:
    register = DocumentRegister([document("81-CP", "Nghị định", issued=date(1995, 11, 23))])
    (bare,) = find_mentions("Nghị định số 81/NĐ-CP")
    (dated,) = find_mentions("Nghị định số 81/NĐ-CP ngày 23/11/1995")
    assert register.resolve(bare, Context()).suggestion is None
    assert register.resolve(dated, Context()).suggestion == "nghi-dinh|81-CP|1995-11-23"
