"""Asking an index from the command line and other programs: a text and a target in, ids and plain rows out."""

from __future__ import annotations

from dataclasses import dataclass

from rasoat.settings import Settings
from rasoat.trouble import SourceTrouble, Trouble
from search.engines import BadQuery, Engine, Page, Query, SearchError, open_engine
from search.entries import Kind

TARGETS = {
    "procedure": (Kind.PROCEDURE,),
    "document": (Kind.DOCUMENT,),
    "any": (Kind.PROCEDURE, Kind.DOCUMENT),
}


@dataclass(frozen=True, slots=True)
class Asker:
    """An open index."""

    engine: Engine

    def page(self, text: str, target: str, limit: int) -> Page:
        """One page of an answer, best first.

        Raises:
            Trouble: the target is none of `TARGETS`, or the question is refused.
            SourceTrouble: the engine does not answer, or nothing was indexed yet.
        """
        if target not in TARGETS:
            raise Trouble(f"target {target!r}: chỉ có {', '.join(TARGETS)}")
        try:
            return self.engine.search(Query(text, TARGETS[target], size=limit, facets=False))
        except BadQuery as error:
            raise Trouble(str(error)) from error
        except SearchError as error:
            raise SourceTrouble(str(error)) from error

    def ids(self, text: str, target: str, limit: int) -> list[str]:
        """Procedure codes and document ids, best first."""
        return [hit.entry.key for hit in self.page(text, target, limit).hits]


def open_search(settings: Settings, engine: str | None) -> Asker:
    """The index the settings name, or another one.

    Raises:
        SourceTrouble: the engine cannot be opened.
    """
    try:
        return Asker(open_engine(engine or settings.search_engine, settings.home, settings.elasticsearch_url))
    except SearchError as error:
        raise SourceTrouble(str(error)) from error
