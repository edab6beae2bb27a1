"""Who answers a question on documents: what is published, or, as known on an earlier day, the facts in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

from queries.published_moment import pinned, published_rows
from rasoat.store.published_timelines import PublishedRows
from rasoat.workspace import Workspace
from validators.validity import ValidityGraph
from validators.validity.answers import GraphAnswers, StatusAnswers

AnswersKnown = Callable[[date | None], StatusAnswers]


@contextmanager
def answers_known(work: Workspace) -> Iterator[tuple[PublishedRows, AnswersKnown]]:
    """What is published, and who answers: by the day on which it had to be known, None for everything known. What was known on an earlier day is published
    nowhere: then all facts are loaded, once, which takes seconds.

    Raises:
        Trouble: the store holds something and nothing of it was ever published.
    """
    with pinned(work) as moment, published_rows(moment) as rows:
        published = moment.answers

        @cache
        def known(known_at: date | None) -> StatusAnswers:
            return published if known_at is None else GraphAnswers(graph(), known_at, published.held_back)

        @cache
        def graph() -> ValidityGraph:
            from validators.knowledge import load_graph  # loads what reads texts: not for a question on what is published

            return load_graph(rows.connection, work.settings.life_months)

        yield rows, known
