"""The extract step: archived answers → pieces → rows. It reads the archive and never the network.

A sha256 already read by this version of the readers is not read again, so a daily run costs what changed. Answers
are written in portions: a run killed at any moment and started again ends in the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import structlog
from sqlalchemy import Engine

from extractors.apart import Errand, ReadingProcesses, kept
from extractors.imports.import_options import FILE, SCAN
from extractors.readers import POSTED, READER_VERSION
from extractors.sources.source import Piece, unreadable
from pipeline.piece_writing import write_portions
from rasoat.archive import Archive, Damaged
from rasoat.progress import Progress
from rasoat.run_report import DamagedAnswer, Read
from rasoat.store.capture_store import AnswerRow, CaptureStore
from rasoat.store.extracted import PieceRows, drop_unseen, known_pieces, piece_id
from rasoat.trouble import Trouble

_CUT = Errand("pipeline.piece_reading:cut_answer", "extractors.sources.source:Piece", pieces=True)
_READ = Errand("pipeline.piece_reading:read_piece", "rasoat.store.extracted:PieceRows")
# Below this many bytes several processes cost more than they save.
_POOL_FROM = 4_000_000
_BATCH = 200
_log = structlog.get_logger("rasoat.extract")
_WHOLE_FILES = (FILE, SCAN)  # a person handed the file over and knows it by its name
_PLACE = 280  # letters of a place that are kept; a number may follow


def extract(engine: Engine, archive: Archive, progress: Progress, sources: tuple[str, ...] = ()) -> Read:
    """Read every answer not yet read by this version of the readers.

    One whose archived bytes are damaged is named and stays unread, so that it is tried again; the others are read.
    """
    received, report = CaptureStore(engine), Read()
    waiting = _waiting(received, sources)
    with engine.connect() as connection:
        known = known_pieces(connection, READER_VERSION) if waiting else set()
    done, processes = 0, kept()
    few = sum(answer.stored.size for answer in waiting) < _POOL_FROM
    try:
        for batch in _batches(waiting):
            progress(f"{batch[0].source} {batch[0].request}", done, len(waiting))
            cut = _cut(batch, archive, report, processes)
            found = [one for _, pieces in cut for one in pieces]
            fresh = _first_of_each(found, known)
            report.answers, report.pieces = report.answers + len(cut), report.pieces + len(found)
            report.unchanged += len(found) - len(fresh)
            standing = [(answer, _standing(pieces)) for answer, pieces in cut]
            write_portions(engine, standing, _read(fresh, processes, few=few), READER_VERSION, partial(_count, report))
            known.update(fresh)
            done += len(batch)
    finally:
        processes.rest()
    if waiting:
        with engine.begin() as connection:
            drop_unseen(connection, sources)
        progress("", len(waiting), len(waiting))
    report.unread, report.set_aside = received.unread(READER_VERSION), received.aside()
    return report


def shares_due(engine: Engine, sources: tuple[str, ...], most: int = 16) -> int:
    """Into how many shares what waits is worth splitting: one for every few million bytes."""
    size = sum(answer.stored.size for answer in CaptureStore(engine).uncut(READER_VERSION, sources))
    return max(1, min(most, -(-size // _POOL_FROM)))


def read_share(engine: Engine, archive: Archive, progress: Progress, sources: tuple[str, ...], share: int, shares: int) -> Read:
    """Read one share of the pieces that wait (of the titles of an edition, of the details of a list), told by their sha256.

    Only pieces are written. `extract` afterwards finds them read and says where they stand.
    """
    received, report, processes = CaptureStore(engine), Read(), kept()
    waiting = _waiting(received, sources)
    with engine.connect() as connection:
        known = known_pieces(connection, READER_VERSION)
    for batch in _batches(waiting):
        progress(f"{batch[0].source} {batch[0].request}", report.answers, len(waiting))
        cut = _cut(batch, archive, report, processes)
        found = _first_of_each([one for _, pieces in cut for one in pieces], known)
        mine = {sha256: piece for sha256, piece in found.items() if int(sha256[:8], 16) % shares == share - 1}
        write_portions(engine, [], _read(mine, processes, few=True), READER_VERSION, partial(_count, report))
        known.update(mine)
        report.answers, report.pieces = report.answers + len(cut), report.pieces + len(mine)
    return report


def _waiting(received: CaptureStore, sources: tuple[str, ...]) -> list[AnswerRow]:
    """What is read here: all but what is public, which `pipeline.inbox` reads."""
    return [answer for answer in received.uncut(READER_VERSION, sources) if answer.source != POSTED]


def _batches(waiting: list[AnswerRow]) -> Iterator[list[AnswerRow]]:
    """Answers to be read in one go: many small ones, or one large one."""
    batch: list[AnswerRow] = []
    for answer in waiting:
        if batch and (len(batch) >= _BATCH or sum(one.stored.size for one in batch) + answer.stored.size > _POOL_FROM):
            yield batch
            batch = []
        batch.append(answer)
    if batch:
        yield batch


def _cut(
    batch: list[AnswerRow], archive: Archive, report: Read, processes: ReadingProcesses
) -> list[tuple[AnswerRow, list[tuple[str, Piece]]]]:
    """Each answer with its pieces by their identity; without those whose bytes are damaged, which the report names."""
    whole: list[tuple[AnswerRow, bytes]] = []
    for answer in batch:
        try:
            whole.append((answer, archive.read(answer.stored)))
        except Damaged as damage:
            report.damaged.append(damaged_answer(answer, damage))
    cut = []
    for (answer, _), pieces in zip(whole, processes.each(_CUT, whole, few=True), strict=True):
        if isinstance(pieces, Trouble):
            pieces = [unreadable(answer.source, answer.request, str(pieces))]
        cut.append((answer, [(piece_id(piece.source, piece.kind, piece.body), piece) for piece in pieces]))
    return cut


def _first_of_each(found: list[tuple[str, Piece]], known: set[str]) -> dict[str, Piece]:
    """The pieces to be read. One that stands in several places is read where it stood first, however the answers came to be batched."""
    fresh: dict[str, Piece] = {}
    for sha256, piece in found:
        if sha256 not in known:
            fresh.setdefault(sha256, piece)
    return fresh


def damaged_answer(answer: AnswerRow, damage: Damaged) -> DamagedAnswer:
    """An answer whose bytes are damaged, for the report."""
    _log.info("damaged", source=answer.source, item=answer.request, warc=answer.stored.warc, offset=answer.stored.offset)
    return DamagedAnswer(answer.source, answer.request, answer.stored.warc, answer.stored.offset, str(damage))


def _standing(pieces: list[tuple[str, Piece]]) -> dict[str, str]:
    """Place → piece. No two stand in one place: of two files of one name in a zip neither hides the other."""
    standing, times = dict[str, str](), Counter[str]()
    for sha256, piece in pieces:
        place = piece.place[:_PLACE]
        times[place] += 1
        standing[place if times[place] == 1 else f"{place} ({times[place]})"] = sha256
    return standing


def _read(fresh: dict[str, Piece], processes: ReadingProcesses, *, few: bool) -> Iterator[PieceRows]:
    """The rows of each piece; one that could not be read to its end is set aside with the reason."""
    for (sha256, piece), rows in zip(fresh.items(), processes.each(_READ, fresh.items(), few=few or len(fresh) < 2), strict=True):
        if isinstance(rows, Trouble):
            yield PieceRows(sha256, piece.source, piece.kind, refusals=[("quarantined", piece.place, str(rows))], place=piece.place)
        else:
            yield rows


def _count(report: Read, rows: PieceRows) -> None:
    report.loaded.update(procedures=len(rows.procedures), documents=len(rows.observations), articles=len(rows.articles))
    report.loaded.update(clauses=len(rows.clauses), mentions=len(rows.mentions))
    for outcome, place, reason in rows.refusals:
        _log.info(outcome, source=rows.source, item=place, piece=rows.piece, reason=reason)
        if outcome in ("quarantined", "odd"):
            counter = report.quarantined if outcome == "quarantined" else report.odd
            said = reason.partition(": ")[2] or reason  # an item's own name stands before the reason
            counter[said] += 1
            if rows.kind in _WHOLE_FILES and outcome == "quarantined":
                report.name_file(said, place)
        else:
            report.declared_empty += 1
