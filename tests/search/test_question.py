"""How a question is read: numbers, codes, places, bodies, expressions, slips."""

from __future__ import annotations

from dataclasses import replace

import pytest
from corpus import corpus
from hypothesis import given
from hypothesis import strategies as st

from rasoat.vietnamese import fold
from search.ages import age_said, ages_of
from search.entries import Entry, EntryKind
from search.ranking.order import Ranker
from search.stored_rows import stored_of, traits_of
from search.traits import cut
from search.understanding.spelling import correct
from search.understanding.typed_numbers import numbers_in
from search.understanding.understand import LONGEST, cleaned, understand
from search.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    words = Vocabulary()
    for entry in corpus():
        words.add(entry)
    return words


@pytest.mark.parametrize(
    ("typed", "token", "symbol"),
    [
        ("123/2015", "123/2015", ""),
        ("123/2015/NĐ-CP", "123/2015/nd-cp", "nd"),
        ("nghi dinh 123 2015", "123/2015", "nd"),
        ("Nghị định số 123/2015/NĐ–CP", "123/2015/nd-cp", "nd"),
        ("nghị định 123 năm 2015", "123/2015", "nd"),
        ("tt 79/2024/tt-bca", "79/2024/tt-bca", "tt"),
        ("52/2014/QH13", "52/2014/qh13", "qh13"),
        ("nghị định 123", "#123", "nd"),
        ("66.7/2025/NQ-CP", "66.7/2025/nq-cp", "nq"),
        ("01/2020 /TT-BTP", "01/2020/tt-btp", "tt"),
        ("quyết định 885/QĐ-BCA", "885/qd-bca", "qd"),
    ],
)
def test_document_numbers(typed: str, token: str, symbol: str) -> None:
    found = numbers_in(fold(typed)).documents
    assert [(one.token, one.symbol) for one in found] == [(token, symbol)]


@pytest.mark.parametrize(
    ("typed", "code", "complete"),
    [
        ("1.001193", "1.001193", True),
        ("1001193", "1.001193", True),
        ("1. 001193", "1.001193", True),
        ("1.00119", "1.00119", False),
        ("2.002307.000.00.00.H35", "2.002307", True),
    ],
)
def test_procedure_codes(typed: str, code: str, complete: bool) -> None:
    assert [(one.code, one.complete) for one in numbers_in(fold(typed)).codes] == [(code, complete)]


@pytest.mark.parametrize("typed", ["từ 15 đến 20 tuổi", "xe 50 cc", "công ty 2 thành viên", "0912345678"])
def test_other_numbers_are_words(typed: str) -> None:
    found = numbers_in(fold(typed))
    assert not found.codes
    assert not found.documents


def test_who_cites() -> None:
    found = numbers_in(fold("thủ tục trích dẫn 123/2015/NĐ-CP"))
    assert found.citing
    assert found.rest == "thu tuc"
    assert not numbers_in("123/2015").citing


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddang ky", "dang ky"),
        ("khaai sinhh", "khai sinh"),
        ("dangw ky", "dang ky"),
        ("khai xinh", "khai sinh"),
        ("dangky kethon", "dang ky ket hon"),
        ("thuongg truw", "thuong tru"),
        ("thuong tru", "thuong tru"),
        ("facebook", "facebook"),
    ],
)
def test_slips_are_undone(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    assert [word for words in correct(typed.split(), vocabulary, frozenset()) for word in words] == meant.split()


def test_a_place_a_level_and_a_body(vocabulary: Vocabulary) -> None:
    asked = understand("đất đai tỉnh Lai Châu cấp xã", vocabulary)
    assert (asked.province, asked.level) == ("Lai Châu", "Cấp xã")
    assert asked.readings[-1].plain == ("dat", "dai")
    assert understand("hộ tịch hà giang", vocabulary).province == "Tuyên Quang"
    asked = understand("bộ quốc phòng nghĩa vụ quân sự", vocabulary)
    assert asked.agencies == ("bo quoc phong",)


@pytest.mark.parametrize(
    ("typed", "bodies", "level"),
    [
        ("sở tài nguyên và môi trường giấy phép môi trường", ("so nong nghiep va moi truong",), None),
        ("sở kế hoạch đầu tư thành lập công ty", ("so tai chinh",), None),
        ("sở LĐTBXH giấy phép lao động", ("so noi vu", "so y te", "so giao duc va dao tao"), None),
        ("bộ lao động thương binh và xã hội", ("bo noi vu", "bo y te", "bo giao duc va dao tao"), None),
        ("phòng tư pháp huyện làm chứng thực", ("uy ban nhan dan cap xa",), "Cấp huyện"),
        ("đăng ký kết hôn ở phường", (), "Cấp xã"),
        ("công an phường làm căn cước", ("cong an cap xa",), "Cấp xã"),
        ("giấy phép xây dựng trên huyện", (), "Cấp huyện"),
        ("bảo trợ xã hội ở xã hội", (), None),
    ],
)
def test_former_bodies_are_those_of_today_and_units_are_levels(
    vocabulary: Vocabulary, typed: str, bodies: tuple[str, ...], level: str | None
) -> None:
    asked = understand(typed, vocabulary)
    assert tuple(name for name in asked.agencies if not name.startswith("co quan chuyen mon")) == bodies
    assert asked.level == level


@pytest.mark.parametrize("typed", ["thống kê thủ tục của bộ quốc phòng", "các thủ tục bộ quốc phòng"])
def test_who_asks_for_all_of_a_body_asks_for_no_word(vocabulary: Vocabulary, typed: str) -> None:
    asked = understand(typed, vocabulary)
    assert (asked.agencies, asked.readings) == (("bo quoc phong",), ())


def test_the_minister_is_his_ministry(vocabulary: Vocabulary) -> None:
    asked = understand("thông tư 02/2020 của Bộ trưởng Bộ Quốc phòng", vocabulary)
    assert (asked.agencies, asked.readings) == (("bo quoc phong",), ())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("đăng ký kết hônn", "đăng ký kết hôn"),
        ("khai tạm trú cho người thuê trọ", None),
        ("dang ki ket hon can nhung giay to gi", None),
        ("gửi 3 tin nhắn tới 1 sđt", None),
        ("cài app định danh", None),
    ],
)
def test_what_can_be_a_word_is_not_called_wrong(vocabulary: Vocabulary, typed: str, shown: str | None) -> None:
    assert understand(typed, vocabulary).corrected == shown


def test_what_sounds_alike_is_read_both_ways(vocabulary: Vocabulary) -> None:
    asked = understand("đăng ký khai xinh", vocabulary)
    assert asked.corrected is None
    assert any("sinh" in reading.plain for reading in asked.readings)
    assert any("xinh" in reading.plain for reading in asked.readings)


def test_a_named_field(vocabulary: Vocabulary) -> None:
    asked = understand("thủ tục lĩnh vực hộ tịch", vocabulary)
    assert (asked.field, asked.field_said) == ("Hộ tịch", True)


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("mất sổ đỏ", "cap lai giay chung nhan do bi mat"),
        ("sổ đỏ nhà tôi bị mất", "cap lai giay chung nhan do bi mat"),
        ("GCNQSDĐ bị mất", "cap lai giay chung nhan do bi mat"),
        ("bố em vừa mất", "dang ky khai tu"),
        ("GPLX hết hạn", "doi giay phep lai xe"),
        ("nvqs", "nghia vu quan su"),
    ],
)
def test_everyday_words_are_understood(vocabulary: Vocabulary, typed: str, meaning: str) -> None:
    assert any(" ".join(reading.plain).startswith(meaning) for reading in understand(typed, vocabulary).readings)


def test_other_marks_are_another_word(vocabulary: Vocabulary) -> None:
    """ "hữu trí" inside "sở hữu trí tuệ" is not "hưu trí"."""
    assert not any("huong" in reading.plain for reading in understand("sở hữu trí tuệ", vocabulary).readings)


def test_typed_words_always_count_too(vocabulary: Vocabulary) -> None:
    assert any(reading.plain == ("mat", "so", "do") for reading in understand("mất sổ đỏ", vocabulary).readings)


def test_a_short_expression_does_not_outweigh_the_words_beside_it(vocabulary: Vocabulary) -> None:
    """A meaning of some twenty words counts for three times the words that were typed for it."""
    reading = understand("xác nhận tình trạng hôn nhân để mua nhà", vocabulary).readings[0]
    assert reading.expressions == ("tình trạng hôn nhân", "mua nhà")
    meant = reading.words[reading.plain.index("dang") :]
    assert len(meant) > 20
    assert sum(word.share for word in meant) == pytest.approx(3 * 2)


def test_a_year_is_a_documents_own(entries: list[Entry], vocabulary: Vocabulary) -> None:
    """By its date; a document that is only cited has none, and its number tells."""
    laws = {one.key: one for one in entries if one.title.endswith("Đất đai") and one.kind is EntryKind.DOCUMENT}
    cited = replace(laws["31/2024/QH15"], issued_on=None)
    ranker = Ranker(understand("văn bản đất đai 2024", vocabulary), vocabulary)
    dated, known, other = (
        ranker.score(traits_of(stored_of(one, cut(one))), 1.0) for one in (laws["31/2024/QH15"], cited, laws["45/2013/QH13"])
    )
    assert dated > known > other


@given(st.text(max_size=4_000))
def test_a_question_is_cleaned_to_something_short(text: str) -> None:
    kept, _ = cleaned(text)
    assert len(kept) <= LONGEST
    assert kept == " ".join(kept.split())
    assert kept.isprintable() or not kept


@given(st.text(alphabet="0123456789./-ndNĐcpqQH tuyêt", max_size=60))
def test_numbers_never_fail(text: str) -> None:
    numbers_in(fold(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bé 7 tuổi làm căn cước", "cap the can cuoc cho nguoi duoi 14 tuoi"),
        ("con 16 tuổi làm căn cước", "cap the can cuoc cho nguoi tu du 14 tuoi tro len"),
        ("25 tuổi chưa có giấy khai sinh", "dang ky khai sinh cho nguoi da co ho so giay to ca nhan"),
        ("bé 7 tuổi chưa có giấy khai sinh", "dang ky khai sinh"),
    ],
)
def test_an_age_narrows_what_is_meant(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    words = understand(typed, vocabulary).readings[0].plain
    assert meant in " ".join(words)
    assert "7" not in words
    assert meant == "dang ky khai sinh cho nguoi da co ho so giay to ca nhan" or "ho so" not in " ".join(words)


@pytest.mark.parametrize(
    ("said", "name", "fits"),
    [
        ("be 7 tuoi", "cho nguoi duoi 14 tuoi", True),
        ("be 7 tuoi", "cho nguoi tu du 14 tuoi tro len", False),
        ("3 thang tuoi", "cho tre em duoi 6 tuoi", True),
        ("tren 80 tuoi", "nguoi cao tuoi tu du 75 tuoi den 80 tuoi", True),
        ("70 tuoi", "nguoi cao tuoi tu du 75 tuoi den 80 tuoi", False),
    ],
)
def test_ages_that_are_said_and_ages_that_names_are_for(said: str, name: str, fits: bool) -> None:
    age = age_said(said)
    assert age
    assert any(age.meets(one) for one in ages_of(f" {name} ")) is fits


@pytest.mark.parametrize(
    ("typed", "wanted", "denied"),
    [
        ("không có sổ hộ khẩu có làm căn cước được không", "can cuoc", "thuong tru"),
        ("không còn giấy khai sinh có cưới được không", "ket hon", "trich luc"),
    ],
)
def test_what_is_denied_is_not_the_wish(vocabulary: Vocabulary, typed: str, wanted: str, denied: str) -> None:
    readings = [" ".join(reading.plain) for reading in understand(typed, vocabulary).readings]
    assert wanted in readings[0]
    assert not any(denied in reading for reading in readings)


def test_what_is_lacking_is_the_wish_where_there_is_no_other(vocabulary: Vocabulary) -> None:
    assert any("lan dau" in " ".join(reading.plain) for reading in understand("đất chưa có sổ đỏ", vocabulary).readings)


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("vừa làm khai sinh vừa nhập khẩu cho con", 2),
        ("đổi căn cước và bằng lái", 2),
        ("mất sổ đỏ và tách khẩu", 2),
        ("xác định mức độ khuyết tật và cấp giấy xác nhận", 0),
        ("vừa cưới xong", 0),
        ("mới sinh, giờ nhập khẩu cho bé", 0),
    ],
)
def test_two_wishes_are_told_apart(vocabulary: Vocabulary, typed: str, count: int) -> None:
    assert len(understand(typed, vocabulary).wishes) == count


def test_what_something_is_wanted_for_is_also_left_out(vocabulary: Vocabulary) -> None:
    readings = [" ".join(reading.plain) for reading in understand("xác nhận tình trạng hôn nhân để mua nhà", vocabulary).readings]
    assert "xac nhan tinh trang hon nhan" in readings
