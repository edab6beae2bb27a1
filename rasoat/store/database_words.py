"""Why a database could not be used, in words: what SQLite and PostgreSQL say in English alone, Vietnamese first."""

from __future__ import annotations

import sqlite3

from rasoat.system_words import sqlite_refusal

_SQLITE = {
    sqlite3.SQLITE_BUSY: "đang bị chương trình khác giữ / held by another program",
    sqlite3.SQLITE_LOCKED: "đang bị chương trình khác giữ / held by another program",
    sqlite3.SQLITE_NOTADB: "tệp không phải cơ sở dữ liệu / the file is no database",
    sqlite3.SQLITE_CORRUPT: "tệp cơ sở dữ liệu hỏng / the database file is damaged",
    sqlite3.SQLITE_CANTOPEN: "không mở hay tạo được tệp / the file cannot be opened or made",
    sqlite3.SQLITE_PROTOCOL: "đang bị chương trình khác giữ / held by another program",
}
_LACKS = "thiếu bảng hoặc cột, tệp hỏng hoặc của chương trình khác / a table or column is missing: damaged, or of another program"
# PostgreSQL's own codes, the longer ones first.
_POSTGRES = {
    "28P01": "sai mật khẩu / wrong password",
    "28": "máy chủ không nhận người dùng này / the server does not let this user in",
    "3D000": "máy chủ không có cơ sở dữ liệu này / the server has no such database",
    "53100": "đĩa của máy chủ đầy / the server's disk is full",
    "53300": "máy chủ có quá nhiều kết nối / too many connections",
    "53": "máy chủ thiếu bộ nhớ hoặc đĩa / the server lacks memory or disk",
    "25006": "máy chủ chỉ cho đọc / the server is read-only",
    "42P01": _LACKS,
    "42703": _LACKS,
    "42501": "người dùng này không có quyền / the user may not do this",
    "40P01": "hai lệnh chờ nhau / a deadlock",
    "55P03": "đang bị lệnh khác giữ / held by another command",
    "57014": "máy chủ ngắt vì quá lâu / the server gave up, it took too long",
    "57P": "máy chủ đang tắt hoặc khởi động / the server is shutting down or starting up",
    "08": "mất kết nối với máy chủ / the connection to the server was lost",
    "XX001": "dữ liệu trên máy chủ hỏng / the server's data are damaged",
    "XX002": "dữ liệu trên máy chủ hỏng / the server's data are damaged",
}
# Before a connection stands there is no code, only what the client library says.
_UNCONNECTED = {
    "password authentication failed": _POSTGRES["28P01"],
    "no password supplied": "thiếu mật khẩu / no password given",
    "does not exist": "máy chủ không có cơ sở dữ liệu hoặc người dùng này / no such database or user on the server",
    "Connection refused": "máy chủ không chạy ở địa chỉ này / no server answers at this address",
    "No such file or directory": "máy chủ không chạy ở địa chỉ này / no server answers at this address",
    "Name or service not known": "không có máy tên này / no machine of this name",
    "Temporary failure in name resolution": "không hỏi được tên máy / the machine's name cannot be resolved",
    "failed to resolve host": "không có máy tên này / no machine of this name",
    "Network is unreachable": "không tới được mạng của máy chủ / the server's network cannot be reached",
    "No route to host": "không tới được máy chủ / the server cannot be reached",
    "timeout": "máy chủ không trả lời kịp / the server does not answer in time",
    "timed out": "máy chủ không trả lời kịp / the server does not answer in time",
    "certificate": "không tin được chứng thư của máy chủ / the server's certificate is not trusted",
    "starting up": _POSTGRES["57P"],
    "shutting down": _POSTGRES["57P"],
    "too many clients": _POSTGRES["53300"],
    "pg_hba.conf": _POSTGRES["28"],
    "closed": "mất kết nối với máy chủ / the connection to the server was lost",
    "connection": "mất kết nối với máy chủ / the connection to the server was lost",
}


def database_refusal(error: BaseException) -> str:
    """Why the database could not be used; what nobody has words for is told as the program behind it said it, named as such."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        said = sqlite_refusal(cause) or _SQLITE.get(code, "")
        if str(cause).startswith(("no such table", "no such column")):
            said = _LACKS
    elif code := getattr(cause, "sqlstate", None):
        said = next((words for start, words in _POSTGRES.items() if code.startswith(start)), "")
    elif type(cause).__module__.startswith("psycopg"):
        said = next((words for part, words in _UNCONNECTED.items() if part in str(cause)), "")
    else:
        said = ""
    return said or f"cơ sở dữ liệu báo / the database says: {(str(cause).splitlines() or [type(cause).__name__])[0]}"
