"""How Vietnamese is analysed: once, in Python, for both engines, so that they see the same words.

The engines get words already cut and split on blanks only. A text becomes
- exact words: NFC, tone marks in one place (hoà → hòa), lower case: "khai", "sinh";
- folded words: without any mark, đ as d: "dang", "ky";
- pairs of neighbouring folded syllables: "khai_sinh" (a Vietnamese word is mostly two syllables);
- number tokens: "123/2015/nd-cp", "123/2015", "#123", "123/nd-cp" for a document, "1.001193" for a procedure.
"""

from __future__ import annotations

import itertools
import json
import re
from datetime import date
from functools import lru_cache
from typing import Any

from rasoat.identity import parse_number
from rasoat.vietnamese import fold, squeeze, tone_placed
from search.entries import DEAD, WITHDRAWN, Entry, Kind

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
MAX_BODY = 60_000  # characters of a body that are indexed; the longest procedure of 2026 has 48,000
MAX_WORD = 40


def exact_words(text: str) -> list[str]:
    """Lower-case words of `text` with their marks, tones placed alike."""
    return [word[:MAX_WORD] for word in _WORD.findall(tone_placed(squeeze(text)).lower())]


def folded_words(text: str) -> list[str]:
    """The words of `text` without marks."""
    return [word[:MAX_WORD] for word in _WORD.findall(fold(text))]


def pairs(words: list[str]) -> list[str]:
    """Neighbouring words joined: ["khai", "sinh", "lai"] → ["khai_sinh", "sinh_lai"]."""
    return [f"{first}_{second}" for first, second in itertools.pairwise(words)]


# What every official name begins with: no help in telling one from another.
_OPENING = re.compile(r"^(?:\d+[.)]\s*)?thu tuc(?: hanh chinh)?(?::| ve viec| ve)?\s+")


@lru_cache(maxsize=200_000)
def name_words(title: str) -> tuple[str, ...]:
    """The folded words of a name without "thủ tục" before it."""
    return tuple(folded_words(without_opening(title)))


def without_opening(title: str) -> str:
    """The folded name without "thủ tục" before it."""
    return _OPENING.sub("", fold(title))


@lru_cache(maxsize=200_000)
def body_words(name: str) -> tuple[str, ...]:
    """The folded words of a body's name, its short forms written out ("UBND tỉnh" → uy ban nhan dan tinh)."""
    words = []
    for word in folded_words(name):
        words += _BODIES.get(word, word).split()
    return tuple(words)


_BODIES = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "bhxh": "bao hiem xa hoi", "tand": "toa an nhan dan"}


def number_tokens(number: str) -> list[str]:
    """Every way somebody may look a number up, folded and in lower case.

    "123/2015/NĐ-CP" → 123/2015/nd-cp, 123/2015, #123, 123/nd-cp; "1.001193" → 1.001193.
    """
    whole = fold(number).replace(" ", "")
    tokens = [whole]
    parts = parse_number(number)
    if parts:
        tokens.append(f"#{fold(parts.serial)}")
        if parts.year:
            symbol = whole.split("/", 2)[2] if whole.count("/") >= 2 else ""
            tokens += [f"{fold(parts.serial)}/{parts.year}", f"{fold(parts.serial)}/{symbol}"]
    return list(dict.fromkeys(token for token in tokens if token))


def _numbers(numbers: tuple[str, ...]) -> str:
    return " ".join(dict.fromkeys(token for number in numbers for token in number_tokens(number)))


def row_of(entry: Entry) -> dict[str, Any]:
    """The row that both engines index: text fields of words split by blanks, keyword fields, and the entry itself to give back.

    `rank` is a factor for the engine's own score: the dead rank lower.
    """
    title = folded_words(entry.title)
    context = [
        word for text in (*entry.fields, entry.publisher, *entry.agencies, entry.province, *entry.levels) for word in body_words(text)
    ]
    body = folded_words(entry.body[:MAX_BODY])
    day = entry.issued_on or entry.effective_on or entry.observed_on
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "title": " ".join(title),
        "title_exact": " ".join(exact_words(entry.title)),
        "title_pairs": " ".join(pairs(title)),
        "context": " ".join(context),
        "all": " ".join([*dict.fromkeys([*title, *context]), *body]),
        "numbers": _numbers(entry.numbers),
        "cites": _numbers(entry.cites),
        "mentions": _numbers(entry.mentions),
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
        "sort_key": fold(entry.key)[:100],
        "sort_day": day.toordinal() if day else 0,
        "stored": stored_of(entry),
        "text": entry.body,
    }


_DATES = ("as_of", "observed_on", "issued_on", "effective_on")
_TUPLES = ("numbers", "cites", "mentions", "agencies", "levels", "fields", "audience")


def stored_of(entry: Entry) -> str:
    """The entry as JSON without its body, which is kept apart: hundreds of candidates are compared, ten are shown."""
    values = {name: getattr(entry, name) for name in Entry.__slots__ if name != "body"}
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def entry_of(stored: str) -> Entry:
    """What `stored_of` wrote, read back."""
    values: dict[str, Any] = json.loads(stored)
    for name in _DATES:
        if name in values:
            values[name] = date.fromisoformat(values[name])
    for name in _TUPLES:
        if name in values:
            values[name] = tuple(values[name])
    values["kind"] = Kind(values["kind"])
    return Entry(**values)
