"""What one value of the file may be: a time, a length of time, an id, a date. Each function takes what YAML gave and
returns the value, or raises `wrong` with one translated line that says how to mend it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from csconsole.core.schedule import Convention, Covers, Hours, WarnLevel
from csconsole.core.text import clean, halfwidth, width
from csconsole.i18n import _
from csconsole.schedule_file.hints import guess, shown

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

LONGEST_TEXT = 500
"""Terminal cells, as all widths of text here."""

_HOURS = re.compile(r"([0-2]\d:\d\d)-([0-2]\d:\d\d)", re.ASCII)
_LOOSE_HOURS = re.compile(r"([^\s~–—至到-]+)\s*[~–—至到-]+\s*([^\s~–—至到-]+)")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_LOOSE_TIME = re.compile(r"(\d{1,2})[:.hH点时](\d{1,2})分?", re.ASCII)
_DURATION = re.compile(r"(?:(\d{1,4})d)?\s*(?:(\d{1,5})h)?\s*(?:(\d{1,6})m)?", re.ASCII)
_LONGEST = timedelta(days=366)
_LOOSE_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?", re.ASCII)
_DUTY_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_LONGEST_ID = 60
_WARN = re.compile(r"([<>])\s*(-?\d{1,15}(?:\.\d{1,15})?)", re.ASCII)
_ZONE = re.compile(r"[A-Z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")


def wrong(message: str | Callable[[], str]) -> PydanticCustomError:
    """The error by which a validator says `message`; one that takes time to find is a function, called if shown."""
    return PydanticCustomError("wrong", "wrong", {"message": message})


def wrong_within(key: str | int, message: str) -> ValidationError:
    """The error by which a validator of a list or a group says `message` of one thing in it."""
    return ValidationError.from_exception_data("wrong", [InitErrorDetails(type=wrong(message), loc=(key,), input=None)])


def line(value: Any) -> str:
    """One line of text, cleaned (DESIGN.md §5.4)."""
    if value is None:
        raise wrong(_("a text is missing here"))
    if isinstance(value, list | dict):
        raise wrong(_("this must be one line of text"))
    if not isinstance(value, str):
        raise wrong(_('this must be text, put it in quotes: "{value}"').format(value=shown(value)))
    text = clean(value, limit=None).strip()
    if not text:
        raise wrong(_("a text is missing here"))
    return within(text, LONGEST_TEXT)


def word(value: Any) -> str:
    """A text without a space, as the one-line log reads it."""
    text = line(value)
    if re.search(r"\s", text):
        raise wrong(
            _("'{value}' is more than one word, the one-line log reads them one by one").format(value=shown(text))
        )
    return within(text, 40)


def within(text: str, cells: int) -> str:
    if width(text) > cells:
        message = _("this text is too long: {width} columns, {limit} is the most (a Chinese character takes two)")
        raise wrong(message.format(width=width(text), limit=cells))
    return text


def time_of_day(value: Any) -> time:
    text = halfwidth(value) if isinstance(value, str) else ""
    if isinstance(value, str) and _TIME.fullmatch(value):
        return time.fromisoformat(value)
    hint = _('write it as "09:05"')
    if meant := _clock(text):
        hint = _('write it as "{time}"').format(time=meant)
    elif _LOOSE_TIME.fullmatch(text):
        hint = _("hours go from 00 to 23, minutes from 00 to 59")
    raise wrong(_("'{value}' is not a time, {hint}").format(value=shown(value), hint=hint))


def hours(value: Any) -> Hours:
    """A part of the day, from such as "22:30-07:30"."""
    if isinstance(value, str) and (found := _HOURS.fullmatch(value)):
        start, end = time_of_day(found[1]), time_of_day(found[2])
        if start == end:
            raise wrong(_("this begins and ends at {time}, give it another end").format(time=found[1]))
        return Hours(start, end)
    hint = _('write it as "22:30-07:30"')
    if isinstance(value, str) and (loose := _LOOSE_HOURS.fullmatch(halfwidth(value).strip())):
        ends = [_clock(end) for end in loose.groups()]
        if all(ends):
            hint = _('write it as "{hours}"').format(hours="-".join(map(str, ends)))
    raise wrong(_("'{value}' is no part of the day, {hint}").format(value=shown(value), hint=hint))


def _clock(text: str) -> str | None:
    """The time of day a loosely written text means, if it means one."""
    found = _LOOSE_TIME.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return f"{int(found[1]):02}:{int(found[2]):02}"


def duration(value: Any) -> timedelta:
    """A length of time from nothing to a year, from such as "15m", "1h 30m", "2d"."""
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or not any(found.groups()):
        message = _("'{value}' is not a length of time, write it as 15m, 1h 30m or 2d")
        raise wrong(message.format(value=shown(value)))
    days, hours, minutes = (int(each or 0) for each in found.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes)
    if length > _LONGEST:
        raise wrong(_("'{value}' is too long, a year is the most").format(value=shown(value)))
    return length


def positive_duration(value: Any) -> timedelta:
    length = duration(value)
    if not length:
        raise wrong(_("this must be longer than nothing, write it as 10m"))
    return length


def duration_or_off(value: Any) -> timedelta | Literal["off"]:
    return "off" if value == "off" else duration(value)


def positive_duration_or_off(value: Any) -> timedelta | Literal["off"]:
    return "off" if value == "off" else positive_duration(value)


def duration_or_same_day(value: Any) -> timedelta | Literal["same_day"]:
    return "same_day" if value == "same_day" else positive_duration(value)


def calendar_date(value: Any) -> date:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        found = None
    if found and 1970 <= found.year <= 2100:
        return found
    hint = _("write it as 2026-11-11")
    if isinstance(value, str) and (loose := _LOOSE_DATE.fullmatch(halfwidth(value))):
        try:
            meant = date(int(loose[1]), int(loose[2]), int(loose[3]))
        except ValueError:
            hint = _("there is no such day in the calendar")
        else:
            hint = _("the years 1970 to 2100 are possible")
            if 1970 <= meant.year <= 2100:
                hint = _("write it as {date}").format(date=meant.isoformat())
    raise wrong(_("'{value}' is not a date, {hint}").format(value=shown(value), hint=hint))


def version(value: Any) -> int:
    if value == 1 and isinstance(value, int) and not isinstance(value, bool):
        return 1
    raise wrong(_("the version must be 1, this program reads no other, not '{value}'").format(value=shown(value)))


def convention(value: Any) -> Convention:
    return Convention(_choice(tuple(Convention), value))


def covers(value: Any) -> Covers:
    return Covers(_choice(tuple(Covers), value))


def expiry(value: Any) -> Literal["same_day"]:
    _choice(("same_day",), value)
    return "same_day"


def _choice(names: tuple[str, ...], value: Any) -> str:
    if isinstance(value, str) and value in names:
        return value
    message = _("'{value}' is not possible here{hint}")
    raise wrong(message.format(value=shown(value), hint=guess(shown(value), names)))


def weekday(value: Any) -> int:
    """Monday is 0."""
    if value in WEEKDAYS:
        return WEEKDAYS.index(value)
    message = _("'{value}' is not a weekday, write one of {names}")
    raise wrong(message.format(value=shown(value), names=", ".join(WEEKDAYS)))


def duty_id(value: Any) -> str:
    if isinstance(value, str) and _DUTY_ID.fullmatch(value) and len(value) <= _LONGEST_ID:
        return value
    message = _(
        "'{value}' cannot be an id here: lowercase letters, digits and hyphens, {limit} at most, as in 'late-shipments'"
    )
    raise wrong(message.format(value=shown(value), limit=_LONGEST_ID))


def other_id(value: Any) -> str:
    if isinstance(value, str) and _ID.fullmatch(value) and len(value) <= _LONGEST_ID:
        return value
    message = _(
        "'{value}' cannot be an id here: lowercase letters, digits, '-' and '_', {limit} at most, as in 'bad_reviews'"
    )
    raise wrong(message.format(value=shown(value), limit=_LONGEST_ID))


def link(value: Any) -> str:
    """An address that a browser may be sent to; nothing else is ever opened."""
    text = value if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and clean(text) == text
    except ValueError:
        good = False
    if good and not re.search(r"\s", text) and len(text) <= 2000:
        return text
    raise wrong(_("'{value}' is not a web address, write it as https://…").format(value=shown(value)))


def warn_level(value: Any) -> WarnLevel:
    found = _WARN.fullmatch(halfwidth(value).strip()) if isinstance(value, str) else None
    if not found:
        message = _('\'{value}\' is not a warning level, write it in quotes as "> 20" or "< 4.7"')
        raise wrong(message.format(value=shown(value)))
    return WarnLevel(above=found[1] == ">", level=float(found[2]))


def number_range(value: Any) -> tuple[float | None, float | None]:
    """The lowest and the highest reading; null leaves an end open."""
    if not isinstance(value, list) or len(value) != 2:
        raise wrong(_("a range is a list of the lowest and the highest number, write it as [0, 5]"))
    ends: list[float | None] = []
    for each in value:
        if isinstance(each, bool) or not (each is None or isinstance(each, int | float)):
            raise wrong(_("'{value}' is not a number, write the range as [0, 5]").format(value=shown(each)))
        if each is not None and (not math.isfinite(each) or abs(each) > 1e15):
            raise wrong(_("'{value}' is too large a number for a range").format(value=shown(each)))
        ends.append(None if each is None else float(each))
    low, high = ends
    if low is not None and high is not None and low >= high:
        raise wrong(_("the first number of a range must be below the second, as in [0, 5]"))
    return low, high


def zone(value: Any) -> ZoneInfo:
    text = value if isinstance(value, str) else ""
    if _ZONE.fullmatch(text):
        try:
            return ZoneInfo(text)
        except (OSError, ValueError, LookupError):
            pass
    hint = guess(text, available_timezones(), _(", write it as Asia/Shanghai"))
    raise wrong(_("there is no time zone '{value}'{hint}").format(value=shown(value), hint=hint))
