"""What a reminder says, in the language in use and as plain text: titles are the owner's and never markup."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from csconsole import wording
from csconsole.core.reminder import Digest, Reminder, Stage
from csconsole.core.text import clean
from csconsole.i18n import _, language, ngettext
from csconsole.reminders.channels import Message

_LINES = 8
_TITLE = 200


def message(digest: Digest, zone: tzinfo) -> Message:
    """`digest` for a channel outside the console: its one item, or a heading with a line for each, eight at most."""
    if len(digest.reminders) == 1:
        reminder = digest.reminders[0]
        return Message(_title(reminder), f"{when(reminder, digest.at, zone)} · {reason(reminder, digest.at, zone)}")
    return Message(heading(digest), _listed(digest, zone))


def escalation(digest: Digest, zone: tzinfo) -> Message:
    """`digest` for those who are told what nobody answers: how many, and a line for each, eight at most."""
    count = len(digest.reminders)
    title = ngettext("csconsole: {count} overdue, not answered", "csconsole: {count} overdue, not answered", count)
    return Message(title.format(count=count), _listed(digest, zone))


def trial() -> Message:
    """What is sent to see whether a channel works."""
    return Message(_("csconsole: a test"), _("It works: reminders come this way."))


def heading(digest: Digest) -> str:
    """How many there are: "3 came due meanwhile", or "2 items to look at"."""
    if digest.meanwhile and not digest.fresh:
        count = len(digest.meanwhile)
        return ngettext("{count} came due meanwhile", "{count} came due meanwhile", count).format(count=count)
    count = len(digest.reminders)
    return ngettext("{count} item to look at", "{count} items to look at", count).format(count=count)


def line(reminder: Reminder, now: datetime, zone: tzinfo) -> str:
    """A reminder in one line: "09:30 Press on with refunds · due for 12 min"."""
    return f"{when(reminder, now, zone)} {_title(reminder)} · {reason(reminder, now, zone)}"


def when(reminder: Reminder, now: datetime, zone: tzinfo) -> str:
    """When its item is due in `zone`: the time of day, with the date where that is not today's."""
    due = reminder.item.due
    today = due.astimezone(zone).date() == now.astimezone(zone).date()
    return wording.clock_time(due, zone) if today else wording.date_time(due, zone)


def reason(reminder: Reminder, now: datetime, zone: tzinfo) -> str:
    """Why it speaks up, as things stand at `now`."""
    item, answer = reminder.item, reminder.item.answer
    if reminder.stage is Stage.BACK:
        return _("back from {name}?").format(name=clean(answer.delegated_to or "", limit=_TITLE))
    if reminder.stage is Stage.WORKING and answer.started_at is not None:
        return _("in progress since {time}").format(time=wording.clock_time(answer.started_at, zone))
    wait = item.due - now
    if reminder.stage is Stage.LAST_CALL:
        ends = None if item.occurrence.deadline and wait > timedelta() else item.occurrence.expires_at
        return _("last call, until {time}").format(time=wording.clock_time(ends or item.due, zone))
    if wait > timedelta():
        days = (item.due.astimezone(zone).date() - now.astimezone(zone).date()).days
        return _("due {when}").format(when=wording.days_ahead(days) if days else wording.ahead(wait))
    if -wait > item.occurrence.grace:
        return _("overdue, {span}").format(span=wording.due_for(-wait))
    return wording.due_for(-wait) if -wait >= timedelta(minutes=1) else _("due now")


def _listed(digest: Digest, zone: tzinfo) -> str:
    lines = [line(reminder, digest.at, zone) for reminder in digest.reminders]
    if len(lines) > _LINES:
        more = len(lines) - _LINES + 1
        lines[_LINES - 1 :] = [ngettext("and {count} more", "and {count} more", more).format(count=more)]
    return "\n".join(lines)


def _title(reminder: Reminder) -> str:
    return clean(reminder.item.title.to(language()), limit=_TITLE)
