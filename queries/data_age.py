"""How old the data are: the day of each source's last answer, and when a run last brought the publication up to date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, func, select

from rasoat.store.publications import StandingPublication
from rasoat.store.schema import answers, pieces, runs


@dataclass(frozen=True, slots=True)
class DataAge:
    """`sources`: by source, the day of its last answer, the oldest first; `published_at`: when what stands was made;
    `fresh_at`: when it was last made or found unchanged."""

    sources: tuple[tuple[str, date], ...]
    published_at: datetime | None
    fresh_at: datetime | None

    def hours(self, now: datetime) -> float | None:
        """How many hours ago that was; None where there is no publication."""
        return (now - self.fresh_at).total_seconds() / 3600 if self.fresh_at else None


def data_age(connection: Connection, publication: StandingPublication) -> DataAge:
    """The age of what is published."""
    at = _in_utc(publication.at) if publication.at and publication.number else None
    return DataAge(_sources(connection), at, _fresh_at(connection, publication))


def _sources(connection: Connection) -> tuple[tuple[str, date], ...]:
    # Only sources that something was read of: a name that nothing stands behind has no age.
    read = select(pieces.c.source).distinct()
    query = select(answers.c.source, func.max(answers.c.observed_on)).where(answers.c.source.in_(read)).group_by(answers.c.source)
    return tuple(sorted(((name, day) for name, day in connection.execute(query)), key=lambda one: (one[1], one[0])))


def _fresh_at(connection: Connection, publication: StandingPublication) -> datetime | None:
    """A run that ends without a new publication, and was refused none, found that what stands is true."""
    if publication.at is None or publication.number == 0:
        return None
    ended = connection.scalar(select(func.max(runs.c.ended_at)))
    known = [_in_utc(publication.at), *([_in_utc(ended)] if ended and not publication.refused_at else [])]
    return max(known)


def _in_utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps no zone
