"""FP1 to FP19, each by its id."""

from __future__ import annotations

from datetime import date

import pytest

from rasoat.records import Part, PublicationDecision, Role, Tier, Verb

DAY = "2026-06-10"


@pytest.fixture
def pair(law):
    """A dead text and the one that replaced it."""
    old, new = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01")
    law.effect(Verb.REPLACES, new, old)
    return old, new


def first(rules):
    return next(one for one in rules if one[0] == "CITE-01")


def test_accused_where_nothing_excuses(pair, desk):
    assert desk.cite(pair[0]).rules(DAY) == [("CITE-01", "high", ())]


def test_fp1_announced_after_the_day(pair, desk):
    desk.extra["decision"] = PublicationDecision("5/QĐ-UBND", date(2026, 7, 1))
    assert first(desk.cite(pair[0]).rules(DAY))[2] == ("FP1",)


def test_fp1_both_views(pair, desk):
    desk.extra["decision"] = PublicationDecision("5/QĐ-UBND", date(2019, 7, 1), "Bộ Giao thông vận tải")
    found = desk.cite(pair[0]).check(DAY)[0]
    assert "văn bản này còn hiệu lực" in found.message
    assert found.responsible == "Bộ Xây dựng"


def test_fp2_old_and_new_in_one_list(pair, desk):
    assert desk.cite(pair[0]).cite(pair[1]).rules(DAY) == [("CITE-01", "info", ("FP2",)), ("CITE-08", "low", ())]


def test_fp2_not_across_parts(pair, desk):
    desk.cite(pair[0], Part.STEPS).cite(pair[1])
    assert desk.rules(DAY) == [("CITE-01", "high", ())]


def test_fp2_needs_a_living_successor(law, pair, desk):
    newest = law.doc("30/2026/NĐ-CP", "2026-01-10", "2026-03-01")
    law.effect(Verb.REPLACES, newest, pair[1])
    desk.cite(pair[0]).cite(pair[1])
    assert desk.rules(DAY) == [("CITE-01", "high", ()), ("CITE-01", "high", ())]


@pytest.mark.parametrize(
    ("quote", "amends", "suppressed"),
    [
        ("Các văn bản sửa đổi, bổ sung nghị định nói trên hết hiệu lực.", True, ("FP3",)),
        ("Các văn bản sửa đổi, bổ sung nghị định nói trên hết hiệu lực.", False, ()),
        ("Nghị định số 10/2016/NĐ- CP ngày 01/5/2016 hết hiệu lực.", True, ()),  # repealed by name
    ],
)
def test_fp3_named_as_amendment_of_a_living_base(law, desk, quote, amends, suppressed):
    base, old = law.doc("9/2015/NĐ-CP", "2015-05-01", "2025-07-01"), law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01")
    law.effect(Verb.REPEALS, law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01"), old, quote=quote)
    if amends:
        law.effect(Verb.AMENDS, old, base)
    desk.cite(base).cite(old, role=Role.AMENDED_BY)
    assert first(desk.rules(DAY))[2] == suppressed


@pytest.mark.parametrize("role", [Role.HISTORICAL, Role.TRANSITIONAL])
def test_fp4_role(pair, desk, role):
    assert first(desk.cite(pair[0], Part.STEPS, role).rules(DAY))[2] == ("FP4",)


@pytest.mark.parametrize(
    ("before", "after"), [("", " (đã hết hiệu lực)"), ("Hồ sơ đã tiếp nhận theo ", ""), ("tiếp tục thực hiện theo ", "")]
)
def test_fp4_words(pair, desk, before, after):
    assert "FP4" in first(desk.cite(pair[0], Part.STEPS, before=before, after=after).rules(DAY))[2]


def test_fp5_papers_of_the_old_law(pair, desk):
    assert "FP5" in first(desk.cite(pair[0], Part.DOSSIER, before="Giấy chứng nhận được cấp theo ").rules(DAY))[2]


def test_fp6_inside_a_title(pair, desk):
    assert first(desk.cite(pair[0], role=Role.IN_TITLE).rules(DAY))[2] == ("FP6",)


def test_fp7_consolidated_text_of_a_living_base(law, desk):
    base, amending = law.doc("1/2025/NĐ-CP", "2025-05-01", "2025-07-01"), law.doc("2/2025/NĐ-CP", "2025-08-01", "2025-09-01")
    text = law.doc("03/VBHN-BTC", "2025-10-01", type="Văn bản hợp nhất")
    for part in (base, amending):
        law.effect(Verb.CONSOLIDATES, text, part)
    law.effect(Verb.AMENDS, amending, base)
    ended = law.doc("4/2026/NĐ-CP", "2026-03-01", "2026-04-01")
    law.effect(Verb.REPEALS, ended, amending)
    assert desk.cite(text).rules(DAY) == []


def test_fp8_partly_ended_no_provision(law, pair, desk):
    alive = law.doc("11/2016/NĐ-CP", "2016-05-01", "2016-07-01")
    law.effect(Verb.REPEALS, pair[1], alive, part="dieu-5")
    assert desk.cite(alive).rules(DAY) == [("CITE-02", "info", ("FP8",))]


def ended_but(law, pair, *spared: str, quote: str = "hết hiệu lực, trừ một số điều") -> str:
    old = law.doc("11/2016/NĐ-CP", "2016-05-01", "2016-07-01")
    law.effect(Verb.REPEALS, pair[1], old, "2025-07-01", exceptions=spared, quote=quote)
    return old


def test_a_text_that_ended_but_for_some_articles_is_told_with_what_survives(law, pair, desk):
    (found,) = desk.cite(ended_but(law, pair, "dieu-61", "dieu-9", "dieu-63", "dieu-62")).check(DAY)
    assert (found.rule, found.severity, found.suppressed, found.state) == ("CITE-02", "medium", (), "open")
    assert "đã hết hiệu lực từ ngày 01/07/2025" in found.message
    assert "chỉ còn Điều 9, 61–63;" in found.message


def test_what_survives_by_its_matter_only_is_told_in_the_clauses_words(law, pair, desk):
    old = ended_but(law, pair, "?", quote="Nghị định số 11/2016/NĐ-CP hết hiệu lực, trừ quy định về phà.")
    (found,) = desk.cite(old).check(DAY)
    assert (found.severity, found.suppressed) == ("medium", ())
    assert "chỉ còn phần nêu trong điều khoản ấy (“trừ quy định về phà.”)" in found.message


def test_a_surviving_article_is_no_finding_and_a_dead_one_is_grave(law, pair, desk, new_desk):
    old = ended_but(law, pair, "dieu-9")
    assert desk.cite(old, provisions=["dieu-9/khoan-1"]).rules(DAY) == []
    assert new_desk().cite(old, provisions=["dieu-4"]).rules(DAY) == [("CITE-02", "high", ())]


def test_fp9_future_replacement(law, pair, desk):
    new = law.doc("30/2026/NĐ-CP", "2026-05-10", "2026-07-01")
    law.effect(Verb.REPLACES, new, pair[1])
    assert [rule for rule, *_ in desk.cite(pair[1]).rules(DAY)] == ["CITE-07"]


@pytest.mark.parametrize("state", ["ABOLISHED", "Đã bãi bỏ", "DELETED"])
def test_fp10_abolished_procedure(pair, desk, state):
    desk.extra["state"] = state
    assert desk.cite(pair[0]).check(DAY) == []


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ("2016-06-30", []),
        ("2016-07-01", [("CITE-10", "medium", ())]),
        ("2025-03-31", [("CITE-10", "medium", ())]),
        ("2025-04-01", [("CITE-10", "info", ("FP11",))]),
    ],
)
def test_fp11_parent_and_child(law, desk, ended, said):
    parent, new = law.doc("1/2012/NĐ-CP", "2012-05-01", "2012-07-01"), law.doc("2/2016/NĐ-CP", "2016-05-01", "2016-05-15")
    child = law.doc("3/2013/TT-BTC", "2013-05-01", "2013-07-01")
    law.effect(Verb.REPLACES, new, parent, ended)
    law.effect(Verb.DETAILS, child, parent)
    assert desk.cite(child).rules(DAY) == said


def test_fp11_local_child_of_a_parent_ended_before(law, desk):
    parent, new = law.doc("1/2006/NĐ-CP", "2006-05-01", "2006-07-01"), law.doc("2/2012/NĐ-CP", "2012-05-01", "2012-07-01")
    child = law.doc("3/2007/QĐ-UBND", "2007-05-01", "2007-07-01", issuer="UBND tỉnh Lai Châu")
    law.effect(Verb.REPLACES, new, parent)
    law.effect(Verb.DETAILS, child, parent)
    assert desk.cite(child).rules(DAY) == [("CITE-10", "info", ())]


def test_fp11_reconfirmed_since(law, desk):
    parent, new = law.doc("1/2012/NĐ-CP", "2012-05-01", "2012-07-01"), law.doc("2/2018/NĐ-CP", "2018-05-01", "2018-07-01")
    child = law.doc("3/2013/TT-BTC", "2013-05-01", "2013-07-01")
    law.effect(Verb.REPLACES, new, parent)
    law.effect(Verb.DETAILS, child, parent)
    law.claim(child, date(2019, 1, 1), status="Còn hiệu lực")
    assert desk.cite(child).rules(DAY) == []


@pytest.mark.parametrize(("ended", "said"), [("2005-03-31", []), ("2005-04-01", [("CITE-10", "info", ())])])
def test_fp11_local_texts_fell_with_their_parents_since_the_law_of_2004(law, desk, ended, said):
    parent, new = law.doc("1/2000/NĐ-CP", "2000-05-01", "2000-07-01"), law.doc("2/2005/NĐ-CP", "2005-01-10", "2005-01-20")
    child = law.doc("3/2001/QĐ-UBND", "2001-05-01", "2001-07-01", issuer="UBND tỉnh Lai Châu")
    law.effect(Verb.REPLACES, new, parent, ended)
    law.effect(Verb.DETAILS, child, parent)
    assert desk.cite(child).rules(DAY) == said


@pytest.mark.parametrize(("shown", "rules"), [(date(2018, 7, 1), ["CITE-10"]), (date(2018, 7, 2), [])], ids=["on the day", "the day after"])
def test_fp11_only_a_sign_later_than_the_parents_end_reconfirms(law, desk, shown, rules):
    parent, new = law.doc("1/2012/NĐ-CP", "2012-05-01", "2012-07-01"), law.doc("2/2018/NĐ-CP", "2018-05-01", "2018-07-01")
    child = law.doc("3/2013/TT-BTC", "2013-05-01", "2013-07-01")
    law.effect(Verb.REPLACES, new, parent)
    law.effect(Verb.DETAILS, child, parent)
    law.claim(child, shown, status="Còn hiệu lực")
    assert [rule for rule, *_ in desk.cite(child).rules(DAY)] == rules


def test_fp12_revived_by_a_bare_relation(law, pair, desk):
    other = law.doc("9/2026/NQ-CP", "2026-02-01", "2026-02-01")
    law.effect(Verb.REVIVES, other, pair[0], "2026-02-01", tier=Tier.D)
    assert first(desk.cite(pair[0]).rules(DAY))[2] == ("FP12",)


def test_fp13_ended_by_another_province(law, desk):
    home = law.doc("12/2019/QĐ-UBND", "2019-05-01", "2019-05-15", issuer="UBND tỉnh Yên Bái")
    merged = law.doc("5/2026/QĐ-UBND", "2026-01-05", "2026-01-20", issuer="UBND tỉnh Lào Cai")
    other = law.doc("6/2026/QĐ-UBND", "2026-01-05", "2026-01-20", issuer="UBND tỉnh Nghệ An")
    law.effect(Verb.REPLACES, other, home)
    assert first(desk.cite(home).rules(DAY))[2] == ("FP13",)
    law.effect(Verb.REPLACES, merged, home)
    assert first(desk.rules(DAY))[2] == ()


def test_fp14_blanket_clause(law, desk):
    old, new = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01")
    law.effect(Verb.REPEALS, new, old, quote="Các quy định trước đây trái với Nghị định này bị bãi bỏ.")
    assert first(desk.cite(old).rules(DAY))[2] == ("FP14",)


def test_fp15_part_named_by_subject(law, pair, desk):
    alive = law.doc("9/1998/QH10", "1998-12-02", "1999-01-01", type="Luật")
    law.effect(Verb.REPEALS, pair[1], alive, part="?")
    assert desk.cite(alive).rules(DAY) == [("CITE-02", "info", ("FP8", "FP15"))]


@pytest.mark.parametrize(
    "quote",
    [
        "Bãi bỏ quy định về miễn thuế tại các Quyết định số 1/2015/QĐ-TTg, số 10/2016/NĐ-CP.",
        "Những quy định về khiếu nại trong Nghị định số 10/2016/NĐ-CP hết hiệu lực.",
    ],
)
def test_fp15_a_matter_ends_not_the_text(law, desk, quote):
    old, new = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01")
    law.effect(Verb.REPEALS, new, old, quote=quote)
    assert first(desk.cite(old).rules(DAY))[2] == ("FP15",)


def test_fp15_a_title_about_a_matter_is_no_matter(law, desk):
    old, new = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01")
    law.effect(Verb.REPEALS, new, old, quote="Nghị định số 10/2016/NĐ-CP quy định về tố cáo trong Công an nhân dân hết hiệu lực.")
    assert first(desk.cite(old).rules(DAY))[2] == ()


def test_fp16_preamble(pair, desk):
    assert desk.cite(pair[0], Part.STEPS, Role.LEGAL_BASIS, before="Căn cứ ").rules(DAY) == [("CITE-01", "medium", ())]


def test_fp17_follows_what_replaces_it(pair, desk):
    assert first(desk.cite(pair[0], after=" và các văn bản sửa đổi, bổ sung, thay thế").rules(DAY))[2] == ("FP17",)


def test_fp18_corrigendum(law, desk):
    old = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01")
    errata = law.doc("20/2025/NĐ-CP", "2025-05-10", "2025-07-01", title="Đính chính Nghị định số 10/2016/NĐ-CP")
    law.effect(Verb.REPLACES, errata, old)
    assert first(desk.cite(old).rules(DAY))[2] == ("FP18",)


def test_fp19_not_issued_yet(law, desk):
    old, new = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("96/2026/NĐ-CP", "2026-07-31", "2026-07-31")
    law.effect(Verb.REPLACES, new, old, "2026-06-01")
    assert "FP19" in first(desk.cite(old).rules(DAY))[2]
    assert first(desk.rules("2026-08-01"))[2] == ()


@pytest.mark.parametrize(
    ("day", "suppressed"),
    [("2026-07-30", ("FP19",)), ("2026-07-31", ()), ("2026-08-01", ())],
    ids=["eve", "the day itself", "the day after"],
)
def test_fp19_ends_on_the_day_the_ending_text_is_issued(law, desk, day, suppressed):
    """Anchored to an earlier day, it could be known from the day it was signed on, that day included."""
    old, new = law.doc("10/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("96/2026/NĐ-CP", "2026-07-31", "2026-07-31")
    law.effect(Verb.REPLACES, new, old, "2026-06-01")
    assert first(desk.cite(old).rules(day))[2] == suppressed


@pytest.mark.parametrize(
    ("signed", "suppressed"),
    [(date(2026, 6, 9), ()), (date(2026, 6, 10), ()), (date(2026, 6, 11), ("FP1",))],
    ids=["the day before", "the day itself", "the day after"],
)
def test_fp1_is_for_what_was_announced_after_the_day(pair, desk, signed, suppressed):
    desk.extra["decision"] = PublicationDecision("5/QĐ-UBND", signed)
    assert first(desk.cite(pair[0]).rules(DAY))[2] == suppressed


@pytest.mark.parametrize(
    ("revived", "until", "suppressed"),
    [
        ("2025-06-30", None, ()),  # before its end there was nothing to revive
        ("2025-07-01", None, ("FP12",)),
        ("2026-06-10", None, ("FP12",)),
        ("2026-06-11", None, ()),
        ("2026-02-01", "2026-06-10", ()),  # the first day it is over again
        ("2026-02-01", "2026-06-11", ("FP12",)),
    ],
)
def test_fp12_holds_from_the_day_of_the_end_to_the_eve_of_its_until(law, pair, desk, revived, until, suppressed):
    other = law.doc("9/2025/NQ-CP", "2025-06-01", "2025-06-01")
    law.effect(Verb.REVIVES, other, pair[0], revived, tier=Tier.D, until=until)
    assert first(desk.cite(pair[0]).rules(DAY))[2] == suppressed


def test_fp1_holds_beside_fp2(pair, desk):
    desk.extra["decision"] = PublicationDecision("5/QĐ-UBND", date(2026, 7, 1))
    assert desk.cite(pair[0]).cite(pair[1]).rules(DAY) == [("CITE-01", "info", ("FP1", "FP2")), ("CITE-08", "info", ("FP1",))]


@pytest.mark.parametrize(("day", "said"), [("2025-06-30", []), ("2025-07-01", [("CITE-02", "info", ("FP8", "FP15"))])])
def test_fp15_holds_from_the_day_a_matter_ends(law, desk, day, said):
    """Which article is meant nobody can tell, from the first day out of force on."""
    alive, ender = law.doc("9/1998/QH10", "1998-12-02", "1999-01-01", type="Luật"), law.doc("20/2025/QH15", "2025-05-10", "2025-07-01")
    law.effect(Verb.REPEALS, ender, alive, part="?")
    assert [one for one in desk.cite(alive).rules(day) if one[0] != "CITE-07"] == said
