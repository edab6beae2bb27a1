"""Documents by an address that people can read and type: the printed id in plain letters ("123/2015/NĐ-CP" → "123-2015-nd-cp").

What tells namesakes apart stands behind an "@", as in the id. The address of a number that several documents bear names all of them.
"""

from __future__ import annotations

import re

from rasoat.records import LegalDocument
from rasoat.store.published_timelines import PublishedRows
from rasoat.vietnamese import slug

_BEGINS = re.compile(r"\d+")


def document_slug(printed_id: str) -> str:
    """The address of a document's id."""
    number, at, apart = printed_id.partition("@")
    return f"{slug(number)}{at}{apart}"


def documents_at(rows: PublishedRows, address: str) -> list[LegalDocument]:
    """The documents that an address names: none, one, or the namesakes among whom one has to choose."""
    number, at, _ = address.partition("@")
    digits = _BEGINS.match(number)
    if digits is None:
        return []
    alike = [one for one in rows.numbered_like(digits[0]) if slug(one.number) == number]
    return [one for one in alike if document_slug(one.id) == address] if at else alike
