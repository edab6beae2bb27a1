"""Whether a version's files are as they were written. tantivy ends each of its files with a checksum, and looks at none of them itself:
a file that was cut or changed gives wrong answers, or ends the process from inside the library."""

from __future__ import annotations

import json
import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

_KINDS = ("fast", "fieldnorm", "idx", "pos", "store", "term")  # the files that every segment has
_MAGIC = 1337
_TAIL = struct.Struct("<II")  # length of the footer's JSON, magic number
_CHUNK = 1 << 22


def spoilt(folder: Path) -> str | None:
    """The first file of a tantivy folder that is missing or not as it was written, or None.

    Raises:
        OSError: the system does not let us read.
    """
    try:
        named = list(_files(json.loads((folder / "meta.json").read_bytes())))
    except (FileNotFoundError, IsADirectoryError, ValueError, KeyError, TypeError, AttributeError):
        return "meta.json"
    return next((name for name in named if not _whole(folder / name)), None)


def _files(meta: dict[str, Any]) -> Iterator[str]:
    """The files that the segments consist of."""
    for segment in meta["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from (f"{name}.{kind}" for kind in _KINDS)
        if segment["deletes"]:
            yield f"{name}.{int(segment['deletes']['opstamp'])}.del"


def _whole(path: Path) -> bool:
    """Whether a file's bytes give the checksum at its end."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        size = path.stat().st_size
        if size < _TAIL.size:
            return False
        file.seek(size - _TAIL.size)
        length, magic = _TAIL.unpack(file.read(_TAIL.size))
        left = size - _TAIL.size - length
        if magic != _MAGIC or left < 0:
            return False
        file.seek(left)
        try:
            told = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        crc = 0
        while left:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                return False
            crc, left = zlib.crc32(chunk, crc), left - len(chunk)
    return bool(crc == told)


def bodies_held(path: Path) -> int:
    """How many bodies a file of texts holds, its pages looked at one by one; -1 where it is no sound file of texts."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as texts:
            if texts.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return -1
            return int(texts.execute("SELECT count(*) FROM texts").fetchone()[0])
    except sqlite3.Error:
        return -1
