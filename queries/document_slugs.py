"""The short form of a document's printed id, as addresses bear it: "123/2015/NĐ-CP" is "123-2015-nd-cp", a namesake keeps what tells it apart."""

from __future__ import annotations

import re

from sqlalchemy import or_, select

from rasoat.records import LegalDocument
from rasoat.store.published_schema import published_documents
from rasoat.store.published_timelines import PublishedRows
from rasoat.vietnamese import slug

_SHORT = re.compile(r"(?P<head>[a-z0-9]+)(?:-[a-z0-9]+)*(?:@[a-z0-9]+(?:-[a-z0-9]+)*)?")


def slug_of_id(document: str) -> str:
    """The short form of a printed id."""
    number, at, namesake = document.partition("@")
    return slug(number) + at + slug(namesake)


def documents_of_slug(rows: PublishedRows, short: str) -> list[LegalDocument]:
    """The documents whose id, or whose number alone, has a short form; by id."""
    found = _SHORT.fullmatch(short)
    if not found:
        return []
    table, head = published_documents.c, found["head"]
    # What a short form begins with is what the number begins with: a few rows, of which each is looked at.
    begins = (
        [table.number.startswith(f"{head}{mark}") for mark in ("/", "-", ".")] if head[0].isdigit() else [~table.number.between("0", "9~")]
    )
    query = select(table.id).where(or_(table.number == head, *begins), rows.publication.sees(published_documents))
    ids = [one for one in rows.connection.scalars(query) if short in (slug_of_id(one), slug(one.partition("@")[0]))]
    return sorted(rows.documents_by_id(ids).values(), key=lambda one: one.id)
