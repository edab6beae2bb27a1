"""Limits on what a file may unfold to: an office's upload is not trusted, and what it holds is counted before a library builds it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from extractors.formats.extracted_text import UnreadableError

FILE_LIMIT = 200_000_000  # bytes of one file as given
UNZIPPED_LIMIT = 300_000_000  # bytes of all members together
MEMBER_LIMIT = 120_000_000
RATIO_LIMIT = 300  # a text document packs 5 to 30 times
MEMBERS_LIMIT = 20_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two that office files may use; others unfold further and ask for memory first
_STEP = 1 << 20


@contextmanager
def zip_faults(told: Callable[[Exception], UnreadableError]) -> Iterator[None]:
    """Around calls of the zip library: a broken archive makes it raise errors of a dozen kinds that share no class (BadZipFile, OSError,
    EOFError, ValueError, struct.error, UnicodeError, RuntimeError, NotImplementedError, zlib.error). What we refuse ourselves and a want
    of memory are no fault of the archive.

    Raises:
        UnreadableError: what `told` makes of the error.
    """
    try:
        yield
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:
        raise told(error) from error


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, after its declared sizes were checked.

    Raises:
        UnreadableError: broken, encrypted, packed in an unusual way, or unfolding past the limits.
    """
    archive, members = listed(data)
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MEMBERS_LIMIT or total > UNZIPPED_LIMIT or (total > 50_000_000 and total > RATIO_LIMIT * max(packed, 1)):
        raise UnreadableError("zip.large", total=total)
    return archive


def listed(data: bytes) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """The archive and its members, none of which lies in another, is encrypted, or is packed in an unusual way.

    Raises:
        UnreadableError: they are, or the archive is broken.
    """
    with zip_faults(lambda _: UnreadableError("zip.broken")):
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("zip.locked")
    if any(member.compress_type not in _METHODS for member in members):
        raise UnreadableError("zip.method")
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise UnreadableError("zip.overlaps")
        end = member.header_offset + member.compress_size
    return archive, members


def read_member(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, limit: int = MEMBER_LIMIT) -> bytes:
    """The bytes of one member, never more than the limit whatever its header claims.

    Raises:
        UnreadableError: missing, broken or too large.
    """
    return b"".join(member_chunks(archive, name, limit))


def member_chunks(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, limit: int = MEMBER_LIMIT) -> Iterator[bytes]:
    """The bytes of one member in portions, as far as the limit.

    Raises:
        UnreadableError: as `read_member`.
    """
    said, total = name if isinstance(name, str) else name.filename, 0
    with zip_faults(lambda error: UnreadableError("zip.no_part" if isinstance(error, KeyError) else "zip.broken_part", name=said)):
        if archive.getinfo(said).file_size > limit:
            raise UnreadableError("zip.large_part", name=said)
        with archive.open(name) as stream:
            while chunk := stream.read(_STEP):
                total += len(chunk)
                if total > limit:
                    raise UnreadableError("zip.large_part", name=said)
                yield chunk
