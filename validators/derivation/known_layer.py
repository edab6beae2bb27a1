"""Documents that are known only because somebody names them: of two who do, the later one's record counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from rasoat.records import LegalDocument

Giver = TypeVar("Giver", bound=Hashable)


class KnownLayer(Generic[Giver]):
    """By document the records that givers gave of it, each at its place in an order."""

    def __init__(self) -> None:
        self._records: dict[str, dict[tuple[Any, ...], LegalDocument]] = defaultdict(dict)
        self._of: dict[Giver, list[tuple[str, tuple[Any, ...]]]] = {}

    def put(self, giver: Giver, records: Iterable[tuple[tuple[Any, ...], LegalDocument]]) -> set[str]:
        """Put a giver's records in place of those it gave before; the keys of the documents that these and those are of."""
        touched: set[str] = set()
        for key, order in self._of.pop(giver, ()):
            touched.add(key)
            del self._records[key][order]
            if not self._records[key]:
                del self._records[key]
        given = [(document.key, order, document) for order, document in records]
        for key, order, document in given:
            self._records[key][order] = document
        if given:
            self._of[giver] = [(key, order) for key, order, _ in given]
        return touched.union(key for key, _, _ in given)

    def record(self, key: str) -> LegalDocument | None:
        """The last record given of a document."""
        held = self._records.get(key)
        return held[max(held)] if held else None

    def __iter__(self) -> Iterator[str]:
        """The documents of which any record was given."""
        return iter(self._records)
