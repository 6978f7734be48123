"""The limits people type: `+2h`, `18:00`, `明天18:00`, `fri 18:00`, `11-28 18:00`, `3天`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from csconsole.core.businessday import ONE_DAY, wall_instant
from csconsole.core.schedule import Schedule

WORDS = 2
"""Of how many words a limit may be: a day, and a time."""

_NUMBER = r"([0-9]{1,4}(?:\.[0-9]{1,2})?)"
_DAYS, _HOURS, _MINUTES = rf"{_NUMBER}(?:d|天)", rf"{_NUMBER}(?:h|个?小时)", rf"{_NUMBER}(?:m|min|分钟|分)"
_SPAN = re.compile(rf"\+(?:{_DAYS})?(?:{_HOURS})?(?:{_MINUTES})?(?:以?内|后)?")
_WITHIN = re.compile(rf"(?:{_NUMBER}天)?(?:{_NUMBER}个?小时)?(?:{_NUMBER}分钟?)?(?:以?内|后)")
_BARE_DAYS = re.compile(rf"{_NUMBER}天")

_BEFORE = "(?:之?前|以前)?"
_TIME = r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})|[点时](?:(?P<spoken>[0-9]{1,2})分?|(?P<half>半))?)"
_EN_DAYS = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_DAY = (
    r"(?P<near>今天|今日|明天|明日|后天|大后天|today|tomorrow|tmr)"
    r"|(?P<after>下个?)?(?:周|星期|礼拜)(?P<zh>[一二三四五六日天])"
    rf"|(?P<en>{_EN_DAYS})"
    r"|(?:(?P<year>20[0-9]{2})[-/年])?(?P<month>[0-9]{1,2})[-/月](?P<day>[0-9]{1,2})[日号]?"
    r"|(?P<only>[0-9]{1,2})[日号]"
)
_CLOCK = re.compile(_TIME + _BEFORE)
_DATED = re.compile(rf"(?:{_DAY}) ?{_TIME}{_BEFORE}")
_DAY_ALONE = re.compile(rf"{_DAY}{_BEFORE}")
_START = re.compile(rf"[+0-9]|今|明|后|大后|today|tomorrow|tmr|下个?(?:周|星期|礼拜)|周|星期|礼拜|{_EN_DAYS}")
_LIKE = re.compile(r"\+[0-9].*|[0-9]{1,2}:[0-9]{2}|[0-9.]+(?:h|d|m|min|个?小时|分钟)")

_NEAR: Mapping[str, int] = {
    **dict.fromkeys(("今天", "今日", "today"), 0),
    **dict.fromkeys(("明天", "明日", "tomorrow", "tmr"), 1),
    "后天": 2,
    "大后天": 3,
}
_ZH_DAYS = "一二三四五六日"
_EN_STARTS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_AGO = timedelta(days=180)
"""A date without a year that lies longer ago than this is next year's."""


class Limit(Struct, frozen=True):
    """`at` is in UTC. `dated`: the day was named; else it is the next time the clock shows that time. `sure`: it could
    hardly be meant as anything else."""

    at: datetime
    dated: bool = True
    sure: bool = True


def read_limit(words: str, now: datetime, schedule: Schedule) -> Limit | None:
    """The limit that these words (folded) set at `now`; None where they set none.

    A span counts from now. A time without a day is the next time the schedule's clock shows it: one that has passed
    today is tomorrow's, for a limit is typed to be kept, and 01:00 typed at 22:00 is tonight's. Days are the
    calendar's, in the schedule's zone: a weekday is the next one of that name, today's while its time lies ahead;
    a date without a year is the one around now. One with its day named may be over already.
    """
    try:
        if span := _SPAN.fullmatch(words) or _WITHIN.fullmatch(words):
            days, hours, minutes = (float(number or 0) for number in span.groups())
            length = timedelta(days=days, hours=hours, minutes=minutes)
            return Limit(now.astimezone(UTC) + length) if length else None
        if bare := _BARE_DAYS.fullmatch(words):
            length = timedelta(days=float(bare[1]))
            return Limit(now.astimezone(UTC) + length, sure=False) if length else None
        if clock := _CLOCK.fullmatch(words):
            at = _next(_time(clock), now, schedule)
            return Limit(at, dated=False) if at else None
        if dated := _DATED.fullmatch(words):
            at = _at(dated, now, schedule)
            return Limit(at) if at else None
    except (OverflowError, ValueError):  # beyond the year 9999, or no such time or date
        pass
    return None


def starts_limit(word: str) -> bool:
    """Whether a limit may begin with this word (folded); false for nearly all words there are."""
    return _START.match(word) is not None


def like_limit(word: str) -> bool:
    """Whether a word (folded) that sets no limit looks as if it was to: `25:00`, `+2x`, `2h`, `周五`."""
    if _LIKE.fullmatch(word):
        return True
    day = _DAY_ALONE.fullmatch(word)
    return day is not None and not day["near"]


def _time(found: re.Match[str]) -> tuple[time, timedelta]:
    """The time of day, and how many days later it is: 24:00 is the next day's 00:00."""
    hour, minute = int(found["hour"]), int(found["minute"] or found["spoken"] or (30 if found["half"] else 0))
    return (time(0), ONE_DAY) if (hour, minute) == (24, 0) else (time(hour, minute), timedelta())


def _next(at: tuple[time, timedelta], now: datetime, schedule: Schedule) -> datetime | None:
    """The next time the clock shows this time of day."""
    today = now.astimezone(schedule.zone).date()
    for ahead in range(3):  # more than one day, for a time that a day leaves out; twice a day, for one it repeats
        for fold in (0, 1):
            local = datetime.combine(today + ahead * ONE_DAY, at[0].replace(tzinfo=schedule.zone, fold=fold))
            if (instant := local.astimezone(UTC)) > now:
                return instant
    return None


def _at(found: re.Match[str], now: datetime, schedule: Schedule) -> datetime | None:
    at, later = _time(found)
    today = now.astimezone(schedule.zone).date()

    def on(day: date) -> datetime:
        return wall_instant(schedule, day + later, at)

    if found["near"]:
        return on(today + _NEAR[found["near"]] * ONE_DAY)
    if found["zh"] or found["en"]:
        weekday = _EN_STARTS.index(found["en"][:3]) if found["en"] else _ZH_DAYS.index(found["zh"].replace("天", "日"))
        if found["after"]:
            return on(today + (7 - today.weekday() + weekday) * ONE_DAY)
        coming = today + (weekday - today.weekday()) % 7 * ONE_DAY
        return on(coming) if on(coming) > now else on(coming + 7 * ONE_DAY)
    if found["only"]:
        ahead = (today + days * ONE_DAY for days in range(62))  # of two months running, one has a 31st
        return next((on(day) for day in ahead if day.day == int(found["only"]) and on(day) > now), None)
    year = int(found["year"] or today.year)
    when = on(date(year, int(found["month"]), int(found["day"])))
    if not found["year"] and when < now - _LONG_AGO:
        when = on(date(year + 1, int(found["month"]), int(found["day"])))
    return when
