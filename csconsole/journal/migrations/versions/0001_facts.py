"""The first tables: actions and the facts they wrote."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0001_facts"
down_revision = None


def upgrade() -> None:
    _actions()
    _marks()
    _incidents()
    _reminders()
    _days()


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _line(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _choice(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(20), nullable=False)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _actions() -> None:
    op.create_table(
        "action",
        _id(),
        _choice("verb"),
        _line("actor"),
        _line("console", nullable=True),
        _instant("recorded_at"),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sa.UniqueConstraint("undoes", name="uq_action_undoes"),
        _refers("action", "undoes", "action.id"),
    )
    _index("action", "console", "id")
    _index("action", "actor", "id")


def _marks() -> None:
    op.create_table(
        "mark",
        _id(),
        sa.Column("action_id", sa.Integer(), nullable=False),
        _line("key"),
        sa.Column("business_date", sa.Date(), nullable=False),
        _choice("kind"),
        _line("shop", nullable=True),
        _instant("at"),
        _instant("due"),
        sa.Column("grace", sa.Integer(), nullable=False),
        sa.Column("shops", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        _line("delegate", nullable=True),
        _instant("until", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mark"),
        _refers("mark", "action_id", "action.id"),
    )
    _index("mark", "action_id")
    _index("mark", "key")
    _index("mark", "business_date", "key")
    op.create_table(
        "reading",
        _id(),
        sa.Column("mark_id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        _line("shop"),
        _line("metric"),
        sa.Column("value", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        _refers("reading", "mark_id", "mark.id"),
    )
    _index("reading", "mark_id")
    _index("reading", "business_date", "metric", "shop")


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        _instant("opened_at"),
        _line("title"),
        _line("category"),
        sa.Column("line", sa.Text(), nullable=False),
        _line("shop", nullable=True),
        _line("assignee", nullable=True),
        _choice("severity"),
        _instant("due_at", nullable=True),
        _line("occurrence", nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_incident"),
        _refers("incident", "action_id", "action.id"),
    )
    _index("incident", "action_id")
    _index("incident", "opened_at")
    _index("incident", "occurrence")
    op.create_table(
        "incident_order",
        _id(),
        sa.Column("number", sa.Integer(), nullable=False),
        _line("text"),
        sa.PrimaryKeyConstraint("id", name="pk_incident_order"),
        _refers("incident_order", "number", "incident.number"),
    )
    _index("incident_order", "number")
    _index("incident_order", "text")
    op.create_table(
        "incident_event",
        _id(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        _choice("kind"),
        _instant("at"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incident_event"),
        _refers("incident_event", "number", "incident.number"),
        _refers("incident_event", "action_id", "action.id"),
    )
    _index("incident_event", "number")
    _index("incident_event", "action_id")
    _index("incident_event", "kind", "at")
    op.create_table(
        "open_incident",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_open_incident"),
        _refers("open_incident", "number", "incident.number"),
    )


def _reminders() -> None:
    op.create_table(
        "claim",
        _id(),
        _line("key"),
        _line("stage"),
        _instant("planned"),
        sa.Column("basis", sa.Integer(), nullable=False),
        _instant("claimed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
        sa.UniqueConstraint("key", "stage", "planned", "basis", name="uq_claim_key"),
    )
    op.create_table(
        "snooze",
        _id(),
        sa.Column("action_id", sa.Integer(), nullable=False),
        _line("key"),
        _instant("until"),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
        _refers("snooze", "action_id", "action.id"),
    )
    _index("snooze", "action_id")
    _index("snooze", "key")


def _days() -> None:
    op.create_table(
        "on_duty",
        _id(),
        sa.Column("action_id", sa.Integer(), nullable=False),
        _line("name"),
        sa.PrimaryKeyConstraint("id", name="pk_on_duty"),
        _refers("on_duty", "action_id", "action.id"),
    )
    op.create_table(
        "closing",
        _id(),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("handover", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_closing"),
        _refers("closing", "action_id", "action.id"),
    )
    _index("closing", "business_date")
    op.create_table(
        "source",
        _line("hash"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_source"),
    )
    op.create_table(
        "version",
        _id(),
        _instant("since"),
        _line("schedule"),
        _line("holidays"),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        _refers("version", "schedule", "source.hash"),
        _refers("version", "holidays", "source.hash"),
    )
    op.create_table(
        "duty_seen",
        _line("duty"),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("duty", "business_date", name="pk_duty_seen"),
    )
