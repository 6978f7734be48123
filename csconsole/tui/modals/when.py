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
_SPAN = re.compile(r"\+?(?:(\d{1,3})h)?(?:(\d{1,3})m?)?", re.IGNORECASE)
DELEGATED_FOR = timedelta(hours=1)
"""How long a colleague has where no time is given."""


def read_when(text: str, schedule: Schedule, now: datetime) -> datetime | None:
    """The instant (UTC) that `15:30` or `1530` (the next time the clock shows it), `+1h30m` or `20` (minutes) names;
    None for anything else."""
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
    return now + timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))


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
