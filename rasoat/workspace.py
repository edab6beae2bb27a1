"""One place where the settings become an open store and archive."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from rasoat.addresses import reason_told, shown
from rasoat.progress import Bars, no_bars
from rasoat.settings import Settings, load_settings
from rasoat.store.database import StoreIsNewer, open_database
from rasoat.store.database_words import database_refusal
from rasoat.store.write_turns import Tell, on_standard_error
from rasoat.system_words import refusal
from rasoat.trouble import SourceTrouble

if TYPE_CHECKING:
    from rasoat.archive import Archive


@dataclass
class Workspace:
    """The store and archive of one process, opened when first used."""

    settings: Settings
    bars: Bars = no_bars
    tell: Tell = on_standard_error
    keeps: bool = False  # a process that publishes many times keeps what it loaded for that

    @classmethod
    def here(cls, bars: Bars = no_bars, tell: Tell = on_standard_error) -> Workspace:
        """The workspace that the environment variables describe; `bars` shows a person how far each step is, `tell` what is waited for."""
        return cls(load_settings(), bars, tell)

    @cached_property
    def engine(self) -> Engine:
        """The store, migrated.

        Raises:
            SourceTrouble: the database cannot be opened.
        """
        try:
            return open_database(self.settings.database, self.settings.store_wait, self.tell)
        except StoreIsNewer as error:
            raise SourceTrouble("store.newer", address=shown(self.settings.database), reason=str(error)) from error
        except (SQLAlchemyError, ImportError, OSError, ValueError, TypeError) as error:  # the last two: a port or an option that is none
            said = refusal(error) if isinstance(error, OSError) else database_refusal(error)
            reason = reason_told(said, self.settings.database)
            raise SourceTrouble("store.unopened", address=shown(self.settings.database), reason=reason) from error

    @cached_property
    def archive(self) -> Archive:
        """The archive of received answers."""
        from rasoat.archive import Archive  # and with it what reaches object stores: not for a question on what is stored

        return Archive(self.settings.archive)
