"""Asking an index from the command line and other programs: a text and a target in, ids and plain rows out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rasoat.settings import Settings
from rasoat.trouble import SourceTrouble, Trouble
from search.answering import answer, suggestions
from search.engines import FACETS, BadQuery, Engine, Hit, Page, Query, SearchError, Sort, open_engine
from search.entries import EntryKind

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
    ) -> Page:
        """One page of an answer, best first unless `sort` says otherwise.

        Raises:
            Trouble: the target is none of `TARGETS`, or the question is refused.
            SourceTrouble: the engine does not answer, or nothing was indexed yet.
        """
        if target not in TARGETS:
            raise Trouble(f"target {target!r}: chỉ có {', '.join(TARGETS)}")
        try:
            kinds = TARGETS[target]
            return answer(self.engine, Query(text, kinds, filters or {}, sort, page, limit, facets, signed_in=EntryKind.FINDING in kinds))
        except BadQuery as error:
            raise Trouble(str(error)) from error
        except SearchError as error:
            raise SourceTrouble(str(error)) from error

    def suggestions(self, text: str, limit: int) -> list[str]:
        """Whole names for what is being typed.

        Raises:
            SourceTrouble: the engine does not answer, or nothing was indexed yet.
        """
        try:
            return list(suggestions(self.engine, text, limit))
        except SearchError as error:
            raise SourceTrouble(str(error)) from error

    def ids(self, text: str, target: str, limit: int) -> list[str]:
        """Procedure codes and document ids, best first."""
        return [hit.entry.key for hit in self.page(text, target, limit).hits]


def sort_of(name: str) -> Sort:
    """The order called `name`.

    Raises:
        Trouble: there is no such order.
    """
    if name not in list(Sort):
        raise Trouble(f"--sort {name!r}: chỉ có {', '.join(Sort)}")
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
            raise Trouble(f"--only {one!r}: viết TÊN=GIÁ TRỊ, tên là một trong {', '.join(FACETS)}")
        found[name] = (*found.get(name, ()), value)
    return found


def page_json(page: Page) -> dict[str, Any]:
    """A page by public names: what was understood, every hit with its status, the day that was asked about and its highlights."""
    return {
        "total": page.total,
        "understood": list(page.understood),
        "corrected": page.corrected,
        "did_you_mean": list(page.did_you_mean),
        "help": list(page.help),
        "hits": [_hit_json(hit) for hit in page.hits],
        "facets": {name: [{"value": value, "count": count} for value, count in counts] for name, counts in page.facets.items()},
    }


def _hit_json(hit: Hit) -> dict[str, Any]:
    entry = hit.entry
    dates = {name: value.isoformat() if (value := getattr(entry, name)) else None for name in ("as_of", "observed_on", "issued_on")}
    shown = {name: {"text": found.text, "spans": [list(span) for span in found.spans]} for name, found in hit.highlights.items()}
    same = {name: getattr(entry, name) for name in ("key", "title", "publisher", "province", "online", "status", "status_note", "url")}
    several = {name: list(getattr(entry, name)) for name in ("agencies", "levels", "fields")}
    return {"kind": entry.kind.value, **same, **several, **dates, "score": hit.score, "highlights": shown}


def open_search(settings: Settings, engine: str | None) -> Asker:
    """The index the settings name, or another one.

    Raises:
        SourceTrouble: the engine cannot be opened.
    """
    try:
        return Asker(open_engine(settings, engine))
    except SearchError as error:
        raise SourceTrouble(str(error)) from error
