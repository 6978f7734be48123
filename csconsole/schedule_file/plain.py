"""Plain values, as `resolve` wrote them, to core types. On the way to the first paint: no pydantic, no YAML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from csconsole.core.calendar import Overrides
from csconsole.core.schedule import (
    ByRRule,
    CalendarRule,
    Category,
    Convention,
    Covers,
    Duty,
    EveryDay,
    Hours,
    Kind,
    Metric,
    OnDates,
    OnMonthDay,
    OnWeekdays,
    Person,
    Platform,
    RefundList,
    Remind,
    Rule,
    Scale,
    Schedule,
    Shop,
    Text,
    WarnLevel,
    WorkingHours,
)

Plain = Mapping[str, Any]


def schedule(plain: Plain) -> Schedule:
    calendar = plain["calendar"]
    shops = [Shop(shop["id"], Text(*shop["name"]), shop["platform"]) for shop in plain["shops"]]
    categories = [_category(category) for category in plain["categories"]]
    metrics = [_metric(metric) for metric in plain["metrics"]]
    duties = [_duty(duty) for duty in plain["duties"]]
    return Schedule(
        zone=ZoneInfo(plain["timezone"]),
        day_starts_at=time.fromisoformat(plain["day_starts_at"]),
        calendar=CalendarRule(calendar["country"], calendar["subdivision"], tuple(calendar["weekend"])),
        platforms={id: Platform(id, Text(*name)) for id, name in plain["platforms"].items()},
        shops={shop.id: shop for shop in shops},
        categories={category.id: category for category in categories},
        metrics={metric.id: metric for metric in metrics},
        people=tuple(Person(each["id"], Text(*each["name"]), Text(*each["role"])) for each in plain["people"]),
        duties={duty.id: duty for duty in duties},
        quiet=_hours(plain["quiet"]),
        lunch=_hours(plain["lunch"]),
        working_hours=_working_hours(plain["working_hours"]),
        refund_list=_refund_list(plain["refund_list"]),
    )


def overrides(plain: Plain) -> Overrides:
    return Overrides(
        days_off={date.fromisoformat(day): Text(*name) for day, name in plain["days_off"].items()},
        workdays={date.fromisoformat(day): Text(*name) if name else None for day, name in plain["workdays"].items()},
        announced=frozenset(plain["announced"]),
    )


def _length(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _remind(plain: Plain) -> Remind:
    return Remind(
        lead=_length(plain["lead"]),
        repeat=_length(plain["repeat"]),
        last_call=_length(plain["last_call"]),
        in_progress=timedelta(seconds=plain["in_progress"]),
    )


def _hours(plain: list[str] | None) -> Hours | None:
    return Hours(*map(time.fromisoformat, plain)) if plain else None


def _working_hours(plain: Plain | None) -> WorkingHours | None:
    hours = _hours(plain["hours"]) if plain else None
    return WorkingHours(hours, plain["workdays_only"]) if plain and hours else None


def _refund_list(plain: Plain | None) -> RefundList:
    usual = RefundList()
    return RefundList(tuple(plain["words"] or usual.words), tuple(plain["categories"])) if plain else usual


def _category(plain: Plain) -> Category:
    return Category(
        id=plain["id"],
        name=Text(*plain["name"]),
        words=tuple(plain["words"]),
        respond=_length(plain["respond"]),
        settle=_length(plain["settle"]),
        same_day=plain["same_day"],
        platform_limits={
            platform: timedelta(seconds=seconds) for platform, seconds in plain["platform_limits"].items()
        },
        working_hours=plain["working_hours"],
        stands_still=plain["stands_still"],
        grace=_length(plain["grace"]),
        remind=_remind(plain["remind"]),
    )


def _scale(plain: Plain) -> Scale:
    return Scale(plain["low"], plain["high"], WarnLevel(*plain["warn"]) if plain["warn"] else None)


def _metric(plain: Plain) -> Metric:
    return Metric(
        id=plain["id"],
        name=Text(*plain["name"]),
        unit=Text(*plain["unit"]),
        scale=_scale(plain["scale"]),
        platforms=tuple(plain["platforms"]),
        by_platform={id: _scale(scale) for id, scale in plain["by_platform"].items()},
    )


def _duty(plain: Plain) -> Duty:
    return Duty(
        id=plain["id"],
        kind=Kind(plain["kind"]),
        title=Text(*plain["title"]),
        category=plain["category"],
        at=time.fromisoformat(plain["at"]),
        rule=_rule(plain["rule"]),
        deadline=plain["deadline"],
        until=time.fromisoformat(plain["until"]) if plain["until"] else None,
        at_on={int(weekday): time.fromisoformat(at) for weekday, at in plain["at_on"].items()},
        shops=tuple(plain["shops"]),
        read=tuple(plain["read"]),
        steps=tuple(Text(*step) for step in plain["steps"]),
        link=plain["link"],
        grace=timedelta(seconds=plain["grace"]),
        remind=_remind(plain["remind"]),
        notice=plain["notice"],
        convention=Convention(plain["convention"]),
        covers=Covers(plain["covers"]) if plain["covers"] else None,
        hold_reminders=plain["hold_reminders"],
        workdays_only=plain["workdays_only"],
        expires=plain["expires"],
        was=tuple(plain["was"]),
    )


def _rule(plain: Plain) -> Rule:
    match plain:
        case {"weekdays": weekdays}:
            return OnWeekdays(tuple(weekdays))
        case {"day": day}:
            return OnMonthDay(day)
        case {"dates": dates}:
            return OnDates(tuple(date.fromisoformat(day) for day in dates))
        case {"rrule": text}:
            return ByRRule(text)
        case _:
            return EveryDay()
