"""Engines for the contract, a corpus of our own, and a real Elasticsearch for the session."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpus import DAY, corpus
from elasticsearch_server import Server, Unavailable, running

from search.engines import Engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.entries import Entry
from tests.conftest import missing


@pytest.fixture(scope="session")
def entries() -> list[Entry]:
    return corpus()


@contextmanager
def where_a_server_can_be_had() -> Iterator[None]:
    """Around the start of a server that a test asks."""
    try:
        yield
    except Unavailable as error:
        missing("Elasticsearch", str(error).splitlines()[0])


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server of our own, which a test may crash and restart."""
    with where_a_server_can_be_had(), running() as started:
        yield started


@pytest.fixture(scope="session")
def elasticsearch_url(request: pytest.FixtureRequest) -> str:
    return os.environ.get("RASOAT_ELASTICSEARCH_URL") or request.getfixturevalue("server").url


def fresh_prefix() -> str:
    return f"test-{uuid.uuid4().hex[:8]}"


def remove(engine: ElasticsearchEngine) -> None:
    """Take a test's indices off a server that others may use too."""
    names = list(engine._client.indices.get(index=f"{engine._prefix}*"))
    if names:
        engine._client.indices.delete(index=names)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.slow)])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine that was never built."""
    if request.param == "embedded":
        engine: Engine = EmbeddedEngine(tmp_path)
        yield engine
        engine.close()
    else:
        server = ElasticsearchEngine(request.getfixturevalue("elasticsearch_url"), prefix=fresh_prefix())
        yield server
        remove(server)
        server.close()


@pytest.fixture
def engine(empty_engine: Engine, entries: list[Entry]) -> Engine:
    """An engine that holds the corpus."""
    assert empty_engine.build(entries, as_of=DAY) == len(entries)
    return empty_engine


@pytest.fixture(scope="session", params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.slow)])
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> Iterator[Engine]:
    """The corpus, built once a session, for tests that only ask."""
    if request.param == "embedded":
        engine: Engine = EmbeddedEngine(tmp_path_factory.mktemp("search"))
        engine.build(entries, as_of=DAY)
        yield engine
        engine.close()
    else:
        server = ElasticsearchEngine(request.getfixturevalue("elasticsearch_url"), prefix=fresh_prefix())
        server.build(entries, as_of=DAY)
        yield server
        remove(server)
        server.close()
