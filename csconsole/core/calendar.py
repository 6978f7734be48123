"""Is this a working day, and why; move a date by a business-day convention, with the reason.

A `Calendar` answers for any date by asking its `Decree` for the year: what the country's authorities (or the
owner's overrides) say of that year. A year they have not spoken on yet is provisional, never guessed silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct, field

from csconsole.core.schedule import Convention, Text

_REACH = 366
"""How many days a search for a working day goes on before it gives up."""


class DayType(StrEnum):
    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP_WORKDAY = "makeup_workday"

    @property
    def working(self) -> bool:
        return self in (DayType.WORKDAY, DayType.MAKEUP_WORKDAY)


class Day(Struct, frozen=True):
    """One date and what it is. `name` is the holiday's (or the make-up day's), if it has one."""

    date: date
    type: DayType
    name: Text | None = None
    provisional: bool = False


class Decree(Struct, frozen=True):
    """What is known of one year: its days off by name, its make-up workdays, and whether that is final."""

    year: int
    days_off: Mapping[date, Text] = field(default_factory=dict)
    makeup_workdays: Mapping[date, Text | None] = field(default_factory=dict)
    provisional: bool = False


class Overrides(Struct, frozen=True):
    """What the owner knows better than the library: days off by name, dates that are worked, and the years whose
    official calendar is known to be whole. A date in both counts as worked."""

    days_off: Mapping[date, Text] = field(default_factory=dict)
    workdays: Mapping[date, Text | None] = field(default_factory=dict)
    announced: frozenset[int] = frozenset()


def overridden(decree: Decree, overrides: Overrides, weekend: Iterable[int]) -> Decree:
    """`decree` as `overrides` correct it. `weekend` are weekdays as in `date.weekday()`.

    A day off takes a make-up workday back. A workday takes a day off back, and is a make-up workday only where
    it falls on the weekend.
    """
    days_off, makeup = dict(decree.days_off), dict(decree.makeup_workdays)
    for day, name in overrides.days_off.items():
        if day.year == decree.year:
            days_off[day] = name
            makeup.pop(day, None)
    for day, reason in overrides.workdays.items():
        if day.year == decree.year:
            days_off.pop(day, None)
            if day.weekday() in weekend:
                makeup[day] = reason
    return Decree(decree.year, days_off, makeup, decree.provisional and decree.year not in overrides.announced)


class Adjusted(Struct, frozen=True):
    """A nominal date, the due date a convention made of it, and the days off that lie between the two."""

    nominal: Day
    due: Day
    convention: Convention
    passed: tuple[Day, ...] = ()

    @property
    def moved_days(self) -> int:
        return (self.due.date - self.nominal.date).days

    @property
    def provisional(self) -> bool:
        return any(day.provisional for day in (self.nominal, self.due, *self.passed))


class Calendar:
    """Working days by `decree(year)`, which is asked once a year of need and must not fail for any year.

    `weekend` are weekdays as in `date.weekday()`: Monday is 0.
    """

    def __init__(self, weekend: Iterable[int], decree: Callable[[int], Decree]) -> None:
        self._weekend = frozenset(weekend)
        self._decree = decree
        self._decrees: dict[int, Decree] = {}
        self._days: dict[date, Day] = {}

    def day(self, day: date) -> Day:
        """What this date is, and by what name."""
        if day not in self._days:
            self._days[day] = self._day(day)
        return self._days[day]

    def _day(self, day: date) -> Day:
        decree = self._of(day.year)
        weekend = day.weekday() in self._weekend
        if day in decree.makeup_workdays and weekend:
            return Day(day, DayType.MAKEUP_WORKDAY, decree.makeup_workdays[day], decree.provisional)
        if day in decree.days_off:
            return Day(day, DayType.HOLIDAY, decree.days_off[day], decree.provisional)
        return Day(day, DayType.WEEKEND if weekend else DayType.WORKDAY, None, decree.provisional)

    def is_working(self, day: date) -> bool:
        return self.day(day).type.working

    def adjust(self, nominal: date, convention: Convention) -> Adjusted:
        """`nominal` moved to a working day, if it is none, as the convention says.

        The conventions are those of ISDA 2006 Definitions, section 4.12, as QuantLib's `Calendar::adjust` has
        them: the modified ones turn round where they would leave the nominal date's month, and of two working
        days equally near, `nearest` takes the later. (ISDA's own "nearest" goes by weekday, which says nothing
        where weekends are worked.) Where no day fits, for all of the month or the year is off, the date stays.
        """
        due = nominal if self.is_working(nominal) else self._moved(nominal, convention)
        between = range(min(nominal, due).toordinal() + 1, max(nominal, due).toordinal())
        passed = tuple(self.day(date.fromordinal(each)) for each in between)
        return Adjusted(self.day(nominal), self.day(due), convention, passed)

    def workdays_before(self, day: date, count: int) -> date:
        """The date `count` working days before `day`; `day` itself for 0, whatever it is."""
        for _ in range(count):
            earlier = self._next(day, -1)
            if earlier is None:
                break
            day = earlier
        return day

    def _of(self, year: int) -> Decree:
        if year not in self._decrees:
            self._decrees[year] = self._decree(year)
        return self._decrees[year]

    def _moved(self, nominal: date, convention: Convention) -> date:
        if convention is Convention.UNADJUSTED:
            return nominal
        later, earlier = self._next(nominal, 1), self._next(nominal, -1)
        choices = {
            Convention.FOLLOWING: [later],
            Convention.PRECEDING: [earlier],
            Convention.MODIFIED_FOLLOWING: [later, earlier],
            Convention.MODIFIED_PRECEDING: [earlier, later],
            Convention.NEAREST: [later, earlier],
        }[convention]
        found = [day for day in choices if day is not None]
        if convention is Convention.NEAREST:
            found.sort(key=lambda day: abs(day - nominal))
        elif convention in (Convention.MODIFIED_FOLLOWING, Convention.MODIFIED_PRECEDING):
            found = [day for day in found if (day.year, day.month) == (nominal.year, nominal.month)]
        return found[0] if found else nominal

    def _next(self, day: date, step: int) -> date | None:
        """The first working day after (step 1) or before (step -1) `day`; None if it is out of reach."""
        for _ in range(_REACH):
            try:
                day += timedelta(step)
            except OverflowError:  # the end of time, 9999-12-31, or its beginning
                return None
            if self.is_working(day):
                return day
        return None
