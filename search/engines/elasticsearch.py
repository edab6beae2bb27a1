"""The Elasticsearch engine: versioned indices behind one alias, on servers of version 8 and 9.

`rasoat-LAYOUT-VERSION` holds the entries, `…-texts` beside it their bodies, `…-words` the vocabulary; the alias `rasoat-entries` names the one
that serves and moves in one step. Settings and mapping are `search/elasticsearch.json`.
"""

from __future__ import annotations

import json
import time
import uuid
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from importlib.resources import files
from itertools import islice
from typing import Any

from elasticsearch import ApiError, NotFoundError, TransportError, helpers

from search.engines.connection import Access, explained
from search.engines.elasticsearch_reading import OpenCluster, ServingIndex
from search.engines.elasticsearch_rows import deletion, document_id, lines, writes
from search.engines.index_layout import layout_hash
from search.entries import Entry
from search.index_contract import EngineDown, IndexDamaged, IndexMismatch
from search.stored_rows import entry_of, many, traits_of
from search.vocabulary import Vocabulary

_CHUNK = 500  # entries a bulk request; about 2 MB
_SENDERS = 2
# While an index is filled nobody reads it, and one that breaks is made again: no refresh, no fsync a request.
_FILLING = {"refresh_interval": "-1", "translog.durability": "async"}


class ElasticsearchEngine:
    """An index on a server. `timeout` is for questions, in seconds; bulk requests may take `bulk_timeout`."""

    def __init__(self, access: Access | str, *, prefix: str = "rasoat", timeout: float = 10.0, bulk_timeout: float = 120.0) -> None:
        self._client = (Access(access) if isinstance(access, str) else access).client(timeout)
        self._bulk = self._client.options(request_timeout=bulk_timeout, max_retries=3, retry_on_timeout=False)
        self._alias = f"{prefix}-entries"
        self._prefix = f"{prefix}-{layout_hash()}-"
        self._serving = ServingIndex(self._client, self._alias, self._prefix)

    def build(self, entries: Iterable[Entry], *, as_of: date | None = None) -> int:
        index = f"{self._prefix}{time.time_ns():020d}-{uuid.uuid4().hex[:6]}"
        with explained():
            body = json.loads(files("search").joinpath("elasticsearch.json").read_text("utf-8"))
            try:
                self._create(index, body["settings"] | _FILLING, body["mappings"] | _day_meta(as_of))
                with many():
                    count = self._fill(index, entries)
                serving = {"refresh_interval": body["settings"]["refresh_interval"], "translog.durability": "request"}
                self._bulk.indices.put_settings(index=index, settings=serving)
                self._bulk.indices.flush(index=f"{index}*")
                before = self._swap(index)
                self._serving.forget()
            except BaseException:
                with suppress(ApiError, TransportError):
                    self._delete(index)
                raise
            self._sweep({index, *before})
        return count

    def _fill(self, index: str, entries: Iterable[Entry]) -> int:
        vocabulary, seen, given = Vocabulary(), set(), 0
        self._create_beside(f"{index}-texts", {"text": {"type": "keyword", "index": False, "doc_values": False}})

        def actions() -> Iterator[dict[str, Any]]:
            nonlocal given
            for entry in entries:
                given += 1
                seen.add(entry.id)
                vocabulary.add(entry)
                yield from writes(index, entry) if entry.body else writes(index, entry)[:1]

        self._send(actions())
        self._bulk.indices.refresh(index=index)
        held = self._count(index)
        if len(seen) != given or held != given:
            raise IndexMismatch("index.disagrees", held=held, given=given, codes=len(seen))
        self._keep_words(index, vocabulary)
        return held

    def _send(self, actions: Iterator[dict[str, Any]]) -> None:
        """Bulk requests side by side, so that the next is made ready while the server works; a few under way at a time."""
        under_way: deque[Future[None]] = deque()
        with ThreadPoolExecutor(_SENDERS) as senders:
            try:
                while chunk := list(islice(actions, _CHUNK)):
                    under_way.append(senders.submit(self._send_one, chunk))
                    if len(under_way) > 2 * _SENDERS:
                        under_way.popleft().result()
                while under_way:
                    under_way.popleft().result()
            finally:
                for waiting in under_way:
                    waiting.cancel()

    def _send_one(self, chunk: list[dict[str, Any]]) -> None:
        """One request whose answer says no more than whether all went well; where not, each is sent again and tells by itself."""
        sent: list[Any] = [
            b"".join(line for action in chunk for line in lines(action))
        ]  # sent as it is; the client's types know mappings only
        if not self._bulk.bulk(operations=sent, filter_path="errors")["errors"]:
            return
        again = helpers.streaming_bulk(self._bulk, chunk, chunk_size=_CHUNK, max_retries=2, raise_on_error=False)
        wrong = [told for done, told in again if not done and told.get("delete", {}).get("status") != 404]
        if wrong:
            raise helpers.BulkIndexError(f"{len(wrong)} document(s) refused", wrong)

    def update(
        self, changed: Iterable[Entry], removed: Iterable[str] = (), *, expected: int | None = None, as_of: date | None = None
    ) -> int:
        entries = {entry.id: entry for entry in changed}
        gone = set(removed) - set(entries)
        with explained():
            now = self._serving.looked_up()
            index = now.name
            held = self._held(index, [*entries, *gone])
            after = self._count(index) - len(held) + len(entries)
            if expected is not None and after != expected:
                raise IndexMismatch("index.updated_wrong", held=after, given=expected)
            if entries or gone:
                self._write(index, entries, gone & held.keys(), now.vocabulary, held)
                if (holds := self._count(index)) != after:
                    raise IndexMismatch("index.lost", held=holds, given=after)
                self._keep_words(index, now.vocabulary)
            if as_of is not None:
                self._bulk.indices.put_mapping(index=index, body=_day_meta(as_of))
                self._serving.forget()
        return after

    def _write(self, index: str, entries: Mapping[str, Entry], gone: set[str], vocabulary: Vocabulary, held: Mapping[str, Entry]) -> None:
        texts = OpenCluster(self._serving).texts([key for key in entries if key in held])
        actions = [deletion(name, one) for one in gone for name in (index, f"{index}-texts")]
        for entry in entries.values():
            before = held.get(entry.id)
            vocabulary.add(entry, replace(before, body=texts.get(entry.id, "")) if before else None)
            actions += writes(index, entry)
        self._send(iter(actions))
        self._bulk.indices.refresh(index=index)

    @explained()
    def open(self) -> OpenCluster:
        return OpenCluster(self._serving)

    @explained()
    def count(self) -> int:
        return self._count(self._serving.name())

    @explained()
    def inspect(self) -> None:
        index = self._serving.name()
        asked = json.loads(files("search").joinpath("elasticsearch.json").read_text("utf-8"))["mappings"]["properties"]
        try:
            self._serving.looked_up()
            self._client.indices.get(index=f"{index}-texts")
            mapped = self._client.indices.get_mapping(index=index)[index]["mappings"].get("properties", {})
        except (NotFoundError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged("index.damaged", path=index) from error
        if {name: one.get("type") for name, one in mapped.items()} != {name: one["type"] for name, one in asked.items()}:
            raise IndexDamaged("index.damaged", path=index)

    def close(self) -> None:
        self._client.close()

    def _count(self, index: str) -> int:
        return int(self._client.count(index=index)["count"])

    def _held(self, index: str, ids: list[str]) -> dict[str, Entry]:
        """Which of the entry ids the index holds, by id and without bodies."""
        held: dict[str, Entry] = {}
        for start in range(0, len(ids), 1000):
            some = ids[start : start + 1000]
            found = self._client.mget(index=index, ids=[document_id(one) for one in some], source_includes=["stored"])
            there = [(one, document) for one, document in zip(some, found["docs"], strict=True) if document.get("found")]
            held |= {one: entry_of(traits_of(document["_source"]["stored"])) for one, document in there}
        return held

    def _keep_words(self, index: str, vocabulary: Vocabulary) -> None:
        name = f"{index}-words"
        if not self._bulk.indices.exists(index=name):
            self._create_beside(name, {})
        self._bulk.index(index=name, id="words", document={"words": json.dumps(vocabulary.to_json(), ensure_ascii=False)}, refresh=True)
        self._serving.forget()

    def _create_beside(self, name: str, properties: dict[str, Any]) -> None:
        settings = {"number_of_shards": 1, "number_of_replicas": 0, "auto_expand_replicas": "0-1"}
        self._create(name, settings, {"dynamic": False, "properties": properties})

    def _create(self, name: str, settings: dict[str, Any], mappings: dict[str, Any]) -> None:
        """An empty index that takes documents. Where no node has room for it, that is said at once: each request would wait a minute."""
        if not self._bulk.indices.create(index=name, settings=settings, mappings=mappings)["shards_acknowledged"]:
            raise EngineDown("engine.short")

    def _swap(self, index: str) -> list[str]:
        """Move the alias to `index` in one step; returns what it named before."""
        before: list[str] = []
        with suppress(NotFoundError):
            before = list(self._client.indices.get_alias(name=self._alias))
        actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": self._alias}}]
        actions += [{"remove": {"index": old, "alias": self._alias}} for old in before]
        self._bulk.indices.update_aliases(actions=actions)
        return before

    def _sweep(self, kept: set[str]) -> None:
        """Delete what earlier builds left; an index younger than the one that serves is another's, still being filled."""
        names = [name for name in self._client.indices.get(index=f"{self._prefix}*") if not name.endswith(("-words", "-texts"))]
        for name in names:
            if name not in kept and name < max(kept):
                self._delete(name)

    def _delete(self, index: str) -> None:
        self._bulk.indices.delete(index=[index, f"{index}-texts", f"{index}-words"], ignore_unavailable=True)


def _day_meta(day: date | None) -> dict[str, Any]:
    """The day that the entries tell of, as a mapping holds it."""
    return {"_meta": {"as_of": day.isoformat() if day else None}}
