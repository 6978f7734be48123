"""What a day, a week, a month, a year or any span was, as data. Written once here; every format of `csconsole.reports`
says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from csconsole.core.agenda import Agenda, Item, Progress, progress_of
from csconsole.core.answer import Status
from csconsole.core.calendar import Day
from csconsole.core.case import Case
from csconsole.core.deadline import Deadline
from csconsole.core.facts import Closing, Reading
from csconsole.core.figures import Figure, figures_of, movers
from csconsole.core.incident import Incident
from csconsole.core.period import Period
from csconsole.core.schedule import Schedule
from csconsole.core.tally import (
    CategoryLine,
    DutyLine,
    PersonLine,
    Reason,
    ShopLine,
    by_category,
    by_duty,
    by_person,
    by_shop,
    reasons,
)
from csconsole.core.troubles import Incidents, Times, incidents_of, times_of

if TYPE_CHECKING:
    from csconsole.core.handover import Handover

AHEAD = timedelta(days=14)
"""How far past its period a report looks for deadlines."""


TableName = Literal["checks", "readings", "incidents", "deadlines", "days", "cases"]
"""The tables beneath a report, for a spreadsheet."""


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


class Side(Struct, frozen=True):
    """What is set beside a report: another period, or a part of its own, as far as its days were looked at. `times`
    None: nothing was resolved in it."""

    period: Period
    progress: Progress
    opened: int
    resolved: int
    times: Times | None


class Report(Struct, frozen=True, dict=True):
    """A period as it stands at `now`. `until` is its end, or `now` where it is not over; instants are aware UTC.

    `days` are its own so far, `run_up` those before it that it is held against. `earlier` and `parts` are the sides
    of `Period.earlier` and `Period.parts`, without those that lie ahead. `cases` were kept in it, the newest first. A
    day that has begun has a `handover`.
    """

    period: Period
    now: datetime
    until: datetime
    schedule: Schedule
    run_up: tuple[tuple[Day, Progress], ...]
    days: tuple[tuple[Day, Progress], ...]
    items: tuple[Item, ...]
    earlier: tuple[Side, ...]
    parts: tuple[Side, ...]
    incidents: Incidents
    figures: tuple[Figure, ...]
    deadlines: tuple[Deadline, ...]
    closings: tuple[Closing, ...]
    cases: tuple[Case, ...] = ()
    handover: Handover | None = None

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
        return by_duty(self.items, self._found, self.schedule)

    @cached_property
    def by_category(self) -> tuple[CategoryLine, ...]:
        return by_category(self.items, self._found, self.schedule)

    @cached_property
    def by_shop(self) -> tuple[ShopLine, ...]:
        return by_shop(self.items, self.schedule)

    @cached_property
    def by_person(self) -> tuple[PersonLine, ...]:
        return by_person(self.items, self._found, self.schedule)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        return reasons(self.items)

    @cached_property
    def _found(self) -> frozenset[str]:
        """The occurrences at which incidents of the period were logged."""
        return frozenset(key for each in self.incidents.opened for key in each.standing.occurrences)

    @cached_property
    def late(self) -> int:
        """How many items were answered past their grace."""
        return sum(item.late is not None and not item.on_time for item in self.items)

    @cached_property
    def side(self) -> Side:
        """The period itself, to be set beside others."""
        incidents = self.incidents
        return Side(self.period, self.progress, len(incidents.opened), len(incidents.resolved), incidents.times)

    @property
    def since(self) -> date:
        """The first day that the period is held against."""
        return self.run_up[0][0].date if self.run_up else self.period.first

    @property
    def clean_days(self) -> int:
        """On how many days everything that was owed was answered on time."""
        return sum(0 < progress.total == progress.on_time for _day, progress in self.days)

    @cached_property
    def movers(self) -> tuple[Figure, ...]:
        """The figures that moved enough to be named, the worst first."""
        return tuple(movers(self.figures))

    @cached_property
    def handed_in(self) -> tuple[Item, ...]:
        """The deadlines among the items that came due in the period: what was to be handed in by its time."""
        return tuple(item for item in self.items if item.occurrence.deadline and item.status is not Status.UPCOMING)

    @property
    def closing(self) -> Closing | None:
        """The closing of the period's last day: with it the period was handed over."""
        return next((each for each in self.closings if each.business_date == self.period.last), None)


def report_of(
    period: Period,
    agendas: Sequence[Agenda],
    readings: Sequence[Reading],
    incidents: Sequence[Incident],
    deadlines: Sequence[Deadline],
    closings: Sequence[Closing],
    cases: Sequence[Case],
    schedule: Schedule,
) -> Report:
    """The report on `period`. `agendas` are those of its days so far, one at least, behind those of the days it is
    held against as far as they are to count; oldest first. `readings` and `incidents` reach back as far. `cases` may
    be more than were kept in it. `schedule` is the one in force on its last day."""
    own = [agenda for agenda in agendas if agenda.day.date in period]
    now, ends = own[-1].now, own[-1].ends
    # The instant at which a day ends belongs to the next.
    last_instant = min(now, ends - timedelta.resolution)
    return Report(
        period=period,
        now=now,
        until=min(now, ends),
        schedule=schedule,
        run_up=tuple((agenda.day, agenda.progress) for agenda in agendas if agenda.day.date < period.first),
        days=tuple((agenda.day, agenda.progress) for agenda in own),
        items=_items(own),
        earlier=tuple(_side(each, agendas, incidents) for each in period.earlier),
        parts=tuple(_side(each, agendas, incidents) for each in period.parts if each.first <= own[-1].day.date),
        incidents=incidents_of(incidents, own[0].starts, last_instant, agendas[0].starts),
        figures=tuple(figures_of(readings, period, schedule)),
        deadlines=tuple(
            sorted(
                (each for each in deadlines if period.last < each.day <= period.last + AHEAD), key=lambda each: each.due
            )
        ),
        closings=tuple(closing for closing in closings if closing.business_date in period),
        cases=tuple(case for case in cases if own[0].starts <= case.kept_at <= last_instant),
    )


def _items(agendas: Iterable[Agenda]) -> tuple[Item, ...]:
    # What is carried from day to day stands on each day's agenda: it counts once, as it stood last.
    return tuple({item.key: item for agenda in agendas for item in agenda.items}.values())


def _side(period: Period, agendas: Sequence[Agenda], incidents: Sequence[Incident]) -> Side:
    days = [agenda for agenda in agendas if agenda.day.date in period]
    if not days:
        return Side(period, Progress(), 0, 0, None)
    starts, ends = days[0].starts, days[-1].ends
    resolved = [each for each in incidents if each.resolved_at is not None and starts <= each.resolved_at < ends]
    return Side(
        period=period,
        progress=progress_of(_items(days)),
        opened=sum(starts <= each.opened_at < ends for each in incidents),
        resolved=len(resolved),
        times=times_of(resolved),
    )
