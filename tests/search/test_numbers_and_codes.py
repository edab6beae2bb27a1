"""Numbers as they were typed, what the index does not hold, and the codes of standards and forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from conftest import fresh_prefix, remove
from corpus import DAY, procedures

from rasoat.identity import document_key
from rasoat.records import BasisKind, KnownFrom, LegalDocument, Part, Status, StatusBasis, Verdict
from rasoat.vietnamese import fold
from search.answering import answer
from search.engines import Engine, Query
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.entries import Entry, EntryKind, document_entry, procedure_entry
from search.index_contract import Page
from search.named_codes import codes_named, forms_asked, standards_asked
from search.understanding.typed_numbers import numbers_in
from search.understanding.understand import understand
from search.vocabulary import Vocabulary

BOTH = (EntryKind.PROCEDURE, EntryKind.DOCUMENT)
# number, type, issuer, title, day of issue, status, the text of an article
DOCUMENTS: tuple[tuple[str, str, str, str | None, date | None, Status, str], ...] = (
    ("77/2003/NĐ-CP", "Nghị định", "Chính phủ", "về đò ngang", date(2003, 5, 1), Status.IN_FORCE, ""),
    ("77/2019/NĐ-CP", "Nghị định", "Chính phủ", "về bến đò", date(2019, 5, 1), Status.IN_FORCE, ""),
    ("77/2012/NĐ-CP", "Nghị định", "Chính phủ", None, None, Status.UNKNOWN, ""),
    ("05/2021/TT-BYT", "Thông tư", "Bộ Y tế", "về phao cứu sinh", date(2021, 2, 1), Status.EXPIRED, ""),
    ("05/2021/TT-BCT", "Thông tư", "Bộ Công Thương", "về dây neo của tàu", date(2021, 2, 1), Status.IN_FORCE, ""),
    ("09/2020/TT-BGTVT", "Thông tư", "Bộ Giao thông vận tải", "ban hành Quy chuẩn kỹ thuật quốc gia về phao", date(2020, 2, 1), Status.IN_FORCE, "Ban hành kèm theo QCVN 07: 2020/BGTVT và mẫu D09-PH."),
    ("85-CP", "Nghị định", "Chính phủ", "về cầu phao", date(1994, 2, 1), Status.IN_FORCE, ""),
    ("14-LCT/HĐNN8", "Luật", "Quốc hội", "Cứu hộ sông", date(1989, 2, 1), Status.IN_FORCE, ""),
)  # fmt: skip


def _entries() -> list[Entry]:
    unknown = StatusBasis(BasisKind.UNKNOWN_ENTRY)
    found = []
    for number, kind, issuer, title, issued, status, text in DOCUMENTS:
        key = document_key(kind, number, issuer, issued) or number
        document = LegalDocument(key, number, number, kind, issuer, title, issued, None, KnownFrom.TEXT)
        found.append(document_entry(document, Verdict(status, "", unknown), [text]))
    first, second, *others = procedures()
    cited = replace(first, legal_basis=(("", "77/2019/NĐ-CP"),))
    with_form = replace(second, parts={Part.DOSSIER: "Tờ khai theo mẫu PH02 ban hành kèm theo Thông tư số 09/2020/TT-BGTVT."})
    return [*found, *map(procedure_entry, (cited, with_form, *others))]


@pytest.fixture(scope="module", params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.slow)])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if request.param == "embedded":
        embedded = EmbeddedEngine(tmp_path_factory.mktemp("numbers"))
        embedded.build(_entries(), as_of=DAY)
        yield embedded
        embedded.close()
    else:
        server = ElasticsearchEngine(request.getfixturevalue("elasticsearch_url"), prefix=fresh_prefix())
        server.build(_entries(), as_of=DAY)
        yield server
        remove(server)
        server.close()


def _page(engine: Engine, text: str, *kinds: EntryKind) -> Page:
    return answer(engine, Query(text, kinds or BOTH))


def _keys(page: Page) -> list[str]:
    return [hit.entry.key for hit in page.hits]


def test_of_one_serial_the_newest_comes_first_and_one_without_a_title_by_its_number(engine: Engine) -> None:
    assert _keys(_page(engine, "nghị định 77"))[:3] == ["77/2019/NĐ-CP", "77/2012/NĐ-CP", "77/2003/NĐ-CP"]


@pytest.mark.parametrize("typed", ["77/2019/NĐ-CP", "theo Nghị định 77 năm 2019", "nghị định số 77/2019", "căn cứ NĐ77/2019/ND-CP"])
def test_a_number_typed_is_first_and_then_who_cites_it(engine: Engine, typed: str) -> None:
    assert _keys(_page(engine, typed))[:2] == ["77/2019/NĐ-CP", "1.001193"]
    assert _keys(_page(engine, typed, EntryKind.DOCUMENT))[0] == "77/2019/NĐ-CP"
    assert _keys(_page(engine, typed, EntryKind.PROCEDURE))[0] == "1.001193"


@pytest.mark.parametrize("body", ["bộ y tế", "của Bộ trưởng Bộ Y tế", "bo y te"])
def test_a_body_tells_circulars_of_one_number_apart(engine: Engine, body: str) -> None:
    assert _keys(_page(engine, f"thông tư 05/2021 {body}"))[0] == "05/2021/TT-BYT"


@pytest.mark.parametrize(("typed", "key"), [("85-CP", "85-CP"), ("nghị định 85/CP", "85-CP"), ("14-LCT/HĐNN8", "14-LCT/HĐNN8"), ("luật 14-lct/hdnn8", "14-LCT/HĐNN8")])  # fmt: skip
def test_numbers_of_before(engine: Engine, typed: str, key: str) -> None:
    assert _keys(_page(engine, typed))[:1] == [key]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nghị định 999/2021/NĐ-CP", "Chưa có Nghị định số 999/2021/NĐ-CP trong dữ liệu"),
        ("thông tư 77/2019", "Chưa có Thông tư số 77/2019 trong dữ liệu"),
        ("123/2033/QH19", "Chưa có văn bản số 123/2033/QH19 trong dữ liệu"),
        ("1.999999", "Chưa có thủ tục mã 1.999999 trong dữ liệu"),
    ],
)
def test_what_is_not_held_is_said_whatever_else_was_found(engine: Engine, typed: str, said: str) -> None:
    page = _page(engine, typed)
    assert said in page.understood
    assert said in page.said


@pytest.mark.parametrize("typed", ["77/2019/NĐ-CP", "nghị định 77", "1.001193", "khai sinh"])
@pytest.mark.parametrize("kinds", [BOTH, (EntryKind.PROCEDURE,), (EntryKind.DOCUMENT,)])
def test_what_is_held_is_not(engine: Engine, typed: str, kinds: tuple[EntryKind, ...]) -> None:
    assert not [line for line in _page(engine, typed, *kinds).understood if line.startswith("Chưa có")]


@pytest.mark.parametrize("typed", ["QCVN 07:2020/BGTVT", "qcvn 7 : 2020", "quy chuẩn QCVN 07:2020 phao"])
def test_a_standard_is_found_in_what_promulgates_it(engine: Engine, typed: str) -> None:
    page = _page(engine, typed)
    assert _keys(page)[0] == "09/2020/TT-BGTVT"
    assert page.hits[0].why[0].startswith("nêu QCVN 7:2020")


@pytest.mark.parametrize("typed", ["PH02", "mẫu PH02", "tờ khai ph02"])
def test_a_form_is_found_in_the_procedure_that_asks_for_it(engine: Engine, typed: str) -> None:
    assert _keys(_page(engine, typed))[0] == "1.000689"


def test_a_document_that_nobody_names_answers_no_words(engine: Engine) -> None:
    shown = next(hit.entry for hit in _page(engine, "77/2012/NĐ-CP").hits if hit.entry.key == "77/2012/NĐ-CP")
    assert shown.title == "Nghị định số 77/2012/NĐ-CP"
    assert "77/2012/NĐ-CP" not in _keys(_page(engine, "nghị định về bến đò số"))


@pytest.mark.parametrize("typed", ["thông tư về phao", "thong tu phao cuu sinh"])
def test_a_type_that_a_question_begins_with_is_wanted(engine: Engine, typed: str) -> None:
    assert all(hit.entry.type == "Thông tư" for hit in _page(engine, typed).hits[:1])
    assert understand(typed, engine.open().vocabulary).document_type == "thong tu"
    assert not understand("đăng ký theo thông tư", engine.open().vocabulary).document_type


def test_codes_of_texts_are_those_asked_for() -> None:
    assert codes_named(["theo QCVN 07: 2020/BGTVT, mẫu TK1-TS và CT01, giấy A4, số 12/2020/QH14"]) == (
        "qcvn:7:2020/bgtvt", "qcvn:7:2020", "qcvn:7", "mau:tk1-ts", "mau:ct01",
    )  # fmt: skip
    assert forms_asked(fold("Tờ khai CT01")) == ("mau:ct01",)
    assert standards_asked("qcvn 7:2020 phao") == (("qcvn:7:2020",), "phao")
    assert forms_asked("nghi dinh 12/2020/nd-cp a4 52/2014/qh13") == ()


def test_a_provision_in_short_is_no_form() -> None:
    asked = understand("k1 đ12 nđ 123/2015", Vocabulary())
    assert (asked.article, asked.named_codes) == ("dieu-12", ())


def test_a_law_is_asked_for_by_its_serial_and_year() -> None:
    assert [(one.token, one.law) for one in numbers_in("luat 68/2014 va nghi dinh 5 nam 2020").documents] == [
        ("68/2014", True),
        ("5/2020", False),
    ]


def test_a_form_is_no_directive_and_a_year_no_serial() -> None:
    assert numbers_in("ct01").documents == ()
    assert numbers_in("luat 2019 thu vien").documents == ()
    assert [one.token for one in numbers_in("nd168 va tt 79").documents] == ["#168", "#79"]


def test_joining_words_beside_a_number_ask_for_nothing() -> None:
    assert not understand("của Nghị định số 77/2019/NĐ-CP", Vocabulary()).readings
