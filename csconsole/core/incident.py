"""An incident: something that went wrong and must be followed until resolved. Its states and its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class IncidentStatus(StrEnum):
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"


class EventKind(StrEnum):
    NOTE = "note"
    RESOLVED = "resolved"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Draft:
    """What one typed line says of an incident. `line` is the text as it was typed, for nothing typed is lost.

    `due_at` is an aware UTC instant: the limit that was typed, or else the category's. `occurrence` is the key of
    the check it was found at.
    """

    title: str
    category: str
    line: str = ""
    shop: str | None = None
    orders: tuple[str, ...] = ()
    assignee: str | None = None
    severity: Severity = Severity.NORMAL
    due_at: datetime | None = None
    occurrence: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A fact about an incident after it was opened."""

    kind: EventKind
    at: datetime
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as it stands, its events oldest first. Status is computed from them."""

    number: int
    draft: Draft
    opened_at: datetime
    opened_by: str
    events: tuple[Event, ...] = ()
