"""An incident: something that went wrong and must be followed until resolved. Its states and its clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from csconsole.core.businessday import ONE_DAY, business_date, day_start
from csconsole.core.schedule import Category, Schedule


class Severity(StrEnum):
    """How bad it is, in order."""

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

    @property
    def status(self) -> IncidentStatus:
        """Resolved or not, by what was written last of the two, whatever the clock said then."""
        return IncidentStatus.OPEN if self._resolution is None else IncidentStatus.RESOLVED

    @property
    def resolved_at(self) -> datetime | None:
        """When it was resolved for the last time; None while it is not."""
        return None if self._resolution is None else self._resolution.at

    @property
    def due_at(self) -> datetime | None:
        """When its time runs out; None where it has no limit."""
        return self.draft.due_at

    def left(self, now: datetime) -> timedelta | None:
        """The time left at `now`, negative once it ran out; None where there is no limit, or no longer one."""
        return None if self.due_at is None or self.status is IncidentStatus.RESOLVED else self.due_at - now

    def overdue(self, now: datetime) -> bool:
        """Whether its time had run out by `now`; exactly at its limit it had not."""
        left = self.left(now)
        return left is not None and left < timedelta()

    @property
    def _resolution(self) -> Event | None:
        turns = [event for event in self.events if event.kind in (EventKind.RESOLVED, EventKind.REOPENED)]
        return turns[-1] if turns and turns[-1].kind is EventKind.RESOLVED else None


_BY_SEVERITY = list(Severity)


def by_urgency(incidents: Iterable[Incident], now: datetime) -> list[Incident]:
    """What runs out first on top: the longest overdue, then by time left, then what has no limit, the worst first
    where time says nothing. Resolved ones come last, the newest of them first."""

    def urgency(incident: Incident) -> tuple[int, timedelta, int, int]:
        worst_first = -_BY_SEVERITY.index(incident.draft.severity)
        if incident.resolved_at is not None:
            return 2, now - incident.resolved_at, worst_first, incident.number
        left = incident.left(now)
        return (
            (1, timedelta(), worst_first, incident.number) if left is None else (0, left, worst_first, incident.number)
        )

    return sorted(incidents, key=urgency)


def limit(category: Category, opened_at: datetime, schedule: Schedule) -> datetime | None:
    """When an incident of this category, opened at `opened_at`, is to be settled, in UTC; None where it says nothing.

    Its `settle` counts around the clock; `same_day` is until the next business day begins; of both, the earlier.
    Where the category names only how long the buyer may wait for an answer, that is the limit.
    """
    limits = []
    if category.same_day:
        limits.append(day_start(schedule, business_date(schedule, opened_at) + ONE_DAY))
    if (span := category.settle or category.respond) is not None:
        limits.append(opened_at + span)
    return min(limits, default=None)
