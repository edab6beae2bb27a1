"""Old Word (.doc) and RTF → text: antiword first (keeps tables), LibreOffice where it refuses; catdoc is not used,
it brings back deleted text and loses tables."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from html import unescape
from pathlib import Path

from extractors.formats.docx import read_docx
from extractors.formats.extracted_text import ExtractedText, FileFormat, TextFrom, UnreadableError
from extractors.formats.programs import installed, run
from extractors.formats.raised_marks import CONTEXT, marks_left_out, without_mark
from extractors.formats.sniff import decode

SECONDS = 90
_OLD = "in.doc"
# Control words of RTF for letters that are raised, hidden or struck.
_SHOWN_OTHERWISE = re.compile(rb"\\(?:super|up[1-9]\d*|v|strike|striked1)(?![a-z0-9])")
_RAISED = re.compile(r"(?P<before>[^<>]{0,40}(?:</?emphasis[^<>]*>[^<>]{0,40})?)<superscript>(?P<raised>[^<>]{1,12})</superscript>")
_TAG = re.compile(r"<[^<>]*>")
_NESTED = 500
_BINARY = re.compile(rb"\\bin(\d+)")
_BRACE = re.compile(rb"[{}]")


def read_doc(data: bytes, kind: FileFormat = FileFormat.DOC) -> ExtractedText:
    """The text of an old Word or RTF file; a table row is one line whose cells are parted by "|" (as antiword draws them).

    Where LibreOffice reads it, and letters are raised, hidden or struck, it is read by way of DOCX, which keeps them apart; its cells are
    parted by tabs then.

    Raises:
        UnreadableError: neither program is installed, or neither can read the file.
    """
    if kind is FileFormat.RTF and _too_deep(data):
        raise UnreadableError("word.deep")
    if kind is FileFormat.RTF and any(int(found[1][:12]) > len(data) for found in _BINARY.finditer(data)):
        raise UnreadableError("word.longer")
    refused = []
    with tempfile.TemporaryDirectory(prefix="rasoat-doc-") as name:
        folder = Path(name)
        for reader in (_antiword, _libreoffice):
            if reader is _antiword and kind is not FileFormat.DOC:
                continue
            try:
                if reader is _libreoffice and (shown := _as_shown(data, folder, kind)) is not None:
                    return shown
                text = reader(data, folder, kind)
            except UnreadableError as error:
                refused.append(str(error))
                continue
            if text is not None and text.strip():
                text, marks = _without_marks(text, folder) if reader is _antiword else (text, 0)
                problems = (marks_left_out(marks),) if marks else ()
                return ExtractedText(kind, text.strip("\n"), TextFrom.TEXT_LAYER, (), problems)
            if text is not None:
                refused.append("không có chữ / no text")
    if refused:
        raise UnreadableError("word.refused", reasons="; ".join(refused))
    raise UnreadableError("word.no_program")


def _too_deep(rich: bytes) -> bool:
    """Whether groups of an RTF file lie in one another deeper than any writer nests them: LibreOffice takes memory for each."""
    depth = 0
    for brace in _BRACE.finditer(rich):
        depth += 1 if brace[0] == b"{" else -1
        if depth > _NESTED:
            return True
    return False


def _antiword(data: bytes, folder: Path, kind: FileFormat) -> str | None:
    program = installed("antiword")
    if program is None:
        return None
    path = folder / _OLD
    path.write_bytes(data)
    # -w 0: one paragraph a line, so that an article's heading is not cut in two.
    return decode(run([program, "-m", "UTF-8.txt", "-w", "0", str(path)], folder, SECONDS))[0]


def _without_marks(text: str, folder: Path) -> tuple[str, int]:
    """The text without raised note marks, and how many there were: antiword's DocBook output tells which letters are raised."""
    try:
        book = decode(run([installed("antiword") or "", "-x", "db", str(folder / _OLD)], folder, SECONDS))[0]
    except UnreadableError:
        return text, 0
    marks, at = 0, 0
    for found in _RAISED.finditer(book):
        before, raised = unescape(_TAG.sub("", found["before"])), unescape(found["raised"])
        place = text.find(before + raised, at)
        if place < 0:
            continue
        begin = place + len(before)
        shown = without_mark(text[max(begin - CONTEXT, 0) : begin], raised)
        marks += bool(raised.strip()) and not shown.strip()
        text, at = text[:begin] + shown + text[begin + len(raised) :], begin + len(shown)
    return text, marks


def _as_shown(data: bytes, folder: Path, kind: FileFormat) -> ExtractedText | None:
    """The file by way of DOCX where some of its letters are raised, hidden or struck; None where none are."""
    if kind is FileFormat.RTF and not _SHOWN_OTHERWISE.search(data):
        return None
    converted = _converted(data, folder, kind, "docx")
    read = read_docx(converted) if converted is not None else None
    return replace(read, kind=kind) if read is not None and read.text.strip() and read.problems else None


def _libreoffice(data: bytes, folder: Path, kind: FileFormat) -> str | None:
    converted = _converted(data, folder, kind, "txt:Text (encoded):UTF8")
    return None if converted is None else decode(converted)[0]


def _converted(data: bytes, folder: Path, kind: FileFormat, target: str) -> bytes | None:
    """The file as LibreOffice writes it; None where that is not installed.

    Raises:
        UnreadableError: it cannot open the file, or takes too long.
    """
    program = installed("soffice") or installed("libreoffice")
    if program is None:
        return None
    path = folder / f"office.{kind}"
    path.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run([program, profile, "--headless", "--norestore", "--convert-to", target, "--outdir", str(folder), str(path)], folder, SECONDS)
    out = folder / f"office.{target.partition(':')[0]}"
    if not out.exists():
        raise UnreadableError("program.unopened")
    return out.read_bytes()
