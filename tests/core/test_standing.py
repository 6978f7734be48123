"""Whatever happens to an incident, in whatever order: how it stands can be said, and undoing restores it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from csconsole.core.incident import (
    Clock,
    Draft,
    Event,
    EventKind,
    Incident,
    IncidentStatus,
    NewEvent,
    Responsibility,
    Severity,
    Verdict,
    WaitingOn,
    by_urgency,
)
from csconsole.core.procedure import StepState, steps_of
from csconsole.core.standing import changing, standing_of

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
DRAFT = Draft("late", "complaints", orders=("1", "2"), due_at=NOON, respond_by=NOON, stands_still=True)

_CHOICES = {
    EventKind.WAITING: WaitingOn,
    EventKind.SEVERITY: Severity,
    EventKind.LIMIT: Clock,
    EventKind.RESPONSIBILITY: Responsibility,
    EventKind.VERDICT: Verdict,
}
_INSTANTS = st.integers(-500, 500).map(lambda minutes: NOON + timedelta(minutes=minutes))


@st.composite
def events(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(EventKind))
    value = st.sampled_from([each.value for each in _CHOICES[kind]]) if kind in _CHOICES else st.sampled_from("123a")
    return Event(
        kind,
        draw(_INSTANTS),
        "Wang",
        draw(st.sampled_from(["", "x", "y"])),
        draw(value if kind in _CHOICES else st.none() | st.just("") | value),
        draw(st.none() | _INSTANTS),
    )


@given(st.lists(events(), max_size=30), _INSTANTS)
def test_however_it_lived_it_can_be_said_how_it_stands(life: list[Event], now: datetime) -> None:
    found = Incident(1, DRAFT, NOON, "Wang", tuple(life))
    last = next((event.kind for event in reversed(life) if event.kind in _ENDS), EventKind.REOPENED)
    assert (found.status is IncidentStatus.RESOLVED) == (last is EventKind.RESOLVED)
    assert set(found.orders_left) <= set(found.orders)
    assert (found.left(now) is None) == (not found.limits)
    assert by_urgency([found], now) == [found]
    assert sum(step.state is StepState.NEXT for step in steps_of(found)) <= 1


_ENDS = (EventKind.RESOLVED, EventKind.REOPENED)


@given(st.lists(events(), max_size=12), st.lists(events(), max_size=5))
def test_what_changes_nothing_is_left_out_and_nothing_else(before: list[Event], said: list[Event]) -> None:
    new = [NewEvent(each.kind, each.text, each.value, each.until) for each in said]
    kept = changing(DRAFT, before, new, NOON)

    def after(written: list[NewEvent]) -> tuple[object, ...]:
        happened = (Event(each.kind, NOON, "", each.text, each.value, each.until) for each in written)
        return standing_of(DRAFT, [*before, *happened]).told_alike

    assert after(kept) == after(new)
    words = [each for each in new if each.text and each.kind is EventKind.NOTE]
    assert [each for each in kept if each.text and each.kind is EventKind.NOTE] == words
    assert changing(DRAFT, [*before], [], NOON) == []
