"""What the program reads in a text or a file, by its public names: mentions, rows of published lists."""

from __future__ import annotations

from typing import Any

from extractors.citations import find_mentions
from extractors.postings import FileReading
from queries.reading_lines import FileSeen, MentionLine
from rasoat.records import Mention


def mentions_in(text: str) -> list[MentionLine]:
    """Every legal document that a text mentions, with exact offsets."""
    return [mention_line(one) for one in find_mentions(text)]


def mention_line(one: Mention) -> MentionLine:
    """A mention by its public names."""
    return MentionLine(
        start=one.start, end=one.end, quote=one.quote, kind=one.kind.value, type=one.type, number=one.number, issued_on=one.issued_on,
        issuer=one.issuer, provisions=list(one.provisions), divisions=list(one.divisions), role=one.role.value,
    )  # fmt: skip


def file_seen(found: FileReading, *, with_text: bool = False) -> FileSeen:
    """A published file as it was read; the text itself only where it is asked for."""
    told: dict[str, Any] = {**found.as_json(), **({"text": found.text} if with_text else {})}
    return FileSeen.model_validate(told)
