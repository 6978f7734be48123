"""Monday's pack for spreadsheets and for scripts."""

from __future__ import annotations

from csconsole import wording
from csconsole.core.incident import Incident
from csconsole.core.meeting import Meeting
from csconsole.core.period import Period
from csconsole.i18n import _
from csconsole.reports import phrases, remarks
from csconsole.reports.plain import Plain, deadline_plain, incident_plain, instant, item_plain, number
from csconsole.reports.rows import Cell, Rows


def meeting_tables(meeting: Meeting) -> tuple[Rows, ...]:
    """The incidents, of the week before and those still open; the checks that found something or slipped; the readings
    past their level; what is due this week."""
    return _incidents(meeting), _checks(meeting), _readings(meeting), _deadlines(meeting)


def _incidents(meeting: Meeting) -> Rows:
    columns = (
        _("No."), _("Incident"), _("Category"), _("Shop"), _("Orders"), _("In charge"), _("Severity"), _("Status"),
        _("Opened"), _("To be settled by"), _("Resolved"), _("Last word"),
    )  # fmt: skip
    schedule, zone = meeting.schedule, meeting.schedule.zone

    def row(incident: Incident) -> tuple[Cell, ...]:
        return (
            incident.number,
            phrases.said(incident.title),
            phrases.category_name(schedule, incident.category),
            phrases.shop_name(schedule, incident.shop) if incident.shop else "",
            phrases.listed(map(phrases.said, incident.orders)),
            phrases.person_name(schedule, incident.assignee),
            wording.severity(incident.severity),
            wording.incident_status(incident.status),
            incident.opened_at.astimezone(zone),
            incident.due_at.astimezone(zone) if incident.due_at else None,
            incident.resolved_at.astimezone(zone) if incident.resolved_at else None,
            next((phrases.said(event.text) for event in reversed(incident.events) if event.text), ""),
        )

    return Rows(_("Incidents"), columns, tuple(map(row, (*meeting.older, *meeting.opened))))


def _checks(meeting: Meeting) -> Rows:
    columns = (_("Business day"), _("Check"), _("Status"), _("Minutes late"), _("Incidents"), _("Note"))
    items = {each.item.key: (each.item, each.incidents) for each in meeting.found}
    items |= {item.key: (item, ()) for each in meeting.slipped for item in each.items if item.key not in items}
    rows = tuple(
        (
            item.occurrence.day,
            phrases.said(item.title),
            wording.status(item.status),
            None if item.late is None else round(item.late.total_seconds() / 60, 1),
            phrases.listed(f"#{each.number}" for each in incidents),
            phrases.said(item.answer.note),
        )
        for item, incidents in sorted(items.values(), key=lambda each: each[0].occurrence.planned)
    )
    return Rows(_("Checks"), columns, rows)


def _readings(meeting: Meeting) -> Rows:
    columns = (_("Reading"), _("Shop"), _("Days past it"), _("Worst value"), _("Newest"), _("Warning level"))
    rows = tuple(
        (
            phrases.metric_name(meeting.schedule, each.metric),
            phrases.reading_place(meeting.schedule, each.shop),
            len(each.days),
            each.worst,
            each.last,
            each.warn.level,
        )
        for each in meeting.past
    )
    return Rows(_("Readings"), columns, rows)


def _deadlines(meeting: Meeting) -> Rows:
    columns = (_("Key"), _("Nominal date"), _("Due"), _("Deadline"), _("Status"), _("Reason"))
    zone = meeting.schedule.zone
    rows = tuple(
        (
            each.key,
            each.nominal,
            each.due.astimezone(zone),
            phrases.said(each.title),
            remarks.deadline_status(each),
            phrases.listed(remarks.deadline_notes(each)),
        )
        for each in meeting.deadlines
    )
    return Rows(_("Deadlines"), columns, rows)


def meeting_plain(meeting: Meeting) -> dict[str, Plain]:
    """The pack as JSON: shapes as in a report's."""
    zone, now = meeting.schedule.zone, meeting.now
    return {
        "week": _period(meeting.week),
        "last_week": _period(meeting.last_week),
        "now": instant(now, zone),
        "incidents": {
            "opened": [incident_plain(each, now, meeting.schedule) for each in meeting.opened],
            "open": [incident_plain(each, now, meeting.schedule) for each in meeting.open],
            "by_category": [
                {"category": each.category, "opened": each.opened, "resolved": each.resolved, "open": each.open}
                for each in meeting.by_category
            ],
        },
        "found": [
            {**item_plain(each.item, zone), "incidents": [incident.number for incident in each.incidents]}
            for each in meeting.found
        ],
        "slipped": [
            {
                "duty": each.item.occurrence.duty,
                "missed": [day.isoformat() for day in each.missed],
                "late": [item.key for item in each.late],
            }
            for each in meeting.slipped
        ],
        "overdue": [item_plain(item, zone) for item in meeting.overdue],
        "readings": [
            {
                "metric": each.metric,
                "shop": each.shop,
                "days": [day.isoformat() for day in each.days],
                "worst": number(each.worst),
                "last": number(each.last),
                "level": number(each.warn.level),
            }
            for each in meeting.past
        ],
        "deadlines": [deadline_plain(each, zone) for each in meeting.deadlines],
    }


def _period(period: Period) -> dict[str, Plain]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}
