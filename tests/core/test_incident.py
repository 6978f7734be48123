"""The states of an incident, its clock, and what comes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from msgspec.structs import replace

from csconsole.core.incident import (
    Clock,
    Draft,
    Event,
    EventKind,
    Incident,
    IncidentStatus,
    Severity,
    WaitingOn,
    by_urgency,
)

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


# -- its life --------------------------------------------------------------------------------------------------

LIMITED = Draft(
    "late",
    "complaints",
    orders=("1", "2"),
    due_at=NOON + 4 * HOUR,
    respond_by=NOON + HOUR,
    stands_still=True,
)


def lived(*events: Event, draft: Draft = LIMITED) -> Incident:
    return Incident(1, draft, NOON, "Wang", events)


def event(kind: EventKind, at: timedelta = timedelta(), value: str | None = None, **more: datetime) -> Event:
    return Event(kind, NOON + at, "Wang", value=value, **more)


def test_the_buyer_is_to_be_answered_first_and_then_it_is_to_be_settled() -> None:
    assert lived().limits == ((Clock.RESPOND, NOON + HOUR), (Clock.SETTLE, NOON + 4 * HOUR))
    answered = lived(event(EventKind.ANSWERED))
    assert answered.limits == ((Clock.SETTLE, NOON + 4 * HOUR),)
    assert lived(event(EventKind.RESOLVED)).limits == ()


def test_the_platform_s_limit_wins() -> None:
    early = replace(LIMITED, platform_by=NOON + timedelta(minutes=30))
    assert lived(draft=early).limits == ((Clock.PLATFORM, NOON + HOUR / 2), (Clock.RESPOND, NOON + HOUR))
    late = lived(event(EventKind.ANSWERED), draft=replace(LIMITED, platform_by=NOON + 9 * HOUR))
    assert (late.limits, late.due_at) == (((Clock.PLATFORM, NOON + 9 * HOUR),), NOON + 9 * HOUR)


def test_of_two_that_are_over_the_platform_s_is_looked_at_first() -> None:
    both = lived(draft=replace(LIMITED, platform_by=NOON + 5 * HOUR))
    assert both.nearest(NOON) == (Clock.RESPOND, HOUR)
    assert both.nearest(NOON + 2 * HOUR) == (Clock.RESPOND, -HOUR)
    assert both.nearest(NOON + 6 * HOUR) == (Clock.PLATFORM, -HOUR)
    assert both.left(NOON + 6 * HOUR) == -5 * HOUR
    assert lived(event(EventKind.RESOLVED)).nearest(NOON) is None


def test_while_it_waits_its_own_clocks_stand_still_where_the_category_says_so() -> None:
    waiting = event(EventKind.WAITING, HOUR, "carrier"), event(EventKind.ANSWERED, HOUR)
    found = lived(*waiting)
    assert (found.status, found.standing.waiting_on) == (IncidentStatus.WAITING, WaitingOn.CARRIER)
    assert [found.left(NOON + hours * HOUR) for hours in (1, 2, 99)] == [3 * HOUR] * 3
    running = lived(*waiting, draft=replace(LIMITED, stands_still=False))
    assert running.left(NOON + 2 * HOUR) == 2 * HOUR
    platform = lived(*waiting, draft=replace(LIMITED, platform_by=NOON + 5 * HOUR))
    assert platform.left(NOON + 2 * HOUR) == 3 * HOUR
    moved = lived(
        *waiting, event(EventKind.CONTINUED, 3 * HOUR), event(EventKind.LIMIT, 3 * HOUR, "settle", until=NOON)
    )
    assert (moved.status, moved.due_at) == (IncidentStatus.OPEN, NOON)


def test_orders_are_closed_one_by_one() -> None:
    one = lived(event(EventKind.ORDER_CLOSED, value="1"), event(EventKind.ORDER_ADDED, value="3"))
    assert (one.orders, one.orders_left) == (("1", "2", "3"), ("2", "3"))
    assert lived(event(EventKind.ORDER_CLOSED, value="1"), event(EventKind.ORDER_REOPENED, value="1")).orders_left == (
        "1",
        "2",
    )


def test_what_is_changed_stands_as_changed_and_the_first_word_stays() -> None:
    found = lived(
        event(EventKind.TITLE, value="lost"),
        event(EventKind.CATEGORY, value="refunds"),
        event(EventKind.SHOP, value="jd"),
        event(EventKind.ASSIGNED, value="Li"),
        event(EventKind.SEVERITY, value="critical"),
        event(EventKind.BUYER, value="tb_1"),
        event(EventKind.TRACKING, value="SF1"),
        event(EventKind.FOUND_AT, value="check@2026-11-23"),
    )
    assert (found.title, found.category, found.shop, found.assignee) == ("lost", "refunds", "jd", "Li")
    assert (found.severity, found.buyer, found.tracking) == (Severity.CRITICAL, "tb_1", ("SF1",))
    assert (found.occurrence, found.draft.title) == ("check@2026-11-23", "late")
    assert lived(event(EventKind.ASSIGNED, value="Li"), event(EventKind.ASSIGNED, value="")).assignee is None


def test_a_resolved_one_waits_for_nobody_and_one_opened_again_has_its_limits_back() -> None:
    waited = event(EventKind.WAITING, value="buyer"), event(EventKind.RESOLVED, HOUR)
    assert lived(*waited).status is IncidentStatus.RESOLVED
    again = lived(*waited, event(EventKind.REOPENED, 2 * HOUR))
    assert (again.status, again.left(NOON + 2 * HOUR)) == (IncidentStatus.OPEN, -HOUR)
