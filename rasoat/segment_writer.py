"""One WARC file being written: every record a gzip member of its own, handed to the system before its place is told."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any

from warcio.recordbuilder import RecordBuilder
from warcio.warcwriter import WARCWriter

from rasoat.warc_members import SEGMENT_HEADER
from rasoat.warc_records import LEVEL_AGAIN, Account, account_headers, level_of, status_line, warc_date

_WARC = "1.1"
_BUILDER = RecordBuilder(_WARC)


class SegmentWriter:
    """One WARC file being written. Every record is handed to the system before its place is told."""

    def __init__(self, name: str, path: str, *, kept: bool) -> None:
        self.name, self.path, self.size = name, path, 0
        self._file = open(path, "xb" if kept else "wb")  # noqa: SIM115 - open until close()
        self._kept = kept

    def add_bytes(self, account: Account, sha256: str, headers: Mapping[str, str], media_type: str, body: bytes) -> tuple[int, int]:
        """Write an answer with its bytes; (offset, length) of the gzip member."""
        told, content = self._told(account, sha256), io.BytesIO(body)
        if account.url.startswith("file:"):
            record = _BUILDER.create_warc_record(account.url, "resource", content, len(body), media_type, told)
        else:
            kept = [(name, value) for name, value in headers.items() if name.lower() not in ("transfer-encoding", "content-encoding")]
            http = status_line(account.status, kept)
            record = _BUILDER.create_warc_record(account.url, "response", content, len(body), warc_headers_dict=told, http_headers=http)
        return self._add(record, level_of(media_type, body[:2]))

    def add_revisit(self, account: Account, sha256: str, first_url: str, first_at: datetime) -> tuple[int, int]:
        """Write that an answer had the bytes of another record; (offset, length) of the gzip member."""
        told = self._told(account, sha256)
        digest = told.pop("WARC-Payload-Digest")
        http = None if account.url.startswith("file:") else status_line(account.status, [])
        return self._add(_BUILDER.create_revisit_record(account.url, digest, first_url, warc_date(first_at), http, told), LEVEL_AGAIN)

    def _told(self, account: Account, sha256: str) -> dict[str, str]:
        return {SEGMENT_HEADER: self.name, **account_headers(account, sha256)}

    def _add(self, record: Any, level: int) -> tuple[int, int]:
        member = _Member(self._file, level)
        WARCWriter(member, gzip=False, warc_version=_WARC).write_record(record)
        member.end()
        self._file.flush()
        offset, self.size = self.size, self.size + member.length
        return offset, member.length

    def settle(self, *, to_disk: bool = False) -> None:
        """Hand everything to the system, or to the disk."""
        self._file.flush()
        if to_disk and self._kept:
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file; a spool that was uploaded is removed."""
        self._file.close()
        if not self._kept:
            os.unlink(self.path)


class _Member:
    """A gzip member written as a stream, so that a large body is never copied whole."""

    def __init__(self, file: IO[bytes], level: int) -> None:
        self._file, self._packer, self.length = file, zlib.compressobj(level, zlib.DEFLATED, 31), 0

    def write(self, data: bytes) -> None:
        self._out(self._packer.compress(data))

    def end(self) -> None:
        self._out(self._packer.flush())

    def flush(self) -> None:
        """Called by the WARC writer after a record; the member is ended by `end`."""

    def _out(self, packed: bytes) -> None:
        self._file.write(packed)
        self.length += len(packed)
