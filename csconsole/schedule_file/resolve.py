"""A validated file as plain values that JSON can hold, with every default worked out.

Texts are [zh, en], times "HH:MM", lengths of time whole seconds, weekdays 0 to 6 from Monday.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal, overload

from csconsole.core.schedule import GRACE, Convention, Hours, Kind, Remind, Text
from csconsole.schedule_file.model import Dated, Entry, HolidaysFile, Monthly, Movable, Recurring, ScheduleFile, Weekly
from csconsole.schedule_file.parts import CalendarPart, CategoryPart, Defaults, MetricPart, RefundListPart, ScalePart

_NO_TEXT = ["", ""]
_SAME_DAY = "same_day"


def plain_schedule(file: ScheduleFile) -> dict[str, Any]:
    """The schedule for `plain.schedule`."""
    calendar = file.calendar or CalendarPart()
    named, working = file.platforms or {}, file.working_hours
    on = {shop.platform: [shop.platform] * 2 for shop in file.shops or ()}
    sections: list[tuple[Kind, list[Any] | None]] = [(kind, getattr(file, kind)) for kind in Kind]
    return {
        "timezone": file.timezone.key,
        "day_starts_at": f"{file.day_starts_at:%H:%M}" if file.day_starts_at else "00:00",
        "calendar": {
            "country": calendar.country,
            "subdivision": calendar.subdivision,
            "weekend": list(calendar.weekend if calendar.weekend is not None else (5, 6)),
        },
        "platforms": {id: _text(platform.name) for id, platform in named.items()} or on,
        "shops": [{"id": shop.id, "name": _text(shop.name), "platform": shop.platform} for shop in file.shops or ()],
        "categories": [_category(id, part, file.defaults) for id, part in (file.categories or {}).items()],
        "metrics": [_metric(id, part) for id, part in (file.metrics or {}).items()],
        "people": [
            {"id": person.id, "name": _text(person.name), "role": _text(person.role)} for person in file.people or ()
        ],
        "quiet": _hours(file.quiet),
        "lunch": _hours(file.lunch),
        "working_hours": {"hours": _hours(working.hours), "workdays_only": working.workdays_only} if working else None,
        "refund_list": _refund_list(file.refund_list),
        "duties": [_duty(kind, entry, file) for kind, entries in sections for entry in entries or ()],
    }


def plain_holidays(file: HolidaysFile) -> dict[str, Any]:
    """The overrides for `plain.overrides`."""
    return {
        "days_off": {day.date.isoformat(): _text(day.name) for day in file.days_off or ()},
        "workdays": {day.date.isoformat(): _text(day.name) if day.name else None for day in file.workdays or ()},
        "announced": sorted(set(file.announced or ())),
    }


def _hours(hours: Hours | None) -> list[str] | None:
    return [f"{hours.start:%H:%M}", f"{hours.end:%H:%M}"] if hours else None


def _refund_list(part: RefundListPart | None) -> dict[str, Any] | None:
    return {"words": list(part.words or ()), "categories": list(part.categories or ())} if part else None


def _text(text: Text | None) -> list[str]:
    return [text.zh, text.en] if text else _NO_TEXT


@overload
def _seconds(length: timedelta) -> int: ...
@overload
def _seconds(length: None) -> None: ...
def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


def _category(id: str, part: CategoryPart, defaults: Defaults | None) -> dict[str, Any]:
    same_day = part.settle == _SAME_DAY
    return {
        "id": id,
        "name": _text(part.name),
        "words": list(part.words or ()),
        "respond": _seconds(part.respond),
        "settle": _seconds(part.settle) if isinstance(part.settle, timedelta) else None,
        "same_day": same_day,
        "platform_limits": {platform: _seconds(limit) for platform, limit in (part.platform_limit or {}).items()},
        "working_hours": part.working_hours,
        "stands_still": part.stands_still,
        "grace": _seconds(part.grace),
        "remind": _remind(defaults, part),
    }


def _metric(id: str, part: MetricPart) -> dict[str, Any]:
    platforms = part.platforms or {}
    return {
        "id": id,
        "name": _text(part.name),
        "unit": _text(part.unit),
        "scale": _scale(part, part),
        "platforms": list(platforms),
        "by_platform": {id: _scale(scale, part) for id, scale in platforms.items() if scale.range or scale.warn},
    }


def _scale(part: ScalePart, general: ScalePart) -> dict[str, Any]:
    """The scale `part` gives; what it does not say is as in general."""
    low, high = part.range or general.range or (None, None)
    warn = part.warn or general.warn
    return {"low": low, "high": high, "warn": [warn.above, warn.level] if warn else None}


def _duty(kind: Kind, entry: Entry, file: ScheduleFile) -> dict[str, Any]:
    category = (file.categories or {})[entry.category] if entry.category else None
    levels = (file.defaults, category, entry)
    plain: dict[str, Any] = {
        "id": entry.id,
        "kind": kind.value,
        "title": _text(entry.title),
        "category": entry.category or "",
        "at": f"{entry.at or entry.by:%H:%M}",
        "rule": _rule(entry),
        "deadline": entry.by is not None,
        "until": f"{entry.until:%H:%M}" if entry.until else None,
        "at_on": {str(weekday): f"{at:%H:%M}" for weekday, at in (entry.at_on or {}).items()},
        "shops": list(entry.each or ()),
        "read": list(entry.read or ()),
        "steps": [_text(step) for step in entry.steps or ()],
        "link": entry.link,
        "grace": _grace(*levels),
        "remind": _remind(*levels),
        "notice": None,
        "convention": Convention.UNADJUSTED.value,
        "covers": None,
        "hold_reminders": entry.hold_reminders,
        "workdays_only": entry.workdays_only,
        "expires": kind is Kind.DAILY or entry.expires is not None,
        "was": list(entry.was or ()),
    }
    if isinstance(entry, Movable):
        plain["notice"] = entry.notice
        plain["convention"] = (entry.convention or Convention.UNADJUSTED).value
    if isinstance(entry, Monthly) and entry.covers:
        plain["covers"] = entry.covers.value
    return plain


def _grace(*levels: Defaults | Entry | None) -> int:
    """Of what is said of grace, from the general to the particular, the last."""
    given = [level.grace for level in levels if level and level.grace is not None]
    return _seconds(given[-1] if given else GRACE)


def _remind(*levels: Defaults | Entry | None) -> dict[str, int | None]:
    """Likewise of reminding, each of its parts for itself."""
    told = Remind()
    for level in levels:
        if level and (said := level.remind):
            told = Remind(
                lead=_length(said.lead, told.lead),
                repeat=_length(said.repeat, told.repeat),
                last_call=_length(said.last_call, told.last_call),
                in_progress=said.in_progress or told.in_progress,
            )
    return {
        "lead": _seconds(told.lead),
        "repeat": _seconds(told.repeat),
        "last_call": _seconds(told.last_call),
        "in_progress": _seconds(told.in_progress),
    }


def _length(given: timedelta | Literal["off"] | None, otherwise: timedelta | None) -> timedelta | None:
    if given is None:
        return otherwise
    return None if given == "off" else given


def _rule(entry: Entry) -> dict[str, Any]:
    match entry:
        case Weekly():
            return {"weekdays": sorted(entry.on)}
        case Monthly():
            return {"day": entry.day}
        case Dated():
            dates = entry.dates or ((entry.date,) if entry.date else ())
            return {"dates": sorted(day.isoformat() for day in dates)}
        case Recurring():
            return {"rrule": entry.rrule}
        case _:
            return {}
