"""The tables of what people say and who they are. Only `reviews` writes them.

`events` are never changed and never deleted: triggers refuse it, and each row carries the hash of the one before. `decisions_now` is what they
add up to, written in the same transaction, and can be made again from them. No program decides: nothing here is derived from what was received.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Text

from rasoat.store.schema import metadata as metadata

FINDING, QUALITY, SUBMISSION, ACCOUNT = "finding:", "quality:", "submission:", "account:"  # how the things that events speak of begin

# What somebody said of a thing for a unit, as number `version` of what was said of it for this unit. What he had before him when he said it
# is kept with it: `basis`, the digest of the facts, and the facts themselves in `seen`.
events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),  # without a gap: the writer counts
    Column("at", DateTime(timezone=True), nullable=False),
    Column("person", String(200), nullable=False),  # the id of an account; a name as given, where nobody signed in
    Column("signed_in", Boolean, nullable=False),  # false: said by whoever can write the store
    Column("unit", String(200), nullable=False),  # for which unit he decides
    Column("thing", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("verb", String(20), nullable=False),
    Column("to", String(200)),  # whom it was given to, or asked of
    Column("reason", String(30)),
    Column("note", Text, nullable=False),
    Column("due", Date),
    Column("second", Boolean, nullable=False),  # it counts once a second person has agreed
    Column("basis", String(64), nullable=False),
    Column("matter", String(24), nullable=False),  # the finding's, so that one thread is found through its rules; "" of other things
    Column("publication", Integer, nullable=False),  # that stood then
    Column("seen", JSON, nullable=False),
    Column("batch", String(40)),  # said together with others
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),  # of this row and `previous`
    Index("ix_events_thing_unit_version", "thing", "unit", "version", unique=True),
    Index("ix_events_hash", "hash", unique=True),
    Index("ix_events_matter", "matter"),
    Index("ix_events_batch", "batch"),
)

# Where a thing stands for a unit: its events added up. `state` is one of the five words of lists, "open" while nothing is decided.
decisions_now = Table(
    "decisions_now",
    metadata,
    Column("thing", String(200), primary_key=True),
    Column("unit", String(200), primary_key=True),
    Column("head", String(200), nullable=False),  # the ministry, central body or province that the unit is or lies in
    Column("version", Integer, nullable=False),
    Column("stage", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("assignee", String(200)),
    Column("asked", String(200)),  # the unit that owes an answer
    Column("due", Date),
    Column("reason", String(30)),
    Column("note", Text, nullable=False),
    Column("person", String(200), nullable=False),  # who said the last thing that moved it
    Column("at", DateTime(timezone=True), nullable=False),
    Column("basis", String(64), nullable=False),
    Column("publication", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Index("ix_decisions_now_unit", "unit", "stage"),
)

people = Table(
    "people",
    metadata,
    Column("id", String(60), primary_key=True),  # the login name of a local account
    Column("issuer", String(300), nullable=False),  # "" for a local account
    Column("subject", String(300), nullable=False),
    Column("name", String(200), nullable=False),
    Column("email", String(200)),
    Column("argon2", String(200)),  # null: cannot sign in with a password
    Column("unit", String(200), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("invite", String(64)),  # sha256 of the secret in the link of an invitation or reset that waits
    Column("invite_ends", DateTime(timezone=True)),
    Index("ix_people_issuer_subject", "issuer", "subject", unique=True),
)

# A role of a person in a unit, from when to when; one that ended stays.
roles = Table(
    "roles",
    metadata,
    Column("person", String(60), ForeignKey("people.id"), primary_key=True),
    Column("role", String(20), primary_key=True),
    Column("unit", String(200), primary_key=True),
    Column("at", DateTime(timezone=True), primary_key=True),
    Column("lead", Boolean, nullable=False),
    Column("given_by", String(200), nullable=False),
    Column("until", DateTime(timezone=True)),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),  # of the secret in the cookie
    Column("person", String(60), ForeignKey("people.id"), nullable=False, index=True),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("seen", DateTime(timezone=True), nullable=False),
    Column("ends", DateTime(timezone=True), nullable=False),
    Column("agent", String(300), nullable=False),
)

# What somebody knows of a document and the program does not: taken in by the front door once a second person has agreed.
submissions = Table(
    "submissions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("number", String(200), nullable=False),
    Column("key", String(400)),
    Column("provision", String(300), nullable=False),
    Column("quote", Text, nullable=False),
    Column("day", Date),
    Column("sha256", String(64)),  # of the text; null where none was handed in
    Column("author", String(200), nullable=False),
    Column("approved_by", String(200)),
    Column("piece", String(64)),
)

# A number that no document bears, and the document that a person confirmed it to mean.
confirmations = Table(
    "confirmations",
    metadata,
    Column("printed", String(400), primary_key=True),
    Column("key", String(400), nullable=False),
    Column("seq", Integer, ForeignKey("events.seq"), nullable=False),
)
