"""Refunds for lost parcels and missing parts: what operations is handed at the end of a month, order by order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from csconsole.core.businessday import business_date
from csconsole.core.incident import EventKind, Incident, IncidentStatus
from csconsole.core.lexicon import fold
from csconsole.core.period import Period
from csconsole.core.schedule import RefundList, Schedule


class Refund(Struct, frozen=True):
    """One order ("" where none was named) with the incidents it is in, oldest first."""

    order: str
    incidents: tuple[Incident, ...]
    day: date

    @property
    def incident(self) -> Incident:
        """The newest: how the order stands."""
        return self.incidents[-1]

    @property
    def closed_at(self) -> datetime | None:
        """When this order was settled, apart or with its incident; None while it is not."""
        if self.order and self.order not in self.incident.orders_left:
            closings = [
                event.at
                for event in self.incident.events
                if event.kind is EventKind.ORDER_CLOSED and event.value == self.order
            ]
            if closings:
                return closings[-1]
        return self.incident.resolved_at

    @property
    def status(self) -> IncidentStatus:
        return IncidentStatus.RESOLVED if self.closed_at is not None else self.incident.status

    @property
    def outcome(self) -> str:
        """What was said when it was resolved, or last."""
        incident = self.incident
        if incident.standing.resolution is not None and incident.standing.resolution.text:
            return incident.standing.resolution.text
        return next((event.text for event in reversed(incident.events) if event.text), "")


class Refunds(Struct, frozen=True):
    """The refunds of a period's incidents as they stand at `now`, by the day they were opened."""

    period: Period
    now: datetime
    schedule: Schedule
    refunds: tuple[Refund, ...]

    @property
    def open(self) -> tuple[Refund, ...]:
        return tuple(each for each in self.refunds if each.closed_at is None)

    @property
    def without_order(self) -> tuple[Refund, ...]:
        return tuple(each for each in self.refunds if not each.order)


def is_meant(incident: Incident, wanted: RefundList) -> bool:
    """Whether an incident is about a lost parcel or a missing part, by its category and by what was said of it."""
    if wanted.categories and incident.category not in wanted.categories:
        return False
    said = fold("\n".join((incident.title, incident.draft.line, *(event.text for event in incident.events))))
    return any(fold(word) in said for word in wanted.words)


def refunds_of(incidents: Iterable[Incident], period: Period, schedule: Schedule, now: datetime) -> Refunds:
    """The refunds among `incidents`, which are those opened in the period. An order in several of them is one row."""
    orders: dict[str, list[Incident]] = {}
    nameless: list[Incident] = []
    for incident in sorted(incidents, key=lambda each: (each.opened_at, each.number)):
        if is_meant(incident, schedule.refund_list):
            for order in incident.orders:
                orders.setdefault(order, []).append(incident)
            if not incident.orders:
                nameless.append(incident)
    found = [*orders.items(), *(("", [incident]) for incident in nameless)]
    refunds = [Refund(order, tuple(its), business_date(schedule, its[0].opened_at)) for order, its in found]
    refunds.sort(key=lambda each: (each.incidents[0].opened_at, each.incidents[0].number))
    return Refunds(period, now, schedule, tuple(refunds))
