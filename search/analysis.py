"""How Vietnamese is analysed: once, in Python, for both engines, so that they see the same words.

The engines get words already cut and split on blanks only. A text becomes
- exact words: NFC, tone marks in one place (hoà → hòa), lower case: "khai", "sinh";
- folded words: without any mark, đ as d: "dang", "ky";
- pairs of neighbouring folded syllables: "khai_sinh" (a Vietnamese word is mostly two syllables);
- number tokens: "123/2015/nd-cp", "123/2015", "#123", "123/nd-cp" for a document, "1.001193" for a procedure.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache

from rasoat.identity import parse_number
from rasoat.vietnamese import fold, squeeze, tone_placed

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CLAUSE = re.compile(r"[,;:?!]\s|\.\s|[…\n]")
MAX_WORD = 40
MAX_BODY = 60_000  # characters; the longest procedure of 2026 has 48,000


def exact_words(text: str) -> list[str]:
    """Lower-case words of `text` with their marks, tones placed alike."""
    return [word[:MAX_WORD] for word in _WORD.findall(tone_placed(squeeze(text)).lower())]


def openings(text: str) -> list[int]:
    """Which words of `exact_words` begin a clause: a comma, a stop or a question mark stands before them."""
    prepared, found, end = tone_placed(squeeze(text)).lower(), [], 0
    for at, word in enumerate(_WORD.finditer(prepared)):
        if at and _CLAUSE.search(prepared[end : word.start()]):
            found.append(at)
        end = word.end()
    return found


def _words(plain: str) -> tuple[str, ...]:
    return tuple([word[:MAX_WORD] for word in _WORD.findall(plain)])


def folded_words(text: str) -> list[str]:
    """The words of `text` without marks."""
    return list(_words(fold(text)))


@lru_cache(maxsize=4)
def text_words(text: str) -> list[str]:
    """The words of a body without marks, as far as it is indexed; asked for twice in a row while an entry is indexed."""
    return folded_words(text[:MAX_BODY])


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """A name, a number or a body's name without marks, which is asked for several times while entries are indexed."""
    return fold(name)


@lru_cache(maxsize=20_000)
def title_words(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The exact and the folded words of a name or of a field's: asked for several times while an entry is indexed."""
    return tuple(exact_words(title)), _words(folded(title))


def pairs(words: Iterable[str]) -> list[str]:
    """Neighbouring words joined: ["khai", "sinh", "lai"] → ["khai_sinh", "sinh_lai"]."""
    return list(map("_".join, itertools.pairwise(words)))


# What every official name begins with: no help in telling one from another.
_OPENING = re.compile(r"^(?:\d+[.)]\s*)?thu tuc(?: hanh chinh)?(?::| ve viec| ve)?\s+")


@lru_cache(maxsize=200_000)
def name_words(title: str) -> tuple[str, ...]:
    """The folded words of a name without "thủ tục" before it."""
    opened = without_opening(title)
    return title_words(title)[1] if opened == folded(title) else _words(opened)


@lru_cache(maxsize=20_000)
def without_opening(title: str) -> str:
    """The folded name without "thủ tục" before it."""
    return _OPENING.sub("", folded(title))


@lru_cache(maxsize=200_000)
def body_words(name: str) -> tuple[str, ...]:
    """The folded words of a body's name, its short forms written out ("UBND tỉnh" → uy ban nhan dan tinh)."""
    words = []
    for word in folded_words(name):
        words += _BODIES.get(word, word).split()
    return tuple(words)


_BODIES = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "bhxh": "bao hiem xa hoi", "tand": "toa an nhan dan"}


_DASHED = re.compile(r"\d+[a-z]?-[a-z]")


def number_tokens(number: str) -> list[str]:
    """Every way somebody may look a number up, folded and in lower case.

    "123/2015/NĐ-CP" → 123/2015/nd-cp, 123/2015, #123, 123/nd-cp; "61-CP" → 61-cp, 61/cp, #61; "1.001193" → 1.001193.
    """
    whole = folded(number).replace(" ", "")
    tokens = [whole]
    if _DASHED.match(whole):
        tokens.append(whole.replace("-", "/", 1))
    parts = parse_number(number)
    if parts:
        serial = fold(parts.serial)
        tokens.append(f"#{serial}")
        if parts.year:
            symbol = whole.split("/", 2)[2] if whole.count("/") >= 2 else ""
            tokens += [f"{serial}/{parts.year}", f"{serial}/{symbol}"]
    return list(dict.fromkeys(token for token in tokens if token))


def all_number_tokens(numbers: Iterable[str]) -> str:
    """The tokens of several numbers, parted by blanks."""
    return " ".join(dict.fromkeys(token for number in numbers for token in number_tokens(number)))
