"""Laws by the names that people give them: alone, short, with a year or a provision, named like a body."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from conftest import fresh_prefix, remove

from rasoat.identity import document_key
from rasoat.records import Article, BasisKind, KnownFrom, LegalDocument, Origin, Status, StatusBasis, Tier, Verdict
from search.answering import answer
from search.engines import Engine, Query
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.entries import Entry, EntryKind, article_entry, document_entry
from search.spoken_names import spoken_name
from search.understanding.asked_provision import provision_in

DAY = date(2026, 7, 18)
# number, type, title, day of issue, status
LAWS = (
    ("12/2001/QH10", "Luật", "Kho bạc nhà nước", date(2001, 5, 1), Status.EXPIRED),
    ("40/2013/QH13", "Luật", "kho bạc nhà nước", date(2013, 11, 20), Status.EXPIRED),
    ("70/2023/QH15", "Luật", "LUẬT Kho bạc nhà nước (sửa đổi)", date(2023, 6, 1), Status.IN_FORCE),
    ("18/2019/QH14", "Luật", "Hòa giải và đối thoại", date(2019, 6, 1), Status.IN_FORCE),
    ("88/2015/QH13", "Bộ luật", "Thể thao", date(2015, 6, 1), Status.IN_FORCE),
    ("89/2020/QH14", "Luật", "sửa đổi, bổ sung Điều 7 của Luật Hòa giải và đối thoại", date(2020, 6, 1), Status.IN_FORCE),
    ("03/2011/UBTVQH12", "Pháp lệnh", "Ưu đãi vận động viên quốc gia", date(2011, 6, 1), Status.IN_FORCE),
    ("65/2006/QH11", "Luật", "Luật sư", date(2006, 6, 1), Status.IN_FORCE),
    ("08/2016/QH14", "Luật", "Được", date(2016, 6, 1), Status.IN_FORCE),
    ("79/2006/QH11", "Luật", "Điều phối nước", date(2006, 6, 1), Status.IN_FORCE),
    ("32/2018/QH14", "Luật", "sửa đổi, bổ sung một số điều của Luật Kho lưu trữ nước Việt Nam", date(2018, 6, 1), Status.IN_FORCE),
    ("31/2010/QH12", "Luật", "Kho lưu trữ nước Việt Nam", date(2010, 6, 1), Status.IN_FORCE),
)
OTHERS = (
    ("30/2024/NĐ-CP", "Nghị định", "quy định chi tiết một số điều của Luật Kho bạc nhà nước", date(2024, 1, 5), Status.IN_FORCE),
    ("31/2024/TT-BTC", "Thông tư", "về hoạt động của Kho bạc nhà nước", date(2024, 1, 5), Status.IN_FORCE),
)


def _entries() -> list[Entry]:
    unknown = StatusBasis(BasisKind.UNKNOWN_ENTRY)
    found: list[Entry] = []
    for number, kind, title, issued, status in LAWS + OTHERS:
        key = document_key(kind, number) or number
        document = LegalDocument(key, number, number, kind, "Kho bạc nhà nước", title, issued, None, KnownFrom.TEXT)
        verdict = Verdict(status, "", unknown)
        found.append(document_entry(document, verdict))
        for path in ("dieu-5", "dieu-7"):
            article = Article(key, path, "Phạm vi", "Nội dung của điều.", "tests", DAY, Tier.A, Origin("0" * 64))
            found.append(article_entry(article, document, verdict))
    return found


@pytest.fixture(scope="module", params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.slow)])
def laws(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if request.param == "embedded":
        engine: Engine = EmbeddedEngine(tmp_path_factory.mktemp("laws"))
        engine.build(_entries(), as_of=DAY)
        yield engine
    else:
        server = ElasticsearchEngine(request.getfixturevalue("elasticsearch_url"), prefix=fresh_prefix())
        engine = server
        engine.build(_entries(), as_of=DAY)
        yield engine
        remove(server)
    engine.close()


def _first(engine: Engine, text: str, *kinds: EntryKind) -> str:
    asked = Query(text, kinds) if kinds else Query(text, (EntryKind.PROCEDURE, EntryKind.DOCUMENT))
    return answer(engine, asked).hits[0].entry.key


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("luật kho bạc nhà nước", "70/2023/QH15"),  # also the name of a body
        ("luat kho bac nha nuoc moi nhat", "70/2023/QH15"),
        ("luật kho bạc nhà nước đang có hiệu lực", "70/2023/QH15"),
        ("luật kho bạc nhà nước cũ", "40/2013/QH13"),
        ("luật kho bạc nhà nước 2013", "40/2013/QH13"),
        ("luật KBNN năm 2001", "12/2001/QH10"),
        ("LKBNN", "70/2023/QH15"),
        ("luật kho bạc nn", "70/2023/QH15"),
        ("luật hòa giải, đối thoại", "18/2019/QH14"),
        ("luật HG&ĐT", "18/2019/QH14"),
        ("luật thể thao", "88/2015/QH13"),
        ("luật kho lưu trữ nước", "31/2010/QH12"),  # the beginning of one name, and of one that amends it
        ("luật kho lưu trữ nước việt nam sửa đổi", "32/2018/QH14"),
        ("BLTT 2015", "88/2015/QH13"),
        ("luật luật sư", "65/2006/QH11"),
        ("pháp lệnh vận động viên", "03/2011/UBTVQH12"),
        ("luật sửa đổi điều 7 luật hòa giải và đối thoại", "89/2020/QH14"),
        ("luật sửa đổi, bổ sung điều 7 của luật hòa giải và đối thoại", "89/2020/QH14"),
        ("nghị định hướng dẫn luật kho bạc nhà nước", "30/2024/NĐ-CP"),
        ("luật kho lưu trữ nước việt nam 2010", "31/2010/QH12"),  # "nam" is no year's
    ],
)
def test_a_law_is_found_by_what_it_is_called(laws: Engine, typed: str, first: str) -> None:
    assert _first(laws, typed) == first


@pytest.mark.parametrize(
    "typed",
    [
        "khoản 2 điều 7 luật kho bạc nhà nước",
        "điểm a k2 đ7 luật KBNN",
        "luật kho bạc nhà nước điều 7 khoản 2",
        "luat kho bac nha nuoc 2023 d7",
        "k2 đ7 LKBNN",
        "điểm b, khoản 2, Điều 7 của Luật Kho bạc nhà nước năm 2023",
        "khoản 2 mục 1 chương II điều 7 luật kho bạc nhà nước",
    ],
)
@pytest.mark.parametrize("kinds", [(), (EntryKind.ARTICLE,)])
def test_a_provision_with_a_laws_name_is_that_article(laws: Engine, typed: str, kinds: tuple[EntryKind, ...]) -> None:
    assert _first(laws, typed, *kinds) == "70/2023/QH15#dieu-7"


def test_a_word_of_a_name_is_no_provision(laws: Engine) -> None:
    assert _first(laws, "khoản 1 điều 7 luật điều phối nước", EntryKind.ARTICLE) == "79/2006/QH11#dieu-7"


def test_an_older_laws_article_comes_after_the_newest_law(laws: Engine) -> None:
    keys = [hit.entry.key for hit in answer(laws, Query("điều 7 luật kho bạc nhà nước", (EntryKind.PROCEDURE, EntryKind.DOCUMENT))).hits]
    assert keys[:4] == ["70/2023/QH15#dieu-7", "70/2023/QH15", "40/2013/QH13#dieu-7", "40/2013/QH13"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("luật kho bạc nhà nước 2013", ["Hiểu là Luật Kho bạc nhà nước (40/2013/QH13); cùng tên: 70/2023/QH15, 12/2001/QH10"]),
        (
            "luật hòa giải, đối thoại 1999",
            ["Hiểu là Luật Hòa giải và đối thoại (18/2019/QH14)", "Chưa có luật tên này của năm 1999 trong dữ liệu"],
        ),
        ("k2 đ7 LKBNN 2023", ["Hiểu là Luật Kho bạc nhà nước (70/2023/QH15); cùng tên: 40/2013/QH13, 12/2001/QH10", "Điều 7"]),
    ],
)
def test_what_was_understood_is_told(laws: Engine, typed: str, told: list[str]) -> None:
    assert list(answer(laws, Query(typed, (EntryKind.PROCEDURE, EntryKind.DOCUMENT))).understood)[: len(told)] == told


def test_each_hit_says_why(laws: Engine) -> None:
    page = answer(laws, Query("điều 7 luật kho bạc nhà nước 2023", (EntryKind.PROCEDURE, EntryKind.DOCUMENT)))
    why = {hit.entry.key: hit.why for hit in page.hits}
    assert why["70/2023/QH15#dieu-7"][0] == "Điều 7 của luật được hỏi"
    assert why["70/2023/QH15"][0] == "đúng tên"
    assert why["30/2024/NĐ-CP"] == ("trùng chữ: luật, kho, bạc, nhà, nước",)


def test_documents_alone_are_the_law_itself(laws: Engine) -> None:
    assert _first(laws, "điều 7 luật kho bạc nhà nước", EntryKind.DOCUMENT) == "70/2023/QH15"


def test_generations_come_newest_first_whatever_their_titles_are_written_like(laws: Engine) -> None:
    keys = [hit.entry.key for hit in answer(laws, Query("luật kho bạc nhà nước", (EntryKind.DOCUMENT,))).hits]
    assert keys[:3] == ["70/2023/QH15", "40/2013/QH13", "12/2001/QH10"]


def test_laws_of_other_years_follow_the_one_asked_for(laws: Engine) -> None:
    keys = [hit.entry.key for hit in answer(laws, Query("luật kho bạc nhà nước 2013", (EntryKind.DOCUMENT,))).hits]
    assert keys[:4] == ["40/2013/QH13", "70/2023/QH15", "12/2001/QH10", "30/2024/NĐ-CP"]


def test_other_marks_make_another_word(laws: Engine) -> None:
    """A name of one word is said with its marks or with none."""
    named = {text: laws.open().vocabulary.laws["08/2016/QH14"] in _asked(laws, text) for text in ("luật được", "luat duoc", "luật đuốc")}
    assert named == {"luật được": True, "luat duoc": True, "luật đuốc": False}


def _asked(engine: Engine, text: str) -> list[object]:
    from search.understanding.understand import understand

    return [name for law in understand(text, engine.open().vocabulary).laws for name in law.names]


@pytest.mark.parametrize(
    ("typed", "article", "rest"),
    [
        ("khoan 2 dieu 60 luat bhxh 2014", "dieu-60", "luat bhxh 2014"),
        ("luat x dieu 31a", "dieu-31a", "luat x"),
        ("diem d khoan 1 dieu 12 cua luat y", "dieu-12", "luat y"),
        ("khoan 3 nghi dinh 5/2020", "", "nghi dinh 5/2020"),
    ],
)
def test_a_provision_is_taken_out_of_a_question(typed: str, article: str, rest: str) -> None:
    found = provision_in(typed)
    assert found is not None
    assert (found.article, found.rest) == (article, rest)


@pytest.mark.parametrize("typed", ["bang lai d2", "tai khoan 2 ngan hang", "dia diem a", "dieu 5", "muc 3 danh muc", "diem thi"])
def test_what_is_no_provision_stays(typed: str) -> None:
    assert provision_in(typed) is None


def test_a_name_is_what_a_law_is_about(laws: Engine) -> None:
    names = {one.key: spoken_name(one) for one in _entries() if one.kind is EntryKind.DOCUMENT}
    told = {key: " ".join(name.about) for key, name in names.items() if name}
    assert told["70/2023/QH15"] == told["12/2001/QH10"] == "kho bac nha nuoc"
    assert told["65/2006/QH11"] == "luat su"
    assert "30/2024/NĐ-CP" not in told
    assert {name.to_json()[0] for name in names.values() if name} == {number for number, *_ in LAWS}
