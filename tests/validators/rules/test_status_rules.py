"""What rules on the state of a document say: when a coming end is announced, and in which words a dead text is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rasoat.records import DateBasis, Origin, Severity, Tier, Verb
from validators.rules.citation_finding import tier_note

END = date(2027, 3, 1)


@pytest.fixture
def ending(law, desk):
    """A text in force, cited, that a text of 2026 replaces from 01/03/2027."""
    old, new = law.doc("60/2014/QH13", "2014-11-20", "2016-01-01"), law.doc("03/2026/QH16", "2026-04-10", "2027-03-01")
    law.effect(Verb.REPLACES, new, old)
    return desk.cite(old)


def told(desk, left: int) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in desk.check((END - timedelta(days=left)).isoformat())]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (121, []),
        (120, [("CITE-07", Severity.INFO)]),  # the last day of the horizon is inside it: (t, t+N]
        (119, [("CITE-07", Severity.INFO)]),
        (31, [("CITE-07", Severity.INFO)]),
        (30, [("CITE-07", Severity.MEDIUM)]),
        (29, [("CITE-07", Severity.MEDIUM)]),
        (1, [("CITE-07", Severity.MEDIUM)]),
        (0, [("CITE-01", Severity.HIGH)]),
    ],
)
def test_an_end_is_announced_from_the_last_day_of_the_horizon_to_its_eve(ending, left, said):
    assert told(ending, left) == said


@pytest.mark.parametrize(("horizon", "said"), [(9, []), (10, [("CITE-07", Severity.MEDIUM)])])
def test_the_horizon_is_a_setting(law, new_desk, horizon, said):
    old, new = law.doc("60/2014/QH13", "2014-11-20", "2016-01-01"), law.doc("03/2026/QH16", "2026-04-10", "2027-03-01")
    law.effect(Verb.REPLACES, new, old)
    assert told(new_desk(horizon_days=horizon).cite(old), 10) == said


def test_cite08_says_repealed_where_the_clause_does(law, desk):
    old, new = law.doc("158/2005/NĐ-CP", "2005-12-27", "2006-04-01"), law.doc("123/2015/NĐ-CP", "2015-11-15", "2016-01-01")
    law.effect(Verb.REPEALS, new, old)
    (found,) = [one for one in desk.cite(old).cite(new).check("2026-06-10") if one.rule == "CITE-08"]
    assert "cùng văn bản bãi bỏ nó 123/2015/NĐ-CP" in found.message
    assert "giữ văn bản bãi bỏ 123/2015/NĐ-CP" in found.action


def test_cite07_names_the_successor(law, desk):
    old, new = law.doc("9/2016/NĐ-CP", "2016-05-01", "2016-07-01"), law.doc("30/2026/NĐ-CP", "2026-05-10", "2026-07-01")
    law.effect(Verb.REPLACES, new, old)
    (found,) = [one for one in desk.cite(old).check("2026-06-10") if one.rule == "CITE-07"]
    assert "Văn bản kế tiếp: 30/2026/NĐ-CP." in found.message


@pytest.mark.parametrize(
    ("place", "note"),
    [
        ("laws/66.18.txt#dieu-7", "(bản chép có thể đã rút gọn, phải đối chiếu bản gốc)"),
        ("documents.jsonl:4#dieu-7", "(bản chép có thể đã rút gọn, phải đối chiếu bản gốc)"),
        ("scan.PDF#dieu-7", "(đọc bằng nhận dạng chữ, phải đối chiếu bản gốc)"),
    ],
)
def test_the_note_of_a_tier_c_text_says_what_it_is(place, note):
    assert tier_note(Tier.C, Origin("sha", place)).strip() == note


def test_a_successor_that_nothing_shows_alive_is_named_with_that(law, desk):
    old, new = law.doc("9/2010/NĐ-CP", "2010-05-01", "2010-07-01"), law.doc("30/2014/NĐ-CP", "2014-05-10", "2014-07-01")
    law.effect(Verb.REPLACES, new, old)
    assert "30/2014/NĐ-CP (chưa rõ hiệu lực: không có dấu hiệu" in desk.cite(old).check("2026-06-10")[0].action
    law.edition("2025-03-01", [new])
    assert "30/2014/NĐ-CP (có trong Bộ pháp điển ngày 01/03/2025)" in desk.check("2026-06-10")[0].action


def test_a_finding_tells_every_doubt(law, desk):
    old, new = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-20", "2026-04-16")
    law.effect(Verb.ENTERS_INTO_FORCE, new, None, "2026-01-26")
    law.effect(Verb.REPLACES, new, old)
    law.edition("2026-02-23", [old])
    (found,) = [one for one in desk.cite(old).check("2026-03-01") if one.rule == "CITE-01"]
    assert "ngày 23/02/2026 nguồn chính thức vẫn xếp" in found.message
    assert "điều khoản của 46/2026/NĐ-CP cho ngày có hiệu lực 26/01/2026, hồ sơ văn bản ghi 16/04/2026" in found.message


def test_a_misprinted_number_is_shown_with_the_text_it_means(law, desk):
    old, new = law.doc("31/2012/QH13", "2012-06-20", "2013-01-01"), law.doc("44/2024/QH15", "2024-11-20", "2025-07-01")
    law.effect(Verb.REPLACES, new, old, printed_target="31/2012/QH14")
    (found,) = desk.cite(old).check("2026-06-10")
    assert "Điều khoản ấy in số là “31/2012/QH14”." in found.message


def test_a_successor_with_a_younger_namesake_is_told_with_it(law, desk):
    old = law.doc("78/2006/QH11", "2006-11-29", "2007-07-01", title="Quản lý rừng")
    new = law.doc("38/2019/QH14", "2019-06-13", "2020-07-01", title="Quản lý rừng")
    law.doc("108/2025/QH15", "2025-12-10", "2026-07-01", title="Quản lý rừng")
    law.effect(Verb.REPLACES, new, old)
    law.edition("2026-02-23", [new])
    (found,) = desk.cite(old).check("2026-06-10")
    assert "38/2019/QH14 (đã có 108/2025/QH15 cùng tên ban hành sau, cần kiểm tra)" in found.action


def test_where_sources_disagree_the_accusation_is_not_grave(law, desk):
    old, new = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-26", "2026-01-26")
    law.effect(Verb.REPLACES, new, old)
    law.edition("2026-02-23", [old])
    (found,) = [one for one in desk.cite(old).check("2026-03-10") if one.rule == "CITE-01"]
    assert (found.severity, found.confidence) == (Severity.MEDIUM, "low")
    assert "Lưu ý" in found.message


@pytest.mark.parametrize(
    ("clause", "title", "doubted"),
    [
        ("Nghị định này thay thế Nghị định số 8/2021/NĐ-CP", "Quy định về cảng", False),
        ("Nghị định số 8/2021/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực", "Quy định về quản lý hoạt động đường thủy", False),
        ("Nghị định số 8/2021/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực", "Quy định về cơ sở đóng tàu", True),
        ("Nghị định số 8/2021/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực", None, False),
    ],
)
def test_a_text_that_only_ends_another_is_no_sure_successor(law, desk, clause, title, doubted):
    old = law.doc("8/2021/NĐ-CP", "2021-01-28", "2021-03-15", title="Quy định về quản lý hoạt động đường thủy nội địa")
    new = law.doc("123/2026/NĐ-CP", "2026-04-20", "2026-06-01", title=title)
    law.effect(Verb.REPLACES, new, old, quote=clause)
    desk.extra["name"] = "Cấp phép hoạt động đường thủy nội địa"
    (found,) = desk.cite(old).check("2026-06-10")
    assert ("cần kiểm tra có quy định cùng nội dung" in found.action) is doubted


def test_the_day_of_the_whole_is_told_beside_that_of_what_was_left(law, desk):
    old, new = law.doc("105/2014/NĐ-CP", "2014-11-15", "2015-01-01"), law.doc("146/2018/NĐ-CP", "2018-10-17", "2018-12-01")
    law.effect(Verb.REPLACES, new, old, exceptions=("dieu-8",))
    law.effect(Verb.PROLONGS, new, old, None, "dieu-8", until="2019-01-01", basis=DateBasis.UNSTATED)
    (found,) = desk.cite(old).check("2026-06-10")
    assert "hết hiệu lực từ ngày 01/01/2019" in found.message
    assert "Trừ phần được giữ đến ngày ấy, văn bản đã hết hiệu lực từ ngày 01/12/2018." in found.message
