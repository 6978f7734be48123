"""What is stored of an incident: how it was logged (`Draft`) and what happened since (`Event`)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How bad it is, in order."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class WaitingOn(StrEnum):
    """Whose turn it is while an incident waits."""

    BUYER = "buyer"
    CARRIER = "carrier"
    WAREHOUSE = "warehouse"
    PLATFORM = "platform"
    COLLEAGUE = "colleague"


class Responsibility(StrEnum):
    OURS = "ours"
    NOT_OURS = "not_ours"


class Verdict(StrEnum):
    """How the platform decided a dispute."""

    FOR_US = "for_us"
    FOR_BUYER = "for_buyer"
    SHARED = "shared"


class Clock(StrEnum):
    """What runs out: until the buyer is answered, until it is settled, the platform's own limit."""

    RESPOND = "respond"
    SETTLE = "settle"
    PLATFORM = "platform"


class EventKind(StrEnum):
    """What can happen to an incident. Behind each: what its `value` is, and `until` where it has one."""

    NOTE = "note"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    WAITING = "waiting"  # WaitingOn
    CONTINUED = "continued"  # it waits no more
    ANSWERED = "answered"  # the buyer was
    ASSIGNED = "assigned"  # a name, "" for nobody
    SEVERITY = "severity"  # Severity
    LIMIT = "limit"  # Clock; until: the new limit, None for none. Its text is the reason
    ORDER_ADDED = "order_added"  # an order
    ORDER_CLOSED = "order_closed"  # an order
    ORDER_REOPENED = "order_reopened"  # an order
    TRACKING = "tracking"  # a tracking number that was added
    BUYER = "buyer"  # the buyer's id or how to reach them
    TITLE = "title"  # each of these four: what it was corrected to
    CATEGORY = "category"
    SHOP = "shop"  # "" for none
    FOUND_AT = "found_at"  # the key of the check that shows it, too
    PROMISED = "promised"  # to whom; until: by when. Its text is what
    RESPONSIBILITY = "responsibility"  # Responsibility
    OFFERED = "offered"  # its text is what the buyer was offered
    EVIDENCE = "evidence"  # its text is what was handed in
    VERDICT = "verdict"  # Verdict
    TOLD = "told"  # the buyer knows the outcome


class Draft(Struct, frozen=True):
    """What one typed line says of an incident. `line` is the text as it was typed, for nothing typed is lost.

    Limits are aware UTC instants: `respond_by` until the buyer is answered, `due_at` until it is settled (as typed, or
    else the category's), `platform_by` the platform's own. The first two stand still while it waits if `stands_still`.
    `occurrence` is the key of the check it was found at.
    """

    title: str
    category: str
    line: str = ""
    shop: str | None = None
    orders: tuple[str, ...] = ()
    assignee: str | None = None
    severity: Severity = Severity.NORMAL
    due_at: datetime | None = None
    occurrence: str | None = None
    respond_by: datetime | None = None
    platform_by: datetime | None = None
    stands_still: bool = False
    buyer: str | None = None
    tracking: tuple[str, ...] = ()


class NewEvent(Struct, frozen=True):
    """What somebody says happened to an incident, before it is written."""

    kind: EventKind
    text: str = ""
    value: str | None = None
    until: datetime | None = None


class Event(Struct, frozen=True):
    """A fact about an incident after it was opened; `value` and `until` as the kind says. `action` wrote it."""

    kind: EventKind
    at: datetime
    by: str
    text: str = ""
    value: str | None = None
    until: datetime | None = None
    action: int = 0
