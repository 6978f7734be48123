"""Words for what happened to an incident, and for the steps of a complaint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from csconsole import wording
from csconsole.core.incident import Clock, Event, EventKind, Responsibility, Severity, Verdict, WaitingOn
from csconsole.core.procedure import StepState
from csconsole.core.schedule import Schedule
from csconsole.i18n import N_, _, language, ngettext, pgettext
from csconsole.wording import limits as limitwording

_WAITING: Mapping[WaitingOn, str] = {
    WaitingOn.BUYER: N_("the buyer"),
    WaitingOn.CARRIER: N_("the carrier"),
    WaitingOn.WAREHOUSE: N_("the warehouse"),
    WaitingOn.PLATFORM: N_("the platform"),
    WaitingOn.COLLEAGUE: N_("a colleague"),
}
_RESPONSIBILITIES: Mapping[Responsibility, str] = {
    Responsibility.OURS: N_("our responsibility"),
    Responsibility.NOT_OURS: N_("not our responsibility"),
}
_VERDICTS: Mapping[Verdict, str] = {
    Verdict.FOR_US: N_("for us"),
    Verdict.FOR_BUYER: N_("for the buyer"),
    Verdict.SHARED: N_("shared"),
}
_STEPS: Mapping[EventKind, str] = {
    EventKind.RESPONSIBILITY: N_("Whose responsibility"),
    EventKind.OFFERED: N_("What was offered"),
    EventKind.EVIDENCE: N_("Evidence handed in"),
    EventKind.VERDICT: N_("The platform's verdict"),
    EventKind.TOLD: N_("The buyer told the outcome"),
}
# One cell each: a step done, the next one, one ahead, one that may be left out.
_STATES: Mapping[StepState, tuple[str, str]] = {
    StepState.DONE: ("✓", ""),
    StepState.NEXT: ("▸", N_("next")),
    StepState.AHEAD: ("·", ""),
    StepState.OPTIONAL: ("–", N_("only if that does not settle it")),
}
_GLYPHS: Mapping[EventKind, str] = {
    EventKind.RESOLVED: "✓",
    EventKind.REOPENED: "↺",
    EventKind.WAITING: "◐",
    EventKind.CONTINUED: "▸",
    EventKind.ASSIGNED: "→",
    EventKind.PROMISED: "!",
}


def waiting_on(on: WaitingOn) -> str:
    """Whose turn it is."""
    return _(_WAITING[on])


def responsibility(whose: Responsibility) -> str:
    return _(_RESPONSIBILITIES[whose])


def verdict(verdict: Verdict) -> str:
    return _(_VERDICTS[verdict])


def step(kind: EventKind) -> str:
    """A step of a complaint, by name."""
    return _(_STEPS[kind])


def step_state(state: StepState) -> tuple[str, str]:
    """How far a step is: in one cell, and in words where there are any."""
    glyph, words = _STATES[state]
    return glyph, _(words) if words else ""


def category(schedule: Schedule, id: str) -> str:
    known = schedule.categories.get(id)
    return known.name.to(language()) if known else id


def shop(schedule: Schedule, id: str) -> str:
    known = schedule.shops.get(id)
    return known.name.to(language()) if known else id


def person(schedule: Schedule, who: str) -> str:
    """The name of one of the schedule's people; another's as it is."""
    known = schedule.person(who)
    return known.name.to(language()) if known else who


def glyph(kind: EventKind) -> str:
    """What happened, in one cell."""
    return _GLYPHS.get(kind, "·")


def together(events: Sequence[Event]) -> list[tuple[Event, tuple[str, ...]]]:
    """The events in their order, those that one action says of several orders as one, with the values of all."""

    def belonging(event: Event) -> tuple[object, ...]:
        return event.action, event.kind, event.at, event.by, event.text

    groups = (list(group) for _key, group in groupby(events, key=belonging))
    return [(group[0], tuple(event.value or "" for event in group)) for group in groups]


def happened(event: Event, values: Sequence[str], schedule: Schedule) -> str:
    """What happened, in words, behind it what was written with it; `values` are those of events told together."""
    said = _fact(event, values, schedule)
    if said and event.text:
        return pgettext("a fact and what was written with it", "{fact}: {text}").format(fact=said, text=event.text)
    return said or event.text


def _fact(event: Event, values: Sequence[str], schedule: Schedule) -> str:
    value = event.value or ""
    match event.kind:
        case EventKind.NOTE:
            return ""
        case EventKind.RESOLVED:
            return _("resolved")
        case EventKind.REOPENED:
            return _("open again")
        case EventKind.WAITING:
            return _("waits for {whom}").format(whom=waiting_on(WaitingOn(value)))
        case EventKind.CONTINUED:
            return _("waits no more")
        case EventKind.ANSWERED:
            return _("the buyer was answered")
        case EventKind.ASSIGNED:
            return _("given to {name}").format(name=person(schedule, value)) if value else _("given to nobody")
        case EventKind.SEVERITY:
            return _("severity {word}").format(word=wording.severity(Severity(value)))
        case EventKind.LIMIT:
            words = _("limit ({clock}) moved to {time}") if event.until else _("no limit ({clock}) any more")
            until = event.until or event.at
            return words.format(clock=limitwording.clock(Clock(value)), time=wording.date_time(until, schedule.zone))
        case EventKind.ORDER_ADDED | EventKind.ORDER_CLOSED | EventKind.ORDER_REOPENED:
            return _orders(event.kind, values)
        case EventKind.TRACKING:
            return _("parcel {number}").format(number=value)
        case EventKind.BUYER:
            return _("buyer {buyer}").format(buyer=value) if value else _("buyer unknown")
        case EventKind.TITLE:
            return _("corrected to {what}").format(what=value)
        case EventKind.CATEGORY:
            return _("category {name}").format(name=category(schedule, value))
        case EventKind.SHOP:
            return _("shop {name}").format(name=shop(schedule, value)) if value else _("at no shop")
        case EventKind.FOUND_AT:
            return _("found at {check} too").format(check=value)
        case EventKind.PROMISED:
            whom = _("promised {name}").format(name=person(schedule, value)) if value else _("promised")
            by = event.until and _("by {time}").format(time=wording.date_time(event.until, schedule.zone))
            return f"{whom} ({by})" if by else whom
        case EventKind.RESPONSIBILITY:
            return responsibility(Responsibility(value))
        case EventKind.OFFERED:
            return _("offered")
        case EventKind.EVIDENCE:
            return _("evidence handed in")
        case EventKind.VERDICT:
            return _("verdict {verdict}").format(verdict=verdict(Verdict(value)))
        case EventKind.TOLD:
            return _("the buyer was told the outcome")


def _orders(kind: EventKind, values: Sequence[str]) -> str:
    count = len(values)
    match kind:
        case EventKind.ORDER_ADDED:
            words = ngettext("{n} order added: {numbers}", "{n} orders added: {numbers}", count)
        case EventKind.ORDER_CLOSED:
            words = ngettext("{n} order closed: {numbers}", "{n} orders closed: {numbers}", count)
        case _:
            words = ngettext("{n} order open again: {numbers}", "{n} orders open again: {numbers}", count)
    return words.format(n=count, numbers=" ".join(values))
