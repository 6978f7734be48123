"""When an incident's time runs out: the limits its category sets when it is opened, and those it has left once it has
waited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from csconsole.core.businessday import ONE_DAY, business_date, day_start
from csconsole.core.calendar import Calendar
from csconsole.core.incident import Clock, Draft, EventKind, Incident, NewEvent
from csconsole.core.schedule import Category, Schedule
from csconsole.core.workinghours import WorkingTime


def limited(draft: Draft, opened_at: datetime, schedule: Schedule, calendar: Calendar | None) -> Draft:
    """`draft`, opened at `opened_at`, with the limits its category and its shop's platform set. A limit it names itself
    (`due_at`) counts alone, but for the platform's. Where its category says so, they stand still while it waits.
    Without a calendar every day is a working day, here and below."""
    category = schedule.categories.get(draft.category)
    if category is None:
        return draft
    typed = draft.due_at is not None
    shop = schedule.shops.get(draft.shop or "")
    return replace(
        draft,
        respond_by=None if typed else respond_by(category, opened_at, schedule, calendar),
        due_at=draft.due_at or settle_by(category, opened_at, schedule, calendar),
        platform_by=draft.platform_by or platform_by(category, shop.platform if shop else None, opened_at),
        stands_still=category.stands_still,
    )


def respond_by(
    category: Category, opened_at: datetime, schedule: Schedule, calendar: Calendar | None
) -> datetime | None:
    """When the buyer is to be answered, in UTC; None where the category says nothing."""
    return None if category.respond is None else _after(category, opened_at, category.respond, schedule, calendar)


def settle_by(
    category: Category, opened_at: datetime, schedule: Schedule, calendar: Calendar | None
) -> datetime | None:
    """When an incident of this category, opened at `opened_at`, is to be settled, in UTC; None where it says nothing.

    Its `settle` counts around the clock, or in working hours where the category says so; `same_day` is until the next
    business day begins; of both, the earlier.
    """
    limits = []
    if category.same_day:
        limits.append(day_start(schedule, business_date(schedule, opened_at) + ONE_DAY))
    if category.settle is not None:
        limits.append(_after(category, opened_at, category.settle, schedule, calendar))
    return min(limits, default=None)


def platform_by(category: Category, platform: str | None, opened_at: datetime) -> datetime | None:
    """The limit a platform sets for this category, in UTC: it counts around the clock. None where it sets none."""
    limit = category.platform_limits.get(platform or "", category.platform_limits.get(""))
    return None if limit is None else opened_at + limit


def resumed(incident: Incident, now: datetime, schedule: Schedule, calendar: Calendar | None) -> Iterator[NewEvent]:
    """The limits of an incident that goes on at `now` after its clocks stood still: from now as long as was left when
    they stopped, in working hours where its category counts them. What was over then is as much over now."""
    working = _working_time(schedule.categories.get(incident.category), schedule, calendar)
    for clock in (Clock.RESPOND, Clock.SETTLE):
        limit, since = incident.standing.limits[clock], incident.still_since(clock)
        if limit is None or since is None:
            continue
        if working is None or limit <= since:
            until = now + (limit - since)
        else:
            until = working.after(now, working.between(since, limit))
        yield NewEvent(EventKind.LIMIT, value=clock.value, until=until)


def _after(
    category: Category, start: datetime, length: timedelta, schedule: Schedule, calendar: Calendar | None
) -> datetime:
    working = _working_time(category, schedule, calendar)
    return start + length if working is None else working.after(start, length)


def _working_time(category: Category | None, schedule: Schedule, calendar: Calendar | None) -> WorkingTime | None:
    """The time that counts for a category; None where it counts around the clock."""
    if category is None or not category.working_hours or schedule.working_hours is None:
        return None
    return WorkingTime(schedule.working_hours, schedule, calendar)
