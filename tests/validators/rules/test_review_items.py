"""Items for a person that stand beside a document."""

from datetime import date

from rasoat.records import Verb
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
