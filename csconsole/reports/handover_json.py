"""What the next shift must know, as JSON. Shapes and instants are those of `csconsole.reports.plain`."""

from __future__ import annotations

from csconsole.core.handover import Handover
from csconsole.reports.plain import Plain, day_plain, incident_plain, instant, item_plain


def handover_plain(page: Handover) -> dict[str, Plain]:
    zone, now, begin = page.schedule.zone, page.agenda.now, page.begin
    return {
        **day_plain(page.agenda.day),
        "now": instant(now, zone),
        **shift_plain(page),
        "incidents": [incident_plain(incident, now, page.schedule) for incident in page.incidents],
        "promises": [
            {
                "incident": incident.number,
                "what": promise.what,
                "to": promise.to,
                "by": instant(promise.by, zone),
                "at": instant(promise.at, zone),
            }
            for incident, promise in page.promises
        ],
        "unanswered": [item_plain(item, zone) for item in page.unanswered],
        "gaps": [item_plain(item, zone) for item in page.gaps],
        "by_person": [
            {"by": each.person, "answered": each.progress.answered, "on_time": each.progress.on_time}
            for each in page.by_person
        ],
        "begin": {
            **day_plain(begin.day),
            "since": instant(begin.since, zone),
            "checks": [item_plain(item, zone) for item in begin.checks],
            "deadlines": [item_plain(item, zone) for item in begin.deadlines],
            "limits": [
                {"incident": incident.number, "clock": clock.value, "at": instant(at, zone)}
                for incident, clock, at in begin.limits
            ],
        },
    }


def shift_plain(page: Handover) -> dict[str, Plain]:
    """The note, who took over, and how the day was closed: what a report on the day says too."""
    zone = page.schedule.zone
    return {
        "handover": page.note.text if page.note else None,
        "handover_notes": [{"at": instant(each.at, zone), "by": each.by, "text": each.text} for each in page.words],
        "taken_over": [{"name": each.name, "at": instant(each.at, zone)} for each in page.taken],
        "closings": [{"at": instant(each.closed_at, zone), "by": each.by} for each in page.closings],
        "amended": {"at": instant(page.amended.at, zone), "checks": page.amended.checks} if page.amended else None,
    }
