"""A reading copy of a text, with the way back: the grammar reads the copy, mentions carry offsets of the original.

The copy is composed (NFC), has no zero-width characters, one dash, one Đ and Latin letters where Cyrillic or Greek
ones were typed. Only letters that change their count cost anything: a clean text needs no offset map.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_UNSTABLE = re.compile("[^\\W\\d_][\u0300-\u036f]+|[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+")
_DETECT = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
# One for one, so offsets survive: dashes, the Icelandic and African look-alikes of Đ, the dotted İ whose lower case has two characters.
_SINGLE = (
    ("–", "-"),
    ("—", "-"),
    ("‐", "-"),
    ("‑", "-"),
    ("−", "-"),
    ("Ð", "Đ"),
    ("ð", "đ"),
    ("Ɖ", "Đ"),
    ("İ", "I"),
    ("⁄", "/"),
    ("∕", "/"),
    ("／", "/"),
)
_FOREIGN = re.compile("[\u0370-\u04ff]")
_LOOKALIKE = dict(zip("АВСЕНІКМОРТХУΑΒΕΗΙΚΜΝΟΡΤΧΥасеорху", "ABCEHIKMOPTXYABEHIKMNOPTXYaceopxy", strict=True))

# Letters a machine read where only digits stand: "l2/2020/NĐ-CP", "12/2O20/NĐ-CP". Read as they are they would name another document.
# Two patterns, each with a first letter of its own: one alternation would try both at every character of the text.
_SERIAL_MISREAD = re.compile(r"[lI](?<!\w.)(?=\d{1,3}/(?:19|20)\d\d/[A-ZĐ])")
_YEAR_MISREAD = re.compile(r"/(?<=\d/)[12](?=\d*O)[\dO]{3}(?=/[A-ZĐ])")
_DIGITS = str.maketrans("lIO", "110")


class ReadingCopy:
    """The reading copy `text`, its lower-case twin `low` (same length), and `span` back to raw offsets."""

    __slots__ = ("_changed", "_raw_ends", "_raw_starts", "_seen_ends", "low", "raw", "text")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        # Stretches that changed their length: where each starts and ends in the copy and in the raw text.
        self._changed: list[int] = []
        self._seen_ends: list[int] = []
        self._raw_starts: list[int] = []
        self._raw_ends: list[int] = []
        text = self._stable(raw) if _DETECT.search(raw) else raw
        for seen, meant in _SINGLE:
            text = text.replace(seen, meant)
        text = _FOREIGN.sub(_latin, text)
        self.text = text = _YEAR_MISREAD.sub(_digits, _SERIAL_MISREAD.sub(_digits, text)) if "/" in text else text
        low = text.lower()
        self.low = low if len(low) == len(text) else "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of the non-empty stretch [start, end) of the copy."""
        if not self._changed:
            return start, end
        return self._raw(start)[0], self._raw(end - 1)[1]

    def _raw(self, place: int) -> tuple[int, int]:
        """Where the character at `place` of the copy begins and ends in the raw text."""
        before = bisect_right(self._changed, place) - 1
        if before < 0:
            return place, place + 1
        if place < self._seen_ends[before]:
            return self._raw_starts[before], self._raw_ends[before]
        raw = self._raw_ends[before] + place - self._seen_ends[before]
        return raw, raw + 1

    def _stable(self, raw: str) -> str:
        parts: list[str] = []
        at = seen = 0
        for found in _UNSTABLE.finditer(raw):
            start, end = found.span()
            composed = "" if found[0][0] in _INVISIBLE else unicodedata.normalize("NFC", found[0])
            parts += (raw[at:start], composed)
            seen += start - at
            self._changed.append(seen)
            seen += len(composed)
            self._seen_ends.append(seen)
            self._raw_starts.append(start)
            self._raw_ends.append(end)
            at = end
        parts.append(raw[at:])
        return "".join(parts)


def _latin(foreign: re.Match[str]) -> str:
    return _LOOKALIKE.get(foreign[0], foreign[0])


def _digits(misread: re.Match[str]) -> str:
    return misread[0].translate(_DIGITS)


_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
