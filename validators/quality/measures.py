"""What no database can compute: each value beside what it must be, read row by row in one pass.

Every function is `Connection → (key, as it stands, as it must be)…`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, timedelta, timezone

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from extractors.sources.registry import SOURCES
from extractors.sources.source import Request, Source, Window
from rasoat.identity import canonical_number, key_parts
from rasoat.store.publications import portions
from rasoat.store.published_findings import about_to_stand
from rasoat.store.published_schema import findings
from rasoat.store.schema import answers, checks, documents, indexed, mentions, observations, pieces, procedures, runs
from validators.quality.expectation import Pair

_ALL = true()
_VIETNAM = timezone(timedelta(hours=7))
# A promise is told by what the source was asked or by what its pieces are.
_PIECE_OF = {"list": "row"}


def document_numbers(connection: Connection, where: ColumnElement[bool] = _ALL) -> Iterator[Pair]:
    """The number of each document in the one way numbers are written."""
    for key, number in connection.execute(select(documents.c.key, documents.c.number).where(where)):
        yield key, number, canonical_number(number)


def key_numbers(connection: Connection, where: ColumnElement[bool] = _ALL) -> Iterator[Pair]:
    """The number inside each document's key."""
    for key, number in connection.execute(select(documents.c.key, documents.c.number).where(where)):
        yield key, key_parts(key)[1] if "|" in key else key, number


def mention_numbers(connection: Connection) -> Iterator[Pair]:
    """The number of each mention that has one."""
    for key, data in _mentions(connection):
        if number := data.get("number"):
            yield key, number, canonical_number(number)


def observation_numbers(connection: Connection, where: ColumnElement[bool] = _ALL) -> Iterator[Pair]:
    """The number of each observation."""
    for row in connection.execute(select(observations.c.piece, observations.c.position, observations.c.data).where(where)):
        number = str(row.data.get("number", ""))
        yield f"piece={row.piece[:12]}, position={row.position}", number, canonical_number(number)


def mention_quotes(connection: Connection) -> Iterator[Pair]:
    """The text of the part at each mention's offsets, against its quote. One pass: both sides come in the order of the pieces."""
    texts: dict[tuple[str, int], dict[str, str]] = {}
    parts = iter(connection.execute(select(procedures.c.piece, procedures.c.position, procedures.c.data).order_by(procedures.c.piece)))
    ahead = next(parts, None)
    query = select(mentions.c.piece, mentions.c.procedure, mentions.c.position, mentions.c.part, mentions.c.data).order_by(mentions.c.piece)
    for row in connection.execute(query):
        if texts and next(iter(texts))[0] != row.piece:
            texts.clear()
        while ahead is not None and ahead.piece <= row.piece:
            if ahead.piece == row.piece:
                texts[ahead.piece, ahead.position] = ahead.data.get("parts", {})
            ahead = next(parts, None)
        text = texts.get((row.piece, row.procedure), {}).get(row.part, "")
        yield _key(row), row.data["quote"], text[row.data["start"] : row.data["end"]]


def finding_quotes(as_of: date, connection: Connection, only: ColumnElement[bool] = _ALL) -> Iterator[Pair]:
    """The quote of each of the day's findings, against the text at its offsets in some version of the procedure."""
    query = select(findings.c.fingerprint, findings.c.subject, findings.c.data).where(about_to_stand(as_of), only)
    placed = [row for row in connection.execute(query) if row.subject and (row.data.get("where") or {}).get("part")]
    texts: dict[str, list[dict[str, str]]] = defaultdict(list)
    for codes in portions(sorted({row.subject for row in placed})):
        for code, data in connection.execute(select(procedures.c.code, procedures.c.data).where(procedures.c.code.in_(codes))):
            texts[code].append(data.get("parts", {}))
    for row in placed:
        where, quote = row.data["where"], row.data["quote"]
        at = [parts[where["part"]][where["start"] : where["end"]] for parts in texts[row.subject] if where["part"] in parts]
        if at:  # findings on boards and lists quote what stands there, not a part of the procedure
            yield f"fingerprint={row.fingerprint[:16]}", quote, quote if quote in at else at[0]


def findings_turn(connection: Connection, one: date, other: date) -> bool:
    """Whether other findings hold on one day than on another."""
    first, last = sorted((one, other))
    begun, over = (and_(day > first, day <= last) for day in (findings.c.holds_from, findings.c.holds_to))
    return connection.scalar(select(findings.c.fingerprint).where(or_(begun, over), findings.c.died.is_(None)).limit(1)) is not None


def checked_day(as_of: date, connection: Connection) -> Iterator[Pair]:
    """The day itself, where it was checked."""
    done = connection.scalar(select(checks.c.as_of).where(checks.c.as_of == as_of, checks.c.known_at == ""))
    yield as_of.isoformat(), done.isoformat() if done else "chưa rà soát", as_of.isoformat()


def seen_after_fetched(connection: Connection) -> Iterator[Pair]:
    """The day an answer counts as seen, against the day in Vietnam on which it was fetched, where it is later."""
    query = select(answers.c.source, answers.c.observed_on, func.min(answers.c.fetched_at).label("fetched"))
    for row in connection.execute(query.group_by(answers.c.source, answers.c.observed_on)):
        moment = row.fetched if row.fetched.tzinfo else row.fetched.replace(tzinfo=UTC)
        fetched = moment.astimezone(_VIETNAM).date()
        yield f"source={row.source}", row.observed_on.isoformat(), min(row.observed_on, fetched).isoformat()


def windows_asked(connection: Connection) -> Iterator[Pair]:
    """The first question of every window of each source that was ever asked; a smaller page in its place counts."""
    for source, days in _asked(connection).items():
        asked: dict[date, set[str]] = defaultdict(set)
        for day, key in connection.execute(select(answers.c.observed_on, answers.c.request).where(answers.c.source == source.name)):
            asked[day].add(key)
        for window in source.windows(days[-1]):
            given = any(_given(source, window, day, asked[day]) for day in days)
            yield f"source={source.name}, window={window.name}", "đã hỏi" if given else "chưa hỏi", "đã hỏi"


def promised(connection: Connection) -> Iterator[Pair]:
    """The items of each kind that a source gave in all its windows, never fewer than it promises for the whole of them.

    A window of issue dates has a least of nothing: no document was issued in some.
    """
    for source, days in _asked(connection).items():
        for kind, least in source.promises.items():
            for window in source.windows(days[-1]):
                minimum = 0 if window.since else least
                given = _items(connection, source, kind, window)
                yield f"source={source.name}, window={window.name}, kind={kind}", min(given, minimum), minimum
            total = _items(connection, source, kind, Window())
            yield f"source={source.name}, kind={kind}", min(total, least), least


def index_counts(connection: Connection) -> Iterator[Pair]:
    """The entries that each engine's last run reported, against those the store remembers."""
    told: dict[str, object] = {}
    for report in connection.scalars(select(runs.c.report).where(runs.c.ended_at.is_not(None)).order_by(runs.c.id)):
        if (made := (report or {}).get("indexed")) and made.get("engine"):
            told[made["engine"]] = made.get("index", 0)
    for engine, reported in told.items():
        yield f"engine={engine}", reported, connection.scalar(select(func.count()).where(indexed.c.engine == engine))


def _asked(connection: Connection) -> dict[Source, list[date]]:
    found: dict[Source, list[date]] = defaultdict(list)
    query = select(answers.c.source, answers.c.observed_on).where(answers.c.source.in_(SOURCES)).distinct()
    for name, day in connection.execute(query.order_by(answers.c.observed_on)):
        found[SOURCES[name]].append(day)
    return found


def _given(source: Source, window: Window, day: date, keys: set[str]) -> bool:
    for first in source.requests(day, window):
        request: Request | None = first
        while request:
            if request.key in keys:
                return True
            request = source.instead(request)
    return False


def _items(connection: Connection, source: Source, kind: str, window: Window) -> int:
    """Answers to questions of that kind in the window (a share of the details), or pieces of that kind where questions have none."""
    query = select(answers.c.request).where(answers.c.source == source.name, answers.c.request.startswith(f"{kind}/"))
    keys = list(connection.scalars(query.distinct()))
    if keys:
        return sum(kind == "list" or window.holds(key) for key in keys)
    made = select(func.count()).where(pieces.c.source == source.name, pieces.c.kind == _PIECE_OF.get(kind, kind))
    return connection.scalar(made) or 0


def _mentions(connection: Connection) -> Iterator[tuple[str, dict[str, object]]]:
    for row in connection.execute(select(mentions.c.piece, mentions.c.procedure, mentions.c.position, mentions.c.data)):
        yield _key(row), row.data


def _key(row: object) -> str:
    return f"piece={row.piece[:12]}, procedure={row.procedure}, position={row.position}"  # type: ignore[attr-defined]
