"""The comparison of what is published with what is judged sees what is the same and what is not."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from sqlalchemy import delete

from benchmarks.agreement import compared_answers, compared_findings
from rasoat.progress import unseen
from rasoat.settings import Settings
from rasoat.store.published_schema import findings, timelines
from rasoat.workspace import Workspace
from tests.queries.conftest import read_home as read_home
from tests.queries.conftest import work as work
from validators.asked_day import EVER


def test_what_is_published_is_what_is_judged(work: Workspace) -> None:
    told = compared_answers(work, 200, random.Random(1), unseen)
    assert told["answers"] > 1000
    assert told["different_answers"] == 0, told
    told = compared_findings(work, 2, random.Random(1))
    assert told["different_days"] == 0, told


def test_a_difference_is_named(read_home: Path, tmp_path: Path) -> None:
    shutil.copytree(read_home, tmp_path / "home")
    changed = Workspace(Settings(home=tmp_path / "home"))
    with changed.engine.begin() as connection:
        connection.execute(delete(timelines).where(timelines.c.from_day > EVER))
        connection.execute(delete(findings).where(findings.c.rule != "CITE-01"))
    assert compared_answers(changed, 200, random.Random(1), unseen)["such_answers"]
    assert compared_findings(changed, 1, random.Random(1))["different_days"] == 1
    changed.engine.dispose()
