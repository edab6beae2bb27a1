"""What a refused line of a file of postings leaves open: the looks it may belong to, and the procedure it may have shown.

A look that claims to be complete was told by the lines beside it. One of them that cannot be read may be the very line of what seems
absent: the look is not complete then, and what the line names is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import orjson

from extractors.imports.jsonl import stated
from extractors.postings.codes import codes_in, stated_code
from rasoat.records import Origin
from rasoat.records.postings import Channel, Look, Posting, PostingState
from rasoat.trouble import Trouble
from rasoat.vietnamese import squeeze

_FIELD = re.compile(rb'"(record|unit|channel|procedure|observed_on)"\s*:\s*("(?:[^"\\]|\\.)*")')
_OTHERS = frozenset({"announcement", "reception", "regulation"})  # they speak of no look
_DOUBT = "dòng {number} của tệp chưa đọc được, cần người đọc lại"


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line as given, its number, and why it was refused."""

    number: int
    line: bytes
    problem: str


@dataclass(frozen=True, slots=True)
class _Hints:
    """What can still be made out of a refused line; None where it cannot be told."""

    record: str | None
    unit: str | None
    channel: Channel | None
    day: date | None
    codes: tuple[str, ...]

    def concerns(self, look: Look) -> bool:
        """Whether the line may be one of those that the look was told by."""
        if self.record in _OTHERS:
            return False
        return self.unit in (None, look.unit) and self.channel in (None, look.channel)


def left_open(records: Sequence[object], refused: Sequence[RefusedLine], capture: str, unit_id: Callable[[str], str]) -> list[Any]:
    """The records of a file, its complete looks opened by the lines that were refused, and what those lines name as unknown."""
    hints = [(one, _hints(one, unit_id)) for one in refused]
    out: list[Any] = []
    for record in records:
        if isinstance(record, Look) and record.complete:
            unread = tuple(one.problem for one, hint in hints if hint.concerns(record))
            out.append(replace(record, complete=not unread, unread=unread) if unread else record)
        else:
            out.append(record)
    looks = [one for one in records if isinstance(one, Look)]
    for one, hint in hints:
        out.extend(_unknown(one, hint, looks, capture))
    return out


def _unknown(one: RefusedLine, hint: _Hints, looks: Sequence[Look], capture: str) -> Iterator[Posting]:
    """What a refused posting names, unknown at every place it may have been seen."""
    if hint.record in _OTHERS or hint.record == "look":
        return
    origin, note = Origin(capture, f"line {one.number}"), _DOUBT.format(number=one.number)
    places = {(look.unit, look.channel, hint.day or look.observed_on) for look in looks if hint.concerns(look)}
    if hint.unit and hint.channel and hint.day:
        places.add((hint.unit, hint.channel, hint.day))
    for unit, channel, day in sorted(places):
        for code in hint.codes:
            yield Posting(code, unit, channel, day, PostingState.UNKNOWN, origin, note=note)


def _hints(one: RefusedLine, unit_id: Callable[[str], str]) -> _Hints:
    fields = _fields(one.line)
    unit, channel, record = fields.get("unit"), fields.get("channel"), fields.get("record")
    typed = fields.get("procedure")
    whole = stated_code(squeeze(typed)) if isinstance(typed, str) else None
    return _Hints(
        record if isinstance(record, str) else None,
        _unit(unit, unit_id) if isinstance(unit, str) else None,
        Channel(channel) if isinstance(channel, str) and channel in set(Channel) else None,
        _day(fields.get("observed_on")),
        (whole,) if whole else codes_in(one.line.decode("utf-8", "replace")),
    )


def _fields(line: bytes) -> dict[str, Any]:
    """The fields of a line, or of one that was cut off. Two records run together on one line say nothing for sure."""
    try:
        value = stated(line)
    except Trouble:
        found = _FIELD.findall(line)
        names = [name for name, _ in found]
        return {name.decode(): _string(text) for name, text in found} if len(names) == len(set(names)) and line.count(b"{") == 1 else {}
    return value if isinstance(value, dict) else {}


def _string(text: bytes) -> str | None:
    try:
        return str(orjson.loads(text))
    except ValueError:
        return None


def _unit(name: str, unit_id: Callable[[str], str]) -> str | None:
    try:
        return unit_id(squeeze(name))
    except (Trouble, ValueError):
        return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
