"""The same Elasticsearch without us: folding, syllable pairs, one `multi_match`. What anybody gets in an afternoon."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from elasticsearch import Elasticsearch, helpers

from search.entries import Entry

_FOLDED = {"tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}
_PAIRS = {"tokenizer": "standard", "filter": ["lowercase", "asciifolding", "pairs"]}
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "refresh_interval": "-1",
    "analysis": {
        "analyzer": {"folded": {"type": "custom", **_FOLDED}, "pairs": {"type": "custom", **_PAIRS}},
        "filter": {"pairs": {"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 2, "output_unigrams": False}},
    },
}
_NAME = {"exact": {"type": "text"}, "pairs": {"type": "text", "analyzer": "pairs"}}
PROPERTIES: dict[str, Any] = {
    "name": {"type": "text", "analyzer": "folded", "fields": _NAME},
    "field": {"type": "text", "analyzer": "folded"},
    "agency": {"type": "text", "analyzer": "folded"},
    "body": {"type": "text", "analyzer": "folded"},
    "number": {"type": "text", "analyzer": "folded"},
}
FIELDS = ["name^3", "name.exact^2", "name.pairs^4", "field", "agency", "number^4", "body^0.3"]


class Plain:
    """An index of names, numbers and bodies on one server."""

    def __init__(self, url: str, index: str = "") -> None:
        self.index = index or f"bench-plain-{uuid.uuid4().hex[:8]}"
        self._client = Elasticsearch(url, request_timeout=120)

    def build(self, entries: Sequence[Entry]) -> int:
        self._client.indices.create(index=self.index, settings=SETTINGS, mappings={"properties": PROPERTIES})

        def actions() -> Iterator[dict[str, Any]]:
            for entry in entries:
                source = {"name": entry.title, "field": list(entry.fields), "agency": list(entry.agencies), "body": entry.body}
                yield {"_index": self.index, "_id": entry.id, "_source": source | {"number": list(entry.numbers)}}

        done, _ = helpers.bulk(self._client, actions(), chunk_size=500)
        self._client.indices.refresh(index=self.index)
        return int(done)

    def ask(self, text: str) -> None:
        self._client.search(index=self.index, query={"multi_match": {"query": text, "fields": FIELDS}}, size=10, source_includes=["name"])

    def drop(self) -> None:
        self._client.indices.delete(index=self.index)
