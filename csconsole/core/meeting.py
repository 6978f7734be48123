"""What Monday's meeting looks at: the problems of the week that is over and what became of them, what is still open,
and what the week that begins brings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct

from csconsole.core.agenda import Agenda, Item
from csconsole.core.answer import Status
from csconsole.core.deadline import Deadline
from csconsole.core.facts import Reading
from csconsole.core.incident import Incident, IncidentStatus, Severity, by_urgency
from csconsole.core.period import Period
from csconsole.core.schedule import Schedule, WarnLevel


class Found(Struct, frozen=True):
    """A check that found something, with the incidents that were logged of it."""

    item: Item
    incidents: tuple[Incident, ...]


class Slipped(Struct, frozen=True):
    """A duty that was missed or answered late: on which days, and by how much at worst."""

    items: tuple[Item, ...]

    @property
    def item(self) -> Item:
        """The newest."""
        return self.items[-1]

    @property
    def missed(self) -> tuple[date, ...]:
        return tuple(each.occurrence.day for each in self.items if each.status is Status.MISSED)

    @property
    def late(self) -> tuple[Item, ...]:
        return tuple(each for each in self.items if each.late is not None)


class Past(Struct, frozen=True):
    """A reading that was past its warning level at one shop ("" for all at once): on which days, the worst number, and
    the one taken last."""

    metric: str
    shop: str
    warn: WarnLevel
    days: tuple[date, ...]
    worst: float
    last: float

    @property
    def still(self) -> bool:
        return self.warn.hit(self.last)


class CategoryCount(Struct, frozen=True):
    """Of the incidents opened in the week, those of a category."""

    category: str
    opened: int
    resolved: int

    @property
    def open(self) -> int:
        return self.opened - self.resolved


class Meeting(Struct, frozen=True):
    """The meeting that opens `week`, as things stand at `now` (aware UTC). `opened` are the incidents of the week
    before, `older` those still open from before it, `overdue` what is owed since then and not handed in."""

    week: Period
    now: datetime
    schedule: Schedule
    opened: tuple[Incident, ...]
    older: tuple[Incident, ...]
    found: tuple[Found, ...]
    slipped: tuple[Slipped, ...]
    overdue: tuple[Item, ...]
    past: tuple[Past, ...]
    deadlines: tuple[Deadline, ...]

    @property
    def last_week(self) -> Period:
        return self.week.before

    @property
    def open(self) -> tuple[Incident, ...]:
        """All that is still open, what runs out first on top."""
        left = (each for each in self.opened if each.status is not IncidentStatus.RESOLVED)
        return tuple(by_urgency((*left, *self.older), self.now))

    @property
    def grave(self) -> tuple[Incident, ...]:
        """Of those opened in the week and settled since, the ones that deserve a word: bad ones, and those settled
        after their limit or opened again."""
        return tuple(
            each
            for each in self.opened
            if each.resolved_at is not None
            and (
                each.severity in (Severity.HIGH, Severity.CRITICAL)
                or (each.due_at is not None and each.resolved_at > each.due_at)
                or any(event.kind.value == "reopened" for event in each.events)
            )
        )

    @property
    def by_category(self) -> tuple[CategoryCount, ...]:
        """In the order of the schedule."""
        order = {category: place for place, category in enumerate(self.schedule.categories)}
        names = sorted({each.category for each in self.opened}, key=lambda each: (order.get(each, len(order)), each))
        return tuple(self._count(name) for name in names)

    def _count(self, category: str) -> CategoryCount:
        its = [each for each in self.opened if each.category == category]
        return CategoryCount(category, len(its), sum(each.resolved_at is not None for each in its))


def meeting_of(
    week: Period,
    agendas: Sequence[Agenda],
    incidents: Iterable[Incident],
    readings: Iterable[Reading],
    deadlines: Iterable[Deadline],
    schedule: Schedule,
    now: datetime,
) -> Meeting:
    """The meeting that opens `week`. `agendas` are those of the days that the week before had so far, `incidents` those
    opened in it and all that are open, `deadlines` those that touch `week`."""
    items = tuple({item.key: item for agenda in agendas for item in agenda.items}.values())
    starts, ends = agendas[0].starts, agendas[-1].ends
    known = [each for each in incidents if each.opened_at < ends or each.status is not IncidentStatus.RESOLVED]
    return Meeting(
        week=week,
        now=now,
        schedule=schedule,
        opened=tuple(each for each in known if starts <= each.opened_at < ends),
        older=tuple(each for each in known if each.opened_at < starts and each.status is not IncidentStatus.RESOLVED),
        found=tuple(
            Found(item, tuple(each for each in known if item.key in each.standing.occurrences))
            for item in items
            if item.status is Status.ISSUE
        ),
        slipped=tuple(_slipped(items)),
        overdue=tuple(item for item in items if item.status is Status.OVERDUE),
        past=tuple(_past(readings, schedule)),
        deadlines=tuple(each for each in deadlines if each.day in week),
    )


def _slipped(items: Iterable[Item]) -> list[Slipped]:
    """The most often missed first, then the latest."""
    duties: dict[str, list[Item]] = {}
    for item in items:
        if item.status is Status.MISSED or (item.late is not None and not item.on_time):
            duties.setdefault(item.occurrence.duty, []).append(item)
    found = [Slipped(tuple(its)) for its in duties.values()]
    return sorted(found, key=lambda each: (-len(each.missed), -len(each.late)))


def _past(readings: Iterable[Reading], schedule: Schedule) -> list[Past]:
    """Those still past their level first, then by how many days they were."""
    places: dict[tuple[str, str], list[Reading]] = {}
    for reading in sorted(readings, key=lambda each: each.at):
        places.setdefault((reading.metric, reading.shop), []).append(reading)
    found = []
    for (name, shop), taken in places.items():
        metric, place = schedule.metrics.get(name), schedule.shops.get(shop)
        warn = metric.scale_on(place.platform if place else None).warn if metric else None
        hits = [reading for reading in taken if warn is not None and warn.hit(reading.value)]
        if warn is not None and hits:
            values = [reading.value for reading in hits]
            days = tuple(dict.fromkeys(reading.business_date for reading in hits))
            found.append(Past(name, shop, warn, days, max(values) if warn.above else min(values), taken[-1].value))
    return sorted(found, key=lambda each: (not each.still, -len(each.days)))
