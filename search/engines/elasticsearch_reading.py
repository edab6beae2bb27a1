"""What a question is asked of on a cluster: the index that serves, its words and its day, read once and then known for a while.

A question costs a request for its candidates and one for the bodies of what is shown. Rows tell which index they are of: where the alias
has moved since that index became known, the new one is looked up before anything is told of it.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from search.engines.connection import explained
from search.engines.elasticsearch_query import counts_of, searched
from search.engines.elasticsearch_rows import document_id
from search.index_contract import Candidates, Fetch, IndexMissing
from search.vocabulary import Vocabulary

_FRESH = 30.0  # seconds after which another process's update of the vocabulary is read
_TOGETHER = 500  # bodies a request


@dataclass(frozen=True, slots=True)
class KnownIndex:
    """An index that served at `read_at` (monotonic seconds)."""

    name: str
    read_at: float
    vocabulary: Vocabulary
    as_of: date | None


class ServingIndex:
    """The index that an alias names; of another layout there is none."""

    def __init__(self, client: Elasticsearch, alias: str, prefix: str) -> None:
        self.client, self.alias = client, alias
        self._prefix = prefix
        self._lock = threading.Lock()
        self._known: KnownIndex | None = None

    def name(self) -> str:
        """Which index serves now.

        Raises:
            IndexMissing: none does.
        """
        try:
            names = list(self.client.indices.get_alias(name=self.alias))
        except NotFoundError:
            names = []
        if not names or not names[0].startswith(self._prefix):
            raise IndexMissing("index.missing")
        return names[0]

    def known(self) -> KnownIndex:
        """What serves, or did so a moment ago."""
        with self._lock:
            if self._known and time.monotonic() - self._known.read_at < _FRESH:
                return self._known
            return self._read()

    def looked_up(self) -> KnownIndex:
        """What serves now."""
        with self._lock:
            return self._read()

    def forget(self) -> None:
        """It was changed."""
        self._known = None

    def _read(self) -> KnownIndex:
        index, now = self.name(), time.monotonic()
        known = self._known
        if not known or known.name != index or now - known.read_at >= _FRESH:
            stored = self.client.get(index=f"{index}-words", id="words")["_source"]["words"]
            told = self.client.indices.get_mapping(index=index)[index]["mappings"].get("_meta", {}).get("as_of")
            day = date.fromisoformat(told) if told else None
            known = self._known = KnownIndex(index, now, Vocabulary.from_json(json.loads(stored)), day)
        return known


class OpenCluster:
    """The index that serves, for one question."""

    def __init__(self, serving: ServingIndex) -> None:
        self._serving = serving
        self._known = serving.known()
        self.vocabulary = self._known.vocabulary

    @property
    def as_of(self) -> date | None:
        return self._known.as_of

    @explained()
    def fetch(self, request: Fetch) -> Candidates:
        # One preference for everybody: the same shard copies answer, so pages of equal scores don't overlap.
        found = self._serving.client.search(
            index=self._serving.alias, body=searched(request), preference="rasoat", allow_partial_search_results=False
        )
        hits: list[dict[str, Any]] = found["hits"]["hits"]
        if hits and hits[0]["_index"] != self._known.name:
            self._known = self._serving.looked_up()
        rows = [(float(hit["_score"] or 0.0), str(hit["_source"]["stored"])) for hit in hits]
        counts = counts_of(found.get("aggregations", {}))
        return Candidates(rows, int(found["hits"]["total"]["value"]), lambda: counts)

    @explained()
    def texts(self, ids: Sequence[str]) -> Mapping[str, str]:
        told: dict[str, str] = {}
        for at in range(0, len(ids), _TOGETHER):
            some = ids[at : at + _TOGETHER]
            found = self._serving.client.mget(index=f"{self._known.name}-texts", ids=[document_id(one) for one in some])
            there = zip(some, found["docs"], strict=True)
            told |= {one: document["_source"]["text"] for one, document in there if document.get("found")}
        return told
