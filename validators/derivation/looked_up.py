"""What was looked up in a register to resolve mentions, so that where a document comes, goes or changes only they are resolved again.

An exact number is looked up by every mention that has one; what an odd or unknown number may mean, among all documents of its serial; a law
without a number by its name; and a record by its key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from extractors.citations.resolution import plausible
from extractors.citations.resolution.document_register import loose
from extractors.citations.resolution.quoted_titles import NAMED_TYPES
from rasoat.identity import parse_number
from rasoat.records import LegalDocument, Mention, Resolution

LooksUp = TypeVar("LooksUp", bound=Hashable)
RecordChange = tuple[LegalDocument | None, LegalDocument | None]  # a register's record before and after
_NAMES = "names"


def by_key(key: str) -> str:
    """The look-up of one record."""
    return f"key {key}"


def looked_up(mention: Mention, resolution: Resolution) -> Iterator[str]:
    """Everything that may change how a mention is resolved."""
    if resolution.key:
        yield by_key(resolution.key)
    number = mention.number or ""
    if not number:
        yield _NAMES
        return
    yield f"number {loose(number)}"
    parts = parse_number(number)
    sure = parts is not None and plausible.plausible(parts, mention.issued_on) and plausible.agencies_known(parts)
    if not sure or resolution.key is None:
        yield _serial(parts.serial if parts else number.partition("/")[0])


def _leads_to(document: LegalDocument) -> Iterator[str]:
    """The look-ups that may meet a document."""
    yield by_key(document.key)
    yield f"number {loose(document.number)}"
    if parts := parse_number(document.number):
        yield _serial(parts.serial)
    if document.type in NAMED_TYPES:
        yield _NAMES


def _serial(serial: str) -> str:
    return f"serial {serial.lstrip('0')}"


class LookUps(Generic[LooksUp]):
    """Who looked up what."""

    def __init__(self) -> None:
        self._askers: dict[str, set[LooksUp]] = defaultdict(set)

    def note(self, asker: LooksUp, asked: Iterable[str]) -> None:
        """Remember what somebody looked up; what was looked up before stays remembered, which at most costs time."""
        for one in asked:
            self._askers[one].add(asker)

    def touched(self, changes: Iterable[RecordChange]) -> set[LooksUp]:
        """Who looked up what some records were, or are now."""
        asked = {one for change in changes for document in change if document for one in _leads_to(document)}
        return {asker for one in asked for asker in self._askers.get(one, ())}
