"""Lists of procedures as tables: the portal's XLSX export, and an office's own XLSX or CSV.

Columns are told by their labels, wherever the header row stands: the export has a banner above it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

import orjson

from extractors.formats.extracted_text import UnreadableError
from extractors.formats.sniff import decode
from extractors.formats.xlsx import sheets
from extractors.imports.procedure_lines import SOURCE, listed, present, publisher_name, refusal
from extractors.sources.source import Parsed, Piece, Refused
from rasoat.records import Origin, Part, Procedure, PublicationDecision, SourceRank
from rasoat.vietnamese import fold, nfc, squeeze

ROW = "row"
_HEADER_ROWS = 30  # a banner may take several lines
_LABELS = {
    "code": ("ma so", "ma tthc", "ma thu tuc", "ma thu tuc hanh chinh", "ma so tthc", "code"),
    "name": ("ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh", "thu tuc hanh chinh", "name"),
    "publisher": ("co quan ban hanh", "co quan cong bo", "co quan cong khai", "publisher"),
    "executing": ("co quan thuc hien", "executing"),
    "field": ("linh vuc", "field"),
    "levels": ("cap thuc hien", "levels"),
    "audience": ("doi tuong", "doi tuong thuc hien", "audience"),
    "decision": ("qd cong bo", "so quyet dinh", "quyet dinh cong bo", "decision_number"),
    "state": ("tinh trang", "state"),
    "observed_on": ("ngay ghi nhan", "captured_on", "observed_on"),
    Part.STEPS: ("trinh tu thuc hien", "steps"),
    Part.METHODS: ("cach thuc thuc hien", "methods"),
    Part.DOSSIER: ("thanh phan ho so", "thanh phan, so luong ho so", "dossier"),
    Part.DURATION: ("thoi han giai quyet", "duration"),
    Part.AUTHORITY: ("co quan giai quyet", "co quan co tham quyen", "authority"),
    Part.FORMS: ("mau don, mau to khai", "mau don, to khai", "forms"),
    Part.RESULT: ("ket qua", "ket qua thuc hien", "ket qua xu ly", "result"),
    Part.REQUIREMENTS: ("yeu cau, dieu kien", "yeu cau, dieu kien thuc hien", "requirements"),
    Part.FEES: ("phi, le phi", "phi le phi", "fees"),
    Part.LEGAL_BASIS: ("can cu phap ly", "legal_basis"),
}
_COLUMNS = {label: str(column) for column, labels in _LABELS.items() for label in labels}


def xlsx_pieces(data: bytes) -> Iterator[Piece]:
    """One piece a row of every sheet that has a header of a list of procedures.

    Raises:
        UnreadableError: broken, or no sheet has such a header.
    """
    return _pieces((table.place, iter(table.rows)) for table in sheets(data))


def csv_pieces(data: bytes) -> Iterator[Piece]:
    """One piece a row of a CSV file with comma, semicolon or tab, in any encoding that `decode` knows.

    Raises:
        UnreadableError: no header of a list of procedures.
    """
    text, _ = decode(data)
    head = text[:4000].split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    return _pieces([("csv", _csv_rows(text, delimiter))])


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[str, ...]]:
    rows, last = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), 0
    try:
        for row in rows:  # strictly: an open quote would swallow the lines below it
            last = rows.line_num
            yield tuple(nfc(cell) for cell in row)
    except csv.Error as error:
        raise UnreadableError("csv.broken", line=last + 1, reason=str(error)) from error


def has_header(text: str) -> bool:
    """Whether the first line of a text names the columns of a list of procedures."""
    head = text.split("\n", 1)[0]
    return bool(_columns(tuple(head.split(max(",;\t", key=head.count)))))


def _pieces(tables: Iterable[tuple[str, Iterator[tuple[str, ...]]]]) -> Iterator[Piece]:
    """The rows below the header of each table that has one; a row is let go when its piece is made."""
    headed = False
    for place, rows in tables:
        columns = _header(rows)
        if columns is None:
            continue
        headed = True
        at, named = columns
        for index, row in enumerate(rows, at + 1):
            values = {name: row[column] for column, name in named.items() if column < len(row)}
            if any(value.strip() for value in values.values()):
                yield Piece(SOURCE, ROW, f"{place}!{index}", orjson.dumps(values, option=orjson.OPT_SORT_KEYS))
    if not headed:
        raise UnreadableError("table.no_header")


def _header(rows: Iterator[tuple[str, ...]]) -> tuple[int, dict[int, str]] | None:
    """The number of the header row, from 1, and its columns; the rows are read as far."""
    for number, row in enumerate(islice(rows, _HEADER_ROWS), 1):
        if columns := _columns(row):
            return number, columns
    return None


def _columns(row: tuple[str, ...]) -> dict[int, str] | None:
    columns = {index: name for index, cell in enumerate(row) if (name := _COLUMNS.get(fold(cell).strip('"')))}
    return columns if {"code", "name"} <= set(columns.values()) else None


def parse_row(piece: Piece, origin: Origin, observed_on: date) -> Parsed:
    """One row → a procedure of an office's table; `missing` says "detail" where the table holds no part of it."""
    row: dict[str, str] = orjson.loads(piece.body)
    code, name = squeeze(row.get("code", "")), squeeze(row.get("name", ""))
    if not code or not name:
        return Parsed(refused=[Refused(piece.place, "dòng thiếu mã hoặc tên thủ tục / a row without code or name")])
    if refused := refusal(code, piece.place):
        return Parsed(refused=[refused])
    parts = {part: text for part in Part if (text := present(row.get(str(part), "").strip()))}
    detail = parts.keys() - {Part.NAME, Part.AUDIENCE}
    decision = squeeze(present(row.get("decision", "")))
    procedure = Procedure(
        code=code,
        name=name,
        source=SOURCE,
        source_rank=SourceRank.OFFICE_TABLE,
        observed_on=_day(row.get("observed_on", "")) or observed_on,
        origin=Origin(origin.capture, piece.place),
        parts=parts,
        decision=PublicationDecision(decision) if decision else None,
        levels=listed(row.get("levels", "")),
        fields=tuple(filter(None, [squeeze(row.get("field", ""))])),
        publisher=publisher_name(row.get("publisher", "")),
        executing=tuple(dict.fromkeys(squeeze(line) for line in row.get("executing", "").split("\n") if line.strip())),
        audience=listed(row.get("audience", "")),
        state=squeeze(row.get("state", "")) or None,
        missing=() if detail else ("detail",),
    )
    return Parsed(procedures=[procedure])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
