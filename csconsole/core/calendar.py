"""Is this a working day, and why; move a date by a business-day convention, with the reason.

A `Calendar` answers for any date by asking its `Decree` for the year: what the country's authorities (or the
owner's overrides) say of that year. A year they have not spoken on yet is provisional, never guessed silently.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from csconsole.core.schedule import Convention, Text


class DayType(StrEnum):
    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP_WORKDAY = "makeup_workday"

    @property
    def working(self) -> bool:
        return self in (DayType.WORKDAY, DayType.MAKEUP_WORKDAY)


@dataclass(frozen=True, slots=True)
class Day:
    """One date and what it is. `name` is the holiday's (or the make-up day's), if it has one."""

    date: date
    type: DayType
    name: Text | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Decree:
    """What is known of one year: its days off by name, its make-up workdays, and whether that is final."""

    year: int
    days_off: Mapping[date, Text] = field(default_factory=dict)
    makeup_workdays: Mapping[date, Text | None] = field(default_factory=dict)
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A nominal date, the due date a convention made of it, and the days off passed over on the way."""

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
    """Working days by `decree(year)`, which is asked once a year of need and must not fail for any year."""

    def __init__(self, weekend: tuple[int, ...], decree: Callable[[int], Decree]) -> None:
        raise NotImplementedError
