"""The spans of business days that reports are about, and those they are held against.

Weeks run from Monday to Sunday; months and years are those of the calendar.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from msgspec import Struct

from csconsole.core.businessday import ONE_DAY

_WEEK = timedelta(weeks=1)
_WEEKS_ABREAST = 10
"""The most weeks that a span is told by; a longer one is told by months."""


class PeriodKind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    SPAN = "span"


class Period(Struct, frozen=True):
    """The business days from `first` to `last`, both included."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def before(self) -> Period:
        """What ended just before this one began: the day, week, month or year, or as many days."""
        end = self.first - ONE_DAY
        if self.kind is PeriodKind.SPAN:
            return Period(self.kind, end - (self.last - self.first), end)
        return period_of(self.kind, end)

    @property
    def after(self) -> Period:
        """What begins just after this one ends, likewise."""
        start = self.last + ONE_DAY
        if self.kind is PeriodKind.SPAN:
            return Period(self.kind, start, start + (self.last - self.first))
        return period_of(self.kind, start)

    @property
    def earlier(self) -> tuple[Period, ...]:
        """What this one is held against, the nearest first: of a day the one before and the same weekday of the two
        weeks before, of a week the two before, of anything longer the one before."""
        match self.kind:
            case PeriodKind.DAY:
                same_weekday = (self.first - _WEEK, self.first - 2 * _WEEK)
                return (self.before, *(period_of(self.kind, day) for day in same_weekday))
            case PeriodKind.WEEK:
                return self.before, self.before.before
            case _:
                return (self.before,)

    @property
    def parts(self) -> tuple[Period, ...]:
        """The period in parts to be set side by side: a year in its months, a month or a span in weeks, a long span
        in months. A week goes to the month that its Thursday is in (as ISO 8601 gives it to a year), and what is left
        of others at either end to the week beside it: a month has four or five, and all of its days are in one.
        A day, a week, and a span that is no longer, have none.
        """
        days = (self.last - self.first).days + 1
        if self.kind in (PeriodKind.DAY, PeriodKind.WEEK) or days <= _WEEK.days:
            return ()
        by_week = self.kind is PeriodKind.MONTH or (self.kind is PeriodKind.SPAN and days <= _WEEKS_ABREAST * 7)
        return tuple(self._weeks() if by_week else self._months())

    def _weeks(self) -> Iterator[Period]:
        thursdays = [day for day in self.days if day.weekday() == 3]
        for thursday in thursdays:
            week = period_of(PeriodKind.WEEK, thursday)
            first = self.first if thursday == thursdays[0] else week.first
            last = self.last if thursday == thursdays[-1] else week.last
            yield Period(PeriodKind.WEEK, first, last)

    def _months(self) -> Iterator[Period]:
        for _month, group in groupby(self.days, key=lambda day: (day.year, day.month)):
            days = list(group)
            yield Period(PeriodKind.MONTH, days[0], days[-1])

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def period_of(kind: PeriodKind, day: date) -> Period:
    """The day, week, month or year that business date `day` belongs to; as a span, the day alone."""
    match kind:
        case PeriodKind.DAY | PeriodKind.SPAN:
            return Period(kind, day, day)
        case PeriodKind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(kind, monday, monday + timedelta(days=6))
        case PeriodKind.MONTH:
            return Period(kind, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
        case PeriodKind.YEAR:
            return Period(kind, date(day.year, 1, 1), date(day.year, 12, 31))
