"""Characters that are no text for whoever reads next: a terminal acts upon them, XML has no place for them, nobody sees them.

Crawled, typed and stored text passes here at every door: the terminal, the log, files for people.
"""

from __future__ import annotations

import json
import re

# What a terminal acts upon (C0 and C1 with DEL), what shows the letters around it in another order, and what takes no room: hidden
# fillers, joiners, selectors, tags, and the code points that are no characters.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\ufdd0-\ufdef" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
) + "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_DROPPED = re.compile(f"[{_CONTROLS}{_UNSEEN}]")
_JSON_LETS_THROUGH = re.compile(f"[\x7f-\x9f\u2028\u2029{_UNSEEN}]")
_BREAKS = re.compile("(?:\r\n|[\t-\r\x1c-\x1e\x85\u2028\u2029])")
_HALF = re.compile("[\ud800-\udfff]")  # a file's name that is no UTF-8
# Marks heaped on one letter would be drawn over the lines around it; no language needs more than four.
_HEAP = re.compile("([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")  # fmt: skip
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2 Char; a bare CR does not survive a parser


def plain(text: str) -> str:
    """The text without what a terminal would act upon or not show; tabs and line feeds stay."""
    return _HEAP.sub(r"\1", _HALF.sub("\ufffd", _DROPPED.sub("", re.sub("[\u2028\u2029]", " ", text))))


def one_line(text: str) -> str:
    """The same in one line: every break is a space, so that no name can write a line of its own."""
    return plain(_BREAKS.sub(" ", text))


def fit_for_xml(text: str) -> str:
    """The text with a space for whatever XML 1.0 has no place for: Word, Excel, SVG and HTML open with it. Lines end in a line feed."""
    return _NOT_XML.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def json_line(value: object) -> bytes:
    """One JSON value in UTF-8 on one line, whatever a reader takes for the end of a line; what `plain` leaves out stands as escapes.

    Half a character becomes U+FFFD, since UTF-8 has no place for it.
    """
    import orjson  # only who writes JSON waits for it

    try:
        written = orjson.dumps(value, default=str).decode()
    except orjson.JSONEncodeError:  # half a character, or a number past 64 bits
        written = _HALF.sub("\ufffd", json.dumps(value, default=str, ensure_ascii=False, separators=(",", ":")))
    return escaped_json(written).encode()


def escaped_json(text: str) -> str:
    """The same JSON with what a terminal would act upon or not show written as escapes, as JSON itself asks only of C0."""
    return _JSON_LETS_THROUGH.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
