"""The archive: every answer exactly as it was received, in WARC files on any fsspec store, found again by sha256.

A writer only ever adds to segments that it made itself, and each record is one gzip member. A writer killed at any moment
therefore leaves at worst a torn last record that no index points at and no later writer touches; `scan` passes over it, as it does
over any record that was damaged since. Each says which segment it was written into, so that none is ever taken for one that only lies
in the bytes of another.
The index (sha256 → segment and offset) is the store's table `captures`; `scan` rebuilds it from the files alone.

Bytes are kept once. Each later answer with the same bytes leaves a WARC `revisit` record (identical payload digest), so that who said
what on which day can be told from the archive alone, too.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import fsspec
from fsspec.implementations.local import LocalFileSystem
from warcio.archiveiterator import ArchiveIterator

from rasoat.addresses import reason_told, shown
from rasoat.faults import kind_of
from rasoat.segment_writer import SegmentWriter
from rasoat.trouble import SourceTrouble, Trouble
from rasoat.warc_members import MemberFrame, members, unpack
from rasoat.warc_records import UNTOLD, Account, account_of, media_type_of, media_type_told

_CHUNK = 1 << 20
_SEGMENT_LIMIT = 1 << 30  # a segment this large is closed and another begun
_KEYS_ELSEWHERE = ("s3://", "s3a://", "gs://", "gcs://")  # would take keys for a part of the bucket's name, and repeat them
_KEYS = "khóa của kho đối tượng đặt trong tệp, như AWS_SHARED_CREDENTIALS_FILE / an object store's keys belong in a file"


class Damaged(Trouble):
    """What stands in the archive is no longer what was stored. Asking again changes nothing: a scheduler does not try again."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the bytes of an answer lie. `offset` and `length` frame the whole WARC record in its segment, `size` is the body's."""

    sha256: str
    warc: str
    offset: int
    length: int
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Found:
    """One record met while scanning: where it lies and whose answer it is. `again`: bytes of this sha256 are kept by another record."""

    stored: Stored
    account: Account
    again: bool


def sha256_of(body: bytes) -> str:
    """The sha256 of some bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


class Archive:
    """An archive at a local folder or any fsspec address ("s3://bucket/folder", "memory://x"). One object, one writer.

    What was put is readable by others after `flush` (a local folder: at once, and on disk after `flush`).

    Raises:
        Trouble: no store of this machine is reached by such an address.
    """

    def __init__(self, address: str | Path) -> None:
        if str(address).startswith(_KEYS_ELSEWHERE) and "@" in str(address):
            raise Trouble("archive.address", address=shown(str(address)), reason=_KEYS)
        try:
            self._fs, root = fsspec.url_to_fs(str(address))
        except (ValueError, ImportError, TypeError) as error:
            raise Trouble("archive.address", address=shown(str(address)), reason=reason_told(str(error), str(address))) from error
        except OSError as error:  # a server that is asked at once, as by FTP
            raise SourceTrouble("archive.address", address=shown(str(address)), reason=reason_told(str(error), str(address))) from error
        self._root = str(root).rstrip("/")
        self._local = isinstance(self._fs, LocalFileSystem)
        self._segment: SegmentWriter | None = None

    def put(self, account: Account, headers: Mapping[str, str], body: bytes) -> Stored:
        """Keep one answer with its bytes.

        An address that begins with "file:" gives a `resource` record, any other a `response` with its status line and headers.
        """
        sha256, media_type = sha256_of(body), media_type_told(headers) or UNTOLD
        segment = self._room(account)
        offset, length = segment.add_bytes(account, sha256, headers, media_type, body)
        return Stored(sha256, segment.name, offset, length, len(body), media_type)

    def put_again(self, account: Account, sha256: str, first: tuple[str, datetime]) -> None:
        """Write down that an answer had bytes which are kept already: `first` says from which address they came when."""
        self._room(account).add_revisit(account, sha256, *first)

    def read(self, stored: Stored) -> bytes:
        """The bytes exactly as they were received.

        Raises:
            Damaged: the segment is gone, the record is torn, or its bytes do not match their sha256.
            SourceTrouble: the store does not answer.
        """
        if self._segment is not None and self._segment.name == stored.warc:
            self._segment.settle()
        member = io.BytesIO()
        try:
            with self._reaching(), self._open(stored.warc) as file:
                unpack(file, stored.offset, member)
        except OSError as error:
            raise Damaged("archive.unreadable", warc=stored.warc, offset=stored.offset, reason=error.strerror or kind_of(error)) from error
        member.seek(0)
        try:
            body: bytes = next(iter(ArchiveIterator(member))).raw_stream.read()
        except Exception as error:  # what warcio raises on a head that is none; it has no one exception for it
            raise Damaged("archive.unreadable", warc=stored.warc, offset=stored.offset, reason="bản ghi đứt / torn") from error
        if sha256_of(body) != stored.sha256:
            raise Damaged("archive.mismatch", warc=stored.warc, offset=stored.offset, sha256=stored.sha256)
        return body

    def holds(self, stored: Stored) -> bool:
        """Whether the bytes can still be read exactly as they were received."""
        try:
            self.read(stored)
        except Damaged:
            return False
        return True

    def flush(self) -> None:
        """Make all that was put last: on disk in a local folder, uploaded as a finished segment elsewhere."""
        if self._segment is None:
            return
        self._segment.settle(to_disk=True)
        if not self._local:
            with self._reaching():
                self._fs.makedirs(f"{self._root}/{os.path.dirname(self._segment.name)}", exist_ok=True)
                self._fs.put_file(self._segment.path, f"{self._root}/{self._segment.name}")
            self._end_segment()

    def close(self) -> None:
        """Flush and let go of the open segment."""
        self.flush()
        self._end_segment()

    def scan(self, damaged: Callable[[str, int], None] = lambda warc, offset: None) -> Iterator[Found]:
        """Every whole record of every segment, oldest segment first. What stands between them and is no whole record is told by its
        segment and offset; a torn end of a segment, which a writer that was killed leaves, is passed over."""
        for name in self.segments():
            broken = None
            with self._reaching(), self._open(name) as file:
                for frame, content in members(file, name):
                    if broken is not None:
                        damaged(name, broken)
                    found = _found(content, name, frame)
                    broken = frame.offset if found is None else None
                    if found:
                        yield found
                if broken is not None and frame.end is not None:  # a torn end has none
                    damaged(name, broken)

    def segments(self) -> list[str]:
        """The names of all segments, oldest first of each source."""
        with self._reaching():
            found = [str(path) for path in self._fs.find(self._root)]
        return sorted(path[len(self._root) :].lstrip("/") for path in found if path.endswith(".warc.gz"))

    def open_segment(self, name: str) -> IO[bytes]:
        """A segment to be read from its first byte."""
        return self._open(name)

    def _open(self, name: str) -> IO[bytes]:
        if self._segment is not None and self._segment.name == name:
            return open(self._segment.path, "rb")
        path = f"{self._root}/{name}"
        return open(path, "rb") if self._local else self._fs.open(path, "rb")

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        """Another store's library raises what it likes (no keys, no such bucket, no network): none of it says that bytes are damaged."""
        try:
            yield
        except (FileNotFoundError, MemoryError, Trouble):
            raise
        except Exception as error:
            if self._local and not isinstance(error, ConnectionError | TimeoutError):  # a folder may lie on another machine
                raise
            raise SourceTrouble("archive.unreached", reason=kind_of(error)) from error

    def _room(self, account: Account) -> SegmentWriter:
        """The segment that the next record goes into."""
        if self._segment is not None and self._segment.size > _SEGMENT_LIMIT:
            self.flush()
            self._end_segment()
        if self._segment is None:
            self._segment = self._new_segment(account.source, account.fetched_at)
        return self._segment

    def _new_segment(self, source: str, fetched_at: datetime) -> SegmentWriter:
        folder = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in source)
        name = f"{folder}/{fetched_at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.warc.gz"
        if self._local:
            path = Path(self._root) / name
            path.parent.mkdir(parents=True, exist_ok=True)
        else:
            handle, spool = tempfile.mkstemp(suffix=".warc.gz")
            os.close(handle)
            path = Path(spool)
        return SegmentWriter(name, str(path), kept=self._local)

    def _end_segment(self) -> None:
        if self._segment is not None:
            self._segment.close()
            self._segment = None


def _found(content: IO[bytes], name: str, frame: MemberFrame) -> Found | None:
    """The record that a member holds, or None where it is no whole one of ours."""
    if frame.end is None or not frame.sound:
        return None
    try:
        record = next(iter(ArchiveIterator(content)))
        return _record_found(record, name, frame.offset, frame.end - frame.offset)
    except Exception:  # a head that is none: warcio has no one exception for it
        return None


def _record_found(record: Any, name: str, offset: int, length: int) -> Found | None:
    head = record.rec_headers.get_header
    digest = hashlib.sha256()
    size = 0
    for chunk in iter(lambda: record.raw_stream.read(_CHUNK), b""):
        digest.update(chunk)
        size += len(chunk)
    again = record.rec_type == "revisit"
    sha256 = (head("WARC-Payload-Digest") or "").removeprefix("sha256:") if again else digest.hexdigest()
    if head("WARC-Payload-Digest") != f"sha256:{sha256}":
        return None
    media_type = "" if again else media_type_of(record)
    return Found(Stored(sha256, name, offset, length, size, media_type), account_of(record), again)
