"""Fills a home: answers into the archive, and by the store's own writers what the readers make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TypeVar

import orjson

from extractors.effects import ClauseEffect
from extractors.imports.office_files import Holds, OfficeFile
from extractors.imports.procedure_lines import CAPTURE
from extractors.imports.procedure_lines import SOURCE as PROCEDURES
from extractors.readers import IMPORTED, POSTED, READER_VERSION, reader_for
from extractors.sources.source import Answer, Piece, Request
from pipeline.inbox import take_in
from pipeline.piece_reading import read_piece
from rasoat.codec import to_json
from rasoat.progress import Progress, unseen
from rasoat.records import Article, KnownFrom, Observation, Origin, Tier
from rasoat.records.postings import Announcement, Look, Posting
from rasoat.store.capture_store import AnswerRow, CaptureStore, Recorder
from rasoat.store.extracted import UNDATED, PieceRows, piece_id, write_pieces
from rasoat.warc_records import Account
from rasoat.workspace import Workspace

from .dossiers import codes, dossiers
from .drawn import Drawn
from .editions import EDITIONS, FILE, packed, standing
from .fates import Fates, fates
from .papers import TODAY, Library, Paper, papers
from .posted_lists import ProvinceFile, posted_lists
from .wording import Worded, worded

StatedRecord = TypeVar("StatedRecord", Announcement, Posting, Look)
_BASE = {"vbpl": "https://vbpl-bientap-gateway.moj.gov.vn/api/qtdc/public/doc", "phapdien": "https://phapdien.moj.gov.vn"}
_DETAIL = "$.data"
_BATCH = 1_000  # documents of one transaction
_SILENT, _WRONG = 0.12, 0.015  # of the documents bear no badge of their publisher, or the wrong one
_IN_FORCE, _ENDED = "Còn hiệu lực", "Hết hiệu lực toàn bộ"
_JSON = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything there is."""

    documents: int = 173_000
    effects: int = 1_000_000
    procedures: int = 10_000
    postings: int = 1_500_000

    def times(self, scale: float) -> Size:
        """A country as much smaller; its units stay as they are."""
        return Size(*(max(20, round(many * scale)) for many in (self.documents, self.effects, self.procedures, self.postings)))


class CountryHome:
    """A workspace that a generated country is written into."""

    def __init__(self, work: Workspace, size: Size, seed: int) -> None:
        self._work, self._size, self._seed = work, size, seed
        self._dice = Random(seed)  # noqa: S311 - the same country for the same seed, no secret
        self._drawn = Drawn(seed)
        self._library = Library(papers(size.documents, self._dice))
        self._told = fates(self._library, size.effects, self._dice)
        self._scale = size.documents / Size().documents

    @property
    def told(self) -> Fates:
        """What the documents do to each other."""
        return self._told

    def documents(self, progress: Progress) -> None:
        """The national database of documents, one answer each, and both editions of the codified law."""
        stands = standing(self._library, self._told, self._scale, self._dice)
        codified = {paper.at for titles in stands.values() for some in titles.values() for paper in some}
        kept: dict[int, Worded] = {}
        recorder, received = Recorder(self._work.engine, "vbpl", TODAY), CaptureStore(self._work.engine)
        batch: list[tuple[AnswerRow, PieceRows]] = []
        for paper in self._library.papers:
            words = worded(paper, self._told, self._drawn)
            if paper.at in codified:
                kept[paper.at] = words
            batch.append(self._detail(paper, words, recorder))
            if len(batch) == _BATCH or paper.at == len(self._library.papers) - 1:
                self._work.archive.flush()
                recorder.flush()
                self._write(received, batch)
                batch = []
                progress(paper.number, paper.at + 1, len(self._library.papers))
        for day in EDITIONS:
            self._edition(day, packed(stands[day], kept, day))
            progress(FILE, 0, 0)

    def _detail(self, paper: Paper, words: Worded, recorder: Recorder) -> tuple[AnswerRow, PieceRows]:
        claimed = self._claimed(paper)
        body = orjson.dumps({"success": True, "data": _detail_of(paper, words, claimed)})
        answer = self._keep(recorder, "vbpl", TODAY, f"detail/{_id_of(paper)}", body, _JSON, paper.at)
        return answer, _rows_of(paper, words, claimed, body)

    def _claimed(self, paper: Paper) -> str | None:
        """The publisher's badge."""
        ended = self._told.ended.get(paper.at, date.max) <= TODAY
        chance = self._dice.random()
        if chance < _SILENT:
            return None
        return _ENDED if ended != (chance > 1 - _WRONG) else _IN_FORCE

    def _keep(
        self, recorder: Recorder, source: str, day: date, request: str, body: bytes, headers: dict[str, str], at: int = 0
    ) -> AnswerRow:
        """Bytes into the archive, and who gave them; each answer came a moment after the one before."""
        moment = datetime.combine(day, time(1), UTC) + timedelta(milliseconds=at)
        url = f"{_BASE[source]}/{request.removeprefix('detail/')}" if source in _BASE else f"file:///{request}"
        stored = self._work.archive.put(Account(source, request, url, 200, moment, day), headers, body)
        recorder.record(request, url, 200, stored, moment)
        return AnswerRow(source, request, day, 200, url, stored)

    def _write(self, received: CaptureStore, batch: Sequence[tuple[AnswerRow, PieceRows]]) -> None:
        with self._work.engine.begin() as connection:
            write_pieces(connection, [rows for _, rows in batch], READER_VERSION)
            for answer, rows in batch:
                received.cut(connection, answer, {rows.place: rows.piece}, READER_VERSION)

    def _edition(self, day: date, body: bytes) -> None:
        recorder = Recorder(self._work.engine, "phapdien", day)
        answer = self._keep(recorder, "phapdien", day, FILE, body, {"content-type": "application/zip"})
        self._work.archive.flush()
        recorder.flush()
        cut = list(reader_for("phapdien").pieces(Answer(Request(FILE, ""), 200, "application/zip", body)))
        self._read(answer, cut, unseen)

    def procedures(self, progress: Progress) -> None:
        """The procedures, as one file that an office handed over."""
        lines = list(dossiers(self._size.procedures, self._library, self._told, self._drawn))
        recorder = Recorder(self._work.engine, IMPORTED, TODAY)
        answer = self._keep(recorder, IMPORTED, TODAY, "thu-tuc.jsonl", b"\n".join(lines) + b"\n", {})
        self._work.archive.flush()
        recorder.flush()
        self._read(answer, [Piece(PROCEDURES, CAPTURE, f"line {n}", line) for n, line in enumerate(lines, 1)], progress)

    def _read(self, answer: AnswerRow, cut: Sequence[Piece], progress: Progress) -> None:
        """Pieces read by the readers themselves."""
        places: dict[str, str] = {}
        with self._work.engine.begin() as connection:
            for done, piece in enumerate(cut, 1):
                identity = piece_id(piece.source, piece.kind, piece.body)
                places[piece.place] = identity
                write_pieces(connection, [read_piece(identity, piece)], READER_VERSION)
                if done % 100 == 0 or done == len(cut):
                    progress(piece.place, done, len(cut))
            CaptureStore(self._work.engine).cut(connection, answer, places, READER_VERSION)

    def postings(self, progress: Progress) -> None:
        """What is announced and posted, a file of each province, through the step that takes such files in."""
        recorder = Recorder(self._work.engine, POSTED, TODAY)
        for done, made in enumerate(posted_lists(codes(self._size.procedures), self._size.postings, self._dice), 1):
            answer = self._keep(recorder, POSTED, TODAY, made.name, made.body, {}, done)
            self._work.archive.flush()
            recorder.flush()
            known = {f"{made.name}\n{answer.stored.sha256}": _office_file(made, answer.stored.sha256)}
            take_in(self._work.engine, self._work.archive, unseen, known)
            progress(made.name, done, 34)


def _id_of(paper: Paper) -> str:
    return f"{100_000 + paper.at}"


def _detail_of(paper: Paper, words: Worded, claimed: str | None) -> dict[str, object]:
    """The publisher's own fields."""
    return {
        "id": _id_of(paper),
        "docNum": paper.number,
        "title": words.title,
        "docType": {"name": paper.type},
        "agencyName": paper.issuer,
        "issueDate": paper.issued_on.isoformat(),
        "effFrom": paper.effective_on.isoformat(),
        **({"effStatus": {"name": claimed}} if claimed else {}),
        "documentContent": {"content": _markup(paper, words)},
    }


def _markup(paper: Paper, words: Worded) -> str:
    lines = [
        paper.issuer.upper(),
        f"Số: {paper.number}",
        f"ngày {paper.issued_on.day:02} tháng {paper.issued_on.month:02} năm {paper.issued_on.year}",
    ]
    lines += [paper.type.upper(), words.title]
    for n, (heading, text) in enumerate(words.articles, 1):
        lines += [f"Điều {n}. {heading}", *text.split("\n")]
    return "".join(f"<p>{line}</p>" for line in lines)


def _rows_of(paper: Paper, words: Worded, claimed: str | None, body: bytes) -> PieceRows:
    """What the reader of such an answer finds in it."""
    key, origin = paper.key, Origin("", _DETAIL)
    said = Observation(
        key, paper.number, paper.type, "vbpl", UNDATED, origin, KnownFrom.TEXT, paper.issuer, words.title, paper.issued_on,
        paper.effective_on, claimed, publisher_id=_id_of(paper),
    )  # fmt: skip
    articles = [
        Article(key, f"dieu-{n}", heading, text, "vbpl", UNDATED, Tier.A, replace(origin, place=f"{_DETAIL} dieu-{n}"), order=n)
        for n, (heading, text) in enumerate(words.articles, 1)
    ]
    clauses = [(len(articles) - 1, to_json(ClauseEffect, clause)) for clause in words.clauses]
    piece = piece_id("vbpl", "detail", body)
    return PieceRows(piece, "vbpl", "detail", observations=[said], articles=articles, clauses=clauses, place=_DETAIL)


def _office_file(made: ProvinceFile, sha256: str) -> OfficeFile:
    """A province's file as a reader of lines gives it."""
    file = OfficeFile(Holds.LINES)
    file.announcements += _of_capture(made.announcements, sha256)
    file.postings += _of_capture(made.postings, sha256)
    file.looks += _of_capture(made.looks, sha256)
    return file


def _of_capture(records: Iterable[StatedRecord], sha256: str) -> Iterator[StatedRecord]:
    for one in records:
        yield replace(one, origin=replace(one.origin, capture=sha256))
