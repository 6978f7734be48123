"""The nominal dates that a duty's rule names."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from csconsole.core.schedule import ByRRule, EveryDay, OnDates, OnMonthDay, OnWeekdays, Rule

if TYPE_CHECKING:
    from dateutil.rrule import rrule, rruleset


def nominal_dates(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The dates `rule` names from `first` to `last`, both included, in order."""
    match rule:
        case EveryDay():
            yield from _days(first, last)
        case OnWeekdays(weekdays):
            yield from (day for day in _days(first, last) if day.weekday() in weekdays)
        case OnMonthDay(day_of_month):
            year, month = first.year, first.month
            while (year, month) <= (last.year, last.month):
                day = date(year, month, min(day_of_month, monthrange(year, month)[1]))
                if first <= day <= last:
                    yield day
                year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        case OnDates(dates):
            yield from (day for day in dates if first <= day <= last)
        case ByRRule(text):
            found = _parsed(text).between(datetime.combine(first, time.min), datetime.combine(last, time.max), inc=True)
            yield from dict.fromkeys(instant.date() for instant in found)


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range((last - first) // timedelta(days=1) + 1):
        yield first + timedelta(days=ordinal)


@lru_cache(maxsize=256)
def _parsed(text: str) -> rrule | rruleset:
    # Imported only by a schedule that has such a rule. Zones are the schedule's own: the rule names dates.
    from dateutil.rrule import rrulestr

    return rrulestr(text, ignoretz=True, cache=True)
