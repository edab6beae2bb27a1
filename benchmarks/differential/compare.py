"""Two lists of records → gains (only in B), losses (only in A) and changes (the same record with other attributes)."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One record as A and as B has it; `fields` are the attributes that differ ("span" where it covers other words)."""

    before: Record
    after: Record
    fields: tuple[str, ...]


@dataclass(slots=True)
class Difference:
    gains: list[Record] = field(default_factory=list)
    losses: list[Record] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0


def compare(before: list[Record], after: list[Record]) -> Difference:
    """What B (`after`) has otherwise than A (`before`).

    Records are paired inside their text: equal ones first, then those of one identity, then mentions whose spans overlap.
    What stays alone is a loss of A or a gain of B. A record that stands twice counts twice.
    """
    found = Difference()
    old, new = _by_text(before), _by_text(after)
    for text in sorted(old.keys() | new.keys()):
        lost, gained = old.get(text, []), new.get(text, [])
        lost, gained, pairs = _pair(lost, gained, lambda a, b: _key(a) == _key(b))
        found.same += len(pairs)
        for alike in (_same_identity, _overlap):
            lost, gained, pairs = _pair(lost, gained, alike)
            found.changed += [Change(a, b, _fields(a, b)) for a, b in pairs]
        found.losses += lost
        found.gains += gained
    return found


def _by_text(records: list[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record["text"]].append(record)
    return found


def _key(record: Record) -> str:
    return json.dumps([record["identity"], record["attributes"]], sort_keys=True)


def _same_identity(a: Record, b: Record) -> bool:
    return bool(a["identity"] == b["identity"])


def _overlap(a: Record, b: Record) -> bool:
    if "span" not in a or "span" not in b:
        return False
    return bool(a["span"][0] < b["span"][1] and b["span"][0] < a["span"][1])


def _pair(lost: list[Record], gained: list[Record], alike: Any) -> tuple[list[Record], list[Record], list[tuple[Record, Record]]]:
    """Pairs in order, each record at most once, and what is left on each side."""
    pairs, alone, left = [], [], list(gained)
    for record in lost:
        at = next((n for n, other in enumerate(left) if alike(record, other)), None)
        if at is None:
            alone.append(record)
        else:
            pairs.append((record, left.pop(at)))
    return alone, left, pairs


def _fields(a: Record, b: Record) -> tuple[str, ...]:
    old, new = a["attributes"], b["attributes"]
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return (*(["span"] if a.get("span") != b.get("span") else []), *names)
