"""Who took over: the chain of texts that replaced a document, hop by hop."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from rasoat.records import Verb
from validators.validity.life import Life
from validators.validity.paths import WHOLE

_LONGEST = 1000


def successors(key: str, life_of: Callable[[str], Life]) -> tuple[str, ...]:
    """Keys of the texts that replaced `key`, then of those that replaced them, in order; a text that only repeals is none."""
    seen, order, waiting = {key}, list[str](), deque([key])
    while waiting and len(order) < _LONGEST:
        for ending in life_of(waiting.popleft()).endings.get(WHOLE, ()):
            source = ending.effect.source
            if ending.effect.verb is Verb.REPLACES and source not in seen:
                seen.add(source)
                order.append(source)
                waiting.append(source)
    return tuple(order)
