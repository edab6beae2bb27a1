"""Two engines behind one interface: `embedded` (in this process, in a folder) and `elasticsearch` (a cluster)."""

from __future__ import annotations

from pathlib import Path

from search.engines.base import (
    FACETS,
    BadQuery,
    Engine,
    EngineDown,
    Highlight,
    Hit,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    IndexReadOnly,
    Page,
    Query,
    SearchError,
    Sort,
)

__all__ = [
    "FACETS", "BadQuery", "Engine", "EngineDown", "Highlight", "Hit", "IndexBusy", "IndexMismatch", "IndexMissing", "IndexReadOnly",
    "Page", "Query", "SearchError", "Sort", "open_engine",
]  # fmt: skip


def open_engine(name: str, home: Path, elasticsearch_url: str | None = None) -> Engine:
    """The engine `name`: "embedded" keeps its index under `home`, "elasticsearch" asks the server at the address."""
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(home)
    if name == "elasticsearch":
        if not elasticsearch_url:
            raise BadQuery("Thiếu địa chỉ Elasticsearch (RASOAT_ELASTICSEARCH_URL) / no server address")
        from search.engines.elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(elasticsearch_url)
    raise BadQuery(f"Không có máy tìm kiếm {name} / no such engine: embedded, elasticsearch")
