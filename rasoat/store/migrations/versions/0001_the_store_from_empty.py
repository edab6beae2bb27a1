"""The store from empty"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "captures",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("warc", sa.String(length=300), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_captures")),
    )
    op.create_table(
        "checks",
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.String(length=10), nullable=False),
        sa.Column("inputs", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("as_of", "known_at", name=op.f("pk_checks")),
    )
    op.create_table(
        "citations",
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.Column("procedure", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=True),
        sa.Column("non_answer", sa.String(length=30), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("piece", "procedure", "position", name=op.f("pk_citations")),
    )
    with op.batch_alter_table("citations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_citations_key"), ["key"], unique=False)

    op.create_table(
        "documents",
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("id", sa.String(length=400), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("known_from", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_documents")),
        sa.UniqueConstraint("id"),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documents_number"), ["number"], unique=False)

    op.create_table(
        "effects",
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("source_provision", sa.String(length=200), nullable=False),
        sa.Column("target", sa.String(length=400), nullable=True),
        sa.Column("target_provision", sa.String(length=300), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("anchor", sa.String(length=400), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("exceptions", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("printed_target", sa.String(length=200), nullable=True),
        sa.Column("tier", sa.String(length=1), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("non_answer", sa.String(length=30), nullable=True),
        sa.PrimaryKeyConstraint("piece", "position", name=op.f("pk_effects")),
    )
    with op.batch_alter_table("effects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_effects_source"), ["source"], unique=False)
        batch_op.create_index(batch_op.f("ix_effects_target"), ["target"], unique=False)

    op.create_table(
        "findings",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.String(length=10), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("object", sa.String(length=400), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", "as_of", "known_at", name=op.f("pk_findings")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_subject"), ["subject"], unique=False)

    op.create_table(
        "indexed",
        sa.Column("engine", sa.String(length=80), nullable=False),
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("engine", "id", name=op.f("pk_indexed")),
    )
    op.create_table(
        "progress",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("inputs", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_progress")),
    )
    op.create_table(
        "reviews",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_reviews")),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("command", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "pieces",
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("piece", name=op.f("pk_pieces")),
    )
    with op.batch_alter_table("pieces", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pieces_source"), ["source"], unique=False)

    op.create_table(
        "answers",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("request", sa.String(length=500), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["sha256"], ["captures.sha256"], name=op.f("fk_answers_sha256")),
        sa.PrimaryKeyConstraint("source", "request", "observed_on", "sha256", name=op.f("pk_answers")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_sha256"), ["sha256"], unique=False)

    op.create_table(
        "articles",
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("container", sa.String(length=200), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tier", sa.String(length=1), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("amended_by", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["piece"], ["pieces.piece"], name=op.f("fk_articles_piece"), ondelete="CASCADE"),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index("ix_articles_key_path", ["key", "path"], unique=False)
        batch_op.create_index("ix_articles_piece_position", ["piece", "position"], unique=True)

    op.create_table(
        "clauses",
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["piece"], ["pieces.piece"], name=op.f("fk_clauses_piece"), ondelete="CASCADE"),
    )
    with op.batch_alter_table("clauses", schema=None) as batch_op:
        batch_op.create_index("ix_clauses_piece_article_position", ["piece", "article", "position"], unique=True)

    op.create_table(
        "mentions",
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.Column("procedure", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=30), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["piece"], ["pieces.piece"], name=op.f("fk_mentions_piece"), ondelete="CASCADE"),
    )
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index("ix_mentions_piece_procedure_position", ["piece", "procedure", "position"], unique=True)

    op.create_table(
        "observations",
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["piece"], ["pieces.piece"], name=op.f("fk_observations_piece"), ondelete="CASCADE"),
    )
    with op.batch_alter_table("observations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observations_key"), ["key"], unique=False)
        batch_op.create_index("ix_observations_piece_position", ["piece", "position"], unique=True)

    op.create_table(
        "places",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("request", sa.String(length=500), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["captures.sha256"], name=op.f("fk_places_sha256")),
        sa.ForeignKeyConstraint(["piece"], ["pieces.piece"], name=op.f("fk_places_piece"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source", "request", "sha256", "place", name=op.f("pk_places")),
    )
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_places_piece"), ["piece"], unique=False)

    op.create_table(
        "procedures",
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["piece"], ["pieces.piece"], name=op.f("fk_procedures_piece"), ondelete="CASCADE"),
    )
    with op.batch_alter_table("procedures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_procedures_code"), ["code"], unique=False)
        batch_op.create_index("ix_procedures_piece_position", ["piece", "position"], unique=True)

    op.create_table(
        "refusals",
        sa.Column("piece", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["piece"], ["pieces.piece"], name=op.f("fk_refusals_piece"), ondelete="CASCADE"),
    )
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.create_index("ix_refusals_piece_position", ["piece", "position"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.drop_index("ix_refusals_piece_position")

    op.drop_table("refusals")
    with op.batch_alter_table("procedures", schema=None) as batch_op:
        batch_op.drop_index("ix_procedures_piece_position")
        batch_op.drop_index(batch_op.f("ix_procedures_code"))

    op.drop_table("procedures")
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_places_piece"))

    op.drop_table("places")
    with op.batch_alter_table("observations", schema=None) as batch_op:
        batch_op.drop_index("ix_observations_piece_position")
        batch_op.drop_index(batch_op.f("ix_observations_key"))

    op.drop_table("observations")
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.drop_index("ix_mentions_piece_procedure_position")

    op.drop_table("mentions")
    with op.batch_alter_table("clauses", schema=None) as batch_op:
        batch_op.drop_index("ix_clauses_piece_article_position")

    op.drop_table("clauses")
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index("ix_articles_piece_position")
        batch_op.drop_index("ix_articles_key_path")

    op.drop_table("articles")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answers_sha256"))

    op.drop_table("answers")
    with op.batch_alter_table("pieces", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pieces_source"))

    op.drop_table("pieces")
    op.drop_table("runs")
    op.drop_table("reviews")
    op.drop_table("progress")
    op.drop_table("indexed")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_subject"))

    op.drop_table("findings")
    with op.batch_alter_table("effects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_effects_target"))
        batch_op.drop_index(batch_op.f("ix_effects_source"))

    op.drop_table("effects")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documents_number"))

    op.drop_table("documents")
    with op.batch_alter_table("citations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citations_key"))

    op.drop_table("citations")
    op.drop_table("checks")
    op.drop_table("captures")
