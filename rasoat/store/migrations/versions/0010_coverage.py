"""Coverage of each unit, published"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_PUBLISHED = ("coverage_procedures", "coverage_duties", "coverage_blocks", "coverage_units", "coverage_totals")


def upgrade() -> None:
    op.create_table(
        "coverage_procedures",
        sa.Column("procedure", sa.String(60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        *_lifetime(),
        sa.PrimaryKeyConstraint("procedure", "born", name="pk_coverage_procedures"),
    )
    op.create_table(
        "coverage_duties",
        sa.Column("list", sa.String(200), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("owed", sa.JSON(), nullable=False),
        *_lifetime(),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("list", "from_day", "born", name="pk_coverage_duties"),
    )
    op.create_table(
        "coverage_blocks",
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("list", sa.String(200), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        *_lifetime(),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "from_day", "born", name="pk_coverage_blocks"),
    )
    op.create_table(
        "coverage_units",
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        *_lifetime(),
        sa.PrimaryKeyConstraint("unit", "from_day", "channel", "state", "born", name="pk_coverage_units"),
    )
    op.create_table(
        "coverage_totals",
        sa.Column("scope", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        *_lifetime(),
        sa.PrimaryKeyConstraint("scope", "channel", "state", "day", "born", name="pk_coverage_totals"),
    )
    for name in _PUBLISHED:
        op.create_index(f"ix_{name}_born", name, ["born"])
        op.create_index(f"ix_{name}_died", name, ["died"])


def _lifetime() -> tuple[sa.Column[int], sa.Column[int]]:
    return sa.Column("born", sa.Integer(), nullable=False), sa.Column("died", sa.Integer(), nullable=True)


def downgrade() -> None:
    for name in reversed(_PUBLISHED):
        op.drop_table(name)
