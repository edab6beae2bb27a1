"""A version of the embedded index as it is open for questions: one look at its rows, its words, its day and its bodies."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import tantivy

from search.engines.embedded_query import count_of, counted, ordered, translated
from search.engines.index_folder import readable
from search.engines.tantivy_index import calls
from search.fetch_clauses import matching
from search.index_contract import Candidates, FacetCounts, Fetch, IndexDamaged, Sort
from search.vocabulary import Vocabulary

_MOST_ROWS = 20_000


@dataclass(slots=True)
class OpenVersion:
    """A version open for questions. `stamp` tells one commit from the next, `_rows` are entries read since the last."""

    folder: Path
    stamp: tuple[int, ...]
    index: tantivy.Index
    vocabulary: Vocabulary
    as_of: date | None
    bodies: sqlite3.Connection
    counting: ThreadPoolExecutor
    searcher: tantivy.Searcher = field(init=False)
    _rows: dict[tuple[int, int], str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.searcher = self.index.searcher()

    def texts(self, ids: Sequence[str]) -> Mapping[str, str]:
        marks = ",".join("?" * len(ids))
        with self._lock, self._asking():
            return dict(self.bodies.execute(f"SELECT id, text FROM texts WHERE id IN ({marks})", list(ids)))  # noqa: S608 only marks

    def fetch(self, request: Fetch) -> Candidates:
        with self._asking():
            return self._fetched(request)

    def _fetched(self, request: Fetch) -> Candidates:
        searcher, schema, counts = self.searcher, self.index.schema, None
        query = translated(request.clause, schema)
        if request.facets:
            # Neither counting nor scoring needs the interpreter: they run side by side.
            counts = self.counting.submit(counted, searcher, translated(matching(request.clause), schema), request.facets)
        if request.limit:
            found = ordered(searcher, query, request)
            scored = request.sort is Sort.RELEVANCE
            rows = [(float(value) if scored else 0.0, self._row(address)) for value, address in found.hits]
            total = found.count
        else:
            rows, total = [], count_of(searcher, query)

        def facets() -> FacetCounts:
            with self._asking():
                return counts.result() if counts else {}

        return Candidates(rows, int(total), facets)

    def _row(self, address: tantivy.DocAddress) -> str:
        """An entry as it was stored; the same popular ones are asked for again and again."""
        key = (address.segment_ord, address.doc)
        row = self._rows.get(key)
        if row is None:
            if len(self._rows) > _MOST_ROWS:
                self._rows.clear()
            row = self._rows[key] = bytes(self.searcher.doc(address)["stored"][0]).decode("utf-8")
        return row

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Around questions: what the library cannot read, somebody changed since it was opened."""
        try:
            with calls(), readable(self.folder):
                yield
        except (ValueError, sqlite3.Error) as error:
            raise IndexDamaged("index.damaged", path=str(self.folder)) from error
