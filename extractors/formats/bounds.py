"""Limits on what a file may unfold to: an office's upload is not trusted."""

from __future__ import annotations

import io
import zipfile

from extractors.formats.reading import UnreadableError

FILE_LIMIT = 200_000_000  # bytes of one file as given
UNZIPPED_LIMIT = 300_000_000  # bytes of all members together
MEMBER_LIMIT = 120_000_000
RATIO_LIMIT = 300  # a text document packs 5 to 30 times
MEMBERS_LIMIT = 20_000


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, after its declared sizes were checked.

    Raises:
        UnreadableError: broken, encrypted, or unfolding past the limits.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError, OverflowError) as error:
        raise UnreadableError("Tệp nén hỏng hoặc bị cắt cụt / broken or truncated archive") from error
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MEMBERS_LIMIT or total > UNZIPPED_LIMIT or (total > 50_000_000 and total > RATIO_LIMIT * max(packed, 1)):
        raise UnreadableError(f"Tệp nén bung ra quá lớn ({total:,} byte) / archive unfolds past the limit")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("Tệp có mật khẩu / the file is protected by a password")
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
        raise UnreadableError(f"Tệp thiếu phần {name} / part missing") from error
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(f"Phần {name} của tệp hỏng / broken part") from error
    except Exception as error:  # zlib.error and lzma.LZMAError share no base class
        raise UnreadableError(f"Phần {name} của tệp hỏng / broken part") from error
    if len(data) > MEMBER_LIMIT:
        raise UnreadableError(f"Phần {name} của tệp quá lớn / part past the limit")
    return data
