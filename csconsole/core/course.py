"""The course of one item: the stages at which it is spoken of, each reached at an instant.

What expires with its day speaks ahead of its time, when it is due, every `repeat`, when its grace is over, and a last
time before its day ends. What stays owed until answered speaks on the day of its notice as well, before its deadline
passes, in the morning of the day it is due and of each day after, and at no time between the night after it was due
and that morning: nobody is to be nagged at night about a month's report. What presses, as an incident's limit does,
speaks ahead, when it is due, every `repeat` for an hour, and then every hour for as long as it lasts.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from csconsole.core.agenda import Item
from csconsole.core.book import Book
from csconsole.core.businessday import ONE_DAY, business_date, day_start, wall_instant
from csconsole.core.facts import Snooze
from csconsole.core.hold import is_quiet, last_spoken, next_quiet
from csconsole.core.occurrence import Occurrence
from csconsole.core.schedule import Schedule

MORNING = time(9)
"""When the morning's reminders go out, in the schedule's zone; with the business day where that starts later."""


class Stage(StrEnum):
    """Why a reminder goes out. Of two reached at one instant, the later in this list counts."""

    NOTICE = "notice"  # the morning of the day from which a deadline is announced
    MORNING = "morning"  # the morning of the due date, and of each day after it
    AHEAD = "ahead"
    DUE = "due"
    REPEAT = "repeat"
    OVERDUE = "overdue"  # grace is over
    LAST_CALL = "last_call"  # its deadline passes soon, or its day ends
    WORKING = "working"  # started a while ago, and still not answered
    BACK = "back"  # the colleague it was delegated to was to have it done by now
    SNOOZE = "snooze"
    ESCALATE = "escalate"  # told to others: `escalate` plans it, `plan` never does

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {stage: rank for rank, stage in enumerate(Stage)}

ASKED_FOR = frozenset({Stage.BACK, Stage.SNOOZE})
"""What a person asked for by the clock."""

AN_HOUR = timedelta(hours=1)
"""For so long what presses is spoken of every `repeat`, and then as seldom, where `repeat` is not longer."""

Step = tuple[datetime, Stage]


def around(
    item: Item, snooze: Snooze | None, at: datetime, schedule: Schedule, without: Set[Stage] = frozenset()
) -> tuple[Step | None, datetime | None]:
    """The stage that `item` reached last by `at`, and the instant of its next one, of all but those left out."""
    occurrence = item.occurrence
    peace = rest(item, snooze)
    if peace is None or (occurrence.since is not None and peace[0] <= occurrence.since):
        steps = list(_course(occurrence, at, schedule))
    else:
        until, stage = peace
        steps = [step for step in _course(occurrence, max(at, until), schedule) if step[0] > until]
        # A start long before its time needs no asking whether it is still being worked on.
        if stage is not Stage.WORKING or until >= item.due:
            steps.append(peace)
    if occurrence.expires_at is not None:
        steps = [step for step in steps if step[0] < occurrence.expires_at]
    if without:
        steps = [step for step in steps if step[1] not in without]
    if occurrence.since is not None:
        steps = [step for step in steps if step[0] > occurrence.since]
    reached = max((step for step in steps if step[0] <= at), key=step_order, default=None)
    return reached, min((planned for planned, _stage in steps if planned > at), default=None)


def rest(item: Item, snooze: Snooze | None) -> Step | None:
    """Until when an item is left in peace, and the stage that ends it. A delegation without an hour gives none."""
    rests: list[Step] = []
    answer = item.answer
    if snooze is not None:
        rests.append((snooze.until, Stage.SNOOZE))
    if answer.delegated_until is not None:
        rests.append((answer.delegated_until, Stage.BACK))
    elif answer.resumed_at is not None:
        rests.append((answer.resumed_at + item.occurrence.remind.in_progress, Stage.WORKING))
    return max(rests, key=step_order, default=None)


def first_word(occurrence: Occurrence, schedule: Schedule) -> datetime:
    """When something is first said of `occurrence`, its notice left aside."""
    lead = occurrence.remind.lead or timedelta()
    return min((occurrence.due - lead, *_last_calls(occurrence, schedule)))


def spoken_of(book: Book, day: date) -> tuple[Occurrence, ...]:
    """What is owed after `day`, and is announced or otherwise spoken of before that day ends."""
    schedule = book.schedule
    ends = day_start(schedule, day + ONE_DAY)
    announced = {occurrence.key for occurrence in book.announced(day)}
    return tuple(
        occurrence
        for occurrence in book.ahead(day)
        if occurrence.key in announced or first_word(occurrence, schedule) < ends
    )


def step_order(step: Step) -> tuple[datetime, int]:
    """Of several steps, the greatest is the one reached last."""
    return step[0], step[1].rank


def _course(occurrence: Occurrence, at: datetime, schedule: Schedule) -> Iterator[Step]:
    """The stages of `occurrence`, in no order. Of those that recur, the ones around `at`."""
    due, day, remind = occurrence.due, occurrence.day, occurrence.remind
    if remind.silent:
        return
    if occurrence.presses:
        yield from _pressing(occurrence, at, schedule)
        return
    if occurrence.notice is not None and occurrence.notice < day:
        yield morning(schedule, occurrence.notice), Stage.NOTICE
    if remind.lead is not None:
        yield due - remind.lead, Stage.AHEAD
    yield due, Stage.DUE
    for planned in _last_calls(occurrence, schedule):
        yield planned, Stage.LAST_CALL

    lasts = occurrence.expires_at is None
    night = occurrence.expires_at or _night(occurrence, schedule)
    overdue = due + occurrence.grace
    if overdue < night or (lasts and not _at_night(schedule, overdue)):
        yield overdue, Stage.OVERDUE
    if remind.repeat:
        yield from _repeats(due, remind.repeat, min(at, night), night)
    if lasts:
        if (early := morning(schedule, day)) < due - (remind.lead or timedelta()):
            yield early, Stage.MORNING
        today = business_date(schedule, at)
        for later in (today - ONE_DAY, today, today + ONE_DAY):
            if later > day:
                yield morning(schedule, later), Stage.MORNING


def _pressing(occurrence: Occurrence, at: datetime, schedule: Schedule) -> Iterator[Step]:
    """Where its limit falls in quiet hours, it is said to be nearing as long before these begin."""
    due, remind = occurrence.due, occurrence.remind
    if remind.lead is not None:
        yield last_spoken(schedule, due) - remind.lead, Stage.AHEAD
    yield due, Stage.DUE
    if remind.repeat:
        yield from _repeats(due, remind.repeat, min(at, due + AN_HOUR), due + AN_HOUR)
        yield from _repeats(due, max(remind.repeat, AN_HOUR), at)


def _repeats(due: datetime, every: timedelta, at: datetime, end: datetime | None = None) -> Iterator[Step]:
    """The repetitions around `at`, before `end`."""
    last = (at - due) // every
    for number in range(max(last - 1, 1), max(last, 0) + 2):
        if end is None or due + number * every < end:
            yield due + number * every, Stage.REPEAT


def _last_calls(occurrence: Occurrence, schedule: Schedule) -> Iterator[datetime]:
    """As long as set before a deadline passes, and before what expires does; where that falls in quiet hours, before
    these begin."""
    call, due = occurrence.remind.last_call, occurrence.due
    if call is None:
        return
    if occurrence.deadline:
        yield last_spoken(schedule, due) - call
    if occurrence.expires_at is not None:
        end = last_spoken(schedule, occurrence.expires_at)
        # Where it is due after that, and can then be said to be, nothing need be called before.
        if end - call > due or end <= due:
            yield end - call


def _night(occurrence: Occurrence, schedule: Schedule) -> datetime:
    """When the day on which it was due is over for what lasts: at midnight, or with the quiet hours."""
    local = occurrence.due.astimezone(schedule.zone).date()
    ends = (
        day_start(schedule, occurrence.day + ONE_DAY),
        wall_instant(schedule, local + ONE_DAY, time()),
        next_quiet(schedule, occurrence.due),
    )
    return min(end for end in ends if end is not None)


# -- mornings and nights ---------------------------------------------------------------------------------------


def morning(schedule: Schedule, day: date) -> datetime:
    """When the morning's reminders of `day` go out."""
    return wall_instant(schedule, day, _morning_hour(schedule))


def before_morning(schedule: Schedule, instant: datetime) -> bool:
    return instant.astimezone(schedule.zone).time() < _morning_hour(schedule)


def _at_night(schedule: Schedule, instant: datetime) -> bool:
    return before_morning(schedule, instant) or is_quiet(schedule, instant)


def _morning_hour(schedule: Schedule) -> time:
    return max(MORNING, schedule.day_starts_at)
