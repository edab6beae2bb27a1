"""Publications: what stands for readers, what each thing was computed from; documents, their timelines, procedures as judged, who cites what"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_PUBLISHED = ("published_inputs", "published_documents", "timelines", "outlines", "procedures_now", "cited_by")


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.JSON(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_publications"),
    )
    op.create_table(
        "published_inputs",
        sa.Column("thing", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(400), nullable=False),
        sa.Column("inputs", sa.String(64), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("thing", "owner", "born", name="pk_published_inputs"),
    )
    op.create_table(
        "published_documents",
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("id", sa.String(400), nullable=False),
        sa.Column("number", sa.String(200), nullable=False),
        sa.Column("type", sa.String(60), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("known_from", sa.String(20), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key", "born", name="pk_published_documents"),
    )
    op.create_index("ix_published_documents_id", "published_documents", ["id"])
    op.create_index("ix_published_documents_number", "published_documents", ["number"])
    op.create_table(
        "timelines",
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("provision", sa.String(300), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(30), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key", "provision", "from_day", "born", name="pk_timelines"),
    )
    op.create_table(
        "outlines",
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key", "born", name="pk_outlines"),
    )
    op.create_table(
        "procedures_now",
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("piece", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("publisher_unit", sa.String(200), nullable=True),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("code", "from_day", "born", name="pk_procedures_now"),
    )
    op.create_table(
        "cited_by",
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("provision", sa.String(300), nullable=False),
        sa.Column("procedure", sa.String(60), nullable=False),
        sa.Column("part", sa.String(30), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("holds_to", sa.Date(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("died", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key", "provision", "procedure", "part", "holds_from", "born", name="pk_cited_by"),
    )
    op.create_index("ix_cited_by_procedure", "cited_by", ["procedure"])
    for name in _PUBLISHED:
        op.create_index(f"ix_{name}_born", name, ["born"])
        op.create_index(f"ix_{name}_died", name, ["died"])


def downgrade() -> None:
    for name in reversed(_PUBLISHED):
        op.drop_table(name)
    op.drop_table("publications")
