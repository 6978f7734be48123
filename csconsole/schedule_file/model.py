"""What may stand in a schedule and in the holiday overrides, as pydantic models; they also give the JSON Schema.

A check that needs two fields sits on the later of them, so that it runs whatever else is at fault in the entry.
"""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from csconsole.i18n import N_, _
from csconsole.schedule_file import values
from csconsole.schedule_file.fields import (
    CategoryRef,
    Conventions,
    Coverage,
    DailyHours,
    Date,
    Dates,
    Duration,
    DutyId,
    DutyIds,
    Each,
    Expiry,
    Id,
    Link,
    LocalText,
    Metrics,
    Name,
    Part,
    Time,
    Title,
    Version,
    Weekday,
    Weekdays,
    Year,
    Zone,
    known,
)
from csconsole.schedule_file.parts import (
    CalendarPart,
    CategoryPart,
    Defaults,
    MetricPart,
    OfficeHours,
    PersonPart,
    PlatformPart,
    RefundListPart,
    Remind,
    ShopPart,
)
from csconsole.schedule_file.rfc5545 import BadRule, canonical
from csconsole.schedule_file.values import wrong, wrong_within

# -- entries --------------------------------------------------------------------------------------------------------


class Entry(Part):
    id: DutyId = Field(description=N_("A short id that stays the same: records are kept by it"))
    title: Title = Field(description=N_("What is to be done"))
    category: CategoryRef | None = Field(None, description=N_("One of the categories"))
    at: Time | None = Field(None, description=N_("The time it is due, such as 09:30"))
    by: Time | None = Field(
        None, validate_default=True, description=N_("Instead of 'at': the time by which it must be done")
    )
    until: Time | None = Field(None, description=N_("When it ends, after 'at', within the same business day"))
    at_on: dict[Weekday, Time] | None = Field(None, description=N_("Another time on some weekdays"))
    each: Each | None = Field(None, description=N_("Answered shop by shop: 'shop' for every shop, or a list of them"))
    read: Metrics | None = Field(None, description=N_("The readings to take, by the ids of the metrics"))
    steps: list[LocalText] | None = Field(None, description=N_("What to look at, step by step"))
    link: Link | None = Field(None, description=N_("The page where it is done"))
    grace: Duration | None = Field(None, description=N_("How long after its time it is due before it is overdue"))
    remind: Remind | None = Field(None, description=N_("When to speak up: lead, repeat and last call, or off"))
    hold_reminders: bool = Field(False, description=N_("Nothing else is reminded of between 'at' and 'until'"))
    workdays_only: bool = Field(False, description=N_("Left out on days off"))
    expires: Expiry | None = Field(None, description=N_("same_day: missed with its day instead of staying overdue"))
    was: DutyIds | None = Field(None, description=N_("Earlier ids of this entry, whose history it carries on"))

    @field_validator("by")
    @classmethod
    def _one_time(cls, by: time | None, info: ValidationInfo) -> time | None:
        if "at" in info.data:
            if by is None and info.data["at"] is None:
                raise wrong(_('the time is missing, write at: "09:30", or by: "18:00" for a deadline'))
            if by is not None and info.data["at"] is not None:
                raise wrong(_("'at' and 'by' cannot both be given, keep one of them"))
        return by

    @field_validator("until")
    @classmethod
    def _after_at(cls, until: time | None, info: ValidationInfo) -> time | None:
        if until is not None and info.data.get("by"):
            raise wrong(_("'until' goes with 'at', a deadline has no duration"))
        at = info.data.get("at")
        if until is not None and at is not None and not _is_later(until, at, info):
            message = _("'until' must be after 'at' ({at}) and before the day ends at {end}")
            raise wrong(message.format(at=f"{at:%H:%M}", end=f"{known(info).day_starts_at:%H:%M}"))
        return until

    @field_validator("at_on")
    @classmethod
    def _before_until(cls, at_on: dict[int, time] | None, info: ValidationInfo) -> dict[int, time] | None:
        until = info.data.get("until")
        for weekday, at in (at_on or {}).items():
            if until is not None and not _is_later(until, at, info):
                message = _("{at} is not before 'until' ({until})").format(at=f"{at:%H:%M}", until=f"{until:%H:%M}")
                raise wrong_within(values.WEEKDAYS[weekday], message)
        return at_on

    @field_validator("hold_reminders")
    @classmethod
    def _has_an_end(cls, hold: bool, info: ValidationInfo) -> bool:
        if hold and info.data.get("until", hold) is None:
            raise wrong(_("'hold_reminders' needs 'until', the time at which reminders go on"))
        return hold


def _is_later(one: time, other: time, info: ValidationInfo) -> bool:
    """Whether `one` comes after `other` within a business day, which may go on past midnight."""
    start = known(info).day_starts_at
    return start is None or (one < start, one) > (other < start, other)


class Movable(Entry):
    """An entry that may fall on a day off."""

    convention: Conventions | None = Field(None, description=N_("Where it goes when its day is a day off"))
    notice: int | None = Field(None, ge=0, le=60, description=N_("Announced so many working days before"))


class Weekly(Movable):
    on: Weekdays = Field(description=N_("The weekday, or a list of them"))


class Monthly(Movable):
    day: int = Field(ge=1, le=31, description=N_("The day of the month; in a shorter month, its last day"))
    covers: Coverage | None = Field(None, description=N_("The month it reports on"))


class Dated(Movable):
    date: Date | None = Field(None, description=N_("The day"))
    dates: Dates | None = Field(None, validate_default=True, description=N_("Several days"))

    @field_validator("dates")
    @classmethod
    def _one_of_both(cls, dates: tuple[Any, ...] | None, info: ValidationInfo) -> tuple[Any, ...] | None:
        if "date" in info.data:
            if not dates and info.data["date"] is None:
                raise wrong(_("the day is missing, write date: 2026-11-11, or dates: with a list"))
            if dates is not None and info.data["date"] is not None:
                raise wrong(_("'date' and 'dates' cannot both be given, keep one of them"))
        return dates


class Recurring(Movable):
    rrule: str = Field(description=N_("Lines DTSTART:… and RRULE:… as in RFC 5545; they name the days"))

    @field_validator("rrule")
    @classmethod
    def _canonical(cls, text: str, info: ValidationInfo) -> str:
        try:
            return canonical(text, known(info).zone)
        except BadRule as fault:
            raise wrong(str(fault)) from None


# -- the files ------------------------------------------------------------------------------------------------------


class ScheduleFile(Part):
    """The routine of a customer-service supervisor: what recurs, for which shops, by which calendar."""

    version: Version = Field(description=N_("The version of this format: 1"))
    timezone: Zone = Field(description=N_("The time zone of all times here, such as Asia/Shanghai"))
    day_starts_at: Time | None = Field(None, description=N_("What happens before belongs to the day before"))
    calendar: CalendarPart | None = Field(None, description=N_("Whose working days count"))
    platforms: dict[Id, PlatformPart] | None = Field(None, description=N_("The platforms the shops are on"))
    shops: list[ShopPart] | None = Field(None, description=N_("The shops the team serves"))
    categories: dict[Id, CategoryPart] | None = Field(None, description=N_("Kinds of trouble, and their limits"))
    defaults: Defaults | None = Field(None, description=N_("What holds where an entry says nothing else"))
    quiet: DailyHours | None = Field(
        None, description=N_('Hours in which nothing is reminded of, such as "22:30-07:30": it comes when they end')
    )
    lunch: DailyHours | None = Field(
        None, description=N_('The lunch break, such as "12:30-13:20": reminders come at its end')
    )
    working_hours: OfficeHours | None = Field(
        None,
        description=N_(
            'When somebody works, such as "09:00-22:00", every day; for limits of categories that ask for it'
        ),
    )
    metrics: dict[Id, MetricPart] | None = Field(None, description=N_("Numbers taken at the checks"))
    people: list[PersonPart] | None = Field(None, description=N_("Colleagues who may be on duty or be given work"))
    refund_list: RefundListPart | None = Field(
        None, description=N_("Which incidents stand on the month-end list of refunds")
    )
    daily: list[Entry] | None = Field(None, description=N_("What is done every day"))
    weekly: list[Weekly] | None = Field(None, description=N_("What is done on a weekday"))
    monthly: list[Monthly] | None = Field(None, description=N_("What is done on a day of the month"))
    dated: list[Dated] | None = Field(None, description=N_("What is done on one day or a few"))
    rrule: list[Recurring] | None = Field(None, description=N_("What the other sections cannot say"))


class NamedDay(Part):
    date: Date = Field(description=N_("The day"))
    name: Name | None = Field(None, description=N_("Why, such as the name of the holiday"))


class DayOff(Part):
    date: Date = Field(description=N_("The day"))
    name: Name = Field(description=N_("Why, such as the name of the holiday"))


def _date_alone(value: Any) -> Any:
    return {"date": value} if isinstance(value, str) else value


class HolidaysFile(Part):
    """Days off and working days that the country's calendar does not know, or has otherwise. They win over it."""

    version: Version = Field(description=N_("The version of this format: 1"))
    days_off: list[DayOff] | None = Field(None, description=N_("Days off"))
    workdays: list[Annotated[NamedDay, BeforeValidator(_date_alone, json_schema_input_type=str | NamedDay)]] | None = (
        Field(None, description=N_("Days that are worked though they would be off"))
    )
    announced: list[Year] | None = Field(None, description=N_("Years whose official calendar is complete here"))
