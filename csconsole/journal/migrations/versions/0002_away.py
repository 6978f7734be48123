"""Who is away, and until when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_away"
down_revision = "0001_facts"


def upgrade() -> None:
    op.create_table(
        "away",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_away"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_away_action_id"),
    )
    op.create_index("ix_away_action_id", "away", ["action_id"])
