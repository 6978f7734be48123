"""How a complaint is taken to its end: whose responsibility it is; if ours, what was offered; if that did not settle
it, or it is not ours, evidence and the platform's verdict; then the buyer is told. It leads and forces nothing: any
step can be taken at any time, and again.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from csconsole.core.incident import Clock, Event, EventKind, Incident, IncidentStatus, Responsibility

COMPLAINTS = "complaints"
"""The category that always goes by it, as the schedule that ships calls it."""

STEPS = (EventKind.RESPONSIBILITY, EventKind.OFFERED, EventKind.EVIDENCE, EventKind.VERDICT, EventKind.TOLD)
_DISPUTE = (EventKind.EVIDENCE, EventKind.VERDICT)


class StepState(StrEnum):
    DONE = "done"
    NEXT = "next"  # the one suggested
    AHEAD = "ahead"
    OPTIONAL = "optional"  # only if what was done before did not settle it


class Step(Struct, frozen=True):
    """A step and how far it is; `event` is the last that was said of it."""

    kind: EventKind
    state: StepState
    event: Event | None


def goes_by_procedure(incident: Incident) -> bool:
    """Complaints do, and whatever the platform has set a limit for, or a step was taken of."""
    return (
        incident.category == COMPLAINTS
        or incident.standing.limits[Clock.PLATFORM] is not None
        or any(event.kind in STEPS for event in incident.events)
    )


def steps_of(incident: Incident) -> tuple[Step, ...]:
    """The steps of an incident in their order, the next one suggested among them."""
    said = {event.kind: event for event in incident.events if event.kind in STEPS}
    to_take = [
        kind
        for kind in _way(incident.standing.responsibility, not said.keys().isdisjoint(_DISPUTE))
        if kind not in said
    ]
    suggested = None if incident.status is IncidentStatus.RESOLVED else next(iter(to_take), None)

    def state(kind: EventKind) -> StepState:
        if kind in said:
            return StepState.DONE
        if kind is suggested:
            return StepState.NEXT
        return StepState.AHEAD if kind in to_take else StepState.OPTIONAL

    return tuple(Step(kind, state(kind), said.get(kind)) for kind in STEPS)


def _way(whose: Responsibility | None, disputed: bool) -> tuple[EventKind, ...]:
    """The steps that are to be taken, as far as can be said now."""
    offered = (EventKind.OFFERED,) if whose is Responsibility.OURS else ()
    dispute = _DISPUTE if disputed or whose is Responsibility.NOT_OURS else ()
    return (EventKind.RESPONSIBILITY, *offered, *dispute, EventKind.TOLD)
