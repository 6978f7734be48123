"""Time that counts only while somebody works: from an instant so much of it on, and how much lies between two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from csconsole.core.businessday import ONE_DAY, wall_instant
from csconsole.core.calendar import Calendar
from csconsole.core.schedule import Schedule, WorkingHours

_REACH = 366
"""So many days off in a row have no end: then time counts around the clock."""


class WorkingTime:
    """`hours` by the wall clock of the schedule's zone, on the days `calendar` says are worked where only those count.
    Hours that go on past midnight belong to the day on which they begin. Instants are aware UTC; a day on which the
    clocks change has as much working time as passes."""

    def __init__(self, hours: WorkingHours, schedule: Schedule, calendar: Calendar | None = None) -> None:
        self._hours = hours
        self._schedule = schedule
        self._calendar = calendar if hours.workdays_only else None

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The instant by which `length` of working time has passed since `start`: `start` itself for none."""
        if length <= timedelta():
            return start
        left, at = length, start
        for begins, ends in self._spans(start):
            at = max(at, begins)
            if left <= ends - at:
                break
            left -= ends - at
            at = ends
        return at + left

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time passes from `start` to `end`; none where that does not come after it."""
        found = timedelta()
        for begins, ends in self._spans(start):
            if begins >= end:
                break
            found += min(ends, end) - max(begins, start)
        return found

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The working hours that end after `start`, in order."""
        hours, day, off = self._hours.hours, start.astimezone(self._schedule.zone).date() - ONE_DAY, 0
        while off <= _REACH:
            ends_on = day if hours.end > hours.start else day + ONE_DAY
            begins = wall_instant(self._schedule, day, hours.start)
            ends = wall_instant(self._schedule, ends_on, hours.end)
            works = self._calendar is None or self._calendar.is_working(day)
            off = 0 if works else off + 1
            if works and ends > max(begins, start):  # summer time can leave out all of them
                yield begins, ends
            day += ONE_DAY
