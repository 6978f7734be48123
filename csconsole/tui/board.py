"""Everything the console shows, as one value taken from the Desk at an instant. Widgets get it; none asks for more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, field

from csconsole.core.agenda import Agenda, Item
from csconsole.core.answer import Status
from csconsole.core.deadline import Deadline
from csconsole.core.facts import TakeOver
from csconsole.core.hold import Hold
from csconsole.core.incident import Incident, by_urgency
from csconsole.core.incident_items import limit_of
from csconsole.core.rounds import Round, round_of
from csconsole.core.schedule import Schedule

if TYPE_CHECKING:
    from csconsole.desk import Desk

DEADLINES_AHEAD = timedelta(days=14)
FRESH = timedelta(hours=1)
"""How long a number taken at one check is offered at the next that asks for it."""


class Board(Struct, frozen=True):
    """The console's data at `agenda.now`. Until `known`, records are still being loaded: nothing is said of how items
    stand. `present` is today's agenda, `agenda` that of the day looked at. `limits` are the incidents' limits that run.
    `hold` keeps reminders back, `taken_over` is who took over last today. `found` are the incidents found at the items
    looked at, resolved or not."""

    schedule: Schedule
    agenda: Agenda
    present: Agenda
    by: str
    known: bool = True
    incidents: Sequence[Incident] = ()
    limits: Sequence[Item] = ()
    deadlines: Sequence[Deadline] = ()
    snoozed: Mapping[str, datetime] = field(default_factory=dict)
    hold: Hold | None = None
    found: Sequence[Incident] = ()
    taken_over: TakeOver | None = None

    @property
    def is_today(self) -> bool:
        return self.agenda.day.date == self.present.day.date

    @property
    def now(self) -> datetime:
        return self.present.now

    def round_of(self, item: Item) -> Round:
        """What was found at an item of the day looked at, and what it asks about."""
        known = {each.number: each for each in (*self.incidents, *self.found)}
        return round_of(item.occurrence, by_urgency(known.values(), self.now), self.schedule.duties)

    @property
    def pressing(self) -> tuple[Item, ...]:
        """The checks that are due or overdue and the limits that are over, the longest first."""
        over = [limit for limit in self.limits if limit.status is not Status.UPCOMING]
        return tuple(sorted((*self.present.pressing, *over), key=lambda item: item.due))

    @property
    def first(self) -> Item | None:
        """What of it is to be looked at first: what is critical, else what came due last and is not overdue yet, else
        what is longest over."""
        critical = [item for item in self.pressing if item.occurrence.critical]
        due = [item for item in self.pressing if item.status is Status.DUE]
        return next(iter((*critical, *due[-1:], *self.pressing)), None)

    def item(self, key: str) -> Item | None:
        """A check of today, or a limit that runs, by its key."""
        return self.present.item(key) or next((limit for limit in self.limits if limit.key == key), None)

    def limits_of(self, number: int) -> list[Item]:
        """The limits of an incident that run."""
        return [limit for limit in self.limits if (named := limit_of(limit.key)) and named[0] == number]


def first_board(desk: Desk) -> Board | None:
    """Today by the schedule alone, before the records are loaded; None where even that is not known."""
    agenda = desk.glance()
    return Board(desk.schedule, agenda, agenda, desk.by, known=False) if agenda else None


def board_of(desk: Desk, day: date | None = None) -> Board:
    """What the Desk says now, looking at business day `day` (None: today)."""
    present = desk.look()
    today = present.day.date
    agenda = present if day is None or day == today else desk.look(day)
    ahead = desk.deadlines(today, today + DEADLINES_AHEAD)
    incidents = desk.incidents()
    limits = desk.limits(incidents)
    return Board(
        schedule=desk.schedule,
        agenda=agenda,
        present=present,
        by=desk.by,
        incidents=incidents,
        # What stands on today's timeline, and what is a meeting rather than something to hand in, is not ahead.
        deadlines=[each for each in ahead if each.day > today and not desk.schedule.duties[each.duty].expires],
        limits=limits,
        found=desk.found_at(item.occurrence for item in agenda.items),
        snoozed=desk.snoozed(item.key for item in (*present.items, *limits)),
        hold=desk.hold(present),
        taken_over=desk.taken_over(present),
    )


class Past(Struct, frozen=True):
    """The numbers taken at a check before: per (shop or "", metric), oldest first, a value a day. `recent` is what
    other checks took on its own day less than `FRESH` ago."""

    last: Mapping[tuple[str, str], float]
    trend: Mapping[tuple[str, str], Sequence[float]]
    recent: Mapping[tuple[str, str], float] = field(default_factory=dict)


def past_of(desk: Desk, item: Item, days: int = 7) -> Past:
    """The readings `item` asks for, as they were on the days before its own, and in the last hour."""
    day = item.occurrence.day
    if not item.occurrence.read or not desk.is_open:
        return Past({}, {})
    trend: dict[tuple[str, str], dict[date, float]] = {}
    recent: dict[tuple[str, str], float] = {}
    since = desk.now() - FRESH
    for reading in desk.readings(day - timedelta(days=days), day, item.occurrence.read):
        about = (reading.shop, reading.metric)
        if reading.business_date < day:
            trend.setdefault(about, {})[reading.business_date] = reading.value
        elif reading.at > since and reading.key != item.key:
            recent[about] = reading.value
    return Past(
        {about: list(values.values())[-1] for about, values in trend.items()},
        {about: list(values.values()) for about, values in trend.items()},
        recent,
    )
