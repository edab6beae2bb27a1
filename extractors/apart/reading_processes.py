"""Several processes side by side: many items, read as fast as the machine lets, answered in their order."""

from __future__ import annotations

import atexit
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from queue import SimpleQueue
from typing import Any

from extractors.apart.allowance import USUAL, Allowance
from extractors.apart.errands import Errand
from extractors.apart.reading_process import ReadingProcess

_BUNCH, _BUNCH_BYTES = 16, 400_000  # items sent at once: small ones cost more on their way than they do to read
_AHEAD = 3  # bunches begun for each process before the first is taken


class ReadingProcesses:
    """As many processes as there are processors, started as they are needed."""

    def __init__(self, count: int | None = None, allowance: Allowance = USUAL) -> None:
        self._processes = [ReadingProcess(allowance) for _ in range(count or os.cpu_count() or 1)]

    @property
    def first(self) -> ReadingProcess:
        """One of them, for what is asked one by one."""
        return self._processes[0]

    def each(self, errand: Errand, items: Iterable[tuple[Any, ...]], *, few: bool = False) -> Iterator[Any]:
        """The answer to each item in order, or the `Trouble` it met; `few`: starting more than one process would cost more than it saves."""
        bunches = _bunches(items)
        if few or len(self._processes) == 1:
            for bunch in bunches:
                yield from self.first.each(errand, bunch)
            return
        free: SimpleQueue[ReadingProcess] = SimpleQueue()
        for process in self._processes:
            free.put(process)

        def asked(bunch: list[tuple[Any, ...]]) -> list[Any]:
            process = free.get()
            try:
                return list(process.each(errand, bunch))
            finally:
                free.put(process)

        threads = ThreadPoolExecutor(len(self._processes))
        begun: deque[Future[list[Any]]] = deque(threads.submit(asked, bunch) for bunch in islice(bunches, _AHEAD * len(self._processes)))
        try:
            while begun:
                answers = begun.popleft().result()
                begun.extend(threads.submit(asked, bunch) for bunch in islice(bunches, 1))
                yield from answers
        except BaseException:  # interrupted, or nobody wants the rest
            for process in self._processes:
                process.stop()
            threads.shutdown(wait=True, cancel_futures=True)
            self.close()
            raise
        threads.shutdown()

    def rest(self) -> None:
        """End all but the first: nothing more will be read side by side for a while."""
        for process in self._processes[1:]:
            process.close()

    def close(self) -> None:
        """End them all."""
        for process in self._processes:
            process.close()


def _bunches(items: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    bunch: list[tuple[Any, ...]] = []
    size = 0
    for item in items:
        bunch.append(item)
        size += sum(len(getattr(value, "body", b"")) for value in item)
        if len(bunch) >= _BUNCH or size >= _BUNCH_BYTES:
            yield bunch
            bunch, size = [], 0
    if bunch:
        yield bunch


_kept: dict[int, ReadingProcesses] = {}  # by the process's id: a forked one starts its own


def kept() -> ReadingProcesses:
    """This process's processes, ended with it."""
    mine = _kept.get(os.getpid())
    if mine is None:
        mine = _kept[os.getpid()] = ReadingProcesses()
        atexit.register(_end, os.getpid())
    return mine


def _end(owner: int) -> None:
    if owner == os.getpid():
        with suppress(OSError):
            _kept.pop(owner).close()
