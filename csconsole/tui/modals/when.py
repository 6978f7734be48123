"""Times as a person types them: `15:30`, `+30m`, `@Li 17:00`; full-width forms count."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from csconsole.core.businessday import ONE_DAY, wall_instant
from csconsole.core.errors import UserError
from csconsole.core.schedule import Schedule
from csconsole.core.text import clean, halfwidth
from csconsole.i18n import _

_CLOCK = re.compile(r"(\d{1,2}):?(\d{2})")
_SPAN = re.compile(r"\+?(?:(\d{1,2})d)?(?:(\d{1,3})h)?(?:(\d{1,3})m?)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})-(\d{1,2})")
DELEGATED_FOR = timedelta(hours=1)
"""How long a colleague has where no time is given."""


def read_when(text: str, schedule: Schedule, now: datetime) -> datetime | None:
    """The instant (UTC) that `15:30` or `1530` (the next time the clock shows it), `+1d`, `+1h30m` or `20` (minutes)
    names; None for anything else."""
    typed = halfwidth(text).strip()
    if (found := _CLOCK.fullmatch(typed)) and len(typed) > 3:
        hour, minute = map(int, found.groups())
        if hour > 23 or minute > 59:
            return None
        today = now.astimezone(schedule.zone).date()
        at = wall_instant(schedule, today, time(hour, minute))
        return at if at > now else wall_instant(schedule, today + ONE_DAY, time(hour, minute))
    found = _SPAN.fullmatch(typed)
    if not found or not any(found.groups()):
        return None
    days, hours, minutes = (int(number or 0) for number in found.groups())
    return now + timedelta(days=days, hours=hours, minutes=minutes)


def read_time(text: str, schedule: Schedule, now: datetime) -> datetime:
    """The instant (UTC) that a person names. Raises `UserError` where it is none."""
    until = read_when(text, schedule, now)
    if until is None:
        raise UserError(_("not a time: {text}; write 15:30 or +30m").format(text=text))
    return until


def read_delegation(text: str, schedule: Schedule, now: datetime) -> tuple[str, datetime]:
    """Whom and until when `@Li 17:00` names. Raises `UserError` where it names nobody."""
    words = clean(text).split()
    until = None
    if len(words) > 1:
        until = read_when(words[-1], schedule, now)
    name = " ".join(words[:-1] if until else words)
    name = name[1:] if halfwidth(name[:1]) == "@" else name
    if not name.strip() or read_when(name, schedule, now):
        raise UserError(_("say to whom, as in @Li 17:00"))
    return name.strip(), until or now + DELEGATED_FOR


def read_limit(text: str, schedule: Schedule, now: datetime) -> tuple[datetime | None, str]:
    """Until when, and why, as in `18:00 carrier is late`, `11-25 18:00 …`, `+2d …`; `-` and why for no limit. Raises
    `UserError` where one of the two is missing."""
    first, _space, rest = clean(text).strip().partition(" ")
    if halfwidth(first) == "-":
        until = None
    elif day := _DATE.fullmatch(halfwidth(first)):
        clock, _space, rest = rest.strip().partition(" ")
        until = _at(int(day[1]), int(day[2]), clock, schedule, now)
    else:
        until = read_time(first, schedule, now)
    if not rest.strip():
        raise UserError(_("say why the limit is moved"))
    return until, rest.strip()


def _at(month: int, day: int, clock: str, schedule: Schedule, now: datetime) -> datetime:
    """The next time the calendar shows this date, at the time that `clock` names."""
    shown = _CLOCK.fullmatch(halfwidth(clock))
    local = now.astimezone(schedule.zone)
    try:
        if shown is None:
            raise ValueError
        at_time = time(int(shown[1]), int(shown[2]))
        year = local.year + (local.date().replace(month=month, day=day) < local.date())
        return wall_instant(schedule, local.date().replace(year=year, month=month, day=day), at_time)
    except ValueError:
        raise UserError(
            _("not a time: {text}; write 15:30 or +30m").format(text=f"{month}-{day} {clock}".strip())
        ) from None


def read_promise(text: str, schedule: Schedule, now: datetime) -> tuple[str, str, datetime | None]:
    """What was promised, to whom ("" where nobody is named), and by when, as in `a call back @Wang 18:00`. Raises
    `UserError` where nothing was promised."""
    words = clean(text).split()
    by = read_when(words[-1], schedule, now) if len(words) > 1 and not words[-1].isdecimal() else None
    if by is not None:
        del words[-1]
    named = [word for word in words if len(word) > 1 and halfwidth(word[0]) == "@"]
    what = " ".join(word for word in words if word not in named)
    if not what:
        raise UserError(_("say what was promised"))
    return what, named[0][1:] if named else "", by
