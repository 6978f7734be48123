"""Reading the values of a command line. Each raises `UserError`, which says how to write it.

Full-width digits and signs count as the plain ones (DESIGN.md §5.7).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from csconsole.core.errors import UserError
from csconsole.core.text import clean, halfwidth, truncate
from csconsole.i18n import _

YEARS = range(1970, 2101)
"""The years a date may lie in: no supervisor's day does in others, and calendars know little of them."""


class Span(Struct, frozen=True):
    """A year or a month, by its first day and as it was written."""

    first: date
    text: str


FASTEST = 3600.0
"""The highest speed of a rehearsal: an hour a second."""

_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_WEEK = re.compile(r"[0-9]{4}-[Ww](?:0[1-9]|[1-5][0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
_INSTANT = re.compile(rf"{_DATE.pattern}[T ]{_TIME}(?P<offset>Z|[+-][0-9]{{2}}(?::?[0-9]{{2}})?)?")
_AGE = re.compile(r"(?:([0-9]{1,4})d)?(?:([0-9]{1,4})h)?(?:([0-9]{1,4})m)?")
_NUMBER = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})")


def name(text: str) -> str:
    """Somebody's name, cleaned."""
    cleaned = clean(text).strip()
    if not cleaned:
        raise UserError(_("the name of who is acting is empty: give it a value, or leave it out"))
    return cleaned


def day(text: str) -> date | timedelta:
    """A date, or a distance from today."""
    plain = _plain(text)
    if plain.lower() in _DAYS:
        return timedelta(days=_DAYS[plain.lower()])
    if not _DATE.fullmatch(plain):
        raise UserError(
            _("{given} is not a date: write it as in {example}, or today, yesterday or tomorrow").format(
                given=quoted(text), example="2026-11-23"
            )
        )
    try:
        found = date.fromisoformat(plain)
    except ValueError:
        raise UserError(_("there is no {date} in the calendar").format(date=plain)) from None
    return _in_reach(found)


def when(text: str) -> date | timedelta | Span:
    """A date, a distance from today, a month, a year, or a week, by its Monday (ISO 8601)."""
    plain = _plain(text)
    if _WEEK.fullmatch(plain):
        return _monday(plain.upper())
    if _YEAR.fullmatch(plain):
        return Span(month(f"{plain}-01"), plain)
    return Span(month(plain), plain) if _MONTH.fullmatch(plain) else day(text)


def _monday(week: str) -> date:
    import pendulum
    from pendulum.parsing.exceptions import ParserError

    try:
        return _in_reach(date.fromisoformat(str(pendulum.parse(week, exact=True))))
    except ParserError:
        raise UserError(_("there is no {date} in the calendar").format(date=week)) from None


def month(text: str) -> date:
    """The first day of a month."""
    plain = _plain(text)
    if not _MONTH.fullmatch(plain):
        raise UserError(
            _("{given} is not a month: write it as in {example}").format(given=quoted(text), example="2026-11")
        )
    found = day(f"{plain}-01")
    assert isinstance(found, date)
    return found


def moment(text: str) -> datetime | date:
    """An aware instant in UTC; without an offset, a wall-clock time; of a date alone, the date."""
    plain = _plain(text)
    if _DATE.fullmatch(plain):
        found = day(plain)
        assert isinstance(found, date)
        return found
    shaped = _INSTANT.fullmatch(plain)
    if shaped is None:
        raise UserError(
            _("{given} is not an instant: write it as in {example}, with an offset or in the schedule's time").format(
                given=quoted(text), example="2026-11-23T09:42"
            )
        )
    try:
        parsed = datetime.fromisoformat(plain)
    except ValueError:
        raise UserError(_("there is no {instant} by calendar and clock").format(instant=plain)) from None
    _in_reach(parsed.date())
    return parsed.astimezone(UTC) if shaped["offset"] else parsed.replace(tzinfo=None)


def reading(text: str) -> tuple[str, float]:
    """The name of a metric and its number."""
    metric, equals, value = _plain(text).partition("=")
    if not equals or not metric.strip():
        raise UserError(
            _("{given} is not a reading: write it as in {example}").format(
                given=quoted(text), example="refunds_pending=23"
            )
        )
    return metric.strip(), _number(value.strip(), text)


def incident(text: str) -> int:
    """The number of an incident, with or without its #."""
    plain = _plain(text).removeprefix("#")
    if not re.fullmatch(r"[0-9]{1,9}", plain):
        raise UserError(
            _("{given} is not the number of an incident: write it as in {example}").format(
                given=quoted(text), example="41"
            )
        )
    return int(plain)


def age(text: str) -> timedelta:
    """A length of time in days, hours and minutes."""
    found = _AGE.fullmatch(_plain(text).lower())
    if found is None or not any(found.groups()):
        raise UserError(
            _("{given} is not a length of time: write it as in {example}").format(given=quoted(text), example="2d, 12h")
        )
    days, hours, minutes = (int(number or 0) for number in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def speed(text: str) -> float:
    """How many times as fast as the system's a clock is to run."""
    value = _number(_plain(text), text)
    if not 0 < value <= FASTEST:
        raise UserError(
            _("{given} is no speed to rehearse at: say more than 0, and {most} at most").format(
                given=quoted(text), most=int(FASTEST)
            )
        )
    return value


def quoted(text: str) -> str:
    """What somebody typed, fit to stand in a message of one line."""
    return f"'{truncate(clean(text), 60)}'"


def _plain(text: str) -> str:
    return halfwidth(clean(text)).strip()


def _number(plain: str, text: str) -> float:
    if not _NUMBER.fullmatch(plain):
        raise UserError(_("{given}: the number is written in digits, as in 23 or 4.7").format(given=quoted(text)))
    return float(plain)


def _in_reach(day: date) -> date:
    if day.year not in YEARS:
        raise UserError(
            _("{date} is out of reach: the years go from {first} to {last}").format(
                date=day.isoformat(), first=YEARS[0], last=YEARS[-1]
            )
        )
    return day
