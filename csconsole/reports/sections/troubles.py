"""What went wrong: how much of it, where and with whom, what comes back, and each incident by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from csconsole import wording
from csconsole.core.incident import Incident
from csconsole.core.report import Report
from csconsole.core.troubles import IncidentLine
from csconsole.i18n import _
from csconsole.reports import phrases, remarks
from csconsole.reports.document import Block, Column, Group, Lines, Row, Section, Table, table_or
from csconsole.reports.words import returns

_LISTED = 30
"""Of more resolved incidents than these, only those that took longest are named."""
_SLOWEST = 10


def troubles(report: Report) -> Iterator[Section]:
    yield _incidents(report)
    if report.incidents.opened or report.incidents.open:
        yield Section(_("Incidents by category, shop and person"), tuple(_apart(report)))
    if report.incidents.repeats:
        lines = tuple(returns(report, repeat) for repeat in report.incidents.repeats[:12])
        yield Section(_("What came back"), (Lines(lines),))


def _apart(report: Report) -> Iterator[Block]:
    schedule, incidents = report.schedule, report.incidents
    parts: tuple[tuple[str, Sequence[IncidentLine], Callable[[str], str]], ...] = (
        (
            _("Category"),
            incidents.by_category(schedule.categories),
            lambda name: phrases.category_name(schedule, name),
        ),
        (
            _("Shop"),
            incidents.by_shop(schedule.shops),
            lambda name: phrases.shop_name(schedule, name) if name else _("no shop named"),
        ),
        (
            _("Who"),
            incidents.by_person(),
            lambda name: phrases.person_name(schedule, name) if name else _("nobody"),
        ),
    )
    columns = (
        Column("", wide=True),
        Column(_("Opened"), number=True),
        Column(_("Resolved"), number=True),
        Column(_("Open"), number=True),
        Column(_("Past their limit"), number=True),
        Column(_("Median time"), number=True),
    )
    groups = tuple(
        Group(
            heading,
            tuple(
                Row(
                    (
                        named(line.name),
                        str(line.opened),
                        str(line.resolved),
                        str(line.open),
                        phrases.count(line.overdue),
                        phrases.NOTHING if line.median is None else wording.span(line.median),
                    )
                )
                for line in lines
            ),
        )
        for heading, lines, named in parts
    )
    yield Table(columns, groups)


def _incidents(report: Report) -> Section:
    columns = (
        Column(_("No."), number=True),
        Column(_("Incident"), wide=True),
        Column(_("Category")),
        Column(_("Shop")),
        Column(_("Who")),
        Column(_("State")),
    )
    resolved = report.incidents.resolved
    if len(resolved) <= _LISTED:
        told = _("Resolved: {count}")
    else:
        told = _("Resolved: {count}; took longest:")
        resolved = tuple(sorted(resolved, key=lambda each: each.took or timedelta(), reverse=True)[:_SLOWEST])
    groups = [
        Group(heading.format(count=len(every)), tuple(_incident_row(report, incident) for incident in named))
        for heading, every, named in (
            (_("Open: {count}"), report.incidents.open, report.incidents.open),
            (told, report.incidents.resolved, resolved),
        )
        if named
    ]
    title = _("Incidents: {counts}").format(counts=remarks.incident_counts(report))
    otherwise = _("None is open.") if report.incidents.opened else _("None opened, none resolved, none open.")
    return Section(title, (*_times(report), *table_or(columns, groups, otherwise)))


def _times(report: Report) -> Iterator[Block]:
    times = report.incidents.times
    if times is not None:
        words = _("From opening to resolving: {median} for half of them, {worst} at most (#{number}).")
        yield Lines(
            (
                words.format(
                    median=wording.span(times.median), worst=wording.span(times.worst), number=times.slowest.number
                ),
            )
        )


def _incident_row(report: Report, incident: Incident) -> Row:
    schedule = report.schedule
    cells = (
        f"#{incident.number}",
        phrases.said(incident.title),
        phrases.category_name(schedule, incident.category),
        phrases.shop_name(schedule, incident.shop) if incident.shop else "",
        phrases.person_name(schedule, incident.assignee),
        remarks.incident_state(report, incident),
    )
    notes = remarks.incident_notes(report, incident)
    return Row(cells, phrases.together(notes) if incident.resolved_at is not None else notes)
