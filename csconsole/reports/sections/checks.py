"""How the checks went: by duty, category, shop, person and day, and one by one where they did not go as planned."""

from __future__ import annotations

from collections.abc import Iterator

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.period import PeriodKind
from csconsole.core.report import Report
from csconsole.core.schedule import Kind
from csconsole.core.tally import DutyLine, Tally
from csconsole.i18n import _, ngettext
from csconsole.reports import phrases, remarks
from csconsole.reports.document import Block, Column, Group, Lines, Row, Section, table_or

LISTED = 31
"""A period of more days than these does not name its checks one by one."""


def items(report: Report) -> Section:
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
        return Section(_("Checks"), table_or(columns, groups, _("Nothing was owed.")))
    title = _("What did not go as planned")
    if len(report.period.days) > LISTED:
        total = len(report.exceptions)
        words = ngettext(
            "{count} check; the months' reports name it, and the tables (csv, xlsx).",
            "{count} checks; the months' reports name each, and the tables (csv, xlsx).",
            total,
        )
        return Section(title, (Lines((words.format(count=total),)), *_why_skipped(report)))
    return Section(title, (*table_or(columns, groups, _("Everything was answered on time.")), *_why_skipped(report)))


def _item_row(report: Report, item: Item) -> Row:
    cells = (
        remarks.due(report, item),
        phrases.said(item.title),
        remarks.answer(report, item),
        phrases.person_name(report.schedule, item.answer.by),
        remarks.lateness(report, item),
    )
    return Row(cells, phrases.together(remarks.item_notes(report, item)))


def _why_skipped(report: Report) -> Iterator[Block]:
    """Why checks were skipped, where one reason was given for several."""
    lines = tuple(
        _("Skipped {count} times: {reason} ({titles})").format(
            count=reason.count,
            reason=phrases.said(reason.text),
            titles=phrases.listed(phrases.said(title) for title in reason.titles[:3]),
        )
        for reason in report.reasons
        if reason.count > 1
    )
    if lines:
        yield Lines(lines)


def _columns(what: str, *, owed: bool = True) -> tuple[Column, ...]:
    """Of what was `owed`; without, of what was answered, of which nothing can have been missed."""
    return (
        Column(what, wide=True),
        Column(_("Answered"), number=True),
        Column(_("On time"), number=True),
        Column(_("Late"), number=True),
        Column(_("Found"), number=True),
        Column(_("Skipped"), number=True),
        *([Column(_("Missed"), number=True)] if owed else []),
        Column(_("Worst"), number=True),
        Column(_("Took"), number=True),
    )


def _row(name: str, line: Tally, notes: tuple[str, ...] = (), *, owed: bool = True) -> Row:
    progress = line.progress
    return Row(
        (
            name,
            phrases.answered(progress) if owed else str(progress.answered),
            phrases.percent(progress.on_time_rate),
            phrases.count(line.late),
            phrases.count(line.found),
            phrases.count(progress.skipped),
            *([phrases.count(progress.missed)] if owed else []),
            phrases.minutes(line.worst_late),
            phrases.minutes(line.mean_spent),
        ),
        notes,
    )


def duties(report: Report) -> Section:
    groups = [
        Group(phrases.sentence(wording.kind(kind)), rows)
        for kind in Kind
        if (
            rows := tuple(
                _row(phrases.said(line.title), line, _seen(line)) for line in report.by_duty if line.kind is kind
            )
        )
    ]
    return Section(_("By check"), table_or(_columns(_("Check")), groups, _("Nothing was owed.")))


def _seen(line: DutyLine) -> tuple[str, ...]:
    """What is to be seen of a check besides its figures: that it always runs late, that it never finds anything."""
    notes = []
    if line.runs_late and line.mean_late is not None:
        notes.append(
            _("late {late} times of {answered}, by {span} on average").format(
                late=line.late, answered=line.progress.answered, span=wording.span(line.mean_late)
            )
        )
    if line.finds_nothing:
        notes.append(_("found nothing in {answered} answers").format(answered=line.progress.answered))
    return tuple(notes)


def categories(report: Report) -> Iterator[Section]:
    if len(report.by_category) > 1:
        rows = tuple(_row(phrases.category_name(report.schedule, line.category), line) for line in report.by_category)
        yield Section(_("By category"), table_or(_columns(_("Category")), [Group("", rows)], ""))


def people(report: Report) -> Iterator[Section]:
    """Who answered how much, and how: what nobody answered is nobody's."""
    if report.by_person:
        names = (phrases.person_name(report.schedule, line.person) for line in report.by_person)
        rows = tuple(_row(name, line, owed=False) for name, line in zip(names, report.by_person, strict=True))
        yield Section(_("Checks by person"), table_or(_columns(_("Who"), owed=False), [Group("", rows)], ""))


def shops(report: Report) -> Iterator[Section]:
    """The checks that are answered shop by shop."""
    if not report.by_shop:
        return
    columns = (
        Column(_("Shop"), wide=True),
        Column(_("Answered"), number=True),
        Column(_("On time"), number=True),
        Column(_("Issues"), number=True),
        Column(_("Skipped"), number=True),
        Column(_("Missed"), number=True),
    )
    rows = tuple(
        Row(
            (
                phrases.shop_name(report.schedule, line.shop),
                f"{line.answered}/{line.total}",
                phrases.percent(line.on_time / line.total),
                phrases.count(line.issue),
                phrases.count(line.skipped),
                phrases.count(line.missed),
            )
        )
        for line in report.by_shop
    )
    yield Section(_("By shop"), table_or(columns, [Group("", rows)], ""))


def days(report: Report) -> Iterator[Section]:
    if len(report.period.days) > LISTED:
        return
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
                phrases.count(progress.issue),
                phrases.count(progress.skipped),
                phrases.count(progress.missed),
                phrases.count(progress.overdue),
            )
        )
        for day, progress in report.days
    )
    yield Section(_("Day by day"), table_or(columns, [Group("", rows)], ""))


def handed_in(report: Report) -> Iterator[Section]:
    """The deadlines that came due: kept or not."""
    if not report.handed_in or report.period.kind is PeriodKind.DAY:
        return
    columns = (
        Column(_("Due")),
        Column(_("Deadline"), wide=True),
        Column(_("Handed in")),
        Column(_("Late"), number=True),
    )
    shown = [item for item in report.handed_in if len(report.period.days) <= LISTED or not item.on_time]
    rows = tuple(
        Row(
            (
                remarks.due(report, item),
                phrases.said(item.title),
                remarks.answer(report, item),
                remarks.lateness(report, item),
            )
        )
        for item in shown
    )
    kept = sum(item.on_time for item in report.handed_in)
    title = _("Deadlines that came due: {of}, kept: {met}").format(of=len(report.handed_in), met=kept)
    yield Section(title, table_or(columns, [Group("", rows)] if rows else [], _("All of them were kept.")))
