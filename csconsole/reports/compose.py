"""Put a report into words: which sections it has, in which order, and what stands in their tables."""

from __future__ import annotations

from collections.abc import Iterator

from csconsole import wording
from csconsole.core.facts import Closing
from csconsole.core.period import PeriodKind
from csconsole.core.report import Outcome, Report
from csconsole.i18n import _, ngettext
from csconsole.reports import handover, phrases, remarks
from csconsole.reports.cases import cases_of
from csconsole.reports.document import Column, Document, Fact, Facts, Group, Lines, Prose, Row, Section, table_or
from csconsole.reports.sections import checks
from csconsole.reports.sections.beside import beside
from csconsole.reports.sections.charts import at_a_glance, reading_courses
from csconsole.reports.sections.readings import movers, readings
from csconsole.reports.sections.troubles import troubles
from csconsole.reports.words import in_words


def compose(report: Report) -> Document:
    """The report in the language in use."""
    day = report.period.kind is PeriodKind.DAY
    sections = [
        *at_a_glance(report),
        *(_handover(report) if day else ()),
        *beside(report),
        checks.items(report) if day else checks.duties(report),
        *checks.categories(report),
        *checks.shops(report),
        *checks.people(report),
        *(() if day else (*checks.days(report), *checks.handed_in(report))),
        *troubles(report),
        *cases_of(report),
        _deadlines(report),
        *movers(report),
        *reading_courses(report),
        readings(report),
        # Of more than a day they are many: whoever wants to know which they were, finds them last.
        *(() if day else (checks.items(report), *_handover(report))),
    ]
    return Document(
        at=report.now,
        title=phrases.title(report),
        subtitle=phrases.period(report),
        state=phrases.sentence(phrases.state(report)),
        lead=in_words(report),
        head=Facts(tuple(_facts(report))),
        sections=tuple(sections),
        foot=_("csconsole, {time}").format(time=phrases.stamp(report)),
    )


def _facts(report: Report) -> Iterator[Fact]:
    progress, outcomes = report.progress, report.by_outcome
    yield Fact(_("Answered"), phrases.answered(progress))
    yield Fact(
        _("On time"),
        phrases.percent(progress.on_time_rate),
        _("{on_time} on time, {late} late").format(on_time=progress.on_time, late=report.late),
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
    return Section(remarks.deadlines_title(), table_or(columns, [Group("", rows)] if rows else [], _("None.")))


def _handover(report: Report) -> Iterator[Section]:
    if report.handover is not None:
        yield from handover.sections(report.handover)
        return
    notes = tuple(_note(report, closing) for closing in report.closings if phrases.prose(closing.handover))
    if len(report.period.days) > checks.LISTED and notes:
        words = ngettext(
            "{n} note; the months' reports have it.", "{n} notes; the months' reports have them.", len(notes)
        )
        yield Section(_("Handover"), (Lines((words.format(n=len(notes)),)),))
    elif notes:
        yield Section(_("Handover"), notes)


def _note(report: Report, closing: Closing) -> Prose:
    who = phrases.person_name(report.schedule, closing.by)
    when = wording.date_time(closing.closed_at, report.schedule.zone)
    return Prose(phrases.prose(closing.handover), _("{who}, {time}").format(who=who, time=when))
