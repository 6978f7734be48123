"""The rows beneath a report, for a spreadsheet: what was answered when, what was read, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import get_args

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.answer import Status
from csconsole.core.incident import Incident
from csconsole.core.report import Report, TableName
from csconsole.i18n import _
from csconsole.reports import phrases
from csconsole.reports.cases import judged
from csconsole.reports.rows import Cell, Rows

TABLES: tuple[TableName, ...] = get_args(TableName)

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


def table_of(report: Report, name: TableName) -> Rows:
    match name:
        case "checks":
            return _checks(report)
        case "readings":
            return _readings(report)
        case "incidents":
            return _incidents(report)
        case "deadlines":
            return _deadlines(report)
        case "days":
            return _days(report)
        case "cases":
            return _cases(report)


def tables_of(report: Report) -> list[Rows]:
    return [table_of(report, name) for name in TABLES]


def _checks(report: Report) -> Rows:
    columns = (
        _("Key"), _("Business day"), _("Kind"), _("Category"), _("Check"), _("Due"), _("Answered at"), _("Status"),
        _("On time"), _("Minutes late"), _("By"), _("Begun at"), _("Minutes spent"), _("Shops with an issue"),
        _("Shops not answered"), _("Reason"), _("Note"),
    )  # fmt: skip
    return Rows(_("Checks"), columns, tuple(_check(report, item) for item in report.items))


def _check(report: Report, item: Item) -> tuple[Cell, ...]:
    schedule, answer, occurrence = report.schedule, item.answer, item.occurrence
    return (
        item.key,
        occurrence.day,
        wording.kind(occurrence.kind),
        phrases.category_name(schedule, occurrence.category),
        phrases.said(item.title),
        _wall(report, item.due),
        _wall(report, answer.marked_at),
        wording.status(item.status),
        None if item.late is None else _("yes") if item.on_time else _("no"),
        None if item.late is None else round(item.late / _MINUTE, 1),
        phrases.person_name(schedule, answer.by),
        _wall(report, answer.started_at),
        None if answer.spent is None else round(answer.spent / _MINUTE, 1),
        _shops(report, (shop for shop, result in answer.shops.items() if result is Status.ISSUE)),
        _shops(report, (shop for shop, result in answer.shops.items() if result is None)),
        phrases.said(answer.reason),
        phrases.said(answer.note),
    )


def _shops(report: Report, shops: Iterable[str]) -> str:
    return phrases.listed(phrases.shop_name(report.schedule, shop) for shop in shops)


def _readings(report: Report) -> Rows:
    columns = (_("Business day"), _("Reading"), _("Shop"), _("Value"), _("Warning level"))
    rows: list[tuple[Cell, ...]] = [
        (
            day,
            phrases.metric_name(report.schedule, figure.metric),
            phrases.reading_place(report.schedule, figure.shop),
            value,
            figure.warn.level if figure.warn else None,
        )
        for figure in report.figures
        for day, value in sorted(figure.daily.items())
        if day in report.period
    ]
    return Rows(_("Readings"), columns, tuple(rows))


def _incidents(report: Report) -> Rows:
    columns = (
        _("No."), _("Incident"), _("Category"), _("Shop"), _("Orders"), _("Tracking numbers"), _("Buyer"), _("Who"),
        _("Severity"), _("Status"), _("Opened"), _("By"), _("To be settled by"), _("Resolved"),
        _("Hours to resolve"), _("Last word"),
    )  # fmt: skip
    incidents = report.incidents
    every = {each.number: each for each in (*incidents.opened, *incidents.resolved, *incidents.open)}
    return Rows(_("Incidents"), columns, tuple(_incident(report, each) for _number, each in sorted(every.items())))


def _incident(report: Report, incident: Incident) -> tuple[Cell, ...]:
    schedule = report.schedule
    resolved = incident.resolved_at
    return (
        incident.number,
        phrases.said(incident.title),
        phrases.category_name(schedule, incident.category),
        phrases.shop_name(schedule, incident.shop) if incident.shop else "",
        phrases.listed(map(phrases.said, incident.orders)),
        phrases.listed(map(phrases.said, incident.tracking)),
        phrases.said(incident.buyer),
        phrases.person_name(schedule, incident.assignee),
        wording.severity(incident.severity),
        wording.incident_status(incident.status),
        _wall(report, incident.opened_at),
        phrases.person_name(schedule, incident.opened_by),
        _wall(report, incident.due_at),
        _wall(report, resolved),
        None if resolved is None else round((resolved - incident.opened_at) / _HOUR, 2),
        next((phrases.said(event.text) for event in reversed(incident.events) if event.text), ""),
    )


def _deadlines(report: Report) -> Rows:
    """What came due in the period, and what is ahead."""
    columns = (_("Key"), _("Nominal date"), _("Due"), _("Deadline"), _("Status"), _("Handed in"), _("On time"))
    rows: list[tuple[Cell, ...]] = [
        (
            item.key,
            item.occurrence.nominal,
            _wall(report, item.due),
            phrases.said(item.title),
            wording.status(item.status),
            _wall(report, item.answer.marked_at),
            None if item.late is None else _("yes") if item.on_time else _("no"),
        )
        for item in report.handed_in
    ]
    rows += [
        (
            deadline.key,
            deadline.nominal,
            _wall(report, deadline.due),
            phrases.said(deadline.title),
            _("not owed") if deadline.status is None else wording.status(deadline.status),
            None,
            None,
        )
        for deadline in report.deadlines
    ]
    return Rows(_("Deadlines"), columns, tuple(rows))


def _days(report: Report) -> Rows:
    columns = (
        _("Day"), _("Kind of day"), _("Checks"), _("Answered"), _("On time"), _("Issues"), _("Skipped"), _("Missed"),
        _("Overdue"),
    )  # fmt: skip
    rows = tuple(
        (
            day.date, phrases.said(wording.day_kind(day)), progress.total, progress.answered, progress.on_time,
            progress.issue, progress.skipped, progress.missed, progress.overdue,
        )
        for day, progress in report.days
    )  # fmt: skip
    return Rows(_("Days"), columns, rows)


def _cases(report: Report) -> Rows:
    columns = (
        _("No."), _("Case"), _("Category"), _("How"), _("Incident"), _("What happened"), _("What we did"),
        _("Next time"), _("Kept"), _("By"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            case.number,
            phrases.said(case.draft.title),
            phrases.category_name(report.schedule, case.draft.category),
            judged(case.draft.good),
            case.draft.incident,
            *map(phrases.said, (case.draft.happened, case.draft.did, case.draft.next_time)),
            _wall(report, case.kept_at),
            phrases.person_name(report.schedule, case.by),
        )
        for case in report.cases
    ]
    return Rows(_("Cases"), columns, tuple(rows))


def _wall(report: Report, instant: datetime | None) -> datetime | None:
    return None if instant is None else instant.astimezone(report.schedule.zone)
