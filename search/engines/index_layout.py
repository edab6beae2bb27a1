"""The fields of the index and their hash, from `search/fields.json`: the same for both engines."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

LAYOUT_VERSION = 10  # raise when the meaning of a field changes without its name


@cache
def fields() -> dict[str, Any]:
    """Names by use: text (words split by blanks), facets (keywords), sorts, integers."""
    found: dict[str, Any] = json.loads(files("search").joinpath("fields.json").read_text("utf-8"))
    return found


@cache
def layout_hash() -> str:
    """What an index's name begins with; another layout is another index."""
    text = json.dumps([LAYOUT_VERSION, fields()], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
