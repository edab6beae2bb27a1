"""Enforcement articles quoted in the footnotes of a consolidated text belong to the law that each quotation names."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.effects.quoted_articles import opening_quotation, quoted_articles
from extractors.imports.document_files import file_pieces, parse_file
from queries.clause_effects import clauses_read
from rasoat.records import KnownFrom, Origin, Tier

ONE = (
    "[7] Điều 30 và Điều 31 của Luật Đo nước số 8/2009/QH12, có hiệu lực kể từ ngày 01 tháng 7 năm 2010 quy định như sau:\n"
    "“Điều 30. Hiệu lực thi\nhành\n1. Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2010, trừ quy định tại\nĐiều 31 của Luật này.\n"
    "2. Cụm từ “đo tay” tại khoản 1 được thay bằng cụm từ “đo máy”.\n3. Luật Thử giếng số 5/2000/QH10 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.\n"
    "Điều 31. Quy định chuyển tiếp\nHồ sơ đã nộp thì được giải quyết theo Luật Thử giếng số 5/2000/QH10.”.\n"
)
TWO = "Điều 4 của Luật số 9/2012/QH13 sửa đổi, bổ sung một số điều của Luật Đo nước số 8/2009/QH12 quy định như sau:\n“Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2013.”.\n"
HEAD = (
    "VĂN PHÒNG THỬ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/VBHN-VPQH\nHà Nội, ngày 29 tháng 6 năm 2019\nLUẬT THỬ NƯỚC\n"
    "Luật Thử nước số 1/2002/QH11 ngày 1 tháng 2 năm 2002 của Quốc hội được sửa đổi, bổ sung bởi:\n"
    "1. Luật Đo nước số 8/2009/QH12 ngày 3 tháng 4 năm 2009 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 7 năm 2010;\n"
    "Điều 1. Phạm vi\nLuật này quy định việc thử.\nĐiều 2. Thi hành[7]\nLuật này có hiệu lực từ ngày 1 tháng 3 năm 2002.\n"
)


def test_each_quoted_article_is_its_laws() -> None:
    found = list(quoted_articles(f"{ONE}{TWO}"))
    assert [(one.of.number, one.path, one.heading) for one in found] == [
        ("8/2009/QH12", "dieu-30", "Hiệu lực thi hành"),
        ("8/2009/QH12", "dieu-31", "Quy định chuyển tiếp"),
        ("9/2012/QH13", "dieu-4", ""),
    ]
    assert found[0].text.startswith("1. Luật này")
    assert found[0].text.endswith("có hiệu lực thi hành.")
    assert found[2].text == "Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2013."


@pytest.mark.parametrize(
    "text",
    [
        ONE.replace("”.\n", "\n"),  # nobody knows where it ends
        ONE.replace("Điều 30 và Điều 31 của", "Điều 30 và Điều 33 của"),  # what is announced is not what is quoted
        ONE.replace("“Điều 30. ", "“…\nĐiều 30. "),
        TWO.replace("“Luật này", "“2. Luật này"),  # one khoản of an article
        TWO.replace("Luật số 9/2012/QH13 sửa đổi, bổ sung một số điều của Luật Đo nước số 8/2009/QH12", "Luật Đo nước"),
        "Điều 4 của Luật này quy định như sau:\n“Điều 4. Một”.\n",
        "Trách nhiệm của chủ đập được quy định như sau:\n“Điều 4. Một”.\n",
    ],
)
def test_a_quotation_that_cannot_be_told_gives_nothing(text: str) -> None:
    assert list(quoted_articles(text)) == []


def test_this_law_in_a_footnote_is_the_law_it_names() -> None:
    text = ONE.removeprefix("[7] ")
    said = clauses_read(text, {"number": "3/VBHN-VPQH", "type": "Văn bản hợp nhất"})
    assert [(one.provision, one.on) for one in said.entry] == [(None, date(2010, 7, 1))]
    assert [(one.target, one.provisions, one.on) for one in said.effects if one.verb != "amends"] == [("5/2000/QH10", [], date(2010, 7, 1))]
    assert all(text[one.start : one.end] == one.quote for one in said.effects)
    assert opening_quotation("Điều 1. Hiệu lực\nNghị định này có hiệu lực từ ngày 1/1/2019.") is None


def test_a_consolidated_text_gives_the_laws_it_quotes_and_nothing_of_its_own() -> None:
    data = f"{HEAD}{ONE}{TWO}".encode()
    (piece,) = file_pieces("hop-nhat.txt", data)
    parsed = parse_file(piece, Origin("capture", "hop-nhat.txt"), date(2019, 7, 1))
    assert {one.key for one in parsed.articles} == {"luat|8/2009/QH12", "luat|9/2012/QH13"}
    assert {one.tier for one in parsed.articles} == {Tier.B}
    known = {one.number: (one.known_from, one.issued_on, one.effective_on) for one in parsed.observations[1:]}
    assert known == {"8/2009/QH12": (KnownFrom.TEXT, date(2009, 4, 3), None), "9/2012/QH13": (KnownFrom.TEXT, None, None)}
    assert "hợp nhất" in parsed.refused[0].reason
