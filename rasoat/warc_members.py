"""The gzip members of a segment, one after another, whatever happened to some of them.

A member's header is not needed to unfold it, and the packed stream itself says where it ends. Only where a stream is broken is the next
member looked for; then a start counts only where its record names this very segment, whose name nobody could know who sent the bytes in
it, so that what lies inside a member is never taken for one.
"""

from __future__ import annotations

import io
import os
import struct
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

SEGMENT_HEADER = "X-Rasoat-Segment"  # the name of the segment that a record was written into
_HEAD, _TAIL = 10, 8  # bytes of a gzip header without extras, as ours are; of its checksum and size
_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 1 << 18
_IN_MEMORY = 64 << 20  # bytes of a record beyond which it is unfolded on disk
_PEEK_IN, _PEEK_OUT = 1 << 13, 1 << 14  # bytes: a record's own headers stand in the first few thousand


@dataclass(frozen=True, slots=True)
class MemberFrame:
    """Where a member stands. `end` is None where its stream is broken; `sound`: it unfolds to what its checksum and size say."""

    offset: int
    end: int | None
    sound: bool


def unpack(file: IO[bytes], offset: int, out: IO[bytes]) -> MemberFrame:
    """Unfold the member at `offset` into `out`; of a broken one what stands before the break."""
    file.seek(offset + _HEAD)
    unpacker, crc, size, at = zlib.decompressobj(-15), 0, 0, offset + _HEAD
    while not unpacker.eof:
        packed = unpacker.unconsumed_tail or file.read(_CHUNK)
        try:
            plain = unpacker.decompress(packed, _CHUNK * 4) if packed else b""
        except zlib.error:
            packed = b""
        if not packed:
            return MemberFrame(offset, None, sound=False)
        # At the end of a stream zlib's wrapper may tell what is left twice, as unused and as unconsumed.
        at += len(packed) - len(unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail)
        crc, size = zlib.crc32(plain, crc), size + len(plain)
        out.write(plain)
    file.seek(at)
    return MemberFrame(offset, at + _TAIL, sound=file.read(_TAIL) == struct.pack("<II", crc, size & 0xFFFFFFFF))


def members(file: IO[bytes], name: str) -> Iterator[tuple[MemberFrame, IO[bytes]]]:
    """Every member of the segment `name` with what it unfolds to, ready to be read; of broken ones the frame and what stands before the
    break. The time is linear in the segment's length."""
    search, at = _Search(file, name), 0 if _length(file) else None
    while at is not None:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as content:
            frame = unpack(file, at, content)
            content.seek(0)
            yield frame, content
        if frame.end is not None and frame.end >= _length(file):
            return
        at = frame.end if frame.end is not None and (frame.sound or _begins(file, frame.end)) else search.after(at + 1)


def _length(file: IO[bytes]) -> int:
    return file.seek(0, os.SEEK_END)


def _begins(file: IO[bytes], at: int) -> bool:
    """Whether a member begins here: by its header, or by what it unfolds to where the header is damaged."""
    file.seek(at)
    return file.read(len(_MAGIC)) == _MAGIC or unpack(file, at, _Nowhere()).sound


class _Nowhere(io.BytesIO):
    """Takes what is unfolded only to see whether it can be."""

    def write(self, data: object) -> int:
        return 0


class _Search:
    """Looks for the next member where the one before does not say where it ends."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._own = file, f"{SEGMENT_HEADER}: {name}\r\n".encode()
        self._named: bool | None = None  # whether this segment's records name it: those of older archives do not

    def after(self, at: int) -> int | None:
        """The offset of the first member at or after `at`, or None."""
        return next((start for start, head in self._candidates(at) if self._ours(head)), None)

    def _ours(self, head: bytes) -> bool:
        if self._own in head:
            return True
        if self._named is None:
            self._named = any(self._own in one for _, one in self._candidates(0))
        return not self._named and SEGMENT_HEADER.encode() not in head

    def _candidates(self, at: int) -> Iterator[tuple[int, bytes]]:
        """Where a gzip header stands before something that unfolds to the head of a WARC record, and that head."""
        kept = b""
        while True:
            self._file.seek(at + len(kept))
            fresh = self._file.read(_CHUNK)
            if not fresh:
                return
            window, found = kept + fresh, -1
            while (found := window.find(_MAGIC, found + 1)) >= 0:
                if head := self._head(at + found):
                    yield at + found, head
            kept = window[-(len(_MAGIC) - 1) :]
            at += len(window) - len(kept)

    def _head(self, at: int) -> bytes:
        self._file.seek(at + _HEAD)
        try:
            plain = zlib.decompressobj(-15).decompress(self._file.read(_PEEK_IN), _PEEK_OUT)
        except zlib.error:
            return b""
        return plain.partition(b"\r\n\r\n")[0] + b"\r\n" if plain.startswith(b"WARC/1.") else b""
