"""Items for a person that stand beside a document."""

from datetime import date

from rasoat.records import Tier, Verb
from validators.rules import World, check_documents


def test_an_article_of_another_document_is_told_once_and_ends_nothing(law):
    key = law.doc("40/2011/TT-BCT", issued="2011-11-14", entry="2012-01-01", title="Quy định về than")
    law.effect(Verb.REPEALS, key, key, quote="Bãi bỏ Thông tư số 40/2011/TT-BCT ngày 14/11/2011", place="dieu-9/khoan-2")
    law.misfiled += [law.effects.pop()] * 2
    (item,) = check_documents(World(law.graph()), date(2026, 6, 1))
    assert (item.rule, item.subject, item.object) == ("REVIEW", "40/2011/TT-BCT", "Điều 9 xếp dưới 40/2011/TT-BCT")
    assert "là điều của văn bản khác" in item.message
    assert "Bãi bỏ Thông tư số 40/2011/TT-BCT" in item.message
    assert law.graph().status(key, None, date(2013, 6, 1)).status == "in_force"
    assert not list(check_documents(World(law.graph()), date(2026, 6, 1), date(2025, 1, 1)))


def test_a_note_in_a_copy_stands_beside_the_status(law):
    key = law.doc("52/2021/NĐ-CP", issued="2021-05-10", entry="2021-07-01", title="Quy định về giống cây")
    by = law.doc("77/2025/NĐ-CP", issued="2025-03-10", entry="2025-05-01", title="Quy định về cây trồng")
    for part in ("dieu-10/khoan-2", "dieu-9"):
        law.effect(Verb.REPEALS, by, key, "2025-05-01", part, tier=Tier.D, quote="[Khoản này bị bãi bỏ bởi Nghị định 77/2025/NĐ-CP]")
    law.edition("2026-02-23", [key])
    graph = law.graph()
    alive = graph.status(key, "dieu-9/khoan-1", date(2026, 6, 1))
    assert (alive.status, alive.confidence) == ("in_force", "low")
    assert graph.status(key, "dieu-8", date(2026, 6, 1)).confidence == "high"
    assert graph.status(key, "dieu-9", date(2025, 4, 30)).confidence == "high"
    assert [one.source for one in graph.claimed_ended(key, "dieu-9/khoan-1", date(2026, 6, 1))] == [by]
    (item,) = check_documents(World(graph), date(2026, 6, 1))
    assert item.rule == "REVIEW"
    assert "Điều 9, khoản 2 Điều 10; chưa có điều khoản làm chứng" in item.message
