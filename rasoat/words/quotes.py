"""Quoted passages as people read them: on one line, without mark-up and without the notes of whoever copied the text."""

from __future__ import annotations

import re

from rasoat.editor_notes import without_notes

_MARKED = re.compile(r"(?m)^[ \t]*>+[ \t]?|^[ \t]*#{1,6}[ \t]+|\*{2,}|(?<![\w])__|__(?![\w])|\\(?=[\[\]_*().-])")


def running(text: str) -> str:
    """A quoted passage on one line; its words stay as they are."""
    return " ".join(_MARKED.sub("", without_notes(text)).split())


def quoted(lead: str, quote: str) -> str:
    """A quote with the words above its list that carry the verb: "Các nghị định sau hết hiệu lực: […] b) Nghị định …"."""
    return f"{lead} […] {quote}" if lead else quote
