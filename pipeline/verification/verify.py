"""One verification: the archive against its digests, the store against what the archive makes, both against an earlier manifest."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import ColumnElement, Engine, func, insert, select, true, tuple_
from sqlalchemy.exc import IntegrityError

from extractors.readers import READER_VERSION
from pipeline.index_step import index_mark
from pipeline.verification.received_again import ReceivedAgain, clear, expect, receive_all, scan_archive, tell
from pipeline.verification.replay import Due, Replay, due_in, logged_runs
from pipeline.verification.scratch_store import in_utc, scratch_workspace
from rasoat.progress import Progress
from rasoat.store.published_schema import published_tables
from rasoat.store.row_comparison import TableComparison, compare_table, digest_of
from rasoat.store.schema import answers, captures, checks, citations, documents, effects, indexed, pieces, runs, verdicts
from rasoat.store.schema import progress as marks
from rasoat.store.table_kinds import DECLARED, MADE, TableKind, tables_of
from rasoat.trouble import SourceTrouble
from rasoat.workspace import Workspace
from validators.derivation.derive import DERIVED_MARK


@dataclass(slots=True)
class KeptTable:
    """A table that stands nowhere but in the store: how many rows it has, and their digest."""

    table: str
    kind: TableKind
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class UnmadePart:
    """Something derived that could not be made again: `kind` is derived, publication, day, verdict or index, `name` which one."""

    kind: str
    name: str


@dataclass(slots=True)
class Verification:
    """What was found. `older`: answers and pieces read by other versions of the readers, which are to be read again first;
    `unmade`: what the store derived from a state, settings or program that is not there any more; `left_out`: days left out, as asked."""

    received: ReceivedAgain
    tables: list[TableComparison] = field(default_factory=list)
    kept: list[KeptTable] = field(default_factory=list)
    older: int = 0
    unmade: list[UnmadePart] = field(default_factory=list)
    left_out: int = 0

    @property
    def rows(self) -> int:
        return sum(one.stored for one in self.tables)

    @property
    def equal_rows(self) -> int:
        return sum(one.equal for one in self.tables)

    @property
    def differences(self) -> int:
        """Rows that differ, strange records, and gaps that something in the store relies on show as rows that differ."""
        return sum(one.differences for one in self.tables) + self.received.unknown + len(self.received.odd_frames)

    @property
    def proved(self) -> bool:
        """Whether everything the store holds was made again and is equal."""
        return not (self.differences or self.older or self.unmade)


def verify(work: Workspace, *, latest: bool = False, folder: Path | None = None) -> Verification:
    """Make everything again and compare. `latest`: only what was derived from what is known now; earlier days are left out.

    Raises:
        SourceTrouble: the scratch store finds no room, or the store was written to meanwhile.
    """
    before = _state(work.engine)
    with scratch_workspace(work, folder) as scratch:
        with work.bars("Kho lưu") as progress, work.engine.connect() as store:
            tell(store, scratch.engine)
            received = scan_archive(work.archive, scratch.engine, progress)
        expect(scratch.engine, received)
        done = Verification(received, older=_older(work.engine))
        due = due_in(work.engine)
        if done.older:
            receive_all(scratch.engine)
        else:
            _copy_acts(work.engine, scratch.engine)
            Replay(scratch, due, latest=latest).go(logged_runs(work.engine))
        clear(scratch.engine)
        with work.bars("So sánh") as progress:
            _compare(work.engine, scratch.engine, done, due, progress)
    if latest:
        done.left_out, due.days = len(due.days), {}
    done.unmade = [] if done.older else _unmade(due)
    if _state(work.engine) != before:
        raise SourceTrouble("verify.disturbed")
    return done


def _compare(engine: Engine, scratch: Engine, done: Verification, due: Due, progress: Progress) -> None:
    """Every table of the store beside the one made again; of those that nothing is made from, how many rows and their digest."""
    tables = tables_of(*MADE) if not done.older else [captures, answers]
    left_out, skipped = ("reader",) if done.older else (), _skipped(due)
    with engine.connect() as store, scratch.connect() as made:
        for at, table in enumerate(tables):
            progress(table.name, at, len(tables))
            if not (due.derived and table in (documents, effects, citations)):
                done.tables.append(compare_table(store, made, table, left_out if table is answers else (), skipped.get(table.name)))
        for table in tables_of(TableKind.ACTS, TableKind.LOG):
            done.kept.append(KeptTable(str(table.name), DECLARED[table.name].kind, *digest_of(store, table)))
        progress("", len(tables), len(tables))


def _skipped(due: Due) -> dict[str, ColumnElement[bool]]:
    """The rows, by table, that could not be made again and so are not compared."""
    found: dict[str, ColumnElement[bool]] = {}
    if due.published:
        found = {table.name: true() for table in published_tables()}
    names = [DERIVED_MARK] if due.derived else []
    names += [index_mark(engine) for engine in due.indexes]
    if due.days:
        found[checks.name] = tuple_(checks.c.as_of, checks.c.known_at).in_(list(due.days))
    if due.verdicts:
        found["verdicts"] = verdicts.c.as_of.in_(list(due.verdicts))
    if due.indexes:
        found["indexed"] = indexed.c.engine.in_(list(due.indexes))
    if names:
        found["progress"] = marks.c.name.in_(names)
    return found


def _unmade(due: Due) -> list[UnmadePart]:
    days = [UnmadePart("day", f"{as_of}" + (f" ({known_at})" if known_at else "")) for as_of, known_at in sorted(due.days)]
    judged = [UnmadePart("verdict", str(as_of)) for as_of in sorted(due.verdicts)]
    derived = [UnmadePart("derived", "documents, effects, citations")] if due.derived else []
    derived += [UnmadePart("publication", "timelines, outlines, procedures_now, cited_by")] if due.published else []
    return [*derived, *days, *judged, *(UnmadePart("index", engine) for engine in sorted(due.indexes))]


def _state(engine: Engine) -> tuple[object, ...]:
    """What changes whenever a run writes: its row in the log, an answer, or how far the answers are read."""
    with engine.connect() as connection:
        logged = connection.execute(select(func.max(runs.c.id), func.count(runs.c.ended_at))).one()
        received = connection.execute(select(func.count(), func.count(answers.c.reader), func.max(answers.c.fetched_at))).one()
        made = connection.execute(select(marks).order_by(marks.c.name)).all()
    return (tuple(logged), tuple(received), tuple(map(tuple, made)))


def _older(engine: Engine) -> int:
    """How many answers and pieces another version of the readers read."""
    with engine.connect() as connection:
        cut = connection.scalar(select(func.count()).select_from(answers).where(answers.c.reader != READER_VERSION)) or 0
        read = connection.scalar(select(func.count()).select_from(pieces).where(pieces.c.reader != READER_VERSION)) or 0
    return cut + read


def _copy_acts(engine: Engine, scratch: Engine) -> None:
    """What people and operators did, as it stands now; what points at bytes that are gone has nothing to act upon."""
    with engine.connect() as store, scratch.begin() as connection:
        for table in tables_of(TableKind.ACTS):
            for row in store.execute(select(table)).mappings():
                with suppress(IntegrityError), connection.begin_nested():
                    connection.execute(insert(table).values(**in_utc(row)))
