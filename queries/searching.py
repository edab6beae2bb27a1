"""Asking an index from the command line and other programs: a text and a target in, ids and plain rows out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from queries.publishers_page import page_address
from queries.search_lines import FacetCount, MarkedText, SearchAnswer, SearchHit
from rasoat.settings import Settings
from rasoat.trouble import Trouble
from search.answering import answer
from search.engines import FACETS, Engine, Hit, Page, Query, Sort, open_engine
from search.entries import EntryKind
from search.suggesting import suggestions

# Who can run the command can read the database: findings may be asked for, but only by name.
TARGETS = {
    "procedure": (EntryKind.PROCEDURE,),
    "document": (EntryKind.DOCUMENT,),
    "article": (EntryKind.ARTICLE,),
    "finding": (EntryKind.FINDING,),
    "any": (EntryKind.PROCEDURE, EntryKind.DOCUMENT),
    "review": tuple(EntryKind),
}


@dataclass(frozen=True, slots=True)
class Asker:
    """An open index."""

    engine: Engine

    def page(
        self,
        text: str,
        target: str,
        limit: int,
        *,
        page: int = 1,
        sort: Sort = Sort.RELEVANCE,
        filters: Mapping[str, tuple[str, ...]] | None = None,
        facets: bool = False,
        literal: bool = False,
    ) -> Page:
        """One page of an answer, best first unless `sort` says otherwise; `literal`: by the words as typed.

        Raises:
            Trouble: the target is none of `TARGETS`, or the question is refused.
            SearchError: the engine does not answer, or nothing was indexed yet.
        """
        if target not in TARGETS:
            raise Trouble("search.target", target=target, known=", ".join(TARGETS))
        kinds = TARGETS[target]
        signed_in = EntryKind.FINDING in kinds
        return answer(self.engine, Query(text, kinds, filters or {}, sort, page, limit, facets, signed_in, literal))

    def suggestions(self, text: str, limit: int) -> list[str]:
        """Whole names for what is being typed.

        Raises:
            SearchError: the engine does not answer, or nothing was indexed yet.
        """
        return list(suggestions(self.engine, text, limit))

    def line(self, text: str, target: str, limit: int) -> dict[str, Any]:
        """An answer as one line: procedure codes and document ids, best first, whether the first is certain, and what the person is told."""
        page = self.page(text, target, limit)
        return {"results": [hit.entry.key for hit in page.hits], "certain": page.certain, "said": list(page.said)}


def sort_of(name: str) -> Sort:
    """The order called `name`.

    Raises:
        Trouble: there is no such order.
    """
    if name not in list(Sort):
        raise Trouble("search.sort", name=name, known=", ".join(Sort))
    return Sort(name)


def filters_of(given: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Filters written NAME=VALUE; one name given twice accepts either value.

    Raises:
        Trouble: a filter has no "=" or no such name.
    """
    found: dict[str, tuple[str, ...]] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or name not in FACETS:
            raise Trouble("search.filter", given=one, known=", ".join(FACETS))
        found[name] = (*found.get(name, ()), value)
    return found


def search_answer(page: Page) -> SearchAnswer:
    """A page by its public names: what was understood, every hit with its status, the day that was asked about and its highlights."""
    return SearchAnswer(
        total=page.total,
        certain=page.certain,
        said=list(page.said),
        understood=list(page.understood),
        corrected=page.corrected,
        did_you_mean=list(page.did_you_mean),
        help=list(page.help),
        hits=[_hit(one, page.as_of) for one in page.hits],
        facets={name: [FacetCount(value=value, count=count) for value, count in counts] for name, counts in page.facets.items()},
    )


def _hit(hit: Hit, as_of: date | None) -> SearchHit:
    entry = hit.entry
    return SearchHit(
        kind=entry.kind.value, key=entry.key, title=entry.title, publisher=entry.publisher, province=entry.province, online=entry.online,
        status=entry.status, status_note=entry.status_note, url=page_address(entry.source, entry.url), agencies=list(entry.agencies), levels=list(entry.levels),
        fields=list(entry.fields), as_of=as_of, observed_on=entry.observed_on, issued_on=entry.issued_on, score=hit.score,
        highlights={name: MarkedText(text=found.text, spans=list(found.spans)) for name, found in hit.highlights.items()},
        why=list(hit.why),
    )  # fmt: skip


def open_search(settings: Settings, engine: str | None) -> Asker:
    """The index the settings name, or another one.

    Raises:
        BadQuery: there is no such engine, or its address or secrets cannot be used.
    """
    return Asker(open_engine(settings, engine))
