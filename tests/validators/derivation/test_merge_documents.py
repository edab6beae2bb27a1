from datetime import date
from itertools import permutations

import pytest

from rasoat.records import KnownFrom, LegalDocument, Observation, Origin
from validators.derivation.merge_documents import merge_documents, named


def said(known: KnownFrom, **more: object) -> Observation:
    given = {
        "key": "nghi-dinh|10/2099/NĐ-CP",
        "number": "10/2099/NĐ-CP",
        "type": "Nghị định",
        "source": "s",
        "observed_on": date(2099, 1, 1),
    }
    return Observation(**{**given, "origin": Origin("c", "p"), "known_from": known, **more})


def test_each_attribute_comes_from_the_most_believed_source_that_gives_it() -> None:
    told = [
        said(KnownFrom.TEXT, title="bản chép", issued_on=date(2099, 1, 2), issuer="Chính phủ"),
        said(KnownFrom.OFFICIAL, title="bản chính", effective_on=date(2099, 3, 1)),
        said(KnownFrom.EFFECT, title="tên trong một điều khoản khác"),
    ]
    for order in permutations(told):
        (document,) = merge_documents(order)
        assert (document.title, document.issuer) == ("bản chính", "Chính phủ")
        assert (document.issued_on, document.effective_on) == (date(2099, 1, 2), date(2099, 3, 1))
        assert document.known_from is KnownFrom.TEXT


def test_the_day_most_often_printed_wins_among_equal_sources() -> None:
    days = [date(2099, 3, 1), date(2099, 3, 2), date(2099, 3, 2)]
    (document,) = merge_documents(said(KnownFrom.OFFICIAL, effective_on=day, origin=Origin("c", str(at))) for at, day in enumerate(days))
    assert document.effective_on == date(2099, 3, 2)


def test_a_day_of_issue_that_the_numbers_year_rules_out_is_not_believed() -> None:
    wrong, right = said(KnownFrom.OFFICIAL, issued_on=date(2079, 1, 2)), said(KnownFrom.EFFECT, issued_on=date(2098, 12, 31))
    assert merge_documents([wrong])[0].issued_on is None
    assert merge_documents([wrong, right])[0].issued_on == date(2098, 12, 31)  # a number of the turn of the year


@pytest.mark.parametrize(
    ("issued", "believed"),
    [(date(2097, 12, 31), False), (date(2098, 1, 1), True), (date(2100, 12, 31), True), (date(2101, 1, 1), False)],
)
def test_a_day_of_issue_may_be_a_turn_of_the_year_off_and_no_more(issued: date, believed: bool) -> None:
    (document,) = merge_documents([said(KnownFrom.OFFICIAL, issued_on=issued)])  # a number of 2099
    assert document.issued_on == (issued if believed else None)


@pytest.mark.parametrize(
    ("issued", "entered", "believed"),
    [
        (date(2102, 12, 31), date(2103, 6, 28), False),  # number and days are of two documents
        (date(2079, 8, 1), date(2099, 9, 15), True),  # only the day of issue is misprinted
        (date(2098, 12, 20), date(2104, 1, 1), True),  # a possible day of issue: some texts begin late
        (None, date(2104, 1, 1), True),
    ],
)
def test_a_note_of_another_document_gives_no_day_of_entry(issued: date | None, entered: date, believed: bool) -> None:
    (document,) = merge_documents([said(KnownFrom.TEXT, issued_on=issued, effective_on=entered)])
    assert document.effective_on == (entered if believed else None)


def test_a_number_without_a_year_rules_out_no_day() -> None:
    (document,) = merge_documents([said(KnownFrom.OFFICIAL, number="15/QĐ-BTC", issued_on=date(2050, 1, 1))])
    assert document.issued_on == date(2050, 1, 1)


def document(number: str, type_: str, issuer: str | None, key: str, issued: date | None = None) -> LegalDocument:
    return LegalDocument(key, number, number, type_, issuer, None, issued, None, KnownFrom.OFFICIAL)


def test_namesakes_are_told_apart_by_issuer_and_by_type() -> None:
    found = named(
        [
            document("12/2019/QĐ-UBND", "Quyết định", "UBND tỉnh Yên Bái", "a"),
            document("12/2019/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Lào Cai", "b"),
            document("56/2010/QH12", "Luật", "Quốc hội", "c"),
            document("56/2010/QH12", "Nghị quyết", "Quốc hội", "d"),
            document("63/2010/NĐ-CP", "Nghị định", "Chính phủ", "e"),
        ]
    )
    assert {one.key: one.id for one in found} == {
        "a": "12/2019/QĐ-UBND@ubnd-tinh-yen-bai",
        "b": "12/2019/QĐ-UBND@ubnd-tinh-lao-cai",
        "c": "56/2010/QH12@luat",
        "d": "56/2010/QH12@nghi-quyet",
        "e": "63/2010/NĐ-CP",
    }


def test_individual_acts_of_one_body_are_told_apart_by_their_day() -> None:
    found = named(
        [
            document("15/QĐ-BTC", "Quyết định", "Bộ Tài chính", "a", date(2024, 1, 5)),
            document("15/QĐ-BTC", "Quyết định", "Bộ Tài chính", "b", date(2025, 1, 6)),
        ]
    )
    assert len({one.id for one in found}) == 2
    assert all(str(one.issued_on) in one.id for one in found)
