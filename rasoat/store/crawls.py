"""Crawls that have begun and not ended: by them a killed crawl is known and continued, on this machine or another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from rasoat.store.schema import answers, progress


@dataclass(frozen=True, slots=True)
class CrawlOf:
    """What is crawled: a source at an address, for a day. A source has one unfinished crawl at a time."""

    source: str
    base: str
    observed_on: date

    @property
    def name(self) -> str:
        """Its row in `progress`."""
        return f"crawl:{self.source}"

    @property
    def mark(self) -> str:
        """What tells this crawl from another one of the same source."""
        return hashlib.sha256(f"{self.base} {self.observed_on}".encode()).hexdigest()[:24]


def begin_crawl(engine: Engine, this: CrawlOf, at: datetime) -> datetime:
    """When this crawl began: `at`, or when the unfinished crawl that it continues began."""
    with engine.begin() as connection:
        begun = _begun(connection, this)
        if begun:
            return begun
        told = f"{this.mark} {at.isoformat()}"
        if connection.execute(update(progress).where(progress.c.name == this.name).values(inputs=told)).rowcount:
            return at
        try:
            with connection.begin_nested():
                connection.execute(insert(progress).values(name=this.name, inputs=told))
        except IntegrityError:  # another window of the same crawl began meanwhile
            return _begun(connection, this) or at
    return at


def end_crawl(engine: Engine, this: CrawlOf) -> None:
    """The crawl ran to its end; the next one asks everything again."""
    with engine.begin() as connection:
        if _begun(connection, this):
            connection.execute(delete(progress).where(progress.c.name == this.name))


def answered(engine: Engine, this: CrawlOf) -> int:
    """How many questions of the source have an answer of this crawl's day."""
    query = select(func.count()).where(answers.c.source == this.source, answers.c.observed_on == this.observed_on)
    with engine.connect() as connection:
        return connection.scalar(query) or 0


def _begun(connection: Connection, this: CrawlOf) -> datetime | None:
    mark, _, begun = (connection.scalar(select(progress.c.inputs).where(progress.c.name == this.name)) or "").partition(" ")
    return datetime.fromisoformat(begun) if mark == this.mark else None
