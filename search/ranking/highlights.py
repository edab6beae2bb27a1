"""Which words of a hit's name and text matched, as spans; the page decides how they look, so nothing needs escaping here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
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
    """Where words stand that are among `words` without their marks. Each of the few that do is looked for by itself: a text has a thousand
    words, and most questions find five of them there."""
    written = {word for chunk in set(text.split()) for word, plain in _words_of(chunk) if plain in words}
    return tuple(sorted(span for word in written for span in _occurrences(word, text)))


def _occurrences(word: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start, end
        start = text.find(word, end)


@lru_cache(maxsize=50_000)
def _words_of(chunk: str) -> tuple[tuple[str, str], ...]:
    """The words of a piece without blanks, as they are written and without marks ("(giấy" → giấy, giay)."""
    return tuple((word, fold(word)) for word in _WORD.findall(chunk))


def _densest(places: tuple[tuple[int, int], ...], text: str) -> int:
    """Where the window begins that holds most different matched words; at the start of a line where one is near."""
    found = [(start, end, text[start:end]) for start, end in places[:400]]
    inside: Counter[str] = Counter()
    best, most, last = 0, -1, 0
    for start, _, word in found:
        while last < len(found) and found[last][1] <= start + WINDOW - 20:
            inside[_plain(found[last][2])] += 1
            last += 1
        if len(inside) > most:
            best, most = start, len(inside)
        plain = _plain(word)
        inside[plain] -= 1
        if inside[plain] <= 0:
            del inside[plain]
    line = text.rfind("\n", max(0, best - 60), best)
    return line + 1 if line >= 0 else max(0, best - 20)


def _plain(word: str) -> str:
    return _words_of(word)[0][1]
