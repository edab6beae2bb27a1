"""A segment of the archive read strictly, from its first byte to its last: every byte belongs to a whole record, or is named.

What the archive reads every day stops at the bytes it wants. Here a record is whole only where its gzip member unfolds to exactly one
WARC record whose bytes have the sha256 that its head tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from warcio.bufferedreaders import BufferedReader
from warcio.recordloader import ArcWarcRecordLoader

from rasoat.archive import Found, Stored
from rasoat.warc_members import MemberFrame, members
from rasoat.warc_records import account_of, gzip_head, media_type_of

_CHUNK = 1 << 16
_HEAD = 10  # bytes of a gzip member's head
_BEHIND = b"\r\n\r\n"  # what stands behind a record


@dataclass(frozen=True, slots=True)
class WholeRecord:
    """A record that is what it says. `exact`: its moment is told to the microsecond; `odd_frame`: its gzip head is not as written."""

    found: Found
    exact: bool
    odd_frame: bool


@dataclass(frozen=True, slots=True)
class SegmentGap:
    """Bytes of a segment that are no whole record, and why. `torn`: they reach to its end, as where a writer was killed."""

    warc: str
    offset: int
    length: int
    reason: str
    torn: bool


class _BrokenRecordError(Exception):
    """Why a member is no whole record."""


def walk(file: IO[bytes], name: str) -> Iterator[WholeRecord | SegmentGap]:
    """Everything that stands in a segment, in order."""
    size, at = file.seek(0, 2), 0
    broken: tuple[int, str] | None = None
    for frame, content in members(file, name):
        if broken is None and frame.offset > at:
            broken = at, "không phải khối gzip / no gzip member"
        try:
            whole = _whole(file, frame, content, name)
        except Exception as error:  # a head that is none: warcio has no one exception for it
            reason = str(error) if isinstance(error, _BrokenRecordError) else "đầu bản ghi hỏng / its head is none"
            broken = broken or (frame.offset, reason)
            at = frame.end or at
            continue
        if broken:
            yield SegmentGap(name, broken[0], frame.offset - broken[0], broken[1], torn=False)
            broken = None
        yield whole
        at = whole.found.stored.offset + whole.found.stored.length
    if broken or at < size:
        begin, reason = broken or (at, "không phải khối gzip / no gzip member")
        yield SegmentGap(name, begin, size - begin, reason, torn=True)


def _whole(file: IO[bytes], frame: MemberFrame, content: IO[bytes], name: str) -> WholeRecord:
    if frame.end is None:
        raise _BrokenRecordError("bản ghi đứt hoặc khối gzip hỏng / cut off or broken")
    if not frame.sound:
        raise _BrokenRecordError("khối gzip không khớp mã kiểm của nó / its check sum does not fit")
    stream = BufferedReader(content, block_size=_CHUNK)
    record = ArcWarcRecordLoader().parse_record_stream(stream, known_format="warc")
    head, digest, size, begin = record.rec_headers.get_header, hashlib.sha256(), 0, b""
    for chunk in iter(lambda: record.raw_stream.read(_CHUNK), b""):
        begin = begin or chunk[:2]
        digest.update(chunk)
        size += len(chunk)
    if stream.read() != _BEHIND:
        raise _BrokenRecordError("khác độ dài đã ghi / not of the length it tells")
    again = record.rec_type == "revisit"
    told = (head("WARC-Payload-Digest") or "").removeprefix("sha256:")
    if (size if again else told != digest.hexdigest()) or len(told) != 64:
        raise _BrokenRecordError("bytes không khớp sha256 đã ghi / its bytes do not match their sha256")
    media_type = "" if again else media_type_of(record)
    stored = Stored(told, name, frame.offset, frame.end - frame.offset, size, media_type)
    file.seek(frame.offset)
    odd = file.read(_HEAD) != gzip_head(media_type, begin, again=again)
    return WholeRecord(Found(stored, account_of(record), again), exact="." in head("WARC-Date"), odd_frame=odd)
