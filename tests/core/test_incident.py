"""The states of an incident, its clock, and what comes first."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from csconsole.core.incident import Draft, Event, EventKind, Incident, IncidentStatus, Severity, by_urgency, limit
from csconsole.core.schedule import CalendarRule, Category, Schedule, Text

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)  # 12:00 in Shanghai, 05:00 in Berlin
HOUR = timedelta(hours=1)


def incident(
    number: int = 1,
    *events: tuple[EventKind, timedelta],
    left: timedelta | None = HOUR,
    severity: Severity = Severity.NORMAL,
) -> Incident:
    due = None if left is None else NOON + left
    story = tuple(Event(kind, NOON + at, "Wang") for kind, at in events)
    return Incident(number, Draft("late", "shipments", due_at=due, severity=severity), NOON - HOUR, "Wang", story)


def schedule(zone: str = "Asia/Shanghai", starts: time = time(5)) -> Schedule:
    return Schedule(ZoneInfo(zone), starts, CalendarRule(), {}, {}, {}, {}, (), {})


def category(**clock: timedelta | bool | None) -> Category:
    return Category("x", Text("某", "x"), **clock)  # type: ignore[arg-type]  # one table for fields of two types


RESOLVED, REOPENED, NOTE = EventKind.RESOLVED, EventKind.REOPENED, EventKind.NOTE


@pytest.mark.parametrize(
    ("events", "resolved_at"),
    [
        ((), None),
        (((NOTE, HOUR),), None),
        (((RESOLVED, HOUR),), NOON + HOUR),
        (((RESOLVED, HOUR), (NOTE, 2 * HOUR)), NOON + HOUR),
        (((RESOLVED, HOUR), (REOPENED, 2 * HOUR)), None),
        (((RESOLVED, HOUR), (REOPENED, 2 * HOUR), (RESOLVED, 3 * HOUR)), NOON + 3 * HOUR),
        # The clock was set back in between: what was written last counts.
        (((RESOLVED, 2 * HOUR), (REOPENED, HOUR)), None),
    ],
)
def test_status_is_what_was_written_last(
    events: tuple[tuple[EventKind, timedelta], ...], resolved_at: datetime | None
) -> None:
    it = incident(1, *events)
    assert it.resolved_at == resolved_at
    assert it.status is (IncidentStatus.OPEN if resolved_at is None else IncidentStatus.RESOLVED)


def test_time_left_runs_below_zero_and_stands_for_nothing_once_resolved() -> None:
    it = incident(left=HOUR)
    assert it.left(NOON) == HOUR
    assert not it.overdue(NOON + HOUR)
    assert it.overdue(NOON + HOUR + timedelta(microseconds=1))
    assert it.left(NOON + 3 * HOUR) == -2 * HOUR
    done = incident(1, (RESOLVED, 5 * HOUR), left=HOUR)
    assert done.left(NOON + 9 * HOUR) is None
    assert not done.overdue(NOON + 9 * HOUR)
    free = incident(left=None)
    assert free.left(NOON) is None and not free.overdue(NOON + 1000 * HOUR)


def test_what_runs_out_first_is_on_top() -> None:
    order = [
        incident(9, left=-5 * HOUR),
        incident(8, left=-HOUR, severity=Severity.LOW),
        incident(3, left=HOUR, severity=Severity.CRITICAL),
        incident(2, left=HOUR),
        incident(4, left=HOUR),
        incident(7, left=None, severity=Severity.HIGH),
        incident(1, left=None),
        incident(6, (RESOLVED, timedelta()), left=-HOUR),
        incident(5, (RESOLVED, -HOUR), left=-9 * HOUR, severity=Severity.CRITICAL),
    ]
    for seed in range(50):
        shuffled = Random(seed).sample(order, len(order))
        assert by_urgency(shuffled, NOON) == order


@pytest.mark.parametrize(
    ("clock", "opened", "due"),
    [
        ({}, "2026-11-23T10:00+08:00", None),
        ({"settle": 24 * HOUR, "respond": HOUR}, "2026-11-23T10:00+08:00", "2026-11-24T10:00+08:00"),
        ({"respond": HOUR}, "2026-11-23T10:00+08:00", "2026-11-23T11:00+08:00"),
        # Same day: the business day ends when the next begins, at 05:00.
        ({"same_day": True}, "2026-11-23T10:00+08:00", "2026-11-24T05:00+08:00"),
        ({"same_day": True}, "2026-11-24T01:00+08:00", "2026-11-24T05:00+08:00"),
        ({"same_day": True}, "2026-11-24T04:59:59+08:00", "2026-11-24T05:00+08:00"),
        ({"same_day": True}, "2026-11-24T05:00+08:00", "2026-11-25T05:00+08:00"),
        ({"same_day": True, "settle": HOUR}, "2026-11-23T10:00+08:00", "2026-11-23T11:00+08:00"),
        ({"same_day": True, "settle": 48 * HOUR}, "2026-11-23T10:00+08:00", "2026-11-24T05:00+08:00"),
    ],
)
def test_a_category_sets_the_limit(clock: dict[str, timedelta | bool], opened: str, due: str | None) -> None:
    found = limit(category(**clock), datetime.fromisoformat(opened).astimezone(UTC), schedule())
    assert found == (due and datetime.fromisoformat(due))
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("opened", "same_day", "day_later"),
    [
        # 29 March 2026: summer time begins in Berlin at 02:00; the day from the 28th has 23 hours, and 24 h are 24 h.
        ("2026-03-28T12:00+01:00", "2026-03-29T05:00+02:00", "2026-03-29T13:00+02:00"),
        ("2026-10-24T12:00+02:00", "2026-10-25T05:00+01:00", "2026-10-25T11:00+01:00"),
    ],
)
def test_limits_hold_when_clocks_change(opened: str, same_day: str, day_later: str) -> None:
    at, berlin = datetime.fromisoformat(opened).astimezone(UTC), schedule("Europe/Berlin")
    assert limit(category(same_day=True), at, berlin) == datetime.fromisoformat(same_day)
    assert limit(category(settle=24 * HOUR), at, berlin) == datetime.fromisoformat(day_later)
