"""The words that people read for what the records say."""

from datetime import date

import pytest

from rasoat import words
from rasoat.records import KnownFrom, LegalDocument


def document(printed: str, number: str, kind: str, issuer: str | None = None, issued_on: date | None = None) -> LegalDocument:
    return LegalDocument(
        key=printed, id=printed, number=number, type=kind, issuer=issuer, title="", issued_on=issued_on, effective_on=None, known_from=KnownFrom.CITED
    )  # fmt: skip


@pytest.mark.parametrize(
    ("known", "called"),
    [
        (document("123/2015/NĐ-CP", "123/2015/NĐ-CP", "Nghị định"), "123/2015/NĐ-CP"),
        (document("254/2025/QH15@nghi-quyet", "254/2025/QH15", "Nghị quyết"), "Nghị quyết 254/2025/QH15"),
        (
            document("12/2020/QĐ-UBND@lai-chau", "12/2020/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Lai Châu", date(2020, 4, 2)),
            "Quyết định 12/2020/QĐ-UBND ngày 02/04/2020 của Ủy ban nhân dân tỉnh Lai Châu",
        ),
        (document("5/QĐ-BTP@2020-01-03", "5/QĐ-BTP", "Quyết định"), "Quyết định 5/QĐ-BTP"),
    ],
)
def test_a_document_is_called_by_its_number_and_by_more_only_where_others_share_it(known: LegalDocument, called: str) -> None:
    assert words.called(known) == called


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["dieu-61", "dieu-10", "dieu-63", "dieu-62", "?"], "Điều 10, 61–63"),
        (["dieu-12/khoan-10", "dieu-12/khoan-2", "dieu-16a", "dieu-9"], "Điều 9, khoản 2, 10 Điều 12, Điều 16a"),
        (["dieu-14/khoan-1/diem-e", "dieu-14/khoan-1/diem-c", "dieu-14/khoan-1/diem-đ", "dieu-14/khoan-1/diem-d"], "điểm c, d, đ, e khoản 1 Điều 14"),
        (["phu-luc-II", "chuong-IX", "chuong-V/muc-2", "dieu-5"], "Mục 2 Chương V, Chương IX, Điều 5, Phụ lục II"),
        (["dieu-2/diem-e.10", "dieu-2/diem-e.9", "dieu-2/diem-e", "dieu-2/diem-e.3"], "điểm e, e.3, e.9, e.10 Điều 2"),
        (["phu-luc-3B", "phu-luc-22", "phu-luc-3A", "phu-luc-12A"], "Phụ lục 3A, 3B, 12A, 22"),
        (["?"], ""),
    ],
)  # fmt: skip
def test_provisions_stand_in_the_order_of_the_text(paths: list[str], said: str) -> None:
    assert words.provisions(paths) == said
