"""Effects counted in months from a day"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("effects", sa.Column("months", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("effects", "months")
