"""Clauses and orders in Elasticsearch's query language."""

from __future__ import annotations

from typing import Any

from search.fetch_clauses import Best, Both, Everything, FetchClause, HoldsWord, OneOf, Prefix, Term
from search.index_contract import FacetCounts, Fetch, Sort

_MOST_VALUES = 300
_ORDERS: dict[Sort, list[dict[str, str]]] = {
    Sort.NEWEST: [{"sort_day": "desc"}, {"id": "asc"}],
    Sort.OLDEST: [{"sort_day": "asc"}, {"id": "asc"}],
    Sort.TITLE: [{"sort_title": "asc"}, {"id": "asc"}],
    Sort.KEY: [{"sort_key": "asc"}, {"id": "asc"}],
}


def translated(clause: FetchClause) -> dict[str, Any]:
    """The clause as a query."""
    if isinstance(clause, Term):
        return {"term": {clause.field: {"value": clause.value, "boost": clause.boost}}}
    if isinstance(clause, HoldsWord):
        return {"term": {clause.field: {"value": clause.value}}}
    if isinstance(clause, Prefix):
        return {"constant_score": {"filter": {"prefix": {clause.field: {"value": clause.value}}}, "boost": clause.boost}}
    if isinstance(clause, OneOf):
        return {"terms": {clause.field: list(clause.values)}}
    if isinstance(clause, Everything):
        return {"match_all": {}}
    if isinstance(clause, Best):
        return {"dis_max": {"queries": [translated(one) for one in clause.clauses]}}
    return _both(clause)


def _both(clause: Both) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    if clause.must:
        parts["must"] = [translated(one) for one in clause.must]
    if clause.keep:
        parts["filter"] = [translated(one) for one in clause.keep]
    if clause.should:
        parts["should"] = [translated(one) for one in clause.should]
        parts["minimum_should_match"] = clause.least
    return {"bool": parts}


def searched(request: Fetch) -> dict[str, Any]:
    """The body of a search request."""
    body: dict[str, Any] = {
        "query": translated(request.clause),
        "from": request.offset,
        "size": request.limit,
        "track_total_hits": True,
    }
    # By relevance the server's own order serves, equals as the index holds them: looking up a name of every match costs a third of a question.
    if request.sort is not Sort.RELEVANCE:
        body["sort"] = _ORDERS[request.sort]
    if request.facets:
        body["aggs"] = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in request.facets}
    return body


def counts_of(aggregations: dict[str, Any]) -> FacetCounts:
    """What a search request counted, the most first."""
    return {
        name: tuple(sorted(((one["key"], int(one["doc_count"])) for one in value["buckets"]), key=lambda pair: (-pair[1], pair[0])))
        for name, value in aggregations.items()
    }
