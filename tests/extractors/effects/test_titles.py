"""What titles say that a document does, and the titles that clauses tell of other documents (sentences of our own)."""

from datetime import date

import pytest

from extractors.effects import SourceHead, read_clauses
from extractors.effects.title_effects import read_title
from rasoat.records import Confidence, Verb


def said(title: str, type_: str = "Nghị định", number: str = "80/2026/NĐ-CP") -> list[tuple[Verb, str | None]]:
    found = read_title(SourceHead(number, type_, date(2026, 5, 1), None, title))
    assert all(effect.quote == title and effect.confidence is Confidence.MEDIUM for effect in found)
    return [(e.verb, e.target and (e.target.number or e.target.quote)) for e in found]


@pytest.mark.parametrize(
    ("title", "effects"),
    [
        (
            "Sửa đổi, bổ sung một số điều của Nghị định số 12/2020/NĐ-CP quy định chi tiết Luật Giá và Nghị định số 15/2022/NĐ-CP",
            [(Verb.AMENDS, "12/2020/NĐ-CP"), (Verb.AMENDS, "15/2022/NĐ-CP")],
        ),
        ("Nghị định sửa đổi, bổ sung một số điều của Nghị định số 12/2020/NĐ-CP", [(Verb.AMENDS, "12/2020/NĐ-CP")]),
        ("Quy định chi tiết một số điều của Luật Giá về thẩm định giá theo Nghị định số 2/2019/NĐ-CP", [(Verb.DETAILS, "Luật Giá")]),
        ("Quy định chi tiết và biện pháp thi hành Luật Giá và Luật Đất đai", [(Verb.DETAILS, "Luật Giá"), (Verb.DETAILS, "Luật Đất đai")]),
        ("Quy định việc ngưng hiệu lực thi hành của Nghị định số 12/2020/NĐ-CP", [(Verb.SUSPENDS, "12/2020/NĐ-CP")]),
        ("Bãi bỏ toàn bộ Nghị định số 12/2020/NĐ-CP", []),  # an end needs a clause
        ("Quy định chi tiết nội dung hồ sơ; sửa đổi, bổ sung Nghị định số 12/2020/NĐ-CP", [(Verb.AMENDS, "12/2020/NĐ-CP")]),
        ("Quy định mức thu phí thẩm định", []),
    ],
)
def test_titles(title: str, effects: list[tuple[Verb, str]]) -> None:
    assert said(title) == effects


def test_a_circular_details_a_decree_and_no_other_circular() -> None:
    assert said("Hướng dẫn thực hiện Nghị định số 12/2020/NĐ-CP", "Thông tư", "8/2026/TT-BTC") == [(Verb.DETAILS, "12/2020/NĐ-CP")]
    assert said("Hướng dẫn thực hiện Thông tư số 12/2020/TT-BTC", "Thông tư", "8/2026/TT-BTC") == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "2. Bãi bỏ Nghị định số 45/2011/NĐ-CP ngày 17/6/2011 của Chính phủ về lệ phí và Nghị định số 23/2013/NĐ-CP sửa đổi Nghị định số 45/2011/NĐ-CP.",
            ["về lệ phí", "sửa đổi Nghị định số 45/2011/NĐ-CP"],
        ),
        ("2. Bãi bỏ Nghị định số 45/2011/NĐ-CP quy định chức danh và thẩm quyền, Điều 2 của Nghị định số 23/2013/NĐ-CP.", ["quy định chức danh và thẩm quyền", None]),
        (
            "2. Bãi bỏ Quyết định số 7/2006/QĐ-BGTVT ban hành “Quy trình đo” và Quyết định số 8/2006/QĐ-BGTVT ban hành “Quy trình thử”.",
            ["ban hành “Quy trình đo”", "ban hành “Quy trình thử”"],
        ),
    ],
)  # fmt: skip
def test_a_title_ends_where_the_next_document_begins(text: str, titles: list[str | None]) -> None:
    source = SourceHead("80/2026/NĐ-CP", "Nghị định", date(2026, 5, 1))
    assert [e.target and e.target.name for e in read_clauses(text, source)] == titles


@pytest.mark.parametrize("named", ["Bộ luật Đường thủy năm 2005", "Luật Đường thủy số 23/2005/QH11"])
def test_a_name_before_the_number_or_the_year_stays(named: str) -> None:
    (effect,) = read_clauses(f"{named} hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.", SourceHead("10/2015/QH13", "Luật"))
    assert effect.target is not None
    assert effect.target.name == "Đường thủy"
