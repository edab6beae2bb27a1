"""Entries as the lines of bulk requests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson

from search.entries import Entry
from search.stored_rows import row_of

_LONGEST_ID = 400


def writes(index: str, entry: Entry) -> list[dict[str, Any]]:
    """What a bulk request does for an entry: the row, and the body in the index beside it."""
    row, name = row_of(entry), document_id(entry.id)
    text = row.pop("text")
    return [
        {"_op_type": "index", "_index": index, "_id": name, "_source": row},
        {"_op_type": "index", "_index": f"{index}-texts", "_id": name, "_source": {"text": text}},
    ]


def deletion(index: str, entry_id: str) -> dict[str, Any]:
    """What a bulk request does for an entry that is gone."""
    return {"_op_type": "delete", "_index": index, "_id": document_id(entry_id)}


def lines(action: dict[str, Any]) -> Iterator[bytes]:
    """An action as the lines of a bulk request."""
    yield orjson.dumps({action["_op_type"]: {"_index": action["_index"], "_id": action["_id"]}}, option=orjson.OPT_APPEND_NEWLINE)
    if "_source" in action:
        yield orjson.dumps(action["_source"], option=orjson.OPT_APPEND_NEWLINE)


def document_id(entry_id: str) -> str:
    """Elasticsearch takes ids of 512 bytes; longer ones are hashed."""
    return entry_id if len(entry_id.encode()) <= _LONGEST_ID else hashlib.sha256(entry_id.encode()).hexdigest()
