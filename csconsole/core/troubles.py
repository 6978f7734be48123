"""The incidents of a period: how many, how long they took, where and with whom they are, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from csconsole.core.incident import Incident, IncidentStatus, by_urgency
from csconsole.core.tally import grouped

_AGAIN = 3
"""How many incidents of one category at one shop make a problem that comes back."""


class Times(Struct, frozen=True):
    """How long resolved incidents took from being opened: the median, and the one that took longest."""

    median: timedelta
    worst: timedelta
    slowest: Incident


class IncidentLine(Struct, frozen=True):
    """The incidents of one category, shop or person ("" where none was named)."""

    name: str
    opened: int
    resolved: int
    open: int
    overdue: int
    median: timedelta | None


class Repeat(Struct, frozen=True):
    """What went wrong more than once: about one order, or of one category at one shop. `incidents` by number."""

    order: str
    category: str
    shop: str
    incidents: tuple[Incident, ...]


class Incidents(Struct, frozen=True):
    """The incidents of a period as they stood at its end, `until`. One opened and resolved within it is in both.
    `repeats` look back as far as the period is held against others, and name what was opened again within it."""

    opened: tuple[Incident, ...]
    resolved: tuple[Incident, ...]
    open: tuple[Incident, ...]
    until: datetime
    repeats: tuple[Repeat, ...] = ()

    @property
    def overdue(self) -> tuple[Incident, ...]:
        return tuple(incident for incident in self.open if incident.overdue(self.until))

    @property
    def times(self) -> Times | None:
        """None where none was resolved."""
        return times_of(self.resolved)

    def by_category(self, order: Iterable[str]) -> tuple[IncidentLine, ...]:
        """The categories in this order, then others; only those that have any."""
        return self._lines(lambda incident: incident.category, order)

    def by_shop(self, order: Iterable[str]) -> tuple[IncidentLine, ...]:
        return self._lines(lambda incident: incident.shop or "", order)

    def by_person(self) -> tuple[IncidentLine, ...]:
        """Whoever has most that is open first; last what nobody has."""
        lines = self._lines(lambda incident: incident.assignee or "", ())
        return tuple(sorted(lines, key=lambda line: (not line.name, -line.open, -line.opened)))

    def _lines(self, of: Callable[[Incident], str], order: Iterable[str]) -> tuple[IncidentLine, ...]:
        opened, resolved, still, overdue = (
            grouped(those, of) for those in (self.opened, self.resolved, self.open, self.overdue)
        )
        everyone = opened.keys() | resolved.keys() | still.keys()
        known = [name for name in dict.fromkeys(order) if name in everyone]
        lines = []
        for name in (*known, *sorted(everyone.difference(known))):
            times = times_of(resolved.get(name, ()))
            lines.append(
                IncidentLine(
                    name=name,
                    opened=len(opened.get(name, ())),
                    resolved=len(resolved.get(name, ())),
                    open=len(still.get(name, ())),
                    overdue=len(overdue.get(name, ())),
                    median=times.median if times else None,
                )
            )
        return tuple(lines)


def times_of(resolved: Sequence[Incident]) -> Times | None:
    took = [(each.took, each) for each in resolved if each.took is not None]
    if not took:
        return None
    worst, slowest = max(took, key=lambda each: each[0])
    return Times(_median([length for length, _incident in took]), worst, slowest)


def _median(lengths: Sequence[timedelta]) -> timedelta:
    ordered, middle = sorted(lengths), len(lengths) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def incidents_of(incidents: Sequence[Incident], starts: datetime, until: datetime, since: datetime) -> Incidents:
    """The incidents from `starts` to `until`, both included, with what came back since `since`."""
    then = [as_of(incident, until) for incident in incidents if incident.opened_at <= until]
    opened = tuple(incident for incident in then if incident.opened_at >= starts)
    return Incidents(
        opened=opened,
        resolved=tuple(
            incident for incident in then if incident.resolved_at is not None and incident.resolved_at >= starts
        ),
        open=tuple(by_urgency((each for each in then if each.status is not IncidentStatus.RESOLVED), until)),
        until=until,
        repeats=tuple(_repeats([each for each in then if each.opened_at >= since], starts)),
    )


def as_of(incident: Incident, instant: datetime) -> Incident:
    """`incident` as it stood at `instant`."""
    if all(event.at <= instant for event in incident.events):
        return incident
    return replace(incident, events=tuple(event for event in incident.events if event.at <= instant))


def _repeats(incidents: Sequence[Incident], starts: datetime) -> list[Repeat]:
    """The most frequent first, orders before places: one buyer twice is worse than two."""
    orders: dict[str, list[Incident]] = {}
    places: dict[tuple[str, str], list[Incident]] = {}
    for incident in incidents:
        for order in dict.fromkeys(incident.orders):
            orders.setdefault(order, []).append(incident)
        if incident.shop:
            places.setdefault((incident.category, incident.shop), []).append(incident)
    found = [Repeat(order, "", "", tuple(its)) for order, its in orders.items() if len(its) > 1]
    found += [Repeat("", *place, tuple(its)) for place, its in places.items() if len(its) >= _AGAIN]
    again = [repeat for repeat in found if any(incident.opened_at >= starts for incident in repeat.incidents)]
    return sorted(again, key=lambda repeat: (not repeat.order, -len(repeat.incidents)))
