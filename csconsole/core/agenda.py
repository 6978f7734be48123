"""types; being written"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from csconsole.core.calendar import Adjusted, Day
from csconsole.core.schedule import Kind, Remind, Text


class Status(StrEnum):
    UPCOMING = "upcoming"
    DUE = "due"
    IN_PROGRESS = "in_progress"
    DELEGATED = "delegated"
    OVERDUE = "overdue"
    DONE = "done"
    ISSUE = "issue"
    SKIPPED = "skipped"
    MISSED = "missed"

    @property
    def answered(self) -> bool:
        return self in (Status.DONE, Status.ISSUE, Status.SKIPPED)

    @property
    def open(self) -> bool:
        return not self.answered and self is not Status.MISSED


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A duty on one nominal date. `day` is the business date it is due on; instants are aware UTC."""

    key: str
    duty: str
    kind: Kind
    title: Text
    category: str
    nominal: date
    day: date
    planned: datetime
    due: datetime               # later than planned where an item holds reminders
    expires_at: datetime | None  # the end of its day, for what ends as missed
    grace: timedelta
    until: datetime | None = None
    deadline: bool = False
    shops: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    steps: tuple[Text, ...] = ()
    link: str | None = None
    remind: Remind = Remind()
    notice: date | None = None   # may be answered, and is announced, from this business date on
    adjusted: Adjusted | None = None
    hold_reminders: bool = False
    aliases: tuple[str, ...] = ()  # keys it had under earlier ids of its duty


@dataclass(frozen=True, slots=True)
class Answer:
    """What the standing marks say of an occurrence, taken together (DESIGN.md §1, "Answering per shop")."""

    result: Status | None = None            # done, issue or skipped, once every shop is answered
    marked_at: datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    readings: Mapping[tuple[str, str], float] = ...  # (shop or "", metric)
    shops: Mapping[str, Status | None] = ...     # per shop: its result, None while not answered
    started_at: datetime | None = None
    delegated_to: str | None = None
    delegated_until: datetime | None = None
    newest: int = 0                         # id of the newest mark or undo that touched it


@dataclass(frozen=True, slots=True)
class Item:
    """An occurrence as it stands at `now`."""

    occurrence: Occurrence
    status: Status
    answer: Answer
    overlaps: tuple[str, ...] = ()

    # properties: key, title, due, late -> timedelta|None (answered only), on_time -> bool|None


@dataclass(frozen=True, slots=True)
class Progress:
    total: int
    answered: int
    done: int
    issue: int
    skipped: int
    missed: int
    overdue: int
    on_time: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """A business day at an instant: `items` in order of due instant, then schedule order."""

    day: Day
    now: datetime
    zone: ZoneInfo
    starts: datetime
    ends: datetime
    items: tuple[Item, ...]
    # .progress, .next (first upcoming item), .due (items due/overdue now), .item(key)
