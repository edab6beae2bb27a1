"""The extract step: archived answers → pieces → rows. It reads the archive and never the network.

A sha256 already read by this version of the readers is not read again, so a daily run costs what changed. Answers
are written in transactions: a run killed at any moment and started again ends in the same rows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext

import structlog
from sqlalchemy import Engine

from extractors.citations import find_mentions
from extractors.effects import ClauseEffect, SourceHead, may_act, read_article
from extractors.formats.extracted_text import UnreadableError
from extractors.imports.document_files import FILE, SCAN
from extractors.readers import READER_VERSION, reader_for
from extractors.sources.source import Answer, Piece, Request
from rasoat.archive import Archive
from rasoat.codec import to_json
from rasoat.identity import key_parts
from rasoat.progress import Progress
from rasoat.records import Article, Observation, Origin
from rasoat.run_report import Read
from rasoat.store.capture_store import AnswerRow, CaptureStore
from rasoat.store.extracted import UNDATED, PieceRows, drop_unseen, known_pieces, piece_id, write_piece

# Below this many bytes a pool of processes costs more than it saves.
_POOL_FROM = 4_000_000
_BATCH = 200
_log = structlog.get_logger("rasoat.extract")
_WHOLE_FILES = (FILE, SCAN)  # a person handed the file over and knows it by its name
_UNREADABLE = "unreadable"  # an answer that could not be cut at all: its one piece holds the reason


def extract(engine: Engine, archive: Archive, progress: Progress, sources: tuple[str, ...] = ()) -> Read:
    """Read every answer not yet read by this version of the readers.

    Raises:
        rasoat.archive.Damaged: archived bytes no longer match their sha256.
    """
    received, report = CaptureStore(engine), Read()
    waiting = list(received.uncut(READER_VERSION, sources))
    with engine.connect() as connection:
        known = known_pieces(connection, READER_VERSION)
    done = 0
    with _pool(sum(answer.stored.size for answer in waiting)) as pool:
        for batch in _batches(waiting):
            progress(f"{batch[0].source} {batch[0].request}", done, len(waiting))
            pieces = [
                (answer, piece_id(piece.source, piece.kind, piece.body), piece) for answer in batch for piece in _pieces(answer, archive)
            ]
            fresh = {sha256: piece for _, sha256, piece in pieces if sha256 not in known}
            report.answers, report.pieces = report.answers + len(batch), report.pieces + len(pieces)
            report.unchanged += len(pieces) - len(fresh)
            with engine.begin() as connection:
                for rows in _read(fresh, pool):
                    write_piece(connection, rows, READER_VERSION)
                    _count(report, rows)
                for answer in batch:
                    cut = {piece.place: sha256 for of, sha256, piece in pieces if of is answer}
                    received.cut(connection, answer, cut, READER_VERSION)
            known.update(fresh)
            done += len(batch)
    if waiting:
        with engine.begin() as connection:
            drop_unseen(connection, sources)
        progress("", len(waiting), len(waiting))
    return report


def shares_due(engine: Engine, sources: tuple[str, ...], most: int = 16) -> int:
    """Into how many shares what waits is worth splitting: one for every few million bytes."""
    size = sum(answer.stored.size for answer in CaptureStore(engine).uncut(READER_VERSION, sources))
    return max(1, min(most, -(-size // _POOL_FROM)))


def read_share(engine: Engine, archive: Archive, progress: Progress, sources: tuple[str, ...], share: int, shares: int) -> Read:
    """Read one share of the pieces that wait (of the titles of an edition, of the details of a list), told by their sha256.

    Only pieces are written. `extract` afterwards finds them read and says where they stand.
    """
    received, report = CaptureStore(engine), Read()
    waiting = list(received.uncut(READER_VERSION, sources))
    with engine.connect() as connection:
        known = known_pieces(connection, READER_VERSION)
    for batch in _batches(waiting):
        progress(f"{batch[0].source} {batch[0].request}", report.answers, len(waiting))
        cut = {piece_id(piece.source, piece.kind, piece.body): piece for answer in batch for piece in _pieces(answer, archive)}
        mine = {sha256: piece for sha256, piece in cut.items() if sha256 not in known and int(sha256[:8], 16) % shares == share - 1}
        with engine.begin() as connection:
            for rows in map(read_piece, mine.keys(), mine.values()):
                write_piece(connection, rows, READER_VERSION)
                _count(report, rows)
        known.update(mine)
        report.answers, report.pieces = report.answers + len(batch), report.pieces + len(mine)
    return report


def read_piece(sha256: str, piece: Piece) -> PieceRows:
    """Everything one piece says: its records, the clauses of its articles and the mentions of its procedures."""
    if piece.kind == _UNREADABLE:
        return PieceRows(sha256, piece.source, piece.kind, refusals=[("quarantined", piece.place, piece.body.decode())])
    parsed = reader_for(piece.source).parse(piece, Origin("", piece.place), UNDATED)
    heads = {observation.key: observation for observation in parsed.observations}
    clauses = [(at, clause) for at, article in enumerate(parsed.articles) for clause in _clauses(article, heads.get(article.key))]
    mentions = [
        (at, part, mention)
        for at, procedure in enumerate(parsed.procedures)
        for part, text in procedure.parts.items()
        for mention in find_mentions(text, part)
    ]
    refusals = [("quarantined", refused.place, refused.reason) for refused in parsed.refused]
    refusals += [("odd", odd.place, odd.reason) for odd in parsed.odd]
    refusals += [("declared_empty", place, "") for place in parsed.declared_empty]
    return PieceRows(sha256, piece.source, piece.kind, parsed.procedures, parsed.observations, parsed.articles, clauses, mentions, refusals)


def _clauses(article: Article, source: Observation | None) -> Iterator[dict[str, object]]:
    if not may_act(article.text):
        return
    if source:
        head = SourceHead(source.number, source.type, source.issued_on, source.effective_on, source.title)
    else:  # a provision tree holds articles only; whose they are is in the key
        type_, number = key_parts(article.key)
        head = SourceHead(number, type_)
    for clause in read_article(article.text, head):
        yield to_json(ClauseEffect, clause)


def _batches(waiting: list[AnswerRow]) -> Iterator[list[AnswerRow]]:
    """Answers to be written in one transaction: many small ones, or one large one."""
    batch: list[AnswerRow] = []
    for answer in waiting:
        if batch and (len(batch) >= _BATCH or sum(one.stored.size for one in batch) + answer.stored.size > _POOL_FROM):
            yield batch
            batch = []
        batch.append(answer)
    if batch:
        yield batch


def _pieces(answer: AnswerRow, archive: Archive) -> list[Piece]:
    received = Answer(Request(answer.request, ""), answer.status, answer.stored.media_type, archive.read(answer.stored))
    try:
        return list(reader_for(answer.source).pieces(received))
    except UnreadableError as error:
        return [Piece(answer.source, _UNREADABLE, answer.request, str(error).encode())]


def _pool(size: int) -> ProcessPoolExecutor | nullcontext[None]:
    workers = os.cpu_count() or 1
    return ProcessPoolExecutor(workers) if size >= _POOL_FROM and workers > 1 else nullcontext()


def _read(fresh: dict[str, Piece], pool: ProcessPoolExecutor | None) -> Iterator[PieceRows]:
    if pool is None or len(fresh) < 2:
        return map(read_piece, fresh.keys(), fresh.values())
    return pool.map(read_piece, fresh.keys(), fresh.values(), chunksize=4)


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
