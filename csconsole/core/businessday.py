"""From wall-clock times to instants, and from instants to the business day they belong to.

Every instant here is an aware `datetime` in UTC: Python compares two datetimes of one DST zone by their wall
clocks, which is wrong twice a year.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from csconsole.core.schedule import Schedule

ONE_DAY = timedelta(days=1)


def wall_instant(schedule: Schedule, day: date, at: time) -> datetime:
    """The instant of wall-clock time `at` on calendar date `day`.

    A time that the change to summer time leaves out moves forward by the gap; of one that comes twice, the first
    counts (RFC 5545, section 3.3.5).
    """
    return datetime.combine(day, at, tzinfo=schedule.zone).astimezone(UTC)


def instant(schedule: Schedule, day: date, at: time) -> datetime:
    """The instant of `at` within business day `day`: before `day_starts_at`, on the calendar date after it."""
    return wall_instant(schedule, day + ONE_DAY if at < schedule.day_starts_at else day, at)


def day_start(schedule: Schedule, day: date) -> datetime:
    """The instant at which business day `day` begins, and the one before it ends."""
    return wall_instant(schedule, day, schedule.day_starts_at)


def business_date(schedule: Schedule, now: datetime) -> date:
    """The business day that the instant `now` belongs to."""
    day = now.astimezone(schedule.zone).date()
    return day - ONE_DAY if now < day_start(schedule, day) else day
