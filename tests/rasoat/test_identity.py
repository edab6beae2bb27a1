from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasoat.identity import canonical_number, document_key, issuer_name, parse_number, type_of

CANONICAL = [
    ("104/2022/NĐ- CP", "104/2022/NĐ-CP"),
    ("54/1998/TTLT/Bộ GD&ĐT-TC", "54/1998/TTLT-BỘGD&ĐT-TC"),
    ("03/2011/TT–BTC.", "03/2011/TT-BTC"),
    ("15/2009/TTBXD", "15/2009/TT-BXD"),
    ("43/2017 NĐ-CP", "43/2017/NĐ-CP"),
    ("32/2018/QH-14", "32/2018/QH14"),
    ("45/2009/TT-BCA(C11)", "45/2009/TT-BCA"),
    ("29/2014/TTLT/BVHTT-BTC", "29/2014/TTLT-BVHTT-BTC"),
    ("05/2014/NQLT/UBTVQH13-CP", "05/2014/NQLT-UBTVQH13-CP"),
    ("10/2011/TT_BYT", "10/2011/TT-BYT"),
    ("2231/QĐ/GTVT", "2231/QĐ/GTVT"),
    ("78-CP", "78-CP"),
    ("254/TT-LB", "254/TT-LB"),
    ("20/2009/TT-BTС", "20/2009/TT-BTC"),
    ("63/2010/ND-CP", "63/2010/NĐ-CP"),
    ("66.18/2026/NQ-CP", "66.18/2026/NQ-CP"),
    ("373/NĐ-CP", "373/NĐ-CP"),
    ("02/2020/UBTVQH", "02/2020/UBTVQH"),
]


@pytest.mark.parametrize(("printed", "canonical"), CANONICAL)
def test_canonical_number(printed: str, canonical: str) -> None:
    assert canonical_number(printed) == canonical


@given(st.text(max_size=40))
def test_canonical_number_is_idempotent(printed: str) -> None:
    once = canonical_number(printed)
    assert canonical_number(once) == once


def test_parts_of_a_number() -> None:
    parts = parse_number("29/2014/TTLT-BLĐTBXH-BTC")
    assert parts
    assert (parts.serial, parts.year, parts.symbol, parts.agencies) == ("29", 2014, "TTLT", ("BLĐTBXH", "BTC"))
    assembly = parse_number("26/2005/PL-UBTVQH11")
    assert assembly
    assert (assembly.symbol, assembly.agencies, assembly.term) == ("PL", ("UBTVQH",), 11)
    assert parse_number("không phải") is None


@pytest.mark.parametrize(
    ("number", "written", "type_"),
    [
        ("63/2010/NĐ-CP", None, "Nghị định"),
        ("45/2013/QH13", "LUẬT", "Luật"),
        ("45/2013/QH13", None, None),
        ("326/TTG", None, "Quyết định"),
        ("89/CP", None, "Nghị định"),
        ("05/VBHN-BTC", None, "Văn bản hợp nhất"),
    ],
)
def test_type_of(number: str, written: str | None, type_: str | None) -> None:
    assert type_of(number, written) == type_


def test_issuer_name_has_one_spelling() -> None:
    assert issuer_name("Uỷ ban  nhân dân tỉnh Yên Bái") == issuer_name("UBND tỉnh Yên Bái") == "UBND tỉnh Yên Bái"


def test_keys() -> None:
    assert document_key("Nghị định", "63/2010/NĐ-CP", "Chính phủ") == "nghi-dinh|63/2010/NĐ-CP"
    assert document_key("Quyết định", "12/2019/QĐ-UBND") is None
    assert document_key("Quyết định", "12/2019/QĐ-UBND", "UBND tỉnh Yên Bái") == "quyet-dinh|12/2019/QĐ-UBND|ubnd-tinh-yen-bai"
    assert document_key("Quyết định", "90/QĐ-BTC", None, date(2020, 1, 2)) == "quyet-dinh|90/QĐ-BTC|2020-01-02"
    assert document_key("Bộ luật", "100/2015/QH13") == document_key("Luật", "100/2015/QH13") == "luat|100/2015/QH13"
