"""The codified law, on titles in its own frame with made-up documents."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from extractors.sources.phapdien import SOURCE
from extractors.sources.phapdien_note import read_note
from extractors.sources.source import Answer, Parsed, Piece, Request
from rasoat.records import Origin, Tier

DAY = date(2026, 2, 23)
LINK = "http://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID="
HEAD = "\ufeff<h3>Đề mục 99.1<br />Thử</h3><p style='display: none'>x</p><div class='_content'>"
FULL = (
    f"<a href='{LINK}11111#Chuong_I_Dieu_1' target='_blank'>(Điều 1 Luật số 01/2099/QH99 Thử nghiệm của các cơ quan ngày 02/01/2099 "
    "của Quốc hội, có hiệu lực thi hành kể từ ngày 01/07/2099 )</a>"
)
SHORT = f"<a href='{LINK}' target='_blank'>(Điều 9 Thông tư số 05/2099/TT-BXX, có hiệu lực thi hành kể từ ngày 15/08/2099)</a>"
AMENDED = (
    f"(<a href='{LINK}22222#Phan_hai_Chuong_II_Muc_3_Dieu_25a' target='_blank'>Điều 25a</a> Nghị định số 10/2099/NĐ-CP, có hiệu lực thi hành "
    f"kể từ ngày 01/09/2099, có nội dung được sửa đổi, có nội dung bị bãi bỏ bởi <a href='{LINK}3#Dieu_1'>Điều 1</a> Nghị định số "
    f"20/2099/NĐ-CP có hiệu lực thi hành kể từ ngày 01/10/2099; <a href='{LINK}4'>Điều 2</a> Thông tư số 7/2099/TT-BXX có hiệu lực)"
)


def article(name: str, note: str, text: str, code: str = "99001") -> str:
    noted = f"<p class='pGhiChu'>{note}</p>" if note else ""
    return f"<p class='pDieu'><a name='{code}'></a>{name}</p>{noted}<p class='pNoiDung'>{text}</p>"


def parsed(*articles: str) -> Parsed:
    body = f"{HEAD}<p class='pChuong'><a name='9'></a>Chương I</p><p class='pChuong'>CHUNG</p>{''.join(articles)}</div>"
    return SOURCE.parse(Piece("phapdien", "title", "demuc/u.html", body.encode()), Origin("sha"), DAY)


def test_every_article_has_the_document_of_its_own_note() -> None:
    got = parsed(
        article("Điều 99.1.LQ.1. Phạm vi", FULL, '<p>1. Khoản m<b>ột</b>.</p>\n\n<p class="x">2. Khoản hai.</p>'),
        article("Điều 99.1.TT.2.9. Hiệu lực thi hành", SHORT, "<p>Thông tư này thay thế Thông tư số 03/2090/TT-BXX.</p>", "99002"),
    )
    one, two = got.articles
    assert (one.key, one.path, one.heading, one.text) == ("luat|01/2099/QH99", "dieu-1", "Phạm vi", "1. Khoản một.\n2. Khoản hai.")
    assert (two.key, two.path, two.container, two.tier) == ("thong-tu|05/2099/TT-BXX", "dieu-9", "", Tier.A)
    assert (one.container, two.origin.place) == ("chuong-I", "demuc/u.html#99002")
    full, short = got.observations
    assert (full.title, full.issued_on, full.issuer) == ("Thử nghiệm của các cơ quan", date(2099, 1, 2), "Quốc hội")
    assert (full.effective_on, full.publisher_id) == (date(2099, 7, 1), "11111")
    assert (short.title, short.publisher_id, short.effective_on) == (None, None, date(2099, 8, 15))


def test_an_amended_article_names_who_changed_it() -> None:
    (one,) = parsed(article("Điều 99.1.NĐ.1.25a. Tên", AMENDED, "<table><tr><td><p>ô một</p></td><td>ô hai</td></tr></table>")).articles
    assert (one.key, one.path, one.container) == ("nghi-dinh|10/2099/NĐ-CP", "dieu-25a", "phan-II/chuong-II/muc-3")
    assert one.amended_by == ("nghi-dinh|20/2099/NĐ-CP#dieu-1", "thong-tu|7/2099/TT-BXX#dieu-2")
    assert one.text == "ô một\tô hai"


def test_tags_left_open_by_editors_swallow_nothing() -> None:
    got = parsed(article("Điều 99.1.LQ.1. Một", FULL, "<table><tr><td><div>hở"), article("Điều 99.1.LQ.2. Hai", SHORT, "<p>kín</p>"))
    assert [one.text for one in got.articles] == ["hở", "kín"]


def test_no_note_no_document() -> None:
    got = parsed(article("Điều 99.1.LQ.1. Một", "", "<p>x</p>"), article("Điều 99.1.LQ.2. Hai", "(Điều 2 Pháp lệnh Về việc thử)", "x"))
    assert got.articles == []
    assert len(got.refused) == 2


def test_an_empty_shell_is_declared() -> None:
    body = f"{HEAD}</div>".encode()
    got = SOURCE.parse(Piece("phapdien", "title", "demuc/u.html", body), Origin("sha"), DAY)
    assert (got.declared_empty, got.articles, got.refused) == (["demuc/u.html"], [], [])


@pytest.mark.parametrize(
    ("note", "key", "number", "effect"),
    [
        (
            "((Điều 8 Thông tư số 41/2099/TT-BXX, có hiệu lực kể từ ngày 01 tháng 01 năm 2099))",
            "thong-tu|41/2099/TT-BXX",
            "8",
            date(2099, 1, 1),
        ),
        ("(Điều 3 Nghị định 4/2099/NĐ- CP, có hiệu lực thi hành kể từ ngày 05/02/2099)", "nghi-dinh|4/2099/NĐ-CP", "3", date(2099, 2, 5)),
        ("(Điều 1 Thông tư số liên tịch 2/2099/TTLT/BXX-BYY, có hiệu lực)", "thong-tu-lien-tich|2/2099/TTLT-BXX-BYY", "1", None),
        ("(Mục 5 Thông tư liên tịch số 18/1999/TTLT-BXX-BYY, có hiệu lực)", "thong-tu-lien-tich|18/1999/TTLT-BXX-BYY", None, None),
        ("(Điều 2 Quyết định số Số: 12/2099/QĐ-TTg, có hiệu lực)", "quyet-dinh|12/2099/QĐ-TTG", "2", None),
        ("<em>(Điều&nbsp;7 <span>Luật</span> số 9/2099/QH99, có hiệu lực)</em>", "luat|9/2099/QH99", "7", None),
    ],
)
def test_odd_notes(note: str, key: str, number: str | None, effect: date | None) -> None:
    got = read_note(note)
    assert got
    assert (got.key, got.article, got.effective_on) == (key, number, effect)


@pytest.mark.parametrize("by", ["bởi Điều 1", "theo quy định tại Điều 1 của"])
def test_a_suspension_that_a_note_tells(by: str) -> None:
    words = f"bị ngưng hiệu lực {by} Thông tư số 7/2099/TT-BXX, có hiệu lực thi hành kể từ ngày 28/11/2099"
    got = read_note(f"(Điều 2 Thông tư số 5/2098/TT-BXX, có hiệu lực thi hành kể từ ngày 01/10/2098, {words})")
    assert got
    assert (got.key, got.effective_on) == ("thong-tu|5/2098/TT-BXX", date(2098, 10, 1))
    assert got.suspended == (words, "thong-tu|7/2099/TT-BXX")
    (observation,) = parsed(article("Điều 99.1.TT.2.2. A", f"(Điều 2 Thông tư số 5/2098/TT-BXX, có hiệu lực, {words})", "x")).observations
    assert observation.relations == ((f"dieu-2: {words}", "thong-tu|7/2099/TT-BXX"),)


def test_an_end_is_the_documents_only_where_all_its_articles_state_it() -> None:
    ending = SHORT.replace("15/08/2099)", "15/08/2099, có hiệu lực thi hành đến ngày 31/12/2099)")
    whole = parsed(article("Điều 99.1.TT.2.9. A", ending, "x"))
    part = parsed(article("Điều 99.1.TT.2.9. A", ending, "x"), article("Điều 99.1.TT.2.10. B", SHORT, "x"))
    assert [one.claimed_expiry for one in whole.observations + part.observations] == [date(2099, 12, 31), None]


def test_the_zip_is_cut_into_titles_and_nothing_else_is_an_edition() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("BoPhapDienDienTu/demuc/u.html", HEAD)
        packed.writestr("BoPhapDienDienTu/jsonData/x.json", "{}")
    edition = Answer(Request("z", "/"), 200, "application/zip", out.getvalue())
    assert SOURCE.refusal(edition) is None
    assert [piece.place for piece in SOURCE.pieces(edition)] == ["demuc/u.html"]
    assert SOURCE.refusal(Answer(Request("z", "/"), 200, "text/html", b"<html>Request Rejected</html>"))
    assert SOURCE.refusal(Answer(Request("z", "/"), 200, "application/zip", out.getvalue()[:-30]))
