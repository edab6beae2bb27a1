"""Limits on what a file may unfold to: an office's upload is not trusted."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from extractors.formats.extracted_text import UnreadableError

FILE_LIMIT = 200_000_000  # bytes of one file as given
UNZIPPED_LIMIT = 300_000_000  # bytes of all members together
MEMBER_LIMIT = 120_000_000
RATIO_LIMIT = 300  # a text document packs 5 to 30 times
MEMBERS_LIMIT = 20_000
STREAM_LIMIT = 40_000_000  # bytes of a page's content; a map drawn in lines has a few million
PICTURE_LIMIT = 300_000_000  # bytes of one picture's points
_STREAM = re.compile(rb"stream\r?\n(?=\x78[\x01\x5e\x9c\xda])")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_STEP = 1 << 20
_LAYERS = 3  # packed again inside
_REPACKED = 8_000_000


def check_streams(data: bytes) -> None:
    """Every packed stream of a PDF unfolds to no more than its kind may; nothing is kept of what unfolds.

    The libraries that read PDFs unfold a stream whole, and a few million bytes can unfold to gigabytes.

    Raises:
        UnreadableError: a picture or a page's content unfolds past the limit.
    """
    for found in _STREAM.finditer(data):
        picture = _PICTURE.search(data, max(found.start() - 600, 0), found.start()) is not None
        limit = PICTURE_LIMIT if picture else STREAM_LIMIT
        if _unfolds_past(limit, data, found.end()):
            raise UnreadableError("pdf.unfolds", limit=limit)


def _unfolds_past(limit: int, data: bytes, start: int, layers: int = _LAYERS) -> bool:
    """Whether packed data from `start` on, or what is packed in it again, unfolds past `limit` bytes."""
    unpacker, total, kept = zlib.decompressobj(), 0, bytearray()
    waiting = b""
    while not unpacker.eof and (waiting or start < len(data)):
        if not waiting:
            waiting, start = data[start : start + _STEP], start + _STEP
        try:
            out = unpacker.decompress(waiting, _STEP)
        except zlib.error:
            break  # other data, or a damaged stream: the reader will say so
        waiting = unpacker.unconsumed_tail
        total += len(out)
        if total > limit:
            return True
        if layers and total <= _REPACKED:
            kept += out
    return bool(layers) and total <= _REPACKED and kept[:1] == b"\x78" and _unfolds_past(limit, bytes(kept), 0, layers - 1)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, after its declared sizes were checked.

    Raises:
        UnreadableError: broken, encrypted, or unfolding past the limits.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError, OverflowError) as error:
        raise UnreadableError("zip.broken") from error
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MEMBERS_LIMIT or total > UNZIPPED_LIMIT or (total > 50_000_000 and total > RATIO_LIMIT * max(packed, 1)):
        raise UnreadableError("zip.large", total=total)
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("zip.locked")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one member, never more than the limit whatever its header claims.

    Raises:
        UnreadableError: missing, broken or too large.
    """
    try:
        with archive.open(name) as stream:
            data = stream.read(MEMBER_LIMIT + 1)
    except KeyError as error:
        raise UnreadableError("zip.no_part", name=name) from error
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError("zip.broken_part", name=name) from error
    except Exception as error:  # zlib.error and lzma.LZMAError share no base class
        raise UnreadableError("zip.broken_part", name=name) from error
    if len(data) > MEMBER_LIMIT:
        raise UnreadableError("zip.large_part", name=name)
    return data
