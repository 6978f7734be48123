"""What every format says of one number, item, incident or deadline. Plain text, in the language in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from csconsole import limitwording, wording
from csconsole.core.agenda import Item, Progress
from csconsole.core.answer import Status
from csconsole.core.deadline import Deadline
from csconsole.core.figures import Figure
from csconsole.core.incident import EventKind, Incident, IncidentStatus, Severity
from csconsole.core.period import PeriodKind
from csconsole.core.report import AHEAD, Outcome, Report
from csconsole.core.schedule import Schedule, Text
from csconsole.core.text import clean
from csconsole.i18n import _, language, ngettext, pgettext

NOTHING = "–"

OUTCOMES = {
    Outcome.MISSED: Status.MISSED,
    Outcome.OPEN: Status.OVERDUE,
    Outcome.ISSUE: Status.ISSUE,
    Outcome.SKIPPED: Status.SKIPPED,
    Outcome.LATE: Status.DONE,
    Outcome.ON_TIME: Status.DONE,
}


def said(text: Text | str | None) -> str:
    """What somebody wrote, on one line."""
    if isinstance(text, Text):
        text = text.to(language())
    return " ".join(clean(text or "").split())


def prose(text: str) -> tuple[str, ...]:
    """What somebody wrote on several lines, without the empty ones."""
    return tuple(line for each in clean(text, multiline=True).split("\n") if (line := said(each)))


def sentence(words: str) -> str:
    """Words with a capital letter in front."""
    return words[:1].upper() + words[1:]


# -- names ----------------------------------------------------------------------------------------------------


def shop_name(schedule: Schedule, shop: str) -> str:
    known = schedule.shops.get(shop)
    return said(known.name if known else shop)


def reading_place(schedule: Schedule, shop: str) -> str:
    """The shop a reading was taken at, or that it was taken once for all of them."""
    return shop_name(schedule, shop) if shop else _("all shops")


def category_name(schedule: Schedule, category: str) -> str:
    known = schedule.categories.get(category)
    return said(known.name if known else category)


def metric_name(schedule: Schedule, metric: str) -> str:
    """The metric and what it is counted in."""
    known = schedule.metrics.get(metric)
    if known is None:
        return said(metric)
    unit = said(known.unit)
    return _("{metric} ({unit})").format(metric=said(known.name), unit=unit) if unit else said(known.name)


def person_name(schedule: Schedule, name: str | None) -> str:
    known = next((person for person in schedule.people if person.id == name), None)
    return said(known.name if known else name)


# -- numbers --------------------------------------------------------------------------------------------------


def number(value: float) -> str:
    """A reading: whole where it is whole, at most four decimals otherwise."""
    value = float(value)
    return f"{int(value):,}" if value.is_integer() else f"{round(value, 4):,}"


def change(value: float | None) -> str:
    """By how much a reading changed, with its sign."""
    if value is None:
        return ""
    return f"+{number(value)}" if value > 0 else number(value)


def percent(rate: float | None) -> str:
    """A share, rounded down: nothing but all of it is 100 %."""
    return NOTHING if rate is None else f"{int(rate * 100 + 1e-9)}%"


def warning(figure: Figure) -> str:
    """The warning level a reading is past: "above 20"; empty where it is not."""
    if figure.passed is None:
        return ""
    words = _("above {level}") if figure.passed.above else _("below {level}")
    return words.format(level=number(figure.passed.level))


def warned(report: Report, figure: Figure) -> str:
    """A reading past its warning level, as a sentence."""
    return _("{metric}, {shop}: {value}, {warning}").format(
        metric=metric_name(report.schedule, figure.metric),
        shop=reading_place(report.schedule, figure.shop),
        value=number(figure.value),
        warning=warning(figure),
    )


def minutes(length: timedelta | None) -> str:
    """A lateness, where there is any to speak of."""
    return NOTHING if length is None or length < timedelta(minutes=1) else wording.span(length)


def answered(progress: Progress) -> str:
    return f"{progress.answered}/{progress.total}"


# -- the report as a whole ------------------------------------------------------------------------------------


def title(report: Report) -> str:
    match report.period.kind:
        case PeriodKind.DAY:
            return _("Customer service daily report")
        case PeriodKind.WEEK:
            return _("Customer service weekly report")
        case PeriodKind.MONTH:
            return _("Customer service monthly report")
        case PeriodKind.YEAR:
            return _("Customer service yearly report")
        case PeriodKind.SPAN:
            return _("Customer service report")


def period(report: Report) -> str:
    """The day with what kind of day it is, or the first and last day."""
    first, last = report.period.first, report.period.last
    if report.period.kind is not PeriodKind.DAY:
        return _("{first} to {last}").format(first=wording.full_date(first), last=wording.full_date(last))
    day = report.days[0][0]
    label = _("{date}, {kind}").format(date=wording.full_date(first), kind=said(wording.day_kind(day)))
    return _("{date} (provisional)").format(date=label) if day.provisional else label


def state(report: Report) -> str:
    """Whether the period was handed over, by whom and when; where not, as of when it stands."""
    if (closing := report.closing) is not None and report.period.kind is PeriodKind.DAY:
        return _("closed by {who} at {time}").format(
            who=person_name(report.schedule, closing.by), time=moment(report, closing.closed_at)
        )
    as_of = stamp(report)
    if report.period.kind is PeriodKind.DAY:
        return _("not closed yet; as of {time}").format(time=as_of)
    return _("as of {time}").format(time=as_of)


def stamp(report: Report) -> str:
    """When the report stood so, in full: it may be looked at in another year."""
    return f"{report.now.astimezone(report.schedule.zone):%Y-%m-%d %H:%M}"


def moment(report: Report, instant: datetime) -> str:
    """The time of day of an instant within the day reported on, with its date where that is another."""
    zone = report.schedule.zone
    day = report.period.first
    if report.period.kind is PeriodKind.DAY and instant.astimezone(zone).date() == day:
        return wording.clock_time(instant, zone)
    return wording.date_time(instant, zone)


def outcome(outcome: Outcome) -> str:
    match outcome:
        case Outcome.MISSED:
            return _("Missed")
        case Outcome.OPEN:
            return _("Still open")
        case Outcome.ISSUE:
            return _("Issue found")
        case Outcome.SKIPPED:
            return _("Skipped")
        case Outcome.LATE:
            return _("Done late")
        case Outcome.ON_TIME:
            return _("Done on time")


def outcome_heading(each: Outcome, count: int) -> str:
    glyph = wording.status_glyph(OUTCOMES[each])
    return _("{glyph} {outcome}: {count}").format(glyph=glyph, outcome=outcome(each), count=count)


def told(report: Report) -> Iterator[tuple[Outcome, tuple[Item, ...]]]:
    """The items a report names one by one, by what became of them: of a day all, of a longer period the exceptions."""
    exceptions = {item.key for item in report.exceptions}
    for each, items in report.by_outcome.items():
        shown = (
            items if report.period.kind is PeriodKind.DAY else tuple(item for item in items if item.key in exceptions)
        )
        if shown:
            yield each, shown


# -- items ----------------------------------------------------------------------------------------------------


def due(report: Report, item: Item) -> str:
    """The time an item is planned for; where another held it back, its notes say since when it counts."""
    return moment(report, item.occurrence.planned)


def answer(report: Report, item: Item) -> str:
    """When an item was answered; where it was not, how it stands."""
    if item.answer.marked_at is not None:
        return moment(report, item.answer.marked_at)
    if item.status is Status.DELEGATED and item.answer.delegated_to:
        return _("with {who}").format(who=person_name(report.schedule, item.answer.delegated_to))
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
        notes.insert(0, _("counts from {time}").format(time=moment(report, item.due)))
    if item.answer.spent is not None:
        notes.append(_("took {span}").format(span=wording.span(item.answer.spent)))
    if item.answer.reason:
        notes.append(_("Reason: {text}").format(text=said(item.answer.reason)))
    if item.answer.note:
        notes.append(_("Note: {text}").format(text=said(item.answer.note)))
    return tuple(notes)


def _shops_apart(schedule: Schedule, item: Item) -> Iterable[str]:
    results = item.answer.shops
    if len(set(results.values())) < 2:
        return
    for result in (Status.ISSUE, Status.SKIPPED, Status.DONE, None):
        shops = [shop_name(schedule, shop) for shop, its in results.items() if its is result]
        if shops and (result is not Status.DONE or None in results.values()):
            word = _("not answered") if result is None else wording.status(result)
            yield _("{what}: {names}").format(what=word, names=listed(shops))


def in_brackets(facts: Iterable[str]) -> str:
    return pgettext("between facts in brackets", ", ").join(facts)


def listed(names: Iterable[str]) -> str:
    return pgettext("between the parts of a list", ", ").join(names)


# -- incidents and deadlines ----------------------------------------------------------------------------------


def incident_state(report: Report, incident: Incident) -> str:
    """Resolved when, or how much of its time was left at the end of what is reported."""
    if incident.resolved_at is not None:
        return _("resolved {time}").format(time=moment(report, incident.resolved_at))
    return limitwording.left(incident, report.until) or wording.incident_status(IncidentStatus.OPEN)


def incident_notes(report: Report, incident: Incident) -> tuple[str, ...]:
    """Who opened it when, its severity and orders; then the last that was written about it."""
    schedule = report.schedule
    facts = [
        _("opened {time} by {who}").format(
            time=moment(report, incident.opened_at), who=person_name(schedule, incident.opened_by)
        )
    ]
    if incident.severity is not Severity.NORMAL:
        facts.append(_("severity {word}").format(word=wording.severity(incident.severity)))
    if incident.orders:
        facts.append(
            ngettext("order {numbers}", "orders {numbers}", len(incident.orders)).format(
                numbers=listed(said(order) for order in incident.orders)
            )
        )
    notes = [pgettext("between the parts of a sentence", "; ").join(facts)]
    written = [event for event in incident.events if said(event.text)]
    if written:
        last = written[-1]
        words = _("{time} {who}, resolved: {text}") if last.kind is EventKind.RESOLVED else _("{time} {who}: {text}")
        notes.append(
            words.format(time=moment(report, last.at), who=person_name(schedule, last.by), text=said(last.text))
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
    return (said(why),) if why else ()
