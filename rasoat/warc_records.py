"""What a record of the archive tells of its answer, written into WARC headers and read from them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote, unquote

from warcio.statusandheaders import StatusAndHeaders

LEVEL_AGAIN = 9  # how hard zlib packs a record that bytes came again
UNTOLD = "application/octet-stream"  # of bytes whose media type nobody told
_NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f%]|^\s|\s$")
_PACKED = ("application/zip", "application/pdf", "image/", "application/vnd.", "application/x-")
_REASONS = {200: "OK", 201: "Created", 400: "Bad Request", 404: "Not Found"}


@dataclass(frozen=True, slots=True)
class Account:
    """Who answered what, when: all that is told of an answer beside its bytes. `observed_on` is the day that the answer counts for;
    None in records of archives that did not write it down yet."""

    source: str
    request: str
    url: str
    status: int
    fetched_at: datetime
    observed_on: date | None


def level_of(media_type: str, begin: bytes) -> int:
    """How hard zlib packs an answer: not at all what is packed already."""
    return 0 if media_type.startswith(_PACKED) or begin == b"PK" else 5


def gzip_head(media_type: str, begin: bytes, *, again: bool) -> bytes:
    """The head of the gzip member that this writer makes for an answer of a media type whose body begins with two bytes."""
    level = LEVEL_AGAIN if again else level_of(media_type, begin)
    return zlib.compressobj(level, zlib.DEFLATED, 31).flush()[:10]


def media_type_of(record: Any) -> str:
    """The media type of a record's body."""
    told = record.http_headers.get_header("Content-Type", "") if record.http_headers else record.rec_headers.get_header("Content-Type")
    return media_type_told({"content-type": told or ""}) or UNTOLD


def media_type_told(headers: Mapping[str, str]) -> str:
    """The media type that an answer's headers tell, or ""."""
    for name, value in headers.items():
        if name.lower() == "content-type":
            return value.split(";")[0].strip().lower()
    return ""


def status_line(status: int, headers: list[tuple[str, str]]) -> StatusAndHeaders:
    """An answer's first line and headers, as a record holds them."""
    return StatusAndHeaders(f"{status} {_REASONS.get(status, 'Unknown')}", headers, protocol="HTTP/1.1")


def warc_date(moment: datetime) -> str:
    """To the microsecond, as WARC 1.1 has it: the moment comes back exactly as the store holds it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def account_headers(account: Account, sha256: str) -> dict[str, str]:
    """All that is told of an answer, as a record's own headers."""
    observed_on = account.observed_on.isoformat() if account.observed_on else ""
    return {
        "WARC-Payload-Digest": f"sha256:{sha256}",
        "WARC-Date": warc_date(account.fetched_at),
        "X-Rasoat-Source": _in_a_line(account.source),
        "X-Rasoat-Request": _in_a_line(account.request),
        "X-Rasoat-Observed-On": observed_on,
    }


def _in_a_line(text: str) -> str:
    """A text as a header's value: what would end the line, or be stripped at its ends, is percent-encoded."""
    return _NOT_IN_A_LINE.sub(lambda met: quote(met[0], safe=""), text)


def account_of(record: Any) -> Account:
    """What a record's head tells of its answer."""
    head = record.rec_headers.get_header
    day = head("X-Rasoat-Observed-On")
    source, request = head("X-Rasoat-Source") or "", head("X-Rasoat-Request") or ""
    if day:  # records without a day are of a time when texts stood there as they were
        source, request = unquote(source), unquote(request)
    status = int(record.http_headers.get_statuscode()) if record.http_headers else 200
    fetched_at = datetime.fromisoformat(head("WARC-Date"))
    return Account(source, request, head("WARC-Target-URI") or "", status, fetched_at, date.fromisoformat(day) if day else None)
