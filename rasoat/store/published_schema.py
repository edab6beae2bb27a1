"""The published tables: what pages, commands and the API read. Only `rasoat.store.publications` writes them.

Each row carries `born`, the number of the publication that brought it, and `died`, the number of the one that took it away (null while it
stands). A table keeps the rows that have died where its `info` says `history`; of the others they are swept.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, DateTime, Index, Integer, LargeBinary, String, Table, Text

from rasoat.store.schema import metadata as metadata

# One row a publication. What was refused after one is told beside the one that stands: readers see both in one row.
publications = Table(
    "publications",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # 0 stands for none at all
    Column("at", DateTime(timezone=True), nullable=False),
    Column("refused_at", DateTime(timezone=True)),
    Column("refused", JSON),  # why, as the gate told it
    Column("because", Text),  # why an operator published what the gate would have refused
)


def lifetime() -> tuple[Column[int], Column[int]]:
    """The two columns that every published table ends in; the first is part of its key."""
    return Column("born", Integer, primary_key=True), Column("died", Integer)


def lifetime_indexes(name: str) -> tuple[Index, Index]:
    """What a new publication looks up in a table: rows of one that was killed, rows that have died."""
    return Index(f"ix_{name}_born", "born"), Index(f"ix_{name}_died", "died")


# What each published thing was computed from, as a digest of the facts of its owner; of the owner "": of everything.
published_inputs = Table(
    "published_inputs",
    metadata,
    Column("thing", String(40), primary_key=True),  # the table that is published
    Column("owner", String(400), primary_key=True),
    Column("inputs", String(64), nullable=False),
    *lifetime(),
    *lifetime_indexes("published_inputs"),
)

# What a document is called and known by, where answers name it: of the same publication as what they say of it.
published_documents = Table(
    "published_documents",
    metadata,
    Column("key", String(400), primary_key=True),
    Column("id", String(400), nullable=False),
    Column("number", String(200), nullable=False),
    Column("type", String(60), nullable=False),
    Column("issuer", Text),
    Column("title", Text),
    Column("issued_on", Date),
    Column("effective_on", Date),
    Column("known_from", String(20), nullable=False),
    *lifetime(),
    *lifetime_indexes("published_documents"),
    Index("ix_published_documents_id", "id"),
    Index("ix_published_documents_number", "number"),
)

# The status of a document (provision "") or provision from a day on until the next row of the same one.
timelines = Table(
    "timelines",
    metadata,
    Column("key", String(400), primary_key=True),
    Column("provision", String(300), primary_key=True),
    Column("from_day", Date, primary_key=True),
    Column("status", String(20), nullable=False),
    Column("reason", String(30), nullable=False),
    Column("data", JSON, nullable=False),  # the whole answer of these days
    *lifetime(),
    *lifetime_indexes("timelines"),
)


# What a question about a provision has to know of its document: what its text has, who amended it; or the texts it consolidates.
outlines = Table(
    "outlines",
    metadata,
    Column("key", String(400), primary_key=True),
    Column("data", JSON, nullable=False),
    *lifetime(),
    *lifetime_indexes("outlines"),
)

# Which version of a procedure is judged from a day on, what lists say of it, and all that it cites.
procedures_now = Table(
    "procedures_now",
    metadata,
    Column("code", String(60), primary_key=True),
    Column("from_day", Date, primary_key=True),
    Column("piece", String(64), nullable=False),
    Column("position", Integer, nullable=False),
    Column("publisher_unit", String(200)),
    Column("head", JSON, nullable=False),
    Column("citations", JSON, nullable=False),
    *lifetime(),
    *lifetime_indexes("procedures_now"),
)

# Which procedures cite a document, or a provision of it ("" the whole), in the version that is judged from a day to the day before another.
cited_by = Table(
    "cited_by",
    metadata,
    Column("key", String(400), primary_key=True),
    Column("provision", String(300), primary_key=True),
    Column("procedure", String(60), primary_key=True),
    Column("part", String(30), primary_key=True),
    Column("holds_from", Date, primary_key=True),
    Column("holds_to", Date, nullable=False),
    Column("role", String(20), nullable=False),
    *lifetime(),
    *lifetime_indexes("cited_by"),
    Index("ix_cited_by_procedure", "procedure"),
)

# A finding and a stretch of days asked about, from `holds_from` to the day before `holds_to`, on which nothing in it changes. Rows that went
# are kept: when a finding was first and last seen, and why it went, is told by them.
findings = Table(
    "findings",
    metadata,
    Column("fingerprint", String(24), primary_key=True),
    Column("holds_from", Date, primary_key=True),
    Column("holds_to", Date, nullable=False),
    Column("owner", String(420), nullable=False),  # what its rows are computed for: a procedure, a document, the posting audit
    Column("rule", String(20), nullable=False),
    Column("gravity", Integer, nullable=False),  # 0 is the gravest
    Column("confidence", String(10), nullable=False),
    Column("suppressed", Integer, nullable=False),  # by how many known ways to accuse wrongly; 0 is seen by everybody
    Column("subject", String(400), nullable=False),
    Column("object", String(400)),
    Column("matter", String(24), nullable=False),  # the fingerprint without the rule; "" where an older version did not tell
    Column("basis", String(64), nullable=False),  # digest of the facts that somebody who decides has judged; "" as above
    Column("state", String(20), nullable=False),  # before anybody decided
    Column("field", Text),  # of the procedure
    Column("units", JSON, nullable=False),  # ids: whom it concerns, as `finding_units` says them
    Column("responsible_unit", String(200)),
    Column("piece", String(64), nullable=False),  # the version it was found in, which tells the day of observation; "" for none
    Column("position", Integer, nullable=False),
    Column("data", JSON, nullable=False),  # the finding but for the day asked about
    Column("gone_why", String(40)),
    *lifetime(),
    *lifetime_indexes("findings"),
    Index("ix_findings_owner", "owner"),
    Index("ix_findings_day", "rule", "subject", "object", "fingerprint", "holds_from", "holds_to", "suppressed", "gravity", "born", "died"),
    Index(
        "ix_findings_gravity", "gravity", "rule", "subject", "object", "fingerprint", "holds_from", "holds_to", "suppressed", "born", "died"
    ),
    Index("ix_findings_subject", "subject"),
    Index("ix_findings_object", "object"),
    info={"history": True, "leaving": ("gone_why",)},
)

# The units that a finding concerns on the days that its row tells of: its subject, the body responsible, and the body that published the
# procedure. Rows that went are kept, as the findings are.
finding_units = Table(
    "finding_units",
    metadata,
    Column("unit", String(200), primary_key=True),
    Column("fingerprint", String(24), primary_key=True),
    Column("holds_from", Date, primary_key=True),
    Column("holds_to", Date, nullable=False),
    Column("owner", String(420), nullable=False),
    *lifetime(),
    *lifetime_indexes("finding_units"),
    Index("ix_finding_units_day", "unit", "holds_from", "holds_to", "born", "died", "fingerprint"),
    Index("ix_finding_units_owner", "owner"),
    info={"history": True},
)

# By how many the findings of a cut grow in number on a day asked about: those until that day, added up, are how many hold on it. `scope` is ""
# for all, and as `rasoat.store.finding_counts` names others. Days on which nothing changes have no row.
finding_counts = Table(
    "finding_counts",
    metadata,
    Column("scope", String(200), primary_key=True),
    Column("span", String(1), primary_key=True),  # "d" on the day; "y" in the year that begins on it, where a scope has many days
    Column("day", Date, primary_key=True),
    Column("suppressed", Integer, primary_key=True),  # 0 what everybody sees, 1 the rest
    Column("gravity", Integer, primary_key=True),
    Column("rule", String(20), primary_key=True),
    Column("state", String(20), primary_key=True),  # before anybody decided
    Column("n", Integer, nullable=False),
    *lifetime(),
    *lifetime_indexes("finding_counts"),
    sqlite_with_rowid=False,  # many small rows, asked for by their key alone
)

# How many of the documents that a procedure cites a conclusion was reached on, in a stretch of days asked about.
citation_counts = Table(
    "citation_counts",
    metadata,
    Column("code", String(60), primary_key=True),
    Column("holds_from", Date, primary_key=True),
    Column("holds_to", Date, nullable=False),
    Column("unit", String(200), nullable=False),  # that publishes it; "" for none that is known
    Column("cited", Integer, nullable=False),
    Column("judged", Integer, nullable=False),
    *lifetime(),
    *lifetime_indexes("citation_counts"),
)

# The same of all procedures that a unit publishes ("" all there are): by how many both grow on a day asked about.
citation_totals = Table(
    "citation_totals",
    metadata,
    Column("unit", String(200), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("cited", Integer, nullable=False),
    Column("judged", Integer, nullable=False),
    *lifetime(),
    *lifetime_indexes("citation_totals"),
)

# A cited document on which there is no conclusion, in a stretch of days asked about, and how many procedures cite it then.
unjudged = Table(
    "unjudged",
    metadata,
    Column("key", String(400), primary_key=True),
    Column("holds_from", Date, primary_key=True),
    Column("holds_to", Date, nullable=False),
    Column("reason", String(30), nullable=False),
    Column("procedures", Integer, nullable=False),
    *lifetime(),
    *lifetime_indexes("unjudged"),
)

# What the catalogue, else a decision, calls each procedure that has a duty or a decision.
coverage_procedures = Table(
    "coverage_procedures",
    metadata,
    Column("procedure", String(60), primary_key=True),
    Column("name", Text, nullable=False),
    Column("field", Text, nullable=False),
    *lifetime(),
    *lifetime_indexes("coverage_procedures"),
)

# The duties that several units share: `packed` procedures and channels, how many of each channel in `owed`.
coverage_duties = Table(
    "coverage_duties",
    metadata,
    Column("list", String(200), primary_key=True),
    Column("from_day", Date, primary_key=True),
    Column("owed", JSON, nullable=False),
    *lifetime(),
    Column("packed", LargeBinary, nullable=False),  # last: what stands before it is read without it
    *lifetime_indexes("coverage_duties"),
)

# What was seen at a unit from a day on until its next row: `packed` cells; of its list of duties so many of a channel are among them.
coverage_blocks = Table(
    "coverage_blocks",
    metadata,
    Column("unit", String(200), primary_key=True),
    Column("from_day", Date, primary_key=True),
    Column("list", String(200), nullable=False),
    Column("seen", JSON, nullable=False),
    *lifetime(),
    Column("packed", LargeBinary, nullable=False),  # last: what stands before it is read without it
    *lifetime_indexes("coverage_blocks"),
)

# How many of these cells are in a state; duties of which nothing was seen are the list's `owed` without the block's `seen`.
coverage_units = Table(
    "coverage_units",
    metadata,
    Column("unit", String(200), primary_key=True),
    Column("from_day", Date, primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("state", String(30), primary_key=True),
    Column("n", Integer, nullable=False),
    *lifetime(),
    *lifetime_indexes("coverage_units"),
)

# By how many the cells in a state grow in number on a day, of all units ("") or of a ministry, central body or province with all below it.
coverage_totals = Table(
    "coverage_totals",
    metadata,
    Column("scope", String(200), primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("state", String(30), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("n", Integer, nullable=False),
    *lifetime(),
    *lifetime_indexes("coverage_totals"),
)


def published_tables() -> list[Table]:
    """Every table whose rows are born in a publication: told by the tables themselves, so that a new one is among them."""
    return [table for table in metadata.sorted_tables if {"born", "died"} <= set(table.c.keys())]
