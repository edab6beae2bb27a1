"""What must hold for any facts: boundaries, order of loading, late knowledge, cycles, strangers, hubs."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rasoat.records import DateBasis, Effect, KnownFrom, LegalDocument, Origin, Status, Tier, Verb
from validators.validity import Edition, GraphAnswers, ValidityGraph
from validators.validity.facts import EffectTable
from validators.validity.timeline import stretches

KEYS = [f"nghi-dinh|{number}/20{10 + number}/NĐ-CP" for number in range(6)]
START, STEP = date(2010, 1, 1), timedelta(days=200)
DAYS = st.integers(0, 30).map(lambda n: START + n * STEP)
PARTS = st.sampled_from([None, None, "dieu-1", "dieu-1/khoan-2", "dieu-2"])


def document(key: str, issued: date | None, entry: date | None) -> LegalDocument:
    number = key.partition("|")[2]
    return LegalDocument(key, number, number, "Nghị định", None, None, issued, entry, KnownFrom.TEXT)


documents = st.tuples(*(st.builds(document, st.just(key), st.none() | DAYS, st.none() | DAYS) for key in KEYS))
effects = st.builds(
    Effect,
    verb=st.sampled_from([v for v in Verb if v not in (Verb.DYNAMIC_REFERENCE, Verb.OVERRIDES)]),
    source=st.sampled_from(KEYS),
    source_provision=st.sampled_from(["dieu-9", "dieu-1/khoan-2"]),
    quote=st.text(max_size=12),
    start=st.just(0),
    end=st.just(5),
    tier=st.sampled_from([Tier.A, Tier.B, Tier.D]),
    observed_on=DAYS,
    origin=st.builds(Origin, st.just("sha"), st.text(max_size=3)),
    target=st.none() | st.sampled_from([*KEYS, "nobody|1/2000/NĐ-CP"]),
    target_provision=PARTS,
    on=st.none() | DAYS,
    basis=st.sampled_from(
        [
            DateBasis.OWN_ENTRY,
            DateBasis.ENTRY_PLUS,
            DateBasis.ANCHORED,
            DateBasis.ANCHORED_END,
            DateBasis.SIGN_PLUS,
            DateBasis.STATED,
            DateBasis.UNSTATED,
        ]
    ),
    anchor=st.none() | st.sampled_from(KEYS),
    days=st.none() | st.integers(0, 60),
    months=st.none() | st.integers(1, 30),
    until=st.none() | DAYS,
    exceptions=st.sampled_from([(), (), ("dieu-1",), ("?",)]),
)
facts = st.tuples(documents, st.lists(effects, max_size=14))


def answers(graph: ValidityGraph, known_at: date | None = None) -> list[object]:
    asked = [START + n * STEP for n in range(0, 31, 3)]
    return [graph.status(key, part, day, known_at) for key in KEYS for part in (None, "dieu-1/khoan-2") for day in asked]


@settings(max_examples=60, deadline=None)
@given(facts, st.randoms(use_true_random=False))
def test_order_of_loading_and_of_questions_never_shows(known, shuffler: random.Random):
    papers, clauses = known
    shuffled = list(clauses)
    shuffler.shuffle(shuffled)
    first = ValidityGraph(papers, effects=clauses)
    second = ValidityGraph(reversed(papers), effects=shuffled[: len(shuffled) // 2])
    for key in shuffler.sample(KEYS, 3):
        second.status(key, None, START)
    second.extend(effects=shuffled[len(shuffled) // 2 :])
    assert answers(first) == answers(second)
    assert answers(first) == answers(first)


@settings(max_examples=60, deadline=None)
@given(facts, DAYS)
def test_late_knowledge_never_changes_what_was_known(known, then):
    papers, clauses = known
    early = [clause for clause in clauses if clause.observed_on <= then]
    before, after = ValidityGraph(papers, effects=early), ValidityGraph(papers, effects=clauses)
    for one, other in zip(answers(before, then), answers(after, then), strict=True):
        assert one == other or other.status is Status.UNKNOWN_DOCUMENT  # a document of which nothing was known yet


@settings(max_examples=60, deadline=None)
@given(facts)
def test_told_twice_is_told_once(known):
    papers, clauses = known
    again = [replace(clause, observed_on=clause.observed_on + timedelta(days=9)) for clause in clauses]
    assert answers(ValidityGraph(papers, effects=clauses)) == answers(ValidityGraph([*papers, *papers], effects=[*clauses, *again]))


@settings(max_examples=60, deadline=None)
@given(facts)
def test_intervals_are_apart_and_agree_with_the_status(known):
    papers, clauses = known
    graph = ValidityGraph(papers, effects=clauses)
    for key in KEYS:
        spans = graph.intervals(key)
        assert all(a.end is not None and (b.start is None or a.end <= b.start) for a, b in pairwise(spans))
        for n in range(31):
            day = START + n * STEP
            status = graph.status(key, None, day).status
            inside = any((i.start is None or i.start <= day) and (i.end is None or day < i.end) for i in spans)
            if status in (Status.EXPIRED, Status.SUSPENDED):
                assert not inside
            elif status in (Status.IN_FORCE, Status.PARTLY_IN_FORCE):
                assert inside or not spans or all(i.start is None or i.start > day for i in spans) or status is Status.PARTLY_IN_FORCE


@settings(max_examples=80, deadline=None)
@given(facts, st.lists(st.tuples(st.sampled_from(KEYS), DAYS), max_size=3), st.sampled_from([None, "dieu-1", "dieu-1/khoan-2"]))
def test_the_drawn_stretches_are_the_answers_of_every_day(known, stood, part):
    """On the first and the last day of each stretch, and in its midst, the status is the one that is drawn."""
    papers, clauses = known
    editions = [Edition(day, {key: {"dm"}}, {"dm"}, observed_on=day) for key, day in stood]
    graph = ValidityGraph(papers, effects=clauses, editions=editions)
    for key in KEYS:
        rows = stretches(GraphAnswers(graph), key, START, part)
        assert all(a.end == b.start for a, b in pairwise(rows))
        for row in rows:
            for day in (row.start, row.start + (row.end - row.start) // 2, row.end - timedelta(days=1)):
                assert graph.status(key, part, day).status is row.status, (key, day, row)


@given(DAYS, st.integers(1, 4000))
def test_last_day_and_first_day_out(begin, length):
    end = begin + timedelta(days=length)
    old, new = document(KEYS[0], None, begin), document(KEYS[1], None, end)
    clause = Effect(Verb.REPLACES, new.key, "dieu-9", "q", 0, 1, Tier.A, end, Origin("sha"), old.key)
    graph = ValidityGraph([old, new], effects=[clause])
    assert graph.status(old.key, None, begin - timedelta(days=1)).status is Status.NOT_YET
    assert graph.status(old.key, None, begin).status is Status.IN_FORCE
    assert graph.status(old.key, None, end - timedelta(days=1)).status is Status.IN_FORCE
    assert graph.status(old.key, None, end).status is Status.EXPIRED


@given(st.lists(effects, max_size=20))
def test_the_table_gives_back_what_it_took(clauses):
    table = EffectTable()
    for clause in clauses:
        table.add(clause)
    assert [table[number] for number in range(len(table))] == clauses


STATUSES = {s for s in Status if s not in (Status.AMBIGUOUS, Status.NOT_NORMATIVE)}


@settings(max_examples=60, deadline=None)
@given(facts, st.dates(date(1990, 1, 1), date(2040, 1, 1)), PARTS)
def test_every_day_has_one_status(known, day, part):
    """Total: documents that end themselves, targets nobody holds and cycles are all among these facts."""
    papers, clauses = known
    graph = ValidityGraph(papers, effects=clauses)
    for key in [*KEYS, "nobody|1/2000/NĐ-CP"]:
        verdict = graph.status(key, part, day)
        assert verdict.status in STATUSES
        if verdict.status is Status.EXPIRED:
            assert verdict.evidence  # nobody is accused without a clause
            assert all(clause.tier is not Tier.D for clause in verdict.evidence)


@settings(max_examples=60, deadline=None)
@given(facts, effects, st.sampled_from(["repeals", "amends"]))
def test_an_unrelated_effect_changes_nothing(known, stray, verb):
    papers, clauses = known
    strangers = [document(f"thong-tu|{n}/2011/TT-BTC", date(2011, 1, 1), date(2011, 3, 1)) for n in (1, 2)]
    apart = replace(stray, verb=Verb(verb), source=strangers[0].key, target=strangers[1].key, anchor=None)
    before, after = ValidityGraph(papers, effects=clauses), ValidityGraph([*papers, *strangers], effects=[*clauses, apart])
    assert answers(before) == answers(after)


@settings(max_examples=40, deadline=None)
@given(facts, st.sampled_from(KEYS), DAYS)
def test_a_target_nobody_holds_ends_nothing(known, source, day):
    papers, clauses = known
    dangling = Effect(Verb.REPEALS, source, "dieu-9", "q", 0, 1, Tier.A, day, Origin("sha"), "nobody|9/1999/NĐ-CP", on=day)
    assert answers(ValidityGraph(papers, effects=clauses)) == answers(ValidityGraph(papers, effects=[*clauses, dangling]))


@given(st.sampled_from([Verb.REPLACES, Verb.REPEALS, Verb.AMENDS, Verb.SUSPENDS]), DAYS, st.sampled_from([None, "dieu-1"]))
def test_a_document_that_acts_on_itself_lives_until_then(verb, day, part):
    """A clause whose target was read as its own document: before its day the document is as without it."""
    paper = document(KEYS[0], START - STEP, START - STEP)
    itself = Effect(verb, paper.key, "dieu-9", "q", 0, 1, Tier.A, START, Origin("sha"), paper.key, part, day)
    graph, plain = ValidityGraph([paper], effects=[itself]), ValidityGraph([paper])
    eve = day - timedelta(days=1)
    if plain.status(paper.key, None, eve).status is Status.IN_FORCE:
        assert graph.status(paper.key, None, eve).status is Status.IN_FORCE
    assert graph.status(paper.key, None, day).status in STATUSES
    assert len(graph.successors(paper.key)) <= 1


def ring(size: int, day: date) -> ValidityGraph:
    papers = [document(f"nghi-dinh|{n}/2015/NĐ-CP", date(2015, 1, 1), date(2015, 2, 1)) for n in range(size)]
    clauses = [
        Effect(Verb.REPLACES, papers[n].key, "dieu-9", "q", 0, 1, Tier.A, day, Origin("sha"), papers[(n + 1) % size].key, on=day)
        for n in range(size)
    ]
    return ValidityGraph(papers, effects=clauses)


def test_cycles_end():
    graph = ring(50, date(2016, 1, 1))
    statuses = {graph.status(key, None, date(2017, 1, 1)).status for key in graph.register.documents}
    assert statuses <= set(Status)
    assert len(graph.status("nghi-dinh|1/2015/NĐ-CP", None, date(2017, 1, 1)).successors) < 50


def test_later_issued_survives_a_mutual_end():
    first, second = document(KEYS[0], date(2015, 1, 1), date(2015, 2, 1)), document(KEYS[1], date(2015, 6, 1), date(2015, 7, 1))
    day = date(2016, 1, 1)
    there = Effect(Verb.REPLACES, second.key, "dieu-9", "q", 0, 1, Tier.A, day, Origin("sha"), first.key, on=day)
    back = Effect(Verb.REPEALS, first.key, "dieu-9", "q", 0, 1, Tier.A, day, Origin("sha"), second.key, on=day)
    graph = ValidityGraph([first, second], effects=[there, back])
    assert graph.status(first.key, None, day).status is Status.EXPIRED
    assert graph.status(second.key, None, day).status is not Status.EXPIRED


def test_hub_of_ten_thousand_edges():
    hub = document("luat|1/2010/QH12", date(2010, 1, 1), date(2010, 7, 1))
    others = [document(f"nghi-dinh|{n}/2015/NĐ-CP", date(2015, 1, 1), date(2015, 2, 1)) for n in range(10_000)]
    verbs = (Verb.AMENDS, Verb.REPEALS, Verb.DETAILS, Verb.REPLACES)
    clauses = [
        Effect(
            verbs[n % 4], one.key, "dieu-9", "q", 0, 1, Tier.A, date(2015, 3, 1), Origin("sha"), hub.key,
            f"dieu-{n}" if n % 4 == 1 else None, date(2015, 3, 1) + timedelta(days=n),
        )
        for n, one in enumerate(others)
    ]  # fmt: skip
    graph = ValidityGraph([hub, *others], effects=clauses)
    assert graph.status(hub.key, None, date(2015, 3, 1)).status is Status.IN_FORCE
    assert graph.status(hub.key, None, date(2015, 3, 4)).status is Status.EXPIRED
    assert len(graph.status(hub.key, None, date(2015, 3, 2)).evidence) < 100
