"""RFC 5545 recurrences as a schedule may have them: dates only, and at most one occurrence a day.

The rule is read strictly, by RFC 5545, section 3.3.10, for dateutil lets much pass that means nothing, and never
ends on some of it (INTERVAL=0). What is kept names dates alone: the time of day is the entry's own `at` or `by`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from csconsole.i18n import _
from csconsole.schedule_file.hints import guess, shown

_LONGEST = 1000
_REACH = timedelta(days=12 * 366)
"""A rule that names no day in so long names none worth waiting for; 29 February comes at least every eight years."""

_DATE_TIME = re.compile(r"\d{8}(?:T\d{6}Z?)?", re.ASCII)
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_TOO_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY")
_BY_TIME = {"BYHOUR": 23, "BYMINUTE": 59, "BYSECOND": 59}
_BY_NUMBER = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}  # and the same from the end
_ONLY_WITH = {"BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"), "BYYEARDAY": ("YEARLY",), "BYWEEKNO": ("YEARLY",)}
_BY_DAY = re.compile(r"(?:[+-]?[1-9]\d?)?(?:MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYDAY", *_BY_NUMBER, *_BY_TIME)


class BadRule(ValueError):
    """The message is one translated line."""


def canonical(text: str, zone: ZoneInfo | None) -> str:
    """The recurrence `text` by its dates alone, for dateutil to read. `zone` is the schedule's.

    Raises `BadRule` for what RFC 5545 does not allow, and for what a schedule does not: no DTSTART, another zone,
    more than one occurrence a day, no occurrence at all.
    """
    if len(text) > _LONGEST:
        raise BadRule(_("this rule is too long"))
    start: datetime | None = None
    rule = ""
    extra: list[str] = []
    for line in text.upper().split():
        name, colon, value = line.partition(":")
        name, *parameters = name.split(";")
        if not colon or name not in ("DTSTART", "RRULE", "RDATE", "EXDATE"):
            raise BadRule(
                _("'{line}' is no line of a rule, write lines DTSTART:… and RRULE:…").format(line=shown(line))
            )
        if (name == "DTSTART" and start) or (name == "RRULE" and rule):
            raise BadRule(_("{name} stands in the rule twice, make another entry of the second").format(name=name))
        _check_parameters(parameters, zone)
        if name == "DTSTART":
            start = _instant(value, name)
        elif name == "RRULE":
            rule = value
        else:
            extra.append(f"{name}:" + ",".join(f"{_instant(each, name):%Y%m%d}" for each in value.split(",")))
    if start is None:
        raise BadRule(_("DTSTART is missing, begin the rule with a line such as DTSTART:20260105"))
    if not rule and not extra:
        raise BadRule(_("RRULE is missing, add a line such as RRULE:FREQ=WEEKLY;BYDAY=MO"))
    lines = [f"DTSTART:{start:%Y%m%d}"]
    if rule:
        parts = _parts(rule, start, zone)
        _check_names_days(parts, start)
        lines.append("RRULE:" + ";".join(f"{name}={value}" for name, value in parts.items()))
    return "\n".join([*lines, *extra])


def _check_parameters(parameters: list[str], zone: ZoneInfo | None) -> None:
    for parameter in parameters:
        name, _equals, value = parameter.partition("=")
        if name == "TZID" and zone is not None and value == zone.key.upper():
            continue
        if parameter not in ("VALUE=DATE", "VALUE=DATE-TIME"):
            message = _("'{parameter}' is not allowed here, times are those of the schedule's own time zone")
            raise BadRule(message.format(parameter=shown(parameter)))


def _instant(value: str, name: str, zone: tzinfo | None = None) -> datetime:
    """A date, or date and time, of the rule as wall-clock time. UTC is allowed only where `zone` is given."""
    try:
        if not _DATE_TIME.fullmatch(value) or not 1970 <= int(value[:4]) <= 2100:
            raise ValueError(value)
        wall = datetime.fromisoformat(value.removesuffix("Z"))
    except ValueError:
        message = _("{name}: '{value}' is no date, write it as 20260105 or 20260105T090000")
        raise BadRule(message.format(name=name, value=shown(value))) from None
    if not value.endswith("Z"):
        return wall
    if zone is None:
        message = _("{name}: leave out the Z, times are those of the schedule's own time zone")
        raise BadRule(message.format(name=name))
    return wall.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _parts(rule: str, start: datetime, zone: ZoneInfo | None) -> dict[str, str]:
    """The parts of an RRULE that say which dates, each checked."""
    given: dict[str, str] = {}
    for part in rule.strip(";").split(";"):
        name, _equals, value = part.partition("=")
        if name not in _PARTS:
            message = _("RRULE: there is no part '{name}'{hint}")
            raise BadRule(message.format(name=shown(name), hint=guess(name, _PARTS)))
        if name in given:
            raise BadRule(_("RRULE: {name} stands there twice").format(name=name))
        given[name] = value
    if given.get("FREQ") in _TOO_OFTEN:
        raise BadRule(_("this rule gives more than one occurrence a day, begin it with FREQ=DAILY"))
    if "COUNT" in given and "UNTIL" in given:
        raise BadRule(_("RRULE: COUNT and UNTIL cannot both be given"))
    if given.get("FREQ") not in _FREQUENCIES:
        raise BadRule(_("RRULE: FREQ must be one of {names}").format(names=", ".join(_FREQUENCIES)))
    _check_fit(given)
    return {name: kept for name, value in given.items() if (kept := _part(name, value, start, zone))}


def _check_fit(given: dict[str, str]) -> None:
    """Parts that RFC 5545 does not allow together; dateutil takes them, and fails on some of them years later."""
    frequency = given["FREQ"]
    for name, fitting in _ONLY_WITH.items():
        if name in given and frequency not in fitting:
            raise BadRule(_("RRULE: {name} does not go with FREQ={frequency}").format(name=name, frequency=frequency))
    if re.search(r"\d", given.get("BYDAY", "")):
        if frequency not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in given:
            raise BadRule(_("RRULE: numbered days such as 2TU go with FREQ=MONTHLY, or YEARLY without BYWEEKNO"))
        highest = max(int(number) for number in re.findall(r"\d+", given["BYDAY"]))
        limit = 5 if frequency == "MONTHLY" or "BYMONTH" in given else 53
        if highest > limit:
            raise BadRule(_("RRULE: a weekday is numbered {limit} at most here").format(limit=limit))
    if "BYSETPOS" in given and not any(name.startswith("BY") for name in given if name != "BYSETPOS"):
        raise BadRule(_("RRULE: BYSETPOS chooses among days that another BY… part names, add that part"))


def _part(name: str, value: str, start: datetime, zone: ZoneInfo | None) -> str:
    """A part of the RRULE as it is kept; "" where it says nothing of dates."""
    values = value.split(",")
    if name == "UNTIL":
        until = _instant(value, name, zone or UTC)
        # An occurrence later in the day than UNTIL says is no longer in it.
        whole = "T" not in value or until.time() >= start.time()
        return f"{(until if whole else until - timedelta(days=1)):%Y%m%d}"
    if name in _BY_TIME:
        if len(set(values)) > 1:
            raise BadRule(_("this rule gives more than one occurrence a day, make an entry of each"))
        _number(name, value, 0, _BY_TIME[name])
        return ""
    if name in ("INTERVAL", "COUNT"):
        return str(_number(name, value, 1, 10_000))
    if name == "BYMONTH":
        return ",".join(str(_number(name, each, 1, 12)) for each in values)
    if name in _BY_NUMBER:
        limit = _BY_NUMBER[name]
        return ",".join(str(_number(name, each, -limit, limit)) for each in values)
    if name == "BYDAY" and not all(_BY_DAY.fullmatch(each) for each in values):
        raise BadRule(_("RRULE: '{value}' is no BYDAY, write days as MO,TU or 2TU").format(value=shown(value)))
    if name == "WKST" and value not in ("MO", "TU", "WE", "TH", "FR", "SA", "SU"):
        raise BadRule(_("RRULE: '{value}' is no WKST, write a day as MO").format(value=shown(value)))
    return value


def _number(name: str, value: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`; where it may be counted from the end (`low` negative), not zero."""
    if re.fullmatch("[+-]?[0-9]{1,6}", value) and low <= int(value) <= high and (low >= 0 or int(value)):
        return int(value)
    message = _("RRULE: {name}={value} is out of range, {low} to {high} is possible")
    raise BadRule(message.format(name=name, value=shown(value), low=low, high=high))


def _check_names_days(parts: dict[str, str], start: datetime) -> None:
    from dateutil.rrule import rrulestr

    # In search of a first occurrence dateutil goes on to the year 9999, whatever UNTIL says. The calendar repeats
    # every 400 years, weekdays included: so let it begin in the last of them, with more than _REACH to go.
    shift = (9980 - start.year) // 400 * 400
    begin = start.replace(year=start.year + shift)
    moved = dict(parts)
    if "UNTIL" in moved:
        moved["UNTIL"] = f"{min(int(moved['UNTIL'][:4]) + shift, 9999)}{moved['UNTIL'][4:]}"
    rule = ";".join(f"{name}={value}" for name, value in moved.items())
    try:
        first = next(iter(rrulestr(f"DTSTART:{begin:%Y%m%d}\nRRULE:{rule}")), None)
    except (ValueError, TypeError, OverflowError, IndexError):
        raise BadRule(_("this is no rule of RFC 5545, look for a part that does not go with FREQ")) from None
    if first is None or first - begin > _REACH:
        raise BadRule(_("this rule names no day at all, look at DTSTART, UNTIL and the BY… parts"))
