"""How an incident stands: computed from what happened to it, in the order that was written, whatever a clock said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct, field

from csconsole.core.incident_facts import (
    Clock,
    Draft,
    Event,
    EventKind,
    NewEvent,
    Responsibility,
    Severity,
    Verdict,
    WaitingOn,
)


class Promise(Struct, frozen=True):
    """What was promised, to whom, by when (None: nobody said)."""

    what: str
    to: str
    by: datetime | None
    at: datetime


class Standing(Struct):
    """How an incident stands, once all that happened to it is counted."""

    title: str
    category: str
    shop: str | None
    assignee: str | None
    severity: Severity
    buyer: str | None
    orders: dict[str, bool]  # an order: is it closed
    tracking: list[str]
    limits: dict[Clock, datetime | None]
    occurrences: list[str]
    limits_set: dict[Clock, datetime] = field(default_factory=dict)  # when each was moved last
    waiting_on: WaitingOn | None = None
    waiting_since: datetime | None = None
    resolution: Event | None = None
    answered_at: datetime | None = None
    responsibility: Responsibility | None = None
    verdict: Verdict | None = None
    offered: Event | None = None
    evidence: Event | None = None
    told: Event | None = None
    promises: list[Promise] = field(default_factory=list)

    @property
    def told_alike(self) -> tuple[object, ...]:
        """All it says but when each was said: incidents for which this is equal stand alike."""
        return (
            *(self.title, self.category, self.shop, self.assignee, self.severity, self.buyer),
            *(tuple(self.orders.items()), tuple(self.tracking), tuple(self.limits.items()), tuple(self.occurrences)),
            *(self.waiting_on, self.resolution is None, self.answered_at is None, self.responsibility, self.verdict),
            *(event and event.text for event in (self.offered, self.evidence, self.told)),
            len(self.promises),
        )


def standing_of(draft: Draft, events: Iterable[Event]) -> Standing:
    """How an incident stands that was logged as `draft` says, and to which this happened, in the order written."""
    now = Standing(
        title=draft.title,
        category=draft.category,
        shop=draft.shop,
        assignee=draft.assignee,
        severity=draft.severity,
        buyer=draft.buyer,
        orders=dict.fromkeys(draft.orders, False),
        tracking=list(draft.tracking),
        limits={Clock.RESPOND: draft.respond_by, Clock.SETTLE: draft.due_at, Clock.PLATFORM: draft.platform_by},
        occurrences=[draft.occurrence] if draft.occurrence else [],
    )
    for event in events:
        _happen(now, event)
    return now


def changing(draft: Draft, events: Iterable[Event], new: Iterable[NewEvent], at: datetime) -> list[NewEvent]:
    """Those of `new` that would change how such an incident stands, or add words to it, were they written at `at` one
    after the other."""
    now, found = standing_of(draft, events), []
    for said in new:
        before = now.told_alike
        _happen(now, Event(said.kind, at, "", said.text, said.value, said.until))
        if now.told_alike != before or (said.text and said.kind in _WITH_WORDS):
            found.append(said)
    return found


_WITH_WORDS = (EventKind.NOTE, EventKind.RESPONSIBILITY, EventKind.VERDICT)


def _happen(now: Standing, event: Event) -> None:
    value = event.value or ""
    match event.kind:
        case EventKind.NOTE:
            pass
        case EventKind.RESOLVED:
            now.resolution, now.waiting_on, now.waiting_since = event, None, None
        case EventKind.REOPENED:
            now.resolution = None
        case EventKind.WAITING:
            # Waiting on somebody else instead is still the same standing still.
            now.waiting_on, now.waiting_since = WaitingOn(value), now.waiting_since or event.at
        case EventKind.CONTINUED:
            now.waiting_on = now.waiting_since = None
        case EventKind.ANSWERED:
            now.answered_at = now.answered_at or event.at
        case EventKind.ASSIGNED:
            now.assignee = event.value or None
        case EventKind.SEVERITY:
            now.severity = Severity(value)
        case EventKind.LIMIT:
            now.limits[Clock(value)], now.limits_set[Clock(value)] = event.until, event.at
        case EventKind.ORDER_ADDED | EventKind.ORDER_REOPENED:
            now.orders[value] = False
        case EventKind.ORDER_CLOSED:
            now.orders[value] = True
        case EventKind.TRACKING:
            now.tracking.append(value)
        case EventKind.BUYER:
            now.buyer = event.value or None
        case EventKind.TITLE:
            now.title = value or now.title
        case EventKind.CATEGORY:
            now.category = value or now.category
        case EventKind.SHOP:
            now.shop = event.value or None
        case EventKind.FOUND_AT:
            now.occurrences.append(value)
        case EventKind.PROMISED:
            now.promises.append(Promise(event.text, value, event.until, event.at))
        case EventKind.RESPONSIBILITY:
            now.responsibility = Responsibility(value)
        case EventKind.OFFERED:
            now.offered = event
        case EventKind.EVIDENCE:
            now.evidence = event
        case EventKind.VERDICT:
            now.verdict = Verdict(value)
        case EventKind.TOLD:
            now.told = event
