"""What people say: events that nothing changes, what they add up to, accounts and roles; the table of before, which nobody wrote, goes"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_REFUSED = "events are never changed"


def _time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def upgrade() -> None:
    op.drop_table("reviews")
    _events()
    op.create_table(
        "decisions_now",
        _text("thing", 200), _text("unit", 200), _text("head", 200), sa.Column("version", sa.Integer(), nullable=False), _text("stage", 20),
        _text("state", 20),
        _text("assignee", 200, nullable=True), _text("asked", 200, nullable=True), sa.Column("due", sa.Date()), _text("reason", 30, nullable=True),
        sa.Column("note", sa.Text(), nullable=False), _text("person", 200), _time("at"), _text("basis", 64),
        sa.Column("publication", sa.Integer(), nullable=False), sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("thing", "unit", name="pk_decisions_now"),
    )  # fmt: skip
    op.create_index("ix_decisions_now_unit", "decisions_now", ["unit", "stage"])
    op.create_table(
        "people",
        _text("id", 60), _text("issuer", 300), _text("subject", 300), _text("name", 200), _text("email", 200, nullable=True),
        _text("argon2", 200, nullable=True), _text("unit", 200), sa.Column("active", sa.Boolean(), nullable=False), _time("created"),
        _text("invite", 64, nullable=True), _time("invite_ends", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )  # fmt: skip
    op.create_index("ix_people_issuer_subject", "people", ["issuer", "subject"], unique=True)
    op.create_table(
        "roles",
        _text("person", 60), _text("role", 20), _text("unit", 200), _time("at"), sa.Column("lead", sa.Boolean(), nullable=False),
        _text("given_by", 200), _time("until", nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_roles_person"),
        sa.PrimaryKeyConstraint("person", "role", "unit", "at", name="pk_roles"),
    )  # fmt: skip
    op.create_table(
        "sessions",
        _text("hash", 64), _text("person", 60), _time("created"), _time("seen"), _time("ends"), _text("agent", 300),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_sessions_person"),
        sa.PrimaryKeyConstraint("hash", name="pk_sessions"),
    )  # fmt: skip
    op.create_index("ix_sessions_person", "sessions", ["person"])
    op.create_table(
        "submissions",
        _text("id", 40), _text("kind", 20), _text("number", 200), _text("key", 400, nullable=True), _text("provision", 300),
        sa.Column("quote", sa.Text(), nullable=False), sa.Column("day", sa.Date()), _text("sha256", 64, nullable=True), _text("author", 200),
        _text("approved_by", 200, nullable=True), _text("piece", 64, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
    )  # fmt: skip
    op.create_table(
        "confirmations",
        _text("printed", 400), _text("key", 400), sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["events.seq"], name="fk_confirmations_seq"),
        sa.PrimaryKeyConstraint("printed", name="pk_confirmations"),
    )  # fmt: skip


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False), _time("at"), _text("person", 200),
        sa.Column("signed_in", sa.Boolean(), nullable=False), _text("unit", 200), _text("thing", 200),
        sa.Column("version", sa.Integer(), nullable=False), _text("verb", 20), _text("to", 200, nullable=True),
        _text("reason", 30, nullable=True), sa.Column("note", sa.Text(), nullable=False), sa.Column("due", sa.Date()),
        sa.Column("second", sa.Boolean(), nullable=False), _text("basis", 64), _text("matter", 24),
        sa.Column("publication", sa.Integer(), nullable=False), sa.Column("seen", sa.JSON(), nullable=False),
        _text("batch", 40, nullable=True), _text("previous", 64), _text("hash", 64),
        sa.PrimaryKeyConstraint("seq", name="pk_events"),
    )  # fmt: skip
    op.create_index("ix_events_thing_unit_version", "events", ["thing", "unit", "version"], unique=True)
    op.create_index("ix_events_hash", "events", ["hash"], unique=True)
    op.create_index("ix_events_matter", "events", ["matter"])
    op.create_index("ix_events_batch", "events", ["batch"])
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER keep_events_{event.lower()} BEFORE {event} ON events BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END")
        # INSERT OR REPLACE deletes without asking the triggers of DELETE: what is there already is looked up before.
        known = "seq = NEW.seq OR hash = NEW.hash OR (thing = NEW.thing AND unit = NEW.unit AND version = NEW.version)"
        there = f"EXISTS (SELECT 1 FROM events WHERE {known})"  # noqa: S608 - written here to its last letter
        op.execute(f"CREATE TRIGGER keep_events_replace BEFORE INSERT ON events WHEN {there} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END")
        return
    op.execute(
        f"CREATE FUNCTION keep_events() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_REFUSED}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute("CREATE TRIGGER keep_events_rows BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION keep_events()")
    op.execute("CREATE TRIGGER keep_events_all BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION keep_events()")


def downgrade() -> None:
    for table in ("confirmations", "submissions", "sessions", "roles", "people", "decisions_now", "events"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_events()")
    op.create_table(
        "reviews",
        _text("fingerprint", 64), _text("state", 20), sa.Column("decided_on", sa.Date(), nullable=False), _text("decided_by", 200),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_reviews"),
    )  # fmt: skip
