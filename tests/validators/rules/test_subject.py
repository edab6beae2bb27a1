"""A dead text of quite another matter is a slip of the number, and what shows that it is none."""

from __future__ import annotations

from datetime import date

import pytest

from rasoat.records import (
    Citation,
    Mention,
    MentionKind,
    Origin,
    Part,
    Procedure,
    PublicationDecision,
    Resolution,
    Role,
    SourceRank,
    Verb,
)
from validators.rules import World, check_procedure, siblings

DAY = "2026-06-10"


def test_a_dead_text_of_quite_another_matter_may_be_a_slip_of_the_number(law, desk):
    old = law.doc("33/2013/NĐ-CP", "2013-04-22", "2013-06-08", title="Ban hành Hợp đồng mẫu của Hợp đồng chia sản phẩm dầu khí")
    law.effect(Verb.REPLACES, law.doc("45/2023/NĐ-CP", "2023-07-01", "2023-07-01"), old)
    desk.cite(old)
    (found,) = desk.check(DAY)
    assert (found.rule, found.severity.value, found.confidence.value) == ("CITE-01", "medium", "low")
    assert "Kiểm tra lại số, ký hiệu" in found.action
    desk.texts[Part.STEPS] = "Nhà thầu dầu khí nộp hồ sơ."
    (found,) = desk.check(DAY)
    assert (found.severity.value, "45/2023/NĐ-CP" in found.action) == ("high", True)


def test_an_amendment_cited_with_its_base_is_no_slip(law, desk):
    base = law.doc("27/2007/NĐ-CP", "2007-02-23", "2007-03-20", title="Về giao dịch điện tử trong hoạt động tài chính")
    old = law.doc("156/2016/NĐ-CP", "2016-11-21", "2017-01-10", title="Sửa đổi quy định giao dịch điện tử hoạt động tài chính")
    law.effect(Verb.AMENDS, old, base)
    newest = law.doc("165/2018/NĐ-CP", "2018-12-24", "2019-02-10")
    law.effect(Verb.REPLACES, newest, base)
    law.effect(Verb.REPLACES, newest, old)
    assert [one.severity.value for one in desk.cite(old).check(DAY)] == ["medium"]
    assert {one.severity.value for one in desk.cite(base).check(DAY) if one.object == "156/2016/NĐ-CP"} == {"high"}


def test_a_number_whose_printed_day_is_the_documents_is_no_slip(law, desk, new_desk):
    old = law.doc(
        "19/2021/TT-BTC", "2021-03-18", "2021-05-03", title="Hướng dẫn giao dịch điện tử trong lĩnh vực thuế", issuer="Bộ Tài chính"
    )
    law.effect(Verb.REPLACES, law.doc("89/2024/TT-BTC", "2024-06-30", "2024-08-15"), old)
    said = [new_desk().cite(old, Part.STEPS, issued_on=day).check(DAY)[0].severity.value for day in ("2021-03-18", "2021-08-13", None)]
    assert said == ["high", "medium", "medium"]


@pytest.mark.parametrize("amending", ["old", "new"])
def test_a_text_whose_title_names_its_neighbour_is_no_slip(law, desk, amending):
    """The title is all that is known of the one: no effect says that it amends the other."""
    titles = {"old": "Về phà và bến khách", "new": "Sửa đổi, bổ sung một số điều của Nghị định số 27/2007/NĐ-CP về phà và bến khách"}
    base = law.doc("27/2007/NĐ-CP", "2007-02-23", "2007-03-20", title=titles["old"])
    changed = law.doc("156/2016/NĐ-CP", "2016-11-21", "2017-01-10", title=titles["new"])
    law.effect(Verb.REPLACES, law.doc("165/2018/NĐ-CP", "2018-12-24", "2019-02-10"), base if amending == "old" else changed)
    (found,) = [one for one in desk.cite(base).cite(changed).check(DAY) if one.rule == "CITE-01"]
    assert found.severity.value == "high"


def test_syllables_are_compared_with_their_marks(law, desk):
    """ "Hải quan" is a word of its own, no "quản lý"; "giao thông" none of the words of titles."""
    old = law.doc("38/2015/TT-BTC", "2015-03-25", "2015-04-01", title="Quy định về thủ tục hải quan")
    law.effect(Verb.REPLACES, law.doc("39/2018/TT-BTC", "2018-04-20", "2018-06-05"), old)
    desk.extra["name"] = "Tham vấn trị giá hải quan"
    assert desk.cite(old).check(DAY)[0].severity.value == "high"


def test_siblings_get_one_answer(law):
    """Most of them decide: what one says by chance moves no answer."""
    old = law.doc("33/2013/NĐ-CP", "2013-04-22", "2013-06-08", title="Ban hành Hợp đồng mẫu của Hợp đồng chia sản phẩm dầu khí")
    law.effect(Verb.REPLACES, law.doc("45/2023/NĐ-CP", "2023-07-01", "2023-07-01"), old)
    mention = Mention(0, 11, "33/2013/NĐ-CP", MentionKind.NUMBERED, number="33/2013/NĐ-CP", role=Role.LEGAL_BASIS)
    cited = {code: [Citation(code, Part.LEGAL_BASIS, mention, Resolution(key=old))] for code in ("1.1", "1.2", "1.3", "1.4")}
    steps = {"1.1": "Nạo vét luồng.", "1.2": "Bơm dầu khí lên bờ.", "1.3": "Thả phao.", "1.4": "Bơm dầu khí."}
    announced = {"1.1": "497/QĐ-BXD", "1.2": "497/QĐ-BXD", "1.3": "497/QĐ-BXD", "1.4": "5/QĐ-BXD"}
    procedures = [
        Procedure(
            code, "Nạo vét", "portal", SourceRank.NATIONAL_API, date(2026, 6, 1), Origin("sha", "$"),
            parts={Part.LEGAL_BASIS: "33/2013/NĐ-CP", Part.STEPS: said}, publisher="Bộ Xây dựng", decision=PublicationDecision(announced[code], None),
        )
        for code, said in steps.items()
    ]  # fmt: skip
    world = World(law.graph(), siblings=siblings(procedures, cited))
    found = [check_procedure(one, cited[one.code], world, date.fromisoformat(DAY))[0].severity.value for one in procedures]
    assert found == ["medium", "medium", "medium", "high"]


def test_a_title_that_shares_only_what_every_procedure_says_is_of_another_matter(law, desk):
    old = law.doc(
        "186/2011/TT-BTC",
        "2011-12-19",
        "2012-02-01",
        title="Quy định định mức phí nhập, xuất lương thực dự trữ do cơ quan trực tiếp quản lý",
    )
    law.effect(Verb.REPEALS, law.doc("160/2015/TT-BTC", "2015-10-15", "2015-12-01"), old)
    desk.texts[Part.STEPS] = "Tổ chức, cá nhân nộp hồ sơ trực tiếp tại cơ quan đăng ký; cơ quan có thẩm quyền giải quyết và trả kết quả."
    desk.cite(old, after=": thông báo chuyển lợi nhuận ra nước ngoài")
    (found,) = desk.check(DAY)
    assert (found.severity.value, found.confidence.value) == ("medium", "low")
    assert "Kiểm tra lại số, ký hiệu" in found.action
