"""Titles of documents that no source gives, and titles as people read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rasoat.records import KnownFrom, LegalDocument, Mention, MentionKind
from validators.derivation.document_titles import calmed, titled
from validators.derivation.told_titles import ToldTitles, own_title, quote_of, quoted_title

LAW, CIRCULAR = "luat|77/2012/QH13", "thong-tu|12/2019/TT-BTC"
DOCUMENT = LegalDocument(CIRCULAR, "12/2019/TT-BTC", "12/2019/TT-BTC", "Thông tư", None, None, date(2019, 3, 1), None, KnownFrom.TEXT)


@pytest.mark.parametrize(
    ("key", "quote", "title"),
    [
        (LAW, "Thủy văn", "Thủy văn"),
        (LAW, "Thủy văn có hiệu lực thi hành", "Thủy văn"),
        (LAW, "thủy vănLuật Đê điều", "thủy văn"),
        (LAW, "này", None),
        (CIRCULAR, "quy định về phí trước bạ)", "quy định về phí trước bạ"),
        (CIRCULAR, "quy định về phí trước bạ 12/2019/TT-BTCThông tư số 5", "quy định về phí trước bạ"),
        (CIRCULAR, "quy định về phí trước bạ; Thông tư số 9", "quy định về phí trước bạ"),
        (CIRCULAR, "quy định về phí trước bạ kể từ ngày Thông tư này có hiệu lực", "quy định về phí trước bạ"),
        (CIRCULAR, "quy định về phí trước bạ do Bộ trưởng Bộ Tài chính ban hành", "quy định về phí trước bạ"),
        (CIRCULAR, "ban hành “Quy chuẩn về cân xe”", "ban hành “Quy chuẩn về cân xe”"),
        (
            CIRCULAR,
            "sửa đổi Thông tư số 1/2018/TT-BTC ngày 02/01/2018 quy định về phí",
            "sửa đổi Thông tư số 1/2018/TT-BTC ngày 02/01/2018 quy định về phí",
        ),
        (CIRCULAR, "về sửa đổi", None),
    ],
)
def test_a_quote_is_cut_where_its_sentence_goes_on(key: str, quote: str, title: str | None) -> None:
    assert quoted_title(quote, key) == title


def test_most_quotes_decide_whatever_their_marks_and_their_order() -> None:
    quotes = ["Thủy văn", "THỦY VĂN", "Thủy văn", "thuỷ lợi", "Khí tượng"]
    for order in (quotes, quotes[::-1]):
        told = ToldTitles[int]()
        for giver, quote in enumerate(order):
            told.put(giver, [(LAW, quote)])
        assert told.title(LAW) == "Thủy văn"


def test_of_as_many_quotes_the_one_that_was_given_stands() -> None:
    told = ToldTitles[int]()
    told.put(1, [(CIRCULAR, "quy định về phí trước bạ xe máy")])
    told.put(2, [(CIRCULAR, "quy định về phí trước bạ")])
    assert told.title(CIRCULAR) == "quy định về phí trước bạ"
    assert told.title(CIRCULAR, "quy định về phí trước bạ xe máy") == "quy định về phí trước bạ xe máy"


def test_what_a_giver_told_before_counts_no_more() -> None:
    told = ToldTitles[str]()
    assert told.put("a", [(LAW, "Thủy văn")]) == {LAW}
    assert told.put("a", [(CIRCULAR, "quy định về phí trước bạ")]) == {LAW, CIRCULAR}
    assert told.title(LAW) is None
    assert told.title(CIRCULAR) == "quy định về phí trước bạ"
    assert told.put("a", []) == {CIRCULAR}
    assert told.title(CIRCULAR) is None


def test_a_laws_name_stands_before_its_number_too() -> None:
    words = "Luật sửa đổi một số điều của Luật Thủy văn số 77/2012/QH13"
    assert quote_of(Mention(0, len(words), words, MentionKind.NUMBERED, "Luật", "77/2012/QH13")) == "sửa đổi một số điều của Luật Thủy văn"
    assert quote_of(Mention(0, 22, "Luật số 77/2012/QH13", MentionKind.NUMBERED, "Luật", "77/2012/QH13")) is None
    assert quote_of(Mention(0, 14, "Luật Thủy văn", MentionKind.NAMED, "Luật", None, name="Thủy văn")) is None


def test_a_first_article_says_what_a_document_provides() -> None:
    assert own_title("1. Thông tư này quy định về phí trước bạ xe máy.\n2. Khác.") == "quy định về phí trước bạ xe máy"
    assert own_title("Luật này quy định về thủy văn và trạm thủy văn.") is None
    assert own_title("Phạm vi điều chỉnh rộng.") is None


def test_a_source_is_believed_before_quotes_and_these_before_the_text() -> None:
    own, told = "quy định về phí", "quy định về lệ phí"
    assert titled(replace(DOCUMENT, title="Về thuế"), told, own).title == "Về thuế"
    assert titled(DOCUMENT, told, own).title == told
    assert titled(DOCUMENT, None, own).title == own
    assert titled(DOCUMENT, None, None).title is None
    assert titled(replace(DOCUMENT, title="quy định về lệ phí và các thứ", known_from=KnownFrom.CITED), told, None).title == told


def test_notes_around_a_title_are_none_of_it() -> None:
    note = "[Thông tư này được bổ sung bởi Thông tư 9/2025/TT-BTC]"
    assert titled(replace(DOCUMENT, title=f"{note} Quy định về phí {note}"), None, None).title == "Quy định về phí"


@pytest.mark.parametrize(
    ("shouted", "title"),
    [
        ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "Ngân hàng Nhà nước Việt Nam"),
        ("SỬA ĐỔI NGHỊ QUYẾT SỐ 730/2004/NQ-UBTVQH11 CỦA QUỐC HỘI", "Sửa đổi Nghị quyết số 730/2004/NQ-UBTVQH11 của Quốc hội"),
        ("PHÒNG, CHỐNG HIV/AIDS", "Phòng, chống HIV/AIDS"),
    ],
)
def test_a_title_in_capitals_is_written_as_in_a_sentence(shouted: str, title: str) -> None:
    assert calmed(shouted) == title
    assert titled(replace(DOCUMENT, title=shouted), title.lower(), None).title == title.lower()  # as somebody writes it
    assert titled(replace(DOCUMENT, title="Về HIV"), None, None).title == "Về HIV"
