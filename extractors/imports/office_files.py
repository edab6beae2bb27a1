"""What an office handed over beside its documents: a form, lines, a decision, a posted list. Told apart by what they hold, and read."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from extractors.apart import Errand
from extractors.formats.extracted_text import FileFormat, TextFrom
from extractors.formats.sniff import decode, sniff
from extractors.imports.filled_form import is_form, read_filled
from extractors.imports.form_sheet import FormProblem
from extractors.imports.jsonl import first_object
from extractors.imports.posting_lines import is_posting_line, read_lines
from extractors.imports.procedure_tables import has_header
from extractors.imports.recognition import is_known_line
from extractors.postings.code_catalogue import Catalogue
from extractors.postings.records import FileKind, FileReading, TakenFor
from rasoat.progress import Progress, unseen
from rasoat.records.postings import Announcement, Look, Posting, Reception, Regulation
from rasoat.units import country

POSTED_FILE = Errand("extractors.imports.office_files:read_posted", "extractors.postings.records:FileReading", tells=True)
OFFICE_FILE = Errand("extractors.imports.office_files:open_office_file", "extractors.imports.office_files:OfficeFile", tells=True)
_HEAD = 20_000  # bytes within which a table names its columns


class Holds(StrEnum):
    """What a file is to whoever imports it."""

    FORM = "form"
    LINES = "lines"
    TABLE = "table"  # a workbook or CSV that may be a table of procedures: not read here
    OTHER = "other"  # anything else: `reading` says what


@dataclass(slots=True)
class OfficeFile:
    """A file as opened: its records where it states them itself, its `reading` where it is a published file, and what was not read."""

    holds: Holds
    announcements: list[Announcement] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    receptions: list[Reception] = field(default_factory=list)
    regulations: list[Regulation] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    reading: FileReading | None = None


def open_office_file(name: str, data: bytes, catalogue: bytes | None, scans: bool, tables: bool, progress: Progress = unseen) -> OfficeFile:
    """Read a file as what it holds. `catalogue` is `handed(…)`; with `tables` a table is read as a published file, else
    left to the readers of procedures. Never raises on what a file holds."""
    kind = sniff(data)
    if kind is FileFormat.XLSX and is_form(data):
        return _form(data)
    if kind is FileFormat.TEXT and is_posting_line(first_object(data, is_known_line)):
        return _lines(data)
    if not tables and (kind is FileFormat.XLSX or (kind is FileFormat.TEXT and has_header(decode(data[:_HEAD])[0]))):
        return OfficeFile(Holds.TABLE)
    return OfficeFile(Holds.OTHER, reading=read_posted(name, data, catalogue, scans, progress))


def read_posted(name: str, data: bytes, catalogue: bytes | None, scans: bool, progress: Progress = unseen) -> FileReading:
    """A published file as read; `catalogue` is `handed(…)`."""
    from extractors.postings import read_file  # what reads pictures and PDFs is loaded where they are read

    return read_file(name, data, _catalogue(catalogue) if catalogue else None, scans=scans, progress=progress)


def unreadable_file(name: str, reason: str) -> FileReading:
    """A file that cannot be read at all, as a reading that says why."""
    return FileReading(name, FileKind.OTHER, TextFrom.NONE, problems=(reason,), taken_for=TakenFor.UNREADABLE)


def handed(catalogue: Catalogue | None) -> bytes | None:
    """A catalogue as it is handed to another process."""
    return pickle.dumps(catalogue) if catalogue is not None else None


@lru_cache(1)
def _catalogue(packed: bytes) -> Catalogue:
    known: Catalogue = pickle.loads(packed)  # noqa: S301 - `handed` to us by the process that started us
    return known


def _form(data: bytes) -> OfficeFile:
    try:
        filled = read_filled(data)
    except FormProblem as problem:
        return OfficeFile(Holds.FORM, problems=[str(problem)])
    return OfficeFile(Holds.FORM, postings=filled.postings, looks=filled.looks, problems=filled.problems)


def _lines(data: bytes) -> OfficeFile:
    units = country()
    read = read_lines(data, lambda name: units.find(name).id)
    file = OfficeFile(Holds.LINES, problems=read.problems)
    for record in read.records:
        match record:
            case Announcement():
                file.announcements.append(record)
            case Posting():
                file.postings.append(record)
            case Look():
                file.looks.append(record)
            case Reception():
                file.receptions.append(record)
            case Regulation():
                file.regulations.append(record)
    return file
