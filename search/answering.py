"""How a question is answered, the same for both engines: understand, fetch, order, mark, count, help.

What is known of a question goes one way: what was understood plans what is fetched, what was fetched is put in order by one ranker, and what
stands on the page is marked and explained. The index is looked up once, at the beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from search.analysis import name_words
from search.held_numbers import not_held
from search.index_contract import FACETS, Candidates, Engine, FacetCounts, Fetch, Hit, OpenIndex, Page, Query, Sort
from search.ranking.certainty import CERTAIN, before_the_fall
from search.ranking.highlights import highlights
from search.ranking.order import CANDIDATES, Ranker
from search.ranking.reasons import reasons
from search.ranking.retrieval import plan
from search.ranking.several_wishes import in_turn
from search.stored_rows import entry_of, traits_of
from search.suggesting import names_near
from search.telling import nothing_certain, read_as, understood
from search.traits import Traits
from search.understanding.asked_words import Word
from search.understanding.query_readings import QueryReading
from search.understanding.understand import MOST_WORDS, Understanding, understand

FEW = 10  # with fewer strict matches than this, any word will do
_UNREADABLE = "Không đọc được từ nào trong câu hỏi / no word to search for"


def answer(engine: Engine, query: Query) -> Page:
    """Candidates a question; equal questions to an unchanged index get equal pages, and pages do not overlap."""
    index = engine.open()
    asked = understand(query.text, index.vocabulary, query.literal)
    return _Answering(index, query, asked).page()


@dataclass(frozen=True, slots=True)
class FetchedRows:
    """What was fetched for a question, and the request whose later pages go on from there."""

    request: Fetch
    rows: list[tuple[float, Traits]]
    total: int
    facets: Callable[[], FacetCounts]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The rows of one page in their order, and what is told of all of them."""

    rows: list[tuple[float, Traits]]
    total: int
    facets: Callable[[], FacetCounts]
    certain: bool
    lacking: tuple[str, ...] = ()  # what was asked for by number and is not held, said


class _Answering:
    """One question on its way to a page."""

    def __init__(self, index: OpenIndex, query: Query, asked: Understanding) -> None:
        self._index, self._query, self._asked = index, query, asked
        self._first, self._last = (query.page - 1) * query.size, query.page * query.size

    def page(self) -> Page:
        """The page that was asked for."""
        if self._query.text.strip() and self._asked.empty:
            return self._shown(Ordered([], 0, dict, certain=False), (_UNREADABLE,))
        found = self._fetched()
        lacking = not_held(self._index, self._asked, [traits for _, traits in found.rows])
        if self._asked.codes and not self._asked.readings and found.rows:
            found = self._with_namesakes(found)
        ordered = replace(self._best(found) if self._by_relevance else self._as_sorted(found), lacking=lacking)
        return self._shown(ordered, self._help() if not ordered.rows and self._query.page == 1 else ())

    @property
    def _by_relevance(self) -> bool:
        return self._query.sort is Sort.RELEVANCE and not self._asked.empty

    def _fetched(self) -> FetchedRows:
        query, wanted = self._query, FACETS if self._query.facets else ()
        clause = plan(self._asked, query, self._index.vocabulary)
        if self._by_relevance:
            request = Fetch(clause, 0, CANDIDATES, facets=wanted)
        else:
            request = Fetch(clause, self._first, query.size, query.sort, wanted)
        found = self._index.fetch(request)
        if found.total < FEW and self._asked.readings:
            request = replace(request, clause=plan(self._asked, query, self._index.vocabulary, loose=True))
            found = _joined(found, self._index.fetch(request))
        return FetchedRows(request, [(value, traits_of(stored)) for value, stored in found.rows], found.total, found.facets)

    def _with_namesakes(self, found: FetchedRows) -> FetchedRows:
        """After a complete code, procedures of the same name: provinces publish their own copies under codes of their own."""
        code = self._asked.codes[0]
        own = next((one.stored for _, one in found.rows if code.complete and one.key == code.code), None)
        if own is None:
            return found
        name = QueryReading(tuple(Word(plain) for plain in name_words(own["title"])[:MOST_WORDS]), 0.5)
        named = replace(self._asked, readings=(name,), codes=())
        self._asked = replace(self._asked, readings=(name,))
        more = self._index.fetch(Fetch(plan(named, self._query, self._index.vocabulary), 0, CANDIDATES)).rows
        there, theirs = {one.id for _, one in found.rows}, [(value, traits_of(stored)) for value, stored in more]
        same = [
            (value, one) for value, one in theirs if one.id not in there and name_words(one.stored["title"]) == name_words(own["title"])
        ]
        rows = [*found.rows, *same][:CANDIDATES]
        return replace(found, rows=rows, total=len(rows))

    def _as_sorted(self, found: FetchedRows) -> Ordered:
        return Ordered(found.rows, found.total, found.facets, certain=bool(found.rows))

    def _best(self, found: FetchedRows) -> Ordered:
        """The rows of a page by relevance; where nothing is certain, only those that come near, and no others are counted."""
        ranker = Ranker(self._asked, self._index.vocabulary)
        rows = ranker.ordered(found.rows)
        certain = bool(rows) and ranker.answers(rows[0][1]) >= CERTAIN
        if rows and len(self._asked.wishes) > 1:
            rows = in_turn(rows, [(one.ordered(found.rows), one) for one in self._for_each_wish()])
        if not certain:
            near = before_the_fall(rows)
            return Ordered(near[self._first : self._last], len(near), dict, certain=False)
        shown = rows[self._first : self._last]
        if self._last > CANDIDATES:
            start = max(self._first, CANDIDATES)
            later = self._index.fetch(Fetch(found.request.clause, start, self._last - start)).rows
            shown += [(value, traits_of(stored)) for value, stored in later]
        return Ordered(shown, found.total, found.facets, certain=True)

    def _for_each_wish(self) -> Iterator[Ranker]:
        for readings in self._asked.wishes:
            yield Ranker(replace(self._asked, readings=readings, wishes=()), self._index.vocabulary)

    def _shown(self, ordered: Ordered, help_lines: tuple[str, ...] = ()) -> Page:
        asked = self._asked
        texts = self._index.texts([one.id for _, one in ordered.rows]) if ordered.rows else {}
        hits = tuple(self._hit(one, value, texts) for value, one in ordered.rows)
        read = (*understood(asked), *ordered.lacking)
        doubt = () if ordered.certain or not hits else (nothing_certain(self._query.kinds),)
        return Page(
            hits,
            ordered.total,
            ordered.facets(),
            asked.corrected,
            (asked.corrected,) if asked.corrected else (),
            read,
            help_lines,
            self._index.as_of,
            certain=ordered.certain,
            said=(*read_as(asked), *read, *doubt, *help_lines),
        )

    def _hit(self, traits: Traits, value: float, texts: Mapping[str, str]) -> Hit:
        entry = replace(entry_of(traits), body=texts.get(traits.id, ""))
        marked = highlights(entry, self._asked)
        return Hit(entry, round(value, 6), marked, reasons(self._asked, traits, marked))

    def _help(self) -> tuple[str, ...]:
        """What to try where nothing was found: which filter is in the way, which names come near."""
        lines, filters = [], self._query.filters
        for name in filters:
            fewer = replace(self._query, filters={other: values for other, values in filters.items() if other != name})
            total = self._index.fetch(Fetch(plan(self._asked, fewer, self._index.vocabulary), 0, 1)).total
            if total:
                lines.append(f"Bỏ bộ lọc “{name}” sẽ có {total} kết quả")
        words = [word.plain for reading in self._asked.readings for word in reading.words]
        near = names_near(self._index, words[0], 3) if words else ()
        lines += [f"Có thể bạn tìm: {name}" for name in near]
        lines.append("Thử tên gọi khác, mã thủ tục (1.001193) hoặc số văn bản (123/2015/NĐ-CP)")
        return tuple(lines)


def _joined(strict: Candidates, loose: Candidates) -> Candidates:
    """The loose answer with the strict rows' higher scores first."""
    kept = {stored for _, stored in strict.rows}
    rows = [*strict.rows, *(row for row in loose.rows if row[1] not in kept)]
    return Candidates(rows[:CANDIDATES], max(loose.total, strict.total), loose.facets)
