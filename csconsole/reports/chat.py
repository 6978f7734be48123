"""A report as a chat message: plain lines that paste as they are into DingTalk, WeCom or Feishu, without tables or
markup, sections parted by blank lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.deadline import Deadline
from csconsole.core.figures import Figure
from csconsole.core.incident import Incident
from csconsole.core.period import PeriodKind
from csconsole.core.report import Outcome, Report
from csconsole.core.tally import DutyLine
from csconsole.i18n import _, pgettext
from csconsole.reports import phrases, remarks
from csconsole.reports.cases import judged, lesson
from csconsole.reports.document import Block, Document, Facts, Grid, Lines, PageLine, Prose, Section, Table
from csconsole.reports.handover import sections
from csconsole.reports.words import in_words

_DAYS = 7
"""A message about more days than these names no check and no resolved incident by itself."""


def render_chat(report: Report) -> str:
    parts = [_title(report), list(in_words(report)), _counts(report), *_handover(report), *_items(report)]
    if report.period.kind is not PeriodKind.DAY:
        parts.append(_duties(report))
    parts += [_people(report), _incidents(report), _cases(report), _deadlines(report), _readings(report)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def render_document(document: Document) -> str:
    """Any page as a chat message."""
    head = [
        _("{title}: {period}").format(title=document.title, period=document.subtitle),
        document.state,
        *(line.text for line in _block(document.head)),
    ]
    parts = [head, *(section_lines(section) for section in document.sections)]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def section_lines(section: Section) -> list[str]:
    return [f"  {line.text}" if line.depth > 2 else line.text for line in page_lines(section)]


def page_lines(section: Section) -> Iterator[PageLine]:
    """A section without columns: a row is a line, what nobody filled in left out."""
    yield PageLine(section.title, 0)
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[PageLine]:
    match block:
        case Facts():
            counts = (_("{label} {value}").format(label=fact.label, value=fact.value) for fact in block.facts)
            yield PageLine(phrases.listed(counts), 2)
        case Table():
            for group in block.groups:
                if group.heading:
                    yield PageLine(_("{heading}:").format(heading=group.heading), 1)
                for row in group.rows:
                    cells = (cell for cell in row.cells if cell not in ("", phrases.NOTHING))
                    yield PageLine(" · ".join(cells), 2, row.about)
                    yield from (PageLine(note, 3, row.about) for note in row.notes)
        case Grid():
            yield from _block(block.table)
        case Lines():
            yield from (PageLine(line, 2) for line in block.lines)
        case Prose():
            yield from (PageLine(line, 2) for line in block.lines)
            if block.signature:
                yield PageLine(f"– {block.signature}", 3)


def _title(report: Report) -> list[str]:
    return [
        _("{title}: {period}").format(title=phrases.title(report), period=phrases.period(report)),
        phrases.sentence(phrases.state(report)),
    ]


def _counts(report: Report) -> list[str]:
    progress = report.progress
    counts = _("answered {answered}, on time {on_time} ({rate}), issues {issues}, skipped {skipped}").format(
        answered=phrases.answered(progress),
        on_time=progress.on_time,
        rate=phrases.percent(progress.on_time_rate),
        issues=progress.issue,
        skipped=progress.skipped,
    )
    rest = _("missed {missed}, still open {open}, overdue {overdue}").format(
        missed=progress.missed, open=len(report.by_outcome[Outcome.OPEN]), overdue=progress.overdue
    )
    return [phrases.sentence(counts), phrases.sentence(rest)]


def _items(report: Report) -> Iterator[list[str]]:
    for outcome, items in phrases.told(report) if _is_short(report) else ():
        yield [
            phrases.outcome_heading(outcome, len(items)),
            *(line for item in items for line in _item(report, outcome, item)),
        ]


def _item(report: Report, outcome: Outcome, item: Item) -> Iterator[str]:
    facts = [] if outcome is Outcome.MISSED else [remarks.answer(report, item)]
    if late := remarks.lateness(report, item):
        facts.append(_("{span} late").format(span=late) if item.status.answered else late)
    if item.answer.by:
        facts.append(phrases.person_name(report.schedule, item.answer.by))
    words = _("{due} {title} ({facts})") if facts else _("{due} {title}")
    yield words.format(due=remarks.due(report, item), title=phrases.said(item.title), facts=phrases.in_brackets(facts))
    yield from _beneath(remarks.item_notes(report, item))


def _beneath(notes: Iterable[str]) -> Iterator[str]:
    return (f"  {note}" for note in notes)


def _duties(report: Report) -> list[str]:
    return [_("By check"), *map(_duty, report.by_duty)]


def _duty(line: DutyLine) -> str:
    return _("{title}: {answered}, {rate} on time").format(
        title=phrases.said(line.title),
        answered=phrases.answered(line.progress),
        rate=phrases.percent(line.progress.on_time_rate),
    )


def _people(report: Report) -> list[str]:
    lines = [
        _("{title}: {answered}, {rate} on time").format(
            title=phrases.person_name(report.schedule, line.person),
            answered=line.progress.answered,
            rate=phrases.percent(line.progress.on_time_rate),
        )
        for line in report.by_person
    ]
    return [_("Checks by person"), *lines] if lines else []


def _cases(report: Report) -> list[str]:
    lines = [
        line
        for case in report.cases
        for line in (f"{judged(case.draft.good)} {phrases.said(case.draft.title)}", *_beneath(lesson(case)))
    ]
    return [_("Cases kept: {count}").format(count=len(report.cases)), *lines] if lines else []


def _is_short(report: Report) -> bool:
    """Whether a message can name what happened one by one: of a month nobody would read it in a chat."""
    return len(report.period.days) <= _DAYS


def _incidents(report: Report) -> list[str]:
    shown = (*report.incidents.open, *(report.incidents.resolved if _is_short(report) else ()))
    title = _("Incidents: {counts}").format(counts=remarks.incident_counts(report))
    return [title, *(line for incident in shown for line in _incident(report, incident))]


def _incident(report: Report, incident: Incident) -> Iterator[str]:
    schedule = report.schedule
    facts = [phrases.category_name(schedule, incident.category)]
    if incident.shop:
        facts.append(phrases.shop_name(schedule, incident.shop))
    if incident.assignee:
        facts.append("@" + phrases.person_name(schedule, incident.assignee))
    facts.append(remarks.incident_state(report, incident))
    yield _("#{number} {title} ({facts})").format(
        number=incident.number, title=phrases.said(incident.title), facts=phrases.in_brackets(facts)
    )
    yield from _beneath(remarks.incident_notes(report, incident))


def _readings(report: Report) -> list[str]:
    """A line for each metric. What a reading was before stands in brackets."""
    if not report.figures:
        return []
    lines = [
        _("{metric}: {readings}").format(
            metric=phrases.metric_name(report.schedule, metric),
            readings=pgettext("between the parts of a sentence", "; ").join(_figure(report, each) for each in figures),
        )
        for metric, figures in groupby(report.figures, key=lambda figure: figure.metric)
    ]
    return [_("Readings, with those before in brackets"), *lines]


def _figure(report: Report, figure: Figure) -> str:
    parts = [phrases.reading_place(report.schedule, figure.shop), phrases.number(figure.value)]
    if figure.before is not None:
        parts.append(f"({phrases.number(figure.before)})")
    if figure.passed:
        parts.append(phrases.warning(figure))
    return " ".join(parts)


def _deadlines(report: Report) -> list[str]:
    if not report.deadlines:
        return []
    lines = [line for deadline in report.deadlines for line in _deadline(report, deadline)]
    return [remarks.deadlines_title(), *lines]


def _deadline(report: Report, deadline: Deadline) -> Iterator[str]:
    yield _("{due} {title} ({status})").format(
        due=remarks.deadline_due(report, deadline),
        title=phrases.said(deadline.title),
        status=remarks.deadline_status(deadline),
    )
    yield from _beneath(remarks.deadline_notes(deadline))


def _handover(report: Report) -> Iterator[list[str]]:
    if report.handover is not None:
        yield from map(section_lines, sections(report.handover))
        return
    for closing in report.closings:
        if note := phrases.prose(closing.handover):
            who = phrases.person_name(report.schedule, closing.by)
            time = wording.date_time(closing.closed_at, report.schedule.zone)
            yield [_("Handover by {who}, {time}").format(who=who, time=time), *note]
