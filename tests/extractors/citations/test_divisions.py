"""Chapters, sections, annexes and forms named beside a document: apart from its provisions, which begin at an article."""

from __future__ import annotations

import pytest

from extractors.citations import find_mentions
from extractors.citations.grammar.provision_runs import trailing_run


@pytest.mark.parametrize(
    ("text", "divisions"),
    [
        ("theo Mẫu số 1 Phụ lục số II Nghị định số 175/2024/NĐ-CP", ("phu-luc-II/mau-so-1",)),
        ("theo Mẫu số 09 tại Phụ lục II ban hành kèm theo Quyết định số 44/2026/QĐ-UBND", ("phu-luc-II/mau-so-09",)),
        ("mẫu 15b quy định tại Phụ lục V ban hành kèm theo Thông tư số 01/2026/TT-BNNMT", ("phu-luc-V/mau-so-15b",)),
        ("(Mẫu 3, Phụ lục I kèm theo Thông tư số 31/2025/TT-BCA)", ("phu-luc-I/mau-so-3",)),
        ("mẫu số 05-ĐK-TH ban hành kèm theo Thông tư số 86/2024/TT-BTC", ("mau-so-05-đk-th",)),
        ("Phụ lục I, II và III của Nghị định số 32/2026/NĐ-CP", ("phu-luc-I", "phu-luc-II", "phu-luc-III")),
        ("Phụ lục ban hành kèm theo Nghị định số 32/2026/NĐ-CP", ("phu-luc",)),
        ("Mục 2 Chương IV Nghị định số 32/2026/NĐ-CP", ("chuong-IV/muc-2",)),
        ("Thông tư số 38/2015/TT-BTC tại Phụ lục V", ("phu-luc-V",)),
        ("phần mềm nêu trong danh mục theo Thông tư số 38/2015/TT-BTC", ()),
        ("theo mẫu của cơ quan và Thông tư số 38/2015/TT-BTC", ()),
    ],
)
def test_divisions_of_one_document(text: str, divisions: tuple[str, ...]) -> None:
    (mention,) = find_mentions(text)
    assert (mention.divisions, mention.provisions) == (divisions, ())


def test_articles_and_divisions_stand_apart() -> None:
    (mention,) = find_mentions("khoản 2 Điều 5 và Chương IV Nghị định số 15/2021/NĐ-CP")
    assert (mention.provisions, mention.divisions) == (("dieu-5/khoan-2",), ("chuong-IV",))


def test_an_annex_belongs_to_the_document_it_leads_to() -> None:
    first, second = find_mentions("Mẫu số 02 Nghị định số 30/2020/NĐ-CP, Phụ lục I Thông tư số 11/2020/TT-BTC")
    assert (first.divisions, second.divisions) == (("mau-so-02",), ("phu-luc-I",))


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("điểm 4.1 tiểu mục 04, mục II, Phần A thuộc Phụ lục số 01", ("phu-luc-01/phan-A/muc-II/tieu-muc-04/diem-4.1",)),
        ("Mục 3 và Mục 4 Chương IV", ("chuong-IV/muc-3", "chuong-IV/muc-4")),
        ("Mẫu số 01, Mẫu số 02 Phụ lục II", ("phu-luc-II/mau-so-01", "phu-luc-II/mau-so-02")),
        ("Mẫu số 01 và Phụ lục II", ("mau-so-01", "phu-luc-II")),
        ("Mẫu số 01; Phụ lục II", ("mau-so-01", "phu-luc-II")),
        ("Chương II, Chương V, Phần III", ("phan-III/chuong-II", "phan-III/chuong-V")),
        ("Điều 5, Chương II, Phụ lục I", ("dieu-5", "chuong-II", "phu-luc-I")),
    ],
)
def test_the_larger_unit_holds_what_stands_before_it(words: str, paths: tuple[str, ...]) -> None:
    run = trailing_run(words, 0, len(words))
    assert run is not None
    assert run.paths == paths
