"""What a day, a week or a month was, as data. Written once here; every format of `csconsole.reports` says the same.

Weeks run from Monday to Sunday, months are calendar months, both of business days.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from csconsole.core.agenda import Agenda, Item, Progress, progress_of
from csconsole.core.answer import Status
from csconsole.core.calendar import Day
from csconsole.core.deadline import Deadline
from csconsole.core.facts import Closing, Reading
from csconsole.core.incident import Incident, IncidentStatus, by_urgency
from csconsole.core.schedule import Kind, Schedule, Text, WarnLevel

AHEAD = timedelta(days=14)
"""How far past its period a report looks for deadlines."""


class PeriodKind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """The business days from `first` to `last`, both included."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def before(self) -> Period:
        """The day, week or month that ended just before this one began."""
        return period_of(self.kind, self.first - timedelta(days=1))

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def period_of(kind: PeriodKind, day: date) -> Period:
    """The day, week or month that business date `day` belongs to."""
    match kind:
        case PeriodKind.DAY:
            return Period(kind, day, day)
        case PeriodKind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(kind, monday, monday + timedelta(days=6))
        case PeriodKind.MONTH:
            return Period(kind, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


class Outcome(StrEnum):
    """What became of an item, in the order in which a reader wants to know."""

    MISSED = "missed"
    OPEN = "open"
    ISSUE = "issue"
    SKIPPED = "skipped"
    LATE = "late"
    ON_TIME = "on_time"


def outcome(item: Item) -> Outcome:
    """What became of `item`. One that found an issue, or was skipped, counts as that, however late."""
    match item.status:
        case Status.MISSED:
            return Outcome.MISSED
        case Status.ISSUE:
            return Outcome.ISSUE
        case Status.SKIPPED:
            return Outcome.SKIPPED
        case Status.DONE:
            return Outcome.ON_TIME if item.on_time else Outcome.LATE
        case _:
            return Outcome.OPEN


@dataclass(frozen=True, slots=True)
class Figure:
    """A reading at one shop ("" where it is taken once for all) over a period.

    `value` was taken last, `at` that instant (UTC); `low` and `high` bound all that were `taken`. `before` is the
    last value of the period before. `passed` is the warning level that `value` is past, None where it is not.
    """

    metric: str
    shop: str
    value: float
    at: datetime
    low: float
    high: float
    taken: int
    before: float | None = None
    passed: WarnLevel | None = None

    @property
    def change(self) -> float | None:
        # Rounded, for 4.7 less 4.6 is to be 0.1 and not 0.10000000000000053.
        return None if self.before is None else round(self.value - self.before, 6)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """How one duty went over a period. `mean_late` and `worst_late` are over its answered items, None without."""

    duty: str
    kind: Kind
    title: Text
    category: str
    progress: Progress
    mean_late: timedelta | None
    worst_late: timedelta | None


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents of a period as they stood at its end. One opened and resolved within it is in both."""

    opened: tuple[Incident, ...]
    resolved: tuple[Incident, ...]
    open: tuple[Incident, ...]


@dataclass(frozen=True)
class Report:
    """A period as it stands at `now`. `until` is its end, or `now` where it is not over; instants are aware UTC."""

    period: Period
    now: datetime
    until: datetime
    schedule: Schedule
    days: tuple[tuple[Day, Progress], ...]
    items: tuple[Item, ...]
    incidents: Incidents
    figures: tuple[Figure, ...]
    deadlines: tuple[Deadline, ...]
    closings: tuple[Closing, ...]

    @cached_property
    def progress(self) -> Progress:
        return progress_of(self.items)

    @cached_property
    def by_outcome(self) -> Mapping[Outcome, tuple[Item, ...]]:
        groups: dict[Outcome, list[Item]] = {each: [] for each in Outcome}
        for item in self.items:
            groups[outcome(item)].append(item)
        return {each: tuple(items) for each, items in groups.items()}

    @cached_property
    def exceptions(self) -> tuple[Item, ...]:
        """The items that did not go as they should: all but those done on time and those still ahead."""
        return tuple(
            item
            for outcome, items in self.by_outcome.items()
            if outcome is not Outcome.ON_TIME
            for item in items
            if item.status is not Status.UPCOMING
        )

    @cached_property
    def by_duty(self) -> tuple[DutyLine, ...]:
        """The items by duty, in the order of the schedule, then those of duties it no longer has."""
        groups: dict[str, list[Item]] = {duty: [] for duty in self.schedule.duties}
        for item in self.items:
            groups.setdefault(item.occurrence.duty, []).append(item)
        return tuple(self._duty_line(duty, items) for duty, items in groups.items() if items)

    def _duty_line(self, duty: str, items: Sequence[Item]) -> DutyLine:
        newest = items[-1].occurrence
        one_title = all(item.title == newest.title for item in items)
        known = self.schedule.duties.get(duty)
        lates = [item.late for item in items if item.late is not None]
        return DutyLine(
            duty=duty,
            kind=newest.kind,
            title=newest.title if one_title or known is None else known.title,
            category=newest.category,
            progress=progress_of(items),
            mean_late=sum(lates, timedelta()) / len(lates) if lates else None,
            worst_late=max(lates, default=None),
        )

    @property
    def closing(self) -> Closing | None:
        """The closing of the period's last day: with it the period was handed over."""
        return next((each for each in self.closings if each.business_date == self.period.last), None)


def day_report(
    agenda: Agenda,
    readings: Sequence[Reading],
    incidents: Sequence[Incident],
    deadlines: Sequence[Deadline],
    closing: Closing | None,
    schedule: Schedule,
) -> Report:
    """The day of `agenda`, with the schedule in force on it. `readings` are the day's and the day before's."""
    closings = () if closing is None else (closing,)
    return _report(PeriodKind.DAY, (agenda,), readings, incidents, deadlines, closings, schedule)


def span_report(
    kind: PeriodKind,
    agendas: Sequence[Agenda],
    readings: Sequence[Reading],
    incidents: Sequence[Incident],
    deadlines: Sequence[Deadline],
    closings: Sequence[Closing],
    schedule: Schedule,
) -> Report:
    """The week or month that the `agendas` belong to, one for each of its days so far or more, oldest first.

    `readings` are those of the period and of the one before it.
    """
    return _report(kind, agendas, readings, incidents, deadlines, closings, schedule)


def _report(
    kind: PeriodKind,
    agendas: Sequence[Agenda],
    readings: Sequence[Reading],
    incidents: Sequence[Incident],
    deadlines: Sequence[Deadline],
    closings: Sequence[Closing],
    schedule: Schedule,
) -> Report:
    period = period_of(kind, agendas[0].day.date)
    now, starts, ends = agendas[-1].now, agendas[0].starts, agendas[-1].ends
    # The instant at which a day ends belongs to the next.
    last_instant = min(now, ends - timedelta.resolution)
    return Report(
        period=period,
        now=now,
        until=min(now, ends),
        schedule=schedule,
        days=tuple((agenda.day, agenda.progress) for agenda in agendas),
        # What is carried from day to day stands on each day's agenda: it counts once, as it stood last.
        items=tuple({item.key: item for agenda in agendas for item in agenda.items}.values()),
        incidents=_incidents(incidents, starts, last_instant),
        figures=tuple(_figures(readings, period, schedule)),
        deadlines=tuple(
            sorted(
                (each for each in deadlines if period.last < each.day <= period.last + AHEAD), key=lambda each: each.due
            )
        ),
        closings=tuple(closing for closing in closings if closing.business_date in period),
    )


def _incidents(incidents: Iterable[Incident], starts: datetime, last_instant: datetime) -> Incidents:
    then = [as_of(incident, last_instant) for incident in incidents if incident.opened_at <= last_instant]
    open_then = [incident for incident in then if incident.status is not IncidentStatus.RESOLVED]
    return Incidents(
        opened=tuple(incident for incident in then if incident.opened_at >= starts),
        resolved=tuple(
            incident for incident in then if incident.resolved_at is not None and incident.resolved_at >= starts
        ),
        open=tuple(by_urgency(open_then, last_instant)),
    )


def as_of(incident: Incident, instant: datetime) -> Incident:
    """`incident` as it stood at `instant`."""
    return replace(incident, events=tuple(event for event in incident.events if event.at <= instant))


def _figures(readings: Iterable[Reading], period: Period, schedule: Schedule) -> Iterable[Figure]:
    taken: dict[tuple[str, str], list[Reading]] = {}
    before: dict[tuple[str, str], Reading] = {}
    earlier = period.before
    for reading in sorted(readings, key=lambda each: each.at):
        about = (reading.metric, reading.shop)
        if reading.business_date in period:
            taken.setdefault(about, []).append(reading)
        elif reading.business_date in earlier:
            before[about] = reading
    metrics, shops = _places(schedule.metrics), _places(("", *schedule.shops))
    last = (len(metrics), len(shops))
    for about in sorted(taken, key=lambda it: (metrics.get(it[0], last[0]), it[0], shops.get(it[1], last[1]), it[1])):
        yield _figure(taken[about], before.get(about), schedule)


def _figure(taken: Sequence[Reading], before: Reading | None, schedule: Schedule) -> Figure:
    newest = taken[-1]
    values = [reading.value for reading in taken]
    metric, shop = schedule.metrics.get(newest.metric), schedule.shops.get(newest.shop)
    warn = metric.scale_on(shop.platform if shop else None).warn if metric else None
    return Figure(
        metric=newest.metric,
        shop=newest.shop,
        value=newest.value,
        at=newest.at,
        low=min(values),
        high=max(values),
        taken=len(values),
        before=None if before is None else before.value,
        passed=warn if warn and warn.hit(newest.value) else None,
    )


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}
