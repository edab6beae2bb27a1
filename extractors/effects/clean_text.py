"""A clean view of a raw text whose every offset leads back to the raw text.

The grammar reads composed letters, plain blanks and no markdown emphasis; quotes must be cut from the text as it was
published. Words inside quotation marks are blanked out: what stands there belongs to another document or is a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rasoat.editor_notes import NOTE

_NOISE = re.compile(r"\*+|_{2,}|\\(?=[\[\]_*().-])|[\u200b\ufeff\u00ad]")
_GLUED_NUMBER = re.compile(r"\b(?:[Đđ]iều|[Kk]hoản)\s+\d{1,3}(?=[a-zđà-ỹ]{2})")  # "Điều 18thì": a word glued to a number
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u202f\t\r" + "".join(map(chr, range(0x2002, 0x200B))), " ") | {ord("Ð"): "Đ", ord("ð"): "đ"})
_WIDE_GAP = re.compile(r"\s{40,}")  # of blanks and empty lines in such numbers only the first and the last are kept
_KEPT = 16
_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]+")
_QUOTED_LINE = re.compile(r"^[ ]*>.*$", re.MULTILINE)
_QUOTED_ITEM = re.compile(r"^[ ]*>[ >]*(?:[a-zđ]\d?\)|\d{1,3}[.)]|[-–])[ ]")
_LIST_OF_ITS_OWN = re.compile(r"(?<!như sau)(?<!như sau )[:;][ ]*$")
_AMENDED_TEXT = re.compile(r"(?:như sau|sau đây|sau)\s*:?\s*$", re.IGNORECASE)
_CLOSES_ONLY = re.compile(r"[\w.;,)]$")  # before a straight mark that closes something opened unseen
_OPENING = re.compile(r'[“"«]')
_MARGIN = 200  # blanks before a quotation that begins its line
FILL = "~"


@dataclass(frozen=True, slots=True)
class CleanText:
    """`text` is read, `raw` is quoted. `clean_at` and `raw_at` are the parallel offsets where the two diverge."""

    text: str
    raw: str
    clean_at: tuple[int, ...]
    raw_at: tuple[int, ...]

    def raw_offset(self, offset: int) -> int:
        """The raw offset of a clean one (the start of the raw letters a clean letter was made of)."""
        last = bisect_right(self.clean_at, offset) - 1
        return self.raw_at[last] + offset - self.clean_at[last] if last >= 0 else offset

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of a non-empty clean span, its last letter whole."""
        stop = self.raw_offset(end - 1) + 1
        while stop < len(self.raw) and unicodedata.combining(self.raw[stop]):
            stop += 1
        return self.raw_offset(start), stop


def view_of(raw: str) -> CleanText:
    """The clean view of a raw text: NFC, ordinary blanks, no markdown emphasis, no zero-width characters, no publisher's notes."""
    pieces: list[str] = []
    clean_at, raw_at = [0], [0]
    length = done = 0
    for found in _edits(raw):
        start, end, replacement = found
        pieces.append(raw[done:start])
        length += start - done
        pieces.append(replacement)
        length += len(replacement)
        clean_at.append(length)
        raw_at.append(end)
        if replacement:
            clean_at.insert(-1, length - len(replacement))
            raw_at.insert(-1, start)
        done = end
    pieces.append(raw[done:])
    return CleanText("".join(pieces).translate(_BLANKS), raw, tuple(clean_at), tuple(raw_at))


def _edits(raw: str) -> list[tuple[int, int, str]]:
    """What is left out or composed, in order: mark-up, and the notes of whoever copied the text; both stand in the way of the law's words."""
    notes = [(m.start(), m.end(), "") for m in NOTE.finditer(raw)] if "[" in raw else []
    gaps = zip([0, *(end for _, end, _ in notes)], [*(start for start, _, _ in notes), len(raw)], strict=True)
    composed = unicodedata.is_normalized("NFC", raw)
    return sorted([*notes, *(edit for start, end in gaps for edit in _edits_between(raw, start, end, composed=composed))])


def _edits_between(raw: str, start: int, end: int, *, composed: bool) -> Iterator[tuple[int, int, str]]:
    yield from ((m.start(), m.end(), "") for m in _NOISE.finditer(raw, start, end))
    yield from ((m.end(), m.end(), " ") for m in _GLUED_NUMBER.finditer(raw, start, end))
    yield from ((m.start() + _KEPT, m.end() - _KEPT, "") for m in _WIDE_GAP.finditer(raw, start, end))
    if composed:
        return
    for cluster in _CLUSTER.finditer(raw, start, end):
        letter = unicodedata.normalize("NFC", cluster[0])
        if letter != cluster[0]:
            yield cluster.start(), cluster.end(), letter


def without_quotations(text: str) -> str:
    """The text of the same length with what stands between quotation marks, or in markdown block quotes, blanked out."""
    text = _without_block_quotes(text)
    marks = _Marks(text)
    out: list[str] = []
    done = 0
    while (span := marks.next_quotation(done)) is not None:
        start, end = span
        out += [text[done:start], FILL * (end - start)]
        done = end
    out.append(text[done:])
    return "".join(out)


def _without_block_quotes(text: str) -> str:
    if not _QUOTED_LINE.search(text):
        return text
    lines, above = text.split("\n"), ""
    for index, line in enumerate(lines):
        if _QUOTED_LINE.fullmatch(line):
            lines[index] = _unquoted(line, above)
        if line.strip() and not line.lstrip().startswith(">"):
            above = line
    return "\n".join(lines)


def _unquoted(line: str, above: str) -> str:
    """A line in a markdown block quote: new text or an editor's note, unless it is an item that only stands indented there."""
    listed = _QUOTED_ITEM.match(line) and _LIST_OF_ITS_OWN.search(above)
    return line.replace(">", " ") if listed else FILL * len(line)


class _Marks:
    """The quotation marks of one text, paired once: each kind of opening with the closing mark that belongs to it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._opened = [found.start() for found in _OPENING.finditer(text)]
        self._paired = {**_pairs(text, "“", "”"), **_pairs(text, "«", "»")}
        self._closers = {mark: [found.start() for found in re.finditer(mark, text)] for mark in ("”", "»", '"')}

    def next_quotation(self, start: int) -> tuple[int, int] | None:
        """The inside of the next quotation, marks left standing. One that never closes runs to the end only after "như sau:"."""
        text = self._text
        for index in range(bisect_left(self._opened, start), len(self._opened)):
            at = self._opened[index]
            if text[at] == '"' and _CLOSES_ONLY.search(text, max(0, at - 1), at):
                continue
            close = self._closing(at)
            if close is not None:
                return at + 1, close
            if _AMENDED_TEXT.search(text[max(0, at - 30) : at]):
                return at + 1, len(text)
        return None

    def _closing(self, opening: int) -> int | None:
        text, mark = self._text, self._text[opening]
        if mark == '"':
            close = self._first('"', opening + 1)
            new_text = self._begins_line(opening) or _AMENDED_TEXT.search(text[max(0, opening - 30) : opening])
            return close if close is not None and (new_text or "\n" not in text[opening:close]) else None
        if (pair := self._paired.get(opening)) is not None:
            return pair
        nearest = self._first("»" if mark == "«" else "”", opening + 1)
        return self._first('"', opening + 1) if nearest is None and mark == "“" else nearest

    def _first(self, mark: str, start: int) -> int | None:
        places = self._closers[mark]
        index = bisect_left(places, start)
        return places[index] if index < len(places) else None

    def _begins_line(self, at: int) -> bool:
        line = self._text.rfind("\n", max(0, at - _MARGIN), at) + 1
        return not self._text[max(line, at - _MARGIN) : at].strip() and (line > 0 or at <= _MARGIN)


def _pairs(text: str, opening: str, closing: str) -> dict[int, int]:
    """Each opening mark with the closing one that belongs to it, the inner pairs inside."""
    open_, pairs = list[int](), dict[int, int]()
    for found in re.finditer(f"[{opening}{closing}]", text):
        if found[0] == opening:
            open_.append(found.start())
        elif open_:
            pairs[open_.pop()] = found.start()
    return pairs
