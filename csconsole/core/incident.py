"""An incident: something that went wrong and must be followed until resolved. Its states and its clocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from csconsole.core.incident_facts import (
    Clock,
    Draft,
    Event,
    EventKind,
    NewEvent,
    Responsibility,
    Severity,
    Verdict,
    WaitingOn,
)
from csconsole.core.standing import Promise, Standing, standing_of

__all__ = [
    "Clock",
    "Draft",
    "Event",
    "EventKind",
    "Incident",
    "IncidentStatus",
    "NewEvent",
    "Promise",
    "Responsibility",
    "Severity",
    "Standing",
    "Verdict",
    "WaitingOn",
    "by_urgency",
]


class IncidentStatus(StrEnum):
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"


class Incident(Struct, frozen=True, dict=True):
    """An incident as it stands, its events in the order written. `action` logged it."""

    number: int
    draft: Draft
    opened_at: datetime
    opened_by: str
    events: tuple[Event, ...] = ()
    action: int = 0

    @cached_property
    def standing(self) -> Standing:
        """How it stands after all its events."""
        return standing_of(self.draft, self.events)

    @property
    def status(self) -> IncidentStatus:
        if self.standing.resolution is not None:
            return IncidentStatus.RESOLVED
        return IncidentStatus.OPEN if self.standing.waiting_on is None else IncidentStatus.WAITING

    @property
    def title(self) -> str:
        return self.standing.title

    @property
    def category(self) -> str:
        return self.standing.category

    @property
    def shop(self) -> str | None:
        return self.standing.shop

    @property
    def assignee(self) -> str | None:
        return self.standing.assignee

    @property
    def severity(self) -> Severity:
        return self.standing.severity

    @property
    def buyer(self) -> str | None:
        return self.standing.buyer

    @property
    def orders(self) -> tuple[str, ...]:
        """Its orders, closed apart or not, in the order given."""
        return tuple(self.standing.orders)

    @property
    def orders_left(self) -> tuple[str, ...]:
        """Its orders that are not closed yet."""
        return tuple(order for order, closed in self.standing.orders.items() if not closed)

    @property
    def tracking(self) -> tuple[str, ...]:
        return tuple(self.standing.tracking)

    @property
    def occurrence(self) -> str | None:
        """The key of the check it was found at first."""
        return next(iter(self.standing.occurrences), None)

    @property
    def resolved_at(self) -> datetime | None:
        """When it was resolved for the last time; None while it is not."""
        return None if self.standing.resolution is None else self.standing.resolution.at

    @property
    def took(self) -> timedelta | None:
        """How long it took from being opened until it was resolved for the last time; None while it is not."""
        return None if self.resolved_at is None else self.resolved_at - self.opened_at

    @property
    def newest(self) -> int:
        """The id of the newest standing action that touched it."""
        return max((event.action for event in self.events), default=self.action)

    @property
    def limits(self) -> tuple[tuple[Clock, datetime], ...]:
        """The limits it is still to keep, the earliest first. The platform's wins over ours to settle; and once the
        buyer is answered, only settling is left."""
        standing = self.standing
        if standing.resolution is not None:
            return ()
        settle = Clock.PLATFORM if standing.limits[Clock.PLATFORM] is not None else Clock.SETTLE
        counting = (settle,) if standing.answered_at is not None else (Clock.RESPOND, settle)
        found = [(clock, at) for clock in counting if (at := standing.limits[clock]) is not None]
        return tuple(sorted(found, key=lambda limit: (limit[1], limit[0] is not settle)))

    @property
    def due_at(self) -> datetime | None:
        """When it is to be settled, resolved or not; None where nothing says so."""
        limits = self.standing.limits
        return limits[Clock.PLATFORM] or limits[Clock.SETTLE]

    def still_since(self, clock: Clock) -> datetime | None:
        """Since when a clock stands still, by the waiting or by its limit being moved meanwhile; None while it runs.
        The platform's never stands still."""
        since = self.standing.waiting_since
        if clock is Clock.PLATFORM or not self.draft.stands_still or since is None:
            return None
        return max(since, self.standing.limits_set.get(clock, since))

    def stands_still(self, clock: Clock) -> bool:
        """Whether a clock does not run just now."""
        return self.still_since(clock) is not None

    def left(self, now: datetime, clock: Clock | None = None) -> timedelta | None:
        """The time left at `now` on a clock (None: on the one that runs out first), negative once it ran out; None
        where there is no limit, or no longer one. What stands still has left what it had when the waiting began."""
        return min((left for each, left in self._lefts(now) if clock in (None, each)), default=None)

    def nearest(self, now: datetime) -> tuple[Clock, timedelta] | None:
        """What is to be looked at: the platform's clock once it is over, else the one that runs out first, or is
        longest over; and what `left` says of it. None without a limit."""

        def order(clock_and_left: tuple[Clock, timedelta]) -> tuple[bool, timedelta]:
            clock, left = clock_and_left
            return clock is not Clock.PLATFORM or left >= timedelta(), left

        return min(self._lefts(now), key=order, default=None)

    def _lefts(self, now: datetime) -> list[tuple[Clock, timedelta]]:
        return [(clock, at - self._runs_to(clock, now)) for clock, at in self.limits]

    def overdue(self, now: datetime) -> bool:
        """Whether one of its limits had passed by `now`; exactly at a limit it had not."""
        left = self.left(now)
        return left is not None and left < timedelta()

    def _runs_to(self, clock: Clock, now: datetime) -> datetime:
        since = self.still_since(clock)
        return now if since is None else min(since, now)


_BY_SEVERITY = list(Severity)


def by_urgency(incidents: Iterable[Incident], now: datetime) -> list[Incident]:
    """What runs out first on top: the longest overdue, then by time left, then what has no limit, the worst first
    where time says nothing. Resolved ones come last, the newest of them first."""

    def urgency(incident: Incident) -> tuple[int, timedelta, int, int]:
        worst_first = -_BY_SEVERITY.index(incident.severity)
        if incident.resolved_at is not None:
            return 2, now - incident.resolved_at, worst_first, incident.number
        left = incident.left(now)
        return (
            (1, timedelta(), worst_first, incident.number) if left is None else (0, left, worst_first, incident.number)
        )

    return sorted(incidents, key=urgency)
