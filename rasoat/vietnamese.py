"""Vietnamese text: composition, tone placement, folding and confusable letters.

Every function that changes text says whether offsets survive; `Folded` carries a map back to the raw offsets.
"""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKS = re.compile("[\u0300-\u036f]+")  # the combining marks of Vietnamese letters, and all beside them


def nfc(text: str) -> str:
    """The text composed (NFC). Offsets of the raw text do not survive where letters were decomposed."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """NFC, every run of white space (no-break and zero-width too) one blank, ends trimmed."""
    return " ".join(nfc(text).replace("\u200b", "").replace("\ufeff", "").replace("\u00a0", " ").split())


def fold(text: str) -> str:
    """To compare and search by: lower case, no tone or letter marks, đ as d, one blank between words."""
    if text.isascii():  # numbers and codes: nothing to take off
        return " ".join(text.lower().split())
    composed = squeeze(text).lower().replace("đ", "d")
    apart = unicodedata.normalize("NFD", composed)
    letters = apart.encode("ascii", "ignore")
    # One plain letter for every letter: only marks fell away. Otherwise there are signs that are not Latin letters, to be kept.
    return letters.decode("ascii") if len(letters) == len(composed) else _MARKS.sub("", apart)


def tone_placed(text: str) -> str:
    """The text with tone marks where the older style puts them (hoà → hòa, uỷ → ủy), so both spellings compare equal."""
    out = nfc(text)
    if not _TONE_PAIR.search(out):
        return out
    for new, old in _TONE_STYLE.items():
        if new in out:
            out = _TONE_SITES[new].sub(old, out)
    return out


def _tone_style() -> dict[str, str]:
    styles: dict[str, str] = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for tone in _TONES:
            for a, b in ((first, second), (first.upper(), second), (first.upper(), second.upper())):
                styles[unicodedata.normalize("NFC", a + b + tone)] = unicodedata.normalize("NFC", a + tone + b)
    return styles


_TONE_STYLE = _tone_style()
_TONE_PAIR = re.compile("".join(f"[{''.join(sorted({new[at] for new in _TONE_STYLE}))}]" for at in (0, 1)))
# Only open syllables move their tone (hoà, but hoàn stays), and "quý" keeps it because its u belongs to the q.
_TONE_SITES = {new: re.compile(rf"(?<![qQ]){re.escape(new)}(?!\w)") for new in _TONE_STYLE}


def slug(text: str) -> str:
    """A readable key part: folded words joined by hyphens ("UBND tỉnh Yên Bái" → "ubnd-tinh-yen-bai")."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
