"""What every format says of one item, incident or deadline beside its title. Plain text, in the language in use."""

from __future__ import annotations

from collections.abc import Iterable

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.answer import Status
from csconsole.core.deadline import Deadline
from csconsole.core.incident import EventKind, Incident, IncidentStatus, Severity
from csconsole.core.report import AHEAD, Report
from csconsole.core.schedule import Schedule
from csconsole.i18n import _, ngettext, pgettext
from csconsole.reports import phrases
from csconsole.wording import limits as limitwording

# -- items ----------------------------------------------------------------------------------------------------


def due(report: Report, item: Item) -> str:
    """The time an item is planned for; where another held it back, its notes say since when it counts."""
    return phrases.moment(report, item.occurrence.planned)


def answer(report: Report, item: Item) -> str:
    """When an item was answered; where it was not, how it stands."""
    if item.answer.marked_at is not None:
        return phrases.moment(report, item.answer.marked_at)
    if item.status is Status.DELEGATED and item.answer.delegated_to:
        return _("with {who}").format(who=phrases.person_name(report.schedule, item.answer.delegated_to))
    return wording.status(item.status)


def lateness(report: Report, item: Item) -> str:
    """By how much an item was answered late, or was overdue at the end of what is reported; empty while in time."""
    if item.late is not None:
        return "" if item.on_time else wording.span(item.late)
    over = report.until - item.due
    return wording.span(over) if item.status.open and over > item.occurrence.grace else ""


def item_notes(report: Report, item: Item) -> tuple[str, ...]:
    """What else is to be said of an item: since when it counts where it was held back, its shops where they differ,
    how long it took, why it was skipped, what was noted."""
    notes = list(_shops_apart(report.schedule, item))
    if item.due != item.occurrence.planned:
        notes.insert(0, _("counts from {time}").format(time=phrases.moment(report, item.due)))
    if item.answer.spent is not None:
        notes.append(_("took {span}").format(span=wording.span(item.answer.spent)))
    if item.answer.reason:
        notes.append(_("Reason: {text}").format(text=phrases.said(item.answer.reason)))
    if item.answer.note:
        notes.append(_("Note: {text}").format(text=phrases.said(item.answer.note)))
    return tuple(notes)


def _shops_apart(schedule: Schedule, item: Item) -> Iterable[str]:
    results = item.answer.shops
    if len(set(results.values())) < 2:
        return
    for result in (Status.ISSUE, Status.SKIPPED, Status.DONE, None):
        shops = [phrases.shop_name(schedule, shop) for shop, its in results.items() if its is result]
        if shops and (result is not Status.DONE or None in results.values()):
            word = _("not answered") if result is None else wording.status(result)
            yield _("{what}: {names}").format(what=word, names=phrases.listed(shops))


# -- incidents and deadlines ----------------------------------------------------------------------------------


def incident_state(report: Report, incident: Incident) -> str:
    """Resolved when, or how much of its time was left at the end of what is reported."""
    if incident.resolved_at is not None:
        return _("resolved {time}").format(time=phrases.moment(report, incident.resolved_at))
    return limitwording.left(incident, report.until) or wording.incident_status(IncidentStatus.OPEN)


def incident_notes(report: Report, incident: Incident) -> tuple[str, ...]:
    """Who opened it when, its severity and orders; then the last that was written about it."""
    schedule = report.schedule
    facts = [
        _("opened {time} by {who}").format(
            time=phrases.moment(report, incident.opened_at), who=phrases.person_name(schedule, incident.opened_by)
        )
    ]
    if incident.severity is not Severity.NORMAL:
        facts.append(_("severity {word}").format(word=wording.severity(incident.severity)))
    if incident.orders:
        facts.append(
            ngettext("order {numbers}", "orders {numbers}", len(incident.orders)).format(
                numbers=phrases.listed(phrases.said(order) for order in incident.orders)
            )
        )
    notes = [pgettext("between the parts of a sentence", "; ").join(facts)]
    written = [event for event in incident.events if phrases.said(event.text)]
    if written:
        last = written[-1]
        words = _("{time} {who}, resolved: {text}") if last.kind is EventKind.RESOLVED else _("{time} {who}: {text}")
        notes.append(
            words.format(
                time=phrases.moment(report, last.at),
                who=phrases.person_name(schedule, last.by),
                text=phrases.said(last.text),
            )
        )
    return tuple(notes)


def incident_counts(report: Report) -> str:
    incidents = report.incidents
    return _("opened {opened}, resolved {resolved}, open {open}").format(
        opened=len(incidents.opened), resolved=len(incidents.resolved), open=len(incidents.open)
    )


def deadlines_title() -> str:
    return _("Deadlines of the next {days} days").format(days=AHEAD.days)


def deadline_due(report: Report, deadline: Deadline) -> str:
    time = wording.clock_time(deadline.due, report.schedule.zone)
    return _("{date} {time}").format(date=wording.date_label(deadline.day), time=time)


def deadline_status(deadline: Deadline) -> str:
    return _("not owed") if deadline.status is None else wording.status(deadline.status)


def deadline_notes(deadline: Deadline) -> tuple[str, ...]:
    """Where it moved from and why; whether it may still move."""
    why = wording.moved_reason(deadline.adjusted) or wording.provisional_note(deadline.adjusted)
    return (phrases.said(why),) if why else ()
