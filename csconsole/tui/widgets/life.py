"""An incident on the screen: how it stands, the steps of a complaint, and what happened to it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from rich.text import Text

from csconsole import wording
from csconsole.core.incident import Clock, EventKind, Incident, IncidentStatus, Severity
from csconsole.core.procedure import StepState, goes_by_procedure, steps_of
from csconsole.core.schedule import Schedule
from csconsole.i18n import _, ngettext
from csconsole.wording import life as lifewording
from csconsole.wording import limits as limitwording

ORDERS_SHOWN = 8
"""How many of its orders an incident's head names; a key lists all of them."""

_GLYPHS = {IncidentStatus.OPEN: "●", IncidentStatus.WAITING: "◐", IncidentStatus.RESOLVED: "✓"}


def story_text(incident: Incident, schedule: Schedule, now: datetime, checks: Sequence[str]) -> Text:
    """An incident from its head to the last that happened. `checks` are the titles of those it was found at."""
    text = Text.assemble((f"#{incident.number} {incident.title}", "bold"))
    for line in (*_head(incident, schedule, now), *_facts(incident, schedule, checks)):
        text.append("\n").append_text(line)
    if goes_by_procedure(incident):
        text.append("\n\n").append(_("Steps"), "bold")
        for line in _steps(incident, schedule):
            text.append("\n").append_text(line)
    text.append("\n\n").append(_("What happened"), "bold")
    for line in _events(incident, schedule):
        text.append("\n").append_text(line)
    return text


def _head(incident: Incident, schedule: Schedule, now: datetime) -> Iterator[Text]:
    """How it stands, with whom, how bad it is; then each of its clocks."""
    standing, zone = incident.standing, schedule.zone
    status = f"{_GLYPHS[incident.status]} {wording.incident_status(incident.status)}"
    if standing.waiting_on is not None and standing.waiting_since is not None:
        status += " · " + _("for {whom}, since {time}").format(
            whom=lifewording.waiting_on(standing.waiting_on), time=wording.date_time(standing.waiting_since, zone)
        )
    if incident.resolved_at is not None:
        status += " " + wording.date_time(incident.resolved_at, zone)
    parts = [status]
    if incident.severity is not Severity.NORMAL:
        mark = wording.severity_mark(incident.severity)
        parts.append(f"{mark} {wording.severity(incident.severity)}".strip())
    who = incident.assignee
    parts.append(_("held by {name}").format(name=lifewording.person(schedule, who)) if who else _("held by nobody"))
    yield Text(" · ".join(parts))
    for clock, until in incident.limits:
        left = incident.left(now, clock) or timedelta()
        words = _("{clock} until {time}: {left}").format(
            clock=limitwording.clock(clock), time=wording.date_time(until, zone), left=wording.left(left)
        )
        if incident.stands_still(clock):
            words = _("{words}, stands still").format(words=words)
        yield Text(f"{'▲' if left < timedelta() else '◷'} {words}", "bold" if left < timedelta() else "")
    if standing.answered_at is not None and standing.limits[Clock.RESPOND] is not None:
        yield Text("✓ " + _("buyer answered {time}").format(time=wording.date_time(standing.answered_at, zone)))


def _facts(incident: Incident, schedule: Schedule, checks: Sequence[str]) -> Iterator[Text]:
    where = [lifewording.category(schedule, incident.category)]
    if incident.shop:
        where.append(lifewording.shop(schedule, incident.shop))
    yield Text(" · ".join(where))
    for name, value in (
        (_("Found at"), " · ".join(checks)),
        (_("Buyer"), incident.buyer or ""),
        (_("Tracking"), " ".join(incident.tracking)),
        (_("Orders"), _orders(incident)),
    ):
        if value:
            yield Text(_("{name}: {value}").format(name=name, value=value))
    for promise in incident.standing.promises:
        name = lifewording.person(schedule, promise.to)
        whom = _("promised {name}").format(name=name) if name else _("promised")
        words = f"! {whom}: {promise.what}"
        if promise.by:
            words += " · " + _("by {time}").format(time=wording.date_time(promise.by, schedule.zone))
        yield Text(words)


def _orders(incident: Incident) -> str:
    orders, left = incident.orders, incident.orders_left
    shown = [f"{'' if order in left else '✓'}{order}" for order in (*left, *(o for o in orders if o not in left))]
    words = " ".join(shown[:ORDERS_SHOWN])
    if len(orders) > ORDERS_SHOWN:
        words += " " + _("… and {n} more").format(n=len(orders) - ORDERS_SHOWN)
    if len(orders) > 1:
        words += " " + _("({closed} of {n} closed)").format(closed=len(orders) - len(left), n=len(orders))
    return words


def _steps(incident: Incident, schedule: Schedule) -> Iterator[Text]:
    for number, step in enumerate(steps_of(incident), 1):
        glyph, state = lifewording.step_state(step.state)
        words = f"{glyph} {number} {lifewording.step(step.kind)}"
        if step.event is not None:
            when = wording.date_time(step.event.at, schedule.zone)
            words += f": {lifewording.happened(step.event, (), schedule)} ({when})"
        elif state:
            words += f" ({state})"
        yield Text(words, "bold" if step.state is StepState.NEXT else "dim" if step.state is StepState.OPTIONAL else "")


def _events(incident: Incident, schedule: Schedule) -> Iterator[Text]:
    logged = incident.draft.line or incident.draft.title
    who = lifewording.person(schedule, incident.opened_by)
    yield Text(f"· {wording.date_time(incident.opened_at, schedule.zone)} {who}: {logged}")
    for event, values in lifewording.together(incident.events):
        when, by = wording.date_time(event.at, schedule.zone), lifewording.person(schedule, event.by)
        words = lifewording.happened(event, values, schedule)
        style = "bold" if event.kind in (EventKind.RESOLVED, EventKind.REOPENED) else ""
        yield Text(f"{lifewording.glyph(event.kind)} {when} {by}: {words}", style)


def newest(incident: Incident, schedule: Schedule) -> str:
    """What was last done to an incident, in words."""
    events = [event for event in incident.events if event.action == incident.newest]
    said = [lifewording.happened(event, values, schedule) for event, values in lifewording.together(events)]
    words = "; ".join(" ".join(each.split()) for each in said)
    return f"#{incident.number} {words}" if words else f"#{incident.number}"


def orders_line(incident: Incident) -> str:
    """How many of its orders are closed."""
    count, left = len(incident.orders), len(incident.orders_left)
    return ngettext("{n} order, {left} left", "{n} orders, {left} left", count).format(n=count, left=left)
