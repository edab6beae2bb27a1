"""The reason of an answer never contradicts it, and every doubt is told wherever the answer is used."""

from datetime import date

import pytest

from rasoat.records import Status, Verb
from validators.validity.doubts import doubts


def test_the_reason_of_a_partly_living_text_names_what_has_ended(law):
    key = law.doc("9/2020/TT-BXD", issued="2019-12-01", entry="2020-01-01")
    law.edition("2026-02-23", [key])
    ender = law.doc("10/2024/TT-BXD", issued="2024-01-01", entry="2024-03-01")
    for part in ("dieu-12/khoan-10", "dieu-12/khoan-2", "dieu-9"):
        law.effect(Verb.REPEALS, ender, key, "2024-03-01", part=part)
    law.effect(Verb.REPEALS, ender, key, "2027-03-01", part="dieu-1")
    verdict = law.graph().status(key, None, date(2026, 6, 1))
    assert (verdict.status, verdict.reason) == (Status.PARTLY_IN_FORCE, "parts_ended")
    assert verdict.ended_parts == ("dieu-9", "dieu-12/khoan-2", "dieu-12/khoan-10")
    article = law.graph().status(key, "dieu-12", date(2026, 6, 1))
    assert (article.status, article.ended_parts) == (Status.PARTLY_IN_FORCE, ("dieu-12/khoan-2", "dieu-12/khoan-10"))
    assert law.graph().status(key, None, date(2023, 6, 1)).ended_parts == ()


def test_survivors_stand_in_the_order_of_the_text(law):
    old = law.doc("9/2020/TT-BXD", issued="2019-12-01", entry="2020-01-01")
    law.effect(
        Verb.REPEALS, law.doc("10/2024/TT-BXD", "2024-01-01", "2024-03-01"), old, "2024-03-01", exceptions=("dieu-61", "dieu-9", "dieu-10")
    )
    assert law.graph().status(old, None, date(2026, 6, 1)).survivors == ("dieu-9", "dieu-10", "dieu-61")


@pytest.mark.parametrize(
    ("day", "status", "doubted"),
    [
        ("2026-01-20", Status.NOT_YET, False),
        ("2026-01-26", Status.IN_FORCE, True),
        ("2026-04-15", Status.IN_FORCE, True),
        ("2026-04-16", Status.IN_FORCE, False),
    ],
)
def test_an_entry_that_clause_and_record_dispute_is_doubted_between_the_days(law, day, status, doubted):
    key = law.doc("46/2026/NĐ-CP", issued="2026-01-20", entry="2026-04-16")
    law.effect(Verb.ENTERS_INTO_FORCE, key, None, "2026-01-26")
    graph, asked = law.graph(), date.fromisoformat(day)
    verdict = graph.status(key, None, asked)
    assert verdict.status is status
    said = [(one.kind, one.on, one.end) for one in doubts(graph, key, None, verdict, asked)]
    assert said == ([("entry_disputed", date(2026, 4, 16), date(2026, 1, 26))] if doubted else [])
    assert (verdict.confidence == "low") == doubted
