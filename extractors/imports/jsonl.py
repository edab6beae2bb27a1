"""Lines of JSON: cut without parsing each, and a refusal in words where one does not fit its schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

import orjson
from pydantic import ValidationError

from rasoat.trouble import Trouble

_LOOKED_AT = 50  # lines that tell what a file holds
_FAULTS = {
    "json": "không phải JSON / no JSON",
    "missing": "thiếu / missing",
    "string_too_short": "không được trống / must not be empty",
    "string": "phải là chữ / must be text",
    "enum": "phải là một trong {expected} / must be one of these",
    "literal": "phải là một trong {expected} / must be one of these",
    "date": "phải là ngày dạng 2026-11-29 / must be a day",
    "bool": "phải là true hoặc false / must be true or false",
    "int": "phải là số nguyên / must be a whole number",
    "float": "phải là số / must be a number",
    "list": "phải là danh sách / must be a list",
    "tuple": "phải là danh sách / must be a list",
    "dict": "phải là đối tượng / must be an object",
    "extra": "trường lạ / unknown field",
}
LINE_LIMIT = 50_000_000  # bytes; the largest real document has 3 million


def lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their number from 1."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            yield number, line.strip()


def first_object(data: bytes, known: Callable[[dict[str, object]], bool]) -> dict[str, object] | None:
    """The first of the first lines that is an object of a known form, else the first object, or None where the file is no JSONL: one
    line that is cut off or means nothing decides nothing for its neighbours."""
    found: dict[str, object] | None = None
    for _, line in islice(lines(data[:LINE_LIMIT]), _LOOKED_AT):
        value = _object(line)
        if value is not None and known(value):
            return value
        found = found if found is not None else value
    return found


def _object(line: bytes) -> dict[str, object] | None:
    if not line.startswith(b"{"):
        return None
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return value if isinstance(value, dict) else None


def stated(line: bytes) -> Any:
    """The JSON value of a line.

    Raises:
        Trouble: it is no JSON, or says one thing twice: which of the two is meant nobody can tell.
    """
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise Trouble("lines.no_json", at=error.pos + 1) from error
    try:
        json.loads(line, object_pairs_hook=_said_once)
    except RecursionError as error:  # Python's own reader goes less deep than the first
        raise Trouble("lines.deep") from error
    return value


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise Trouble("lines.twice", name=next(name for name in names if names.count(name) > 1))
    return found


def explain(error: ValidationError) -> str:
    """What is wrong with a line, field by field, in one line for people."""
    faults = "; ".join(fault_words(fault) for fault in error.errors()[:4])
    return f"dòng không đúng mẫu ({faults}) / the line does not fit the schema"


def fault_words(fault: Mapping[str, Any]) -> str:
    """A field and what is wrong with it, without the colon that parts an item from its reason in a report."""
    kind = str(fault["type"])
    told = next((said for begins, said in _FAULTS.items() if kind.startswith(begins)), str(fault["msg"]).replace(": ", " "))
    expected = (fault.get("ctx") or {}).get("expected", "")
    field = ".".join(map(str, fault["loc"])) or "dòng"
    return f"{field} {told.format(expected=str(expected).replace(' or ', ', '))}"
