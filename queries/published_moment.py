"""What is published, all of one moment: what every answer but those on earlier knowledge is read from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from rasoat.store.publications import StandingPublication, never_published, reading
from rasoat.store.published_timelines import PublishedRows
from rasoat.trouble import Trouble
from rasoat.workspace import Workspace
from validators.validity.answers import PublishedAnswers


class PinnedWorkspace(Workspace):
    """A workspace all of whose answers are of one moment: a page asks several questions, and another publication may stand meanwhile."""

    def __init__(self, work: Workspace, rows: PublishedRows) -> None:
        super().__init__(work.settings, work.bars, work.tell)
        self.rows = rows
        self.__dict__["engine"] = work.engine  # what `cached_property` would open

    @property
    def publication(self) -> StandingPublication:
        """The publication that is read."""
        return self.rows.publication

    @cached_property
    def answers(self) -> PublishedAnswers:
        """Who answers for documents; what was looked up for one question is there for the next."""
        return PublishedAnswers(self.rows)

    @cached_property
    def unpublished(self) -> bool:
        """Whether the store holds something and nothing of it was ever published."""
        return never_published(self.rows.connection, self.publication)


@contextmanager
def pinned(work: Workspace) -> Iterator[PinnedWorkspace]:
    """A workspace that reads one moment of the store until the block ends."""
    if isinstance(work, PinnedWorkspace):
        yield work
        return
    with reading(work.engine) as (connection, publication):
        yield PinnedWorkspace(work, PublishedRows(connection, publication))


@contextmanager
def published_rows(work: Workspace) -> Iterator[PublishedRows]:
    """What is published, all of one moment.

    Raises:
        Trouble: the store holds something and nothing of it was ever published.
    """
    with pinned(work) as moment:
        if moment.unpublished:
            raise Trouble("publication.none")
        yield moment.rows
