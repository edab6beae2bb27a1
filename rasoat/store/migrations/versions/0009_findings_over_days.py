"""Findings hold on days: a copy of all of them for each checked day becomes rows of that day"""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_GRAVITY = {"high": 0, "medium": 1, "low": 2, "info": 3}
_PORTION = 2000
_NEW = ("findings", "finding_units", "finding_counts", "citation_counts", "citation_totals", "unjudged")
_CUT = ("suppressed", "gravity", "rule", "state")


def upgrade() -> None:
    op.rename_table("findings", "findings_of_days")
    with op.batch_alter_table("findings_of_days") as table:
        table.drop_index("ix_findings_subject")
    _create_tables()
    _carry_over(op.get_bind())
    op.drop_table("findings_of_days")


def _create_tables() -> None:
    op.create_table(
        "findings",
        sa.Column("fingerprint", sa.String(24), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_to", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(420), nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("gravity", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.String(10), nullable=False),
        sa.Column("suppressed", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(400), nullable=False),
        sa.Column("object", sa.String(400), nullable=True),
        sa.Column("matter", sa.String(24), nullable=False),
        sa.Column("basis", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("responsible_unit", sa.String(200), nullable=True),
        sa.Column("piece", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("gone_why", sa.String(40), nullable=True),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("fingerprint", "holds_from", "born", name="pk_findings_over_days"),
    )
    op.create_table(
        "finding_units",
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("fingerprint", sa.String(24), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_to", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(420), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("unit", "fingerprint", "holds_from", "born", name="pk_finding_units"),
    )
    op.create_table(
        "finding_counts",
        sa.Column("scope", sa.String(200), nullable=False),
        sa.Column("span", sa.String(1), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("suppressed", sa.Integer(), nullable=False),
        sa.Column("gravity", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "span", "day", *_CUT, "born", name="pk_finding_counts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "citation_totals",
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cited", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("unit", "day", "born", name="pk_citation_totals"),
    )
    op.create_table(
        "citation_counts",
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_to", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("cited", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("code", "holds_from", "born", name="pk_citation_counts"),
    )
    op.create_table(
        "unjudged",
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_to", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(30), nullable=False),
        sa.Column("procedures", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key", "holds_from", "born", name="pk_unjudged"),
    )
    for name in _NEW:
        op.create_index(f"ix_{name}_born", name, ["born"])
        op.create_index(f"ix_{name}_died", name, ["died"])
    for name in ("findings", "finding_units"):
        op.create_index(f"ix_{name}_owner", name, ["owner"])
    day = ["rule", "subject", "object", "fingerprint", "holds_from", "holds_to", "suppressed", "gravity", "born", "died"]
    op.create_index("ix_findings_day", "findings", day)
    grave = ["gravity", "rule", "subject", "object", "fingerprint", "holds_from", "holds_to", "suppressed", "born", "died"]
    op.create_index("ix_findings_gravity", "findings", grave)
    op.create_index("ix_finding_units_day", "finding_units", ["unit", "holds_from", "holds_to", "born", "died", "fingerprint"])
    op.create_index("ix_findings_subject", "findings", ["subject"])
    op.create_index("ix_findings_object", "findings", ["object"])


def _carry_over(connection: sa.Connection) -> None:
    """What was told of each day with everything known then is what a publication of that day told of it, in the order of the days.
    What was asked with narrower knowledge was never what stands: its rows, under numbers below zero, died as they were born."""
    meta = sa.MetaData()
    names = ("findings_of_days", "findings", "finding_counts", "publications")
    old, new, counts, publications = (sa.Table(name, meta, autoload_with=connection) for name in names)
    days = sorted(set(connection.scalars(sa.select(old.c.as_of).distinct())))
    last = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(publications.c.number), 0))) or 0
    number = {day: at for at, day in enumerate(days, last + 1)}
    for day in days:
        at = min(datetime.combine(day, time(), UTC), datetime.now(UTC))  # a day to come was told of today
        connection.execute(publications.insert().values(number=number[day], at=at, refused_at=None, refused=None, because=None))
    narrow = sa.select(old.c.as_of, old.c.known_at).distinct().where(old.c.known_at != "").order_by(old.c.as_of, old.c.known_at)
    below = {(row.as_of, row.known_at): -at for at, row in enumerate(connection.execute(narrow), 1)}
    grown = Counter[tuple[Any, ...]]()
    for day in days:
        rows = connection.execute(sa.select(old).where(old.c.as_of == day)).all()
        found = [_row(row, day, below.get((day, row.known_at), number[day])) for row in rows]
        for first in range(0, len(found), _PORTION):
            connection.execute(new.insert(), found[first : first + _PORTION])
        for row in found:
            if row["died"] is None:
                cut = (min(row["suppressed"], 1), row["gravity"], row["rule"], row["state"])
                for day, sign in ((row["holds_from"], 1), (row["holds_to"], -1)):
                    grown["d", *cut, day] += sign
                    grown["y", *cut, day.replace(month=1, day=1)] += sign
    told = [
        {**dict(zip(("span", *_CUT, "day"), cut, strict=True)), "scope": "", "n": n, "born": max(number.values())}
        for cut, n in grown.items()
        if n
    ]
    if told:
        connection.execute(counts.insert(), told)


def _row(row: Any, day: date, number: int) -> dict[str, Any]:
    data = {name: value for name, value in row.data.items() if name != "as_of"}
    owner = f"day:{day.isoformat()}" + (f"@{row.known_at}" if row.known_at else "")  # goes with the first publication
    return {
        "fingerprint": row.fingerprint,
        "holds_from": day,
        "holds_to": day + timedelta(days=1),
        "owner": owner,
        "rule": row.rule,
        "gravity": _GRAVITY[data["severity"]],
        "confidence": data["confidence"],
        "suppressed": len(data.get("suppressed", ())),
        "subject": row.subject,
        "object": row.object,
        "matter": "",
        "basis": "",
        "state": data.get("state", "open"),
        "field": None,
        "units": [],
        "responsible_unit": None,
        "piece": "",
        "position": 0,
        "data": data,
        "gone_why": "known_at" if row.known_at else None,
        "born": number,
        "died": number if row.known_at else None,
    }


def downgrade() -> None:
    for name in reversed(_NEW):
        op.drop_table(name)
    op.create_table(
        "findings",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.String(10), nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(400), nullable=False),
        sa.Column("object", sa.String(400), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", "as_of", "known_at", name="pk_findings"),
    )
    op.create_index("ix_findings_subject", "findings", ["subject"])
