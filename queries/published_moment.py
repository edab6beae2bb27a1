"""What is published, all of one moment: what every answer but those on earlier knowledge is read from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rasoat.store.publications import never_published, reading
from rasoat.store.published_timelines import PublishedRows
from rasoat.trouble import Trouble
from rasoat.workspace import Workspace


@contextmanager
def published_rows(work: Workspace) -> Iterator[PublishedRows]:
    """What is published, all of one moment.

    Raises:
        Trouble: the store holds something and nothing of it was ever published.
    """
    with reading(work.engine) as (connection, publication):
        if never_published(connection, publication):
            raise Trouble("publication.none")
        yield PublishedRows(connection, publication)
