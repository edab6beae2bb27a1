"""How long every question of `queries/` takes in one process, on a home such as `benchmarks.country` writes.

    python -m benchmarks.queries HOME [--database URL] [--as-of 2026-11-30] [--asked 300] [--seconds 20] [--only status]

Each question is asked about so many things drawn at random, the same for the same `--seed`, or for so many seconds where those are over
first; the first answers warm up and are not counted. Counts and groups are told apart from rows: they are allowed more. On a machine with
other work the processor's time says more than the clock's; it is that of this process, without a database server's. A table on
standard error, one JSON line on standard output.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table as TextTable
from sqlalchemy import ColumnElement, Select, Table, select

from pipeline.clock import today
from queries.answers_known import answers_known
from queries.archived_proof import proof_of
from queries.document_status import document_status, timeline
from queries.finding_changes import changes_since
from queries.finding_counts import counts_on, groups_on
from queries.finding_filter import FindingFilter
from queries.finding_list import finding_with, findings_on
from queries.judged_citations import unjudged_on
from queries.posting_matrix import CellFilter, cells_on
from queries.procedure_card import procedure_card
from queries.searching import open_search
from rasoat.records import Origin, Severity
from rasoat.settings import Settings
from rasoat.store.published_counts import GroupedBy
from rasoat.store.published_findings import FindingOrder, FindingPage
from rasoat.store.published_schema import findings
from rasoat.store.schema import captures, documents, effects, indexed, procedures
from rasoat.trouble import Trouble
from rasoat.units import UnitKind, country
from rasoat.workspace import Workspace

_WARM = 5
_PAGE = 50  # rows of one page of a list
_DRAWN = 2_000  # things of a kind among which questions are drawn
_LIMITS = {"rows": 20.0, "counts": 50.0}  # milliseconds, p95


@dataclass(frozen=True, slots=True)
class Question:
    """One question of `queries/`: what is asked about each thing, and whether it answers rows or counts."""

    name: str
    kind: str
    things: Sequence[Any]
    ask: Callable[[Any], object]


def questions(work: Workspace, as_of: date, dice: Random, stack: ExitStack) -> Iterator[Question]:
    """Every question, with the things of the store that it is asked about."""
    numbers, codes = _drawn(work, documents.c.id, dice), _drawn(work, procedures.c.code, dice)
    _, answers = stack.enter_context(answers_known(work))
    yield Question("status", "rows", numbers, lambda one: document_status(answers, {"number": one}, as_of).line.as_json())
    parts = _pairs(work, effects, "target", "target_provision", dice)
    yield Question("status of a provision", "rows", parts, lambda one: document_status(answers, _provision(one), as_of).line.as_json())
    yield Question("timeline picture", "rows", numbers, lambda one: timeline(answers, {"number": one}, as_of, None))
    yield Question("show", "rows", codes, lambda one: procedure_card(work, one, as_of).as_json())
    communes = [unit.id for unit in country().of_kind(UnitKind.COMMUNE)]
    provinces = [unit.id for unit in country().of_kind(UnitKind.PROVINCE)]
    yield Question("coverage of a commune", "rows", _some(communes, dice), lambda one: _cells(work, as_of, [one]))
    yield Question("coverage of a commune, counted", "counts", _some(communes, dice), lambda one: _counts(work, as_of, [one]))
    yield Question("coverage of a province, counted", "counts", provinces, lambda one: _counts(work, as_of, [one]))
    yield Question("coverage of the country, counted", "counts", [()], lambda one: _counts(work, as_of, one))
    heads = [unit.id for kind in (UnitKind.MINISTRY, UnitKind.PROVINCE) for unit in country().of_kind(kind)]
    yield from _of_findings(work, as_of, dice, communes, _some(heads, dice))
    yield Question("proof", "rows", _drawn(work, captures.c.sha256, dice), lambda one: proof_of(work, Origin(one)))
    with work.engine.connect() as connection:
        has_index = connection.execute(select(indexed.c.id).limit(1)).first() is not None
    if has_index:
        asker = open_search(work.settings, None)
        yield Question("search", "rows", [*numbers, *codes], lambda one: asker.line(one, "any", 10))


def _of_findings(work: Workspace, as_of: date, dice: Random, communes: list[str], heads: list[str]) -> Iterator[Question]:
    def page(wanted: FindingFilter, order: FindingOrder = FindingOrder.RULE) -> list[dict[str, Any]]:
        asked = FindingPage(order, _PAGE, suppressed=False)
        return [line.as_json() for line in findings_on(work, as_of, None, wanted, asked).lines()]

    blamed, rules = _drawn(work, findings.c.object, dice), _drawn(work, findings.c.rule, dice)
    yield Question("findings of a unit", "rows", _some(communes, dice), lambda one: page(FindingFilter(unit=one)))
    yield Question("findings of a ministry or province", "rows", heads, lambda one: page(FindingFilter(unit=one)))
    yield Question("findings of an object", "rows", blamed, lambda one: page(FindingFilter(document=one)))
    yield Question("findings of a rule", "rows", rules, lambda one: page(FindingFilter((one,))))
    yield Question("findings of the country, the gravest first", "rows", [()], lambda _: page(FindingFilter(), FindingOrder.GRAVITY))
    one_each = _drawn(work, findings.c.fingerprint, dice)
    yield Question("a finding by its fingerprint", "rows", one_each, lambda one: finding_with(work, as_of, None, one[:10]))
    narrow = FindingFilter(severity=Severity.MEDIUM, state="open")
    yield Question("findings of the country, counted", "counts", [FindingFilter(), narrow], lambda one: counts_on(work, as_of, one))
    yield Question(
        "findings of a ministry or province, counted", "counts", heads, lambda one: counts_on(work, as_of, FindingFilter(unit=one))
    )
    yield Question(
        "findings of a unit, counted", "counts", _some(communes, dice), lambda one: counts_on(work, as_of, FindingFilter(unit=one))
    )
    for by in GroupedBy:
        yield Question(f"findings of the country by {by}", "counts", [by], lambda one: groups_on(work, as_of, one, limit=_PAGE))
    lines = partial(groups_on, work, as_of, GroupedBy.LINE, limit=_PAGE)
    yield Question("findings of a rule by line", "counts", rules, lambda one: lines(FindingFilter((one,))))
    documents_of = partial(groups_on, work, as_of, GroupedBy.DOCUMENT, limit=_PAGE)
    yield Question("findings of a ministry or province by document", "counts", heads, lambda one: documents_of(FindingFilter(unit=one)))
    yield Question("unjudged documents", "counts", [()], lambda _: unjudged_on(work, as_of))
    yield Question("came and went of a unit", "rows", _some(communes, dice), lambda one: _changed(work, as_of, one))


def _changed(work: Workspace, as_of: date, unit: str) -> int:
    return len(changes_since(work, as_of, as_of - timedelta(days=30), FindingFilter(unit=unit)).lines)


def _cells(work: Workspace, as_of: date, names: Sequence[str]) -> int:
    with cells_on(work, as_of, None, names) as found:
        return sum(1 for _ in found.lines(CellFilter()))


def _counts(work: Workspace, as_of: date, names: Sequence[str]) -> object:
    with cells_on(work, as_of, None, names) as found:
        return found.totals()


def _provision(one: tuple[str, str]) -> dict[str, str]:
    key, provision = one
    return {"number": key.split("|")[1], "provision": provision}


def _drawn(work: Workspace, column: ColumnElement[Any], dice: Random) -> list[Any]:
    """Values of a column, in an order drawn at random."""
    return _some(_column(work, select(column).distinct().where(column.is_not(None)).order_by(column)), dice)


def _pairs(work: Workspace, table: Table, one: str, other: str, dice: Random) -> list[Any]:
    query = select(table.c[one], table.c[other]).where(table.c[one].is_not(None), table.c[other].is_not(None))
    with work.engine.connect() as connection:
        return _some(
            [tuple(row) for row in connection.execute(query.distinct().order_by(table.c[one], table.c[other]).limit(50_000))], dice
        )


def _column(work: Workspace, query: Select[Any]) -> list[Any]:
    with work.engine.connect() as connection:
        return list(connection.scalars(query))


def _some(things: Sequence[Any], dice: Random) -> list[Any]:
    return dice.sample(things, min(len(things), _DRAWN))


def timed(question: Question, asked: int, seconds: float) -> dict[str, object]:
    """Milliseconds of the answers. What is refused in words (a number that several share) is an answer too."""
    taken: list[float] = []
    used: list[float] = []
    things = [question.things[at % len(question.things)] for at in range(asked + _WARM)] if question.things else []
    until = time.perf_counter() + seconds
    for at, thing in enumerate(things):
        began, cpu = time.perf_counter(), time.process_time()
        with suppress(Trouble):
            question.ask(thing)
        ended = time.perf_counter()
        if at >= _WARM or ended > until:
            taken.append((ended - began) * 1000)
            used.append((time.process_time() - cpu) * 1000)
        if ended > until:
            break
    if not taken:
        return {"kind": question.kind, "asked": 0}
    p95, cpu_p95 = (sorted(several)[min(int(len(several) * 0.95), len(several) - 1)] for several in (taken, used))
    told = {
        "kind": question.kind,
        "asked": len(taken),
        "p50_ms": round(median(taken), 2),
        "p95_ms": round(p95, 2),
        "cpu_p95_ms": round(cpu_p95, 2),
    }
    return {**told, "wanted_ms": _LIMITS[question.kind], "within": p95 <= _LIMITS[question.kind]}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("home", type=Path)
    cli.add_argument("--database", default="", help="the store's address, where it is not in the home: postgresql://…")
    cli.add_argument("--as-of", type=date.fromisoformat, default=today())
    cli.add_argument("--asked", type=int, default=300)
    cli.add_argument("--seconds", type=float, default=20.0, help="at most this long for one question")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--only", action="append", help="questions that begin so, instead of all")
    given = cli.parse_args()
    work = Workspace(Settings(home=given.home, database_url=given.database))
    table = TextTable(
        "question", "kind", "asked", "p50 ms", "p95 ms", "cpu p95 ms", "wanted ms", title=f"{work.engine.dialect.name}, {given.as_of}"
    )
    found: dict[str, dict[str, object]] = {}
    with ExitStack() as stack:
        for question in questions(work, given.as_of, Random(given.seed), stack):  # noqa: S311 - which things are asked about, no secret
            if given.only and not question.name.startswith(tuple(given.only)):
                continue
            told = found[question.name] = timed(question, given.asked, given.seconds)
            table.add_row(
                question.name, *(str(told.get(name, "–")) for name in ("kind", "asked", "p50_ms", "p95_ms", "cpu_p95_ms", "wanted_ms"))
            )
    Console(stderr=True).print(table)
    print(json.dumps({"database": work.engine.dialect.name, "as_of": given.as_of.isoformat(), "questions": found}, ensure_ascii=False))


if __name__ == "__main__":
    main()
