"""The words above a list that carry the verb for the item quoted"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("effects") as batch:
        batch.add_column(sa.Column("lead", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("effects") as batch:
        batch.drop_column("lead")
