"""Any file an office brings → pieces and records, its form told from what it holds. Shaped like `extractors.sources.source`:
`pieces` cuts a file into pieces that change alone, `parse` turns one into records, and only these two know the forms.

The forms, for users: docs/import.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from extractors.formats.extracted_text import FileFormat, UnreadableError
from extractors.formats.sniff import decode, sniff
from extractors.imports import document_files, procedure_lines, procedure_tables
from extractors.imports.import_options import FILE, RECORD, SCAN, split_told
from extractors.imports.jsonl import first_object, lines
from extractors.imports.posting_lines import is_posting_line
from extractors.sources.source import Parsed, Piece, Refused
from rasoat.records import Origin

PROCEDURES, DOCUMENTS = procedure_lines.SOURCE, document_files.SOURCE
_PARSERS: dict[str, Callable[[Piece, Origin, date], Parsed]] = {
    procedure_lines.CAPTURE: procedure_lines.parse_capture,
    procedure_lines.SHARED_PAGE: procedure_lines.parse_capture,
    procedure_tables.ROW: procedure_tables.parse_row,
    RECORD: document_files.parse_record,
    FILE: document_files.parse_file,
    SCAN: document_files.parse_file,
}

# What a line of JSON has to hold to be one of these.
_OF_A_PROCEDURE, _OF_A_DOCUMENT = frozenset({"code", "name"}), frozenset({"number", "text"})


def pieces(key: str, data: bytes) -> Iterator[Piece]:
    """The pieces of one file: one a line of JSONL, one a row of a table, one for any other file.

    `key` is the file's name (or its path in a folder) and what was told of it (`extractors.imports.import_options`): the name becomes the
    place of a whole-file piece and decides nothing else; with `scans` told, a scanned PDF is read by OCR.

    Raises:
        UnreadableError: a workbook or CSV that holds no list of procedures, JSONL of no known form. One line, Vietnamese first.
    """
    name, told = split_told(key)
    kind = sniff(data)
    if kind is FileFormat.XLSX:
        return procedure_tables.xlsx_pieces(data)
    if kind is FileFormat.TEXT:
        if (record := first_object(data, is_known_line)) is not None:
            return _jsonl(record, data)
        if procedure_tables.has_header(decode(data[:20_000])[0]):
            return procedure_tables.csv_pieces(data)
    return document_files.file_pieces(name, data, scans=told.scans)


def is_known_line(value: dict[str, object]) -> bool:
    """Whether a JSON object is a line of a file that is read."""
    return value.keys() >= _OF_A_PROCEDURE or value.keys() >= _OF_A_DOCUMENT or is_posting_line(value)


def _jsonl(record: dict[str, object], data: bytes) -> Iterator[Piece]:
    if record.keys() >= _OF_A_PROCEDURE:
        return procedure_lines.capture_pieces(data)
    if record.keys() >= _OF_A_DOCUMENT:
        return (Piece(DOCUMENTS, RECORD, f"line {number}", line) for number, line in lines(data))
    raise UnreadableError("lines.form", seen=", ".join(sorted(map(str, record))[:12]))


def parse(piece: Piece, origin: Origin, observed_on: date) -> Parsed:
    """The records of one piece, or the reason why there are none; never raises on what a piece holds.

    `observed_on` is used where the record itself does not say when it was captured.
    """
    parser = _PARSERS.get(piece.kind)
    if parser is None:
        return Parsed(refused=[Refused(piece.place, f"không có cách đọc “{piece.kind}” / no reader of this kind")])
    return parser(piece, origin, observed_on)
