"""The tables: facts only, append-only. Status, lateness and the like are computed from them, never stored.

Every row a person wrote points to the `action` that wrote it. An action stands while no other undoes it; what an
action that does not stand wrote is kept, and counts no more. Instants are UTC, to the microsecond.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, Text, UniqueConstraint, false
from sqlmodel import Field

from csconsole.core.facts import MarkKind
from csconsole.core.incident import EventKind, IncidentStatus, Severity
from csconsole.journal.columns import LINE, PROSE, Base, choice


class Verb(StrEnum):
    """What an action did."""

    MARK = "mark"
    LOG = "log"
    TELL = "tell"
    SNOOZE = "snooze"
    AWAY = "away"
    CLOSE_DAY = "close_day"
    HAND_OVER = "hand_over"
    KEEP_CASE = "keep_case"
    TAKE_OVER = "take_over"
    UNDO = "undo"

    @property
    def undoable(self) -> bool:
        return self not in (Verb.TAKE_OVER, Verb.UNDO)


class ActionRow(Base, table=True):
    """One thing one person did, whole: it was written in one transaction and is undone as one."""

    __tablename__ = "action"
    __table_args__ = (Index(None, "console", "id"), Index(None, "actor", "id"))

    id: int | None = Field(default=None, primary_key=True)
    verb: Verb = Field(sa_type=choice(Verb))
    actor: str = Field(sa_type=LINE)
    console: str | None = None
    recorded_at: datetime
    undoes: int | None = Field(default=None, foreign_key="action.id", unique=True)


class MarkRow(Base, table=True):
    """What was said of an occurrence. `due`, `grace` (seconds) and `shops` are those it had then."""

    __tablename__ = "mark"
    __table_args__ = (Index(None, "business_date", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    key: str = Field(sa_type=LINE, index=True)
    business_date: date
    kind: MarkKind = Field(sa_type=choice(MarkKind))
    shop: str | None = Field(default=None, sa_type=LINE)
    at: datetime
    due: datetime
    grace: int
    shops: list[str] = Field(sa_type=JSON)
    note: str | None = Field(default=None, sa_type=PROSE)
    reason: str | None = Field(default=None, sa_type=PROSE)
    delegate: str | None = Field(default=None, sa_type=LINE)
    until: datetime | None = None


class ReadingRow(Base, table=True):
    """A number taken with a mark. `shop` is empty where the check is answered once for all; the business date is
    the mark's, here so that an index can find readings over time."""

    __tablename__ = "reading"
    __table_args__ = (Index(None, "business_date", "metric", "shop"),)

    id: int | None = Field(default=None, primary_key=True)
    mark_id: int = Field(foreign_key="mark.id", index=True)
    business_date: date
    shop: str = Field(sa_type=LINE)
    metric: str = Field(sa_type=LINE)
    value: float


class IncidentRow(Base, table=True):
    __tablename__ = "incident"

    number: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    opened_at: datetime = Field(index=True)
    title: str = Field(sa_type=LINE)
    category: str = Field(sa_type=LINE)
    line: str = Field(sa_type=PROSE)
    shop: str | None = Field(default=None, sa_type=LINE)
    assignee: str | None = Field(default=None, sa_type=LINE)
    severity: Severity = Field(sa_type=choice(Severity))
    due_at: datetime | None = None
    occurrence: str | None = Field(default=None, sa_type=LINE, index=True)
    respond_by: datetime | None = None
    platform_by: datetime | None = None
    stands_still: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    buyer: str | None = Field(default=None, sa_type=LINE)


class IncidentOrderRow(Base, table=True):
    """An order an incident is about, or a parcel's tracking number, in the order they were given."""

    __tablename__ = "incident_order"

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(foreign_key="incident.number", index=True)
    text: str = Field(sa_type=LINE, index=True)
    tracking: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class IncidentEventRow(Base, table=True):
    """What happened to an incident after it was opened."""

    __tablename__ = "incident_event"
    __table_args__ = (Index(None, "kind", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(foreign_key="incident.number", index=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    kind: EventKind = Field(sa_type=choice(EventKind))
    at: datetime
    text: str = Field(sa_type=PROSE)
    value: str | None = Field(default=None, sa_type=LINE)
    until: datetime | None = None


class IncidentIndexRow(Base, table=True):
    """How each incident stands, and every word of it: no fact but an index, for no database can index what is
    computed. It is kept in the very transaction that logs, tells or undoes (`incident_index.reindex`)."""

    __tablename__ = "incident_index"

    number: int = Field(foreign_key="incident.number", primary_key=True)
    status: IncidentStatus = Field(sa_type=choice(IncidentStatus), index=True)
    category: str = Field(sa_type=LINE)
    shop: str | None = Field(default=None, sa_type=LINE)
    assignee: str | None = Field(default=None, sa_type=LINE)
    opened_at: datetime
    words: str = Field(sa_type=Text)


class CaseRow(Base, table=True):
    """What an incident taught, or something else that is worth keeping. The row written last under a case's number
    counts; the first one's id is its number."""

    __tablename__ = "lesson"

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    revises: int | None = Field(default=None, foreign_key="lesson.id", index=True)
    incident: int | None = Field(default=None, foreign_key="incident.number", index=True)
    good: bool
    category: str = Field(sa_type=LINE)
    title: str = Field(sa_type=LINE)
    happened: str = Field(sa_type=PROSE)
    did: str = Field(sa_type=PROSE)
    next_time: str = Field(sa_type=PROSE)


class ClaimRow(Base, table=True):
    """That a reminder was about to go out. Only one claim of the same may be written: nothing fires twice."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("key", "stage", "planned", "basis"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str
    stage: str
    planned: datetime
    basis: int
    claimed_at: datetime


class SnoozeRow(Base, table=True):
    __tablename__ = "snooze"

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    key: str = Field(index=True)
    until: datetime


class AwayRow(Base, table=True):
    """Until when whoever acted is away, from the instant that was recorded; the latest row of an actor counts. One who
    comes back early is away until then."""

    __tablename__ = "away"

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    until: datetime


class OnDutyRow(Base, table=True):
    """Who took over the console; the latest row says who has it."""

    __tablename__ = "on_duty"

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id")
    name: str = Field(sa_type=LINE)


class HandoverRow(Base, table=True):
    """What the next shift must know, as somebody wrote it on a business day; the latest row of a day counts."""

    __tablename__ = "handover"

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    business_date: date = Field(index=True)
    note: str = Field(sa_type=PROSE)


class ClosingRow(Base, table=True):
    """A day as it was handed over. `summary` is JSON, kept to the letter."""

    __tablename__ = "closing"

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id")
    business_date: date = Field(index=True)
    handover: str = Field(sa_type=PROSE)
    summary: str = Field(sa_type=Text)


class SourceRow(Base, table=True):
    """The text of a schedule or of holiday overrides, kept to the letter under the SHA-256 of its UTF-8 form."""

    __tablename__ = "source"

    hash: str = Field(primary_key=True)
    text: str = Field(sa_type=Text)


class VersionRow(Base, table=True):
    """The schedule and holiday overrides in force from an instant on."""

    __tablename__ = "version"

    id: int | None = Field(default=None, primary_key=True)
    since: datetime
    schedule: str = Field(foreign_key="source.hash")
    holidays: str = Field(foreign_key="source.hash")


class DutySeenRow(Base, table=True):
    """A business day on which a duty stood in the schedule; the earliest is the one from which on it is owed."""

    __tablename__ = "duty_seen"

    duty: str = Field(primary_key=True)
    business_date: date = Field(primary_key=True)


METADATA = Base.metadata

# What is read is said in these tables' columns. The classes' attributes mean the same, but whatever names one has all
# classes mapped first, and is compiled at length: half of what it took to bring up the records.
ACTION = METADATA.tables["action"]
MARK = METADATA.tables["mark"]
READING = METADATA.tables["reading"]
INCIDENT = METADATA.tables["incident"]
INCIDENT_ORDER = METADATA.tables["incident_order"]
INCIDENT_EVENT = METADATA.tables["incident_event"]
INCIDENT_INDEX = METADATA.tables["incident_index"]
CASE = METADATA.tables["lesson"]
CLAIM = METADATA.tables["claim"]
SNOOZE = METADATA.tables["snooze"]
AWAY = METADATA.tables["away"]
ON_DUTY = METADATA.tables["on_duty"]
HANDOVER = METADATA.tables["handover"]
CLOSING = METADATA.tables["closing"]
SOURCE = METADATA.tables["source"]
VERSION = METADATA.tables["version"]
DUTY_SEEN = METADATA.tables["duty_seen"]
