"""Items, incidents and deadlines as JSON (DESIGN.md §4): for scripts, and to be kept.

Instants are ISO 8601 with the offset of the schedule's zone, lengths of time are seconds, texts are in the language
in use. Every verb that writes JSON takes its shapes from here; `plain_report` has those of reports.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from csconsole import wording
from csconsole.core.agenda import Agenda, Item, Progress
from csconsole.core.calendar import Day
from csconsole.core.case import Case
from csconsole.core.deadline import Deadline
from csconsole.core.incident import Clock, Incident
from csconsole.core.schedule import Schedule
from csconsole.i18n import language
from csconsole.wording import life as lifewording

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


# What JSON may hold as it is, but a terminal would obey or hide, or UTF-8 cannot say.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


def dumps(value: Plain) -> str:
    """`value` as JSON that people can read too, with a line break at its end."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def instant(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat()


def number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


def progress_plain(progress: Progress) -> dict[str, Plain]:
    rate = progress.on_time_rate
    return {**asdict(progress), "on_time_rate": None if rate is None else number(round(rate, 4))}


def day_plain(day: Day) -> dict[str, Plain]:
    """What a date is: the head of a day's JSON."""
    return {
        "date": day.date.isoformat(),
        "weekday": wording.weekday(day.date),
        "day_type": day.type.value,
        "holiday_name": day.name.to(language()) if day.name else None,
        "provisional": day.provisional,
    }


def agenda_plain(agenda: Agenda, incidents: Mapping[str, Sequence[int]]) -> dict[str, Plain]:
    """`incidents`: the numbers of those found at each item, by its key."""
    return {
        **day_plain(agenda.day),
        "now": instant(agenda.now, agenda.zone),
        "items": [
            {**item_plain(item, agenda.zone), "incidents": list(incidents.get(item.key, ()))} for item in agenda.items
        ],
        "progress": progress_plain(agenda.progress),
    }


def item_plain(item: Item, zone: ZoneInfo) -> dict[str, Plain]:
    occurrence, answer = item.occurrence, item.answer
    readings: dict[str, Plain] = {}
    for (shop, metric), value in answer.readings.items():
        shops = readings.setdefault(metric, {})
        assert isinstance(shops, dict)
        shops[shop] = number(value)
    return {
        "key": occurrence.key,
        "duty": occurrence.duty,
        "kind": occurrence.kind.value,
        "title": occurrence.title.to(language()),
        "category": occurrence.category,
        "nominal": occurrence.nominal.isoformat(),
        "moved_reason": wording.moved_reason(occurrence.adjusted),
        "planned": instant(occurrence.planned, zone),
        "due": instant(occurrence.due, zone),
        "until": instant(occurrence.until, zone),
        "status": item.status.value,
        "overlaps": list(item.overlaps),
        "marked_at": instant(answer.marked_at, zone),
        "late_seconds": seconds(item.late),
        "on_time": item.on_time if item.late is not None else None,
        "started_at": instant(answer.started_at, zone),
        "minutes_spent": None if answer.spent is None else int(answer.spent // timedelta(minutes=1)),
        "delegated_to": answer.delegated_to,
        "delegated_until": instant(answer.delegated_until, zone),
        "by": answer.by,
        "note": answer.note,
        "reason": answer.reason,
        "readings": readings,
        "shops": {shop: result is not None for shop, result in answer.shops.items()},
        "results": {shop: result and result.value for shop, result in answer.shops.items()},
    }


_SETTLING = (Clock.SETTLE, Clock.PLATFORM)


def incident_plain(incident: Incident, now: datetime, schedule: Schedule) -> dict[str, Plain]:
    """An incident as it stands at `now`. Whom it is with is told by name; `assignee_id` stays through a rename."""
    zone = schedule.zone
    return {
        "number": incident.number,
        "title": incident.title,
        "category": incident.category,
        "shop": incident.shop,
        "orders": list(incident.orders),
        "assignee": incident.assignee and lifewording.person(schedule, incident.assignee),
        "assignee_id": incident.assignee,
        "severity": incident.severity.value,
        "status": incident.status.value,
        "opened_at": instant(incident.opened_at, zone),
        "opened_by": incident.opened_by,
        "due_at": instant(incident.due_at, zone),
        "resolved_at": instant(incident.resolved_at, zone),
        "respond_by": instant(incident.standing.limits[Clock.RESPOND], zone),
        "platform_by": instant(incident.standing.limits[Clock.PLATFORM], zone),
        "answered_at": instant(incident.standing.answered_at, zone),
        "limits": [
            {
                "clock": clock.value,
                "at": instant(at, zone),
                "left_seconds": seconds(incident.left(now, clock)),
                "stands_still": incident.stands_still(clock),
            }
            for clock, at in incident.limits
        ],
        "overdue": any((incident.left(now, clock) or timedelta()) < timedelta() for clock in _SETTLING),
        "waiting_on": incident.standing.waiting_on and incident.standing.waiting_on.value,
        "buyer": incident.buyer,
        "tracking": list(incident.tracking),
        "orders_left": list(incident.orders_left),
        "occurrence": incident.occurrence,
        "notes": [
            {"at": instant(event.at, zone), "by": event.by, "text": event.text, "kind": event.kind.value}
            for event in incident.events
        ],
    }


def deadline_plain(deadline: Deadline, zone: ZoneInfo) -> dict[str, Plain]:
    return {
        "key": deadline.key,
        "duty": deadline.duty,
        "kind": deadline.kind.value,
        "title": deadline.title.to(language()),
        "nominal": deadline.nominal.isoformat(),
        "due": instant(deadline.due, zone),
        "convention": deadline.adjusted.convention.value,
        "moved_days": deadline.moved_days,
        "reason": wording.moved_reason(deadline.adjusted),
        "provisional": deadline.provisional,
        "status": None if deadline.status is None else deadline.status.value,
    }


def case_plain(case: Case, schedule: Schedule) -> dict[str, Plain]:
    return {
        "number": case.number,
        "title": case.draft.title,
        "category": case.draft.category,
        "good": case.draft.good,
        "happened": case.draft.happened,
        "did": case.draft.did,
        "next_time": case.draft.next_time,
        "incident": case.draft.incident,
        "kept_at": instant(case.kept_at, schedule.zone),
        "written_at": instant(case.written_at, schedule.zone),
        "by": case.by,
    }
