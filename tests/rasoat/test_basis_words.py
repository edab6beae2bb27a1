"""What a status rests on, said twice: for people in Vietnamese, for programs in the public English sentence."""

from __future__ import annotations

from datetime import date
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasoat import words
from rasoat.records import BasisKind, DateBasis, StatusBasis
from rasoat.records.bases import NEEDED
from rasoat.words.basis_words import BASIS, BASIS_SENTENCE, DATED

DAYS = st.dates(date(1945, 9, 2), date(2030, 12, 31))
VALUES = {
    "on": DAYS,
    "later": DAYS,
    "documents": st.lists(st.sampled_from(["15/2018/NĐ-CP", "12/2019/QĐ-UBND@ubnd-tinh-yen-bai"]), min_size=1, max_size=2).map(tuple),
    "source": st.sampled_from(["phapdien", "vbpl", "import:documents"]),
    "quote": st.sampled_from(["Còn hiệu lực", "Hết hiệu lực một phần"]),
    "dated": st.sampled_from(DateBasis),
    "year": st.integers(1945, 2030),
    "months": st.integers(1, 60),
    "parts": st.sampled_from([("dieu-1", "dieu-45"), ("dieu-5/khoan-1", "dieu-5/khoan-4"), ("dieu-5/khoan-2",)]),
    "rests_on": st.sampled_from(DateBasis).map(lambda dated: StatusBasis(BasisKind.CLAUSE, dated=dated)),
}


def whole(kind: BasisKind) -> st.SearchStrategy[StatusBasis]:
    """Bases of a kind with all that it needs and nothing else."""
    return st.builds(StatusBasis, st.just(kind), **{name: VALUES[name] for name in NEEDED[kind]})


@pytest.mark.parametrize(
    ("rests", "sentence", "shown"),
    [
        (StatusBasis(BasisKind.IN_CODIFIED_LAW, on=date(2026, 2, 23)), "stands in the codified law of 2026-02-23", "có trong Bộ pháp điển ngày 23/02/2026"),
        (
            StatusBasis(BasisKind.LEFT_CODIFIED_LAW, on=date(2024, 3, 15), later=date(2026, 2, 23)),
            "stood in the codified law of 2024-03-15, not in that of 2026-02-23",
            "có trong Bộ pháp điển ngày 15/03/2024, không còn trong bản ngày 23/02/2026",
        ),
        (
            StatusBasis(BasisKind.NO_SUCH_PROVISION, parts=("dieu-1", "dieu-45")),
            "the text held has no such provision, only dieu-1 to dieu-45",
            "bản đang giữ không có điều khoản này: văn bản có Điều 1 đến Điều 45",
        ),
        (
            StatusBasis(BasisKind.NO_SUCH_PROVISION, parts=("dieu-5/khoan-1", "dieu-5/khoan-4"), documents=("9/2020/NĐ-CP",)),
            "the text held has no such provision, only dieu-5/khoan-1 to dieu-5/khoan-4; amended by 9/2020/NĐ-CP",
            "bản đang giữ không có điều khoản này: Điều 5 có khoản 1 đến khoản 4; văn bản đã được sửa đổi, bổ sung tại 9/2020/NĐ-CP",
        ),
        (
            StatusBasis(BasisKind.NO_SUCH_PROVISION, parts=("dieu-5/khoan-2",)),
            "the text held has no such provision, only dieu-5/khoan-2",
            "bản đang giữ không có điều khoản này: khoản 2 Điều 5 không chia nhỏ",
        ),
        (
            StatusBasis(BasisKind.ENTERED, on=date(2026, 7, 1), rests_on=StatusBasis(BasisKind.CLAUSE, dated=DateBasis.OWN_ENTRY)),
            "entered into force on 2026-07-01 (own_entry)",
            "có hiệu lực ngày 01/07/2026 (ngày văn bản chấm dứt có hiệu lực)",
        ),
        (
            StatusBasis(
                BasisKind.ENTERED,
                on=date(2026, 7, 1),
                rests_on=StatusBasis(BasisKind.SOURCE_STATES_ENTRY, on=date(2026, 2, 23), source="phapdien"),
            ),
            "entered into force on 2026-07-01 (stated by phapdien on 2026-02-23)",
            "có hiệu lực ngày 01/07/2026 (Bộ pháp điển nêu, ghi nhận ngày 23/02/2026)",
        ),
        (
            StatusBasis(BasisKind.SOURCE_STATES_ENTRY, on=date(2026, 2, 23), source="import:documents"),
            "stated by import:documents on 2026-02-23",
            "bản chép nạp ngày 23/02/2026",
        ),
        (
            StatusBasis(BasisKind.SOURCE_CLAIMS, on=date(2026, 5, 31), source="vbpl", quote="Còn hiệu lực"),
            "vbpl says “Còn hiệu lực” on 2026-05-31",
            "vbpl.vn nêu “Còn hiệu lực”, ghi nhận ngày 31/05/2026",
        ),
        (
            StatusBasis(BasisKind.PARTLY_ENDED, on=date(2020, 9, 15), documents=("87/2020/NĐ-CP",)),
            "partly ended by 87/2020/NĐ-CP on 2020-09-15",
            "bị 87/2020/NĐ-CP chấm dứt một phần ngày 15/09/2020",
        ),
        (StatusBasis(BasisKind.RESUMED, documents=("09/2026/NQ-CP",)), "revived by 09/2026/NQ-CP", "được 09/2026/NQ-CP khôi phục hiệu lực"),
        (
            StatusBasis(BasisKind.CONSOLIDATES, documents=("1/2018/NĐ-CP", "2/2018/NĐ-CP"), rests_on=StatusBasis(BasisKind.ENDS_LATER, on=date(2026, 7, 1))),
            "consolidates 1/2018/NĐ-CP, 2/2018/NĐ-CP: ends only on 2026-07-01",
            "hợp nhất 1/2018/NĐ-CP, 2/2018/NĐ-CP: chỉ chấm dứt từ ngày 01/07/2026",
        ),
        (StatusBasis(BasisKind.CLAUSE, dated=DateBasis.TERM), "term", "thời hạn ghi trong văn bản"),
        (StatusBasis(BasisKind.UNKNOWN_ENTRY), "unknown", "chưa rõ"),
        (StatusBasis(BasisKind.NO_RECORD), "no record of this document", "chưa có bản ghi nào của văn bản này"),
        (StatusBasis(BasisKind.NO_RECORD, documents=("9/2099/QĐ-BTP",)), "no record of 9/2099/QĐ-BTP", "chưa có bản ghi nào của văn bản này"),
        (
            StatusBasis(BasisKind.NO_SIGN_OF_LIFE, months=24),
            "no sign of life within 24 months before the day",
            "không có dấu hiệu nào trong 24 tháng trước ngày xét",
        ),
    ],
)  # fmt: skip
def test_a_basis_in_both_languages(rests: StatusBasis, sentence: str, shown: str) -> None:
    assert words.basis_sentence(rests) == sentence
    assert words.basis(rests) == shown


def test_every_kind_has_words_that_name_what_it_needs() -> None:
    """The public sentence loses nothing a basis is made of; the Vietnamese words ask for nothing it may not have."""
    assert set(BASIS) == set(BASIS_SENTENCE) == set(BasisKind)
    assert set(DATED) == set(DateBasis)
    for kind in BasisKind:
        optional = {"documents"} if kind is BasisKind.NO_RECORD else set()
        assert _named(BASIS_SENTENCE[kind]) - optional == set(NEEDED[kind]), kind
        assert _named(BASIS[kind]) <= set(NEEDED[kind]), kind


def _named(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("kind", BasisKind)
@given(st.data())
def test_different_bases_of_a_kind_are_different_sentences(kind: BasisKind, data: st.DataObject) -> None:
    one, other = data.draw(whole(kind)), data.draw(whole(kind))
    assert (words.basis_sentence(one) == words.basis_sentence(other)) is (one == other)
    assert "None" not in words.basis_sentence(one) + words.basis(one)
    assert words.basis(one) != words.basis_sentence(one)


@pytest.mark.parametrize("kind", [kind for kind in BasisKind if NEEDED[kind]])
def test_a_basis_without_what_its_kind_needs_cannot_be_made(kind: BasisKind) -> None:
    with pytest.raises(ValueError, match=NEEDED[kind][0]):
        StatusBasis(kind)
