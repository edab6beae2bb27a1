"""What was received: captures by their bytes' sha256, answers by who said them and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, insert, not_, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from rasoat.archive import Archive, Stored, sha256_of
from rasoat.store.schema import answers, captures, places, set_aside
from rasoat.warc_records import Account


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer as it was received; `stored` says where its bytes lie in the archive."""

    source: str
    request: str
    observed_on: date
    status: int
    url: str
    stored: Stored


class CaptureStore:
    """The record of what the archive holds and who said it. Writing the same answer again changes nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def stored(self, sha256: str) -> Stored | None:
        """Where the bytes with this sha256 lie, or None where they were never received."""
        with self._engine.connect() as connection:
            row = connection.execute(select(captures).where(captures.c.sha256 == sha256)).one_or_none()
        return Stored(**row._mapping) if row else None

    def answers_with(self, sha256: str) -> list[AnswerRow]:
        """Every answer that had exactly these bytes, oldest first."""
        stored = self.stored(sha256)
        if stored is None:
            return []
        query = select(answers).where(answers.c.sha256 == sha256).order_by(answers.c.observed_on, answers.c.source, answers.c.request)
        with self._engine.connect() as connection:
            return [AnswerRow(row.source, row.request, row.observed_on, row.status, row.url, stored) for row in connection.execute(query)]

    def cut_before(self, sha256: str, reader: int) -> frozenset[tuple[str, str]]:
        """(source, request) of the answers with these bytes that this version of the readers has cut already."""
        query = select(answers.c.source, answers.c.request).where(answers.c.sha256 == sha256, answers.c.reader == reader)
        with self._engine.connect() as connection:
            return frozenset((row.source, row.request) for row in connection.execute(query))

    def uncut(self, reader: int, sources: tuple[str, ...] = ()) -> Iterator[AnswerRow]:
        """Answers not yet cut into pieces by this version of the readers, in the order in which they first came; none set aside."""
        wanted = and_(or_(answers.c.reader.is_(None), answers.c.reader != reader), _not_aside())
        if sources:
            wanted = and_(wanted, answers.c.source.in_(sources))
        yield from self._answers(wanted)

    def everything(self) -> list[AnswerRow]:
        """One answer of each capture, in the order of the archive."""
        found = {answer.stored.sha256: answer for answer in self._answers(true())}
        return sorted(found.values(), key=lambda answer: (answer.stored.warc, answer.stored.offset))

    def _answers(self, wanted: ColumnElement[bool]) -> Iterator[AnswerRow]:
        query = (
            select(
                answers.c.source, answers.c.request, func.min(answers.c.observed_on).label("day"), answers.c.status, answers.c.url, captures
            )
            .join(captures, captures.c.sha256 == answers.c.sha256)
            .where(wanted)
            .group_by(answers.c.source, answers.c.request, answers.c.status, answers.c.url, *captures.c)
            .order_by(func.min(answers.c.fetched_at), "day", answers.c.source, answers.c.request)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        for row in rows:
            stored = Stored(row.sha256, row.warc, row.offset, row.length, row.size, row.media_type)
            yield AnswerRow(row.source, row.request, row.day, row.status, row.url, stored)

    def unread(self, reader: int) -> int:
        """How many answers this version of the readers has not cut; none of those set aside."""
        told = select(answers.c.source, answers.c.request, answers.c.sha256).distinct()
        return self._count(told.where(or_(answers.c.reader.is_(None), answers.c.reader != reader), _not_aside()))

    def aside(self) -> int:
        """How many answers an operator set aside."""
        return self._count(select(answers.c.source, answers.c.request, answers.c.sha256).distinct().where(not_(_not_aside())))

    def _count(self, told: Select[Any]) -> int:
        with self._engine.connect() as connection:
            return int(connection.scalar(select(func.count()).select_from(told.subquery())) or 0)

    def place(self, connection: Connection, answer: AnswerRow, pieces: Mapping[str, str]) -> None:
        """Say which pieces stand at some of an answer's places, before all are known; in the caller's transaction."""
        self._unplace(connection, answer, list(pieces))
        connection.execute(insert(places), [{**_named(answer), "place": place, "piece": piece} for place, piece in pieces.items()])

    def cut(self, connection: Connection, answer: AnswerRow, pieces: Mapping[str, str], reader: int) -> None:
        """Say into which pieces (place → piece) an answer was cut, in the caller's transaction."""
        known = {row.place: row.piece for row in connection.execute(select(places.c.place, places.c.piece).where(_of(answer)))}
        self._unplace(connection, answer, [place for place, piece in known.items() if pieces.get(place) != piece])
        new = [{**_named(answer), "place": place, "piece": piece} for place, piece in pieces.items() if known.get(place) != piece]
        if new:
            connection.execute(insert(places), new)
        connection.execute(
            update(answers)
            .where(answers.c.source == answer.source, answers.c.request == answer.request, answers.c.sha256 == answer.stored.sha256)
            .values(reader=reader)
        )

    def _unplace(self, connection: Connection, answer: AnswerRow, named: list[str]) -> None:
        for at in range(0, len(named), 500):
            connection.execute(places.delete().where(_of(answer), places.c.place.in_(named[at : at + 500])))


def _named(answer: AnswerRow) -> dict[str, str]:
    return {"source": answer.source, "request": answer.request, "sha256": answer.stored.sha256}


def _of(answer: AnswerRow) -> ColumnElement[bool]:
    """The places of an answer."""
    return and_(places.c.source == answer.source, places.c.request == answer.request, places.c.sha256 == answer.stored.sha256)


def _not_aside() -> ColumnElement[bool]:
    return answers.c.sha256.not_in(select(set_aside.c.sha256))


def any_read(engine: Engine, reader: int) -> bool:
    """Whether this version of the readers has cut any answer."""
    with engine.connect() as connection:
        return connection.scalar(select(answers.c.reader).where(answers.c.reader == reader).limit(1)) is not None


@dataclass(slots=True)
class _Told:
    """What is known of one question answered with the same bytes: the days, who cut them, and where and when they first came."""

    url: str
    at: datetime
    days: set[date] = field(default_factory=set)
    reader: int | None = None


class Recorder:
    """Keeps the answers of one source on one day: bytes in the archive, who said them in the store, many to a transaction.

    What is buffered and not yet written when a run is killed is asked again by the next run; nothing half-written stays.
    """

    def __init__(self, engine: Engine, source: str, observed_on: date, batch: int = 200) -> None:
        self._engine, self._source, self._day, self._batch = engine, source, observed_on, batch
        self._buffer: list[tuple[dict[str, object], Stored]] = []
        self._captures: set[str] = set()
        self._stored: dict[str, Stored] = {}
        self._held: set[str] = set()  # sha256 of bytes that the archive was seen to hold
        self._mended: dict[str, Stored] = {}  # bytes kept anew, since the archive's were damaged
        self._new: dict[str, tuple[str, datetime]] = {}  # whence and when the bytes came that this recorder put into the archive
        self._last: dict[str, tuple[date, datetime, str]] = {}
        self._known: dict[tuple[str, str], _Told] = {}
        self._load()

    def _load(self) -> None:
        query = select(answers).where(answers.c.source == self._source)
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                self._remember(row.request, row.sha256, row.url, row.observed_on, row.fetched_at, row.reader)

    def _remember(self, request: str, sha256: str, url: str, day: date, fetched_at: datetime, reader: int | None) -> None:
        at = fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=UTC)
        told = self._known.setdefault((request, sha256), _Told(url, at))
        if at < told.at:
            told.url, told.at = url, at
        told.days.add(day)
        told.reader = told.reader if reader is None else reader
        newest = (day, at, sha256)
        self._last[request] = max(self._last.get(request, newest), newest)

    def seen(self, request: str, since: datetime | None = None) -> str | None:
        """The sha256 of the newest answer to a request on this recorder's day (fetched at or after `since`), or None."""
        last = self._last.get(request)
        fresh = last and last[0] == self._day and (since is None or last[1] >= (since if since.tzinfo else since.replace(tzinfo=UTC)))
        return last[2] if last and fresh else None

    def stored(self, sha256: str) -> Stored | None:
        """Where the bytes with this sha256 lie, or None where they were never received."""
        if sha256 not in self._stored and (known := CaptureStore(self._engine).stored(sha256)):
            self._stored[sha256] = known
        return self._stored.get(sha256)

    def keep(
        self, archive: Archive, request: str, url: str, status: int, headers: Mapping[str, str], body: bytes, fetched_at: datetime
    ) -> bool:
        """Keep one answer: its bytes once, and whenever they come again a record of that; True where they differ from the last
        answer to that request. The same answer twice on a day is one. Bytes that were damaged in the archive since are kept anew."""
        sha256 = sha256_of(body)
        account = Account(self._source, request, url, status, fetched_at, self._day)
        stored, told = self.stored(sha256), self._known.get((request, sha256))
        if stored is None:
            stored, self._new[sha256] = archive.put(account, headers, body), (url, fetched_at)
            self._held.add(sha256)
        elif not self._holds(archive, stored):
            stored = self._mend(archive, account, headers, body)
        elif told is None or self._day not in told.days:
            archive.put_again(account, sha256, (told.url, told.at) if told else self._first(sha256))
        changed = self.record(request, url, status, stored, fetched_at)
        if len(self._buffer) >= self._batch:
            archive.flush()  # bytes before the rows that point at them
            self.flush()
        return changed

    def _holds(self, archive: Archive, stored: Stored) -> bool:
        """Whether the archive still gives these bytes; of each it is asked once."""
        if stored.sha256 not in self._held and archive.holds(stored):
            self._held.add(stored.sha256)
        return stored.sha256 in self._held

    def _mend(self, archive: Archive, account: Account, headers: Mapping[str, str], body: bytes) -> Stored:
        """Keep bytes anew; what the damaged record told of its own answer is told again."""
        sha256 = sha256_of(body)
        query = select(answers).where(answers.c.sha256 == sha256).order_by(answers.c.fetched_at).limit(1)
        with self._engine.connect() as connection:
            first = connection.execute(query).one_or_none()
        stored = archive.put(account, headers, body)
        if first:
            at = first.fetched_at if first.fetched_at.tzinfo else first.fetched_at.replace(tzinfo=UTC)
            before = Account(first.source, first.request, first.url, first.status, at, first.observed_on)
            if before != account:
                archive.put_again(before, sha256, (account.url, account.fetched_at))
        self._mended[sha256] = stored
        self._held.add(sha256)
        return stored

    def _first(self, sha256: str) -> tuple[str, datetime]:
        """From which address bytes came first, and when, whatever was asked there."""
        if sha256 in self._new:
            return self._new[sha256]
        query = select(answers.c.url, answers.c.fetched_at).where(answers.c.sha256 == sha256).order_by(answers.c.fetched_at).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).one()
        return row.url, row.fetched_at if row.fetched_at.tzinfo else row.fetched_at.replace(tzinfo=UTC)

    def record(self, request: str, url: str, status: int, stored: Stored, fetched_at: datetime) -> bool:
        """Write down one answer; True where its bytes differ from the last answer to that request.

        Bytes that were already cut into pieces stay cut: only the new day is added.
        """
        self._stored[stored.sha256] = stored
        last, told = self._last.get(request), self._known.get((request, stored.sha256))
        if told is None or self._day not in told.days:
            reader = told.reader if told else None
            row = {"source": self._source, "request": request, "observed_on": self._day, "sha256": stored.sha256, "url": url}
            self._buffer.append(({**row, "status": status, "fetched_at": fetched_at, "reader": reader}, stored))
            self._remember(request, stored.sha256, url, self._day, fetched_at, reader)
        return last is None or last[2] != stored.sha256

    def flush(self) -> None:
        """Write what is buffered in one transaction."""
        if not self._buffer and not self._mended:
            return
        fresh = {stored.sha256: stored for _, stored in self._buffer if stored.sha256 not in self._captures}
        with self._engine.begin() as connection:
            present = set(connection.scalars(select(captures.c.sha256).where(captures.c.sha256.in_(fresh))))
            for sha256, stored in fresh.items():
                if sha256 not in present:
                    _insert_once(connection, insert(captures).values(**_columns(stored)))
            for sha256, stored in self._mended.items():
                connection.execute(update(captures).where(captures.c.sha256 == sha256).values(**_columns(stored)))
            if self._buffer:
                connection.execute(insert(answers), [row for row, _ in self._buffer])
        self._captures |= set(fresh)
        self._buffer.clear()
        self._mended.clear()


def _columns(stored: Stored) -> dict[str, object]:
    return {column.name: getattr(stored, column.name) for column in captures.c}


def _insert_once(connection: Connection, statement: object) -> None:
    try:
        with connection.begin_nested():
            connection.execute(statement)  # type: ignore[call-overload]
    except IntegrityError:
        return  # another run stored the same bytes meanwhile
