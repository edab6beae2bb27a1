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
        ("Điều 5; Chương II, Phụ lục I", ("dieu-5", "chuong-II", "phu-luc-I")),
        ("Tiểu mục 4 Chương VI", ("chuong-VI/tieu-muc-4",)),
        ("các điểm 2 và 5 Mục IV Điều 3", ("dieu-3/muc-IV/diem-2", "dieu-3/muc-IV/diem-5")),
        ("Mục V Điều 3 và Mục II Điều 4", ("dieu-3/muc-V", "dieu-4/muc-II")),
        ("Mục 2 điểm c khoản 4 Điều 1", ("dieu-1/khoan-4/diem-c/muc-2",)),
        ("Mục 2, Điều 31", ("muc-2", "dieu-31")),
        ("Chương IV Điều 31", ("dieu-31",)),
        ("Chương IV gồm các điều từ Điều 31 đến Điều 33", ("chuong-IV", "dieu-31", "dieu-32", "dieu-33")),
    ],
)
def test_the_larger_unit_holds_what_stands_before_it(words: str, paths: tuple[str, ...]) -> None:
    run = trailing_run(words, 0, len(words))
    assert run is not None
    assert run.paths == paths


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("Điều 8 Chương III", ("dieu-8",)),
        ("khoản 3 Điều 8, Mục 2, Chương III", ("dieu-8/khoan-3",)),
        ("Điều 8 và Điều 9 thuộc Phần IV", ("dieu-8", "dieu-9")),
        ("Điều 8 của Chương III và Điều 21 tại Chương VI", ("dieu-8", "dieu-21")),
        ("Điều 8-10, 12 Mục 1 Chương III; Chương VI", ("dieu-8", "dieu-9", "dieu-10", "dieu-12", "chuong-VI")),
        ("Chương III, Điều 30", ("chuong-III", "dieu-30")),
        ("Điều 8 và Chương III", ("dieu-8", "chuong-III")),
        ("Điều 8, Chương III, Chương IV, Điều 60", ("dieu-8", "chuong-III", "chuong-IV", "dieu-60")),
        ("Điều 8, Mục 2 và Mục 3 Chương V", ("dieu-8", "chuong-V/muc-2", "chuong-V/muc-3")),
        ("Điều 8, các điều quy định tại Mục 6 Chương II", ("dieu-8", "chuong-II/muc-6")),
    ],
)
def test_a_chapter_behind_an_article_only_says_where_it_stands(words: str, paths: tuple[str, ...]) -> None:
    run = trailing_run(words, 0, len(words))
    assert run is not None
    assert run.paths == paths
    (mention,) = find_mentions(f"{words} Nghị định số 15/2021/NĐ-CP")
    assert mention.divisions == tuple(path for path in paths if not path.startswith("dieu-"))


@pytest.mark.parametrize(
    ("words", "paths", "whole"),
    [
        ("Điều 21 a", ("dieu-21a",), True),
        ("khoản 1, khoản 2 Điều 21 a, Điều 30", ("dieu-21a/khoan-1", "dieu-21a/khoan-2", "dieu-30"), True),
        ("Điều 21-b", ("dieu-21b",), True),
        ("Điều 21 a và 21 c", ("dieu-21a", "dieu-21c"), True),
        ("Điều 21 a, b", (), False),
        ("khoản 3 a Điều 21", (), False),
        ("khoản 3 a Điều 21, Điều 30", ("dieu-30",), False),
        ("từ Điều 21a đến Điều 21d", ("dieu-21a", "dieu-21b", "dieu-21c", "dieu-21d"), True),
        ("từ Điều 20 đến Điều 21b", ("dieu-20", "dieu-21", "dieu-21a", "dieu-21b"), True),
        ("khoản 1d đến khoản 1e Điều 2", ("dieu-2/khoan-1d", "dieu-2/khoan-1đ", "dieu-2/khoan-1e"), True),
    ],
)
def test_a_letter_belongs_to_its_number_or_nothing_is_read(words: str, paths: tuple[str, ...], whole: bool) -> None:
    run = trailing_run(words, 0, len(words))
    assert run is not None
    assert (run.paths, run.whole) == (paths, whole)
