"""How a question is answered, the same for both engines: understand, fetch, order, mark, count, help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from search.analysis import folded_words, name_words
from search.entries import EntryKind
from search.held_numbers import not_held
from search.index_contract import FACETS, Candidates, Engine, FacetCounts, Fetch, Hit, Page, Query, ScoredRows, Sort
from search.ranking.certainty import CERTAIN, before_the_fall
from search.ranking.highlights import highlights
from search.ranking.order import CANDIDATES, Ranker
from search.ranking.reasons import reasons
from search.ranking.retrieval import plan, suggestion_plan
from search.ranking.several_wishes import in_turn
from search.stored_rows import entry_of, traits_of
from search.telling import nothing_certain, read_as, understood
from search.understanding.asked_words import Word
from search.understanding.lexicon import expressions
from search.understanding.query_readings import QueryReading
from search.understanding.understand import MOST_WORDS, Understanding, cleaned, understand
from search.vocabulary import Vocabulary

FEW = 10  # with fewer strict matches than this, any word will do


def answer(engine: Engine, query: Query) -> Page:
    """Candidates a question; equal questions to an unchanged index get equal pages, and pages do not overlap."""
    vocabulary = engine.vocabulary()
    asked = understand(query.text, vocabulary, query.literal)
    if query.text.strip() and asked.empty:
        return _page(
            engine, query, asked, Ordered([], 0, dict, certain=False), ("Không đọc được từ nào trong câu hỏi / no word to search for",)
        )
    wanted = FACETS if query.facets else ()
    clause = plan(asked, query, vocabulary)
    first = query.sort is Sort.RELEVANCE and not asked.empty
    head = (
        Fetch(clause, 0, CANDIDATES, facets=wanted)
        if first
        else Fetch(clause, (query.page - 1) * query.size, query.size, query.sort, wanted)
    )
    found = engine.fetch(head)
    if found.total < FEW and asked.readings:
        head = replace(head, clause=plan(asked, query, vocabulary, loose=True))
        found = _joined(found, engine.fetch(head))
    if asked.codes and not asked.readings and found.rows:
        asked, found = _with_namesakes(engine, query, asked, found)
    if first:
        ordered = _best(engine, query, asked, head, found)
    else:
        ordered = Ordered(list(found.rows), found.total, found.facets, certain=bool(found.rows))
    ordered = replace(ordered, lacking=not_held(engine, asked, found.rows))
    page = _page(engine, query, asked, ordered)
    return _page(engine, query, asked, ordered, _help(engine, query, asked)) if not page.hits and query.page == 1 else page


@dataclass(frozen=True, slots=True)
class Ordered:
    """The rows of one page in their order, and what is told of all of them."""

    rows: list[tuple[float, str]]
    total: int
    facets: Callable[[], FacetCounts]
    certain: bool
    lacking: tuple[str, ...] = ()  # what was asked for by number and is not held, said


def _best(engine: Engine, query: Query, asked: Understanding, head: Fetch, found: Candidates) -> Ordered:
    """The rows of a page by relevance; where nothing is certain, only those that come near, and no others are counted."""
    rows, certain = _ordered(found.rows, asked, engine.vocabulary())
    start, end = (query.page - 1) * query.size, query.page * query.size
    if not certain:
        near = before_the_fall(rows)
        return Ordered(near[start:end], len(near), dict, certain=False)
    if end <= CANDIDATES:
        return Ordered(rows[start:end], found.total, found.facets, certain=True)
    later = engine.fetch(Fetch(head.clause, max(start, CANDIDATES), end - max(start, CANDIDATES)))
    return Ordered(rows[start:] + list(later.rows), found.total, found.facets, certain=True)


def _page(engine: Engine, query: Query, asked: Understanding, ordered: Ordered, help_lines: tuple[str, ...] = ()) -> Page:
    texts = engine.texts([traits_of(stored).id for _, stored in ordered.rows])
    hits = tuple(_hit(stored, value, texts, asked) for value, stored in ordered.rows)
    read = (*understood(asked), *ordered.lacking)
    said = (*read_as(asked), *read, *(() if ordered.certain or not hits else (nothing_certain(query.kinds),)), *help_lines)
    corrected = (asked.corrected,) if asked.corrected else ()
    return Page(
        hits,
        ordered.total,
        ordered.facets(),
        asked.corrected,
        corrected,
        read,
        help_lines,
        engine.as_of(),
        certain=ordered.certain,
        said=said,
    )


def _hit(stored: str, value: float, texts: Mapping[str, str], asked: Understanding) -> Hit:
    entry = entry_of(stored)
    entry = replace(entry, body=texts.get(entry.id, ""))
    marked = highlights(entry, asked)
    return Hit(entry, round(value, 6), marked, reasons(asked, traits_of(stored), marked))


def _with_namesakes(engine: Engine, query: Query, asked: Understanding, found: Candidates) -> tuple[Understanding, Candidates]:
    """After a complete code, procedures of the same name: provinces publish their own copies under codes of their own."""
    code = asked.codes[0]
    own = next((one for _, stored in found.rows if code.complete and (one := traits_of(stored).stored)["key"] == code.code), None)
    if own is None:
        return asked, found
    name = QueryReading(tuple(Word(plain) for plain in name_words(own["title"])[:MOST_WORDS]), 0.5)
    named = replace(asked, readings=(name,), codes=())
    more = engine.fetch(Fetch(plan(named, query, engine.vocabulary()), 0, CANDIDATES)).rows
    same = [row for row in more if name_words(traits_of(row[1]).stored["title"]) == name_words(own["title"])]
    joined = _joined(found, Candidates(same, 0, found.facets))
    return replace(asked, readings=(name,)), replace(joined, total=len(joined.rows))


def _joined(strict: Candidates, loose: Candidates) -> Candidates:
    """The loose answer with the strict rows' higher scores first."""
    kept = {stored for _, stored in strict.rows}
    rows = [*strict.rows, *(row for row in loose.rows if row[1] not in kept)]
    return Candidates(rows[:CANDIDATES], max(loose.total, strict.total), loose.facets)


def _ordered(rows: ScoredRows, asked: Understanding, vocabulary: Vocabulary) -> tuple[list[tuple[float, str]], bool]:
    """The rows in order, and whether the first of them answers for certain."""
    best = max((value for value, _ in rows), default=0.0) or 1.0
    ranker = Ranker(asked, vocabulary)
    scored = [(ranker.score(traits_of(stored), value / best), stored) for value, stored in rows]
    ordered = sorted(scored, key=lambda row: (-round(row[0], 4), traits_of(row[1]).id))
    certain = bool(ordered) and ranker.answers(traits_of(ordered[0][1])) >= CERTAIN
    if len(asked.wishes) < 2 or not ordered:
        return ordered, certain
    each = [replace(asked, readings=readings, wishes=()) for readings in asked.wishes]
    return in_turn(ordered, [(_ordered(rows, one, vocabulary)[0], Ranker(one, vocabulary)) for one in each]), certain


def _help(engine: Engine, query: Query, asked: Understanding) -> tuple[str, ...]:
    """What to try where nothing was found: which filter is in the way, which names come near."""
    lines = []
    for name in query.filters:
        fewer = {other: values for other, values in query.filters.items() if other != name}
        total = engine.fetch(Fetch(plan(asked, replace(query, filters=fewer), engine.vocabulary()), 0, 1)).total
        if total:
            lines.append(f"Bỏ bộ lọc “{name}” sẽ có {total} kết quả")
    words = [word.plain for reading in asked.readings for word in reading.words]
    near = suggestions(engine, words[0], 3) if words else ()
    lines += [f"Có thể bạn tìm: {name}" for name in near]
    lines.append("Thử tên gọi khác, mã thủ tục (1.001193) hoặc số văn bản (123/2015/NĐ-CP)")
    return tuple(lines)


def suggestions(engine: Engine, text: str, limit: int = 8) -> tuple[str, ...]:
    """Whole names for what is being typed; a code's beginning gives codes with their names."""
    text, _ = cleaned(text)
    vocabulary = engine.vocabulary()
    asked = understand(text, vocabulary)
    kinds = Query(kinds=(EntryKind.PROCEDURE, EntryKind.DOCUMENT))
    if asked.codes or asked.numbers:
        rows, _ = _ordered(engine.fetch(Fetch(plan(asked, kinds, vocabulary), 0, CANDIDATES)).rows, asked, vocabulary)
        return tuple(dict.fromkeys("{key} {title}".format_map(traits_of(stored).stored) for _, stored in rows[:limit]))
    words = list(name_words(text)) or folded_words(text)
    if not words:
        return ()
    typing = "" if text.endswith(" ") else words.pop()
    found = _completions(engine, words, typing, kinds, limit)
    if not found and (meant := expressions().get((words or [typing])[0])):
        for one in meant:
            if one.said[: len(words) + 1] == (*words, typing):
                found = _completions(engine, [plain for plain, _ in one.means[0]], "", kinds, limit)
                break
    return found


def _completions(engine: Engine, words: Iterable[str], typing: str, kinds: Query, limit: int) -> tuple[str, ...]:
    words = list(words)
    rows = engine.fetch(Fetch(suggestion_plan(words, typing, kinds), 0, CANDIDATES)).rows
    start = " ".join([*words, typing]).strip()

    def order(stored: str) -> tuple[bool, bool, int, str]:
        traits = traits_of(stored)
        return (not " ".join(traits.name).startswith(start), traits.kind is not EntryKind.PROCEDURE, len(traits.name), traits.id)

    titles = (traits_of(stored).stored["title"] for stored in sorted((stored for _, stored in rows), key=order))
    return tuple(dict.fromkeys(titles))[:limit]
