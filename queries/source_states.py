"""Where the data come from and how good they are: each source's last fetch, what it promised and what came, what was set aside unread and
why; the gate's last verdict; the runs. Facts of the store and of its log, as they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select

from queries.published_moment import pinned
from queries.shape import Shape
from rasoat.codec import from_json
from rasoat.run_report import Received, RunReport
from rasoat.store.schema import answers, listings, pieces, places, progress, refusals, runs, verdicts
from rasoat.workspace import Workspace

_RUNS = 12  # told of
_LOOKED_BACK = 200  # runs, for the last that asked a source
_REASONS = 8  # told of each source
_HANDED_OVER = "import"
_OF_ONE = re.compile(r"^\S+: ")  # a reason may begin with the number or code it is about


class ListState(Shape):
    """A list of a publisher's own on the day of its last answer: how many it promises (null where it says nothing), and how many it named."""

    name: str
    promised: int | None
    named: int


class CrawlState(Shape):
    """What came of a crawl of a source: `failed` by reason, `missing` what was listed and not there, `down` why it was given up."""

    run: int
    at: datetime
    asked: int
    changed: int
    unchanged: int
    missing: int
    failed: dict[str, int]
    down: str | None
    doubts: list[str]

    @property
    def complete(self) -> bool:
        """Whether all that was asked was answered."""
        return self.down is None and not self.failed


class ReasonCount(Shape):
    """Why so many items could not be read; others of the source are counted together under ""."""

    reason: str
    n: int


class SourceState(Shape):
    """A source: its answers, the day and moment of the last, its last crawl and its last complete one, and what was refused of what it gave.

    A source whose files were handed over was never crawled: `last` is null.
    """

    source: str
    answers: int
    observed_on: date
    fetched_at: datetime
    unfinished: bool
    last: CrawlState | None
    complete_at: datetime | None
    lists: list[ListState]
    pieces: int
    quarantined: int
    reasons: list[ReasonCount]
    declared_empty: int
    odd: int

    def age(self, today: date) -> int:
        """Days since its last answer."""
        return (today - self.observed_on).days


class BrokenCheck(Shape):
    """An expectation that the data did not keep: what it asks, in which rows, and whether that stops a publication."""

    check: str
    says: str
    stops: bool
    rows: int


class GateState(Shape):
    """The last verdict of the quality gate."""

    as_of: date
    blocks: bool
    evaluated: int
    expected: int
    broken: list[BrokenCheck]


class RunState(Shape):
    """A run of the log; `ended_at` is null where it runs or was killed."""

    number: int
    command: str
    started_at: datetime
    ended_at: datetime | None
    refused: bool
    down: list[str]


class SourcesState(Shape):
    """All of it; `held_back` says that later changes are not published and why, `because` why what stands was published all the same."""

    published_at: datetime | None
    number: int
    held_back: str | None
    because: str | None
    sources: list[SourceState]
    gate: GateState | None
    runs: list[RunState]


def sources_state(work: Workspace) -> SourcesState:
    """What is known of the sources now."""
    with pinned(work) as moment:
        connection, stands = moment.rows.connection, moment.rows.publication
        log = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(_LOOKED_BACK)).all()
        return SourcesState(
            published_at=_in_utc(stands.at) if stands.at and stands.number else None, number=stands.number, held_back=stands.held_back,
            because=stands.because, sources=_sources(connection, log), gate=_gate(connection), runs=[_run(row) for row in log[:_RUNS]],
        )  # fmt: skip


def run_report(work: Workspace, number: int) -> dict[str, Any] | None:
    """What a run reported, by the report's public names; None where there is no such run. Where files lie, and what those were called that
    an office handed over, is nobody's business and not told."""
    with pinned(work) as moment:
        row = moment.rows.connection.execute(select(runs).where(runs.c.id == number)).one_or_none()
    if row is None:
        return None
    report = from_json(RunReport, row.report) if row.report else RunReport(row.command)
    for source, one in report.received.items():
        one.failed, one.doubts = Counter(_failed(source, one.failed)), [] if source.startswith(_HANDED_OVER) else one.doubts
    if report.read:
        report.read.first_files, report.read.damaged, report.read.doubts = {}, [], []
    if report.guarded:
        report.guarded.page = ""
    report.written = []
    ended = _in_utc(row.ended_at).isoformat() if row.ended_at else None
    return {**report.as_json(), "number": row.id, "started_at": _in_utc(row.started_at).isoformat(), "ended_at": ended}


def _sources(connection: Connection, log: Sequence[Any]) -> list[SourceState]:
    newest = (func.count().label("n"), func.max(answers.c.observed_on).label("day"), func.max(answers.c.fetched_at).label("at"))
    rows = connection.execute(select(answers.c.source, *newest).group_by(answers.c.source).order_by(answers.c.source)).all()
    known = {row.source for row in rows}
    cut, refused = _cut(connection, known), _refused(connection, known)
    begun = {name.partition(":")[2] for name in connection.scalars(select(progress.c.name).where(progress.c.name.startswith("crawl:")))}
    crawls, lists = _crawls(log), _lists(connection)
    found = []
    for row in rows:
        its, outcomes = crawls.get(row.source, []), refused.get(row.source, {})
        reasons = outcomes.get("quarantined", Counter())
        told = [ReasonCount(reason=reason, n=n) for reason, n in reasons.most_common(_REASONS)]
        if rest := reasons.total() - sum(one.n for one in told):
            told.append(ReasonCount(reason="", n=rest))
        found.append(
            SourceState(
                source=row.source, answers=row.n, observed_on=row.day, fetched_at=_in_utc(row.at), unfinished=row.source in begun,
                last=its[0] if its else None, complete_at=next((one.at for one in its if one.complete), None),
                lists=lists.get((row.source, row.day), []), pieces=cut[row.source], quarantined=reasons.total(), reasons=told,
                declared_empty=outcomes.get("declared_empty", Counter()).total(), odd=outcomes.get("odd", Counter()).total(),
            )
        )  # fmt: skip
    return found


def _crawls(log: Sequence[Any]) -> dict[str, list[CrawlState]]:
    """By source, what came of its crawls, the newest first."""
    found: dict[str, list[CrawlState]] = {}
    for row in log:
        for source, told in ((row.report or {}).get("received") or {}).items():
            one = from_json(Received, told)
            crawl = CrawlState(
                run=row.id, at=_in_utc(row.ended_at or row.started_at), asked=one.asked, changed=one.changed, unchanged=one.unchanged,
                missing=one.missing, failed=_failed(source, one.failed), down=one.down, doubts=one.doubts,
            )  # fmt: skip
            found.setdefault(source, []).append(crawl)
    return found


def _failed(source: str, failed: Mapping[str, int]) -> dict[str, int]:
    """Why, and how often; of files that were handed over without their names, which are nobody's business."""
    if not source.startswith(_HANDED_OVER):
        return dict(failed)
    found = Counter[str]()
    for reason, n in failed.items():
        found[reason.partition(": ")[0]] += n
    return dict(found)


def _lists(connection: Connection) -> dict[tuple[str, date], list[ListState]]:
    """What publishers said of their own lists, by source and the day of the answers: few pages, and from these to their answers."""
    here = and_(answers.c.source == places.c.source, answers.c.request == places.c.request, answers.c.sha256 == places.c.sha256)
    cut = (places.c.source, answers.c.observed_on, listings.c.list_name)
    named = func.sum(func.json_array_length(listings.c.ids)).label("n")
    query = select(*cut, func.max(listings.c.total).label("total"), named).select_from(
        listings.join(places, places.c.piece == listings.c.piece).join(answers, here)
    )
    found: dict[tuple[str, date], list[ListState]] = {}
    for row in connection.execute(query.group_by(*cut).order_by(*cut)):
        state = ListState(name=row.list_name, promised=row.total, named=row.n)
        found.setdefault((row.source, row.observed_on), []).append(state)
    return found


def _cut(connection: Connection, known: Collection[str]) -> Counter[str]:
    """How many pieces were read of each source."""
    found = Counter[str]()
    for source, n in connection.execute(select(pieces.c.source, func.count()).group_by(pieces.c.source)):
        found[_answered_as(source, known)] += n
    return found


def _answered_as(source: str, known: Collection[str]) -> str:
    """The source of the answers that pieces were cut from: files handed over are one, whatever kind each of their pieces is of."""
    return source if source in known else source.partition(":")[0]


def _refused(connection: Connection, known: Collection[str]) -> dict[str, dict[str, Counter[str]]]:
    """By source and outcome, how many items for which reason."""
    query = select(pieces.c.source, refusals.c.outcome, refusals.c.reason, func.count().label("n")).join(
        pieces, pieces.c.piece == refusals.c.piece
    )
    found: dict[str, dict[str, Counter[str]]] = {}
    for row in connection.execute(query.group_by(pieces.c.source, refusals.c.outcome, refusals.c.reason)):
        its = found.setdefault(_answered_as(row.source, known), {})
        its.setdefault(row.outcome, Counter())[_OF_ONE.sub("", row.reason)] += row.n
    return found


def _gate(connection: Connection) -> GateState | None:
    data = connection.scalar(select(verdicts.c.data).order_by(verdicts.c.as_of.desc()).limit(1))
    if data is None:
        return None
    # By the names it is kept under: the room that judges loads a library of a hundred megabytes, which no page needs.
    broken = [
        BrokenCheck(check=one["check"], says=one["says"], stops=one["tier"] == "fail", rows=one["total"]) for one in data.get("broken", ())
    ]
    evaluated, expected = data["evaluated"], data["expected"]
    blocks = evaluated != expected or any(one.stops for one in broken)
    return GateState(as_of=date.fromisoformat(data["as_of"]), blocks=blocks, evaluated=evaluated, expected=expected, broken=broken)


def _run(row: Any) -> RunState:
    report = row.report or {}
    down = [name for name, told in (report.get("received") or {}).items() if told.get("down")]
    refused = bool((report.get("published") or {}).get("refused"))
    return RunState(
        number=row.id, command=row.command, started_at=_in_utc(row.started_at), ended_at=_in_utc(row.ended_at) if row.ended_at else None,
        refused=refused, down=down,
    )  # fmt: skip


def _in_utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps no zone
