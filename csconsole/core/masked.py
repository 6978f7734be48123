"""Reports and incidents in which no buyer can be recognised: what may leave the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from csconsole.core.agenda import Item
from csconsole.core.case import masked_cases
from csconsole.core.facts import Closing
from csconsole.core.handover import Handover
from csconsole.core.incident import Event, EventKind, Incident
from csconsole.core.masking import mask, mask_number
from csconsole.core.meeting import Found, Meeting, Slipped
from csconsole.core.report import Report

_NUMBERED = (EventKind.ORDER_ADDED, EventKind.ORDER_CLOSED, EventKind.ORDER_REOPENED, EventKind.TRACKING)


def masked(report: Report) -> Report:
    """A report in which no buyer can be recognised. Counts stay what they are."""
    incidents = report.incidents
    again = (each for repeat in incidents.repeats for each in repeat.incidents)
    # Most of them are in several of these.
    named = {each.number: each for each in (*incidents.opened, *incidents.resolved, *incidents.open, *again)}
    hidden = {number: masked_incident(each) for number, each in named.items()}

    def all_hidden(those: Iterable[Incident]) -> tuple[Incident, ...]:
        return tuple(hidden[each.number] for each in those)

    return replace(
        report,
        items=tuple(_masked_item(item) for item in report.items),
        incidents=replace(
            incidents,
            opened=all_hidden(incidents.opened),
            resolved=all_hidden(incidents.resolved),
            open=all_hidden(incidents.open),
            repeats=tuple(
                replace(each, order=each.order and mask_number(each.order), incidents=all_hidden(each.incidents))
                for each in incidents.repeats
            ),
        ),
        closings=_all_closings(report.closings),
        cases=masked_cases(report.cases),
        handover=report.handover and masked_handover(report.handover),
    )


def masked_handover(page: Handover) -> Handover:
    """A handover in which no buyer can be recognised."""
    begin = page.begin
    return replace(
        page,
        agenda=replace(page.agenda, items=tuple(_masked_item(item) for item in page.agenda.items)),
        incidents=_all_masked(page.incidents),
        words=tuple(replace(each, text=mask(each.text)) for each in page.words),
        closings=_all_closings(page.closings),
        begin=replace(begin, limits=tuple((masked_incident(each), clock, at) for each, clock, at in begin.limits)),
    )


def _all_closings(closings: Iterable[Closing]) -> tuple[Closing, ...]:
    return tuple(replace(each, handover=mask(each.handover)) for each in closings)


def masked_meeting(meeting: Meeting) -> Meeting:
    """A meeting's pack in which no buyer can be recognised."""
    return replace(
        meeting,
        opened=_all_masked(meeting.opened),
        older=_all_masked(meeting.older),
        found=tuple(Found(_masked_item(each.item), _all_masked(each.incidents)) for each in meeting.found),
        slipped=tuple(Slipped(tuple(_masked_item(item) for item in each.items)) for each in meeting.slipped),
        overdue=tuple(_masked_item(item) for item in meeting.overdue),
    )


def masked_incident(incident: Incident) -> Incident:
    """An incident in which no buyer can be recognised. Its orders and parcels stay as many as they are."""
    draft = incident.draft
    numbers = _apart((*incident.orders, *incident.tracking))
    return replace(
        incident,
        draft=replace(
            draft,
            title=mask(draft.title),
            line=mask(draft.line),
            orders=tuple(numbers[order] for order in draft.orders),
            tracking=tuple(numbers[parcel] for parcel in draft.tracking),
            buyer=draft.buyer and mask_number(draft.buyer),
        ),
        events=tuple(_masked_event(event, numbers) for event in incident.events),
    )


def _all_masked(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    return tuple(masked_incident(each) for each in incidents)


def _masked_event(event: Event, numbers: Mapping[str, str]) -> Event:
    value = event.value
    if value and event.kind in _NUMBERED:
        value = numbers.get(value, mask_number(value))
    elif value and event.kind is EventKind.BUYER:
        value = mask_number(value)
    elif value and event.kind in (EventKind.TITLE, EventKind.PROMISED):
        value = mask(value)
    text = mask(event.text)
    return event if (text, value) == (event.text, event.value) else replace(event, text=text, value=value)


def _masked_item(item: Item) -> Item:
    answer = item.answer
    note, reason = (text and mask(text) for text in (answer.note, answer.reason))
    if (note, reason) == (answer.note, answer.reason):
        return item
    return replace(item, answer=replace(answer, note=note, reason=reason))


def _apart(numbers: Iterable[str]) -> dict[str, str]:
    """Each of these numbers masked, and no two of them alike: 37 orders are to stay 37."""
    found: dict[str, str] = {}
    for number in numbers:
        hidden = mask_number(number)
        while hidden in found.values():
            hidden += "'"
        found.setdefault(number, hidden)
    return found
