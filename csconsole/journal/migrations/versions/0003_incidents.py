"""An incident's life: its clocks, what happened to it, how it stands; cases and handover notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from csconsole.core.text import halfwidth

revision = "0003_incidents"
down_revision = "0002_away"


def upgrade() -> None:
    _facts()
    _index()
    _cases()
    _handover()


def _facts() -> None:
    op.add_column("incident", _instant("respond_by"))
    op.add_column("incident", _instant("platform_by"))
    op.add_column("incident", sa.Column("stands_still", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("incident", sa.Column("buyer", sa.String(), nullable=True))
    op.add_column("incident_order", sa.Column("tracking", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("incident_event", sa.Column("value", sa.String(), nullable=True))
    op.add_column("incident_event", _instant("until"))


def _index() -> None:
    index = op.create_table(
        "incident_index",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("shop", sa.String(), nullable=True),
        sa.Column("assignee", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_incident_index"),
        sa.ForeignKeyConstraint(["number"], ["incident.number"], name="fk_incident_index_number"),
    )
    op.create_index("ix_incident_index_status", "incident_index", ["status"])
    connection = op.get_bind()
    words: dict[int, list[str]] = {}
    texts = "SELECT number, text FROM incident_order UNION ALL SELECT number, text FROM incident_event WHERE " + _STANDS
    for number, text in connection.execute(sa.text(texts)):
        words.setdefault(number, []).append(text)
    incidents = (
        "SELECT number, title, line, category, shop, assignee, opened_at, "
        "EXISTS (SELECT 1 FROM open_incident AS o WHERE o.number = incident.number) FROM incident WHERE " + _STANDS
    )
    typed = sa.text(incidents).columns(opened_at=sa.DateTime(timezone=True))
    for number, title, line, category, shop, assignee, opened_at, is_open in connection.execute(typed).all():
        connection.execute(
            index.insert().values(
                number=number,
                status="open" if is_open else "resolved",
                category=category,
                shop=shop,
                assignee=assignee,
                opened_at=opened_at,
                words="\n".join(halfwidth(each).casefold() for each in (title, line, *words.get(number, ()))),
            )
        )
    op.drop_table("open_incident")


_STANDS = "NOT EXISTS (SELECT 1 FROM action AS undo WHERE undo.undoes = action_id)"


def _cases() -> None:
    op.create_table(
        "lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("revises", sa.Integer(), nullable=True),
        sa.Column("incident", sa.Integer(), nullable=True),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("next_time", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lesson"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_lesson_action_id"),
        sa.ForeignKeyConstraint(["revises"], ["lesson.id"], name="fk_lesson_revises"),
        sa.ForeignKeyConstraint(["incident"], ["incident.number"], name="fk_lesson_incident"),
    )
    for column in ("action_id", "revises", "incident"):
        op.create_index(f"ix_lesson_{column}", "lesson", [column])


def _handover() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handover"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_handover_action_id"),
    )
    for column in ("action_id", "business_date"):
        op.create_index(f"ix_handover_{column}", "handover", [column])


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)
