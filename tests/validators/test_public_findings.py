"""What is public, audited owner by owner over all days, is what the audit of the whole country finds on each day."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from benchmarks.country.home import CountryHome, Size
from rasoat import words
from rasoat.progress import unseen
from rasoat.records import HeldFinding
from rasoat.settings import Settings
from rasoat.workspace import Workspace
from validators.asked_day import EVER, NEVER
from validators.posting_audit import findings_in, gather
from validators.public_findings import PublicFindings

ONE = timedelta(days=1)


@pytest.fixture(scope="module", name="work")
def _work(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    work = Workspace(Settings(home=tmp_path_factory.mktemp("country")))
    made = CountryHome(work, Size(documents=60, effects=120, procedures=24, postings=400), 11)
    for step in (made.documents, made.procedures, made.postings):
        step(unseen)
    work.archive.close()
    return work


def rows_of(work: Workspace) -> list[HeldFinding]:
    with work.engine.connect() as connection:
        public = PublicFindings(connection)
        return [row for owner in public.owners() for row in public.found(owner)]


def check(work: Workspace, days: int) -> None:
    rows = rows_of(work)
    cuts = sorted({day for row in rows for day in (row.since, row.until)} - {EVER, NEVER})
    assert cuts
    beside = sorted({day + step for day in cuts for step in (-ONE, timedelta(), ONE)})
    for day in random.Random(5).sample(beside, min(days, len(beside))):
        held = [words.told_on(row.finding, day) for row in rows if row.holds(day)]
        told = {one.fingerprint: one for one in held}
        assert len(told) == len(held), day
        whole = {one.fingerprint: words.told_on(one, day) for one in findings_in(work.engine, gather(work.engine, day), None, unseen)}
        assert told.keys() == whole.keys(), day
        for name, one in whole.items():
            assert (told[name].message, told[name].severity, told[name].suppressed) == (one.message, one.severity, one.suppressed), day


def test_rows_of_a_country_are_the_audit_of_each_day(work: Workspace) -> None:
    check(work, 12)


def test_what_stands_is_told_by_its_digest(work: Workspace) -> None:
    with work.engine.connect() as connection:
        once, again = PublicFindings(connection), PublicFindings(connection)
        owners = once.owners()
        assert {one.partition(":")[0] for one in owners} == {"posting", "decided"}
        assert [once.inputs(owner) for owner in owners] == [again.inputs(owner) for owner in owners]
        assert len({once.inputs(owner) for owner in owners}) == len(owners)
