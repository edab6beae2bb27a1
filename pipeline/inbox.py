"""`rasoat import` of what is public: files told apart, archived under their own source, read from there into the store.

Forms of inspectors, lines of an office, publication decisions and posted lists are kept as source `import:postings`; every other
file stays with the readers of documents and procedures. A file that was read is one piece with the reasons for what was not taken,
so a new version of the readers reads it again, and a run killed half-way and started again ends in the same rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import InterfaceError, OperationalError

from extractors.apart import kept
from extractors.formats.extracted_text import TextFrom
from extractors.imports.import_options import ImportOptions, split_told
from extractors.imports.office_files import OFFICE_FILE, Holds, OfficeFile, handed
from extractors.postings.code_catalogue import Catalogue
from extractors.postings.records import FileKind, FileReading
from extractors.readers import IMPORTED, POSTED, READER_VERSION
from pipeline.import_files import Misplaced
from pipeline.read_archive import damaged_answer
from rasoat.archive import Archive, Damaged
from rasoat.faults import say_fault
from rasoat.progress import Progress
from rasoat.records.postings import Act, Announcement, Channel, Look, Posting, Reception, Regulation
from rasoat.run_report import Read
from rasoat.store.capture_store import AnswerRow, CaptureStore
from rasoat.store.extracted import PieceRows, piece_id, write_piece
from rasoat.store.schema import announcements, procedures
from rasoat.store.stored_postings import (
    forget_capture,
    write_announcements,
    write_looks,
    write_postings,
    write_receptions,
    write_regulations,
)
from rasoat.trouble import Trouble
from rasoat.units import Units, country
from rasoat.words import CHANNEL
from validators.coverage.file_sightings import SeenAt, announced, seen

_PIECE = "posting_file"
_REASONS = 3  # told of a look that is not complete; the others are told line by line


@dataclass(slots=True)
class Taken:
    """What one file gave: its records, and a line for each thing that was not taken."""

    announcements: list[Announcement] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    receptions: list[Reception] = field(default_factory=list)
    regulations: list[Regulation] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Placing:
    """Says under which source a file is kept. What it had to read to know that is remembered, so that no scan is read twice."""

    def __init__(self, engine: Engine, told: ImportOptions, progress: Progress) -> None:
        self._told, self._progress = told, progress
        self._catalogue, self._received = known_names(engine), CaptureStore(engine)
        self._handed = handed(self._catalogue)
        self.opened: dict[str, OfficeFile] = {}

    def __call__(self, name: str, data: bytes) -> tuple[str, str]:
        """(source, name there).

        Raises:
            Misplaced: the file shows what is posted, but not where; or it is told to be a list and holds none.
        """
        place = bool(self._told.unit and self._told.channel)
        if before := self._placed_before(name, data, place):
            return before
        told = self._told
        try:
            file = kept().first.ask(OFFICE_FILE, name, data, self._handed, told.scans, place, progress=self._progress)
        except Trouble as trouble:  # what no reader can open is kept with what is public, and says so there
            file = OfficeFile(Holds.OTHER, problems=[str(trouble)])
            return self._kept((told if place else ImportOptions(unit=told.unit, scans=told.scans)).beside(name), data, file)
        if file.holds in (Holds.FORM, Holds.LINES):
            return self._kept(name, data, file)
        if file.reading is None:
            return IMPORTED, name  # a table of procedures, unless somebody says that it hangs on a wall
        return self._published(name, data, file, file.reading)

    def _published(self, name: str, data: bytes, file: OfficeFile, reading: FileReading) -> tuple[str, str]:
        told, place = self._told, bool(self._told.unit and self._told.channel)
        if reading.kind is FileKind.PUBLICATION_DECISION:
            return self._kept(ImportOptions(unit=told.unit, scans=told.scans).beside(name), data, file)
        if reading.kind is FileKind.POSTED_LIST:
            if not place:
                raise Misplaced("import.no_place", file=name)
            return self._kept(told.beside(name), data, file)
        if place:
            scan = reading.text_from is TextFrom.NONE and not told.scans
            raise Misplaced("import.scanned_list" if scan else "import.no_list", file=name)
        return IMPORTED, ImportOptions(scans=told.scans).beside(name)

    def _placed_before(self, name: str, data: bytes, place: bool) -> tuple[str, str] | None:
        """Where the same bytes under the same name and words were kept, if they were read: they need not be read to be placed."""
        told, sha256 = self._told, hashlib.sha256(data).hexdigest()
        plain, of_unit = ImportOptions(scans=told.scans).beside(name), ImportOptions(unit=told.unit, scans=told.scans).beside(name)
        kept = [(POSTED, told.beside(name)), (POSTED, of_unit)] if place else [(POSTED, of_unit), (IMPORTED, plain)]
        known = self._received.cut_before(sha256, READER_VERSION)
        return next((one for one in kept if one in known), None)

    def _kept(self, key: str, data: bytes, file: OfficeFile) -> tuple[str, str]:
        self.opened[_identity(key, hashlib.sha256(data).hexdigest())] = file
        return POSTED, key


def known_names(engine: Engine) -> Catalogue | None:
    """The names of all codes known so far: the catalogue's and the decisions', those of abolished procedures among them."""
    with engine.connect() as connection:
        names = {data["procedure"]: data["name"] for data in connection.scalars(select(announcements.c.data)) if data.get("name")}
        rows = connection.execute(select(procedures.c.code, procedures.c.name).order_by(procedures.c.rank.desc(), procedures.c.piece))
        names |= {row.code: row.name for row in rows}
    return Catalogue(names) if names else None


def take_in(engine: Engine, archive: Archive, progress: Progress, known: Mapping[str, OfficeFile] | None = None) -> Read:
    """Read every archived file of this kind that this version of the readers has not read; what each gave is counted.

    A file whose archived bytes are damaged is named and stays unread; one that no reader foresaw is set aside with its reason.
    """
    received, report = CaptureStore(engine), Read()
    waiting = list(received.uncut(READER_VERSION, (POSTED,)))
    opened = known or {}
    for done, answer in enumerate(waiting):
        progress(answer.request, done, len(waiting))
        file = opened.get(_identity(answer.request, answer.stored.sha256))
        try:
            data = archive.read(answer.stored)
        except Damaged as damage:
            report.damaged.append(damaged_answer(answer, damage))
            continue
        taken = _written(engine, received, answer, _taken(answer, data, known_names(engine), file))
        _count(report, split_told(answer.request)[0].rpartition("/")[2], taken)
    return report


def _identity(key: str, sha256: str) -> str:
    return f"{key}\n{sha256}"


def _taken(answer: AnswerRow, data: bytes, names: Catalogue | None, known: OfficeFile | None) -> Taken:
    """What a file gives. Never raises: a fault that no reader foresaw is its one problem."""
    try:
        taken = _read(answer, data, names, known)
        taken.problems += _open_looks(taken.looks, country())
        return taken
    except Exception as error:
        return Taken(problems=[say_fault(error)])


def _written(engine: Engine, received: CaptureStore, answer: AnswerRow, taken: Taken) -> Taken:
    """Write what a file gave; where the store cannot hold it, that it could not. What was written in the end."""
    try:
        with engine.begin() as connection:
            _store(connection, received, answer, taken)
        return taken
    except (OperationalError, InterfaceError):  # the database is what failed, not what it was given
        raise
    except Exception as error:
        refused = Taken(problems=[say_fault(error)])
        with engine.begin() as connection:
            _store(connection, received, answer, refused)
        return refused


def _read(answer: AnswerRow, data: bytes, names: Catalogue | None, known: OfficeFile | None) -> Taken:
    name, told = split_told(answer.request)
    sha256, units = answer.stored.sha256, country()
    file = known or kept().first.ask(OFFICE_FILE, name, data, handed(names), told.scans, True)
    if file.reading is None:
        return _form(file, units, answer.observed_on) if file.holds is Holds.FORM else _stated(file)
    reading = file.reading
    if reading.kind is FileKind.POSTED_LIST and told.unit and told.channel:
        place = SeenAt(told.unit, Channel(told.channel), told.seen_on or answer.observed_on, told.complete)
        found = seen(reading, place, sha256, names or Catalogue({}))
        return Taken(postings=found.postings, looks=found.looks, problems=[*reading.problems, *found.doubts])
    told_by = announced(reading, units, sha256, told.unit)
    return Taken(announcements=told_by.announcements, problems=[*reading.problems, *told_by.doubts])


def _stated(file: OfficeFile) -> Taken:
    """The records that a file states itself, as they stand."""
    return Taken(file.announcements, file.postings, file.looks, file.receptions, file.regulations, file.problems)


def _form(file: OfficeFile, units: Units, received_on: date) -> Taken:
    named = {one.unit for one in file.postings} | {one.unit for one in file.looks}
    unknown = sorted(unit for unit in named if unit not in units)
    if unknown:
        return Taken(problems=[str(Trouble("form.unit", units=", ".join(unknown)))])
    later = next((look.observed_on for look in file.looks if look.observed_on > received_on), None)
    remarks = [f"ngày kiểm tra {later:%d/%m/%Y} ở sau ngày nạp {received_on:%d/%m/%Y}; chỉ tính từ ngày ấy, xem lại ngày"] if later else []
    return Taken(postings=file.postings, looks=file.looks, problems=file.problems, remarks=remarks)


def _open_looks(looks: list[Look], units: Units) -> list[str]:
    """A line for each look that was to be complete and is not, with what stayed unread."""
    return [
        str(
            Trouble(
                "look.open", place=f"{units.name(look.unit)}, {CHANNEL[look.channel]}", day=f"{look.observed_on:%d/%m/%Y}",
                reasons="; ".join(look.unread[:_REASONS]) + ("; …" if len(look.unread) > _REASONS else ""),
            )
        )
        for look in looks
        if look.unread
    ]  # fmt: skip


def _store(connection: Connection, received: CaptureStore, answer: AnswerRow, taken: Taken) -> None:
    _, told = split_told(answer.request)
    forget_capture(connection, answer.stored.sha256, told.unit)
    given = write_announcements(connection, taken.announcements, answer.observed_on)
    given += write_postings(connection, taken.postings)
    given += write_looks(connection, taken.looks)
    given += write_receptions(connection, taken.receptions)
    given += write_regulations(connection, taken.regulations)
    piece = piece_id(POSTED, _PIECE, _identity(answer.request, answer.stored.sha256).encode())
    refusals = [("quarantined", answer.request, problem) for problem in taken.problems]
    if not given and not refusals:
        refusals = [("declared_empty", answer.request, "")]
    write_piece(connection, PieceRows(piece, POSTED, _PIECE, refusals=refusals, elsewhere=given), READER_VERSION)
    received.cut(connection, answer, {"$": piece}, READER_VERSION)


def _count(report: Read, name: str, taken: Taken) -> None:
    report.answers, report.pieces = report.answers + 1, report.pieces + 1
    report.loaded.update(
        announcements=sum(one.act is not Act.UNREAD for one in taken.announcements), postings=len(taken.postings), looks=len(taken.looks),
        receptions=len(taken.receptions), regulations=len(taken.regulations),
    )  # fmt: skip
    report.doubts += [problem if problem.startswith(f"{name}") else f"{name}: {problem}" for problem in taken.problems]
    report.odd.update(f"{name}: {remark}" for remark in taken.remarks)
    report.declared_empty += not any(
        [taken.announcements, taken.postings, taken.looks, taken.receptions, taken.regulations, taken.problems]
    )
