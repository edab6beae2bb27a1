"""One of three nodes crashes, while indexing and while people search: nothing is lost, and the last good index answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from conftest import fresh_prefix, where_a_server_can_be_had
from elasticsearch_server import Server, cluster

from search.answering import answer
from search.engines import EngineDown, Query, SearchError
from search.engines.elasticsearch import ElasticsearchEngine
from search.entries import Entry

pytestmark = pytest.mark.slow
_PATIENCE = 180.0  # seconds in which a cluster must have found itself again


@pytest.fixture(scope="module")
def nodes() -> Iterator[list[Server]]:
    with where_a_server_can_be_had(), cluster(3) as started:
        yield started


def engine_of(nodes: list[Server]) -> ElasticsearchEngine:
    return ElasticsearchEngine(",".join(node.url for node in nodes), prefix=fresh_prefix())


def settled(engine: ElasticsearchEngine, status: str, nodes: int) -> None:
    """Wait until so many nodes hold every shard as `status` says."""
    engine._bulk.cluster.health(wait_for_status=status, wait_for_nodes=f">={nodes}", timeout=f"{int(_PATIENCE)}s")


def answered(engine: ElasticsearchEngine, question: Query) -> int:
    """The first answer after a crash; until then only that the service is down may be said."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return answer(engine, question).total
        except EngineDown:
            if time.monotonic() > until:
                raise
            time.sleep(1)


def holder(engine: ElasticsearchEngine, nodes: list[Server]) -> Server:
    """The node that holds the primary shard of the index that serves."""
    shards = engine._client.cat.shards(index=engine._serving.name(), format="json", h=["node", "prirep"])
    name = next(shard["node"] for shard in shards.body if shard["prirep"] == "p")
    return next(node for node in nodes if node.name == name)


def test_a_node_crashes_while_people_search(nodes: list[Server], entries: list[Entry]) -> None:
    engine = engine_of(nodes)
    engine.build(entries)
    settled(engine, "green", 3)
    whole = answer(engine, Query("khai sinh")).total
    crashed = holder(engine, nodes)
    done, totals, failures = threading.Event(), set(), []

    def ask() -> None:
        while not done.is_set():
            try:
                totals.add(answer(engine, Query("khai sinh")).total)
            except SearchError as error:
                failures.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    crashed.kill()
    try:
        assert answered(engine, Query("khai sinh")) == whole
        settled(engine, "yellow", 2)
        assert engine.count() == len(entries)
    finally:
        done.set()
        thread.join()
        crashed.start()
    assert totals == {whole}, "an answer is the whole answer"
    assert all(isinstance(error, EngineDown) for error in failures)


def test_a_node_crashes_while_indexing(nodes: list[Server], entries: list[Entry]) -> None:
    engine = engine_of(nodes)
    engine.build(entries)
    settled(engine, "green", 3)
    whole = answer(engine, Query("khai sinh")).total
    crashed = holder(engine, nodes)

    def crashing() -> Iterator[Entry]:
        yield from entries[:3]
        crashed.kill()
        yield from entries[3:]

    try:
        with suppress(EngineDown):  # where the other nodes do not take over in time; any other error is none of these
            assert engine.build(crashing()) == len(entries)
        assert answered(engine, Query("khai sinh")) == whole
        assert engine.count() == len(entries)
    finally:
        crashed.start()
    settled(engine, "yellow", 3)
    assert engine.build(entries) == len(entries)
    assert answer(engine, Query("khai sinh")).total == whole
