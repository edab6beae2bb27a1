"""The tables. What was received and what was read from it are kept apart from what is derived.

Received: `captures` (bytes, by sha256), `answers` (who said them, when).
Read, once for each piece that changes alone: `pieces` and, by piece, `procedures`, `observations`, `articles`,
`clauses` (effects as read), `mentions`, `listings`, `refusals`. When a piece was seen is its answers' days, so the same piece seen
again adds a day and changes nothing else.
Derived, dropped and rebuilt at will: `documents`, `effects`, `citations`, `checks`, `verdicts`, and what is published
(`published_schema`).
Said by people: `set_aside`, and all of `said_schema`.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Date, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

_SHA = String(64)


def _by_piece() -> Column[str]:
    return Column("piece", _SHA, ForeignKey("pieces.piece", ondelete="CASCADE"), nullable=False)


captures = Table(
    "captures",
    metadata,
    Column("sha256", _SHA, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String(200), nullable=False),
    Column("warc", String(300), nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("source", String(60), primary_key=True),
    Column("request", String(500), primary_key=True),
    Column("observed_on", Date, primary_key=True),
    Column("sha256", _SHA, ForeignKey("captures.sha256"), primary_key=True, index=True),
    Column("url", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("fetched_at", DateTime(timezone=True), nullable=False),
    Column("reader", Integer),  # the version of the code that cut it into pieces; null before
)

pieces = Table(
    "pieces",
    metadata,
    Column("piece", _SHA, primary_key=True),  # sha256 of source, kind and bytes
    Column("source", String(60), nullable=False, index=True),
    Column("kind", String(60), nullable=False),
    Column("reader", Integer, nullable=False),  # the version of the code that read it
    # How many records it gave to tables that are not kept by piece: there a later file that says the same takes the row over.
    Column("elsewhere", Integer, nullable=False, server_default="0"),
)

# Every piece that came, went, was read anew or was seen at another place or day, as triggers of the database note it; the newest of these
# notes are kept (`rasoat.store.piece_changes`).
piece_changes = Table(
    "piece_changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("piece", _SHA, nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice
)

# Bytes that an operator does not want read, until they are taken back.
set_aside = Table(
    "set_aside",
    metadata,
    Column("sha256", _SHA, ForeignKey("captures.sha256"), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(200), nullable=False),
    Column("because", Text, nullable=False),
)

places = Table(
    "places",
    metadata,
    Column("source", String(60), primary_key=True),
    Column("request", String(500), primary_key=True),
    Column("sha256", _SHA, ForeignKey("captures.sha256"), primary_key=True),
    Column("place", String(300), primary_key=True),
    Column("piece", _SHA, ForeignKey("pieces.piece", ondelete="CASCADE"), nullable=False, index=True),
)

procedures = Table(
    "procedures",
    metadata,
    _by_piece(),
    Column("position", Integer, nullable=False),
    Column("code", String(60), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("place", String(300), nullable=False),
    Column("data", JSON, nullable=False),
    Index("ix_procedures_piece_position", "piece", "position", unique=True),
)

observations = Table(
    "observations",
    metadata,
    _by_piece(),
    Column("position", Integer, nullable=False),
    Column("key", String(400), nullable=False, index=True),
    Column("data", JSON, nullable=False),
    Index("ix_observations_piece_position", "piece", "position", unique=True),
)

articles = Table(
    "articles",
    metadata,
    _by_piece(),
    Column("position", Integer, nullable=False),
    Column("key", String(400), nullable=False),
    Column("path", String(200), nullable=False),
    Column("container", String(200), nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("tier", String(1), nullable=False),
    Column("place", String(300), nullable=False),
    Column("amended_by", JSON, nullable=False),
    Index("ix_articles_piece_position", "piece", "position", unique=True),
    Index("ix_articles_key_path", "key", "path"),
)

clauses = Table(
    "clauses",
    metadata,
    _by_piece(),
    Column("article", Integer, nullable=False),  # position of the article in its piece
    Column("position", Integer, nullable=False),
    Column("data", JSON, nullable=False),
    Index("ix_clauses_piece_article_position", "piece", "article", "position", unique=True),
)

mentions = Table(
    "mentions",
    metadata,
    _by_piece(),
    Column("procedure", Integer, nullable=False),  # position of the procedure in its piece
    Column("position", Integer, nullable=False),
    Column("part", String(30), nullable=False),
    Column("data", JSON, nullable=False),
    Index("ix_mentions_piece_procedure_position", "piece", "procedure", "position", unique=True),
)

refusals = Table(
    "refusals",
    metadata,
    _by_piece(),
    Column("position", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),  # quarantined, declared_empty
    Column("place", String(300), nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_refusals_piece_position", "piece", "position", unique=True),
)

# What a publisher says of its own list, one row a page: whether all of it was seen can be told from these.
listings = Table(
    "listings",
    metadata,
    _by_piece(),
    Column("position", Integer, nullable=False),
    Column("list_name", String(60), nullable=False),
    Column("total", BigInteger),  # null where the publisher stated none
    Column("next_page", String(500), nullable=False),
    Column("ids", JSON, nullable=False),
    Index("ix_listings_piece_position", "piece", "position", unique=True),
)

documents = Table(
    "documents",
    metadata,
    Column("key", String(400), primary_key=True),
    Column("id", String(400), nullable=False, unique=True),
    Column("number", String(200), nullable=False, index=True),
    Column("type", String(60), nullable=False),
    Column("issuer", Text),
    Column("title", Text),
    Column("issued_on", Date),
    Column("effective_on", Date),
    Column("known_from", String(20), nullable=False),
)

citations = Table(
    "citations",
    metadata,
    Column("piece", _SHA, primary_key=True),
    Column("procedure", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("key", String(400), index=True),
    Column("non_answer", String(30)),
    Column("data", JSON, nullable=False),
)

effects = Table(
    "effects",
    metadata,
    Column("piece", _SHA, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("verb", String(20), nullable=False),
    Column("source", String(400), nullable=False, index=True),
    Column("source_provision", String(200), nullable=False),
    Column("target", String(400), index=True),
    Column("target_provision", String(300)),
    Column("on", Date),
    Column("basis", String(20), nullable=False),
    Column("anchor", String(400)),
    Column("days", Integer),
    Column("months", Integer),
    Column("until", Date),
    Column("exceptions", JSON, nullable=False),
    Column("confidence", String(10), nullable=False),
    Column("printed_target", String(200)),
    Column("tier", String(1), nullable=False),
    Column("quote", Text, nullable=False),
    Column("lead", Text, nullable=False, server_default=""),  # the words above a list that carry the verb for the item quoted
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("place", String(300), nullable=False),
    Column("non_answer", String(30), index=True),  # why the clause's target is no single document
)

checks = Table(
    "checks",
    metadata,
    Column("as_of", Date, primary_key=True),
    Column("known_at", String(10), primary_key=True),
    Column("inputs", _SHA, nullable=False),  # digest of all that the check read
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("as_of", Date, primary_key=True),
    Column("inputs", _SHA, nullable=False),  # digest of all that the gate read, and of what it asked
    Column("data", JSON, nullable=False),
)

progress = Table(
    "progress",
    metadata,
    Column("name", String(60), primary_key=True),  # a derived table's name
    Column("inputs", _SHA, nullable=False),  # digest of the pieces it was built from
)

indexed = Table(
    "indexed",
    metadata,
    Column("engine", String(80), primary_key=True),
    Column("id", String(500), primary_key=True),
    Column("digest", _SHA, nullable=False),  # of the entry without the day it was asked about
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("command", String(60), nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("report", JSON),
)

# What is public, as decisions say and as it was seen; `data` holds the record without the columns beside it.
announcements = Table(
    "announcements",
    metadata,
    Column("issuer", String(200), primary_key=True),  # unit id of the ministry or province
    Column("decision", String(200), primary_key=True),
    Column("procedure", String(60), primary_key=True, index=True),
    Column("act", String(20), primary_key=True),
    Column("signed_on", Date),
    Column("observed_on", Date, nullable=False),
    Column("data", JSON, nullable=False),
)

postings = Table(
    "postings",
    metadata,
    Column("unit", String(200), primary_key=True),
    Column("procedure", String(60), primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("observed_on", Date, primary_key=True),
    Column("capture", String(64), primary_key=True),
    Column("place", String(300), primary_key=True),
    Column("state", String(30), nullable=False),
    Column("data", JSON),  # null where nothing more than the state was written down
)

looks = Table(
    "looks",
    metadata,
    Column("unit", String(200), primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("observed_on", Date, primary_key=True),
    Column("capture", String(64), primary_key=True),
    Column("data", JSON, nullable=False),
)

receptions = Table(
    "receptions",
    metadata,
    Column("unit", String(200), primary_key=True),
    Column("observed_on", Date, primary_key=True),
    Column("capture", String(64), primary_key=True),
    Column("data", JSON, nullable=False),
)

regulations = Table(
    "regulations",
    metadata,
    Column("document", String(200), primary_key=True),
    Column("issuer", String(200), primary_key=True),
    Column("effective_on", Date, nullable=False),
    Column("data", JSON, nullable=False),
)


def kept_by_piece() -> list[Table]:
    """Every table whose rows belong to one piece and go with it: told by the tables themselves, so that a new one is among them."""
    owned = [table for table in metadata.sorted_tables if "piece" in table.c and table is not places]
    return [table for table in owned if any(key.column.table is pieces for key in table.c.piece.foreign_keys)]
