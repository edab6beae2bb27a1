"""What was read from each piece, written once and loaded in bulk; the days a piece was seen come from its answers."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Engine, String, Table, and_, delete, func, insert, select, true

from rasoat.codec import from_json, to_json
from rasoat.faults import say_fault
from rasoat.records import Article, Listing, Mention, Observation, Origin, Part, Procedure, SourceRank, Tier
from rasoat.store.schema import (
    answers,
    articles,
    clauses,
    listings,
    mentions,
    observations,
    pieces,
    places,
    procedures,
    refusals,
    set_aside,
)
from rasoat.trouble import Trouble

# Given to a parser as the day of its piece: what comes back with another day carries its own date of observation.
UNDATED = date.min
_ALL = true()
_ASKED = 500  # pieces asked for in one statement
_PLACE = 300  # characters, as wide as the columns
_TOLD_BY_COLUMNS = ("code", "name", "source", "source_rank", "origin")


def piece_id(source: str, kind: str, body: bytes) -> str:
    """The identity of a piece: what it is and its exact bytes, not where or when it was found."""
    return hashlib.sha256(f"{source}\0{kind}\0".encode() + body).hexdigest()


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where and when a piece was seen: the days in order, and the first capture and place it stood in."""

    source: str
    days: tuple[date, ...]
    capture: str
    place: str


@dataclass(frozen=True, slots=True)
class PieceRows:
    """All that one piece gave, ready to be written. `mentions` are (procedure position, part, mention); `clauses`
    (article position, JSON); `refusals` (outcome, place, reason); `elsewhere` counts what it gave to tables that are not kept by piece.

    `place`: where the piece was read. The places of its records begin with it and are kept without it, since the same piece stands
    elsewhere too, and which of them a reader met first is chance."""

    piece: str
    source: str
    kind: str
    procedures: Sequence[Procedure] = ()
    observations: Sequence[Observation] = ()
    articles: Sequence[Article] = ()
    clauses: Sequence[tuple[int, dict[str, Any]]] = ()
    mentions: Sequence[tuple[int, Part, Mention]] = ()
    refusals: Sequence[tuple[str, str, str]] = ()
    elsewhere: int = 0
    listings: Sequence[Listing] = ()
    place: str = ""


def misfit(record: Procedure | Observation | Article) -> str | None:
    """Why the store cannot hold a record (a field of another type, or too long for its column), or None where it can."""
    table, row_of = _ROWS[type(record)]
    try:
        row = row_of("", 0, record, "")
    except Exception as error:
        return say_fault(error)
    for column in table.c:
        value = row[column.name]
        longest = column.type.length if isinstance(column.type, String) else None
        if isinstance(value, str) and longest and len(value) > longest:
            return str(Trouble("record.long", column=f"{table.name}.{column.name}", longest=longest))
        if _holds_nul(value):
            return str(Trouble("record.nul", column=f"{table.name}.{column.name}"))
    return None


def _holds_nul(value: object) -> bool:
    """Whether a text in here holds U+0000, which PostgreSQL takes in no text and no JSON."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(map(_holds_nul, value.values()))
    return isinstance(value, list) and any(map(_holds_nul, value))


def known_pieces(connection: Connection, reader: int, among: Sequence[str]) -> set[str]:
    """Those of some pieces that this version of the readers has read."""
    asked = (among[at : at + _ASKED] for at in range(0, len(among), _ASKED))
    return {
        piece
        for some in asked
        for piece in connection.scalars(select(pieces.c.piece).where(pieces.c.reader == reader, pieces.c.piece.in_(some)))
    }


def due(connection: Connection, asked: Sequence[str], reader: int) -> set[str]:
    """Which of some pieces are still to be written: what an older reader made of them is removed, what another run wrote meanwhile stays."""
    connection.execute(delete(pieces).where(pieces.c.piece.in_(asked), pieces.c.reader != reader))
    return set(asked) - set(connection.scalars(select(pieces.c.piece).where(pieces.c.piece.in_(asked))))


def write_piece(connection: Connection, rows: PieceRows, reader: int) -> None:
    """Write a piece's rows in the caller's transaction, replacing those of an older reader."""
    write_pieces(connection, [rows], reader)


def write_pieces(connection: Connection, several: Sequence[PieceRows], reader: int) -> None:
    """Write some pieces' rows in the caller's transaction, one statement a table, replacing those of an older reader."""
    connection.execute(delete(pieces).where(pieces.c.piece.in_([rows.piece for rows in several])))
    written = defaultdict[Table, list[dict[str, Any]]](list)
    for rows in several:
        for table, of_piece in _of_piece(rows, reader):
            written[table] += of_piece
    for table, of_all in written.items():  # `pieces` first: the others point at it
        if of_all:
            connection.execute(insert(table), of_all)


def _of_piece(rows: PieceRows, reader: int) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """The rows of a piece by table."""
    piece = rows.piece
    yield pieces, [{"piece": piece, "source": rows.source, "kind": rows.kind, "reader": reader, "elsewhere": rows.elsewhere}]
    yield procedures, [_procedure_row(piece, at, one, rows.place) for at, one in enumerate(rows.procedures)]
    yield observations, [_observation_row(piece, at, one, rows.place) for at, one in enumerate(rows.observations)]
    yield articles, [_article_row(piece, at, one, rows.place) for at, one in enumerate(rows.articles)]
    yield clauses, [{"piece": piece, "article": article, "position": at, "data": data} for at, (article, data) in enumerate(rows.clauses)]
    yield (
        mentions,
        [
            {"piece": piece, "procedure": procedure, "position": at, "part": part.value, "data": to_json(Mention, mention)}
            for at, (procedure, part, mention) in enumerate(rows.mentions)
        ],
    )
    yield listings, [_listing_row(piece, at, one) for at, one in enumerate(rows.listings)]
    yield (
        refusals,
        [
            {"piece": piece, "position": at, "outcome": outcome, "place": _within(place, rows.place), "reason": reason}
            for at, (outcome, place, reason) in enumerate(rows.refusals)
        ],
    )


def drop_unseen(connection: Connection, sources: tuple[str, ...] = ()) -> None:
    """Remove pieces, of these sources or all, that no answer holds any longer: an older reader cut the answers differently, or
    somebody set them aside, though a run that had begun before was still reading them."""
    connection.execute(delete(places).where(places.c.sha256.in_(select(set_aside.c.sha256))))
    unseen = delete(pieces).where(~pieces.c.piece.in_(select(places.c.piece)))
    connection.execute(unseen.where(pieces.c.source.in_(sources)) if sources else unseen)


def sightings(
    connection: Connection,
    only: str | None = None,
    codes: Collection[str] | None = None,
    where: ColumnElement[bool] = _ALL,
) -> dict[str, Sighting]:
    """Every piece's sighting, or that of one piece, of some places, or of those that hold a version of some procedures."""
    query = (
        select(places.c.piece, places.c.source, answers.c.observed_on, places.c.sha256, places.c.place)
        .join(
            answers,
            and_(answers.c.source == places.c.source, answers.c.request == places.c.request, answers.c.sha256 == places.c.sha256),
        )
        .where(where)
        .order_by(answers.c.observed_on, places.c.request, places.c.place)
    )
    query = query if only is None else query.where(places.c.piece == only)
    if codes is not None:
        query = query.where(places.c.piece.in_(select(procedures.c.piece).where(procedures.c.code.in_(sorted(codes)))))
    found: dict[str, Sighting] = {}
    for piece, source, day, sha256, place in connection.execute(query):
        known = found.get(piece)
        if known is None:
            found[piece] = Sighting(source, (day,), sha256, place)
        elif day != known.days[-1]:
            found[piece] = replace(known, days=(*known.days, day))
    return found


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a procedure, where it is stored, and the days it was observed on, in order."""

    piece: str
    position: int
    procedure: Procedure
    days: tuple[date, ...]

    @property
    def rank(self) -> SourceRank:
        return self.procedure.source_rank


@dataclass(frozen=True, slots=True)
class VersionPlace:
    """Where a version of a procedure is stored, and all that tells which one is judged: `Version` without the words."""

    piece: str
    position: int
    code: str
    rank: SourceRank
    days: tuple[date, ...]


def load_version_places(
    connection: Connection, seen: Mapping[str, Sighting], codes: Collection[str] | None = None
) -> Iterator[VersionPlace]:
    """The place of every version of every procedure, or of some procedures, by code."""
    dated = procedures.c.data["observed_on"].as_string()
    query = select(procedures.c.piece, procedures.c.position, procedures.c.code, procedures.c.rank, dated.label("dated"))
    query = query.order_by(procedures.c.code, procedures.c.piece, procedures.c.position)
    for row in connection.execute(query if codes is None else query.where(procedures.c.code.in_(codes))):
        if sighting := seen.get(row.piece):
            own = date.fromisoformat(row.dated) if row.dated else None
            days = sighting.days if own in (None, sighting.days[0]) else (own,)
            yield VersionPlace(row.piece, row.position, row.code, SourceRank(row.rank), days)


def load_version(connection: Connection, piece: str, position: int) -> Version | None:
    """One version of a procedure; None where its piece is no longer held."""
    seen = sightings(connection, piece)
    row = connection.execute(select(procedures).where(procedures.c.piece == piece, procedures.c.position == position)).one_or_none()
    return _version(row, seen[piece]) if row and piece in seen else None


def load_versions(connection: Connection, seen: Mapping[str, Sighting], codes: Collection[str] | None = None) -> Iterator[Version]:
    """Every version of every procedure, or of some procedures, by code."""
    query = select(procedures).order_by(procedures.c.code, procedures.c.piece, procedures.c.position)
    for row in connection.execute(query if codes is None else query.where(procedures.c.code.in_(sorted(codes)))):
        if sighting := seen.get(row.piece):
            yield _version(row, sighting)


def _version(row: Any, sighting: Sighting) -> Version:
    procedure = _procedure(row, sighting)
    days = sighting.days if procedure.observed_on == sighting.days[0] else (procedure.observed_on,)
    return Version(row.piece, row.position, procedure, days)


def load_observations(
    connection: Connection, seen: dict[str, Sighting], where: ColumnElement[bool] = _ALL
) -> Iterator[tuple[str, Observation]]:
    """(piece, observation): on the first day the words were seen, and a claim of status again on each later day."""
    query = select(observations).where(where).order_by(observations.c.key, observations.c.piece, observations.c.position)
    for row in connection.execute(query):
        if sighting := seen.get(row.piece):
            data = {**row.data, "source": sighting.source}
            data["origin"] = {"capture": sighting.capture, "place": sighting.place + data.pop("place", "")}
            for day in sighting.days if data.get("claimed_status") else sighting.days[:1]:
                yield row.piece, from_json(Observation, {**data, "observed_on": day})


def load_clauses(
    connection: Connection, seen: dict[str, Sighting], where: ColumnElement[bool] = _ALL
) -> Iterator[tuple[str, Article, list[dict[str, Any]]]]:
    """(piece, article without its text, its clauses) of every article that has clauses."""
    columns = [column for column in articles.c if column.name != "text"]
    query = (
        select(*columns, clauses.c.data)
        .join(clauses, and_(clauses.c.piece == articles.c.piece, clauses.c.article == articles.c.position))
        .where(where)
        .order_by(articles.c.piece, articles.c.position, clauses.c.position)
    )
    last: tuple[str, int] | None = None
    article: Article | None = None
    found: list[dict[str, Any]] = []
    for row in connection.execute(query):
        if (row.piece, row.position) != last:
            if article and last:
                yield last[0], article, found
            sighting = seen.get(row.piece)
            article, found, last = (_article(row, sighting, "") if sighting else None), [], (row.piece, row.position)
        found.append(row.data)
    if article and last:
        yield last[0], article, found


def load_article_texts(connection: Connection, keys: Collection[str], path: str | None = None) -> Iterator[Article]:
    """Every article of some documents with its text, or the one of a path, each once, as it was sighted last."""
    wanted = and_(articles.c.key.in_(sorted(keys)), true() if path is None else articles.c.path == path)
    pieces_asked = places.c.piece.in_(select(articles.c.piece).where(wanted))
    seen, newest = sightings(connection, where=pieces_asked), dict[tuple[str, str], Any]()
    for row in connection.execute(select(articles).where(wanted).order_by(articles.c.piece, articles.c.position)):
        known = newest.get((row.key, row.path))
        if row.piece in seen and (known is None or seen[row.piece].days[-1] > seen[known.piece].days[-1]):
            newest[row.key, row.path] = row
    yield from (_article(row, seen[row.piece], row.text) for row in newest.values())


def load_articles_of(connection: Connection, seen: dict[str, Sighting], keys: Collection[str]) -> Iterator[Article]:
    """The articles of some documents with their texts, by document, path and place of the archive."""
    query = select(articles).where(articles.c.key.in_(sorted(keys))).order_by(articles.c.key, articles.c.path, articles.c.piece)
    for row in connection.execute(query):
        if sighting := seen.get(row.piece):
            yield _article(row, sighting, row.text)


def count(engine: Engine, table: Table) -> int:
    """The number of rows of a table."""
    with engine.connect() as connection:
        return cast(int, connection.scalar(select(func.count()).select_from(table)))


def _within(place: str, piece_place: str) -> str:
    return place.removeprefix(piece_place)[:_PLACE]


def _procedure_row(piece: str, position: int, one: Procedure, place: str) -> dict[str, Any]:
    told = _TOLD_BY_COLUMNS if one.observed_on != UNDATED else (*_TOLD_BY_COLUMNS, "observed_on")
    data = {name: value for name, value in to_json(Procedure, one).items() if name not in told}
    row = {"piece": piece, "position": position, "code": one.code, "name": one.name, "rank": int(one.source_rank)}
    return {**row, "place": _within(one.origin.place, place), "data": data}


def _procedure(row: Any, sighting: Sighting) -> Procedure:
    return from_json(
        Procedure,
        {
            "observed_on": sighting.days[0],
            **row.data,
            "code": row.code,
            "name": row.name,
            "source": sighting.source,
            "source_rank": SourceRank(row.rank),
            "origin": Origin(sighting.capture, sighting.place + row.place),
        },
    )


def _observation_row(piece: str, position: int, one: Observation, place: str) -> dict[str, Any]:
    data = {name: value for name, value in to_json(Observation, one).items() if name not in ("source", "observed_on", "origin")}
    return {"piece": piece, "position": position, "key": one.key, "data": {**data, "place": _within(one.origin.place, place)}}


def _listing_row(piece: str, position: int, one: Listing) -> dict[str, Any]:
    row = {"piece": piece, "position": position, "list_name": one.list_name, "total": one.total}
    return {**row, "next_page": one.next_page, "ids": list(one.ids)}


def _article_row(piece: str, position: int, one: Article, place: str) -> dict[str, Any]:
    return {
        "piece": piece,
        "position": position,
        "key": one.key,
        "path": one.path,
        "container": one.container,
        "heading": one.heading,
        "text": one.text,
        "tier": one.tier.value,
        "place": _within(one.origin.place, place),
        "amended_by": list(one.amended_by),
    }


def _article(row: Any, sighting: Sighting, text: str) -> Article:
    return Article(
        key=row.key,
        path=row.path,
        heading=row.heading,
        text=text,
        source=sighting.source,
        observed_on=sighting.days[0],
        tier=Tier(row.tier),
        origin=Origin(sighting.capture, sighting.place + row.place),
        container=row.container,
        order=row.position,
        amended_by=tuple(row.amended_by),
    )


_ROWS: dict[type, tuple[Table, Callable[[str, int, Any, str], dict[str, Any]]]] = {
    Procedure: (procedures, _procedure_row),
    Observation: (observations, _observation_row),
    Article: (articles, _article_row),
}
