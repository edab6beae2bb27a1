"""What is published today of things that a search found: the status of each document, and how much of each procedure's legal basis is alive.

An index knows statuses of the day it was made for; a page tells those of the day asked about.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from queries.published_moment import PinnedWorkspace
from queries.shape import Shape
from rasoat.records import Part, Status
from rasoat.store.published_schema import cited_by

_ALIVE = (Status.IN_FORCE, Status.PARTLY_IN_FORCE)


class BasisCount(Shape):
    """Of the documents in a procedure's legal basis: how many are in force, wholly or partly, how many have
    ended, on how many there is no conclusion, and all of them."""

    alive: int
    dead: int
    unknown: int
    all: int


def found_statuses(moment: PinnedWorkspace, found: Collection[str], as_of: date) -> dict[str, str]:
    """The status on a day of documents and articles by the keys that a search gives them: printed ids, an article's path behind "#"."""
    parted = {key: key.partition("#") for key in found}
    documents = moment.rows.documents_by_id({printed for printed, _, _ in parted.values()})
    asked = {key: (documents[printed].key, path or None) for key, (printed, _, path) in parted.items() if printed in documents}
    moment.answers.look_ahead(list(asked.values()), as_of)
    return {key: moment.answers.answer(document, path, as_of).verdict.status.value for key, (document, path) in asked.items()}


def basis_counts(moment: PinnedWorkspace, codes: Collection[str], as_of: date) -> dict[str, BasisCount]:
    """How much of the legal basis is alive on a day, by procedure; one that cites nothing is not among them."""
    query = select(cited_by.c.procedure, cited_by.c.key).where(
        cited_by.c.procedure.in_(sorted(codes)), cited_by.c.part == Part.LEGAL_BASIS.value, cited_by.c.holds_from <= as_of,
        cited_by.c.holds_to > as_of, moment.publication.sees(cited_by),
    )  # fmt: skip
    cited: dict[str, set[str]] = {}
    for code, key in moment.rows.connection.execute(query):
        cited.setdefault(code, set()).add(key)
    statuses = _statuses(moment, {key for keys in cited.values() for key in keys}, as_of)
    return {code: _counted([statuses[key] for key in keys]) for code, keys in cited.items()}


def _counted(statuses: list[Status]) -> BasisCount:
    alive, dead = sum(one in _ALIVE for one in statuses), sum(one is Status.EXPIRED for one in statuses)
    return BasisCount(alive=alive, dead=dead, unknown=statuses.count(Status.UNKNOWN), all=len(statuses))


def _statuses(moment: PinnedWorkspace, keys: Collection[str], as_of: date) -> dict[str, Status]:
    moment.answers.look_ahead([(key, None) for key in keys], as_of)
    return {key: moment.answers.answer(key, None, as_of).verdict.status for key in keys}
