"""Clauses, orders and counts in tantivy's query language."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import tantivy

from search.fetch_clauses import Best, Both, Everything, FetchClause, HoldsWord, OneOf, Prefix, Term
from search.index_contract import Fetch, Sort

_MOST_VALUES = 300


def translated(clause: FetchClause, schema: tantivy.Schema) -> tantivy.Query:
    """The clause as a query."""
    if isinstance(clause, Term):
        return tantivy.Query.boost_query(tantivy.Query.term_query(schema, clause.field, clause.value, "freq"), clause.boost)
    if isinstance(clause, HoldsWord):
        return _unscored(tantivy.Query.term_query(schema, clause.field, clause.value, "basic"))
    if isinstance(clause, Prefix):
        prefix = tantivy.Query.fuzzy_term_query(schema, clause.field, clause.value, distance=0, prefix=True)
        return tantivy.Query.const_score_query(prefix, clause.boost)
    if isinstance(clause, OneOf):
        each = [tantivy.Query.term_query(schema, clause.field, value, "basic") for value in clause.values]
        return _unscored(_any(each))
    if isinstance(clause, Everything):
        return tantivy.Query.all_query()
    if isinstance(clause, Best):
        return tantivy.Query.disjunction_max_query([translated(one, schema) for one in clause.clauses])
    return _both(clause, schema)


def _both(clause: Both, schema: tantivy.Schema) -> tantivy.Query:
    parts = [(tantivy.Occur.Must, translated(one, schema)) for one in (*clause.must, *clause.keep)]
    should = [translated(one, schema) for one in clause.should]
    if clause.least:
        parts.append((tantivy.Occur.Must, _at_least(clause.least, should)))
    else:
        parts += [(tantivy.Occur.Should, one) for one in should]
    return tantivy.Query.boolean_query(parts)


def _at_least(least: int, queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """What matches so many of the queries. Where that is more than one of words that score nothing it is said as the ways to choose them:
    the library walks intersections faster than it counts matches."""
    if least == 1:
        return _any(queries)
    chosen = itertools.combinations(queries, least)
    return _any([tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in several]) for several in chosen])


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in queries])


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def count_of(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many entries match."""
    found: Any = searcher.search(query, 1)
    return int(found.count)


_ORDERS = {
    Sort.NEWEST: ("sort_day", False),
    Sort.OLDEST: ("sort_day", True),
    Sort.TITLE: ("sort_title", True),
    Sort.KEY: ("sort_key", True),
}


def ordered(searcher: tantivy.Searcher, query: tantivy.Query, request: Fetch) -> Any:
    """One page of what matches."""
    if request.sort is Sort.RELEVANCE:
        return searcher.search(query, request.limit, offset=request.offset)
    name, rising = _ORDERS[request.sort]
    return searcher.search(
        query, request.limit, offset=request.offset, order_by_field=name, order=tantivy.Order.Asc if rising else tantivy.Order.Desc
    )


def counted(searcher: tantivy.Searcher, query: tantivy.Query, names: tuple[str, ...]) -> dict[str, tuple[tuple[str, int], ...]]:
    if not names:
        return {}
    asked = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}
    found = searcher.aggregate(query, asked)
    return {
        name: tuple(sorted(((one["key"], int(one["doc_count"])) for one in found[name]["buckets"]), key=lambda pair: (-pair[1], pair[0])))
        for name in names
    }
