"""What a process says: frames of a sign, the lengths of two parts, the parts. Either side reads them without trusting the other."""

from __future__ import annotations

import struct
from enum import Enum

HEAD = struct.Struct(">cQQ")
MOST = 400_000_000  # bytes of one frame


class FrameKind(bytes, Enum):
    """What a frame is."""

    READY = b"r"  # it has started and waits for items
    PROGRESS = b"p"  # [what, done, of how many]
    ITEM = b"i"  # one of several answers to one item
    ANSWER = b"a"  # the item is done
    DONE = b"d"  # the item is done, all its answers were given
    TROUBLE = b"t"  # a refusal: [class, code, fields]
    FAILED = b"f"  # what nobody foresaw: [class, words]
    MEMORY = b"m"  # more memory than allowed


def framed(sign: FrameKind, told: bytes, body: bytes = b"") -> bytes:
    """The head of a frame with its first part; the second follows as it is."""
    return HEAD.pack(sign.value, len(told), len(body)) + told
