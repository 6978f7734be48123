"""A month as a calendar: what each day is, what is due on it, and what was set for it and moved away."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from csconsole.core.calendar import Calendar, Day, DayType
from csconsole.core.deadline import Deadline
from csconsole.core.schedule import Text

SPECIAL = (DayType.HOLIDAY, DayType.MAKEUP_WORKDAY)
"""Days that are not what their weekday says."""


class MonthDay(Struct, frozen=True):
    """One day. `moved` are those whose nominal date it is and that are due on another."""

    day: Day
    due: tuple[Deadline, ...] = ()
    moved: tuple[Deadline, ...] = ()


class Run(Struct, frozen=True):
    """Days off that follow on each other, a weekend among them included, or make-up workdays, under the names they
    have."""

    first: date
    last: date
    worked: bool
    names: tuple[Text, ...]


class Month(Struct, frozen=True):
    """The month that begins on `first`, week by week from Monday; None for the days of its neighbours. `deadlines` are
    those whose nominal or due date lies in it, by due instant."""

    first: date
    weeks: tuple[tuple[MonthDay | None, ...], ...]
    deadlines: tuple[Deadline, ...]

    @property
    def days(self) -> Iterator[MonthDay]:
        return (each for week in self.weeks for each in week if each is not None)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The holidays and the make-up workdays, those together that belong together."""
        found: list[Run] = []
        for kind, group in groupby((each.day for each in self.days), key=_kind):
            days = list(group)
            if kind and any(day.type in SPECIAL for day in days):
                names = dict.fromkeys(day.name for day in days if day.name)
                found.append(Run(days[0].date, days[-1].date, kind == "worked", tuple(names)))
        return tuple(found)

    @property
    def provisional(self) -> bool:
        return any(each.day.provisional for each in self.days)


def _kind(day: Day) -> str:
    return {DayType.WORKDAY: "", DayType.MAKEUP_WORKDAY: "worked"}.get(day.type, "off")


def month_of(first: date, calendar: Calendar, deadlines: Sequence[Deadline]) -> Month:
    """The month that begins on `first`, with the deadlines that touch it."""

    def of(day: date) -> MonthDay | None:
        if (day.year, day.month) != (first.year, first.month):
            return None
        return MonthDay(calendar.day(day), _on(day, deadlines), _away_from(day, deadlines))

    weeks = Weeks().monthdatescalendar(first.year, first.month)
    return Month(first, tuple(tuple(of(day) for day in week) for week in weeks), tuple(deadlines))


def _on(day: date, deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    return tuple(each for each in deadlines if each.day == day)


def _away_from(day: date, deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    return tuple(each for each in deadlines if each.nominal == day != each.day)
