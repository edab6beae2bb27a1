"""Text as people read it in a report."""

from __future__ import annotations


def capital(text: str) -> str:
    """With a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]
