"""What both engines hold of an entry: the row that is indexed, and the entry itself, ready to be compared and given back."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from search.analysis import body_words, folded, pairs, text_words, title_words
from search.entries import DEAD, WITHDRAWN, Entry, EntryKind
from search.traits import Traits, cut, traits

_BETWEEN_COLLECTIONS = 200_000  # new containers; the rows under way at one time hold fewer


@contextmanager
def many() -> Iterator[None]:
    """Around the making of many rows: the collector looks for cycles rarely. Rows hold none, and the vocabulary that grows
    beside them is hundreds of thousands of small objects to walk: a seventh of the time of a build."""
    usual = gc.get_threshold()
    gc.set_threshold(_BETWEEN_COLLECTIONS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def row_of(entry: Entry) -> dict[str, Any]:
    """The row that both engines index: text fields of words split by blanks, keyword fields, and the entry itself to give back.

    `rank` is a factor for the engine's own score: the dead rank lower.
    """
    exact, title = title_words("" if entry.untitled else entry.title)
    words = cut(entry)
    context = [
        word for text in (*entry.fields, entry.publisher, *entry.agencies, entry.province, *entry.levels) for word in body_words(text)
    ]
    named, body = " ".join(dict.fromkeys([*title, *context])), text_words(entry.body)
    day = entry.issued_on or entry.effective_on or entry.observed_on
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "title": " ".join(title),
        "title_exact": " ".join(exact),
        "title_pairs": " ".join(pairs(title)),
        "context": " ".join(context),
        "named": named,
        "all": " ".join([named, *body]),
        "numbers": words.get("numbers", ""),
        "cites": words.get("cites", ""),
        "mentions": words.get("mentions", ""),
        "field": list(entry.fields),
        "level": list(entry.levels),
        "province": [entry.province] if entry.province else [],
        "publisher": [entry.publisher] if entry.publisher else [],
        "online": [entry.online] if entry.online else [],
        "status": [entry.status] if entry.status else [],
        "audience": list(entry.audience),
        "type": [entry.type] if entry.type else [],
        "alive": 0 if entry.status in DEAD or entry.status == WITHDRAWN else 1,
        "sort_title": " ".join(title)[:200],
        "sort_key": folded(entry.key)[:100],
        "sort_day": day.toordinal() if day else 0,
        "stored": stored_of(entry, words),
        "text": entry.body,
    }


_DATES = ("observed_on", "issued_on", "effective_on")
_TUPLES = ("numbers", "cites", "mentions", "codes", "agencies", "levels", "fields", "audience")


def stored_of(entry: Entry, words: Mapping[str, Any]) -> str:
    """A line of JSON of what is compared, `words` as `cut` gives them, and one of the entry without its body: a hundred candidates are
    compared, ten are shown."""
    values = {name: getattr(entry, name) for name in Entry.__slots__ if name != "body"}
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value}
    return b"\n".join((orjson.dumps(words), orjson.dumps(kept))).decode("utf-8")


@lru_cache(maxsize=20_000)
def traits_of(stored: str) -> Traits:
    """What of an entry is compared, from what `stored_of` wrote."""
    compared, _, own = stored.partition("\n")
    return traits(orjson.loads(compared), own)


def entry_of(traits: Traits) -> Entry:
    """The entry of which these are the traits, without its body."""
    values = dict(traits.stored)
    for name in _DATES:
        if name in values:
            values[name] = date.fromisoformat(values[name])
    for name in _TUPLES:
        if name in values:
            values[name] = tuple(values[name])
    values["kind"] = EntryKind(values["kind"])
    return Entry(**values)
