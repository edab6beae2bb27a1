"""A reading copy of a text, with the way back: the grammar reads the copy, mentions carry offsets of the original.

The copy is composed (NFC), has no zero-width characters, one dash, one Đ and Latin letters where Cyrillic or Greek
ones were typed. Only letters that change their count cost anything: a clean text needs no offset map.
"""

from __future__ import annotations

import re
import unicodedata

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
_LOOKALIKE = str.maketrans("АВСЕНІКМОРТХУΑΒΕΗΙΚΜΝΟΡΤΧΥасеорху", "ABCEHIKMOPTXYABEHIKMNOPTXYaceopxy")


class View:
    """The reading copy `text`, its lower-case twin `low` (same length), and `span` back to raw offsets."""

    __slots__ = ("_ends", "_starts", "low", "raw", "text")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._starts: list[int] | None = None
        self._ends: list[int] | None = None
        text = self._stable(raw) if _DETECT.search(raw) else raw
        for seen, meant in _SINGLE:
            text = text.replace(seen, meant)
        if _FOREIGN.search(text):
            text = text.translate(_LOOKALIKE)
        self.text = text
        low = text.lower()
        self.low = low if len(low) == len(text) else "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of the non-empty stretch [start, end) of the copy."""
        if self._starts is None or self._ends is None:
            return start, end
        return self._starts[start], self._ends[end - 1]

    def _stable(self, raw: str) -> str:
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for found in _UNSTABLE.finditer(raw):
            parts.append(raw[at : found.start()])
            starts.extend(range(at, found.start()))
            ends.extend(range(at + 1, found.start() + 1))
            composed = "" if found[0][0] in _INVISIBLE else unicodedata.normalize("NFC", found[0])
            parts.append(composed)
            starts.extend([found.start()] * len(composed))
            ends.extend([found.end()] * len(composed))
            at = found.end()
        parts.append(raw[at:])
        starts.extend(range(at, len(raw)))
        ends.extend(range(at + 1, len(raw) + 1))
        self._starts, self._ends = starts, ends
        return "".join(parts)


_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
