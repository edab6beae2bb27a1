"""What happens when the search service fails: a named error, and the last good index afterwards."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from conftest import fresh_prefix, remove
from elasticsearch_server import Server, free_port

from search.answering import answer
from search.engines import EngineDown, IndexDamaged, IndexMissing, IndexReadOnly, Query, SearchError
from search.engines.elasticsearch import ElasticsearchEngine
from search.entries import Entry, EntryKind
from search.suggesting import suggestions


@pytest.fixture
def silent() -> Iterator[str]:
    """A service that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def delayed(url: str, seconds: float) -> Iterator[str]:
    """The address of a way to `url` on which every answer is `seconds` late."""
    host, port = url.removeprefix("http://").split(":")

    def carry(source: socket.socket, target: socket.socket, late: float) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                time.sleep(late)
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def accept(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, far = listener.accept()[0], socket.create_connection((host, int(port)))
                threading.Thread(target=carry, args=(near, far, 0.0), daemon=True).start()
                threading.Thread(target=carry, args=(far, near, seconds), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_service_that_is_not_there() -> None:
    engine = ElasticsearchEngine(f"http://127.0.0.1:{free_port()}", timeout=1)
    for ask in (engine.count, lambda: answer(engine, Query("x")), lambda: suggestions(engine, "x"), lambda: engine.build([])):
        with pytest.raises(EngineDown):
            ask()


def test_a_service_that_does_not_answer_in_time(silent: str) -> None:
    engine = ElasticsearchEngine(silent, timeout=0.3, bulk_timeout=0.3)
    with pytest.raises(EngineDown):
        answer(engine, Query("khai sinh"))


@pytest.mark.slow
def test_a_read_only_index_still_answers(elasticsearch_url: str, entries: list[Entry]) -> None:
    engine = ElasticsearchEngine(elasticsearch_url, prefix=fresh_prefix())
    engine.build(entries)
    index = engine._serving.name()
    engine._client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
    try:
        with pytest.raises(IndexReadOnly):
            engine.update(entries[:2])
        assert answer(engine, Query("khai sinh")).hits
        assert engine.count() == len(entries)
        assert engine.build(entries) == len(entries)  # a new index beside the blocked one
    finally:
        engine._client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
        remove(engine)


@pytest.mark.slow
def test_a_full_disk_keeps_the_last_index(server: Server, entries: list[Entry]) -> None:
    engine = ElasticsearchEngine(server.url, prefix=fresh_prefix())
    engine.build(entries)
    watermark = "cluster.routing.allocation.disk"
    full = {f"{watermark}.threshold_enabled": True, "cluster.info.update.interval": "10s"}
    full |= {f"{watermark}.watermark.{level}": "1000000gb" for level in ("low", "high", "flood_stage")}
    cluster = engine._client.cluster
    cluster.put_settings(persistent=full)
    try:
        until = time.monotonic() + 120
        refused = None
        while refused is None and time.monotonic() < until:
            time.sleep(1)
            try:
                engine.update(entries[:2])
            except SearchError as error:
                refused = error
        assert isinstance(refused, IndexReadOnly)
        assert "đầy đĩa" in str(refused)
        with pytest.raises(SearchError):
            engine.build(entries)
        assert answer(engine, Query("khai sinh")).hits
        assert engine.count() == len(entries)
    finally:
        cluster.put_settings(persistent=dict.fromkeys(full))
    until = time.monotonic() + 120
    while time.monotonic() < until:  # the server takes its block away by itself when it sees room again
        try:
            assert engine.build(entries) == len(entries)
            break
        except SearchError:
            time.sleep(1)
    assert engine.update(entries[:2], expected=len(entries)) == len(entries)
    remove(engine)


@pytest.mark.slow
def test_a_slow_service_is_waited_for_and_then_named(elasticsearch_url: str, entries: list[Entry]) -> None:
    direct = ElasticsearchEngine(elasticsearch_url, prefix=fresh_prefix())
    direct.build(entries)
    prefix = direct._alias.removesuffix("-entries")
    with delayed(elasticsearch_url, 0.3) as slow:
        assert answer(ElasticsearchEngine(slow, prefix=prefix), Query("khai sinh")).hits[0].entry.key == "1.001193"
        with pytest.raises(EngineDown, match="không trả lời"):
            answer(ElasticsearchEngine(slow, prefix=prefix, timeout=0.1), Query("khai sinh"))
    remove(direct)


@pytest.mark.slow
def test_a_crash_while_indexing_leaves_the_last_index(server: Server, entries: list[Entry]) -> None:
    engine = ElasticsearchEngine(server.url, prefix=fresh_prefix())
    engine.build(entries)

    def crashing() -> Iterator[Entry]:
        yield from entries[:3]
        server.kill()
        yield from entries[3:]

    with pytest.raises(EngineDown):
        engine.build(crashing())
    with pytest.raises(EngineDown):
        answer(engine, Query("khai sinh"))
    server.start()
    assert engine.count() == len(entries)
    assert answer(engine, Query("khai sinh")).hits[0].entry.key == "1.001193"
    assert engine.build(entries) == len(entries)
    remove(engine)


@pytest.mark.slow
def test_a_server_that_comes_back_empty_is_built_again(server: Server, entries: list[Entry]) -> None:
    engine = ElasticsearchEngine(server.url, prefix=fresh_prefix())
    engine.build(entries)
    server.kill()
    server.forget()
    server.start()
    with pytest.raises(IndexMissing):
        answer(engine, Query("khai sinh"))
    with pytest.raises(SearchError):
        engine.update(entries[:1])
    assert engine.build(entries) == len(entries)
    assert answer(engine, Query("khai sinh")).hits
    remove(engine)


@pytest.mark.slow
def test_what_somebody_took_off_a_server_is_missed(elasticsearch_url: str, entries: list[Entry]) -> None:
    engine = ElasticsearchEngine(elasticsearch_url, prefix=fresh_prefix())
    engine.build(entries)
    engine.inspect()
    for beside in ("-texts", "-words"):
        engine._client.indices.delete(index=f"{engine._serving.name()}{beside}")
        engine._serving.forget()
        with pytest.raises(IndexDamaged):
            engine.inspect()
        assert engine.build(entries) == len(entries)
        engine.inspect()
    engine._client.indices.put_mapping(index=engine._serving.name(), properties={"more": {"type": "keyword"}})
    with pytest.raises(IndexDamaged):
        engine.inspect()
    engine._client.indices.delete_alias(index=engine._serving.name(), name=engine._alias)
    with pytest.raises(IndexMissing):
        engine.inspect()
    assert engine.build(entries) == len(entries)
    engine.inspect()
    remove(engine)


@pytest.mark.slow
def test_questions_during_rebuilds_are_always_answered(elasticsearch_url: str, entries: list[Entry]) -> None:
    engine = ElasticsearchEngine(elasticsearch_url, prefix=fresh_prefix())
    engine.build(entries)
    asker = ElasticsearchEngine(elasticsearch_url, prefix=engine._alias.removesuffix("-entries"))
    done, totals, failures = threading.Event(), [], []

    def ask() -> None:
        while not done.is_set():
            try:
                totals.append(answer(asker, Query("", size=1, facets=False)).total)
            except SearchError as error:
                failures.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    for _ in range(3):
        engine.build(entries)
    done.set()
    thread.join()
    assert not failures
    assert set(totals) == {sum(entry.kind is not EntryKind.FINDING for entry in entries)}, "always the whole of what everybody may see"
    remove(engine)
