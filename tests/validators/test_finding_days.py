"""The rows of findings say of every day what a check of that day says."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cli.demo_command import DEMO_DAY
from rasoat import words
from rasoat.progress import unseen
from rasoat.records import (
    Citation,
    Finding,
    HeldFinding,
    Mention,
    MentionKind,
    Origin,
    Part,
    Procedure,
    PublicationDecision,
    Resolution,
    Role,
    SourceRank,
)
from rasoat.store.extracted import Version
from rasoat.store.published_findings import load_findings
from rasoat.store.published_schema import findings
from rasoat.units import country
from rasoat.workspace import Workspace
from tests.queries.conftest import read_home as read_home
from tests.queries.conftest import work as work
from tests.validators.validity.test_properties import KEYS, facts
from validators.asked_day import EVER, NEVER, AnswersByDay, AskedDay, through
from validators.checked_days import found_known
from validators.conclusions import covered
from validators.derivation.judged_versions import JudgedStretch, judged_stretches
from validators.finding_days import of_document, of_procedure
from validators.rules import World, check_documents, check_procedure
from validators.validity import ValidityGraph

pytestmark = pytest.mark.slow  # takes seconds of the processor

ONE = timedelta(days=1)


def cuts(rows: list[HeldFinding]) -> list[date]:
    return sorted({day for row in rows for day in (row.since, row.until)} - {EVER, NEVER})


def beside(days: list[date]) -> list[date]:
    return [day + step for day in days for step in (-ONE, timedelta(), ONE)]


def held_on(rows: list[HeldFinding], day: date, observed: date) -> dict[str, Finding]:
    """The findings of a day by the rows; each once."""
    holding = [row for row in rows if row.holds(day)]
    found = {row.finding.fingerprint: words.told_on(row.finding, day) for row in holding}
    assert len(found) == len(holding)
    return {name: replace(one, observed_on=observed) for name, one in found.items()}


PATHS = st.sampled_from([(), (), ("dieu-1",), ("dieu-1/khoan-2",), ("dieu-2",)])
cited = st.lists(
    st.tuples(
        st.sampled_from(KEYS), st.sampled_from([Part.LEGAL_BASIS, Part.STEPS]), st.sampled_from([Role.LEGAL_BASIS, Role.AMENDED_BY]), PATHS
    ),
    min_size=1,
    max_size=5,
)


def procedure_with(mentions: list[tuple[str, Part, Role, tuple[str, ...]]], issued: date | None) -> tuple[Procedure, list[Citation]]:
    parts = dict.fromkeys((Part.LEGAL_BASIS, Part.STEPS), "Nghị định số 1/2010/NĐ-CP " * 9)
    citations = [
        Citation("1.000001", part, Mention(at, at + 9, "Nghị định", MentionKind.NUMBERED, number=key, provisions=paths, role=role), Resolution(key=key))
        for at, (key, part, role, paths) in enumerate(mentions)
    ]  # fmt: skip
    decision = PublicationDecision("9/QĐ-BTP", issued) if issued else None
    procedure = Procedure("1.000001", "Cấp giấy phép", "portal", SourceRank.NATIONAL_API, date(2012, 6, 1), Origin("sha", "$"), parts=parts)
    return replace(procedure, decision=decision), citations


@given(facts, cited, st.none() | st.dates(date(2008, 1, 1), date(2018, 1, 1)))
@settings(max_examples=120, deadline=None)
def test_rows_of_a_procedure_are_the_check_of_each_day(known, mentions, issued):
    documents, effects = known
    procedure, citations = procedure_with(mentions, issued)
    world = World(ValidityGraph(documents, (), effects))
    seen = (date(2012, 6, 1), date(2016, 6, 1))
    version = Version("piece", 0, procedure, seen)
    rows = of_procedure([JudgedStretch(version, EVER, NEVER)], {("piece", 0): citations}, world, (), country())
    fresh = World(ValidityGraph(documents, (), effects))
    for day in beside(cuts(rows))[:60] or [date(2015, 1, 1)]:
        observed = seen[1] if day >= seen[1] else seen[0]
        asked = replace(procedure, observed_on=observed)
        assert held_on(rows, day, observed) == {one.fingerprint: one for one in check_procedure(asked, citations, fresh, day)}


@given(facts)
@settings(max_examples=80, deadline=None)
def test_rows_of_a_document_are_the_check_of_each_day(known):
    documents, effects = known
    world = World(ValidityGraph(documents, (), effects))
    rows = [row for one in documents for row in of_document(one.key, world, [])]
    for day in beside(cuts(rows))[:60] or [date(2015, 1, 1)]:
        told = {row.finding.fingerprint: words.told_on(row.finding, day) for row in rows if row.holds(day)}
        assert told == {one.fingerprint: words.told_on(one, day) for one in check_documents(world, day, None, {})}


def test_published_findings_are_the_check_of_each_day(work: Workspace):
    """Of the sample publisher's procedures, on 50 days drawn at the cuts and beside them."""
    with work.engine.connect() as connection:
        turns = {day for row in connection.execute(select(findings.c.holds_from, findings.c.holds_to)) for day in row} - {EVER, NEVER}
    drawn = random.Random(17).sample(beside(sorted(turns)), 48)
    for day in [DEMO_DAY, date(2027, 3, 1), *drawn]:
        with work.engine.connect() as connection:
            published = load_findings(connection, day)
        found = found_known(work.engine, work.settings, day, None, unseen).findings
        assert published, day
        assert published == found, day


def test_a_version_is_judged_on_the_days_that_it_is_judged_on():
    procedure, _ = procedure_with([], None)
    days = [(date(2012, 1, 1), date(2014, 1, 1)), (date(2013, 1, 1),)]
    versions = [Version(f"p{at}", 0, procedure, seen) for at, seen in enumerate(days)]
    told = [(one.version.piece, one.since, one.until) for one in judged_stretches(versions)["1.000001"]]
    assert told == [("p0", EVER, date(2013, 1, 1)), ("p1", date(2013, 1, 1), date(2014, 1, 1)), ("p0", date(2014, 1, 1), NEVER)]


def test_an_asked_day_notes_what_it_met():
    asked = AskedDay(date(2020, 6, 1))
    assert date(2020, 1, 1) <= asked < date(2021, 1, 1)
    assert not asked > date(2020, 8, 1)
    assert asked != date(2020, 7, 1)
    assert (asked.since, asked.until) == (date(2020, 1, 1), date(2020, 7, 1))


@pytest.mark.parametrize(
    "use", [lambda day: day - date.min, lambda day: day + ONE, lambda day: day.year, str, hash, lambda day: day.isoformat()]
)
def test_an_asked_day_is_compared_and_nothing_else(use):
    with pytest.raises(TypeError):
        use(AskedDay(date(2020, 6, 1)))


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), max_size=8),
    st.lists(st.dates(date(1999, 1, 1), date(2031, 1, 1)), min_size=1, max_size=8),
)
def test_answers_kept_by_day_are_those_of_the_day(turns, asked):
    def answer(day: date) -> int:
        return sum(turn <= day for turn in turns)

    kept: AnswersByDay[int] = AnswersByDay()
    for day in asked:
        one = AskedDay(day)
        assert kept.answer("q", one, answer) == answer(day)
        assert one.since <= day < one.until
    spells = list(through(lambda day: kept.answer("q", day, answer)))
    assert [spells[0][0], spells[-1][1]] == [EVER, NEVER]
    assert all(answer(since) == told and answer(until - ONE) == told for since, until, told in spells)


def test_what_covers_a_stretch_is_counted():
    day = [date(2020, 1, at) for at in range(1, 9)]
    told = list(covered([(day[0], day[3]), (day[2], NEVER)], day[1], day[6]))
    assert told == [(day[1], day[2], 1), (day[2], day[3], 2), (day[3], day[6], 1)]
