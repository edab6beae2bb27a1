"""Text as Word and Excel take it, and as people read it."""

from __future__ import annotations


def printable(text: str) -> str:
    """Without the control characters and lone surrogates that office files refuse."""
    return "".join(
        letter if letter in "\n\t" or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff") else " "
        for letter in text
    )


def capital(text: str) -> str:
    """With a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]
