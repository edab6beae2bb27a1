"""Answers that an operator set aside; how much of a piece stands in tables that are not kept by piece"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "set_aside",
        sa.Column("sha256", sa.String(64), sa.ForeignKey("captures.sha256", name="fk_set_aside_sha256"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_set_aside"),
    )
    op.add_column("pieces", sa.Column("elsewhere", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("pieces", "elsewhere")
    op.drop_table("set_aside")
