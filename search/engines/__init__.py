"""Two engines behind one interface: `embedded` (in this process, in a folder) and `elasticsearch` (a cluster)."""

from __future__ import annotations

from rasoat.settings import Settings
from search.index_contract import (
    FACETS,
    OPEN,
    BadQuery,
    Engine,
    EngineDown,
    Highlight,
    Hit,
    IndexBusy,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    IndexReadOnly,
    IndexUnusable,
    Page,
    Query,
    SearchError,
    Sort,
)

__all__ = [
    "FACETS", "OPEN", "BadQuery", "Engine", "EngineDown", "Highlight", "Hit", "IndexBusy", "IndexDamaged", "IndexMismatch", "IndexMissing", "IndexReadOnly",
    "IndexUnusable", "Page", "Query", "SearchError", "Sort", "open_engine",
]  # fmt: skip


def open_engine(settings: Settings, name: str | None = None) -> Engine:
    """The engine `name`, else the one the settings choose: "embedded" keeps its index under the home folder,
    "elasticsearch" asks the cluster at the address, with the certificates and secrets that the settings name.

    Raises:
        BadQuery: there is no such engine, no address, or a secret's file cannot be read.
    """
    name = name or settings.search_engine
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(settings.home)
    if name == "elasticsearch":
        from search.engines.connection import access_of
        from search.engines.elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(access_of(settings))
    raise BadQuery("engine.unknown", name=name)
