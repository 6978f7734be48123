"""Words that desk, reports and both front ends share: days, dates, spans of time, how things stand, and why a
deadline moved. All follow the language in use (`csconsole.i18n`), looked up at each call.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo

from csconsole.core.answer import Status
from csconsole.core.calendar import Adjusted, Day, DayType
from csconsole.core.incident import IncidentStatus, Severity
from csconsole.core.schedule import Convention, Kind, Language
from csconsole.i18n import N_, _, language, ngettext, pgettext, speaking

_WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
_SHORT_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July")),
    *(N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
_ORDINALS = {0: N_("{day}th"), 1: N_("{day}st"), 2: N_("{day}nd"), 3: N_("{day}rd")}

_DAY_TYPES: Mapping[DayType, str] = {
    DayType.WORKDAY: N_("workday"),
    DayType.WEEKEND: N_("weekend"),
    DayType.HOLIDAY: N_("holiday"),
    DayType.MAKEUP_WORKDAY: N_("make-up workday"),
}

# One cell each, told apart without colour (DESIGN.md §5.6).
_STATUSES: Mapping[Status, tuple[str, str]] = {
    Status.UPCOMING: ("·", N_("upcoming")),
    Status.DUE: ("●", N_("due")),
    Status.IN_PROGRESS: ("◐", N_("in progress")),
    Status.DELEGATED: ("→", N_("delegated")),
    Status.OVERDUE: ("▲", N_("overdue")),
    Status.DONE: ("✓", N_("done")),
    Status.ISSUE: ("!", N_("issue found")),
    Status.SKIPPED: ("–", N_("skipped")),
    Status.MISSED: ("✗", N_("missed")),
}

_CONVENTIONS: Mapping[Convention, str] = {
    Convention.FOLLOWING: N_("following"),
    Convention.PRECEDING: N_("preceding"),
    Convention.MODIFIED_FOLLOWING: N_("following, within the month"),
    Convention.MODIFIED_PRECEDING: N_("preceding, within the month"),
    Convention.NEAREST: N_("nearest"),
    Convention.UNADJUSTED: N_("unadjusted"),
}

_KINDS: Mapping[Kind, str] = {
    Kind.DAILY: N_("daily"),
    Kind.WEEKLY: N_("weekly"),
    Kind.MONTHLY: N_("monthly"),
    Kind.DATED: N_("on set dates"),
    Kind.RRULE: N_("by its own rule"),
}

_SEVERITIES: Mapping[Severity, tuple[str, str]] = {
    Severity.LOW: ("", N_("low")),
    Severity.NORMAL: ("", N_("normal")),
    Severity.HIGH: ("!", N_("high")),
    Severity.CRITICAL: ("!!", N_("critical")),
}

_INCIDENT_STATUSES: Mapping[IncidentStatus, str] = {
    IncidentStatus.OPEN: N_("open"),
    IncidentStatus.WAITING: N_("waiting"),
    IncidentStatus.RESOLVED: N_("resolved"),
}


# -- words for the vocabulary ---------------------------------------------------------------------------------


def status(status: Status) -> str:
    return _(_STATUSES[status][1])


def status_glyph(status: Status) -> str:
    """The status in one cell."""
    return _STATUSES[status][0]


def day_type(type: DayType) -> str:
    return _(_DAY_TYPES[type])


def day_kind(day: Day) -> str:
    """What a date is: the holiday's name, or else its type."""
    return day.name.to(language()) if day.type is DayType.HOLIDAY and day.name else day_type(day.type)


def convention(convention: Convention) -> str:
    return _(_CONVENTIONS[convention])


def kind(kind: Kind) -> str:
    return _(_KINDS[kind])


def severity(severity: Severity) -> str:
    return _(_SEVERITIES[severity][1])


def severity_mark(severity: Severity) -> str:
    """The severity as the one-line log takes it: nothing, `!` or `!!`."""
    return _SEVERITIES[severity][0]


def incident_status(status: IncidentStatus) -> str:
    return _(_INCIDENT_STATUSES[status])


# -- dates and times of day -----------------------------------------------------------------------------------


def weekday(day: date) -> str:
    return _(_WEEKDAYS[day.weekday()])


def short_weekday(day: date) -> str:
    return _(_SHORT_WEEKDAYS[day.weekday()])


def month(month: int) -> str:
    """The month's name, January being 1."""
    return _(_MONTHS[month - 1])


def date_label(day: date) -> str:
    """A date near today: "Fri 11-27"."""
    return f"{short_weekday(day)} {day:%m-%d}"


def full_date(day: date) -> str:
    """Any date: "Fri 2026-11-27"."""
    return f"{short_weekday(day)} {day.isoformat()}"


def clock_time(instant: datetime, zone: tzinfo) -> str:
    """The time of day of an aware instant, as clocks in `zone` show it: "09:42"."""
    return f"{instant.astimezone(zone):%H:%M}"


def date_time(instant: datetime, zone: tzinfo) -> str:
    """Date and time of day of an aware instant in `zone`: "11-23 09:42"."""
    return f"{instant.astimezone(zone):%m-%d %H:%M}"


# -- spans of time --------------------------------------------------------------------------------------------


def span(length: timedelta) -> str:
    """A length of time in its two largest units, begun minutes left out: "12 min", "1h 20m", "2d 3h"."""
    minutes = int(length.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return (_("{days}d {hours}h") if hours else _("{days}d")).format(days=days, hours=hours)
    if hours:
        return (_("{hours}h {minutes}m") if rest else _("{hours}h")).format(hours=hours, minutes=rest)
    return _("{minutes} min").format(minutes=rest) if rest else _("<1 min")


def ahead(wait: timedelta) -> str:
    """How long until something: "in 8 min". A begun minute counts whole, as it does by the clock on the screen."""
    wait = _whole_minutes(wait)
    if wait <= timedelta():
        return _("now")
    if wait < timedelta(hours=1):
        return _("in {minutes} min").format(minutes=wait // timedelta(minutes=1))
    return _("in {span}").format(span=span(wait))


def days_ahead(days: int) -> str:
    """How many days until a date, negative where it is past: "today", "tomorrow", "in 4 days", "3 days ago"."""
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days < 0:
        return ngettext("{days} day ago", "{days} days ago", -days).format(days=-days)
    return ngettext("in {days} day", "in {days} days", days).format(days=days)


def left(left: timedelta) -> str:
    """The time left, or by how much it is over where that is negative: "1h 20m left", "35 min over"."""
    if left < timedelta():
        return _("{span} over").format(span=span(-left))
    return _("{span} left").format(span=span(_whole_minutes(left)))


def due_for(length: timedelta) -> str:
    """How long something has been due: "due for 12 min"."""
    return _("due for {span}").format(span=span(length))


def late(length: timedelta) -> str:
    """By how much something was late: "12 min late"."""
    return _("{span} late").format(span=span(length))


def _whole_minutes(length: timedelta) -> timedelta:
    return -(-length // timedelta(minutes=1)) * timedelta(minutes=1)


# -- why a deadline moved -------------------------------------------------------------------------------------


def moved_reason(adjusted: Adjusted, language: Language | None = None) -> str:
    """Why a date moved and where to, in `language` (None: the one in use); empty where it did not move.

    "the 10th is a Sunday; the working day before it is Saturday the 9th, a make-up workday"
    """
    if not adjusted.moved_days:
        return ""
    with speaking(language):
        reason = _sentence(adjusted).format(
            nominal=_ordinal(adjusted.nominal.date),
            what=_what(adjusted.nominal),
            due=_due(adjusted.nominal.date, adjusted.due),
        )
        year = _unannounced(adjusted)
        if year is None:
            return reason
        return _("{reason}; provisional, for the official calendar of {year} is not announced yet").format(
            reason=reason, year=year
        )


def provisional_note(adjusted: Adjusted) -> str:
    """Why a date may still change, whether it moved or not; empty where it is final."""
    year = _unannounced(adjusted)
    return (
        "" if year is None else _("provisional: the official calendar of {year} is not announced yet").format(year=year)
    )


def _unannounced(adjusted: Adjusted) -> int | None:
    days = (adjusted.nominal, *adjusted.passed, adjusted.due)
    return next((day.date.year for day in days if day.provisional), None)


def _sentence(adjusted: Adjusted) -> str:
    later = adjusted.moved_days > 0
    if adjusted.convention is Convention.NEAREST:
        return _("the {nominal} is {what}; the working day nearest to it is {due}")
    if adjusted.convention is Convention.MODIFIED_FOLLOWING and not later:
        return _(
            "the {nominal} is {what}, and the working day after it is in another month; the one before it is {due}"
        )
    if adjusted.convention is Convention.MODIFIED_PRECEDING and later:
        return _(
            "the {nominal} is {what}, and the working day before it is in another month; the one after it is {due}"
        )
    if later:
        return _("the {nominal} is {what}; the working day after it is {due}")
    return _("the {nominal} is {what}; the working day before it is {due}")


def _what(day: Day) -> str:
    if day.type is DayType.HOLIDAY:
        return day_kind(day)
    return _("a {weekday}").format(weekday=weekday(day.date))


def _due(nominal: date, due: Day) -> str:
    """The due date, with its month and year where they are not the nominal date's."""
    if due.date.year != nominal.year:
        where = _("{weekday} the {day} of {month} {year}")
    elif due.date.month != nominal.month:
        where = _("{weekday} the {day} of {month}")
    else:
        where = _("{weekday} the {day}")
    label = where.format(
        weekday=weekday(due.date), day=_ordinal(due.date), month=month(due.date.month), year=due.date.year
    )
    if due.type is DayType.MAKEUP_WORKDAY:
        return _("{date}, a make-up workday").format(date=label)
    return pgettext("an ordinary working day", "{date}").format(date=label)


def _ordinal(day: date) -> str:
    """The day of the month: "1st", "12th"."""
    last = 0 if 11 <= day.day <= 13 else day.day % 10
    return _(_ORDINALS.get(last, _ORDINALS[0])).format(day=day.day)
