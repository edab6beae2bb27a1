from datetime import date

import pytest

from extractors.citations import Context, DocumentRegister, find_mentions
from rasoat.identity import canonical_number, document_key, type_of
from rasoat.records import KnownFrom, LegalDocument, Mention, NonAnswer


def document(
    number: str,
    type_: str | None = None,
    issuer: str | None = None,
    title: str | None = None,
    issued: date | None = None,
    effective: date | None = None,
    known: KnownFrom = KnownFrom.TEXT,
) -> LegalDocument:
    canonical = canonical_number(number)
    kind = type_ or type_of(canonical) or ""
    key = document_key(kind, canonical, issuer, issued) or canonical
    return LegalDocument(key, canonical, canonical, kind, issuer, title, issued, effective, known)


REGISTER = DocumentRegister(
    [
        document(
            "09/2015/QĐ-TTg", issuer="Thủ tướng Chính phủ", title="Ban hành Quy chế thực hiện cơ chế một cửa", issued=date(2015, 3, 25)
        ),
        document("63/2010/NĐ-CP", issuer="Chính phủ", title="Về kiểm soát thủ tục hành chính", issued=date(2010, 6, 8)),
        document("45/2013/QH13", "Luật", "Quốc hội", "Đất đai", date(2013, 11, 29), date(2014, 7, 1)),
        document("31/2024/QH15", "Luật", "Quốc hội", "Luật Đất đai", date(2024, 1, 18), date(2024, 8, 1)),
        document("56/2010/QH12", "Luật", "Quốc hội", "Luật Thứ nhất", date(2010, 11, 1)),
        document("56/2010/QH12", "Nghị quyết", "Quốc hội", "Về việc thứ hai", date(2010, 11, 1)),
        document("100/2015/QH13", "Bộ luật", "Quốc hội", "Bộ luật Hình sự", date(2015, 11, 27)),
        document("12/2019/QĐ-UBND", "Quyết định", "UBND tỉnh Yên Bái"),
        document("12/2019/QĐ-UBND", "Quyết định", "UBND tỉnh Lào Cai"),
        document("20/2019/TT-BTC", issuer="Bộ Tài chính", title="Hướng dẫn phí thẩm định hồ sơ", issued=date(2019, 4, 2)),
        document("77/2018/NĐ-CP", title="Chỉ được viện dẫn", known=KnownFrom.CITED),
    ]
)


def mention(text: str) -> Mention:
    return find_mentions(text)[0]


RESOLVED = [
    ("Nghị định số 63/2010/NĐ-CP", "nghi-dinh|63/2010/NĐ-CP"),
    ("Nghị quyết 56/2010/QH12", "nghi-quyet|56/2010/QH12"),
    ("Luật số 100/2015/QH13", "luat|100/2015/QH13"),
    ("Quyết định 12/2019/QĐ-UBND của UBND tỉnh Yên Bái", "quyet-dinh|12/2019/QĐ-UBND|ubnd-tinh-yen-bai"),
    ("Quyết định 12/2019/QĐ-UBND của UBND tỉnh Hà Giang", "quyet-dinh|12/2019/QĐ-UBND|ubnd-tinh-ha-giang"),
    ("15/2020/TT-BYT", "thong-tu|15/2020/TT-BYT"),
    ("Nghị định số 89/CP ngày 07/11/1997", "nghi-dinh|89/CP|1997-11-07"),
    ("05/VBHN-BTC", "van-ban-hop-nhat|05/VBHN-BTC"),
    ("Luật Đất đai năm 2013", "luat|45/2013/QH13"),
    ("Bộ luật Hình sự", "luat|100/2015/QH13"),
    ("77/2018/NĐ-CP", "nghi-dinh|77/2018/NĐ-CP"),
]


@pytest.mark.parametrize(("text", "key"), RESOLVED)
def test_points_at_one_document(text: str, key: str) -> None:
    resolution = REGISTER.resolve(mention(text), Context())
    assert (resolution.key, resolution.non_answer, resolution.mismatch) == (key, None, ())


NON_ANSWERS = [
    ("12/2019/QĐ-UBND", NonAnswer.AMBIGUOUS, None),
    ("99/2021/QĐ-UBND", NonAnswer.AMBIGUOUS, None),
    ("56/2010/QH12", NonAnswer.AMBIGUOUS, None),
    ("Luật Đất đai", NonAnswer.AMBIGUOUS, None),
    ("88/2011/QH13", NonAnswer.UNKNOWN_DOCUMENT, None),
    ("Luật Hộ tịch", NonAnswer.UNKNOWN_DOCUMENT, None),
    ("Nghị định này", NonAnswer.UNKNOWN_DOCUMENT, None),
    ("Quyết định số 09/2015/QĐ-CP ngày 25/3/2015", NonAnswer.MALFORMED, "quyet-dinh|09/2015/QĐ-TTG"),
    ("Luật số 45/2013/QH12", NonAnswer.MALFORMED, "luat|45/2013/QH13"),
    ("Nghị định 63/2010 về kiểm soát", NonAnswer.MALFORMED, "nghi-dinh|63/2010/NĐ-CP"),
    ("02/2020/UBTVQH", NonAnswer.MALFORMED, None),
    ("Quyết định số 1708/QĐ-BTC ngày 01/02/2020", NonAnswer.NOT_NORMATIVE, None),
    ("Chỉ thị số 27-CT/TW", NonAnswer.NOT_NORMATIVE, None),
]


@pytest.mark.parametrize(("text", "non_answer", "suggestion"), NON_ANSWERS)
def test_named_non_answer(text: str, non_answer: NonAnswer, suggestion: str | None) -> None:
    resolution = REGISTER.resolve(mention(text), Context())
    assert (resolution.non_answer, resolution.suggestion) == (non_answer, suggestion)


def test_individual_act_keeps_a_key_with_its_date() -> None:
    resolution = REGISTER.resolve(mention("Quyết định số 1708/QĐ-BTC ngày 01/02/2020"), Context())
    assert resolution.key == "quyet-dinh|1708/QĐ-BTC|2020-02-01"


@pytest.mark.parametrize(
    ("context", "key"),
    [
        (Context(issuer="Ủy ban nhân dân tỉnh Lào Cai"), "quyet-dinh|12/2019/QĐ-UBND|ubnd-tinh-lao-cai"),
        (Context(issuer="Chủ tịch UBND tỉnh Yên Bái"), "quyet-dinh|12/2019/QĐ-UBND|ubnd-tinh-yen-bai"),
        (Context(issuer="Bộ Y tế", province="tỉnh Yên Bái"), "quyet-dinh|12/2019/QĐ-UBND|ubnd-tinh-yen-bai"),
        (Context(province="Lào Cai"), "quyet-dinh|12/2019/QĐ-UBND|ubnd-tinh-lao-cai"),
    ],
)
def test_local_act_takes_the_issuer_of_its_surroundings(context: Context, key: str) -> None:
    assert REGISTER.resolve(mention("12/2019/QĐ-UBND"), context).key == key


@pytest.mark.parametrize(
    ("on", "key"),
    [
        (date(2023, 5, 1), "luat|45/2013/QH13"),
        (date(2024, 7, 31), "luat|45/2013/QH13"),
        (date(2024, 8, 1), "luat|31/2024/QH15"),
        (date(2012, 1, 1), None),
    ],
)
def test_law_by_name_on_a_day(on: date, key: str | None) -> None:
    assert REGISTER.resolve(mention("Luật Đất đai"), Context(on=on)).key == key


def test_mismatch_is_listed_and_still_resolves() -> None:
    resolution = REGISTER.resolve(mention("Quyết định số 63/2010/NĐ-CP ngày 09/6/2010 quy định về chăn nuôi gia cầm trên cạn"), Context())
    assert resolution.key == "nghi-dinh|63/2010/NĐ-CP"
    assert resolution.mismatch == ("issued_on", "type", "title")


ONE_OF_TWO = DocumentRegister(
    [
        document("40/2019/QH14", "Luật", "Quốc hội", "Kiến trúc", date(2019, 6, 13)),
        document("12/2013/UBTVQH13", "Pháp lệnh", issued=date(2013, 7, 20)),
        document("31/2009/QH12", "Bộ luật", issued=date(2009, 6, 17)),
        document("94/2007/NĐ-CP", issued=date(2007, 6, 24), title="Quản lý hoạt động bay", known=KnownFrom.EFFECT),
    ]
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nghị quyết số 40/2019/QH14", None),
        ("Nghị quyết 40/2019/QH14 ngày 13/6/2019 của Quốc hội", None),
        ("Pháp lệnh số 40/2019/QH14", None),
        ("Nghị quyết số 12/2013/UBTVQH13", None),
        ("Luật số 40/2019/QH14", "luat|40/2019/QH14"),
        ("Bộ luật số 40/2019/QH14", "luat|40/2019/QH14"),
        ("Luật số 31/2009/QH12", "luat|31/2009/QH12"),
        ("40/2019/QH14", "luat|40/2019/QH14"),
        ("Pháp lệnh số 12/2013/UBTVQH13", "phap-lenh|12/2013/UBTVQH13"),
        ("Nghị quyết số 41/2019/QH14", "nghi-quyet|41/2019/QH14"),  # nothing of that number is known: it stands for itself
    ],
)
def test_a_printed_type_is_never_resolved_to_another(text: str, key: str | None) -> None:
    resolution = ONE_OF_TWO.resolve(mention(text), Context())
    assert resolution.key == key
    assert resolution.non_answer == (None if key else NonAnswer.UNKNOWN_DOCUMENT)
    assert resolution.mismatch == ()
    assert bool(resolution.candidates) == (key is None)


def test_what_another_act_prints_of_a_document_contradicts_nobody() -> None:
    said = mention("Nghị định số 94/2007/NĐ-CP ngày 04/6/2007 quy định về phí sử dụng cầu cảng")
    assert ONE_OF_TWO.resolve(said, Context()).mismatch == ()


def test_self_is_the_documents_own_key() -> None:
    assert REGISTER.resolve(mention("Nghị định này"), Context(own="nghi-dinh|1/2020/NĐ-CP")).key == "nghi-dinh|1/2020/NĐ-CP"


def test_cited_record_only_for_what_is_not_held() -> None:
    cited = REGISTER.cited(mention("Quyết định 5/2020/QĐ-UBND của UBND tỉnh Hà Giang"), Context())
    assert cited is not None
    assert (cited.id, cited.issuer, cited.known_from) == ("5/2020/QĐ-UBND@ubnd-tinh-ha-giang", "UBND tỉnh Hà Giang", KnownFrom.CITED)
    assert REGISTER.cited(mention("63/2010/NĐ-CP"), Context()) is None
    assert REGISTER.cited(mention("Luật Hộ tịch"), Context()) is None


def test_misprinted_target_needs_everything_else_to_agree() -> None:
    term = mention("Luật số 45/2013/QH12 ngày 29/11/2013 của Quốc hội")
    assert REGISTER.misprinted(term, "Luật Đất đai") == "luat|45/2013/QH13"
    symbol = mention("Thông tư số 20/2019/TT-BYT ngày 02/4/2019 của Bộ Tài chính")
    assert REGISTER.misprinted(symbol, "Hướng dẫn phí thẩm định hồ sơ") == "thong-tu|20/2019/TT-BTC"
    assert REGISTER.misprinted(symbol, "Quy định về trang phục công chức") is None
    other_day = mention("Luật số 45/2013/QH12 ngày 30/11/2013 của Quốc hội")
    assert REGISTER.misprinted(other_day, "Luật Đất đai") is None


def test_another_body_means_another_entry_of_the_list() -> None:
    resolution = REGISTER.resolve(mention("Nghị định số 63/2010/NĐ-CP ngày 09/6/2010 của Bộ Tài chính"), Context())
    assert (resolution.key, resolution.mismatch) == ("nghi-dinh|63/2010/NĐ-CP", ())


def test_an_ordinance_glued_to_the_cell_before_is_no_order() -> None:
    found = find_mentions("Nghị quyết 35/2018/QH14Pháp lệnh 38/2001/PL-UBTVQH10")
    assert [one.type for one in found] == ["Nghị quyết", "Pháp lệnh"]


def test_the_name_between_a_law_and_its_number_is_no_issuer() -> None:
    assert mention("Luật Lâm nghiệp số 16/2017/QH14").issuer is None
    assert mention("Thông tư của Bộ Y tế số 16/2017/TT-BYT").issuer == "Bộ Y tế"


def test_a_code_that_closes_its_row_takes_no_date_of_the_next() -> None:
    rows = (
        "quy định về đăng ký đất đai.\t101/2024/NĐ-CP\nPhân cấp trong lĩnh vực đất đai\t151/2025/NĐ-CP\n"
        "Nghị định 102/2024/NĐ-CP ngày 30/7/2024 của Chính phủ quy định chi tiết thi hành\t102/2024/NĐ-CP"
    )
    dated = {(one.number, one.start < 40 or one.quote.startswith("Nghị định")): one.issued_on for one in find_mentions(rows)}
    assert dated["101/2024/NĐ-CP", True] is None
    assert dated["102/2024/NĐ-CP", True] == date(2024, 7, 30)


def test_what_a_document_did_at_one_place_is_no_title() -> None:
    told = mention(
        "Nghị định số 155/2018/NĐ-CP ngày 12/11/2018 của Chính phủ sửa đổi, bổ sung điểm a khoản 2 Điều 5 Nghị định số 15/2018/NĐ-CP"
    )
    assert told.name is None
    assert mention("Nghị quyết số 66.19/2026/NQ-CP Luật quản lý ngoại thương05/2017/QH14").name is None
    assert mention("Nghị định số 155/2018/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định về an toàn thực phẩm").name


def test_a_title_ends_where_the_sentence_does_something_else() -> None:
    told = mention("Nghị định số 50/2008/NĐ-CP ngày 21/4/2008 của Chính phủ về an ninh tại cửa khẩu cảng và bãi bỏ Bản khai hàng hóa")
    assert told.name == "về an ninh tại cửa khẩu cảng"
    assert (mention("Nghị định số 8/2026/NĐ-CP sửa đổi, bổ sung và bãi bỏ một số điều của các nghị định về cảng").name or "").endswith(
        "cảng"
    )


def test_an_issuer_without_a_place_ends_with_its_line() -> None:
    assert (
        mention("Quyết định số 52/2026/QĐ-UBND ngày 30/6/2026 của Ủy ban nhân dân thành phố\nGiấy chứng nhận").issuer
        == "Ủy ban nhân dân thành phố"
    )
    assert (
        mention("Quyết định số 52/2026/QĐ-UBND của Ủy ban nhân dân thành phố\nHải Phòng về đất đai").issuer
        == "Ủy ban nhân dân thành phố Hải Phòng"
    )


def test_a_law_known_only_from_citations_needs_its_year() -> None:
    register = DocumentRegister(
        [
            document("45/2013/QH13", "Luật", "Quốc hội", "Đất đai", date(2013, 11, 29), date(2014, 7, 1)),
            document("31/2024/QH15", "Luật", "Quốc hội", "Luật Đất đai", known=KnownFrom.CITED),
            document("26/2023/QH15", "Luật", "Quốc hội", "Căn cước", known=KnownFrom.CITED),
        ]
    )
    keys = {
        text: register.resolve(mention(text), Context()).key
        for text in (
            "Luật Đất đai năm 2024",
            "Luật Đất đai ngày 18/01/2024",
            "Luật Đất đai năm 2013",
            "Luật Đất đai năm 2003",
            "Luật Căn cước",
        )
    }
    assert keys == {
        "Luật Đất đai năm 2024": "luat|31/2024/QH15",
        "Luật Đất đai ngày 18/01/2024": "luat|31/2024/QH15",
        "Luật Đất đai năm 2013": "luat|45/2013/QH13",
        "Luật Đất đai năm 2003": None,
        "Luật Căn cước": None,
    }


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Thông tư liên bộ số 10/TT-LB ngày 31-12-1994", "thong-tu-lien-tich|10/TT-LB|1994-12-31"),
        ("Thông tư số 11/TTLB ngày 20 tháng 12 năm 1993", "thong-tu-lien-tich|11/TTLB|1993-12-20"),
        ("Quyết định số 1096/QĐ ngày 28/8/1980 của Bộ trưởng Bộ Giáo dục", "quyet-dinh|1096/QĐ|1980-08-28"),
        ("Thông tư số 05/TT ngày 03/4/1972", "thong-tu|05/TT|1972-04-03"),
        ("Quyết định số 327/CT ngày 15/9/1992", "quyet-dinh|327/CT|1992-09-15"),
    ],
)
def test_numbers_of_a_time_when_they_named_no_body(text: str, key: str) -> None:
    (mention,) = find_mentions(text)
    assert DocumentRegister([]).resolve(mention, Context()).key == key


@pytest.mark.parametrize("text", ["Quyết định số 123/QĐ ngày 01/02/2020", "Quyết định số 426/QĐ", "Quyết định số 55/2026/QĐ"])
def test_a_number_of_today_without_its_body_is_no_number(text: str) -> None:
    (mention,) = find_mentions(text)
    assert DocumentRegister([]).resolve(mention, Context()).non_answer is NonAnswer.MALFORMED
