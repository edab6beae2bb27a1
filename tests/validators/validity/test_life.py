"""Revivals, terms and suspensions on the days that matter: the day before, the day itself, the day after."""

from __future__ import annotations

from datetime import date

import pytest

from rasoat.records import Confidence, DateBasis, Verb
from validators.validity import ValidityGraph

END, EVE, NEXT = "2026-01-26", "2026-01-25", "2026-01-27"


def on(graph: ValidityGraph, key: str, day: str, part: str | None = None) -> str:
    return graph.status(key, part, date.fromisoformat(day)).status.value


@pytest.fixture
def ended(law) -> tuple[str, str]:
    """A text that ended on 26/01/2026, and a resolution that could revive it."""
    old, new = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-20", END)
    law.effect(Verb.REPLACES, new, old)
    return old, law.doc("09/2026/NQ-CP", "2026-01-22", "2026-01-22")


@pytest.mark.parametrize(
    ("revived", "said"),
    [
        (EVE, {EVE: "in_force", END: "expired", NEXT: "expired"}),  # what had not ended yet was not revived
        (END, {EVE: "in_force", END: "in_force", NEXT: "in_force"}),
        (NEXT, {EVE: "in_force", END: "expired", NEXT: "in_force"}),
    ],
)
def test_a_revival_lifts_the_end_that_came_by_its_own_day(law, ended, revived, said):
    old, stay = ended
    law.effect(Verb.REVIVES, stay, old, revived)
    assert {day: on(law.graph(), old, day) for day in said} == said


def test_a_revival_lasts_to_the_eve_of_its_until(law, ended):
    old, stay = ended
    law.effect(Verb.REVIVES, stay, old, END, until="2026-04-16")
    graph = law.graph()
    assert [on(graph, old, day) for day in ("2026-04-15", "2026-04-16", "2026-04-17")] == ["in_force", "expired", "expired"]


def test_a_part_revived_is_that_part_alone(law, ended):
    old, stay = ended
    law.effect(Verb.REVIVES, stay, old, END, part="dieu-5")
    graph = law.graph()
    assert [on(graph, old, END, part) for part in ("dieu-5", "dieu-5/khoan-1", "dieu-6")] == ["in_force", "in_force", "expired"]
    assert on(graph, old, END) == "partly_in_force"


def test_a_part_that_ended_by_itself_comes_back_by_itself(law):
    """A revival lifts the endings of what it names and of what contains that: neither a sibling's nor an inner part's own."""
    whole, ender = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-20", END)
    stay = law.doc("09/2026/NQ-CP", "2026-02-01", "2026-02-01")
    for part in ("dieu-5", "dieu-6"):
        law.effect(Verb.REPEALS, ender, whole, part=part)
    law.effect(Verb.REVIVES, stay, whole, "2026-02-01", part="dieu-5")
    assert [on(law.graph(), whole, "2026-02-01", part) for part in ("dieu-5", "dieu-6")] == ["in_force", "expired"]
    law.effect(Verb.REVIVES, stay, whole, "2026-02-01")
    assert on(law.graph(), whole, "2026-02-01", "dieu-6") == "expired"


@pytest.mark.parametrize(("issued", "said"), [("2026-01-19", "expired"), ("2026-01-20", "in_force"), ("2026-01-21", "in_force")])
def test_only_a_text_issued_no_earlier_than_the_ending_one_prolongs(law, issued, said):
    old, ender = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-20", END)
    longer = law.doc("47/2026/NĐ-CP", issued, END)
    law.effect(Verb.REPLACES, ender, old)
    law.effect(Verb.PROLONGS, longer, old, until="2027-01-01")
    assert on(law.graph(), old, END) == said


def test_a_prolonged_term_counts_from_the_day_it_is_given_to_its_eve(law):
    old = law.doc("120/2025/NĐ-CP", "2025-06-11", "2025-07-01")
    longer = law.doc("9/2026/NQ-CP", "2026-01-28", "2026-01-28")
    law.effect(Verb.EXPIRES, old, on=END, basis=DateBasis.TERM)
    law.effect(Verb.PROLONGS, longer, old, "2026-01-28", until="2026-03-01")
    days = {EVE: "in_force", END: "expired", NEXT: "expired", "2026-01-28": "in_force", "2026-02-28": "in_force", "2026-03-01": "expired"}
    assert {day: on(law.graph(), old, day) for day in days} == days


def test_a_suspension_holds_from_its_day_to_the_eve_of_its_until(law, ended):
    _, stay = ended
    held = law.doc("10/2025/NĐ-CP", "2025-05-01", "2025-07-01")
    law.effect(Verb.SUSPENDS, stay, held, END, until="2026-03-01")
    days = {EVE: "in_force", END: "suspended", "2026-02-28": "suspended", "2026-03-01": "in_force"}
    assert {day: on(law.graph(), held, day) for day in days} == days


@pytest.mark.parametrize(
    ("revived", "said"),
    [
        (EVE, {END: "suspended", NEXT: "suspended"}),  # before it was suspended there was nothing to lift
        (END, {END: "in_force", NEXT: "in_force"}),
        (NEXT, {END: "suspended", NEXT: "in_force"}),
    ],
)
def test_a_revival_lifts_the_suspension_that_came_by_its_own_day(law, ended, revived, said):
    _, stay = ended
    held = law.doc("10/2025/NĐ-CP", "2025-05-01", "2025-07-01")
    law.effect(Verb.SUSPENDS, stay, held, END)
    law.effect(Verb.REVIVES, stay, held, revived)
    assert {day: on(law.graph(), held, day) for day in said} == said


@pytest.mark.parametrize(
    ("part_ends", "said"),
    [(EVE, ["partly_in_force", "partly_in_force"]), (END, ["in_force", "partly_in_force"]), (NEXT, ["in_force", "in_force"])],
)
def test_a_document_is_partly_alive_from_the_day_its_part_ended(law, part_ends, said):
    whole, ender = law.doc("10/2025/NĐ-CP", "2025-05-01", "2025-07-01"), law.doc("46/2026/NĐ-CP", "2026-01-20", "2026-01-20")
    law.effect(Verb.REPEALS, ender, whole, part_ends, part="dieu-5")
    assert [on(law.graph(), whole, day) for day in (EVE, END)] == said


@pytest.mark.parametrize(
    ("issued", "acts", "said"),
    [
        ("2026-01-20", "2026-06-01", "expired"),  # made the same day as the ending clause: neither comes after the other
        ("2026-01-21", "2026-06-01", "in_force"),
        (EVE, "2026-06-01", "in_force"),
        (END, "2026-06-01", "expired"),  # too late: the end had come
    ],
)
def test_an_end_is_put_off_by_a_later_text_made_before_it_came(law, issued, acts, said):
    old, ender = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-20", "2026-01-20")
    other = law.doc("47/2026/NĐ-CP", issued, issued)
    law.effect(Verb.REPLACES, ender, old, END)
    law.effect(Verb.REPEALS, other, old, acts)
    assert on(law.graph(), old, END) == said


def test_the_ending_text_itself_may_keep_a_part_alive(law):
    old, ender = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-20", END)
    law.effect(Verb.REPLACES, ender, old)
    law.effect(Verb.PROLONGS, ender, old, part="dieu-5", until="2027-01-01")
    assert [on(law.graph(), old, END, part) for part in ("dieu-5", "dieu-6")] == ["in_force", "expired"]


def test_of_two_ends_on_one_day_neither_puts_off_the_other(law):
    old, ender = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-20", END)
    again = law.doc("47/2026/NĐ-CP", "2026-01-22", END)
    law.effect(Verb.REPLACES, ender, old, END)
    law.effect(Verb.REPEALS, again, old, END)
    verdict = law.graph().status(old, None, date.fromisoformat(END))
    assert (verdict.evidence[0].document, verdict.confidence) == (ender, Confidence.HIGH)


def test_survivors_named_by_subject_live_until_the_term_their_clause_gives(law):
    old, new = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-20", END)
    law.effect(Verb.REPLACES, new, old, END, exceptions=("?",))
    law.effect(Verb.PROLONGS, new, old, part="?", until="2026-07-01")
    graph = law.graph()
    assert [on(graph, old, day) for day in (EVE, END, "2026-06-30", "2026-07-01")] == [
        "in_force",
        "partly_in_force",
        "partly_in_force",
        "expired",
    ]
    assert [on(graph, old, day, "dieu-4") for day in ("2026-06-30", "2026-07-01")] == ["unknown", "expired"]
    over = graph.status(old, None, date(2026, 7, 1))
    assert [one.effect for one in over.evidence] == [Verb.REPLACES, Verb.PROLONGS]
    assert over.intervals[-1].end == date(2026, 7, 1)


def test_another_texts_term_says_nothing_of_survivors(law):
    old, new = law.doc("15/2018/NĐ-CP", "2018-02-02", "2018-02-02"), law.doc("46/2026/NĐ-CP", "2026-01-20", END)
    other = law.doc("47/2026/NĐ-CP", "2026-01-21", END)
    law.effect(Verb.REPLACES, new, old, END, exceptions=("?",))
    law.effect(Verb.PROLONGS, other, old, part="?", until="2026-07-01")
    assert on(law.graph(), old, "2026-07-01") == "partly_in_force"
