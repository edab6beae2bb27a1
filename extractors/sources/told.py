"""Values as a publisher's JSON tells them: of the type that is due, or as good as absent."""

from __future__ import annotations

import orjson

from extractors.sources.source import Answer, Json
from rasoat.vietnamese import squeeze

_LONGEST_ID = 200  # characters: an id is part of the request's name in the archive


def envelope_of(answer: Answer) -> Json:
    """The answer's JSON object; {} where it is none."""
    try:
        value = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def word(value: object) -> str:
    """A text without the space around it; a number as it is printed; "" for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def differ(got: str, due: str) -> bool:
    """Whether two names are of two things; an empty one says nothing."""
    return bool(got and due) and squeeze(got).casefold() != squeeze(due).casefold()


def id_of(row: object) -> str:
    """The id of a row of a list, or "" where it has none that could be asked by."""
    named = row.get("id") if isinstance(row, dict) else None
    return named if isinstance(named, str) and named.strip() and len(named) <= _LONGEST_ID and named.isprintable() else ""


def total_of(data: Json) -> int | None:
    """How many items the publisher says its list has, or None."""
    said = data.get("total")
    if isinstance(said, str) and said.strip().isdecimal():
        said = int(said)
    return said if isinstance(said, int) and not isinstance(said, bool) and said >= 0 else None
