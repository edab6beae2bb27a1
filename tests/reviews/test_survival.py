"""A decision survives whatever leaves the facts as they are, and is opened again by other facts or a finding that comes back."""

from __future__ import annotations

import dataclasses
import shutil
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from cli.demo.publisher import Publisher
from cli.demo_command import DEMO_DAY
from pipeline.publication import publish
from pipeline.steps import crawl_sources, read_archive
from queries.finding_filter import FindingFilter
from queries.finding_list import findings_on
from rasoat.records import Finding, HeldFinding
from rasoat.records.unit_decisions import Reopened
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.store.publications import publishing, standing
from rasoat.store.published_findings import Concerned, ListedFinding, finding_row, in_state, load_listed, on_day
from rasoat.store.published_schema import findings
from rasoat.workspace import Workspace
from reviews.decide import Decided, OneFinding, decide, history_of
from reviews.judged_facts import facts_now
from reviews.machine import ReviewVerb, fold
from reviews.record import event_of, rows_of
from tests.search.corpus import finding

AT, CHANGE = datetime(2026, 11, 22, tzinfo=UTC), date(2027, 3, 1)
NATION = "viet-nam"


def states(work: Workspace, day: date = DEMO_DAY) -> dict[str, str]:
    return {one.finding.fingerprint: one.finding.state for one in findings_on(work, day, None, FindingFilter()).listed}


@pytest.mark.slow
def test_decisions_survive_runs_observations_an_edition_and_another_number_of_the_rules(
    read_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    shutil.copytree(read_home, home)
    work = Workspace(Settings(home=home))
    marks = sorted(states(work))
    for verb, some in ((ReviewVerb.CONFIRM, marks[::3]), (ReviewVerb.DISMISS, marks[1::3])):
        for mark in some:
            (told,) = decide(work.engine, Decided(NATION, "an", verb, reason="historical"), [OneFinding(mark)], DEMO_DAY, AT)
            assert told.refusal is None
    decided = states(work)
    assert Counter(decided.values()).keys() >= {"confirmed", "dismissed"}

    def numbers() -> int:
        with work.engine.connect() as connection:
            return standing(connection).number

    for _ in range(2):
        publish(work, RunReport("test"))
        assert states(work) == decided
    first = numbers()
    with Publisher() as publisher:
        later = [f"phapdien={publisher.url}/phapdien/2026-02/", f"dichvucong={publisher.url}"]
        crawl_sources(work, RunReport("test"), later, DEMO_DAY + timedelta(days=7))
    read_archive(work, RunReport("test"))
    publish(work, RunReport("test"))
    seen_again = states(work)
    assert {one: state for one, state in seen_again.items() if decided.get(one, state) != state} == {}
    for module in ("validators.checked_days", "pipeline.publication.finding_rows", "pipeline.publication.publish"):
        monkeypatch.setattr(import_module(module), "RULES_VERSION", 10_000)
    publish(work, RunReport("test"))
    assert states(work) == seen_again
    assert numbers() > first
    _what_will_change(work)
    work.engine.dispose()


def _what_will_change(work: Workspace) -> None:
    """CITE-07 of today is CITE-01 on the day on which it comes true: another finding, undecided, on one thread."""
    coming = {one.matter: one.finding for one in findings_on(work, DEMO_DAY, None, FindingFilter(rules=("CITE-07",))).listed if one.matter}
    came = {one.matter: one.finding for one in findings_on(work, CHANGE, None, FindingFilter(rules=("CITE-01",))).listed}
    both = coming.keys() & came.keys()
    assert both
    for matter in both:
        mark = coming[matter].fingerprint
        decide(work.engine, Decided(NATION, "bình", ReviewVerb.NOTE, note="theo dõi"), [OneFinding(mark)], DEMO_DAY, AT)
        with work.engine.connect() as connection:
            told = history_of(connection, came[matter].fingerprint, matter)
        assert came[matter].fingerprint != mark
        assert ("CITE-07", mark) in {(one.rule, one.fingerprint) for one in told}
        assert not [one for one in told if one.fingerprint == came[matter].fingerprint]  # shown beside it, not applied to it


FOUND = dataclasses.replace(finding(), fingerprint="a" * 24)


def tell(engine: Engine, *found: Finding) -> None:
    """A publication of these findings and no others."""
    rows = [finding_row("tt:x", HeldFinding(one, date(2026, 1, 1), date.max), Concerned("lai-chau", ("lai-chau",)), None) for one in found]
    for row in rows:
        row["matter"] = "m" * 24
    with publishing(engine, lambda: AT) as writer:
        writer.replace(findings, findings.c.owner == "tt:x", rows, {"gone_why": "procedure"})
        other = dataclasses.replace(FOUND, fingerprint="f" * 24, quote=f"{writer.number}")  # something else changes each time
        writer.replace(
            findings, findings.c.owner == "tt:y",
            [finding_row("tt:y", HeldFinding(other, date(2026, 1, 1), date.max), Concerned(None, ()), None)], {"gone_why": "facts"},
        )  # fmt: skip


def shown(engine: Engine) -> ListedFinding | None:
    """The finding as lists show it; the same as a filter by state and as the machine says."""
    with engine.connect() as connection:
        stands = standing(connection)
        told = load_listed(connection, stands, DEMO_DAY, [findings.c.fingerprint == FOUND.fingerprint])
        facts = facts_now(connection, [FOUND.fingerprint], DEMO_DAY)[FOUND.fingerprint]
        thread = fold(map(event_of, rows_of(connection, f"finding:{FOUND.fingerprint}", NATION)), facts.now)
        assert thread.gone is not bool(told)
        for one in told:
            asked = select(findings.c.fingerprint).where(on_day(stands, DEMO_DAY), findings.c.fingerprint == FOUND.fingerprint)
            assert connection.scalars(asked.where(in_state(one.finding.state))).all() == [FOUND.fingerprint]
            assert thread.state in (one.finding.state, "open")
    return told[0] if told else None


def say(engine: Engine, verb: ReviewVerb, **said: str) -> None:
    (told,) = decide(engine, Decided(NATION, "an", verb, **said), [OneFinding(FOUND.fingerprint)], DEMO_DAY, AT)
    assert told.refusal is None, told.refusal


def state(engine: Engine) -> str | None:
    told = shown(engine)
    return told.finding.state if told else None


def test_other_facts_and_a_return_open_a_decision_again(engine: Engine) -> None:
    tell(engine, FOUND)
    say(engine, ReviewVerb.CONFIRM)
    assert state(engine) == "confirmed"
    tell(engine, dataclasses.replace(FOUND, message="nói khác", observed_on=DEMO_DAY))
    assert state(engine) == "confirmed"
    changed = dataclasses.replace(FOUND, quote="một chỗ khác")
    tell(engine, changed)
    assert state(engine) == "needs_review"
    with engine.connect() as connection:  # the old facts stand beside the new
        seen = rows_of(connection, f"finding:{FOUND.fingerprint}", NATION)[0].seen
        assert (seen["quote"], facts_now(connection, [FOUND.fingerprint], DEMO_DAY)[FOUND.fingerprint].seen["quote"]) == (
            FOUND.quote,
            "một chỗ khác",
        )
    say(engine, ReviewVerb.CONFIRM)
    assert state(engine) == "confirmed"
    tell(engine)
    assert state(engine) is None
    with engine.connect() as connection:
        gone = facts_now(connection, [FOUND.fingerprint], DEMO_DAY)[FOUND.fingerprint]
        assert (gone.now.stands, gone.now.mended) == (False, True)
        thread = fold(map(event_of, rows_of(connection, f"finding:{FOUND.fingerprint}", NATION)), gone.now)
        assert (thread.state, thread.gone) == ("confirmed", True)  # never fixed by that alone
    tell(engine, changed)
    assert state(engine) == "needs_review"
    with engine.connect() as connection:
        thread = fold(
            map(event_of, rows_of(connection, f"finding:{FOUND.fingerprint}", NATION)),
            facts_now(connection, [FOUND.fingerprint], DEMO_DAY)[FOUND.fingerprint].now,
        )
        assert thread.reopened is Reopened.AGAIN
    say(engine, ReviewVerb.DISMISS, reason="still_in_force")
    tell(engine, changed)
    assert state(engine) == "dismissed"
