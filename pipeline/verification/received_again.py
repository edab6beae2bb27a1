"""What was received, from the archive alone: captures and answers as a store that lost everything would find them.

The archive's records go into tables of the scratch store, beside what the store in use tells, and meet there in the database: memory
does not grow with the country. Records of an archive that did not yet write down each answer are eked out by the store's own account.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import IO, Any

from sqlalchemy import Boolean, Column, Connection, Engine, Index, Integer, MetaData, Table, bindparam, insert, text

from pipeline.verification.scratch_store import copy_rows
from rasoat.archive import Archive
from rasoat.progress import Progress
from rasoat.store.schema import answers, captures
from rasoat.warc_segments import SegmentGap, WholeRecord, walk

_BATCH = 2_000
_NAMED = 10  # strange records that are named; the others are counted
EVER = datetime(9999, 1, 1, tzinfo=UTC)
_scratch = MetaData()

# Every whole record of the archive, in the order in which they were written.
records = Table(
    "_records",
    _scratch,
    Column("id", Integer, primary_key=True),
    *(Column(column.name, column.type) for column in captures.columns),
    *(Column(name, answers.c[name].type) for name in ("source", "request", "observed_on", "url", "status", "fetched_at")),
    Column("again", Boolean),
    Column("exact", Boolean),
    Index("ix_records_sha256", "sha256", "again"),
    Index("ix_records_answer", "source", "request", "observed_on", "sha256"),
)
# What the store in use tells of captures and answers.
told_captures = Table("_told_captures", _scratch, *(Column(column.name, column.type) for column in captures.columns))
told_answers = Table("_told_answers", _scratch, *(Column(column.name, column.type) for column in answers.columns))
# The answers as they go into the store that is made again; `waiting`: nobody has read them yet.
expected = Table(
    "_expected",
    _scratch,
    *(Column(column.name, column.type) for column in answers.columns if column.name != "reader"),
    Column("waiting", Boolean),
    Index("ix_expected_moment", "fetched_at"),
)


@dataclass(slots=True)
class ArchivedSegment:
    """One file of the archive: its size, its digest, and how many records of which source stand in it."""

    name: str
    size: int
    sha256: str
    records: int = 0


@dataclass(slots=True)
class ReceivedAgain:
    """What the archive holds. `gaps`: places that are no whole record; `odd_frames`: whole ones whose gzip head was changed;
    `strangers`: answers that the store knows nothing of, the first of `unknown`; `left_over`: answers of a run that was cut off, and
    asked again, and bytes kept anew where they were damaged; `by_store`: answers that only the store's account tells of."""

    segments: list[ArchivedSegment] = field(default_factory=list)
    captures: dict[str, dict[str, Any]] = field(default_factory=dict)  # by source: how many bodies, and the digest of their digests
    records: int = 0
    gaps: list[SegmentGap] = field(default_factory=list)
    odd_frames: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    unknown: int = 0
    left_over: int = 0
    by_store: int = 0
    waiting: int = 0


def scan_archive(archive: Archive, scratch: Engine, progress: Progress) -> ReceivedAgain:
    """Read every byte of the archive into the scratch store's table of records."""
    report, names = ReceivedAgain(), archive.segments()
    for done, name in enumerate(names):
        progress(name, done, len(names))
        with archive.open_segment(name) as file, scratch.begin() as connection:
            size, sha256 = _digest(file)
            segment = ArchivedSegment(name, size, sha256)
            rows: list[dict[str, Any]] = []
            for one in walk(file, name):
                if isinstance(one, SegmentGap):
                    report.gaps.append(one)
                    continue
                segment.records += 1
                rows.append(_row(one))
                if one.odd_frame:
                    report.odd_frames.append(f"{name}@{one.found.stored.offset}")
                if len(rows) >= _BATCH:
                    connection.execute(insert(records), rows)
                    rows = []
            if rows:
                connection.execute(insert(records), rows)
        report.segments.append(segment)
        report.records += segment.records
    progress("", len(names), len(names))
    return report


def tell(store: Connection, scratch: Engine) -> None:
    """Lay what the store in use tells of captures and answers beside the archive's records."""
    _scratch.create_all(scratch)
    copy_rows(store, captures, scratch, told_captures)
    copy_rows(store, answers, scratch, told_answers)


def expect(scratch: Engine, report: ReceivedAgain) -> None:
    """Work out, from the archive and where it is silent from the store, which answers there were; captures go into their table."""
    with scratch.begin() as connection:
        for statement in _WORKED_OUT:
            connection.execute(text(statement))
        report.by_store = _count(connection, "SELECT count(*) FROM _by_store")
        report.left_over = _count(connection, "SELECT count(*) FROM _fates WHERE fate = 'left over'")
        report.unknown = _count(connection, "SELECT count(*) FROM _fates WHERE fate = 'unknown'")
        report.waiting = _count(connection, "SELECT count(*) FROM _expected WHERE waiting")
        named = connection.execute(text(_STRANGERS), {"named": _NAMED})
        report.captures = dict(_captures_by_source(connection))
        report.strangers = [f"{row.warc}@{row.offset} ({row.source} {row.request})" for row in named]


def hand_over(connection: Connection, until: datetime | None) -> int:
    """Put the answers that came by a moment into the scratch store, where the readers find them; how many. What was cut before and
    came again stays cut. Without a moment: all, those that nobody has read among them."""
    moment = "TRUE" if until is None else "NOT waiting AND fetched_at <= :until"
    given = bindparam("until", until.replace(tzinfo=None) if until else None, answers.c.fetched_at.type)
    statement = text(_HANDED_OVER.format(moment=moment))
    done = connection.execute(statement.bindparams(given) if until else statement).rowcount
    connection.execute(text(f"DELETE FROM _expected WHERE {moment}").bindparams(*([given] if until else [])))  # noqa: S608 our own words
    return int(done)


def receive_all(scratch: Engine) -> None:
    """Put every answer into the scratch store; nothing is read."""
    with scratch.begin() as connection:
        hand_over(connection, EVER)
        hand_over(connection, None)


def clear(scratch: Engine) -> None:
    """Drop what was only needed to work it out."""
    with scratch.begin() as connection:
        for name in ("_by_store", "_fates", "_last_told"):
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
    _scratch.drop_all(scratch)


def _digest(file: IO[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    for chunk in iter(lambda: file.read(1 << 20), b""):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def _row(one: WholeRecord) -> dict[str, Any]:
    stored, account = asdict(one.found.stored), asdict(one.found.account)
    return {**stored, **account, "fetched_at": account["fetched_at"].astimezone(UTC), "again": one.found.again, "exact": one.exact}


def _captures_by_source(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """The bodies that each source gave first, by the sha256 of each."""
    rows = connection.execute(text(_CAPTURES))
    for source, held in groupby(rows, lambda row: row.source):
        digest, count = hashlib.sha256(), 0
        for row in held:
            digest.update(row.sha256.encode())
            count += 1
        yield source, {"captures": count, "sha256": digest.hexdigest()}


def _count(connection: Connection, statement: str) -> int:
    return int(connection.scalar(text(statement)) or 0)


# Older records tell the second only, and their rows a moment up to a second later: 0.00003 of a day are less than three seconds.
# Told from the archive alone: the days that records name. Of several records of one answer the one the store points at counts, else the
# latest: a run that was cut off leaves its answer behind, and the run that went on asked again.
_WORKED_OUT = (
    """CREATE INDEX ix_told_answers ON _told_answers (source, request, sha256, observed_on)""",
    """CREATE INDEX ix_told_captures ON _told_captures (sha256)""",
    """CREATE TABLE _last_told AS
       SELECT r.warc AS warc, max(r.id) AS id FROM _records r JOIN _told_answers t
         ON t.source = r.source AND t.request = r.request AND t.sha256 = r.sha256
        AND (t.fetched_at = r.fetched_at OR NOT r.exact AND abs(julianday(t.fetched_at) - julianday(r.fetched_at)) < 0.00003)
       GROUP BY r.warc""",
    """CREATE TABLE _fates AS
       SELECT r.id AS id, CASE
         WHEN r.place = 1 AND (r.told OR EXISTS (SELECT 1 FROM _told_captures c WHERE c.sha256 = r.sha256) AND r.observed_on IS NOT NULL)
         THEN 'counts'
         WHEN EXISTS (SELECT 1 FROM _told_captures c WHERE c.warc = r.warc AND c."offset" = r."offset")
         THEN 'left over'
         WHEN NOT r.exactly AND r.id > coalesce((SELECT l.id FROM _last_told l WHERE l.warc = r.warc), -1)
          AND EXISTS (SELECT 1 FROM _told_answers t
                       WHERE t.source = r.source AND t.request = r.request AND t.fetched_at > r.fetched_at)
         THEN 'left over'
         ELSE 'unknown' END AS fate
       FROM (
         SELECT m.*, row_number() OVER (
                  PARTITION BY m.source, m.request, m.observed_on, m.sha256 ORDER BY m.exactly DESC, CASE WHEN m.exactly THEN m.id ELSE -m.id END
                ) AS place
         FROM (
           SELECT r.id, r.warc, r."offset", r.source, r.request, r.observed_on, r.sha256, r.fetched_at,
                  t.source IS NOT NULL AS told,
                  coalesce(t.fetched_at = r.fetched_at OR NOT r.exact AND abs(julianday(t.fetched_at) - julianday(r.fetched_at)) < 0.00003, FALSE)
                    AS exactly
           FROM _records r LEFT JOIN _told_answers t
             ON t.source = r.source AND t.request = r.request AND t.sha256 = r.sha256
            AND t.observed_on = coalesce(r.observed_on,
                  (SELECT min(o.observed_on) FROM _told_answers o
                    WHERE o.source = r.source AND o.request = r.request AND o.sha256 = r.sha256
                      AND abs(julianday(o.fetched_at) - julianday(r.fetched_at)) < 0.00003))
         ) m
       ) r""",
    """INSERT INTO _expected (source, request, observed_on, sha256, url, status, fetched_at, waiting)
       SELECT r.source, r.request, r.observed_on, r.sha256, r.url, r.status, r.fetched_at, coalesce(t.source IS NOT NULL AND t.reader IS NULL, FALSE)
       FROM _records r JOIN _fates f ON f.id = r.id AND f.fate = 'counts'
       LEFT JOIN _told_answers t
         ON t.source = r.source AND t.request = r.request AND t.sha256 = r.sha256 AND t.observed_on = r.observed_on
       WHERE r.observed_on IS NOT NULL""",
    # Older records say no day, and later answers with the same bytes left none at all: there the store's account counts.
    """CREATE TABLE _by_store AS
       SELECT t.rowid AS told FROM _told_answers t
       WHERE EXISTS (SELECT 1 FROM _records r WHERE r.sha256 = t.sha256 AND NOT r.again AND r.observed_on IS NULL)
         AND t.fetched_at < coalesce((SELECT min(n.fetched_at) FROM _records n WHERE n.observed_on IS NOT NULL), '9999-12-31')
         AND NOT EXISTS (SELECT 1 FROM _expected e
                          WHERE e.source = t.source AND e.request = t.request AND e.observed_on = t.observed_on AND e.sha256 = t.sha256)""",
    """INSERT INTO _expected (source, request, observed_on, sha256, url, status, fetched_at, waiting)
       SELECT t.source, t.request, t.observed_on, t.sha256, coalesce(r.url, t.url), coalesce(r.status, t.status), t.fetched_at, t.reader IS NULL
       FROM _by_store b JOIN _told_answers t ON t.rowid = b.told
       LEFT JOIN _records r
         ON r.source = t.source AND r.request = t.request AND r.sha256 = t.sha256 AND r.observed_on IS NULL
        AND abs(julianday(t.fetched_at) - julianday(r.fetched_at)) < 0.00003""",
    """INSERT INTO captures (sha256, size, media_type, warc, "offset", length)
       SELECT sha256, size, media_type, warc, "offset", length FROM (
         SELECT r.*, row_number() OVER (PARTITION BY r.sha256 ORDER BY c.sha256 IS NOT NULL DESC, r.id DESC) AS place
         FROM _records r LEFT JOIN _told_captures c ON c.sha256 = r.sha256 AND c.warc = r.warc AND c."offset" = r."offset"
         WHERE NOT r.again AND r.sha256 IN (SELECT e.sha256 FROM _expected e)
       ) WHERE place = 1""",
    # An answer whose bytes lie nowhere any more cannot be read again.
    """DELETE FROM _expected WHERE sha256 NOT IN (SELECT c.sha256 FROM captures c)""",
)
_STRANGERS = """SELECT r.warc, r."offset" AS "offset", r.source, r.request FROM _records r JOIN _fates f ON f.id = r.id
                WHERE f.fate = 'unknown' ORDER BY r.id LIMIT :named"""
_CAPTURES = """SELECT r.source, r.sha256 FROM _records r JOIN captures c ON c.warc = r.warc AND c."offset" = r."offset"
               ORDER BY r.source, r.sha256"""
_HANDED_OVER = """INSERT INTO answers (source, request, observed_on, sha256, url, status, fetched_at, reader)
                  SELECT e.source, e.request, e.observed_on, e.sha256, e.url, e.status, e.fetched_at,
                         (SELECT max(a.reader) FROM answers a
                           WHERE a.source = e.source AND a.request = e.request AND a.sha256 = e.sha256)
                  FROM _expected e WHERE {moment}"""
