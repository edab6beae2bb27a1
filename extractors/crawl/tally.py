"""What the lists of one crawl held, beside what their publisher says they hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.sources.source import Extent
from rasoat.records import Listing
from rasoat.words import number
from rasoat.words.crawl_words import LIST_CIRCLE, LIST_ENDLESS, LIST_ITEMS, LIST_PAGES, LIST_TOTAL, LIST_UNSTATED, short_list

_PATIENCE = 3  # pages in a row without one new item: overlapping pages are few, a list that turns in circles is all like this


@dataclass(slots=True)
class ListSoFar:
    """One list as far as it came: its different ids, all its rows, and the total stated last."""

    ids: set[str] = field(default_factory=set)
    rows: int = 0
    total: int | None = None
    size: int = 0
    idle: int = 0

    @property
    def whole(self) -> bool:
        """Whether as many different items came as the publisher states."""
        return self.total is not None and self.total == len(self.ids) > 0


class Tally:
    """Counts the pages of a crawl's lists."""

    def __init__(self, extent: Extent) -> None:
        self.lists: dict[str, ListSoFar] = {}
        self._extent, self._pages, self._items = extent, 0, 0

    def add(self, page: Listing) -> str | None:
        """Count a page; why the list must be followed no further, or None."""
        held = self.lists.setdefault(page.list_name, ListSoFar())
        fresh = set(page.ids) - held.ids
        held.ids |= fresh
        held.rows, held.total, held.size = held.rows + len(page.ids), page.total, held.size + page.size
        held.idle = 0 if fresh or not page.ids else held.idle + 1
        self._pages, self._items = self._pages + 1, self._items + len(fresh)
        extent = self._extent
        if page.total is not None and page.total > extent.items:
            return LIST_TOTAL.format(name=page.list_name, total=number(page.total), most=number(extent.items))
        if self._items > extent.items:
            return LIST_ENDLESS.format(most=number(extent.items), what=LIST_ITEMS)
        if self._pages >= extent.pages and page.next_page:
            return LIST_ENDLESS.format(most=number(extent.pages), what=LIST_PAGES)
        return LIST_CIRCLE if held.idle >= _PATIENCE else None

    @property
    def whole(self) -> bool:
        """Whether every list so far holds what its publisher states: a last page beyond that is asked to be sure, and owes nothing."""
        return bool(self.lists) and all(held.whole for held in self.lists.values())

    def doubts(self) -> list[str]:
        """Where a list and its publisher's total differ, in words."""
        told = []
        for name, held in sorted(self.lists.items()):
            got = len(held.ids)
            if held.total is None:
                told.append(LIST_UNSTATED.format(name=name, got=number(got)))
            elif held.total != got:
                told.append(short_list(name, got, held.total, held.rows - got))
        return told
