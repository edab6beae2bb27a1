"""Why the system refused something, in words: the errors a disk, a folder or a file can give, Vietnamese first."""

from __future__ import annotations

import errno
import sqlite3

_SAID = {
    errno.ENOSPC: "đĩa đầy / no space left on the disk",
    errno.EDQUOT: "hết hạn mức đĩa / disk quota exceeded",
    errno.EFBIG: "tệp vượt giới hạn kích thước / the file passes the size limit",
    errno.EROFS: "chỉ đọc được / read-only",
    errno.EACCES: "không có quyền / permission denied",
    errno.EPERM: "không có quyền / not permitted",
    errno.ENOENT: "không có / not there",
    errno.ENOTDIR: "không phải thư mục / not a folder",
    errno.EISDIR: "là thư mục / it is a folder",
    errno.EEXIST: "đã có thứ khác ở đó / something else is there",
    errno.ENOTEMPTY: "thư mục không trống / the folder is not empty",
    errno.ELOOP: "liên kết vòng / a circle of links",
    errno.ENAMETOOLONG: "tên quá dài / the name is too long",
    errno.EIO: "ổ đĩa báo lỗi / the disk reports an error",
    errno.ESTALE: "ổ đĩa mạng đã ngắt / a network disk that is gone",
    errno.ENODEV: "ổ đĩa đã ngắt / the device is gone",
    errno.ENXIO: "ổ đĩa đã ngắt / the device is gone",
    errno.EMFILE: "mở quá nhiều tệp / too many open files",
    errno.ENFILE: "mở quá nhiều tệp / too many open files",
    errno.ENOMEM: "hết bộ nhớ / out of memory",
    errno.EBUSY: "đang bận / busy",
}
# Errors that tell of the disk, whatever was asked; and of a want of room or rights.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.ESTALE, errno.ENODEV, errno.ENXIO}
LACKING = NO_ROOM | {errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: _SAID[errno.ENOSPC],
    sqlite3.SQLITE_READONLY: "không ghi được: chỉ đọc, hoặc đĩa đầy / cannot be written: read-only, or the disk is full",
    sqlite3.SQLITE_IOERR: "không đọc, ghi được đĩa: đầy, bị giới hạn hoặc hỏng / the disk cannot be read or written: full, limited or broken",
    sqlite3.SQLITE_PERM: _SAID[errno.EACCES],
    sqlite3.SQLITE_NOMEM: _SAID[errno.ENOMEM],
}


def refusal(error: OSError) -> str:
    """Why the system refused."""
    return said_of(error.errno) or f"hệ thống báo / the system says: {error.strerror or error}"


def said_of(number: int | None) -> str:
    """The words of an error's number, or "" where there are none."""
    return _SAID.get(number or 0, "")


def sqlite_refusal(error: sqlite3.Error) -> str:
    """Why SQLite could not read or write its file, or "" where it was not the system that refused."""
    return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "")
