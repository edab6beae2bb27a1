"""Raw answers exactly as received: WARC records in a folder or any fsspec store, found again by sha256 and offset.

Each writer owns one segment file at a time, so two runs never write into one another. A record is written whole, flushed,
and only then told to the caller; a record torn by a kill lies after the last told offset and is never read.
Source: WARC 1.1 (ISO 28500:2017).
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, cast
from urllib.parse import quote

import fsspec
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

# A segment is closed when it has grown past this; reading one record never needs more than its own bytes.
_SEGMENT = 256 * 1024 * 1024


class Damaged(Exception):
    """Archived bytes no longer match their sha256, or are not where the store says; names the record."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where some bytes lie: segment, offset and length of their WARC record; `size` and `sha256` are the bytes' own."""

    sha256: str
    warc: str
    offset: int
    length: int
    size: int
    media_type: str


class Archive:
    """The archive at an fsspec address ("/var/lib/rasoat/archive", "s3://bucket/archive")."""

    def __init__(self, address: str) -> None:
        self._files, self._root = fsspec.core.url_to_fs(address)
        self._segment: BinaryIO | None = None
        self._name = ""

    def put(self, source: str, key: str, url: str, status: int, headers: Mapping[str, str], body: bytes, at: datetime) -> Stored:
        """Write one answer; the caller asks first whether these bytes are stored already.

        `status` and `headers` are the publisher's; an imported file has status 200 and no headers and becomes a
        `resource` record.
        """
        segment = self._open()
        offset = segment.tell()
        record = _record(key, url, status, headers, body, at)
        segment.write(record)
        segment.flush()
        media_type = next((value for name, value in headers.items() if name.lower() == "content-type"), "application/octet-stream")
        stored = Stored(hashlib.sha256(body).hexdigest(), self._name, offset, len(record), len(body), media_type[:200])
        if segment.tell() >= _SEGMENT:
            self.close()
        return stored

    def read(self, stored: Stored) -> bytes:
        """The bytes, exactly as received.

        Raises:
            Damaged: the record is not there, or its bytes do not match their sha256.
        """
        try:
            with self._files.open(f"{self._root}/{stored.warc}", "rb") as file:
                file.seek(stored.offset)
                raw = file.read(stored.length)
            record = next(iter(ArchiveIterator(io.BytesIO(raw))))
            body = cast(bytes, record.raw_stream.read())
        except (OSError, StopIteration, EOFError) as error:
            raise Damaged(f"Kho lưu thiếu bản ghi {stored.sha256} ({stored.warc} tại {stored.offset}): {error}") from error
        if hashlib.sha256(body).hexdigest() != stored.sha256:
            raise Damaged(f"Bản ghi {stored.sha256} ({stored.warc} tại {stored.offset}) đã bị thay đổi; khôi phục kho lưu từ bản sao.")
        return body

    def close(self) -> None:
        """Close the segment being written; the next answer begins another."""
        if self._segment is not None:
            self._segment.close()
            self._segment = None

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> BinaryIO:
        if self._segment is None:
            self._files.makedirs(self._root, exist_ok=True)
            self._name = f"rasoat-{uuid.uuid4().hex}.warc"
            self._segment = cast(BinaryIO, self._files.open(f"{self._root}/{self._name}", "wb"))
        return self._segment


def _record(key: str, url: str, status: int, headers: Mapping[str, str], body: bytes, at: datetime) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=False, warc_version="1.1")
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    named = {"WARC-Date": stamp, "WARC-Target-URI": url, "X-Rasoat-Request": quote(key)}
    kind, http = "resource", None
    if headers:
        kind, http = "response", StatusAndHeaders(str(status), list(headers.items()), protocol="HTTP/1.1")
    record = writer.create_warc_record(
        url, kind, payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=named,
        warc_content_type="" if headers else "application/octet-stream",
    )  # fmt: skip
    writer.write_record(record)
    return buffer.getvalue()
