"""The one place where the web opens the store: for reading alone, and one publication for a whole request.

A page asks several questions; between two of them another publication may come to stand. Whoever answers a request asks through
`PublishedStore.moment`, and everything it is told is of one moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from queries.data_age import DataAge, data_age
from queries.published_moment import PinnedWorkspace, pinned
from queries.searching import Asker, open_search
from rasoat.addresses import reason_told, shown
from rasoat.settings import Settings
from rasoat.store.database import StoreIsNewer, open_read_only
from rasoat.store.database_words import database_refusal
from rasoat.trouble import SourceTrouble
from rasoat.workspace import Workspace


class ReadWorkspace(Workspace):
    """A workspace whose store cannot be written."""

    @cached_property
    def engine(self) -> Engine:
        """The store as it is.

        Raises:
            SourceTrouble: there is none, it is of another version or none of ours, or it cannot be opened.
        """
        address = self.settings.database
        try:
            return open_read_only(address)
        except StoreIsNewer as error:
            raise SourceTrouble("store.newer", address=shown(address), reason=str(error)) from error
        except (SQLAlchemyError, ImportError, OSError, ValueError, TypeError) as error:
            raise SourceTrouble("store.unopened", address=shown(address), reason=reason_told(database_refusal(error), address)) from error


class PublishedStore:
    """What the pages of one process read."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.work = ReadWorkspace(settings)
        self._age: tuple[object, DataAge] | None = None

    @contextmanager
    def moment(self) -> Iterator[PinnedWorkspace]:
        """The store as it stands, the same until the block ends."""
        with pinned(self.work) as moment:
            yield moment

    @cached_property
    def search(self) -> Asker:
        """The index, opened when first asked."""
        return open_search(self.settings, None)

    def age(self, moment: PinnedWorkspace) -> DataAge:
        """How old the data are; looked up once for each publication and each refusal."""
        stands = moment.publication
        mark = (stands.number, stands.at, stands.refused_at)
        if self._age is None or self._age[0] != mark:
            self._age = (mark, data_age(moment.rows.connection, stands))
        return self._age[1]

    def close(self) -> None:
        """Give the connections back."""
        if "engine" in self.work.__dict__:
            self.work.engine.dispose()
