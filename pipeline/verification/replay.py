"""The steps of the pipeline gone through again, run by run as the log has them, over what the archive holds.

A day's findings rest on what was known when the day was checked, and a posted file on the names known when it was read: so each run is
given the answers that had come by its end, and what the store says was made from exactly that state is made again then. The log only
says when to look: whether a state is the one meant is told by the digests of what was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, insert, select

from extractors.imports.import_options import split_told
from extractors.imports.office_files import OfficeFile
from extractors.readers import POSTED, READER_VERSION
from pipeline.inbox import Placing, take_in
from pipeline.index_step import entry_digests, index_inputs, index_mark
from pipeline.publication import publication_inputs, publish_where
from pipeline.steps import read_archive
from pipeline.verification.received_again import EVER, hand_over
from pipeline.verification.scratch_store import in_utc
from rasoat.run_report import RunReport
from rasoat.store.capture_store import CaptureStore
from rasoat.store.checked_marks import days_checked
from rasoat.store.derived import mark_derived
from rasoat.store.publications import published_from, standing
from rasoat.store.schema import checks, indexed, runs, verdicts
from rasoat.store.schema import progress as marks
from rasoat.workspace import Workspace
from validators.checked_days import check_inputs
from validators.derivation.derive import DERIVED_MARK, derivation_inputs, derive
from validators.quality.gate import expectations, gate, gate_inputs

Day = tuple[date, str]  # a day asked about, and until when what was known counts ("" for all)


@dataclass(slots=True)
class Due:
    """What the store says it made, by the digest of what it was made from; whatever is made again is taken out."""

    derived: str | None = None
    days: dict[Day, str] = field(default_factory=dict)
    verdicts: dict[date, str] = field(default_factory=dict)
    indexes: dict[str, str] = field(default_factory=dict)
    published: str | None = None


def due_in(engine: Engine) -> Due:
    """Everything derived that a store holds."""
    with engine.connect() as connection:
        told = {row.name: row.inputs for row in connection.execute(select(marks))}
        return Due(
            told.get(DERIVED_MARK),
            {(row.as_of, row.known_at): row.inputs for row in connection.execute(select(checks).where(checks.c.known_at == ""))},
            {row.as_of: row.inputs for row in connection.execute(select(verdicts.c.as_of, verdicts.c.inputs))},
            {name.removeprefix(index_mark("")): inputs for name, inputs in told.items() if name.startswith(index_mark(""))},
            published_from(connection, standing(connection)),
        )


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """A run of the log: when it was over, what it did, and its row."""

    command: str
    begun: datetime
    over: datetime
    report: dict[str, Any] | None
    row: dict[str, Any]


def logged_runs(engine: Engine) -> list[LoggedRun]:
    """The runs in the order in which they were over; one that was cut off was over when the next began."""
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(select(runs).order_by(runs.c.id)).mappings()]
    found = []
    for at, row in enumerate(rows):
        next_begun = rows[at + 1]["started_at"] if at + 1 < len(rows) else EVER
        found.append(LoggedRun(row["command"], _utc(row["started_at"]), _utc(row["ended_at"] or next_begun), row["report"], row))
    return sorted(found, key=lambda run: run.over)


class Replay:
    """Goes through the runs in the scratch store. What was made again is gone from `due`; what stays there could not be made."""

    def __init__(self, scratch: Workspace, due: Due, *, latest: bool) -> None:
        self._work, self._due, self._latest = scratch, due, latest
        self._unread = False

    def go(self, logged: list[LoggedRun]) -> None:
        """All runs, then whatever came outside of any."""
        with self._work.bars("Làm lại") as tell:
            for done, run in enumerate(logged):
                tell(run.command, done, len(logged))
                self._run(run)
            self._hand_over(EVER)
            self._read(())
            with self._work.engine.begin() as connection:
                hand_over(connection, None)
            self._make(None)
            tell("", len(logged), len(logged))

    def _run(self, run: LoggedRun) -> None:
        came = self._hand_over(run.over)
        did = run.report or {}
        if run.report is None or "read" in did:
            self._read(self._placed() if run.command == "import" else ())
        if not self._latest and (came or did.keys() & {"checked", "guarded", "indexed"}):
            self._make(run)
        if run.row["ended_at"] is not None:
            with self._work.engine.begin() as connection:
                connection.execute(insert(runs).values(**in_utc(run.row)))

    def _hand_over(self, until: datetime) -> bool:
        with self._work.engine.begin() as connection:
            came = hand_over(connection, until) > 0
        self._unread |= came
        return came

    def _read(self, placed: tuple[Placing, ...]) -> None:
        """What waits is read as an import or a run reads it: what was handed over first, then the rest."""
        if not self._unread:
            return
        opened: dict[str, OfficeFile] = {}
        for placing in placed:
            opened |= placing.opened
        if opened:
            with self._work.bars("Nạp") as tell:
                take_in(self._work.engine, self._work.archive, tell, opened)
        read_archive(self._work, RunReport("verify"))
        self._unread = False

    def _placed(self) -> tuple[Placing, ...]:
        """An import reads a posted file once, to know what it is, by the names known before any file of that import was read."""
        found = []
        with self._work.bars("Nạp") as tell:
            for answer in list(CaptureStore(self._work.engine).uncut(READER_VERSION, (POSTED,))):
                name, told = split_told(answer.request)
                placing = Placing(self._work.engine, told, tell)
                placing(name, self._work.archive.read(answer.stored))
                found.append(placing)
        return tuple(found)

    def _make(self, run: LoggedRun | None) -> None:
        """Whatever the store says it made from the state that the scratch store is in now."""
        work, due = self._work, self._due
        with work.engine.connect() as connection:
            stands = check_inputs(connection, work.settings)
            derived_now = derivation_inputs(connection)
            published_now = publication_inputs(connection, work.settings)
        made = [day for day, inputs in due.days.items() if inputs == stands]
        if due.derived == derived_now:
            due.derived = None
            with work.bars("Suy ra") as tell:
                derive(work.engine, tell)
        if due.published == published_now:
            due.published = None
            publish_where(work, RunReport("verify"), None, lambda _: True)
        for as_of, known_at in made:
            publish_where(work, RunReport("verify"), as_of, lambda _: True)
            del due.days[as_of, known_at]
        for as_of in self._days_guarded(run, made):
            self._guard(as_of)
        self._index(run)

    def _days_guarded(self, run: LoggedRun | None, made: list[Day]) -> list[date]:
        if run is None:
            return list(self._due.verdicts)
        told = (run.report or {}).get("guarded", {}).get("as_of")
        days = {as_of for as_of, _ in made} | ({date.fromisoformat(told)} if told else set())
        return sorted(days & self._due.verdicts.keys())

    def _guard(self, as_of: date) -> None:
        work, asked = self._work, expectations(as_of)
        with work.engine.connect() as connection:
            if gate_inputs(connection, work.settings, as_of, asked) != self._due.verdicts[as_of]:
                return
        with work.bars("Chất lượng") as tell:
            gate(work.engine, work.settings, as_of, tell)
        del self._due.verdicts[as_of]

    def _index(self, run: LoggedRun | None) -> None:
        """The entries of the index that a run built, or at the end of each index whose state was not met in any run."""
        did = (run.report or {}).get("indexed") if run else None
        if run is not None and did is None:
            return
        engines = [did["engine"]] if did else list(self._due.indexes)
        for engine in engines:
            days = self._days_indexed(run, did)
            as_of = next((day for day in days if self._indexed_from(day) == self._due.indexes.get(engine)), None)
            if as_of is None and (run is None or not days):
                continue
            self._entries(engine, as_of or days[0])
            if as_of is not None:
                del self._due.indexes[engine]

    def _days_indexed(self, run: LoggedRun | None, did: dict[str, Any] | None) -> list[date]:
        """The days that an index may have been built for: the one its run tells, else any day that was checked."""
        if run is not None:
            told = (did or {}).get("as_of") or (run.report or {}).get("checked", {}).get("as_of")
            if told:
                return [date.fromisoformat(told)]
        with self._work.engine.connect() as connection:
            return days_checked(connection)[::-1]

    def _indexed_from(self, as_of: date) -> str:
        with self._work.engine.connect() as connection:
            return index_inputs(connection, standing(connection), as_of)

    def _entries(self, engine: str, as_of: date) -> None:
        work = self._work
        inputs = self._indexed_from(as_of)
        with work.bars("Lập chỉ mục") as tell, work.engine.connect() as reading:
            rows = self._rows(engine, entry_digests(reading, as_of, tell))
            with work.engine.begin() as connection:
                connection.execute(indexed.delete().where(indexed.c.engine == engine))
                for batch in rows:
                    connection.execute(insert(indexed), batch)
                mark_derived(connection, index_mark(engine), inputs)

    @staticmethod
    def _rows(engine: str, digests: Iterator[tuple[str, str]]) -> Iterator[list[dict[str, str]]]:
        batch: list[dict[str, str]] = []
        for key, digest in digests:
            batch.append({"engine": engine, "id": key, "digest": digest})
            if len(batch) >= 2_000:
                yield batch
                batch = []
        if batch:
            yield batch


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
