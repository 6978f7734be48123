"""Due dates as an iCalendar (RFC 5545), by icalendar, which is installed on request (`csconsole[ics]`).

What a date is called in it never changes, so that a calendar program that reads a newer file moves what moved and does
not show it twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from csconsole import __version__, wording
from csconsole.core.course import morning
from csconsole.core.deadline import Deadline
from csconsole.core.errors import UserError
from csconsole.core.schedule import Schedule
from csconsole.i18n import _, language

try:
    from icalendar import Alarm, Calendar, Event
except ModuleNotFoundError as error:
    if error.name != "icalendar":
        raise
    raise UserError(_("a calendar file needs icalendar: install csconsole[ics]")) from error


def render_ics(deadlines: Iterable[Deadline], schedule: Schedule, now: datetime) -> bytes:
    """An event a date, at the instant it is due in the schedule's zone, with an alarm on the morning from which it is
    announced. What may still change is tentative; why a date moved stands in its description. `now` (aware) is when
    the file was made."""
    calendar = Calendar()
    calendar.add("prodid", f"-//csconsole//csconsole {__version__}//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Due dates"))
    for deadline in deadlines:
        calendar.add_component(_event(deadline, schedule, now))
    calendar.add_missing_timezones()
    data: bytes = calendar.to_ical()
    return data


def _event(deadline: Deadline, schedule: Schedule, now: datetime) -> Event:
    title = deadline.title.to(language())
    event = Event()
    event.add("uid", f"{deadline.key}.csconsole")
    event.add("dtstamp", now)
    event.add("dtstart", deadline.due.astimezone(schedule.zone))
    if deadline.until is not None and deadline.until > deadline.due:
        event.add("dtend", deadline.until.astimezone(schedule.zone))
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if deadline.provisional else "CONFIRMED")
    if why := wording.moved_reason(deadline.adjusted) or wording.provisional_note(deadline.adjusted):
        event.add("description", why)
    if deadline.notice is not None and (said := morning(schedule, deadline.notice)) < deadline.due:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", said - deadline.due)
        event.add_component(alarm)
    return event
