"""Put a report into words: which sections it has, in which order, and what stands in their tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.facts import Closing
from csconsole.core.figures import Figure
from csconsole.core.incident import Incident
from csconsole.core.period import PeriodKind
from csconsole.core.report import Outcome, Report
from csconsole.core.schedule import Kind
from csconsole.core.tally import DutyLine
from csconsole.i18n import _
from csconsole.reports import phrases, remarks
from csconsole.reports.document import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Grid,
    GridCell,
    Group,
    Lines,
    Prose,
    Row,
    Section,
    Table,
)


def compose(report: Report) -> Document:
    """The report in the language in use."""
    day = report.period.kind is PeriodKind.DAY
    sections = [
        *_handover(report),
        *([] if day else [_duties(report), _days(report)]),
        _items(report),
        _incidents(report),
        _deadlines(report),
        _readings(report),
    ]
    return Document(
        at=report.now,
        title=phrases.title(report),
        subtitle=phrases.period(report),
        state=phrases.sentence(phrases.state(report)),
        head=Facts(tuple(_facts(report))),
        sections=tuple(sections),
        foot=_("csconsole, {time}").format(time=phrases.stamp(report)),
    )


def _facts(report: Report) -> Iterator[Fact]:
    progress, outcomes = report.progress, report.by_outcome
    late = sum(item.late is not None and not item.on_time for item in report.items)
    yield Fact(_("Answered"), phrases.answered(progress))
    yield Fact(
        _("On time"),
        phrases.percent(progress.on_time_rate),
        _("{on_time} on time, {late} late").format(on_time=progress.on_time, late=late),
    )
    yield Fact(phrases.outcome(Outcome.ISSUE), str(progress.issue))
    yield Fact(phrases.outcome(Outcome.SKIPPED), str(progress.skipped))
    yield Fact(phrases.outcome(Outcome.MISSED), str(progress.missed), alarming=progress.missed > 0)
    yield Fact(
        phrases.outcome(Outcome.OPEN),
        str(len(outcomes[Outcome.OPEN])),
        _("{count} overdue").format(count=progress.overdue) if progress.overdue else "",
        alarming=progress.overdue > 0,
    )
    yield Fact(
        _("Open incidents"),
        str(len(report.incidents.open)),
        _("{opened} opened, {resolved} resolved").format(
            opened=len(report.incidents.opened), resolved=len(report.incidents.resolved)
        ),
        alarming=any(incident.overdue(report.until) for incident in report.incidents.open),
    )


# -- checks and deadlines of the period -----------------------------------------------------------------------


def _items(report: Report) -> Section:
    """Every item of a day by what became of it; of a longer period, those that did not go as they should."""
    groups = tuple(
        Group(phrases.outcome_heading(outcome, len(items)), tuple(_item_row(report, item) for item in items))
        for outcome, items in phrases.told(report)
    )
    columns = (
        Column(_("Due")),
        Column(_("Check"), wide=True),
        Column(_("Answered at")),
        Column(_("By")),
        Column(_("Late"), number=True),
    )
    if report.period.kind is PeriodKind.DAY:
        return Section(_("Checks"), _table(columns, groups, _("Nothing was owed.")))
    return Section(_("What did not go as planned"), _table(columns, groups, _("Everything was answered on time.")))


def _item_row(report: Report, item: Item) -> Row:
    cells = (
        remarks.due(report, item),
        phrases.said(item.title),
        remarks.answer(report, item),
        phrases.person_name(report.schedule, item.answer.by),
        remarks.lateness(report, item),
    )
    return Row(cells, remarks.item_notes(report, item))


def _duties(report: Report) -> Section:
    columns = (
        Column(_("Check"), wide=True),
        Column(_("Answered"), number=True),
        Column(_("On time"), number=True),
        Column(_("Issues"), number=True),
        Column(_("Skipped"), number=True),
        Column(_("Missed"), number=True),
        Column(_("Worst delay"), number=True),
    )
    groups = [
        Group(phrases.sentence(wording.kind(kind)), rows)
        for kind in Kind
        if (rows := tuple(_duty_row(line) for line in report.by_duty if line.kind is kind))
    ]
    return Section(_("By check"), _table(columns, groups, _("Nothing was owed.")))


def _duty_row(line: DutyLine) -> Row:
    progress = line.progress
    return Row(
        (
            phrases.said(line.title),
            phrases.answered(progress),
            phrases.percent(progress.on_time_rate),
            _count(progress.issue),
            _count(progress.skipped),
            _count(progress.missed),
            phrases.minutes(line.worst_late),
        )
    )


def _days(report: Report) -> Section:
    columns = (
        Column(_("Day")),
        Column(_("Kind of day"), wide=True),
        Column(_("Answered"), number=True),
        Column(_("On time"), number=True),
        Column(_("Issues"), number=True),
        Column(_("Skipped"), number=True),
        Column(_("Missed"), number=True),
        Column(_("Overdue"), number=True),
    )
    rows = tuple(
        Row(
            (
                wording.date_label(day.date),
                phrases.said(wording.day_kind(day)),
                phrases.answered(progress),
                phrases.percent(progress.on_time_rate),
                _count(progress.issue),
                _count(progress.skipped),
                _count(progress.missed),
                _count(progress.overdue),
            )
        )
        for day, progress in report.days
    )
    return Section(_("Day by day"), (Table(columns, (Group("", rows),)),))


# -- incidents, readings, deadlines, handover -----------------------------------------------------------------


def _incidents(report: Report) -> Section:
    columns = (
        Column(_("No."), number=True),
        Column(_("Incident"), wide=True),
        Column(_("Category")),
        Column(_("Shop")),
        Column(_("Who")),
        Column(_("State")),
    )
    found = ((_("Open: {count}"), report.incidents.open), (_("Resolved: {count}"), report.incidents.resolved))
    groups = [
        Group(heading.format(count=len(incidents)), tuple(_incident_row(report, incident) for incident in incidents))
        for heading, incidents in found
        if incidents
    ]
    title = _("Incidents: {counts}").format(counts=remarks.incident_counts(report))
    return Section(title, _table(columns, groups, _("None opened, none resolved, none open.")))


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
    return Row(cells, remarks.incident_notes(report, incident))


def _readings(report: Report) -> Section:
    title = _("Readings")
    if not report.figures:
        return Section(title, (Lines((_("None taken."),)),))
    warned = tuple(phrases.warned(report, figure) for figure in report.figures if figure.passed)
    return Section(title, (*([Lines(warned)] if warned else []), _grid(report)))


def _grid(report: Report) -> Grid:
    schedule = report.schedule
    figures = {(figure.metric, figure.shop): figure for figure in report.figures}
    shops = [shop for shop in ("", *schedule.shops) if any(shop == its for _metric, its in figures)]
    shops += sorted({shop for _metric, shop in figures} - set(shops))
    metrics = dict.fromkeys(metric for metric, _shop in figures)
    return Grid(
        corner=_("Reading"),
        columns=tuple(phrases.reading_place(schedule, shop) for shop in shops),
        rows=tuple(
            (phrases.metric_name(schedule, metric), tuple(_cell(figures.get((metric, shop))) for shop in shops))
            for metric in metrics
        ),
        table=_figure_table(report),
        legend=_("With each figure, the one before and the change."),
    )


def _cell(figure: Figure | None) -> GridCell | None:
    if figure is None:
        return None
    before = "" if figure.before is None else f"{phrases.number(figure.before)} ({phrases.change(figure.change)})"
    return GridCell(phrases.number(figure.value), before, phrases.warning(figure))


def _figure_table(report: Report) -> Table:
    """The readings one by one; over a longer period, the last of each with the lowest and the highest."""
    day = report.period.kind is PeriodKind.DAY
    columns = (
        Column(_("Shop"), wide=True),
        Column(_("Value"), number=True),
        Column(_("Day before") if day else _("Period before"), number=True),
        Column(_("Change"), number=True),
        *([] if day else [Column(_("Lowest"), number=True), Column(_("Highest"), number=True)]),
        Column(_("Warning")),
    )
    return Table(
        columns,
        tuple(
            Group(phrases.metric_name(report.schedule, metric), tuple(_figure_row(report, each) for each in figures))
            for metric, figures in groupby(report.figures, key=lambda figure: figure.metric)
        ),
    )


def _figure_row(report: Report, figure: Figure) -> Row:
    day = report.period.kind is PeriodKind.DAY
    return Row(
        (
            phrases.reading_place(report.schedule, figure.shop),
            phrases.number(figure.value),
            phrases.NOTHING if figure.before is None else phrases.number(figure.before),
            phrases.change(figure.change),
            *([] if day else [phrases.number(figure.low), phrases.number(figure.high)]),
            phrases.warning(figure),
        )
    )


def _deadlines(report: Report) -> Section:
    columns = (Column(_("Due")), Column(_("Deadline"), wide=True), Column(_("Status")))
    rows = tuple(
        Row(
            (
                remarks.deadline_due(report, deadline),
                phrases.said(deadline.title),
                remarks.deadline_status(deadline),
            ),
            remarks.deadline_notes(deadline),
        )
        for deadline in report.deadlines
    )
    return Section(remarks.deadlines_title(), _table(columns, [Group("", rows)] if rows else [], _("None.")))


def _handover(report: Report) -> Iterator[Section]:
    if notes := tuple(_note(report, closing) for closing in report.closings if phrases.prose(closing.handover)):
        yield Section(_("Handover"), notes)


def _note(report: Report, closing: Closing) -> Prose:
    who = phrases.person_name(report.schedule, closing.by)
    when = wording.date_time(closing.closed_at, report.schedule.zone)
    return Prose(phrases.prose(closing.handover), _("{who}, {time}").format(who=who, time=when))


def _table(columns: tuple[Column, ...], groups: Sequence[Group], otherwise: str) -> tuple[Block, ...]:
    return (Table(columns, tuple(groups)) if groups else Lines((otherwise,)),)


def _count(number: int) -> str:
    """A count where nought is the rule and is not to distract."""
    return str(number) if number else phrases.NOTHING
