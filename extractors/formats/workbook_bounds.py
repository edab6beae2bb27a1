"""What a workbook would make its reader build, counted from its packed parts as they unfold."""

from __future__ import annotations

import re
import zipfile
from collections import Counter

from extractors.formats.bounds import member_chunks, open_zip, read_member
from extractors.formats.extracted_text import UnreadableError

CELL_LIMIT = 600_000  # filled cells of all sheets: 60,000 rows of ten, which take 15 seconds of processor and 100 MB
STRING_LIMIT = 60_000_000  # bytes of the texts that cells share
OTHER_LIMIT = 60_000  # elements of one part that are neither cells nor their texts: styles, merges, links, rules
# Cells, their values, and texts with the marks of rich ones: read one by one, nothing is kept of them but the text.
_LIGHT = frozenset(
    b"row c v f is t r si rPr rPh phoneticPr b i u sz color rFont family charset scheme vertAlign strike outline shadow condense extend".split()
)
_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,30}:)?([A-Za-z]{1,40})(?=[\s/>])")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,20})""")
_READABLE = (b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252")
_CELL = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,30}:)?c(?=[\s/>])")
_RANGE = re.compile(
    rb"""<(?:[A-Za-z_][\w.-]{0,30}:)?(?:mergeCell|hyperlink)\b[^<>]{0,200}?\bref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']"""
)
_SMALL, _SMALL_CELLS = 20_000_000, 200_000  # bytes of one part, cells
_EDGE = 80  # bytes carried from one portion to the next, so that no tag is cut


def open_workbook(data: bytes) -> zipfile.ZipFile:
    """The workbook's archive, after everything in it was counted.

    Raises:
        UnreadableError: as `open_zip`, or it holds more than the limits.
    """
    archive, cells = open_zip(data), 0
    for member in archive.infolist():
        tags = _counted(archive, member)
        cells += tags[b"c"]
        if cells > CELL_LIMIT:
            raise UnreadableError("excel.cells", limit=CELL_LIMIT)
        if tags[b"si"] > CELL_LIMIT or (tags[b"si"] and member.file_size > STRING_LIMIT):
            raise UnreadableError("excel.text")
        if sum(count for tag, count in tags.items() if tag not in _LIGHT) > OTHER_LIMIT:
            raise UnreadableError("excel.laden")
    return archive


def check_small(data: bytes) -> None:
    """A workbook that a person fills in: openpyxl makes an object of each of its cells, and of each place that a range covers.

    Raises:
        UnreadableError: as `open_workbook`, or too large for that.
    """
    with open_workbook(data) as archive:
        covered = cells = 0
        for member in archive.infolist():
            part = read_member(archive, member, _SMALL)
            cells += len(_CELL.findall(part))
            covered += sum(_area(*found) for found in _RANGE.findall(part))
            if cells > _SMALL_CELLS or covered > _SMALL_CELLS:
                raise UnreadableError("excel.cells", limit=_SMALL_CELLS)


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _counted(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Counter[bytes]:
    """How often each element begins in a part; a part that is no XML has none worth the name.

    Raises:
        UnreadableError: XML that defines its own entities or hides its tags from whoever counts them.
    """
    tags: Counter[bytes] = Counter()
    edge = b""
    for number, chunk in enumerate(member_chunks(archive, member)):
        if not number:
            declared = _DECLARED.match(chunk.removeprefix(b"\xef\xbb\xbf"))
            if chunk[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<") or (declared and declared[1].lower() not in _READABLE):
                raise UnreadableError("excel.broken")
        text = edge + chunk
        cut = text.rfind(b"<", max(len(text) - _EDGE, 0))  # the last tag may go on in the next portion
        cut = cut if cut >= 0 else len(text)
        tags.update(_TAG.findall(text, 0, cut))
        edge = text[cut:]
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise UnreadableError("excel.broken")
    tags.update(_TAG.findall(edge))
    return tags
