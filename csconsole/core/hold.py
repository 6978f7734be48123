"""What keeps reminders back for a while: an item that holds them, lunch, an absence, quiet hours. What is reached
meanwhile comes as one when it ends; those that touch or overlap are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from csconsole.core.agenda import Item
from csconsole.core.answer import Status
from csconsole.core.businessday import ONE_DAY, wall_instant
from csconsole.core.facts import Away
from csconsole.core.schedule import Hours, Schedule


class HoldKind(StrEnum):
    MEETING = "meeting"  # an item that holds reminders
    LUNCH = "lunch"
    AWAY = "away"
    QUIET = "quiet"


EVERY_KIND = frozenset(HoldKind)


class Span(Struct, frozen=True):
    """From `start` to `end`, which is no longer part of it (UTC)."""

    start: datetime
    end: datetime
    kind: HoldKind


class Hold(Struct, frozen=True):
    """Reminders are kept back from `start` to `end` (UTC): by `span` now, by others before and after it that touch.
    What was reached by `before` is not. `quiet`: by quiet hours alone."""

    start: datetime
    end: datetime
    before: datetime
    span: Span
    quiet: bool


def hold_at(
    now: datetime, schedule: Schedule, items: Iterable[Item], away: Away | None, kinds: Set[HoldKind] = EVERY_KIND
) -> Hold | None:
    """What keeps reminders back at `now`, of these kinds; None where nothing does."""
    spans = [span for span in _spans(now, schedule, items, away) if span.kind in kinds]
    running = [span for span in spans if span.start <= now < span.end]
    if not running:
        return None
    joined = running
    while True:
        start, end = min(span.start for span in joined), max(span.end for span in joined)
        touching = [span for span in spans if span.start <= end and span.end >= start]
        if len(touching) == len(joined):
            break
        joined = touching
    # A meeting is itself reminded of when it begins, and whoever goes away is there until then.
    there = any(span.start == start and span.kind in (HoldKind.MEETING, HoldKind.AWAY) for span in joined)
    return Hold(
        start,
        end,
        before=start if there else start - timedelta.resolution,
        span=max(running, key=lambda span: span.end),
        quiet=all(span.kind is HoldKind.QUIET for span in joined),
    )


def _spans(now: datetime, schedule: Schedule, items: Iterable[Item], away: Away | None) -> Iterator[Span]:
    for item in items:
        found = item.occurrence
        # One that was skipped holds nothing.
        if found.hold_reminders and found.until and item.status is not Status.SKIPPED:
            yield Span(found.planned, found.until, HoldKind.MEETING)
    if away is not None and away.since < away.until:
        yield Span(away.since, away.until, HoldKind.AWAY)
    yield from _daily(schedule, schedule.lunch, HoldKind.LUNCH, now)
    yield from _daily(schedule, schedule.quiet, HoldKind.QUIET, now)


def _daily(schedule: Schedule, hours: Hours | None, kind: HoldKind, around: datetime) -> Iterator[Span]:
    """These hours on the day before, the day and the day after `around`, by the calendar."""
    if hours is None:
        return
    today = around.astimezone(schedule.zone).date()
    for day in (today - ONE_DAY, today, today + ONE_DAY):
        ends_on = day if hours.end > hours.start else day + ONE_DAY
        start, end = wall_instant(schedule, day, hours.start), wall_instant(schedule, ends_on, hours.end)
        if start < end:  # summer time can leave out all of them
            yield Span(start, end, kind)


# -- quiet hours alone -----------------------------------------------------------------------------------------


def quiet_at(schedule: Schedule, instant: datetime) -> Span | None:
    """The quiet hours that `instant` lies in; None where it does not."""
    return next((span for span in _quiet(schedule, instant) if span.start <= instant < span.end), None)


def is_quiet(schedule: Schedule, instant: datetime) -> bool:
    return quiet_at(schedule, instant) is not None


def last_spoken(schedule: Schedule, end: datetime) -> datetime:
    """Up to which instant something can still be said before `end`: that is `end` itself, or where quiet hours come
    before it, their beginning."""
    return next((span.start for span in _quiet(schedule, end) if span.start < end <= span.end), end)


def next_quiet(schedule: Schedule, instant: datetime) -> datetime | None:
    """When quiet hours next begin, at `instant` or after it; None where there are none."""
    return next((span.start for span in _quiet(schedule, instant) if span.start >= instant), None)


def _quiet(schedule: Schedule, around: datetime) -> Iterator[Span]:
    return _daily(schedule, schedule.quiet, HoldKind.QUIET, around)
