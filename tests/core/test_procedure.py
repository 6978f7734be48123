"""The way of a complaint: what was done, what comes next, what may be left out."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest
from msgspec.structs import replace

from csconsole.core.incident import Draft, Event, EventKind, Incident
from csconsole.core.procedure import STEPS, StepState, goes_by_procedure, steps_of

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
WHOSE, OFFERED, EVIDENCE, VERDICT, TOLD = STEPS


def incident(*said: tuple[EventKind, str], category: str = "complaints") -> Incident:
    events = tuple(Event(kind, NOON, "Wang", value=value) for kind, value in said)
    return Incident(1, Draft("late", category), NOON, "Wang", events)


def suggested(*said: tuple[EventKind, str]) -> EventKind | None:
    return next((step.kind for step in steps_of(incident(*said)) if step.state is StepState.NEXT), None)


OURS, THEIRS = (WHOSE, "ours"), (WHOSE, "not_ours")


@pytest.mark.parametrize(
    ("said", "following"),
    [
        ((), WHOSE),
        ((OURS,), OFFERED),
        ((OURS, (OFFERED, "")), TOLD),
        ((OURS, (OFFERED, ""), (EVIDENCE, "")), VERDICT),
        ((OURS, (EVIDENCE, "")), OFFERED),
        ((THEIRS,), EVIDENCE),
        ((THEIRS, (EVIDENCE, "")), VERDICT),
        ((THEIRS, (EVIDENCE, ""), (VERDICT, "for_us")), TOLD),
        ((OURS, (OFFERED, ""), (TOLD, "")), None),
        ((THEIRS, (EVIDENCE, ""), (EventKind.RESOLVED, "")), None),
        (((VERDICT, "shared"),), WHOSE),
        ((OURS, THEIRS), EVIDENCE),
    ],
)
def test_what_comes_next(said: tuple[tuple[EventKind, str], ...], following: EventKind | None) -> None:
    assert suggested(*said) is following


def test_what_is_ours_needs_no_verdict_unless_it_is_disputed() -> None:
    states = {step.kind: step.state for step in steps_of(incident(OURS, (OFFERED, "")))}
    assert states[EVIDENCE] is states[VERDICT] is StepState.OPTIONAL
    states = {step.kind: step.state for step in steps_of(incident(OURS))}
    assert (states[OFFERED], states[TOLD]) == (StepState.NEXT, StepState.AHEAD)


def test_steps_are_taken_in_any_order_and_end_all_the_same() -> None:
    values = {WHOSE: "ours", VERDICT: "shared"}
    for order in permutations(STEPS):
        said = [(kind, values.get(kind, "")) for kind in order]
        for taken in range(len(said)):
            assert suggested(*said[:taken]) not in order[:taken]
        assert suggested(*said) is None


def test_what_goes_by_it() -> None:
    assert goes_by_procedure(incident())
    assert not goes_by_procedure(incident(category="refunds"))
    assert goes_by_procedure(incident((OFFERED, ""), category="refunds"))
    limited = incident(category="refunds")
    assert goes_by_procedure(replace(limited, draft=replace(limited.draft, platform_by=NOON)))
