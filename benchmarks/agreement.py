"""`python -m benchmarks.agreement HOME`: is what is published what the facts in memory say? Read only; one JSON line of how much was asked.

Documents and provisions drawn at random are asked on every day their answer turns, the days beside it, on both sides; findings of days drawn
at the ends of their stretches and beside these are compared with a check of that day alone.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from cli.frame import progress_bar
from rasoat.progress import Progress
from rasoat.settings import Settings
from rasoat.store.publications import reading
from rasoat.store.published_findings import load_findings
from rasoat.store.published_schema import findings, timelines
from rasoat.store.published_timelines import PublishedRows
from rasoat.workspace import Workspace
from validators.asked_day import EVER, NEVER
from validators.checked_days import found_known
from validators.knowledge import load_graph
from validators.validity.answers import GraphAnswers, PublishedAnswers

_ONE = timedelta(days=1)
_NAMED = 10  # differences that are named; all are counted
Told = dict[str, Any]


def main() -> None:
    asked = _asked()
    work = Workspace(Settings(home=asked.home), progress_bar)
    with work.bars("So trạng thái") as progress:
        told = compared_answers(work, asked.documents, random.Random(asked.seed), progress)  # noqa: S311 (a sample)
    told |= compared_findings(work, asked.days, random.Random(asked.seed))  # noqa: S311 (a sample)
    print(json.dumps(told, ensure_ascii=False))
    raise SystemExit(1 if told["different_answers"] or told["different_days"] else 0)


def _asked() -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("home", type=Path)
    cli.add_argument("--documents", type=int, default=2000, help="documents and provisions that are asked")
    cli.add_argument("--days", type=int, default=50, help="days whose findings are compared")
    cli.add_argument("--seed", type=int, default=1)
    return cli.parse_args()


def compared_answers(work: Workspace, wanted: int, drawn: random.Random, progress: Progress) -> Told:
    """Published answers beside those of the graph, one asked of each kind as often as there are rows of it."""
    different: list[str] = []
    count = 0
    with reading(work.engine) as (connection, publication):
        expected = GraphAnswers(load_graph(connection, work.settings.life_months))
        published = PublishedAnswers(PublishedRows(connection, publication))
        stands = select(timelines.c.key, timelines.c.provision).distinct().where(publication.sees(timelines))
        lines = [(row.key, row.provision or None) for row in connection.execute(stands.order_by(timelines.c.key, timelines.c.provision))]
        chosen = drawn.sample(lines, min(wanted, len(lines)))
        for done, (key, provision) in enumerate(chosen):
            progress(key, done, len(chosen))
            for path in _paths(provision):
                for day in _days(published, expected, key, path):
                    count += 1
                    if published.answer(key, path, day) != expected.answer(key, path, day):
                        different.append(f"{key} {path or ''} {day}")
    return {"asked_of": len(chosen), "answers": count, "different_answers": len(different), "such_answers": different[:_NAMED]}


def _paths(provision: str | None) -> Iterator[str | None]:
    """What is drawn, and what inherits from it: a clause that nobody has named."""
    yield provision
    yield f"{provision}/khoan-99" if provision else "dieu-99"


def _days(published: PublishedAnswers, expected: GraphAnswers, key: str, path: str | None) -> list[date]:
    turns = {answer.day for answers in (published, expected) for answer in answers.line(key, path)} - {EVER}
    return sorted({day + step for day in turns for step in (-_ONE, timedelta(), _ONE)}) or [date(2026, 1, 1)]


def compared_findings(work: Workspace, wanted: int, drawn: random.Random) -> Told:
    """Published findings of some days beside a check of each of these days alone, word for word."""
    with reading(work.engine) as (connection, publication):
        ends = select(findings.c.holds_from, findings.c.holds_to).where(publication.sees(findings))
        turns = {day for row in connection.execute(ends) for day in row} - {EVER, NEVER}
    beside = sorted({day + step for day in turns for step in (-_ONE, timedelta(), _ONE)})
    days, different, count = sorted(drawn.sample(beside, min(wanted, len(beside)))), [], 0
    for day in days:
        with work.engine.connect() as connection:
            published = load_findings(connection, day)
        with work.bars(f"So phát hiện ngày {day}") as progress:
            found = found_known(work.engine, work.settings, day, None, progress).findings
        count += len(found)
        if published != found:
            different.append(day.isoformat())
    return {"days": len(days), "findings": count, "different_days": len(different), "such_days": different[:_NAMED]}


if __name__ == "__main__":
    main()
