"""Lists of provisions among which phrases stand: what is named by itself ends, what holds a phrase is amended."""

from datetime import date

import pytest

from extractors.effects import SourceHead, read_clauses
from rasoat.records import Verb

DECREE = SourceHead("800/2026/NĐ-CP", "Nghị định", date(2026, 1, 10), None)
OLD = "Nghị định số 700/2015/NĐ-CP"


def read(text: str) -> tuple[list[str], list[str]]:
    """The provisions that end, and those that are amended."""
    found = read_clauses(text, DECREE)
    ended = [path for effect in found if effect.verb is Verb.REPEALS for path in effect.provisions]
    amended = [path for effect in found if effect.verb is Verb.AMENDS for path in effect.provisions]
    return ended, amended


@pytest.mark.parametrize(
    ("listed", "ended", "amended"),
    [
        (
            "Điều 6; cụm từ “sổ gốc” tại khoản 2 Điều 11, khoản 3 Điều 12; Điều 14; điểm b khoản 1 Điều 15",
            ["dieu-6", "dieu-14", "dieu-15/khoan-1/diem-b"],
            ["dieu-11/khoan-2", "dieu-12/khoan-3"],
        ),
        (
            "cụm từ “sổ gốc” tại Điều 11; cụm từ “bản chính” tại khoản 4 Điều 19; Điều 31; Điều 32",
            ["dieu-31", "dieu-32"],
            ["dieu-11", "dieu-19/khoan-4"],
        ),
        # One phrase at the beginning may go on to the end.
        ("cụm từ “sổ gốc” tại Điều 11; khoản 4 Điều 19; Điều 31", [], ["dieu-11", "dieu-19/khoan-4", "dieu-31"]),
        ("khoản 3 Điều 9, cụm từ “sổ gốc” tại Điều 10 và Điều 12", ["dieu-9/khoan-3"], ["dieu-10", "dieu-12"]),
        ("Điều 7, Điều 8 và cụm từ “sổ gốc” tại khoản 2 Điều 9", ["dieu-7", "dieu-8"], ["dieu-9/khoan-2"]),
        (
            "Điều 5; từ “và” tại Điều 10; đoạn “nộp lại” tại Điều 11; câu cuối tại khoản 2 Điều 12; dấu “,” tại Điều 13; Điều 20",
            ["dieu-5", "dieu-20"],
            ["dieu-10", "dieu-11", "dieu-12/khoan-2", "dieu-13"],
        ),
        (
            "Điều 5; số thứ tự 3 tại Phụ lục I; dòng thứ hai tại Phụ lục II; Phụ lục IV",
            ["dieu-5", "phu-luc-IV"],
            ["phu-luc-I", "phu-luc-II"],
        ),
        ("khoản 3 Điều 37; các quy định về chỉ định đơn vị tại Điều 40; Điều 41", ["dieu-37/khoan-3", "dieu-41"], ["dieu-40"]),
        ("Điều 7; bãi bỏ cụm từ “sổ gốc” tại Điều 17; bãi bỏ Điều 31, Điều 32", ["dieu-7", "dieu-31", "dieu-32"], ["dieu-17"]),
        (
            "Điều 7; thay thế cụm từ “sổ gốc” bằng cụm từ “dữ liệu gốc” tại Điều 17; bãi bỏ Điều 31; Điều 32 của",
            ["dieu-7", "dieu-31", "dieu-32"],
            ["dieu-17"],
        ),
    ],
)
def test_a_phrase_stops_no_list(listed: str, ended: list[str], amended: list[str]) -> None:
    assert read(f"2. Bãi bỏ {listed} {OLD}.") == (ended, amended)


def test_each_document_of_a_list_has_its_own_phrases() -> None:
    text = f"2. Bãi bỏ Điều 7; cụm từ “sổ” tại Điều 9 {OLD}; Điều 4; cụm từ “thẻ” tại Điều 6 Nghị định số 701/2015/NĐ-CP."
    found = read_clauses(text, DECREE)
    assert [(e.verb, e.target and e.target.number, e.provisions) for e in found] == [
        (Verb.REPEALS, "700/2015/NĐ-CP", ("dieu-7",)),
        (Verb.AMENDS, "700/2015/NĐ-CP", ("dieu-9",)),
        (Verb.REPEALS, "701/2015/NĐ-CP", ("dieu-4",)),
        (Verb.AMENDS, "701/2015/NĐ-CP", ("dieu-6",)),
    ]


def test_the_verb_may_follow_and_the_document_stand_above() -> None:
    assert read(f"2. Điều 7; cụm từ “sổ” tại Điều 9; Điều 31 {OLD} hết hiệu lực.") == (["dieu-7", "dieu-31"], ["dieu-9"])
    above = f"2. Sửa đổi, bổ sung, bãi bỏ một số điều của {OLD} như sau:\na) Bãi bỏ Điều 7; cụm từ “sổ” tại Điều 9; Điều 31."
    assert read(above) == (["dieu-7", "dieu-31"], ["dieu-9"])


def test_a_clause_that_may_be_a_point_ends_nothing_and_stops_no_list() -> None:
    assert read(f"2. Bãi bỏ khoản 2 a Điều 4, Điều 30 {OLD}.") == (["dieu-30"], ["dieu-4"])
    assert read(f"2. Bãi bỏ Điều 4 a {OLD}.") == (["dieu-4a"], [])
    assert read(f"2. Bãi bỏ Điều 4 bis {OLD}.") == ([], [])
