"""Where occurrences come from. A source is a function from a span of business days to the occurrences due on
them; the schedule is the first. Nothing downstream cares which source an occurrence came from.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from csconsole.core.businessday import ONE_DAY, day_start, instant
from csconsole.core.calendar import Adjusted, Calendar
from csconsole.core.recurrence import nominal_dates
from csconsole.core.schedule import Convention, Covers, Duty, Kind, Remind, Schedule, Text

# How far a convention may move a date: the longest run of days off known is China's nine days of spring 2025.
FARTHEST_MOVE = timedelta(days=31)

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Occurrence(Struct, frozen=True):
    """A duty on one nominal date; `key` is its identity everywhere.

    `day` is the business date it is due on. `due` is later than `planned` where another item holds reminders.
    `expires_at` is the end of its day for what ends as missed, None for what stays overdue until answered.
    `notice` is the business date from which it is announced. `aliases` are keys it had under its duty's earlier ids.
    What `presses` is spoken of until it is over, day after day; what is `critical` comes through what keeps reminders
    back, and others are told of it as soon as it is due. Of what comes up at `since`, nothing is said that would
    have been said by then. Instants are aware UTC.
    """

    key: str
    duty: str
    kind: Kind
    title: Text
    category: str
    nominal: date
    day: date
    planned: datetime
    due: datetime
    grace: timedelta
    adjusted: Adjusted
    expires_at: datetime | None = None
    until: datetime | None = None
    deadline: bool = False
    shops: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    steps: tuple[Text, ...] = ()
    link: str | None = None
    remind: Remind = field(default_factory=Remind)
    notice: date | None = None
    hold_reminders: bool = False
    aliases: tuple[str, ...] = ()
    presses: bool = False
    critical: bool = False
    since: datetime | None = None


Source = Callable[[date, date, bool, Container[str] | None], Iterable[Occurrence]]
"""`source(first, last, daily, over)`: what is due from `first` to `last`, ends included, in the order of the day;
without `daily`, only what does not come every day: that alone can move, be announced or be carried over. With `over`,
only what lasts beyond its day, but for what has one of these keys: that may be years, of which hardly anything is left.
"""


def key_of(duty: str, nominal: date) -> str:
    return f"{duty}@{nominal.isoformat()}"


def schedule_source(schedule: Schedule, calendar: Calendar) -> Source:
    """The occurrences of a schedule's duties by a calendar."""

    def source(first: date, last: date, daily: bool = True, over: Container[str] | None = None) -> list[Occurrence]:
        if over is not None:
            return lasting(first, last, over)
        found = [
            occurrence
            for duty in schedule.duties.values()
            # What comes every day may hold reminders of what does not.
            if daily or duty.kind is not Kind.DAILY or duty.hold_reminders
            for occurrence in _occurrences(schedule, calendar, duty, first, last)
        ]
        # A stable sort: what is planned for one instant stays in the order of the schedule.
        found.sort(key=lambda occurrence: occurrence.planned)
        held = _held(found, [occurrence for occurrence in found if occurrence.hold_reminders])
        return held if daily else [occurrence for occurrence in held if occurrence.kind is not Kind.DAILY]

    def lasting(first: date, last: date, over: Container[str]) -> list[Occurrence]:
        left = [
            occurrence
            for duty in schedule.duties.values()
            if duty.lasts
            for occurrence in _occurrences(schedule, calendar, duty, first, last, over)
        ]
        left.sort(key=lambda occurrence: occurrence.planned)
        holding = [duty for duty in schedule.duties.values() if duty.hold_reminders]
        found: list[Occurrence] = []
        for day, on_it in groupby(left, key=lambda occurrence: occurrence.day):
            holds = [each for duty in holding for each in _occurrences(schedule, calendar, duty, day, day)]
            found += _held(list(on_it), holds)
        return found

    return source


def _occurrences(
    schedule: Schedule, calendar: Calendar, duty: Duty, first: date, last: date, over: Container[str] = ()
) -> Iterable[Occurrence]:
    reach = timedelta() if duty.convention is Convention.UNADJUSTED else FARTHEST_MOVE
    for nominal in nominal_dates(duty.rule, first - reach, last + reach):
        if over and key_of(duty.id, nominal) in over:
            continue
        adjusted = calendar.adjust(nominal, duty.convention)
        day = adjusted.due.date
        if first <= day <= last and not (duty.workdays_only and not calendar.is_working(day)):
            yield _occurrence(schedule, calendar, duty, adjusted)


def _occurrence(schedule: Schedule, calendar: Calendar, duty: Duty, adjusted: Adjusted) -> Occurrence:
    nominal, day = adjusted.nominal.date, adjusted.due.date
    planned = instant(schedule, day, _time_on(duty, day))
    return Occurrence(
        key=key_of(duty.id, nominal),
        duty=duty.id,
        kind=duty.kind,
        title=_title(duty, nominal),
        category=duty.category,
        nominal=nominal,
        day=day,
        planned=planned,
        due=planned,
        grace=duty.grace,
        adjusted=adjusted,
        expires_at=day_start(schedule, day + ONE_DAY) if duty.expires else None,
        until=instant(schedule, day, duty.until) if duty.until else None,
        deadline=duty.deadline,
        shops=duty.shops,
        read=duty.read,
        steps=duty.steps,
        link=duty.link,
        remind=duty.remind,
        notice=None if duty.notice is None else calendar.workdays_before(day, duty.notice),
        hold_reminders=duty.hold_reminders,
    )


def _time_on(duty: Duty, day: date) -> time:
    return duty.at_on.get(day.weekday(), duty.at)


def _title(duty: Duty, nominal: date) -> Text:
    """The title, naming the month it covers: where the owner put `{month}`, else in front."""
    if duty.covers is None:
        return duty.title
    month = nominal.month if duty.covers is Covers.OWN_MONTH else (nominal.replace(day=1) - ONE_DAY).month
    zh, en = (text if "{month}" in text else "{month} · " + text for text in (duty.title.zh, duty.title.en))
    return Text(zh.replace("{month}", f"{month}月"), en.replace("{month}", _MONTHS[month - 1]))


def _held(occurrences: list[Occurrence], holding: list[Occurrence]) -> list[Occurrence]:
    """Move what falls inside an item that holds reminders to that item's end (DESIGN.md §1, "Lateness")."""
    spans: dict[date, list[tuple[str, datetime, datetime]]] = {}  # each lies within its business day
    for held in holding:
        if held.until:
            spans.setdefault(held.day, []).append((held.key, held.planned, held.until))
    return [
        _after_holds(occurrence, spans[occurrence.day]) if occurrence.day in spans else occurrence
        for occurrence in occurrences
    ]


def _after_holds(occurrence: Occurrence, spans: list[tuple[str, datetime, datetime]]) -> Occurrence:
    due = occurrence.due
    # One hold may end inside the next; each pass either moves `due` to a later end or stops.
    while ends := [end for key, start, end in spans if key != occurrence.key and start <= due < end]:
        due = max(ends)
    return occurrence if due == occurrence.due else replace(occurrence, due=due)
