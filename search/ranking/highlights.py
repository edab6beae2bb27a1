"""Which words of a hit's name and text matched, as spans; the page decides how they look, so nothing needs escaping here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rasoat.vietnamese import fold, nfc
from search.entries import Entry
from search.index_contract import Highlight
from search.understanding.understand import Understanding

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
WINDOW = 240  # characters of a text shown around its best place
READ = 8_000  # characters of a text that are looked through


def highlights(entry: Entry, asked: Understanding) -> Mapping[str, Highlight]:
    """The name with its matched words, and the piece of the text where most words of the question stand."""
    words = {word.plain for reading in asked.readings for word in reading.words}
    if not words:
        return {}
    found = {}
    if spans := _spans(entry.title, words):
        found["title"] = Highlight(entry.title, spans)
    body = nfc(entry.body[:READ])
    places = _spans(body, {word for word in words if len(word) > 1})
    if places:
        start = _densest(places, body)
        piece = body[start : start + WINDOW]
        inside = tuple((a - start, b - start) for a, b in places if start <= a and b <= start + WINDOW)
        found["body"] = Highlight(piece, inside)
    return found


def _spans(text: str, words: set[str]) -> tuple[tuple[int, int], ...]:
    return tuple((match.start(), match.end()) for match in _WORD.finditer(text) if _folded(match[0]) in words)


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word)


def _densest(places: tuple[tuple[int, int], ...], text: str) -> int:
    """Where the window begins that holds most different matched words; at the start of a line where one is near."""
    found = [(start, end, _folded(text[start:end])) for start, end in places[:400]]
    best, most, last = 0, -1, 0
    for first, (start, _, _) in enumerate(found):
        while last < len(found) and found[last][1] <= start + WINDOW - 20:
            last += 1
        inside = len({word for _, _, word in found[first:last]})
        if inside > most:
            best, most = start, inside
    line = text.rfind("\n", max(0, best - 60), best)
    return line + 1 if line >= 0 else max(0, best - 20)
