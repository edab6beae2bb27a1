"""Which pieces came, went or were seen again: a worker that keeps what it loaded looks at these alone"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_OF_ANSWER = (
    "SELECT piece FROM places WHERE places.source = {row}.source AND places.request = {row}.request AND places.sha256 = {row}.sha256"
)
_PIECE = "SELECT {row}.piece"
_TOLD = {"pieces": ("", _PIECE), "places": ("", _PIECE), "answers": ("source, request, observed_on, sha256", _OF_ANSWER)}
_WHEN = {"insert": ("NEW",), "delete": ("OLD",), "update": ("OLD", "NEW")}


def upgrade() -> None:
    op.create_table(
        "piece_changes",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("piece", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_piece_changes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_effects_non_answer", "effects", ["non_answer"])  # counted after each publication
    for table, (columns, pieces) in _TOLD.items():
        for event, rows in _WHEN.items():
            _note(table, event, columns if event == "update" else "", [pieces.format(row=row) for row in rows])


def _note(table: str, event: str, columns: str, pieces: list[str]) -> None:
    """A trigger that writes down the pieces of every row, whoever changes it."""
    name = f"note_{table}_{event}"
    body = " ".join(f"INSERT INTO piece_changes (piece) {of_row};" for of_row in pieces)
    when = f"AFTER {event.upper()} {f'OF {columns} ' if columns else ''}ON {table} FOR EACH ROW"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN {body} END")
        return
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    for table in _TOLD:
        for event in _WHEN:
            name = f"note_{table}_{event}"
            if op.get_bind().dialect.name == "sqlite":
                op.execute(f"DROP TRIGGER {name}")
            else:
                op.execute(f"DROP TRIGGER {name} ON {table}")
                op.execute(f"DROP FUNCTION {name}()")
    op.drop_index("ix_effects_non_answer", "effects")
    op.drop_table("piece_changes")
