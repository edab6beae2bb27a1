"""What one item may cost a process: memory above what the process holds anyway, seconds of processor, seconds of silence."""

from __future__ import annotations

import math
import resource
import time
from dataclasses import dataclass

MB = 1_000_000
_PAGE = resource.getpagesize()
_TIRED = 100 * MB  # held on to after an item was done: what reads the next one should be fresh


@dataclass(frozen=True, slots=True)
class Allowance:
    """`memory` in bytes of data beyond what is held when the item begins, the item's own bytes counted `COPIES` times on top;
    `seconds` of processor; `silence`: seconds of wall time without any sign of getting on."""

    memory: int = 160 * MB
    seconds: int = 15
    silence: int = 300


USUAL = Allowance()
COPIES = 2


def bounded(allowance: Allowance, size: int) -> int:
    """Bound this process for its next item of `size` bytes; how many bytes of data it may come to hold beyond what it holds."""
    memory = allowance.memory + COPIES * size
    _soft(resource.RLIMIT_DATA, _held() + memory)
    _soft(resource.RLIMIT_CPU, math.ceil(time.process_time()) + allowance.seconds)
    return memory


def unbounded_memory() -> None:
    """Let this process say that its memory was cut."""
    _soft(resource.RLIMIT_DATA, resource.RLIM_INFINITY)


def bounded_for_good() -> None:
    """Bounds that no item changes: no core files, no endless files."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _soft(resource.RLIMIT_FSIZE, 300 * MB)


class Growth:
    """How much more a process holds than after its first items, for which it loaded what it reads with."""

    def __init__(self) -> None:
        self._first: int | None = None

    def tired(self) -> bool:
        """Whether it should make room for a fresh one."""
        if self._first is None:
            self._first = _held()
        return _held() - self._first > _TIRED


def _held() -> int:
    """Bytes of private writable memory, the number that RLIMIT_DATA is compared with."""
    with open("/proc/self/statm", "rb") as statm:
        return int(statm.read().split()[5]) * _PAGE


def _soft(what: int, limit: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY or limit == hard else min(limit, hard), hard))
