"""Which module reads what a source gave: a publisher's own, or the import readers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from extractors.sources.source import Answer, Parsed, Piece
from rasoat.records import Origin

IMPORTED = "import"
# Raise it when a change to any reader, grammar or parser must be applied to what is already archived.
READER_VERSION = 24
POSTED = "import:postings"  # decisions, posted lists, forms: read by `pipeline.inbox`, which knows the units


class Reader(Protocol):
    """The two pure functions that turn archived bytes into records."""

    def pieces(self, answer: Answer) -> Iterable[Piece]: ...

    def parse(self, piece: Piece, origin: Origin, observed_on: date) -> Parsed: ...


class _Imports:
    """What files are read with is loaded where they are read: others ask only for the number above."""

    def pieces(self, answer: Answer) -> Iterable[Piece]:
        from extractors.imports import recognition as imports

        return imports.pieces(answer.request.key, answer.body)

    def parse(self, piece: Piece, origin: Origin, observed_on: date) -> Parsed:
        from extractors.imports import recognition as imports

        return imports.parse(piece, origin, observed_on)


class _Posted(_Imports):
    def pieces(self, answer: Answer) -> Iterable[Piece]:
        return ()


def reader_for(source: str) -> Reader:
    """The reader of a source's answers."""
    if source == POSTED:
        return _Posted()
    if source.split(":")[0] == IMPORTED:
        return _Imports()
    from extractors.sources.registry import SOURCES

    return SOURCES[source]
