"""What to fetch, said once: clauses that every engine translates into its own query language, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Entries whose `field` holds the word `value`, scored by BM25 times `boost`."""

    field: str
    value: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class HoldsWord:
    """Entries whose `field` holds the word `value`; a filter, scores nothing."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Entries whose `field` holds a word that begins with `value`; every one scores `boost`."""

    field: str
    value: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class OneOf:
    """Entries whose keyword `field` is one of `values`; a filter, scores nothing."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Best:
    """Entries of any clause, scored by the best one."""

    clauses: tuple[FetchClause, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Entries of every `must` and `keep`, and of at least `least` of `should`; scores of `must` and `should` add up."""

    must: tuple[FetchClause, ...] = ()
    should: tuple[FetchClause, ...] = ()
    keep: tuple[FetchClause, ...] = ()
    least: int = 0


@dataclass(frozen=True, slots=True)
class Everything:
    """Every entry, scored alike."""


FetchClause = Term | HoldsWord | Prefix | OneOf | Best | Both | Everything


def matching(clause: FetchClause) -> FetchClause:
    """What matches the same entries with nothing that only weighs: for counting."""
    if isinstance(clause, Both):
        parts = [tuple(matching(one) for one in some) for some in (clause.must, clause.should if clause.least else (), clause.keep)]
        return Both(must=parts[0], should=parts[1], keep=parts[2], least=clause.least)
    if isinstance(clause, Best):
        return Best(tuple(matching(one) for one in clause.clauses))
    return clause


def any_of(clauses: Iterable[FetchClause]) -> FetchClause:
    """One clause for several alternatives."""
    found = tuple(clauses)
    return found[0] if len(found) == 1 else Best(found)
