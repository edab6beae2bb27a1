"""Who took over: the chain of texts that replaced a document, hop by hop."""

from __future__ import annotations

from collections import deque

from rasoat.records import Verb
from validators.validity.paths import WHOLE
from validators.validity.placement import Placement

_LONGEST = 1000
_REPLACES = frozenset({Verb.REPLACES})


def successors(key: str, placement: Placement) -> tuple[str, ...]:
    """Keys of the texts that replaced `key`, then of those that replaced them, in order; a text that only repeals is none."""
    seen, order, waiting = {key}, list[str](), deque([key])
    while waiting and len(order) < _LONGEST:
        for source in replacers(waiting.popleft(), placement):
            if source not in seen:
                seen.add(source)
                order.append(source)
                waiting.append(source)
    return tuple(order)


def replacers(key: str, placement: Placement) -> list[str]:
    """The texts that replace a document as a whole, by the day they do."""
    clauses = [effect for effect in placement.effects(key, _REPLACES, (WHOLE,)) if not placement.impossible(effect)]
    dated = [(day, effect.source) for effect in clauses if (day := placement.acts(effect)) is not None]
    return [source for _, source in sorted(dated)]
