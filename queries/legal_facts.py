"""Each legal basis of procedures with what is proven of it on a day: the facts that anybody may read and take along, without any blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from queries.cited_provisions import bases_of
from queries.contract import BasisOfProcedure
from queries.listed_lines import LegalFact
from rasoat.store.extracted import Version, load_versions, sightings
from rasoat.store.published_lists import procedures_after
from rasoat.store.published_timelines import PublishedRows, citations_of
from validators.derivation.judged_versions import dated
from validators.validity.answers import PublishedAnswers

PROVEN = frozenset({"dead", "suspended"})  # verdicts that a clause or a stated term proves
_PORTION = 500  # procedures read at a time: what is held in memory, and how often a text is asked about only once


def facts_after(rows: PublishedRows, day: date, after: str, procedures: int) -> tuple[list[LegalFact], str | None]:
    """The legal bases of the next procedures by code, and the code to go on after (None at the end of the list)."""
    next_ones = procedures_after(rows, day, after, procedures)
    last = next_ones[-1].code if len(next_ones) == procedures else None
    return list(_facts(rows, next_ones, day)), last


def every_fact(rows: PublishedRows, day: date) -> Iterator[LegalFact]:
    """The legal bases of all procedures, by code, a portion of them in memory at a time."""
    after: str | None = ""
    while after is not None:
        found, after = facts_after(rows, day, after, _PORTION)
        yield from found


class _RememberedAnswers(PublishedAnswers):
    """Who answers for a portion: many procedures cite the same texts."""

    def __init__(self, rows: PublishedRows) -> None:
        super().__init__(rows)
        self.answer = lru_cache(None)(super().answer)  # type: ignore[method-assign]


def _facts(rows: PublishedRows, judged: Sequence[Row[Any]], day: date) -> Iterator[LegalFact]:
    codes = [row.code for row in judged]
    seen = sightings(rows.connection, codes=codes)
    versions = {(one.piece, one.position): one for one in load_versions(rows.connection, seen, codes)}
    answers = _RememberedAnswers(rows)  # one for each portion
    for row in judged:
        if version := versions.get((row.piece, row.position)):
            version = dated(version, day)
            basis, elsewhere = bases_of(version.procedure.parts, citations_of(row), answers, day)
            yield from (_fact(version, one, day) for one in (*basis, *elsewhere))


def _fact(version: Version, one: BasisOfProcedure, day: date) -> LegalFact:
    procedure = version.procedure
    return LegalFact(
        **dict(one),
        procedure=procedure.code,
        procedure_name=procedure.name,
        publisher=procedure.publisher,
        decision=procedure.decision.number if procedure.decision else None,
        decision_date=procedure.decision.issued_on if procedure.decision else None,
        observed_on=procedure.observed_on,
        as_of=day,
    )
