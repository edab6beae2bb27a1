"""Any file of an office → `ExtractedText`. The one door: it never raises on what a file holds."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from extractors.formats.bounds import FILE_LIMIT
from extractors.formats.doc import read_doc
from extractors.formats.docx import read_docx
from extractors.formats.extracted_text import ExtractedText, FileFormat, TextFrom, UnreadableError
from extractors.formats.html import read_html
from extractors.formats.pdf import read_pdf
from extractors.formats.sniff import decode, sniff
from extractors.formats.xlsx import read_xlsx

_READERS = {
    FileFormat.PDF: read_pdf,
    FileFormat.DOCX: read_docx,
    FileFormat.XLSX: read_xlsx,
    FileFormat.HTML: read_html,
    FileFormat.DOC: read_doc,
}
_REASONS = {
    FileFormat.EMPTY: "Tệp trống / the file is empty",
    FileFormat.ZIP: "Tệp nén, không phải văn bản Word hay Excel / an archive, neither Word nor Excel",
    FileFormat.OLE: "Tệp Office cũ không phải Word hay Excel / an old Office file, neither Word nor Excel",
    FileFormat.XLS: "Tệp Excel cũ (.xls): hãy lưu lại thành .xlsx / old Excel, save it as .xlsx",
    FileFormat.IMAGE: "Tệp ảnh: cần nhận dạng chữ (OCR) / a picture, needs OCR",
    FileFormat.UNKNOWN: "Không nhận ra loại tệp / unknown kind of file",
}
_EXTENSIONS = {
    ".pdf": {FileFormat.PDF}, ".docx": {FileFormat.DOCX}, ".xlsx": {FileFormat.XLSX}, ".doc": {FileFormat.DOC}, ".xls": {FileFormat.XLS}, ".rtf": {FileFormat.RTF},
    ".htm": {FileFormat.HTML}, ".html": {FileFormat.HTML}, ".txt": {FileFormat.TEXT},
}  # fmt: skip


def read_bytes(name: str, data: bytes) -> ExtractedText:
    """What a file holds, its kind taken from its bytes. `name` only serves to say where it disagrees with them.

    Never raises on hostile input: what cannot be read comes back with no text and its reason in `problems`.
    """
    if len(data) > FILE_LIMIT:
        return ExtractedText(FileFormat.UNKNOWN, problems=(f"Tệp quá lớn ({len(data):,} byte) / file past the limit",))
    kind = sniff(data)
    misnamed = _misnamed(name, kind)
    try:
        reading = _read(kind, data)
    except UnreadableError as error:
        return ExtractedText(kind, problems=(*misnamed, str(error)), misnamed=bool(misnamed))
    except (RecursionError, MemoryError):
        return ExtractedText(
            kind, problems=(*misnamed, "Tệp lồng quá sâu hoặc quá lớn, không đọc / too deep or too large"), misnamed=bool(misnamed)
        )
    return replace(reading, problems=(*misnamed, *reading.problems), misnamed=bool(misnamed))


def _read(kind: FileFormat, data: bytes) -> ExtractedText:
    if kind in _READERS:
        return _READERS[kind](data)
    if kind is FileFormat.RTF:
        return read_doc(data, FileFormat.RTF)
    if kind is FileFormat.TEXT:
        return _text(data)
    return ExtractedText(kind, problems=(_REASONS[kind],), unread=(_REASONS[kind],))


def _text(data: bytes) -> ExtractedText:
    text, encoding = decode(data)
    problems = []
    if encoding != "utf-8":
        problems.append(f"Chữ theo bảng mã {encoding}, đã đổi sang Unicode / decoded from {encoding}")
    if lost := text.count("\ufffd"):
        problems.append(f"{lost} ký tự hỏng / damaged characters")
    found = TextFrom.TEXT_LAYER if text.strip() else TextFrom.NONE
    return ExtractedText(FileFormat.TEXT, text, found, (), tuple(problems), unread=tuple(problems[-1:] if lost else ()))


def _misnamed(name: str, kind: FileFormat) -> tuple[str, ...]:
    suffix = PurePath(re.sub(r"[\x00/\\]", "_", name)).suffix.lower()
    expected = _EXTENSIONS.get(suffix)
    if expected is None or kind in expected or kind is FileFormat.EMPTY:
        return ()
    return (f"Tên tệp ghi {suffix} nhưng nội dung là {kind.value} / named {suffix}, holds {kind.value}",)
