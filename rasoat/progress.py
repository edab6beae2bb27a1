"""How long work tells how far it is: the doors decide whether anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Progress = Callable[[str, int, int], None]  # what, done, of how many (0: not known)
Bars = Callable[[str], AbstractContextManager[Progress]]  # a title → the progress of one step


def unseen(what: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""


@contextmanager
def no_bars(title: str) -> Iterator[Progress]:
    """What a scheduler's task shows of its steps: nothing, its log says what it did."""
    yield unseen
