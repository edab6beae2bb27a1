"""Postings, looks, decisions and regulations as JSON lines, for offices that keep them elsewhere.

Each line says what it is: {"record": "posting", "unit": "xã Than Uyên, tỉnh Lai Châu", "procedure": "1.001193", "channel": "premises",
"observed_on": "2026-11-10", "state": "posted"}. The other records are "look", "announcement", "reception" and "regulation"; their
fields are those of `rasoat.records.postings`. `origin` is set by the reader: the file's sha256 and the line. A line that is refused
may say of a look of the same file what seems absent from it (`extractors.imports.refused_lines`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from extractors.imports.jsonl import fault_words, lines, stated
from extractors.imports.refused_lines import RefusedLine, left_open
from extractors.postings.codes import stated_code
from rasoat.records.postings import Announcement, Look, Posting, Reception, Regulation
from rasoat.trouble import Trouble
from rasoat.vietnamese import squeeze

Record = Posting | Look | Announcement | Reception | Regulation
KINDS: dict[str, TypeAdapter[Any]] = {
    "posting": TypeAdapter(Posting),
    "look": TypeAdapter(Look),
    "announcement": TypeAdapter(Announcement),
    "reception": TypeAdapter(Reception),
    "regulation": TypeAdapter(Regulation),
}
_UNIT_FIELDS = ("unit", "issuer")


@dataclass(slots=True)
class ReadLines:
    """What a file of lines says; each line that could not be read is in `problems` with its number."""

    records: list[Record] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def is_posting_line(value: object) -> bool:
    """Whether a JSON object is one of these records."""
    return isinstance(value, dict) and isinstance(kind := value.get("record"), str) and kind in KINDS


def read_lines(data: bytes, unit_id: Callable[[str], str] = str) -> ReadLines:
    """The records of a file. `unit_id` turns a unit's name into its id (`rasoat.units`) and raises `UnknownUnit` for an unknown one."""
    capture, read, refused = hashlib.sha256(data).hexdigest(), ReadLines(), list[RefusedLine]()
    for number, line in lines(data):
        try:
            read.records.append(_record(stated(line), f"line {number}", capture, unit_id))
        except ValidationError as error:
            read.problems.append(f"Dòng {number}: {fault_words(error.errors()[0])}")
        except (Trouble, ValueError) as error:
            read.problems.append(f"Dòng {number}: {error}")
        else:
            continue
        refused.append(RefusedLine(number, line, read.problems[-1]))
    read.records = left_open(read.records, refused, capture, unit_id)
    return read


def _record(value: object, place: str, capture: str, unit_id: Callable[[str], str]) -> Record:
    if not isinstance(value, dict) or not is_posting_line(value):
        raise Trouble("lines.record", known=", ".join(KINDS))
    fields = {name: held for name, held in value.items() if name not in ("record", "origin")}
    for name in _UNIT_FIELDS:
        if isinstance(fields.get(name), str):
            fields[name] = unit_id(squeeze(fields[name]))
    if isinstance(typed := fields.get("procedure"), str):
        fields["procedure"] = stated_code(squeeze(typed))
        if fields["procedure"] is None:
            raise Trouble("lines.code", code=typed[:60])
    record: Record = KINDS[value["record"]].validate_python({**fields, "origin": {"capture": capture, "place": place}})
    return record
