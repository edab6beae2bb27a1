"""The other rules of the catalogue, and what every finding carries."""

from __future__ import annotations

from datetime import date

import pytest

from rasoat.records import (
    Confidence,
    DateBasis,
    Fee,
    Form,
    KnownFrom,
    MentionKind,
    NonAnswer,
    Part,
    PublicationDecision,
    Role,
    Severity,
    Tier,
    Verb,
)
from validators.rules import RULES, World, check_documents
from validators.rules.citation_finding import fingerprint

DAY = "2026-06-10"


@pytest.fixture
def pair(law):
    old, new = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01")
    law.effect(Verb.REPLACES, new, old)
    return old, new


def test_one_finding_for_a_document_in_a_part(pair, desk):
    desk.cite(pair[0], Part.STEPS, Role.HISTORICAL).cite(pair[0], Part.STEPS).cite(pair[0], Part.STEPS).cite(pair[0], Part.RESULT)
    found = desk.check(DAY)
    assert [(one.rule, one.where.part, one.severity) for one in found] == [
        ("CITE-01", "steps", Severity.HIGH),
        ("CITE-01", "result", Severity.MEDIUM),
    ]
    assert "3 lần ở trình tự thực hiện" in found[0].message
    assert len({one.fingerprint for one in found}) == 2


def test_where_points_at_the_quote(pair, desk):
    found = desk.cite(pair[1], before="a) ").cite(pair[0], before="b) ").check(DAY)
    one = next(finding for finding in found if finding.object == "10/2016/NĐ-CP")
    assert desk.texts[Part.LEGAL_BASIS][one.where.start : one.where.end] == one.quote


def test_fingerprints_survive_new_knowledge(law, pair, desk):
    before = {one.fingerprint for one in desk.cite(pair[0]).check(DAY)}
    law.doc("10/2016/NĐ-CP", type="Luật", id="10/2016/NĐ-CP@luat")
    law.claim(pair[0], date(2026, 5, 1), status="Còn hiệu lực")
    assert {one.fingerprint for one in desk.check(DAY)} == before


def test_copied_clause_says_so(law, desk):
    old, new = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01")
    law.effect(Verb.REPLACES, new, old, tier=Tier.B)
    found = desk.cite(old).check(DAY)[0]
    assert found.confidence is Confidence.MEDIUM
    assert "bản chép, đối chiếu bản gốc" in found.message


def test_a_law_named_without_its_year_is_never_accused(pair, desk):
    assert desk.cite(pair[0], kind=MentionKind.NAMED).check(DAY) == []


def test_a_charge_among_the_methods_is_grave(pair, desk):
    assert desk.cite(pair[0], Part.METHODS, before="Trực tuyến 120.000 đồng (Theo ").check(DAY)[0].severity is Severity.HIGH
    assert desk.cite(pair[0], Part.RESULT).check(DAY)[-1].severity is Severity.MEDIUM


def test_unknown_never_accuses(law, desk):
    a = law.doc("10/1998/NĐ-CP", "1998-05-01", "1998-06-01", status="Hết hiệu lực toàn bộ")
    assert desk.cite(a).check(DAY) == []


def test_cite03(law, desk):
    cited = law.doc("7/2016/TT-BTC", known_from=KnownFrom.CITED)
    desk.cite(cited).cite(None, number="TT-BTC", quote="TT-BTC", non_answer=NonAnswer.MALFORMED)
    desk.cite(None, number="935/QĐ-UBND", non_answer=NonAnswer.NOT_NORMATIVE).cite(
        None, number="1/2020/QĐ-UBND", non_answer=NonAnswer.UNKNOWN_DOCUMENT
    )
    assert [(one.rule, one.object, one.severity.value) for one in desk.check(DAY)] == [
        ("CITE-03", "TT-BTC", "low"),
    ]


def test_cite04(law, desk):
    a = law.doc("10/2025/NĐ-CP", "2025-05-01", "2025-07-01")
    found = desk.cite(a, mismatch=("issued_on",)).check(DAY)
    assert [(one.rule, one.severity) for one in found] == [("CITE-04", Severity.LOW)]
    assert "ngày ban hành" in found[0].message


def test_cite04_knows_the_title_that_stands_before_its_code(law, desk, new_desk):
    a = law.doc("10/2025/NĐ-CP", "2025-05-01", "2025-07-01", title="Quy định về cắt giảm thủ tục nuôi ong mật")
    said = {"name": "quy định chi tiết Luật Trồng trọt", "issued_on": "2025-05-01", "mismatch": ("title",)}
    desk.cite(a, before="quy định về cắt giảm thủ tục nuôi ong mật", **said)
    assert desk.check(DAY) == []
    assert [one.rule for one in new_desk().cite(a, **said).check(DAY)] == ["CITE-04"]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part.STEPS, {"issued_on": "2025-05-01"}),  # the sentence goes on behind the number
        (Part.LEGAL_BASIS, {}),  # behind a bare code the next row begins
        (Part.LEGAL_BASIS, {"issued_on": "2025-05-01", "name": "quy định về giống câyThông tư số 3/2024/TT-BNN về phân bón"}),
        (Part.LEGAL_BASIS, {"issued_on": "2025-05-01", "name": "quy định " + "về giống cây " * 30}),
    ],
)
def test_cite04_compares_only_what_is_surely_a_title(law, desk, part, said):
    a = law.doc("10/2025/NĐ-CP", "2025-05-01", "2025-07-01", title="Quy định về cắt giảm thủ tục nuôi ong mật")
    assert desk.cite(a, part, mismatch=("title",), **{"name": "quy định chi tiết Luật Trồng trọt", **said}).check(DAY) == []


@pytest.mark.parametrize(
    ("signed", "part", "severity"),
    [
        ("2026-06-01", Part.LEGAL_BASIS, Severity.INFO),
        ("2026-06-01", Part.FEES, Severity.INFO),
        (None, Part.LEGAL_BASIS, Severity.INFO),
        (None, Part.FEES, Severity.MEDIUM),
    ],
)
def test_cite05(law, desk, signed, part, severity):
    """A basis seen before the effect was announced before it; a fee that is taken already is more than information."""
    a = law.doc("10/2026/NĐ-CP", "2026-05-01", "2026-07-01")
    desk.extra["decision"] = PublicationDecision("5/QĐ-BTC", date.fromisoformat(signed) if signed else None)
    found = desk.cite(a, part).check("2026-06-10")
    assert [(one.rule, one.severity, one.interval.start) for one in found] == [("CITE-05", severity, date(2026, 7, 1))]


def test_cite05_is_silent_on_a_version_first_seen_after_the_day(law, desk):
    a = law.doc("10/2026/NĐ-CP", "2026-05-01", "2026-07-01")
    assert desk.cite(a, Part.FEES).check("2026-05-20") == []
    assert desk.check("2026-06-01") != []


def test_cite06(law, desk):
    a, b = law.doc("10/2025/NĐ-CP", "2025-05-01", "2025-07-01"), law.doc("20/2026/NQ-CP", "2026-05-10", "2026-05-10")
    law.effect(Verb.SUSPENDS, b, a, "2026-06-01", until="2026-09-01")
    found = desk.cite(a).check(DAY)
    assert [(one.rule, one.severity, one.interval.end) for one in found] == [("CITE-06", Severity.HIGH, date(2026, 6, 1))]
    assert "đến trước ngày 01/09/2026" in found[0].message


def test_cite07_of_a_provision_with_a_term(law, desk):
    a = law.doc("49/2026/NĐ-CP", "2026-01-31", "2026-01-31")
    law.effect(Verb.EXPIRES, a, on="2026-06-30", part="chuong-IV", basis=DateBasis.TERM)
    law.containers[a, "dieu-14"] = "chuong-IV"
    found = desk.cite(a, provisions=["dieu-14/khoan-1"]).check(DAY)
    assert [(one.rule, one.provision, one.severity) for one in found] == [("CITE-07", "dieu-14/khoan-1", Severity.MEDIUM)]


def test_a_stated_term_names_no_other_text(law, desk):
    a = law.doc("66.18/2026/NQ-CP", "2026-01-20", "2026-02-01")
    law.effect(Verb.EXPIRES, a, on="2026-06-01", basis=DateBasis.TERM)
    found = desk.cite(a).check(DAY)
    assert [(one.rule, one.ended_by, one.clause.document) for one in found] == [("CITE-01", (), "66.18/2026/NQ-CP")]
    assert "bằng văn bản đang có hiệu lực" in found[0].action


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_weighed(pair, desk, role):
    assert desk.cite(pair[0], Part.STEPS, role).check(DAY)


def test_cite09(law, pair, desk):
    amending = law.doc("5/2018/NĐ-CP", "2018-05-01", "2018-07-01", title="Sửa đổi, bổ sung một số điều của Nghị định số 10/2016/NĐ-CP")
    law.effect(Verb.AMENDS, amending, pair[0])
    found = desk.cite(amending).check(DAY)
    assert [(one.rule, one.severity, one.successors) for one in found] == [("CITE-09", Severity.MEDIUM, ("20/2025/NĐ-CP",))]
    other = law.doc("6/2018/NĐ-CP", "2018-03-01", "2018-04-01")
    law.claim(other, date(2026, 5, 1), status="Còn hiệu lực")
    law.effect(Verb.AMENDS, amending, other)
    assert desk.check(DAY) == []


def test_cite11(law, desk):
    desk.cite(None, number="935/QĐ-BTC", non_answer=NonAnswer.NOT_NORMATIVE)
    assert [one.rule for one in desk.check(DAY)] == ["CITE-11"]
    desk.cite(None, number="7/2020/TT-BTC", non_answer=NonAnswer.UNKNOWN_DOCUMENT)
    assert "CITE-11" not in [one.rule for one in desk.check(DAY)]


def test_cite12(law, desk):
    old, new = law.doc("935/QĐ-BTC", "2020-05-01"), law.doc("12/QĐ-BTC", "2025-05-01", "2025-05-01")
    law.effect(Verb.REPLACES, new, old)
    found = desk.cite(old).cite(law.doc("1/2025/TT-BTC", "2025-01-01", "2025-02-01")).check(DAY)
    assert [(one.rule, one.object) for one in found] == [("CITE-12", "935/QĐ-BTC")]
    assert "12/QĐ-BTC" in found[0].action


def test_cite14(pair, desk):
    desk.extra["forms"] = (Form("Tờ khai theo Mẫu số 05a"),)
    found = desk.cite(pair[0], Part.DOSSIER, divisions=["phu-luc-II/mau-so-05a"]).check(DAY)
    assert [one.rule for one in found] == ["CITE-01", "CITE-14"]
    desk.extra["forms"] = (Form("Tờ khai theo Mẫu số 06"),)
    assert [one.rule for one in desk.check(DAY)] == ["CITE-01"]


def test_cite15(law, desk):
    old = law.doc("169/2010/TT-BTC", "2010-11-01", "2010-12-15", title="Quy định mức thu, chế độ thu, nộp phí, lệ phí hàng không")
    new = law.doc("193/2016/TT-BTC", "2016-11-08", "2017-01-01", title="Quy định mức thu, chế độ thu, nộp phí, lệ phí hàng không")
    law.effect(Verb.REPLACES, new, old)
    assert [one.rule for one in desk.cite(old).check(DAY)] == ["CITE-01"]
    desk.extra["fees"] = (Fee("direct", "Phí", 100000.0, "VND", "100.000 đồng"),)
    assert [one.rule for one in desk.check(DAY)] == ["CITE-01", "CITE-15"]


def items(law, day: date = date(2026, 6, 10)):
    return {(one.rule, one.subject, one.object) for one in check_documents(World(law.graph()), day)}


def test_review_claim_against_nothing_known(law):
    law.doc("10/1998/NĐ-CP", "1998-05-01", "1998-06-01", status="Hết hiệu lực toàn bộ")
    assert items(law) == {("REVIEW", "10/1998/NĐ-CP", "gateway nêu “Hết hiệu lực toàn bộ”")}


def test_review_claim_against_a_clause(law, pair):
    law.claim(pair[0], date(2025, 6, 1), status="Còn hiệu lực")
    assert items(law) == set()
    law.claim(pair[0], date(2026, 3, 1), status="Còn hiệu lực")
    assert items(law) == {("REVIEW", "10/2016/NĐ-CP", "gateway nêu “Còn hiệu lực”")}


def test_review_of_a_text_that_left_the_codified_law(law):
    a = law.doc("10/2016/NĐ-CP", "2016-05-01")
    law.edition("2024-03-15", [a])
    law.edition("2026-02-23", [])
    assert items(law) == {("REVIEW", "10/2016/NĐ-CP", "Bộ pháp điển ngày 23/02/2026")}


def test_review_of_a_bare_relation(law):
    a, b = law.doc("10/2016/NĐ-CP", "2016-05-01"), law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01")
    law.effect(Verb.REPLACES, b, a, tier=Tier.D)
    assert items(law) == {("REVIEW", "10/2016/NĐ-CP", "quan hệ với 20/2025/NĐ-CP do nguồn liệt kê")}


def test_cons01_sources_disagree(law):
    a = law.doc("10/2025/NĐ-CP", "2025-05-01", "2025-07-01", status="Còn hiệu lực")
    law.claim(a, date(2026, 4, 1), status="Hết hiệu lực một phần", source="office")
    assert items(law) == {("CONS-01", "10/2025/NĐ-CP", "gateway, office")}


def test_catalogue_is_complete():
    assert all(rule.title_vi and rule.title_en and rule.basis and rule.action.endswith(".") for rule in RULES.values())
    assert {f"CITE-{number:02}" for number in range(1, 16)} <= RULES.keys()


def test_what_was_not_known_then_accuses_nobody_then(law, desk):
    old, new = (
        law.doc("10/2016/NĐ-CP", "2016-05-01", "2025-07-01", seen=date(2024, 1, 1)),
        law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01"),
    )
    law.effect(Verb.REPLACES, new, old, "2026-01-01", seen=date(2026, 6, 1))
    assert [one.rule for one in desk.cite(old).check(DAY)] == ["CITE-01"]
    assert desk.check(DAY, known="2026-05-31") == []
    assert desk.check(DAY) == desk.check(DAY)


def test_review_of_an_end_that_an_edition_does_not_bear_out(law, pair, desk):
    law.edition("2026-02-23", [pair[0]])
    assert ("REVIEW", law.documents[pair[0]].number, "Bộ pháp điển ngày 23/02/2026") in items(law)
    (found,) = [one for one in desk.cite(pair[0]).check(DAY) if one.rule == "CITE-01"]
    assert (found.confidence.value, "Lưu ý" in found.message) == ("low", True)


def test_an_edition_that_a_later_one_corrects_needs_no_review(law, pair):
    law.edition("2025-08-15", [pair[0]])
    assert items(law) == {("REVIEW", law.documents[pair[0]].number, "Bộ pháp điển ngày 15/08/2025")}
    law.edition("2026-02-23", [])
    assert items(law) == set()


def test_an_edition_that_lags_for_years_needs_no_review_but_a_printed_term_does(law):
    old, new = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2019/NĐ-CP", "2019-05-10", "2019-07-01")
    term = law.doc("30/2017/NĐ-CP", "2017-05-01", "2017-07-01")
    law.effect(Verb.REPLACES, new, old)
    law.effect(Verb.EXPIRES, term, None, "2020-01-01", basis=DateBasis.TERM)
    law.edition("2026-02-23", [old, term])
    assert items(law) == {("REVIEW", "30/2017/NĐ-CP", "Bộ pháp điển ngày 23/02/2026")}


def test_an_item_says_how_many_procedures_cite_its_document(law):
    key = law.doc("10/1998/NĐ-CP", "1998-05-01", "1998-06-01", status="Hết hiệu lực toàn bộ")
    for cited_by, said in (({key: 3}, "Được 3 thủ tục viện dẫn."), ({}, "Chưa thủ tục nào trong dữ liệu viện dẫn.")):
        (item,) = check_documents(World(law.graph()), date(2026, 6, 10), None, cited_by)
        assert item.message.endswith(said)


def test_the_identity_of_an_item_is_not_its_wording(law):
    key = law.doc("10/1998/NĐ-CP", "1998-05-01", "1998-06-01", status="Hết hiệu lực toàn bộ")
    (item,) = check_documents(World(law.graph()), date(2026, 6, 10))
    assert item.fingerprint == fingerprint("REVIEW", key, "gateway: dead", None, "")


def test_review_of_an_ending_text_whose_record_gives_a_later_day(law):
    old, new = law.doc("40/2021/TT-BTC", "2021-06-01", "2021-08-01"), law.doc("18/2026/TT-BTC", "2026-03-05", "2026-08-01")
    law.effect(Verb.ENTERS_INTO_FORCE, new, None, "2026-03-05", place="dieu-9")
    law.effect(Verb.REPLACES, new, old)
    assert ("REVIEW", "40/2021/TT-BTC", "ngày có hiệu lực của 18/2026/TT-BTC") in items(law)
    assert items(law, date(2026, 7, 31)) == items(law)
    assert items(law, date(2026, 8, 1)) == set()  # dead by either day


def test_the_action_names_what_is_in_force_that_day(law, pair, desk):
    newest = law.doc("30/2026/NĐ-CP", "2026-05-30", "2026-07-01")
    law.effect(Verb.REPLACES, newest, pair[1])
    (now,) = [one for one in desk.cite(pair[0]).check(DAY) if one.rule == "CITE-01"]
    assert "bằng 20/2025/NĐ-CP, 30/2026/NĐ-CP (từ 01/07/2026)," in now.action
    (later,) = [one for one in desk.check("2026-07-01") if one.rule == "CITE-01"]
    assert "bằng 30/2026/NĐ-CP," in later.action
    assert now.successors == later.successors == ("20/2025/NĐ-CP", "30/2026/NĐ-CP")


def test_a_wrong_date_is_shown_beside_the_right_one(law, desk):
    held = law.doc("238/2016/TT-BTC", "2016-11-11", "2017-01-01")
    desk.cite(held, mismatch=("issued_on",), issued_on=date(2016, 12, 11))
    (found,) = desk.check("2017-06-01")
    assert found.rule == "CITE-04"
    assert "ghi “11/12/2016”" in found.message
    assert "văn bản: “11/11/2016”" in found.message


def test_cite02_of_an_annex_and_of_a_form_in_it(law, desk):
    held = law.doc("151/2025/NĐ-CP", "2025-06-12", "2025-07-01", status="Còn hiệu lực")
    newer = law.doc("49/2026/NĐ-CP", "2026-01-31", "2026-01-31")
    law.effect(Verb.REPEALS, newer, held, part="phu-luc-III")
    desk.cite(held, Part.DOSSIER, divisions=["phu-luc-III/mau-so-05"])
    (found,) = desk.check(DAY)
    assert (found.rule, found.provision, found.suppressed) == ("CITE-02", "phu-luc-III/mau-so-05", ())
    assert found.message.startswith("Mẫu số 05 Phụ lục III")


def test_a_living_annex_of_a_text_that_lost_another_is_no_finding(law, desk):
    held = law.doc("151/2025/NĐ-CP", "2025-06-12", "2025-07-01", status="Còn hiệu lực")
    law.effect(Verb.REPEALS, law.doc("49/2026/NĐ-CP", "2026-01-31", "2026-01-31"), held, part="phu-luc-III")
    assert desk.cite(held, Part.DOSSIER, divisions=["phu-luc-I/mau-so-05"]).check(DAY) == []


def test_annexes_that_ended_without_a_number_are_all_of_them(law, desk):
    held = law.doc("151/2025/NĐ-CP", "2025-06-12", "2025-07-01", status="Còn hiệu lực")
    law.effect(Verb.REPEALS, law.doc("49/2026/NĐ-CP", "2026-01-31", "2026-01-31"), held, part="phu-luc")
    (found,) = desk.cite(held, Part.DOSSIER, divisions=["phu-luc-II"]).check(DAY)
    assert (found.rule, found.provision) == ("CITE-02", "phu-luc-II")


def test_a_form_is_known_by_the_number_in_its_files_name(pair, desk):
    desk.extra["forms"] = (Form("Mẫu số 01/ĐNHT.docx"),)
    found = desk.cite(pair[0], Part.DOSSIER, divisions=["mau-so-01-đnht"]).check(DAY)
    assert [one.rule for one in found] == ["CITE-01", "CITE-14"]
