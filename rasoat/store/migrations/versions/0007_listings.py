"""What publishers say of their own lists"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "listings",
        sa.Column("piece", sa.String(64), sa.ForeignKey("pieces.piece", name="fk_listings_piece", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.String(60), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("next_page", sa.String(500), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
    )
    op.create_index("ix_listings_piece_position", "listings", ["piece", "position"], unique=True)


def downgrade() -> None:
    op.drop_table("listings")
