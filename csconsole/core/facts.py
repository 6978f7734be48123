"""Stored facts as values. The journal reads and writes these; rules compute from them.

Every instant is an aware `datetime` in UTC. Facts are append-only: `id` grows with each row written, and is what
"written last" means everywhere (never an instant, which a clock can set back).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class MarkKind(StrEnum):
    DONE = "done"
    ISSUE = "issue"
    SKIPPED = "skipped"
    STARTED = "started"
    DELEGATED = "delegated"
    NOTE = "note"

    @property
    def answers(self) -> bool:
        """Whether this mark answers its occurrence, rather than saying that it is being worked on or noting
        something (a note or readings alone)."""
        return self in (MarkKind.DONE, MarkKind.ISSUE, MarkKind.SKIPPED)


class NewMark(Struct, frozen=True):
    """What somebody says of an occurrence, before it is written.

    `due`, `grace` and `shops` are those the occurrence had when it was marked: history stands still.
    `shop` None covers every shop not answered apart. `readings` maps (shop or "", metric) to a number.
    `until` and `to` belong to a delegation.
    """

    key: str
    business_date: date
    kind: MarkKind
    at: datetime
    due: datetime
    grace: timedelta
    shops: tuple[str, ...]
    shop: str | None = None
    note: str | None = None
    reason: str | None = None
    to: str | None = None
    until: datetime | None = None
    readings: Mapping[tuple[str, str], float] | None = None


class Mark(Struct, frozen=True):
    """A mark as it stands in the journal."""

    id: int
    action: int
    recorded_at: datetime
    by: str
    said: NewMark


class Reading(NamedTuple):
    """A number somebody took, with where and when. A tuple, for there are very many of them."""

    shop: str
    metric: str
    value: float
    at: datetime
    business_date: date
    key: str


class Claim(Struct, frozen=True):
    """That a reminder went out, or was about to. `basis` is the id of the newest action that touched the
    occurrence when it was planned (0: none), so that an undo reminds again."""

    key: str
    stage: str
    planned: datetime
    basis: int = 0


class Snooze(Struct, frozen=True):
    """No reminder of this occurrence before `until`."""

    key: str
    until: datetime
    set_at: datetime


class Away(Struct, frozen=True):
    """That somebody is not at the console from `since` to `until`; to come back early is to be away until then."""

    since: datetime
    until: datetime


class Closing(Struct, frozen=True):
    """The day as it was handed over: the note, and the summary as it was printed (report JSON, with the text of the
    printed page as its `paper`). `action` closed it."""

    business_date: date
    closed_at: datetime
    by: str
    handover: str
    summary: str
    action: int = 0


class Word(Struct, frozen=True):
    """What somebody wrote for the next shift; "" takes back what was written before."""

    at: datetime
    by: str
    text: str


class TakeOver(Struct, frozen=True):
    """That somebody took over the console."""

    name: str
    at: datetime


class Version(Struct, frozen=True):
    """The content hashes of a schedule and of the holiday overrides it ran with, in force from `since` until the
    next version's. The texts are asked for by hash."""

    id: int
    since: datetime
    schedule: str
    holidays: str


class Record(Struct, frozen=True):
    """What the journal knows of one occurrence: its standing marks in the order written, and the id of the newest
    action (a mark or the undoing of one) that touched it, 0 if none did."""

    marks: tuple[Mark, ...] = ()
    newest: int = 0


class Undone(Struct, frozen=True):
    """The action an undo took back: its verb, and the occurrences and incidents it had touched."""

    verb: str
    keys: tuple[str, ...] = ()
    incidents: tuple[int, ...] = ()
