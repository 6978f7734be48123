"""The limits of incidents as items to remind of: another source of occurrences, beside the schedule. They stand on no
agenda; what plans reminders, and what carries them, cannot tell them from checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from csconsole.core.agenda import Item, stand
from csconsole.core.businessday import business_date
from csconsole.core.calendar import Adjusted, Calendar
from csconsole.core.facts import Record
from csconsole.core.incident import Clock, EventKind, Incident, Severity
from csconsole.core.occurrence import Occurrence
from csconsole.core.schedule import Convention, Kind, Remind, Schedule, Text

NEARING = 4
"""A limit is nearing when this part of the time it had is left (a quarter, in whole minutes),"""
NEARING_AT_MOST = timedelta(hours=1)
"""but not before this much of it is; `lead` says more."""

_MINUTE = timedelta(minutes=1)
_KEY = re.compile(rf"#([1-9]\d{{0,9}}):({'|'.join(Clock)})")


def limit_key(number: int, clock: Clock) -> str:
    """What a limit is known by: "#41:settle"."""
    return f"#{number}:{clock}"


def limit_of(key: str) -> tuple[int, Clock] | None:
    """The incident's number and the clock a key names; None for a key of something else."""
    found = _KEY.fullmatch(key)
    return (int(found[1]), Clock(found[2])) if found else None


def limit_items(
    incident: Incident,
    now: datetime,
    schedule: Schedule,
    calendar: Calendar,
    titled: Callable[[Incident, Clock], Text],
) -> Iterator[Item]:
    """The limits of an incident that run at `now`, as items; `titled` says what each is called."""
    for clock, due in incident.limits:
        if incident.stands_still(clock):
            continue
        day = calendar.day(business_date(schedule, due))
        set_at = incident.standing.limits_set.get(clock, incident.opened_at)
        occurrence = Occurrence(
            key=limit_key(incident.number, clock),
            duty=f"#{incident.number}",
            kind=Kind.DATED,
            title=titled(incident, clock),
            category=incident.category,
            nominal=day.date,
            day=day.date,
            planned=due,
            due=due,
            grace=timedelta(),
            adjusted=Adjusted(day, day, Convention.UNADJUSTED),
            deadline=True,
            remind=_remind(incident, due - set_at, schedule),
            presses=True,
            critical=clock is Clock.PLATFORM or incident.severity is Severity.CRITICAL,
            since=set_at,
        )
        yield stand(occurrence, Record(newest=_basis(incident, clock)), now)


def _remind(incident: Incident, span: timedelta, schedule: Schedule) -> Remind:
    """As its category says, `lead` being when a limit that far off when it was set is nearing."""
    category = schedule.categories.get(incident.category)
    remind = category.remind if category else Remind()
    if remind.lead is None:
        return remind
    return replace(remind, lead=max(remind.lead, min(span / NEARING // _MINUTE * _MINUTE, NEARING_AT_MOST)))


def _basis(incident: Incident, clock: Clock) -> int:
    """The newest action that set this limit, or opened the incident again: then it is spoken of anew. What else is told
    of an incident, a note or who has it, is no reason to say it again."""
    return max(
        (
            event.action
            for event in incident.events
            if event.kind is EventKind.REOPENED or (event.kind is EventKind.LIMIT and event.value == clock)
        ),
        default=incident.action,
    )
